"""Undo: the old values come back, by a new entry; what came later is never overwritten."""

import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from bscp_tui.history.finding import UnknownEntryError
from bscp_tui.history.ledger import Query, rows
from bscp_tui.history.undo import undo
from bscp_tui.model.action import Action
from bscp_tui.model.amendment import withdraw
from bscp_tui.model.view import RefusedChangeError, View
from bscp_tui.store.errors import SaveError
from bscp_tui.store.toml_text import dumped
from tests.support import RECORD, addition, because, change, count, git, head, opened
from tests.support import status as unrecorded

AGENCY = "records/agencies/new-body.toml"


def document(folder: Path, path: str = RECORD) -> object:
    return opened(folder).snapshot().document(path)


def test_a_change_and_its_undo_leave_the_record_as_it_was(folder: Path) -> None:
    register, before = opened(folder), document(folder)
    entry = register.record(change(register, "4.1.3", status="in-progress", note="Posts filled."))
    assert entry is not None
    (undone,) = undo(register, entry.entry, because("Recorded on the wrong row."))
    assert document(folder) == before
    assert "undone" in undone.sentence
    assert f"Undoes: {entry.entry}" in git(folder, "log", "-1", "--format=%B")
    assert {row.undoes for row in rows(register, Query(limit=2))} == {entry.entry}
    assert not any(row.notes for row in rows(register, Query(limit=2)))
    undo(register, undone.entry, because("It was right after all."))
    assert "Posts filled." in (folder / RECORD).read_text()
    assert unrecorded(folder) == ""


def test_a_later_change_stands_in_the_way_and_is_named(folder: Path) -> None:
    register = opened(folder)
    first = register.record(change(register, "4.1.3", status="in-progress"))
    other = register.record(change(register, "4.1", update="amber"))
    later = register.record(change(register, "4.1.3", status="deferred"))
    assert first is not None
    assert later is not None
    assert other is not None
    made = count(folder)
    with pytest.raises(RefusedChangeError, match=later.entry) as refused:
        undo(register, first.entry, because())
    assert other.entry not in str(refused.value)
    assert count(folder) == made
    undo(register, later.entry, because())
    undo(register, first.entry, because())
    assert 'update = "amber"' in (folder / RECORD).read_text()


def test_what_was_added_is_withdrawn_and_what_was_withdrawn_comes_back(folder: Path) -> None:
    register = opened(folder)
    added = register.record(addition("new-body"))
    assert added is not None
    undo(register, added.entry, because("Added twice."))
    view = register.snapshot().resolve("new-body")
    assert isinstance(view, View)
    assert view.withdrawn
    other = register.snapshot().resolve("4.1.3")
    assert isinstance(other, View)
    gone = register.record(withdraw(other, register.snapshot().document(other.path), because()))
    assert gone is not None
    undo(register, gone.entry, because("The board keeps it."))
    back = register.snapshot().resolve("4.1.3")
    assert isinstance(back, View)
    assert not back.withdrawn


def test_a_sitting_is_undone_as_one_or_not_at_all(folder: Path) -> None:
    register, before = opened(folder), document(folder)
    other = "records/plans/2025-27/actions/4.2.toml"
    also = document(folder, other)
    one = register.record(replace(change(register, "4.1.3", status="in-progress"), group="sitt-ing1"))
    register.record(replace(change(register, "4.2", update="red"), group="sitt-ing1"))
    assert one is not None
    assert len(undo(register, one.entry, because("Wrong meeting."))) == 2
    assert (document(folder), document(folder, other)) == (before, also)
    assert len({row.group for row in rows(register, Query(limit=2))} - {None, "sitt-ing1"}) == 1


def test_a_sitting_is_left_whole_where_one_entry_of_it_was_overtaken(folder: Path) -> None:
    register = opened(folder)
    one = register.record(replace(change(register, "4.1.3", status="in-progress"), group="sitt-ing2"))
    register.record(replace(change(register, "4.2", update="red"), group="sitt-ing2"))
    register.record(change(register, "4.2", update="green"))
    assert one is not None
    made = count(folder)
    with pytest.raises(RefusedChangeError, match="stand in the way"):
        undo(register, one.entry, because())
    assert count(folder) == made


def test_edits_made_with_plain_git_are_undone_too(folder: Path) -> None:
    before = document(folder)
    text = (folder / RECORD).read_text()
    first, one, two, *rest = text.split("[[key_actions]]")
    (folder / RECORD).write_text("[[key_actions]]".join([first, two, one, *rest]).replace("not-started", "deferred", 1))
    git(folder, "commit", "-qam", "By hand")
    undo(opened(folder), head(folder)[:10], because("Nobody agreed to that."))
    assert document(folder) == before
    (folder / RECORD).unlink()
    git(folder, "commit", "-qam", "Deleted by hand")
    undo(opened(folder), head(folder), because("Records are never deleted."))
    assert document(folder) == before


def test_an_unknown_entry_is_answered_with_the_nearest(folder: Path) -> None:
    register = opened(folder)
    entry = register.record(change(register, "4.1.3", status="in-progress"))
    assert entry is not None
    wrong = entry.entry[:-1] + ("0" if entry.entry[-1] != "0" else "1")
    with pytest.raises(UnknownEntryError, match=entry.entry):
        undo(register, wrong, because())


def test_the_beginning_is_not_undone(folder: Path) -> None:
    root = git(folder, "rev-list", "--max-parents=0", "HEAD")
    with pytest.raises(RefusedChangeError, match="beginning"):
        undo(opened(folder), root, because())


def test_a_sitting_that_could_be_undone_only_in_part_says_so_and_how_to_have_it_whole(folder: Path) -> None:
    register = opened(folder)
    one = register.record(replace(change(register, "4.1.3", status="in-progress"), group="sitt-ing3"))
    other = register.record(replace(change(register, "4.2", update="red"), group="sitt-ing3"))
    assert one is not None
    assert other is not None
    made, text = count(folder), (folder / RECORD).read_text()
    (folder / RECORD).unlink()
    (folder / RECORD).mkdir()  # nothing can be written there
    (folder / RECORD / "in-the-way").touch()
    with pytest.raises(SaveError, match="Only 1 of 2 changes were taken back") as told:
        undo(register, one.entry, because("Wrong meeting."))
    assert count(folder) == made + 1
    (folder / RECORD / "in-the-way").unlink()
    (folder / RECORD).rmdir()
    (folder / RECORD).write_text(text)
    undo(register, str(told.value).partition("bscp undo ")[2][:9], because("Begun by mistake."))
    assert 'update = "red"' in (folder / "records/plans/2025-27/actions/4.2.toml").read_text()


FIELDS = ("update", "note", "text")


@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    some.lists(
        some.one_of(
            some.tuples(some.just("change"), some.sets(some.sampled_from(FIELDS), min_size=1), some.sampled_from("AB")),
            some.tuples(some.just("by hand"), some.sampled_from(FIELDS), some.sampled_from("AB")),
            some.tuples(some.just("undo"), some.integers(0, 9), some.just("")),
        ),
        min_size=4,
        max_size=9,
    )
)
def test_any_changes_and_undos_end_as_a_slow_book_of_old_and_new_values_says(
    folder: Path, happened: list[tuple[str, Any, str]]
) -> None:
    def values() -> dict[str, object]:
        rows = tomllib.loads((folder / RECORD).read_text())["key_actions"]
        row = next(row for row in rows if row["number"] == 3)
        return {name: row.get(name) for name in FIELDS}

    book: list[tuple[str, dict[str, tuple[object, object]]]] = []  # each entry's name and its old and new values
    for what, which, letter in happened:
        register, before = opened(folder), values()
        if what == "undo" and book:
            name, changed = book[which % len(book)]
            if any(before[field] != new for field, (_, new) in changed.items()):
                with pytest.raises(RefusedChangeError, match="stand"):
                    undo(register, name, because())
                assert values() == before
                continue
            (entry,) = undo(register, name, because())
            book.append((entry.entry, {field: (new, old) for field, (old, new) in changed.items()}))
            assert values() == before | {field: old for field, (old, _) in changed.items()}
            continue
        fields = {which} if what == "by hand" else which if what == "change" else set()
        wanted: dict[str, Any] = {field: f"{letter} of {field}" for field in fields}
        new: dict[str, tuple[object, object]] = {
            field: (before[field], value) for field, value in wanted.items() if before[field] != value
        }
        if what == "change" and new:
            made = register.record(change(register, "4.1.3", **wanted))
            assert made is not None
            book.append((made.entry, new))
        elif what == "by hand" and new:
            document: Any = register.snapshot().document(RECORD)
            row = next(number for number, row in enumerate(document["key_actions"]) if row["number"] == 3)
            document["key_actions"][row] |= wanted
            (folder / RECORD).write_text(dumped(document, Action))
            git(folder, "commit", "-qam", "By hand")
            book.append((head(folder), new))
        assert values() == before | wanted
    assert unrecorded(folder) == ""
