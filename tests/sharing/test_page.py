"""The administrator's page, from beginning to end: people come, leave, back up, restore and change computers."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bscp_tui.tui import drafts
from tests.sharing.gitolite import Gitolite, configuration
from tests.sharing.page import block
from tests.sharing.people import Team
from tests.sharing.places import Place, seat
from tests.support import git, head
from tests.trust.partners import Partnership, Person


@pytest.fixture
def bscp_on_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the page's commands find the program under its name."""
    folder = tmp_path / "bin"
    folder.mkdir()
    (folder / "bscp").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m bscp_tui "$@"\n')
    (folder / "bscp").chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:{os.environ['PATH']}")
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))


@pytest.fixture
def team(folder_place: Place, partnership: Partnership, tmp_path_factory: pytest.TempPathFactory) -> Team:
    return Team(folder_place, partnership, tmp_path_factory.mktemp("copies"))


def does(team: Team, person: Person, name: str, within: Path, **words: str) -> str:
    """Let somebody type a block of the page; return what it printed."""
    with seat(person, team.place):
        text = block(name, **words)
        done = subprocess.run(["sh", "-e", "-c", text], cwd=within, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{name}: {done.stdout}{done.stderr}"
    return done.stdout


@pytest.mark.usefixtures("bscp_on_path")
def test_people_come_and_leave_by_the_page(team: Team, tmp_path: Path) -> None:
    robin, dana = team.partnership.people["Robin"], team.partnership.people["Mallory"]
    own, hers = str(team.copy("Robin")), str(team.folder / "hers")
    does(team, robin, "the first sending", tmp_path, REGISTER=own, ADDRESS=team.place.address)
    does(team, dana, "joining", tmp_path, REGISTER=hers, ADDRESS=team.place.address)
    assert "matches" in does(team, robin, "taking somebody in", tmp_path, REGISTER=own) + team.verified("Robin")
    does(team, robin, "somebody leaves", tmp_path, REGISTER=own)
    with dana.at_work():
        from tests.cli.support import bscp

        assert bscp(Path(hers), "sync").status == 0
        assert bscp(Path(hers), "status", "4.1.3", "deferred", "--reason", "Agreed.").status == 0
        assert bscp(Path(hers), "sync").status == 0
        listed = bscp(Path(hers), "trust", "list").out
    assert "Mallory Stranger" in listed
    assert team.syncs("Robin").done
    assert team.verified("Robin") == "matches"


@pytest.mark.usefixtures("bscp_on_path")
def test_a_register_moves_to_another_computer_by_the_page(team: Team, tmp_path: Path) -> None:
    robin, bob = team.partnership.people["Robin"], team.partnership.people["Bob"]
    does(team, robin, "the first sending", tmp_path, REGISTER=str(team.copy("Robin")), ADDRESS=team.place.address)
    team.joins("Bob")
    team.records("Bob", note="The last from the old one.")
    with bob.at_work():
        drafts.keep(str(team.copy("Bob") / "records"), "2025-27/4.1.2", "status", {"reason": "Half a sen"})
    old, new = str(team.copy("Bob")), str(team.folder / "new")
    told = does(team, bob, "leaving a computer", tmp_path, REGISTER=old, FILE="bob.backup")
    laptop = Person(bob.identity, tmp_path / "laptop")
    laptop.home.mkdir()
    does(team, laptop, "arriving on a computer", tmp_path, REGISTER=new, FILE="bob.backup")
    assert head(Path(new)) == head(Path(old)) == team.place.heads()["refs/heads/main"]
    with laptop.at_work():
        assert [one.ref for one in drafts.all_of(f"{new}/records")] == ["2025-27/4.1.2"]
        from tests.cli.support import bscp

        assert bscp(Path(new), "proof").out.strip() in told
    does(team, robin, "taking somebody in", tmp_path, REGISTER=str(team.copy("Robin")))
    assert team.verified("Robin") == "matches"


@pytest.mark.usefixtures("bscp_on_path")
def test_a_lost_copy_and_a_lost_shared_one_come_back_by_the_page(team: Team, tmp_path: Path) -> None:
    robin = team.partnership.people["Robin"]
    own = str(team.copy("Robin"))
    does(team, robin, "the first sending", tmp_path, REGISTER=own, ADDRESS=team.place.address)
    kept = team.records("Robin", note="Not sent yet.")
    does(team, robin, "backing up", tmp_path, REGISTER=own, FILE="robin.backup")
    team.joins("Alice")
    later = team.records("Alice", ref="4.1.2", note="Sent after the backup.")
    assert team.syncs("Alice").done
    again = team.folder / "again"
    does(team, robin, "restoring", tmp_path, REGISTER=str(again), FILE="robin.backup")
    told = git(again, "log", "--format=%(trailers:key=Entry,valueonly)").split()
    assert (told.count(kept), told.count(later)) == (1, 1)
    assert head(again) == team.place.heads()["refs/heads/main"]
    git(tmp_path, "clone", "--quiet", _bundle(tmp_path / "robin.backup", tmp_path), "without-us")
    assert (tmp_path / "without-us/records/bscp.toml").is_file()


def _bundle(backup: Path, folder: Path) -> str:
    """Unpack a backup without the program, as the page says it can be."""
    import zipfile

    with zipfile.ZipFile(backup) as packed:
        return packed.extract("register.bundle", folder)


def test_the_pages_own_configuration_is_what_gitolite_runs_with(gitolite: Gitolite) -> None:
    text = (gitolite.keys / "administration" / "conf" / "gitolite.conf").read_text()
    assert text == configuration()
    assert "RW  main$ = @administrators @editors" in text
