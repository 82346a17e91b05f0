"""What offices put into documents beside the tables is read as people see it, or named as not read; never lost."""

import copy
import datetime as dt
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.styles.colors import Color
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from bscp_tui.intake import bounds
from bscp_tui.intake.document import IntakeError
from bscp_tui.intake.proposing import Choices, Preview, preview
from bscp_tui.intake.reading import read_document
from bscp_tui.store.register import open_register
from bscp_tui.store.snapshot import Snapshot
from tests.intake import converting
from tests.intake.mutating import FORMATS, TITLE, table
from tests.intake.test_mutations import said
from tests.intake.test_reading import packed, unpacked

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
LEGEND = "Red means late; amber means under way; green means done."


@pytest.fixture
def snapshot(empty_folder: Path) -> Snapshot:
    return open_register(empty_folder, dt.date(2026, 7, 1)).snapshot()


def word(change: Callable[[Any], None]) -> bytes:
    document = docx.Document(io.BytesIO(converting.docx([(TITLE, table())])))
    change(document)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def sheet(change: Callable[[Any], None], title: str = TITLE) -> bytes:
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    for row in [[title], *table()]:
        page.append(row)
    change(page)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def proposed(data: bytes, snapshot: Snapshot) -> Preview:
    return preview(read_document(data, "plan"), snapshot, Choices())


def doubts(found: Preview) -> list[tuple[str, str, object]]:
    return [(line.ref, line.field, line.new) for line in found.lines if line.state == "doubtful"]


def cell(document: Any, row: int, column: int) -> Any:
    return document.tables[0].cell(row, column)._tc  # noqa: SLF001


def run(inside: str) -> Any:
    return parse_xml(f"<w:p {W}>{inside}</w:p>")


def test_words_that_were_taken_out_or_hidden_are_not_read_and_it_is_said(snapshot: Snapshot) -> None:
    def change(document: Any) -> None:
        deleted = "<w:del><w:r><w:delText>gone</w:delText></w:r></w:del>"
        moved = "<w:moveFrom><w:r><w:t>away</w:t></w:r></w:moveFrom>"
        hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r>"
        cell(document, 2, 6).append(run(deleted + moved + hidden))
        row = copy.deepcopy(document.tables[0].rows[3]._tr)  # noqa: SLF001
        document.tables[0]._tbl.append(row)  # noqa: SLF001
        row.get_or_add_trPr().append(parse_xml(f"<w:del {W}/>"))

    found = proposed(word(change), snapshot)
    assert said(found) == said(proposed(word(lambda _: None), snapshot))
    assert list(found.told) == [
        "Changes that Word tracks were read as if accepted.",
        "Text that Word hides was left out.",
    ]


def test_a_table_in_a_text_box_is_read_once(snapshot: Snapshot) -> None:
    def change(document: Any) -> None:
        inner = document.tables[0]._tbl  # noqa: SLF001
        box = f"""<w:p {W} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><w:r>
            <mc:AlternateContent><mc:Choice><w:drawing><w:txbxContent/></w:drawing></mc:Choice>
            <mc:Fallback><w:pict><w:txbxContent/></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"""
        paragraph = parse_xml(box)
        for content in paragraph.iter(qn("w:txbxContent")):
            content.append(copy.deepcopy(inner))
        inner.addprevious(paragraph)
        inner.getparent().remove(inner)

    assert said(proposed(word(change), snapshot)) == said(proposed(word(lambda _: None), snapshot))


def test_comments_are_named(snapshot: Snapshot) -> None:
    def remark(document: Any) -> None:
        document.add_comment(document.tables[0].cell(2, 6).paragraphs[0].runs, text="Is this so?", author="X")

    def note(page: Any) -> None:
        page["F4"].comment = Comment("moved to 2027", "X")

    assert proposed(word(remark), snapshot).told == ("comment 1: a comment was not read: “Is this so?”",)
    expected = ("sheet “Sheet”, cell F4: a comment was not read: “moved to 2027”",)
    assert proposed(sheet(note), snapshot).told == expected


def test_rows_that_are_hidden_are_doubtful_and_hidden_columns_are_named(snapshot: Snapshot) -> None:
    def hide(page: Any) -> None:
        page.row_dimensions[5].hidden = True
        page.column_dimensions["F"].hidden = True

    found = proposed(sheet(hide), snapshot)
    unseen = [line for line in found.lines if line.ref.startswith("2025-27/1.2")]
    assert unseen
    assert {line.state for line in unseen} == {"doubtful"}
    assert all("hidden" in line.why for line in unseen)
    assert found.told == ("sheet “Sheet”: column F is hidden; it was read like the others.",)
    page = converting.page([(TITLE, table())]).replace(b"<tr><td><p>1.2", b'<tr style="display:none"><td><p>1.2')
    assert {line.state for line in proposed(page, snapshot).lines if line.ref.startswith("2025-27/1.2")} == {"doubtful"}


def test_headings_of_two_rows_count_together(snapshot: Snapshot) -> None:
    def two(page: Any) -> None:
        page.insert_rows(3)
        page["E2"], page["F2"], page["E3"], page["F3"] = "Responsibility", None, "Lead", "Target"
        page.merge_cells("E2:F2")
        for letter in "ABCDGH":
            page.merge_cells(f"{letter}2:{letter}3")

    found = proposed(sheet(two), snapshot)
    assert said(found) == said(proposed(sheet(lambda _: None), snapshot))
    assert doubts(found) == []


def test_a_colour_of_the_theme_a_marker_and_a_sign_are_a_rag(snapshot: Snapshot) -> None:
    def shade(page: Any) -> None:
        page["H4"].fill = PatternFill("solid", fgColor=Color(theme=9))
        page["H5"] = "🟢"

    def mark(document: Any) -> None:
        document.paragraphs[0].insert_paragraph_before(LEGEND)
        cell(document, 2, 7).append(run('<w:r><w:rPr><w:highlight w:val="green"/></w:rPr><w:t>x</w:t></w:r>'))

    rags = [(line.ref, line.new) for line in proposed(sheet(shade, f"{TITLE}\n{LEGEND}"), snapshot).lines
            if line.field == "rag"]  # fmt: skip
    assert rags == [("2025-27/1.1", "amber"), ("2025-27/1.2", "green")]
    assert [line.new for line in proposed(word(mark), snapshot).lines if line.field == "rag"] == ["green"]


def test_what_has_no_value_or_is_too_long_is_named_with_the_reason(snapshot: Snapshot) -> None:
    def formula(page: Any) -> None:
        page["G4"] = '=CONCATENATE("a","b")'
        page.protection.sheet = True

    found = proposed(sheet(formula), snapshot)
    assert doubts(found) == [("2025-27/1.1", "update", "the cell")]
    rows = table()
    rows[2][6] = "word " * (bounds.LONGEST_CELL // 4)
    for form in ("csv", "html", "odt", "docx"):
        data = converting.MAKERS[form]([(TITLE, rows)]) if form != "csv" else "\n".join(
            ",".join(f'"{each}"' for each in row) for row in [[TITLE, *[""] * 7], *rows]).encode()  # fmt: skip
        assert [(ref, field) for ref, field, _ in doubts(proposed(data, snapshot))] == [("2025-27/1.1", "update")]


def test_days_as_spreadsheets_count_them(snapshot: Snapshot) -> None:
    def bare(page: Any) -> None:
        page["F5"] = 46143

    def of_1904(page: Any) -> None:
        page.parent.epoch = CALENDAR_MAC_1904
        page["F5"] = dt.datetime(2026, 5, 1)  # noqa: DTZ001

    assert doubts(proposed(sheet(bare), snapshot)) == [("2025-27/1.2.1", "target", "2026-05-01")]
    assert said(proposed(sheet(of_1904), snapshot)) == said(proposed(sheet(lambda _: None), snapshot))


def test_remarks_below_a_table_and_the_foot_of_a_page_are_named(snapshot: Snapshot) -> None:
    def remark(page: Any) -> None:
        page.append(["* dates agreed by the Board"])

    found = proposed(sheet(remark), snapshot)
    assert found.told == ("sheet “Sheet”, row 8 was not read: “* dates agreed by the Board”",)
    assert said(found) == said(proposed(sheet(lambda _: None), snapshot))


def test_a_table_that_goes_on_behind_the_foot_of_a_page_is_one(snapshot: Snapshot) -> None:
    def part(document: Any) -> None:
        first = document.tables[0]._tbl  # noqa: SLF001
        second = copy.deepcopy(first)
        for row in list(second.iter(qn("w:tr")))[:3]:
            second.remove(row)
        for row in list(first.iter(qn("w:tr")))[3:]:
            first.remove(row)
        first.addnext(second)
        first.addnext(run("<w:r><w:t>Page 2 of 3</w:t></w:r>"))

    assert said(proposed(word(part), snapshot)) == said(proposed(word(lambda _: None), snapshot))


@pytest.mark.parametrize("form", ["odt", "ods"])
def test_a_locked_opendocument_and_the_strict_form_say_what_to_do(form: str) -> None:
    parts = unpacked(converting.MAKERS[form]([(TITLE, table())]))
    parts["META-INF/manifest.xml"] = b"<a><encryption-data/></a>"
    parts["content.xml"] = bytes(range(200))
    with pytest.raises(IntakeError, match="password"):
        read_document(packed(parts), "plan")
    strict = unpacked(converting.docx([(TITLE, table())]))
    strict["_rels/.rels"] = strict["_rels/.rels"].replace(b"schemas.openxmlformats.org", b"purl.oclc.org/ooxml")
    with pytest.raises(IntakeError, match="Strict"):
        read_document(packed(strict), "plan")


@pytest.mark.parametrize(
    "row", [["Total", "6", *[""] * 6], ["", "Total: 6", *[""] * 6], ["", "Grand total", "6", *[""] * 5]]
)
def test_a_row_of_totals_is_no_part_of_the_record_above(row: list[str], snapshot: Snapshot) -> None:
    expected = said(proposed(converting.docx([(TITLE, table())]), snapshot))
    found = proposed(converting.docx([(TITLE, [*table(), row])]), snapshot)
    assert said(found) == expected
    assert any("was not read" in told and f"row {len(table()) + 1}" in told for told in found.told)


def test_a_workbook_that_merges_more_than_there_is_of_any_table_is_refused(snapshot: Snapshot) -> None:
    merged = proposed(sheet(lambda page: page.merge_cells("A1:XFD1")), snapshot)
    assert said(merged) == said(proposed(converting.xlsx([(TITLE, table())]), snapshot))
    bomb = dict(unpacked(sheet(lambda page: page.merge_cells("A1:B1"))))
    part = "xl/worksheets/sheet1.xml"
    bomb[part] = bomb[part].replace(b"A1:B1", b"A1:XFD1048576")
    with pytest.raises(IntakeError, match=r"merges 17,179,869,184 cells; at most 1,000,000"):
        read_document(packed(bomb), "plan")


def test_space_without_end_within_cells_is_space(snapshot: Snapshot) -> None:
    """Whatever looks for what stands behind space looks once: this is over in a moment, or never."""
    expected = said(proposed(converting.docx([(TITLE, table())]), snapshot))
    for space in (" " * 30_000, "\n" * 30_000, "\u00a0" * 30_000):
        rows = table()
        rows[2][1], rows[3][4] = f"{space}{rows[2][1]}{space}", f"{space}{rows[3][4]}{space}"
        for form in ("csv", "html"):
            assert said(proposed(FORMATS[form]([(TITLE, rows)]), snapshot)) == expected


@pytest.mark.parametrize("column", range(8))
def test_marks_without_end_are_looked_through_once_and_name_nobody(column: int, snapshot: Snapshot) -> None:
    """A row of brackets, commas or strokes of one cell, shared out in every way, would take minutes."""
    for marks in ("(" * 98_000, "1" + "," * 98_000, "  /" * 30_000, "●\n" * 30_000):
        rows = [list(row) for row in table()]
        rows[2][column] = marks
        found = proposed(FORMATS["csv"]([(TITLE, rows)]), snapshot)
        assert len({line.ref for line in found.lines if "body" in line.ref}) == 0


def test_what_names_a_separator_within_a_table_of_values_is_text(snapshot: Snapshot) -> None:
    rows = [list(row) for row in table()]
    rows[2][6] = "The group met.\nsep=;\nIt meets again."
    found = proposed(FORMATS["csv"]([(TITLE, rows)]), snapshot)
    assert ("2025-27/1.1", "update", "The group met.\nsep=;\nIt meets again.") in said(found)
