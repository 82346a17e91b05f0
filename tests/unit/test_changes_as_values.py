"""Amendments: what a change is before it is recorded, and how it meets other people's changes."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bscp_tui.model.amendment import OvertakenError
from bscp_tui.model.document import differences, get, put
from bscp_tui.model.filters import matches, read_filter
from bscp_tui.model.kinds import KINDS
from bscp_tui.model.view import RefusedChangeError, View
from bscp_tui.model.workflow import PROGRESS
from bscp_tui.store.register import Register
from bscp_tui.store.toml_text import parse
from tests.support import RECORD, because, change, count, git, opened, status

CONFIRMED: dict[str, Any] = {
    "status": "embedded",
    "confirmed_by_group": "executive-board",
    "confirmed_by": "helen-kelly",
    "confirmed_at": "Executive Board, 8 July 2026",
}
SLOW = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def test_two_people_who_change_different_fields_both_succeed(register: Register) -> None:
    mine = change(register, "4.1.3", status="in-progress")
    theirs = change(register, "4.1.3", update="The team meets weekly.")
    assert register.record(theirs)
    assert register.record(mine)
    view = register.snapshot().resolve("4.1.3")
    assert isinstance(view, View)
    assert (view.value("status"), view.value("update")) == ("in-progress", "The team meets weekly.")


def test_two_people_who_change_one_field_are_both_shown(register: Register) -> None:
    mine = change(register, "4.1.3", status="in-progress")
    register.record(change(register, "4.1.3", status="deferred"))
    with pytest.raises(OvertakenError) as told:
        register.record(mine)
    assert told.value.clashes == (("status", "deferred", "in-progress"),)
    assert "status is now “deferred”, yours is “in progress”" in str(told.value)


def test_the_same_change_twice_is_recorded_once(register: Register, folder: Path) -> None:
    mine = change(register, "4.1.3", status="in-progress")
    assert register.record(change(register, "4.1.3", status="in-progress"))
    before = count(folder)
    assert register.record(mine) is None
    assert count(folder) == before


@pytest.mark.parametrize("old", PROGRESS.statuses)
def test_embedded_follows_complete_alone(register: Register, old: str) -> None:
    path = register.repository.root / RECORD
    text = path.read_text(encoding="utf-8").replace('status = "not-started"', f'status = "{old}"')
    path.write_text(text, encoding="utf-8")
    git(register.repository.root, "commit", "-qam", "As it may stand", check=False)
    if old in {"complete", "embedded"}:
        why = because(evidence="impact: Fewer boys came to harm")
        register.record(change(register, "4.1.1", why, **CONFIRMED))
    else:
        with pytest.raises(RefusedChangeError, match="Embedded follows complete"):
            change(register, "4.1.1", **CONFIRMED)


def test_a_record_never_grows_beyond_what_can_be_read(register: Register) -> None:
    with pytest.raises(RefusedChangeError, match="1,000,000"):
        register.record(change(register, "4.1.3", update="long " * 250_000))


_EDITS = st.lists(
    st.tuples(
        st.sampled_from(["4.1.1", "4.1.3", "1.4.2", "2.5.1"]),
        st.sampled_from(["status", "update", "note", "years"]),
        st.sampled_from(["in-progress", "complete", "deferred", "", "1, 2", "Text | with [brackets]\nand two lines"]),
    ),
    max_size=8,
)


@SLOW
@given(edits=_EDITS)
def test_one_save_is_one_commit_of_one_file_and_the_register_says_what_was_asked(
    edits: list[tuple[str, str, str]], tmp_path_factory: pytest.TempPathFactory, folder: Path
) -> None:
    import shutil

    work = tmp_path_factory.mktemp("edits") / "register"
    shutil.copytree(folder, work)
    register = opened(work)
    expected: dict[tuple[str, str], object] = {}
    for ref, field, text in edits:
        value = _value(field, text)
        before = count(work)
        try:
            entry = register.record(change(register, ref, **{field: value}))
        except RefusedChangeError:
            assert count(work) == before
            continue
        assert count(work) == before + (entry is not None)
        if entry is not None:
            assert len(git(work, "show", "--name-only", "--format=").split()) == 1
        expected[ref, field] = value
    for (ref, field), value in expected.items():
        view = register.snapshot().resolve(ref)
        assert isinstance(view, View)
        assert view.value(field) == (value if value is not None or field != "years" else ())
    assert status(work) == ""


def _value(field: str, text: str) -> Any:
    if field == "status":
        return text if text in PROGRESS.statuses else "in-progress"
    if field == "years":
        return (1, 2) if "1" in text else None
    return text or None


_PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.dates(),
    lambda inner: st.dictionaries(st.sampled_from("abc"), inner, max_size=3),
    max_leaves=6,
)
_TABLE = st.lists(st.fixed_dictionaries({"n": st.integers(0, 3)}), max_size=4).map(
    lambda rows: [{"id": f"r{position}", **row} for position, row in enumerate(rows)]
)
_DOCUMENTS = st.dictionaries(st.sampled_from(["a", "b", "rows"]), _TABLE, max_size=3)


@given(old=_DOCUMENTS, new=_DOCUMENTS)
def test_differences_carry_one_document_into_the_other(old: dict[str, Any], new: dict[str, Any]) -> None:
    made = old
    for found in differences(old, new):
        if not found.field.endswith("(order)"):
            made = put(made, found.path, found.new)
    assert {key: rows for key, rows in made.items() if rows} == {key: rows for key, rows in new.items() if rows}


@given(old=_DOCUMENTS)
def test_nothing_differs_from_itself(old: dict[str, Any]) -> None:
    assert differences(old, old) == ()


def test_a_key_action_stays_itself_when_another_is_removed() -> None:
    rows = [{"id": "aaaa", "number": 2, "status": "x"}, {"id": "bbbb", "number": 3, "status": "y"}]
    found = differences({"key_actions": rows}, {"key_actions": rows[1:]})
    assert [(item.field, item.change) for item in found] == [("key_actions.2", "removed")]


def test_a_reordered_list_is_not_a_rewritten_one() -> None:
    rows = [{"id": "aaaa", "number": 1}, {"id": "bbbb", "number": 2}]
    found = differences({"key_actions": rows}, {"key_actions": rows[::-1]})
    assert [item.field for item in found] == ["key_actions (order)"]


def test_a_value_is_put_and_got_by_the_rows_id() -> None:
    document = {"key_actions": [{"id": "aaaa", "status": "x"}]}
    made = put(document, ("key_actions", "#aaaa", "status"), "y")
    assert get(made, ("key_actions", "#aaaa", "status")) == "y"
    assert get(document, ("key_actions", "#aaaa", "status")) == "x"
    assert put(made, ("key_actions", "#aaaa"), None) == {}


_TERMS: dict[str, Callable[[dict[str, Any]], bool]] = {
    "status=not started": lambda row: row["status"] == "not-started",
    "status!=not-started": lambda row: row["status"] != "not-started",
    "p=1": lambda row: str(row["action"]).startswith("2025-27/1."),
    "overdue=yes": lambda row: row["target"] < dt.date(2026, 7, 1) and row["status"] in {"not-started", "in-progress"},
    "target>31/03/2026": lambda row: row["target"] > dt.date(2026, 3, 31),
    "lead~quality": lambda row: "quality" in (row["lead"] or "").lower(),
    "update=none": lambda row: row["update"] is None,
}


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(chosen=st.lists(st.sampled_from(sorted(_TERMS)), max_size=3))
def test_filters_find_what_a_reader_would_pick(chosen: list[str], register: Register) -> None:
    snapshot = register.snapshot()
    kind = KINDS["key-action"]
    views = snapshot.views(kind)
    found = {view.ref for view in views if matches(view, read_filter(chosen, kind), snapshot.name_matches)}
    assert found == {view.ref for view in views if all(_TERMS[term](view.facts()) for term in chosen)}


def test_an_entry_made_with_git_alone_is_read_as_any_other(register: Register) -> None:
    path = register.repository.root / RECORD
    path.write_text(path.read_text(encoding="utf-8").replace("Local profile", "Local picture"), encoding="utf-8")
    git(register.repository.root, "commit", "-qam", "Tidy a title")
    assert parse(path.read_bytes())["key_actions"][0]["title"] == "Local picture"
    view = register.snapshot().resolve("4.1.1")
    assert isinstance(view, View)
    assert view.mark is None


def test_rows_without_id_or_number_are_known_by_what_they_say() -> None:
    rows: list[dict[str, Any]] = [{"to": "one"}, {"to": "two"}, {"to": "three"}]
    turned = differences({"links": rows}, {"links": rows[::-1]})
    assert [(found.field, found.old, found.new) for found in turned] == [
        ("links (order)", ["0", "1", "2"], ["2", "1", "0"])
    ]
    gone = differences({"links": rows}, {"links": rows[1:]})
    assert [(found.change, found.old, found.new) for found in gone] == [("removed", {"to": "one"}, None)]
    came = differences({"links": rows}, {"links": [{"to": "none"}, *rows]})
    assert [(found.change, found.old, found.new) for found in came] == [("added", None, {"to": "none"})]
    said = differences({"links": rows}, {"links": [rows[0], {"to": "2"}, rows[2]]})
    assert [(found.field, found.old, found.new) for found in said] == [("links.1.to", "two", "2")]


@given(
    old=st.lists(st.fixed_dictionaries({"to": st.integers(0, 3)}), max_size=5),
    order=st.permutations(range(5)),
)
def test_another_order_of_nameless_rows_is_never_another_row(old: list[dict[str, Any]], order: list[int]) -> None:
    new = [old[place] for place in order if place < len(old)]
    assert all(found.field == "links (order)" for found in differences({"links": old}, {"links": new}))
