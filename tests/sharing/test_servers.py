"""What the servers of the page allow and refuse, seen with plain git: the ground that sharing stands on."""

import subprocess
from pathlib import Path

import pytest

from tests.sharing.gitolite import Gitolite
from tests.sharing.places import Place, seat
from tests.support import git, head
from tests.trust.partners import Partnership


@pytest.fixture
def sent(place: Place, partnership: Partnership) -> str:
    """Send the register there as its administrator; return its newest commit."""
    with seat(partnership.people["Robin"], place):
        git(partnership.folder, "push", "--quiet", place.address, "main")
    return head(partnership.folder)


def pushes(who: str, partnership: Partnership, place: Place, *what: str) -> str:
    """Let somebody push with plain git; return the refusal, "" where it was taken."""
    with seat(partnership.people[who], place):
        done = subprocess.run(
            ["git", "push", place.address, *what],
            cwd=partnership.folder, env=environment(), capture_output=True, text=True, check=False,
        )  # fmt: skip
    return done.stderr if done.returncode else ""


def environment() -> dict[str, str]:
    """Return this process's environment, in which nobody is asked for a password."""
    import os

    return os.environ | {"GIT_TERMINAL_PROMPT": "0"}


@pytest.mark.usefixtures("sent")
def test_an_editor_sends_and_everybody_receives(place: Place, partnership: Partnership, tmp_path: Path) -> None:
    partnership.saves("Alice", "deferred")
    assert pushes("Alice", partnership, place, "main") == ""
    for who in ("Bob", "Sam"):
        with seat(partnership.people[who], place):
            git(tmp_path, "clone", "--quiet", place.address, who)
        assert head(tmp_path / who) == head(partnership.folder) == place.heads()["refs/heads/main"]


def test_what_was_sent_cannot_be_rewritten_or_deleted(place: Place, partnership: Partnership, sent: str) -> None:
    git(partnership.folder, "reset", "--quiet", "--hard", "HEAD~1")
    partnership.saves("Alice", "deferred")
    assert pushes("Alice", partnership, place, "--force", "main")
    assert pushes("Alice", partnership, place, "--delete", "main")
    assert pushes("Robin", partnership, place, "--force", "main")
    assert place.heads() == {"refs/heads/main": sent}


def test_a_server_takes_no_other_branch_and_no_tag(server: Place, partnership: Partnership) -> None:
    assert pushes("Robin", partnership, server, "main") == ""
    for other in ("main:side", "main:refs/tags/v1", "main:refs/notes/x"):
        assert pushes("Alice", partnership, server, other), other
    assert list(server.heads()) == ["refs/heads/main"]


def test_a_scrutineer_receives_and_cannot_send(server: Place, partnership: Partnership, tmp_path: Path) -> None:
    assert pushes("Robin", partnership, server, "main") == ""
    newest = head(partnership.folder)
    partnership.saves("Alice", "deferred")
    assert pushes("Sam", partnership, server, "main")
    with seat(partnership.people["Sam"], server):
        git(tmp_path, "clone", "--quiet", server.address, "copy")
    assert head(tmp_path / "copy") == newest


def test_a_stranger_gets_nothing(server: Place, partnership: Partnership) -> None:
    assert pushes("Robin", partnership, server, "main") == ""
    assert pushes("Mallory", partnership, server, "main")
    with seat(partnership.people["Mallory"], server):
        refused = git(partnership.folder, "ls-remote", server.address, check=False, GIT_TERMINAL_PROMPT="0")
    assert refused == ""


def test_a_server_that_nobody_knows_is_not_believed(
    ssh_place: Place, gitolite: Gitolite, partnership: Partnership
) -> None:
    robin = partnership.people["Robin"]
    gitolite.equip("robin", robin.home, knows_host=False)
    with robin.at_work():
        asked = ["git", "-c", "core.sshCommand=ssh -o BatchMode=yes -F " + str(robin.home / "ssh_config")]
        done = subprocess.run([*asked, "ls-remote", ssh_place.address], capture_output=True, text=True, check=False)
    assert "Host key verification failed" in done.stderr


def test_gitolite_notes_who_sent_and_who_was_refused(
    ssh_place: Place, gitolite: Gitolite, partnership: Partnership
) -> None:
    assert pushes("Robin", partnership, ssh_place, "main") == ""
    assert pushes("Sam", partnership, ssh_place, "main:side")
    name = ssh_place.bare.stem
    told = [line for line in gitolite.log().splitlines() if name in line]
    assert any("\tupdate\t" in line and "\trobin\t" in line and head(partnership.folder) in line for line in told)
    assert any("DENIED" in line and "sam" in line for line in told)
