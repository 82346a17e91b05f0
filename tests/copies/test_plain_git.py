"""Somebody who works with plain git in a copy, or forgot something there: sending copes with it, and says so."""

from pathlib import Path

import pytest

from tests.copies.conftest import Partners, entries
from tests.support import git, status

RECORD = "records/plans/2025-27/actions/4.1.toml"


def by_hand(folder: Path, old: str, new: str, path: str = RECORD) -> None:
    file = folder / path
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new, 1))


def test_an_edit_by_hand_that_is_not_recorded_stays_in_its_file(partners: Partners) -> None:
    alice, bob = partners(2)
    alice.sets("4.1.3", status="in-progress")
    alice.syncs()
    by_hand(bob.folder, 'title = "Serious Youth Violence Team', 'title = "The Serious Youth Violence Team')
    outcome = bob.syncs()
    assert outcome.done
    text = (bob.folder / RECORD).read_text()
    assert "The Serious Youth Violence Team" in text
    assert 'status = "in-progress"' in text
    assert status(bob.folder) == f"M {RECORD}"


def test_an_edit_by_hand_of_the_same_field_stops_everything(partners: Partners) -> None:
    alice, bob = partners(2)
    alice.sets("4.1.3", title="The team")
    alice.syncs()
    before = bob.git("rev-parse", "HEAD")
    by_hand(bob.folder, 'title = "Serious Youth Violence Team', 'title = "A Serious Youth Violence Team')
    text = (bob.folder / RECORD).read_text()
    outcome = bob.syncs()
    assert outcome.problem is not None
    assert RECORD in outcome.problem.words
    assert (bob.folder / RECORD).read_text() == text
    assert bob.git("rev-parse", "HEAD") == before


def test_commits_and_merges_of_plain_git_go_as_one_line(partners: Partners, shared: Path) -> None:
    alice, bob = partners(2)
    with bob.at_work():
        bob.git("switch", "--quiet", "-c", "side")
        by_hand(bob.folder, 'title = "Serious Youth Violence Team', 'title = "The Serious Youth Violence Team')
        bob.git("commit", "--quiet", "-am", "By hand")
        bob.git("switch", "--quiet", "main")
        entry = bob.sets("4.2.1", status="in-progress")
        bob.git("merge", "--quiet", "--no-ff", "--no-commit", "side")
        (bob.folder / "README.md").write_text("Put in while merging\n")
        bob.git("add", "README.md")
        bob.git("commit", "--quiet", "-m", "Together")
    alice.sets("4.1.3", status="in-progress")
    alice.syncs()
    outcome = bob.syncs()
    assert outcome.done, outcome.problem
    assert git(shared, "rev-list", "--merges", "main") == ""
    assert entry.entry in entries(shared)
    assert git(shared, "show", "main:README.md") == "Put in while merging"
    alice.syncs()
    assert alice.value("4.1.3", "title") == "The Serious Youth Violence Team"
    assert alice.value("4.1.3", "status") == "in-progress"
    assert not status(bob.folder)


def test_a_history_that_somebody_rewrote_raises_the_alarm_and_changes_nothing(partners: Partners, shared: Path) -> None:
    alice, bob = partners(2)
    alice.sets("4.1.3", status="in-progress")
    alice.syncs()
    bob.syncs()
    mine = bob.sets("4.1.4", status="in-progress")
    git(shared, "update-ref", "refs/heads/main", "main~2")
    for _ in range(2):
        outcome = bob.syncs()
        assert outcome.problem is not None
        assert outcome.problem.code == "rewritten"
        assert bob.git("rev-parse", "HEAD") == mine.commit
    bob.git("fetch", "--quiet", "origin", "+refs/heads/main:refs/remotes/origin/main")  # git forgets, we do not
    outcome = bob.syncs()
    assert outcome.problem is not None
    assert outcome.problem.code == "rewritten"


@pytest.mark.parametrize(
    ("state", "code"),
    [(("switch", "--quiet", "--detach"), "detached"), (("remote", "remove", "origin"), "not-shared")],
)
def test_a_copy_that_cannot_send_says_why(partners: Partners, state: tuple[str, ...], code: str) -> None:
    [alice] = partners(1)
    alice.git(*state)
    outcome = alice.syncs()
    assert outcome.problem is not None
    assert outcome.problem.code == code


def test_a_newer_layout_is_not_taken_over(partners: Partners, shared: Path) -> None:
    alice, bob = partners(2)
    by_hand(alice.folder, "layout = 1", "layout = 99", "records/bscp.toml")
    with alice.at_work():
        alice.git("commit", "--quiet", "-am", "Upgraded")
        alice.git("push", "--quiet", "origin", "main")
    before = bob.git("rev-parse", "HEAD")
    outcome = bob.syncs()
    assert outcome.problem is not None
    assert outcome.problem.code == "layout"
    assert bob.git("rev-parse", "HEAD") == before
    assert git(shared, "rev-parse", "main") != before


def test_an_entry_that_came_back_by_another_way_stands_once(partners: Partners, shared: Path, tmp_path: Path) -> None:
    import shutil
    from dataclasses import replace

    alice, bob = partners(2)
    entry = bob.sets("4.1.3", status="in-progress")
    laptop = replace(bob, folder=Path(shutil.copytree(bob.folder, tmp_path / "laptop")))
    alice.sets("4.2.1", status="in-progress")
    alice.syncs()
    assert laptop.syncs().done
    later = bob.sets("4.1.3", title="A later edit in the old copy")
    assert bob.syncs().done
    assert entries(shared).count(entry.entry) == 1
    assert entries(shared)[-1] == later.entry


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The program on the path, as it is installed."""
    import os
    import sys

    place = tmp_path / "bin" / "bscp"
    place.parent.mkdir()
    here = Path(__file__).parent.parent.parent
    place.write_text(f'#!/bin/sh\nPYTHONPATH="{here}" exec "{sys.executable}" -m bscp_tui "$@"\n')
    place.chmod(0o755)
    monkeypatch.setenv("PATH", f"{place.parent}:{os.environ['PATH']}")
    return place


@pytest.mark.usefixtures("program")
@pytest.mark.parametrize("words", [("pull", "--quiet"), ("pull", "--quiet", "--no-rebase", "--no-edit")])
def test_plain_git_merges_field_by_field(partners: Partners, words: tuple[str, ...]) -> None:
    alice, bob = partners(2)
    for copy, (old, new) in zip(
        (alice, bob),
        (('status = "not-started"', 'status = "in-progress"'), ('text = "', 'text = "Anew: ')),
        strict=True,
    ):
        with copy.at_work():
            place = copy.folder / RECORD
            head, mark, rest = place.read_text().partition("number = 3")
            place.write_text(head + mark + rest.replace(old, new, 1))
            copy.git("commit", "--quiet", "-am", "By hand")
    with alice.at_work():
        alice.git("push", "--quiet", "origin", "main")
    with bob.at_work():
        bob.git(*words)
    assert bob.value("4.1.3", "status") == "in-progress"
    assert str(bob.value("4.1.3", "text")).startswith("Anew: ")
    assert bob.register().closed is None


@pytest.mark.usefixtures("program")
def test_plain_git_shows_a_change_a_field_a_line(partners: Partners) -> None:
    [alice] = partners(1)
    by_hand(alice.folder, 'title = "Serious Youth Violence Team', 'title = "The Serious Youth Violence Team')
    told = alice.git("diff", "--unified=0").split("\n")
    changed = [line for line in told if line.startswith(("+", "-")) and not line.startswith(("+++", "---"))]
    assert changed == [
        "-key_actions.3.title: Serious Youth Violence Team",
        "+key_actions.3.title: The Serious Youth Violence Team",
    ]


@pytest.mark.usefixtures("program")
def test_a_field_that_both_changed_stands_between_marks_and_nothing_else_does(partners: Partners) -> None:
    import subprocess

    alice, bob = partners(2)
    for copy, word in ((alice, "in-progress"), (bob, "deferred")):
        with copy.at_work():
            by_hand(copy.folder, 'status = "not-started"', f'status = "{word}"')
            copy.git("commit", "--quiet", "-am", "By hand")
    with alice.at_work():
        alice.git("push", "--quiet", "origin", "main")
    with bob.at_work():
        pulled = subprocess.run(["git", "pull", "--quiet"], cwd=bob.folder, capture_output=True, check=False)
    assert pulled.returncode != 0
    text = (bob.folder / RECORD).read_text()
    assert text.count("<<<<<<<") == 1
    assert b"two values" in pulled.stderr


def test_without_the_program_git_goes_on_with_the_files_as_text(partners: Partners) -> None:
    alice, bob = partners(2)
    other = "records/plans/2025-27/actions/4.2.toml"
    for copy, path in ((alice, RECORD), (bob, other)):
        with copy.at_work():
            by_hand(copy.folder, 'status = "not-started"', 'status = "in-progress"', path)
            copy.git("commit", "--quiet", "-am", "By hand")
    with alice.at_work():
        alice.git("push", "--quiet", "origin", "main")
    with bob.at_work():
        bob.git("pull", "--quiet")
    assert not status(bob.folder)
    assert 'status = "in-progress"' in (bob.folder / RECORD).read_text()


def test_a_password_in_an_address_is_never_shown(partners: Partners) -> None:
    from bscp_tui.sharing.problems import cleaned
    from bscp_tui.sharing.standing import standing

    [alice] = partners(1)
    alice.git("remote", "set-url", "origin", "https://alice:hush@example.org/register.git")
    assert standing(alice.register()).address == "https://alice:…@example.org/register.git"
    assert "hush" not in cleaned("fatal: unable to access 'https://alice:hush@example.org/register.git/': no")
