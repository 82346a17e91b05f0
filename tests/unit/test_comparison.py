"""Two states of the register held against each other: the net difference, who made it and every step."""

from pathlib import Path

from bscp_tui.history.comparison import compare
from bscp_tui.history.ledger import Query, rows
from bscp_tui.model.amendment import withdraw
from bscp_tui.model.document import differences
from bscp_tui.model.view import View
from bscp_tui.store.register import Register
from tests.support import RECORD, addition, because, change, git, head, opened


def told(register: Register, earlier: str, later: str) -> list[tuple[str, str]]:
    """Return each difference as people read it."""
    return [(found.ref, found.words) for found in compare(register, earlier, later)]


def test_the_net_change_is_told_with_its_last_reason_and_every_step(folder: Path, register: Register) -> None:
    before = head(folder)
    register.record(change(register, "4.1.4", because("Posts filled."), update="Begun."))
    register.record(change(register, "4.1.4", because("Evaluated in May."), update="Finished."))
    (found,) = compare(register, before, head(folder))
    assert (found.ref, found.field, found.words) == (
        "2025-27/4.1.4",
        "key_actions.4.update",
        "update: Finished.",
    )
    assert (found.by, found.reason) == ("Robin Holder", "Evaluated in May.")
    assert [step.words for step in found.steps] == [
        "update: Begun. → Finished.",
        "update: Begun.",
    ]


def test_what_was_put_back_is_no_difference(folder: Path, register: Register) -> None:
    before = head(folder)
    register.record(change(register, "4.1.3", note="For a while."))
    register.record(change(register, "4.1.3", note=None))
    assert compare(register, before, head(folder)) == []


def test_added_and_withdrawn_records_are_named_so_and_backwards_too(folder: Path, register: Register) -> None:
    before = head(folder)
    register.record(addition("new-agency"))
    snapshot = register.snapshot()
    view = snapshot.resolve("4.1.5")
    assert isinstance(view, View)
    register.record(withdraw(view, snapshot.document(view.path), because("Merged with 4.1.6.")))
    assert told(register, before, head(folder)) == [("new-agency", "added"), ("2025-27/4.1.5", "withdrawn")]
    assert ("new-agency", "removed") in told(register, head(folder), before)


def test_a_file_broken_in_between_is_told_not_skipped(folder: Path, register: Register) -> None:
    before = head(folder)
    place = folder / RECORD
    place.write_text("<<<<<<< HEAD\n" + place.read_text())
    git(folder, "commit", "-qam", "a merge gone wrong")
    broken = head(folder)
    assert told(register, before, broken) == [("2025-27/4.1", "could not be read")]
    assert told(register, broken, before) == [("2025-27/4.1", "can be read again")]


def test_the_differences_are_exactly_those_of_the_two_states(folder: Path) -> None:
    register = opened(folder)
    states = git(folder, "rev-list", "--reverse", "HEAD").split()
    register.record(change(register, "4.1.3", status="in-progress", note="One of two fields."))
    register.record(change(register, "4.1", update="Under way."))
    states.append(head(folder))
    for earlier, later in ((states[-2], states[-1]), (states[1], states[-1])):
        old, new = register.snapshot_at(earlier), register.snapshot_at(later)
        expected: list[tuple[str, str | None, object, object]] = []
        for path in git(folder, "ls-tree", "-r", "--name-only", later, "records").split():
            if new.at_path(path) is None:
                continue
            if old.has_path(path):
                expected += [
                    (path, one.field, one.old, one.new) for one in differences(old.document(path), new.document(path))
                ]
            else:
                expected.append((path, None, None, None))
        found = [(one.path, one.field, one.old, one.new) for one in compare(register, earlier, later)]
        assert sorted(found, key=str) == sorted(expected, key=str)
        assert expected


def test_the_history_as_it_was_holds_nothing_later(folder: Path, register: Register) -> None:
    before = head(folder)
    register.record(change(register, "4.1.3", note="Later."))
    assert {row.commit for row in rows(register, Query(after=before))} == {head(folder)}
    assert head(folder) not in {row.commit for row in rows(register, Query(at=before))}
    assert [row.ref for row in rows(register, Query(text="later note"))] == ["2025-27/4.1.3"]
