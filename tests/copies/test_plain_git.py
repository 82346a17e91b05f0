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
