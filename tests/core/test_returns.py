"""Returns in whatever shape they come back: saved by other programs, moved about, with days in any form."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bscp_tui.intake.reading import read_file
from tests.core.conftest import Tell
from tests.core.returns import (
    EXPECTED,
    FILLED,
    KA,
    bend_excel,
    bend_word,
    fill_excel,
    fill_word,
    flattened,
    form_of,
    places,
    read,
    states,
)
from tests.intake import converting


@pytest.mark.parametrize("form", [converting.odt, converting.ods, converting.page, converting.docx, converting.xlsx])
def test_a_return_that_another_program_saved_in_another_format_is_read(
    tell: Tell, asked: Path, tmp_path: Path, form: Callable[[converting.Tables], bytes]
) -> None:
    filled = fill_word(form_of(asked, "trust", ".docx"), FILLED, tmp_path / "a.docx")
    tables = [("", [row.texts for row in table.rows]) for table in read_file(filled).tables]
    (tmp_path / "return").write_bytes(form(tables))
    assert states(read(tell, tmp_path / "return")) == EXPECTED


def test_controls_that_became_text_rows_that_moved_and_columns_that_came_are_read(
    tell: Tell, asked: Path, tmp_path: Path
) -> None:
    back = flattened(fill_word(form_of(asked, "trust", ".docx"), FILLED, tmp_path / "a.docx"), tmp_path / "b.docx")
    assert states(read(tell, back)) == EXPECTED

    def bent(table: Any) -> None:
        rows = list(table._tbl.tr_lst)  # noqa: SLF001 - python-docx moves no rows
        rows[-1].addnext(rows[1])
        table.add_column(914400)
        table.rows[0].cells[-1].text = "Comments"
        table.rows[1].cells[-1].text = "ask Sam"
        for row in rows:
            row.append(row.tc_lst[0])

    rows = read(tell, bend_word(back, tmp_path / "c.docx", bent))
    assert {key: state for key, state in states(rows).items() if key[1] != "Comments"} == EXPECTED
    added = rows[f"{KA}2", "Comments"]
    assert (added["state"], added["new"]) == ("doubtful", "ask Sam")


def test_a_renamed_heading_is_known_by_its_hidden_key_or_its_place_and_else_said(
    tell: Tell, asked: Path, tmp_path: Path
) -> None:
    excel = fill_excel(form_of(asked, "trust", ".xlsx"), FILLED, tmp_path / "a.xlsx")

    def renamed(sheet: Any) -> None:
        columns, rows = places(sheet)
        sheet.cell(min(rows.values()) - 2, columns["update"]).value = "What happened?"

    def without_key(sheet: Any) -> None:
        renamed(sheet)
        _, rows = places(sheet)
        sheet.delete_rows(min(rows.values()) - 1)

    assert states(read(tell, bend_excel(excel, tmp_path / "b.xlsx", renamed))) == EXPECTED
    rows = read(tell, bend_excel(excel, tmp_path / "c.xlsx", without_key))
    assert rows[f"{KA}1", "update"]["state"] == "doubtful"
    assert "What happened?" in rows[f"{KA}1", "update"]["why"]
    assert rows[f"{KA}1", "status"]["state"] == "changed"

    def gone(sheet: Any) -> None:
        columns, rows = places(sheet)
        sheet.delete_rows(min(rows.values()) - 1)
        sheet.delete_cols(columns["update"])

    told = tell("round", "read", str(bend_excel(excel, tmp_path / "d.xlsx", gone)), "--format", "json")
    assert "no column for “update”" in told.err
    assert (f"{KA}1", "status") in {(row["ref"], row["field"]) for row in told.json}


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("15.6.26", "2026-06-15"), ("15/06/2026", "2026-06-15"), ("15-06-2026", "2026-06-15"),
        ("Monday 15th June 2026", "2026-06-15"), ("June 15, 2026", "2026-06-15"), ("15 Jun 26", "2026-06-15"),
        ("2026-06-15T00:00:00", "2026-06-15"), ("15-Jun-26", "2026-06-15"),
    ],
)  # fmt: skip
def test_days_in_any_form(tell: Tell, asked: Path, tmp_path: Path, written: str, day: str) -> None:
    answers = {(f"{KA}1", "status"): "In Progress", (f"{KA}1", "since"): written}
    row = read(tell, fill_excel(form_of(asked, "trust", ".xlsx"), answers, tmp_path / "a.xlsx"))[f"{KA}1", "status"]
    assert (row["state"], row["effective"]) == ("changed", day)


def test_days_that_are_unsure_or_none_are_doubtful_and_never_guessed(tell: Tell, asked: Path, tmp_path: Path) -> None:
    for written, why in (
        ("46188", "number of a day"),
        ("next spring", "cannot be read"),
        ("31.02.2026", "cannot be read"),
        ("1 August 2026", "still to come"),
    ):
        answers = {(f"{KA}1", "status"): "in progress", (f"{KA}1", "since"): written}
        row = read(tell, fill_excel(form_of(asked, "trust", ".xlsx"), answers, tmp_path / "a.xlsx"))[f"{KA}1", "status"]
        assert row["state"] == "doubtful"
        assert why in row["why"]
