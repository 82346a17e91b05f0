"""Two people, two copies, one register: what one records reaches the other, whatever was recorded meanwhile."""

from pathlib import Path

from filelock import FileLock

from bscp_tui.sharing.standing import standing
from bscp_tui.store.locks import noted
from tests.copies.conftest import Partners, entries
from tests.support import addition, git, status


def test_what_one_records_reaches_the_other(partners: Partners) -> None:
    alice, bob = partners(2)
    entry = alice.sets("4.1.3", status="in-progress")
    assert standing(alice.register()).unsent == 1
    sent = alice.syncs()
    assert [one.sentence for one in sent.sent] == [entry.sentence]
    came = bob.syncs()
    assert [(one.entry, one.by) for one in came.received] == [(entry.entry, "Alice Able")]
    assert bob.value("4.1.3", "status") == "in-progress"
    assert standing(alice.register()).unsent == standing(bob.register()).unsent == 0


def test_different_fields_of_one_record_go_together(partners: Partners, shared: Path) -> None:
    alice, bob = partners(2)
    one = alice.sets("4.1.3", status="in-progress")
    other = bob.sets("4.1.3", title="The team that meets weekly")
    made = bob.git("show", "-s", "--format=%an %ae %ad", other.commit)
    alice.syncs()
    outcome = bob.syncs()
    assert outcome.done
    assert [moved.entry for moved in outcome.received] == [one.entry]
    assert [moved.entry for moved in outcome.sent] == [other.entry]
    alice.syncs()
    for copy in (alice, bob):
        assert copy.value("4.1.3", "status") == "in-progress"
        assert copy.value("4.1.3", "title") == "The team that meets weekly"
        assert not status(copy.folder)
    assert entries(shared)[-2:] == [one.entry, other.entry]
    assert git(shared, "rev-list", "--merges", "main") == ""
    assert bob.git("show", "-s", "--format=%an %ae %ad", "HEAD") == made


def test_what_is_sent_again_is_signed_again_and_says_what_it_changes(partners: Partners) -> None:
    alice, bob = partners(2)
    alice.sets("4.1.3", status="in-progress")
    bob.sets("4.1.4", status="in-progress")
    alice.syncs()
    bob.syncs()
    assert "gpgsig" in bob.git("cat-file", "commit", "HEAD")
    rows = [row for row in bob.git("log", "-1", "--format=%B").split("\n") if row.startswith("Change: ")]
    assert rows == ['Change: key_actions.4.status: "not-started" → "in-progress"']


def test_a_first_sending_fills_an_empty_shared_copy(folder: Path, tmp_path: Path) -> None:
    from bscp_tui.sharing.syncing import sync
    from tests.support import opened

    empty = tmp_path / "empty.git"
    git(tmp_path, "init", "--quiet", "--bare", "--initial-branch=main", str(empty))
    git(folder, "remote", "add", "origin", str(empty))
    outcome = sync(opened(folder))
    assert outcome.done
    assert len(outcome.sent) == len(entries(folder))
    assert git(empty, "rev-parse", "main") == git(folder, "rev-parse", "main")


def test_a_record_that_two_people_added_becomes_two(partners: Partners) -> None:
    alice, bob = partners(2)
    alice.records(addition("library", title="The library of Alice"))
    bob.records(addition("library", title="The library of Bob"))
    alice.syncs()
    outcome = bob.syncs()
    alice.syncs()
    assert "library-2" in " ".join(outcome.told)
    for copy in (alice, bob):
        assert copy.value("library", "title") == "The library of Alice"
        assert copy.value("library-2", "title") == "The library of Bob"


def test_one_field_twice_is_chosen_by_nobody(partners: Partners) -> None:
    alice, bob = partners(2)
    alice.sets("4.1.3", status="in-progress", reason="Alice saw it")
    mine = bob.sets("4.1.3", status="deferred", reason="Bob saw it")
    alice.syncs()
    outcome = bob.syncs()
    assert not outcome.done
    [conflict] = outcome.conflicts
    assert (conflict.ref, conflict.inner, conflict.ancestor) == ("2025-27/4.1.3", "status", "not-started")
    assert (conflict.mine.value, conflict.mine.by, conflict.mine.reason) == ("deferred", "Bob Best", "Bob saw it")
    assert (conflict.theirs.value, conflict.theirs.by) == ("in-progress", "Alice Able")
    assert bob.git("rev-parse", "HEAD") == mine.commit
    assert not status(bob.folder)


def test_an_entry_is_never_dated_before_the_one_that_it_stands_on(partners: Partners) -> None:
    import pytest

    alice, bob = partners(2)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GIT_COMMITTER_DATE", "@4000000000 +0000")  # somebody's clock is decades ahead
        alice.sets("4.1.3", status="in-progress")
    alice.syncs()
    bob.sets("4.1.4", status="in-progress")
    outcome = bob.syncs()
    assert "Look at your clock" in " ".join(outcome.told)
    entry = bob.sets("4.2.1", status="in-progress")
    assert "Look at your clock" in " ".join(entry.warnings)
    assert bob.git("log", "-3", "--format=%ct").split() == ["4000000000"] * 3


def test_who_is_sending_already_and_since_when_is_said(partners: Partners) -> None:
    alice, _ = partners(2)
    alice.sets("4.1.3", status="in-progress")
    folder = alice.folder / ".git" / "bscp"
    with FileLock(folder / "sync.lock"), noted(folder / "sync-holder.json", "Bob Baker"):
        outcome = alice.syncs()
    assert outcome.problem is not None
    assert outcome.problem.code == "busy"
    assert "Bob Baker (program " in outcome.problem.words
    assert "since" in outcome.problem.words
    assert alice.syncs().done
