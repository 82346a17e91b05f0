"""Three versions of a record become one: held to a slow reading of what merging means, on random records."""

import datetime as dt
from typing import Annotated, Any

from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import Field

from bscp_tui.model.fields import BodyRefs, Line, Lines, asked
from bscp_tui.model.merging import Conflict, alike, merged
from bscp_tui.model.record import Item, Part


class Row(Item):
    """A row of the record that the tests merge."""

    number: int | None = asked("Number")
    text: Line | None = asked("Text")
    status: Line | None = asked("Status")
    leads: BodyRefs = asked("Leads", default=())
    withdrawn: Line | None = asked("Withdrawn")


class Thing(Part):
    """A record of every shape."""

    title: Line | None = asked("Title")
    status: Line | None = asked("Status")
    target: dt.date | None = asked("Target")
    agencies: BodyRefs = asked("Agencies", default=())
    notes: Lines = asked("Notes", default=())
    rows: Annotated[tuple[Row, ...], Field(strict=False)] = asked("Rows", default=())
    withdrawn: Line | None = asked("Withdrawn")


WORDS = st.sampled_from(["a", "b", "c", "d"])
SCALARS = ("title", "status")
ROW_SCALARS = ("text", "status")
IDS = st.sampled_from(["r1", "r2", "r3", "r4", "r5"])
SLUGS = st.lists(st.sampled_from(["ct", "pol", "nhs", "hmp"]), unique=True, max_size=4)


def without_nothing(document: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in document.items() if value not in (None, [])}


ROW = st.fixed_dictionaries({}, optional={"text": WORDS, "status": WORDS, "leads": SLUGS})
DOCUMENT = st.builds(
    lambda fields, rows: without_nothing({**fields, "rows": [{"id": key, **row} for key, row in rows.items()]}),
    st.fixed_dictionaries({}, optional={"title": WORDS, "status": WORDS, "agencies": SLUGS, "unknown": WORDS}),
    st.dictionaries(IDS, ROW.map(without_nothing), max_size=4),
)


@st.composite
def edits(draw: st.DrawFn, document: dict[str, Any]) -> dict[str, Any]:
    """Return the record after a few edits."""
    result = {**document, "rows": [dict(row) for row in document.get("rows", [])]}
    for _ in range(draw(st.integers(0, 4))):
        what = draw(st.sampled_from(["field", "agencies", "row field", "row leads", "add", "remove", "unknown"]))
        rows = result["rows"]
        if what == "field":
            result[draw(st.sampled_from(SCALARS))] = draw(st.none() | WORDS)
        elif what == "unknown":
            result["unknown"] = draw(st.none() | WORDS)
        elif what == "agencies":
            result["agencies"] = draw(SLUGS)
        elif what == "add":
            key = draw(IDS)
            if key not in [row["id"] for row in rows]:
                rows.append({"id": key, **without_nothing(draw(ROW))})
        elif rows:
            row = rows[draw(st.integers(0, len(rows) - 1))]
            if what == "remove":
                rows.remove(row)
            elif what == "row leads":
                row["leads"] = draw(SLUGS)
            else:
                row[draw(st.sampled_from(ROW_SCALARS))] = draw(st.none() | WORDS)
    result["rows"] = [without_nothing(row) for row in result["rows"]]
    return without_nothing(result)


THREE = DOCUMENT.flatmap(lambda base: st.tuples(st.just(base), edits(base), edits(base)))


def cells(document: dict[str, Any]) -> dict[tuple[str, ...], Any]:
    """Return a record as single cells: a scalar a cell, a member of a set a cell, a row a cell and its fields."""
    found: dict[tuple[str, ...], Any] = {}
    for key, value in document.items():
        if key == "agencies":
            found |= {("agencies", slug): True for slug in value}
        elif key == "rows":
            for row in value:
                found["row", row["id"]] = True
                for inner, cell in row.items():
                    if inner == "leads":
                        found |= {("rows", row["id"], "leads", slug): True for slug in cell}
                    elif inner != "id":
                        found["rows", row["id"], inner] = cell
        else:
            found[key,] = value
    return found


def oracle(base: dict[str, Any], ours: dict[str, Any], theirs: dict[str, Any]) -> tuple[Any, set[tuple[str, ...]]]:
    """Return the cells that a merge must hold, and the places where both sides gave one cell different values."""
    before, mine, other = cells(base), cells(ours), cells(theirs)
    result: dict[tuple[str, ...], Any] = {}
    torn: set[tuple[str, ...]] = set()
    rows = {key[1] for side in (before, mine, other) for key in side if key[0] == "row"}
    for row in rows:
        whole = [
            next((each for each in side.get("rows", []) if each["id"] == row), None) for side in (base, ours, theirs)
        ]
        gone = [whole[0] is not None and side is None for side in whole[1:]]
        if gone[0] != gone[1] and whole[2 if gone[0] else 1] != whole[0]:
            torn.add(("rows", f"#{row}"))
    for key in {*before, *mine, *other}:
        if len(key) > 1 and ("rows", f"#{key[1]}") in torn:
            if key in other:
                result[key] = other[key]
            continue
        values = (before.get(key), mine.get(key), other.get(key))
        value = values[2] if values[1] == values[0] else values[1]
        if values[1] != values[0] and values[2] != values[0] and values[1] != values[2]:
            torn.add(("rows", f"#{key[1]}", key[2]) if key[0] == "rows" else key)
            value = values[2]
        if value is not None:
            result[key] = value
    return result, torn


@settings(max_examples=1500, deadline=None)
@given(THREE)
def test_a_merge_holds_what_each_side_changed_and_asks_where_both_did(three: tuple[Any, Any, Any]) -> None:
    found = merged(*three, Thing)
    expected, torn = oracle(*three)
    assert cells(found.document) == expected
    orders = {conflict.path for conflict in found.conflicts if conflict.field.endswith(" (order)")}
    assert {conflict.path for conflict in found.conflicts} - orders == torn


@settings(max_examples=300, deadline=None)
@given(THREE)
def test_whatever_is_chosen_is_what_the_record_holds(three: tuple[Any, Any, Any]) -> None:
    mine = merged(*three, Thing, lambda conflict: conflict.ours)
    swapped = merged(three[0], three[2], three[1], Thing)
    assert cells(mine.document) == cells(swapped.document)


@settings(max_examples=300, deadline=None)
@given(DOCUMENT.flatmap(lambda base: st.tuples(st.just(base), edits(base))))
def test_what_one_side_alone_changed_is_taken_as_it_is(pair: tuple[Any, Any]) -> None:
    base, changed = pair
    for found in (merged(base, changed, base, Thing), merged(base, base, changed, Thing)):
        assert alike(found.document, changed)
        assert not found.conflicts


def asked_of(base: dict[str, Any], ours: dict[str, Any], theirs: dict[str, Any]) -> list[Conflict]:
    return list(merged(base, ours, theirs, Thing).conflicts)


def test_withdrawing_against_an_edit_is_asked() -> None:
    base = {"title": "A", "rows": [{"id": "r1", "text": "one"}]}
    withdrawn, edited = {**base, "withdrawn": "agreed"}, {**base, "title": "B"}
    assert [one.field for one in asked_of(base, withdrawn, edited)] == ["withdrawn"]
    assert [one.field for one in asked_of(base, edited, withdrawn)] == ["withdrawn"]
    assert not asked_of(base, withdrawn, base)
    assert not asked_of(base, withdrawn, withdrawn)
    row = {**base, "rows": [{"id": "r1", "text": "one", "withdrawn": "agreed"}]}
    assert not asked_of(base, row, edited)
    deeper = {**base, "rows": [{"id": "r1", "text": "two"}]}
    assert [one.field for one in asked_of(base, row, deeper)] == ["rows.r1.withdrawn"]


def test_rows_that_both_added_under_one_number_get_two() -> None:
    base = {"rows": [{"id": "r1", "number": 1}]}
    ours = {"rows": [{"id": "r1", "number": 1}, {"id": "r2", "number": 2, "text": "ours"}]}
    theirs = {"rows": [{"id": "r1", "number": 1}, {"id": "r3", "number": 2, "text": "theirs"}]}
    found = merged(base, ours, theirs, Thing)
    assert [(row["id"], row["number"]) for row in found.document["rows"]] == [("r1", 1), ("r3", 2), ("r2", 3)]
    assert found.renumbered == (("rows", 2, 3),)


def test_appended_rows_and_a_new_order_are_both_kept() -> None:
    base = {"rows": [{"id": "r1"}, {"id": "r2"}]}
    turned = {"rows": [{"id": "r2"}, {"id": "r1"}]}
    longer = {"rows": [{"id": "r1"}, {"id": "r2"}, {"id": "r3"}]}
    assert [row["id"] for row in merged(base, turned, longer, Thing).document["rows"]] == ["r2", "r1", "r3"]
    assert [row["id"] for row in merged(base, longer, turned, Thing).document["rows"]] == ["r2", "r1", "r3"]


def test_one_line_that_both_wrote_anew_is_asked() -> None:
    base = {"notes": ["one", "two"]}
    assert [one.field for one in asked_of(base, {"notes": ["ONE", "two"]}, {"notes": ["Uno", "two"]})] == ["notes"]
    found = merged(base, {"notes": ["one", "two", "three"]}, {"notes": ["ONE", "two"]}, Thing)
    assert found.document["notes"] == ["ONE", "two", "three"]
