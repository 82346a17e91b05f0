"""When sending goes wrong: what is said, that nothing is lost, and that the next one resumes."""

import contextlib
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.sharing.gitolite import Gitolite
from tests.sharing.people import Team
from tests.sharing.places import Place
from tests.sharing.processes import PATIENCE, account
from tests.support import git, head
from tests.trust.partners import Partnership


def made(place: Place, partnership: Partnership, folder: Path) -> Team:
    """Let Robin send the register to a place, Alice join, and both record something."""
    team = Team(place, partnership, folder)
    assert team.shares().done
    team.joins("Alice")
    return team


@pytest.fixture
def by_folder(folder_place: Place, partnership: Partnership, tmp_path_factory: pytest.TempPathFactory) -> Team:
    return made(folder_place, partnership, tmp_path_factory.mktemp("copies"))


@pytest.fixture
def by_ssh(ssh_place: Place, partnership: Partnership, tmp_path_factory: pytest.TempPathFactory) -> Team:
    return made(ssh_place, partnership, tmp_path_factory.mktemp("copies"))


@pytest.fixture
def by_http(http_place: Place, partnership: Partnership, tmp_path_factory: pytest.TempPathFactory) -> Team:
    return made(http_place, partnership, tmp_path_factory.mktemp("copies"))


@pytest.fixture(params=("by_ssh", "by_http"))
def on_server(request: pytest.FixtureRequest) -> Team:
    team = request.getfixturevalue(request.param)
    assert isinstance(team, Team)
    return team


def hook(team: Team, name: str, script: str) -> None:
    """Put a hook into the shared copy, as its administrator can."""
    place = team.place.bare / "hooks" / name
    place.parent.mkdir(exist_ok=True)
    place.write_text(f"#!/bin/sh\n{script}\n")
    place.chmod(0o755)
    if team.place.kind != "folder":
        os.chown(place, account().pw_uid, account().pw_gid)


def wait_for(predicate: Callable[[], object], description: str) -> None:
    """Wait until ``predicate`` holds."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if predicate():
            return
        os.sched_yield()
    pytest.fail(f"never happened: {description}")


def test_without_a_server_entries_are_safe_here_and_go_when_it_is_back(on_server: Team) -> None:
    assert on_server.place.stop
    assert on_server.place.start
    on_server.place.stop()
    entry = on_server.records("Alice", note="Recorded on the train.")
    ran = on_server.runs("Alice", "sync")
    assert ran.status == 1
    assert "cannot be reached" in ran.err
    assert "safe here" in ran.err
    assert on_server.entries("Alice")[-1] == entry
    on_server.place.start()
    assert on_server.runs("Alice", "sync").status == 0
    assert on_server.place.heads()["refs/heads/main"] == head(on_server.copy("Alice"))


def test_a_server_that_is_started_anew_in_the_middle_of_a_sending_has_every_entry_once(on_server: Team) -> None:
    team = on_server
    assert team.place.stop
    assert team.place.start
    entry = team.records("Alice", note="Half way.")
    meeting = Path(str(team.place.bare) + ".meeting")
    meeting.mkdir()
    os.chown(meeting, account().pw_uid, account().pw_gid)
    os.mkfifo(meeting / "wait", 0o666)
    os.chown(meeting / "wait", account().pw_uid, account().pw_gid)
    hook(team, "pre-receive", f": > {meeting}/here\nread go < {meeting}/wait")
    with team.seated("Alice"):
        command = [sys.executable, "-m", "bscp_tui", "--register", str(team.copy("Alice")), "sync"]
        sending = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        wait_for((meeting / "here").exists, "the entries arrive at the server")
        team.place.stop()
        released = os.open(meeting / "wait", os.O_RDWR)
        os.write(released, b"\n")
        _, said = sending.communicate(timeout=PATIENCE * 2)
        os.close(released)
    assert sending.returncode in {0, 1}
    assert "Traceback" not in said
    (team.place.bare / "hooks" / "pre-receive").unlink()
    team.place.start()
    assert team.runs("Alice", "sync").status == 0
    assert team.entries("Alice").count(entry) == 1
    assert team.place.heads()["refs/heads/main"] == head(team.copy("Alice"))
    team.place.owned("fsck", "--full", "--strict")


def test_a_refusal_is_told_in_the_servers_words_and_nothing_in_them_acts(on_server: Team) -> None:
    hook(
        on_server,
        "pre-receive",
        r"""printf '\033]52;c;ZXZpbA==\007\033[2JNo such file or directory. Only on \302\2332JMondays\n' >&2; exit 1""",
    )
    entry = on_server.records("Alice", note="On a Tuesday.")
    ran = on_server.runs("Alice", "sync")
    assert ran.status == 1
    assert "refused" in ran.err, ran.err
    assert "Mondays" in ran.err
    for byte in ("\x1b", "\x07", "\x9b"):
        assert byte not in ran.err + ran.out
    assert on_server.entries("Alice")[-1] == entry
    (on_server.place.bare / "hooks" / "pre-receive").unlink()
    assert on_server.runs("Alice", "sync").status == 0


def test_a_shared_copy_that_was_rewritten_is_an_alarm_and_nothing_is_reset(by_folder: Team) -> None:
    team = by_folder
    team.records("Robin", note="Will be gone.")
    assert team.syncs("Robin").done
    assert team.syncs("Alice").done
    seen = head(team.copy("Alice"))
    entry = team.records("Alice", ref="4.1.2", note="Mine.")
    team.place.owned("update-ref", "refs/heads/main", f"{seen}~1")
    mine = head(team.copy("Alice"))
    for _ in range(2):  # it is no less an alarm the second time
        ran = team.runs("Alice", "sync")
        assert ran.status == 1
        assert "no longer holds" in ran.err
        assert head(team.copy("Alice")) == mine
        assert team.place.heads()["refs/heads/main"] != mine
    assert team.entries("Alice")[-1] == entry


@pytest.fixture
def full(partnership: Partnership, tmp_path: Path) -> Iterator[Place]:
    """A shared copy on a disk of its own that is soon full."""
    disk = tmp_path / "disk"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", str(disk)], check=False).returncode:
        pytest.skip("only root can give the test a small disk")
    bare = disk / "register.git"
    git(tmp_path, "clone", "--quiet", "--bare", str(partnership.folder), str(bare))
    try:
        yield Place("folder", str(bare), bare, lambda _who, _home: None)
    finally:
        subprocess.run(["umount", "--lazy", str(disk)], check=True)


def test_a_full_disk_at_the_other_end_is_said_plainly_and_room_lets_it_resume(
    full: Place, partnership: Partnership, tmp_path_factory: pytest.TempPathFactory
) -> None:
    team = Team(full, partnership, tmp_path_factory.mktemp("copies"))
    team.joins("Alice")
    entry = team.records("Alice", note="Too much.")
    ballast = full.bare.parent / "ballast"
    with ballast.open("wb", buffering=0) as filling, contextlib.suppress(OSError):  # until there is no space left
        while True:
            filling.write(bytes(4096))
    ran = team.runs("Alice", "sync")
    assert ran.status == 1
    assert "disk" in ran.err
    assert "full" in ran.err
    full.owned("fsck", "--full")
    ballast.unlink()
    assert team.runs("Alice", "sync").status == 0
    assert team.entries("Alice").count(entry) == 1
    assert full.heads()["refs/heads/main"] == head(team.copy("Alice"))


def test_without_credentials_nobody_is_asked_behind_the_scenes_and_what_to_do_is_said(by_http: Team) -> None:
    home = by_http.partnership.people["Alice"].home
    by_http.records("Alice", note="New.")
    by_http.place.equip("alice", home)
    git(home, "config", "--file", str(home / ".gitconfig"), "--unset", "credential.helper")
    with by_http.partnership.people["Alice"].at_work():
        from tests.cli.support import bscp

        ran = bscp(by_http.copy("Alice"), "sync")
    assert ran.status == 1
    assert "credential" in ran.err
    assert "password" in ran.err


def test_an_ssh_key_that_is_locked_or_unknown_is_said_and_nobody_waits(by_ssh: Team) -> None:
    home = by_ssh.partnership.people["Alice"].home
    by_ssh.records("Alice", note="New.")
    by_ssh.place.equip("alice", home)
    locked = home / "locked"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "a passphrase", "-f", str(locked)], check=True)
    settings = (home / "ssh_config").read_text().splitlines()
    kept = [line for line in settings if not line.startswith("IdentityFile")]
    (home / "ssh_config").write_text("\n".join([*kept, f"IdentityFile {locked}"]) + "\n")
    with by_ssh.partnership.people["Alice"].at_work():
        from tests.cli.support import bscp

        ran = bscp(by_ssh.copy("Alice"), "sync")
    assert ran.status == 1
    assert "ssh-add" in ran.err


def test_a_server_whose_key_is_not_known_is_not_talked_to(by_ssh: Team, gitolite: Gitolite) -> None:
    home = by_ssh.partnership.people["Alice"].home
    by_ssh.records("Alice", note="New.")
    gitolite.equip("alice", home, knows_host=False)
    with by_ssh.partnership.people["Alice"].at_work():
        from tests.cli.support import bscp

        ran = bscp(by_ssh.copy("Alice"), "sync")
    assert ran.status == 1
    assert "not known to this computer" in ran.err
    assert (home / "known_hosts").read_text() == ""
