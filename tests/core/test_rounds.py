"""An update round from beginning to end: asked, filled in by people, read in whatever shape it comes back."""

import email
import email.policy
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from docx.oxml.ns import qn

from tests.core.conftest import Tell, done
from tests.core.returns import (
    EXPECTED,
    FILLED,
    KA,
    bend_excel,
    bomb,
    fill_excel,
    fill_word,
    form_of,
    places,
    read,
    states,
)
from tests.support import count


def test_everybody_who_owes_is_asked_in_word_and_excel_with_a_draft(tell: Tell, asked: Path) -> None:
    names = sorted(path.name for path in asked.iterdir())
    assert len(names) == 6
    rows = done(tell("round", "status", "--format", "json")).json
    assert [(row["party"], row["items"], row["status"]) for row in rows] == [
        ("Children's Trust", 4, "asked"),
        ("The Police", 2, "asked"),
    ]
    assert rows[0]["asked_about"] == [f"{KA}1", f"{KA}2", f"{KA}3", "LP-0001.1"]
    police = email.message_from_bytes(form_of(asked, "police", ".eml").read_bytes(), policy=email.policy.default)
    trust = email.message_from_bytes(form_of(asked, "trust", ".eml").read_bytes(), policy=email.policy.default)
    assert (police["To"], trust["To"], police["X-Unsent"]) == ("returns@police.example", "", "1")
    attached = {part.get_filename(): part.get_content() for part in police.iter_attachments()}
    assert attached == {path.name: path.read_bytes() for path in asked.iterdir()
                        if "police" in path.name and path.suffix != ".eml"}  # fmt: skip
    assert "6 July 2026" in police["Subject"]


def test_the_word_form_has_drop_downs_date_pickers_and_nothing_else_to_write_in(asked: Path) -> None:
    document = docx.Document(str(form_of(asked, "trust", ".docx")))
    protection = document.settings.element.find(qn("w:documentProtection"))
    assert (protection.get(qn("w:edit")), protection.get(qn("w:enforcement"))) == ("forms", "1")
    controls = {
        each.find(qn("w:sdtPr")).find(qn("w:tag")).get(qn("w:val")): each
        for each in document.element.body.iter(qn("w:sdt"))
    }
    status = controls[f"{KA}1|status"]
    offered = [item.get(qn("w:value")) for item in status.iter(qn("w:listItem"))]
    assert offered == ["not started", "in progress", "complete", "deferred"]
    assert "".join(text.text for text in status.iter(qn("w:t"))) == "not started"
    assert controls[f"{KA}1|since"].find(qn("w:sdtPr")).find(qn("w:date")) is not None
    assert "LP-0001.1|target" not in controls
    lines = [text.text for text in controls[f"{KA}3|update"].iter(qn("w:t"))]
    assert lines == ["Two courses", "ran."]


def test_the_excel_form_has_lists_locked_cells_hidden_keys_and_no_formula(asked: Path) -> None:
    sheet: Any = openpyxl.load_workbook(form_of(asked, "trust", ".xlsx")).active
    columns, rows = places(sheet)
    assert sheet.protection.sheet
    assert sheet.row_dimensions[min(rows.values()) - 1].hidden
    what, status = sheet.cell(rows[f"{KA}1"], columns["what"]), sheet.cell(rows[f"{KA}1"], columns["status"])
    assert (what.value, what.data_type, what.protection.locked) == ("=Set up a team", "s", True)
    assert (status.value, status.protection.locked) == ("not started", False)
    lists = [rule.formula1 for rule in sheet.data_validations.dataValidation if status.coordinate in rule.sqref]
    assert lists == ['"not started,in progress,complete,deferred"']
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


@pytest.mark.parametrize("ending", [".docx", ".xlsx"])
def test_a_filled_in_return_becomes_entries_that_name_its_sender_and_then_proposes_nothing(
    tell: Tell, asked: Path, tmp_path: Path, empty_folder: Path, ending: str
) -> None:
    fill = fill_word if ending == ".docx" else fill_excel
    back = fill(form_of(asked, "trust", ending), {**FILLED, ("", "Filled in by"): "Jo Bloggs"}, tmp_path / f"r{ending}")
    assert states(read(tell, back)) == EXPECTED
    before = count(empty_folder)
    assert states(read(tell, back, "--accept", "sure")) == EXPECTED
    assert count(empty_folder) - before == 4
    shown = done(tell("show", "1.1.1", "--format", "json")).json
    assert (shown["status"], shown["update"]) == ("in-progress", "Half of the posts are filled.")
    assert done(tell("show", "LP-0001.1", "--format", "json")).json["status"] == "accepted"
    rows = done(tell("history", "1.1.1", "--format", "json", "--limit", "2")).json
    assert "Children's Trust (Jo Bloggs)" in rows[0]["reason"]
    assert rows[0]["effective"] == "2026-06-15"
    assert states(read(tell, back, "--accept", "all")) == {}
    assert count(empty_folder) - before == 4
    status = done(tell("round", "status", "--format", "json")).json
    assert [(row["status"], row["returned"], row["sender"]) for row in status] == [
        ("replied", "2026-07-02", "Jo Bloggs"),
        ("asked", None, None),
    ]
    done(tell("undo", rows[0]["entry"], "--reason", "Wrong file"))
    assert states(read(tell, back)) == EXPECTED


@pytest.mark.parametrize("ending", [".docx", ".xlsx"])
def test_a_return_is_imported_like_any_document(tell: Tell, asked: Path, tmp_path: Path, ending: str) -> None:
    fill = fill_word if ending == ".docx" else fill_excel
    back = fill(form_of(asked, "trust", ending), FILLED, tmp_path / f"r{ending}")
    rows = done(tell("import", str(back), "--format", "json")).json
    assert {(row["ref"], row["field"]): row["state"] for row in rows if row["state"] != "unchanged"} == EXPECTED
    assert done(tell("show", "1.1.1", "--format", "json")).json["status"] == "not-started"
    done(tell("import", str(back), "--accept", "sure"))
    assert done(tell("show", "1.1.1", "--format", "json")).json["status"] == "in-progress"
    again = done(tell("import", str(back), "--accept", "all", "--format", "json")).json
    assert {row["state"] for row in again} == {"unchanged"}


def test_what_is_left_empty_erases_nothing_and_what_changed_meanwhile_is_not_put_back(
    tell: Tell, asked: Path, tmp_path: Path
) -> None:
    emptied = fill_excel(form_of(asked, "trust", ".xlsx"), {(f"{KA}3", "update"): None, (f"{KA}3", "status"): None},
                         tmp_path / "a.xlsx")  # fmt: skip
    assert states(read(tell, emptied)) == {}
    done(tell("set", "1.1.3", "update=Three courses ran.", "--reason", "Heard"))
    untouched = form_of(asked, "trust", ".docx")
    row = read(tell, untouched)[f"{KA}3", "update"]
    assert (row["state"], row["old"]) == ("unchanged", "Three courses ran.")
    answers = {(f"{KA}3", "update"): "Four courses ran."}
    row = read(tell, fill_word(untouched, answers, tmp_path / "b.docx"))[f"{KA}3", "update"]
    assert (row["state"], row["old"], row["new"]) == ("doubtful", "Three courses ran.", "Four courses ran.")
    assert "changed after this was asked" in row["why"]


def test_two_answers_for_one_field_are_shown_and_neither_is_taken(tell: Tell, asked: Path, tmp_path: Path) -> None:
    folder = tmp_path / "back"
    folder.mkdir()
    one, two = (
        {(f"{KA}1", "status"): "in progress"},
        {(f"{KA}1", "status"): "deferred", ("LP-0001.1", "status"): "accepted"},
    )
    fill_word(form_of(asked, "trust", ".docx"), one, folder / "a.docx")
    fill_excel(form_of(asked, "trust", ".xlsx"), two, folder / "b.xlsx")
    told = tell("round", "read", str(folder), "--accept", "all", "--format", "json")
    status = [row for row in told.json if (row["ref"], row["field"]) == (f"{KA}1", "status")]
    assert [(row["state"], row["contradicted"]) for row in status] == [("doubtful", True)] * 2
    assert "deferred" in status[0]["why"]
    assert "left alone" in told.err
    assert done(tell("show", "1.1.1", "--format", "json")).json["status"] == "not-started"
    assert done(tell("show", "LP-0001.1", "--format", "json")).json["status"] == "accepted"
    read(tell, folder / "b.xlsx", "--accept", "sure")
    assert done(tell("show", "1.1.1", "--format", "json")).json["status"] == "deferred"


def test_late_returns_and_those_of_an_older_round_are_doubtful(tell: Tell, asked: Path, tmp_path: Path) -> None:
    back = fill_word(form_of(asked, "police", ".docx"), {("AP-0001", "status"): "in progress"}, tmp_path / "a.docx")
    assert read(tell, back)["AP-0001", "status"]["state"] == "changed"
    late = read(tell, back, today="2026-07-09")["AP-0001", "status"]
    assert (late["state"], "after 6 July 2026" in late["why"]) == ("doubtful", True)
    words = ("--deadline", "2026-09-01", "--out", str(tmp_path / "second"), "--party", "POL")
    done(tell("round", "start", "Board of September", *words, today="2026-07-03"))
    older = read(tell, back, today="2026-07-04")["AP-0001", "status"]
    assert (older["state"], "older round" in older["why"]) == ("doubtful", True)


def test_nothing_to_report_chasing_and_closing(tell: Tell, asked: Path, tmp_path: Path) -> None:
    back = fill_excel(form_of(asked, "police", ".xlsx"), {("", "Nothing to report"): "Yes"}, tmp_path / "a.xlsx")
    assert states(read(tell, back, "--accept", "sure")) == {}
    done(tell("round", "chase", "--out", str(tmp_path / "again"), today="2026-07-05"))
    assert {path.name.split("-")[2] for path in (tmp_path / "again").iterdir()} == {"children"}
    draft = form_of(tmp_path / "again", "children", ".eml").read_text()
    assert "Reminder" in draft
    rows = done(tell("round", "status", "--format", "json", today="2026-07-07")).json
    assert [(row["status"], row["chased_on"], row["late"]) for row in rows] == [
        ("chased", "2026-07-05", True),
        ("nothing-to-report", None, False),
    ]
    filled = fill_word(form_of(tmp_path / "again", "children", ".docx"), FILLED, tmp_path / "b.docx")
    assert states(read(tell, filled)) == EXPECTED
    done(tell("round", "close", "--reason", "The board has met"))
    assert done(tell("list", "update-round", "--format", "json")).json[0]["status"] == "closed"


def test_only_some_answers_and_some_set_aside_for_good(tell: Tell, asked: Path, tmp_path: Path) -> None:
    back = fill_word(form_of(asked, "trust", ".docx"), FILLED, tmp_path / "a.docx")
    read(tell, back, "--accept", "sure", "--only", "1.1.1:status", "--set-aside", "LP-0001.1")
    assert done(tell("show", "1.1.1", "--format", "json")).json["update"] is None
    rows = read(tell, back)
    assert rows["LP-0001.1", "status"]["why"] == "it was set aside when it was read before"
    assert states(rows) == {(f"{KA}1", "update"): "new", (f"{KA}2", "evidence"): "new"}
    assert tell("round", "read", str(back), "--only", "9.9").status == 2


def test_what_a_rule_refuses_is_doubtful_with_the_rule_and_costs_no_other_answer(
    tell: Tell, asked: Path, tmp_path: Path
) -> None:
    answers = {(f"{KA}1", "status"): "complete", (f"{KA}2", "status"): "complet", (f"{KA}3", "target"): "1 May 2027",
               (f"{KA}2", "evidence"): "Profile", ("LP-0001.1", "status"): "accepted"}  # fmt: skip
    rows = read(tell, fill_excel(form_of(asked, "trust", ".xlsx"), answers, tmp_path / "a.xlsx"))
    assert "dated evidence" in rows[f"{KA}1", "status"]["why"]
    assert "taken for “complete”" in rows[f"{KA}2", "status"]["why"]
    assert "for a body to agree" in rows[f"{KA}3", "target"]["why"]
    told = tell("round", "read", str(tmp_path / "a.xlsx"), "--accept", "all", "--decided-at", "Board 8 July 2026",
                today="2026-07-02")  # fmt: skip
    assert told.status == 1
    assert "Not recorded: 2026-28/1.1.1" in told.err
    assert done(tell("show", "1.1.2", "--format", "json")).json["status"] == "complete"
    assert done(tell("show", "1.1.3", "--format", "json")).json["due"] == "2027-05-01"


def test_what_cannot_be_read_is_refused_with_what_is_wrong_and_the_others_are_read(
    tell: Tell, asked: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "back"
    folder.mkdir()
    fill_word(form_of(asked, "police", ".docx"), {("AP-0001", "status"): "in progress"}, folder / "good.docx")
    (folder / "bomb.xlsx").write_bytes(bomb())
    (folder / "lies.docx").write_bytes(b"%PDF-1.4 not a Word file")
    (folder / "empty.docx").write_bytes(b"")
    (folder / "letter.txt").write_text("Dear all, we have done everything.\n")
    bend_excel(form_of(asked, "trust", ".xlsx"), folder / "foreign.xlsx", _of_another_round)
    told = tell("round", "read", str(folder), "--format", "json")
    assert told.status == 2
    assert [row["ref"] for row in told.json if row["state"] == "changed"] == ["AP-0001"]
    for name, why in (
        ("bomb.xlsx", "bomb"),
        ("lies.docx", "PDF"),
        ("empty.docx", "empty"),
        ("letter.txt", "not one of"),
        ("foreign.xlsx", "did not ask for"),
    ):
        assert any(name in line and why in line for line in told.err.splitlines()), (name, told.err)


def _of_another_round(sheet: Any) -> None:
    for row in sheet.iter_rows():
        for cell in row:
            if str(cell.value or "").startswith("UR-"):
                cell.value = "UR-ZZZZ.1"


def test_hostile_answers_are_harmless_text_and_a_formula_counts_by_its_value(
    tell: Tell, asked: Path, tmp_path: Path
) -> None:
    nasty = "[@click=app.quit]x[/] =cmd|' /C calc'!A1\nEntry: aaaa-bbbb"
    back = fill_word(form_of(asked, "trust", ".docx"), {(f"{KA}1", "update"): nasty}, tmp_path / "a.docx")
    read(tell, back, "--accept", "sure")
    assert done(tell("show", "1.1.1", "--format", "json")).json["update"] == nasty
    done(tell("round", "forms", "--out", str(tmp_path / "forms")))
    sheet: Any = openpyxl.load_workbook(form_of(tmp_path / "forms", "trust", ".xlsx")).active
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    formula = fill_excel(form_of(asked, "trust", ".xlsx"), {(f"{KA}2", "update"): "=1+1"}, tmp_path / "b.xlsx")
    row = read(tell, formula)[f"{KA}2", "update"]
    assert (row["state"], "never calculated" in row["why"]) == ("doubtful", True)


def test_a_round_is_begun_with_its_forms_or_not_at_all(
    tell: Tell, asked: Path, tmp_path: Path, empty_folder: Path
) -> None:
    before = count(empty_folder)
    for words in (
        ("--deadline", "2026-08-01", "--out", str(asked)),
        ("--deadline", "2026-06-01", "--out", str(tmp_path / "x")),
        ("--deadline", "2026-08-01", "--out", str(tmp_path / "y"), "--party", "Nobody"),
    ):
        assert tell("round", "start", "Board", *words).status in {1, 2}
    assert count(empty_folder) == before
    assert not (tmp_path / "x").exists()
    assert tell("round", "status", "UR-ZZZZ").status == 1
