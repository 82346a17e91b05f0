"""A plan in other clothes gives the same records, whatever format it comes in; what is added is listed."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from bscp_tui.intake.proposing import Choices, Preview, preview
from bscp_tui.intake.reading import read_document
from bscp_tui.store.register import open_register
from bscp_tui.store.snapshot import Snapshot
from tests.intake.converting import MAKERS
from tests.intake.mutating import FORMATS, MUTATIONS, TITLE, spaced, table, with_column


@pytest.fixture
def snapshot(empty_folder: Path) -> Snapshot:
    return open_register(empty_folder, dt.date(2026, 7, 1)).snapshot()


def found_in(data: bytes, snapshot: Snapshot) -> Preview:
    return preview(read_document(data, "plan"), snapshot, Choices())


def said(found: Preview) -> set[tuple[str, str, str]]:
    return {(line.ref, line.field, str(line.new)) for line in found.lines}


@pytest.mark.parametrize("form", sorted(FORMATS))
def test_a_plan_says_the_same_in_whatever_clothes_it_comes(form: str, snapshot: Snapshot) -> None:
    expected = said(found_in(MAKERS["docx"]([(TITLE, table())]), snapshot))
    assert len(expected) > 50
    odd: dict[str, Any] = {}
    for name, mutation in MUTATIONS.items():
        found = found_in(FORMATS[form]([(TITLE, mutation(table()))]), snapshot)
        different = said(found) ^ expected
        doubts = [(line.ref, line.field, line.why) for line in found.lines if line.state == "doubtful"]
        if different or doubts:
            odd[name] = (sorted(different), doubts, found.told)
    assert odd == {}


@pytest.mark.parametrize("form", sorted(FORMATS))
def test_what_stands_in_a_column_that_nothing_fits_is_listed(form: str, snapshot: Snapshot) -> None:
    found = found_in(FORMATS[form]([(TITLE, with_column(table()))]), snapshot)
    doubts = [(line.ref, line.field, line.new) for line in found.lines if line.state == "doubtful"]
    assert doubts == [("2025-27/1.1", "Cost code", "K-17")]


# Where lines begin with another column, or break within markup, what was put together is for a person to look at.
SURE_IN_SPACES = [name for name in MUTATIONS if not name.startswith(("columns", "fragments"))]


@pytest.mark.parametrize("name", SURE_IN_SPACES)
def test_a_table_that_only_spaces_hold_apart_is_found(name: str, snapshot: Snapshot) -> None:
    expected = said(found_in(MAKERS["docx"]([(TITLE, table())]), snapshot))
    found = found_in(spaced([(TITLE, MUTATIONS[name](table()))]), snapshot)
    assert said(found) == expected
    assert any("spaces" in told for told in found.told)


def test_a_table_in_a_mail_ends_where_the_mail_goes_on(snapshot: Snapshot) -> None:
    before = "Dear all,\n\nhere is the plan.  Tell me what is wrong.  Thank you.\n\n"
    mail = before.encode() + spaced([(TITLE, table())]) + b"\n\n\nBest wishes\nSam   Lee\n"
    assert said(found_in(mail, snapshot)) == said(found_in(MAKERS["docx"]([(TITLE, table())]), snapshot))


DRAWN = """Plan 2025-27

+-----+-------------+------------+
| Ref | Action      | Target     |
+=====+=============+============+
| 1.1 | Set up a    | 31.12.2025 |
|     | panel       |            |
+-----+-------------+------------+
| 1.2 | Ask it      | 31.12.2026 |
+-----+-------------+------------+
"""


def test_a_table_that_is_drawn_with_bars_is_read() -> None:
    expected = [["Ref", "Action", "Target"], ["1.1", "Set up a panel", "31.12.2025"], ["1.2", "Ask it", "31.12.2026"]]
    lines = [f"| {' | '.join(row)} |" for row in expected]
    marked = "\n".join(["Plan", "", lines[0], "|---|:--:|--:|", *lines[1:]])
    boxes = DRAWN.translate(str.maketrans("|-=+", "│─═┼")).replace("2025─27", "2025-27")
    for text in (DRAWN, marked, boxes):
        document = read_document(text.encode(), "x")
        assert [list(row.texts) for row in document.tables[0].rows] == expected
        assert len(document.tables) == 1


def test_prose_with_wide_spaces_is_no_table() -> None:
    prose = "It was late.  Nobody came.\nThe hall was cold, though.  They waited.\nThen  it ended.\n" * 5
    assert read_document(prose.encode(), "x").tables == ()
