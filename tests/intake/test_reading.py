"""A document of any format becomes the same tables; whatever is hostile is refused or comes to nothing."""

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest
from docx import Document as WordDocument
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from openpyxl.styles import PatternFill

from bscp_tui.intake import bounds
from bscp_tui.intake.document import Document, IntakeError
from bscp_tui.intake.reading import read_document, read_file
from tests.intake.converting import MAKERS, docx, ods, odt, xlsx

ROWS = [
    ["Ref", "Action", "Target", "RAG"],
    ["1.1", "Do it:\n1. First\n2. Second", "31.03.2026\n31.03.2027", "Green"],
    ["1.2", "“Curly” & plain – £5", "", "Amber"],
]


def grid(document: Document, table: int = 0) -> list[list[str]]:
    return [list(row.texts) for row in document.tables[table].rows]


def unpacked(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


@pytest.mark.parametrize("form", sorted(MAKERS))
def test_every_format_gives_the_same_table(form: str) -> None:
    document = read_document(MAKERS[form]([("Plan 2025-27", ROWS)]), f"plan.{form}")
    rows = grid(document)
    assert rows[-3:] == ROWS
    heading = [*document.tables[0].above, *(text for row in rows[:-3] for text in row)]
    assert "Plan 2025-27" in heading


@pytest.mark.parametrize("form", ["docx", "odt", "xlsx", "ods", "html"])
def test_a_cell_that_holds_only_a_colour_keeps_it(form: str) -> None:
    document = read_document(MAKERS[form]([("", ROWS)], shaded=True), "plan")
    assert [row.cells[3].colour for row in document.tables[0].rows[-2:]] == ["00B050", "FFC000"]


@pytest.mark.parametrize(
    ("form", "name"), [("docx", "a.txt"), ("xlsx", "a.docx"), ("html", "a.csv"), ("txt", "a.xlsx")]
)
def test_what_a_file_is_is_told_by_what_it_holds_not_by_its_name(form: str, name: str) -> None:
    assert grid(read_document(MAKERS[form]([("", ROWS)]), name))[-3:] == ROWS


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_text_is_read_in_the_encodings_that_offices_write(encoding: str) -> None:
    text = "Ref,Action\r\n1.1,“Curly” – £5\r\n"
    document = read_document(text.encode(encoding), "table.csv")
    assert grid(document) == [["Ref", "Action"], ["1.1", "“Curly” – £5"]]
    assert bool(document.told) == (encoding == "cp1252")


@pytest.mark.parametrize("separator", [",", ";", "|"])
def test_csv_is_read_whatever_separates_it(separator: str) -> None:
    lines = [separator.join(f'"{cell}"' for cell in row) for row in ROWS]
    assert grid(read_document("\n".join(lines).encode(), "x")) == ROWS


def test_cells_pasted_from_a_spreadsheet_may_run_over_lines() -> None:
    text = 'Ref\tAction\n1.1\t"Do it:\n1. First\n2. ""Second"""\n1.2\tHe said "no" twice\n'
    expected = [["Ref", "Action"], ["1.1", 'Do it:\n1. First\n2. "Second"'], ["1.2", 'He said "no" twice']]
    assert grid(read_document(text.encode(), "pasted")) == expected


def test_fragments_of_html_in_extracted_text_are_paragraphs_and_lists() -> None:
    listed = "<ol><li>First</li> <li>Second <b>(Year 1)</b></li></ol>"
    text = f"Ref\tAction\n1.1\t<b>Do &amp; check:</b> {listed} <p>31<sup>st</sup> May</p>\n"
    assert grid(read_document(text.encode(), "x"))[1] == ["1.1", "Do & check:\n1. First\n2. Second (Year 1)\n31st May"]


def test_numbered_lists_of_word_keep_the_numbers_that_word_shows() -> None:
    document = WordDocument()
    cell = document.add_table(1, 2).cell(0, 1)
    cell.text = "Do it:"
    cell.add_paragraph("First", style="List Number")
    cell.add_paragraph("Second", style="List Number")
    cell.add_paragraph("Loose", style="List Bullet")
    target = io.BytesIO()
    document.save(target)
    assert grid(read_document(target.getvalue(), "x"))[0][1] == "Do it:\n1. First\n2. Second\nLoose"


def test_merged_cells_say_where_they_began() -> None:
    document = WordDocument()
    table = document.add_table(3, 3)
    table.cell(0, 0).merge(table.cell(0, 2)).text = "PRIORITY 1"
    table.cell(1, 0).merge(table.cell(2, 0)).text = "1.1"
    table.cell(1, 1).text = "a"
    table.cell(2, 1).text = "b"
    table.cell(2, 2).text = "c"
    target = io.BytesIO()
    document.save(target)
    rows = read_document(target.getvalue(), "x").tables[0].rows
    assert [[cell.merged or cell.text for cell in row.cells] for row in rows] == [
        ["PRIORITY 1", "left", "left"], ["1.1", "a", ""], ["up", "b", "c"],
    ]  # fmt: skip


def test_merged_cells_of_a_sheet_and_of_a_page_do_too() -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet["A1"], sheet["B1"], sheet["B2"] = "1.1", "a", "b"
    sheet.merge_cells("A1:A2")
    target = io.BytesIO()
    book.save(target)
    page = b"<table><tr><td rowspan=2>1.1</td><td>a</td></tr><tr><td>b</td></tr></table>"
    for data in (target.getvalue(), page):
        rows = read_document(data, "x").tables[0].rows
        assert [[cell.merged or cell.text for cell in row.cells] for row in rows] == [["1.1", "a"], ["up", "b"]]


def test_a_table_inside_a_cell_belongs_to_the_cell() -> None:
    page = b"<table><tr><td>1.1</td><td>before<table><tr><td>x</td><td>y</td></tr></table></td></tr></table>"
    document = WordDocument()
    cell = document.add_table(1, 2).cell(0, 1)
    cell.text = "before"
    inner = cell.add_table(1, 2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "x", "y"
    document.tables[0].cell(0, 0).text = "1.1"
    target = io.BytesIO()
    document.save(target)
    for data in (page, target.getvalue()):
        read = read_document(data, "x")
        assert len(read.tables) == 1
        assert grid(read) == [["1.1", "before\nx y"]]


def test_a_content_control_is_read_as_its_text() -> None:
    document = WordDocument()
    paragraph = document.add_table(1, 1).cell(0, 0).paragraphs[0]
    control, content, run, text = (OxmlElement(name) for name in ("w:sdt", "w:sdtContent", "w:r", "w:t"))
    text.text = "in progress"
    run.append(text)
    content.append(run)
    control.append(content)
    paragraph._p.append(control)  # noqa: SLF001
    deleted, run = OxmlElement("w:del"), OxmlElement("w:r")
    gone = OxmlElement("w:t")
    gone.text = "never"
    run.append(gone)
    deleted.append(run)
    paragraph._p.append(deleted)  # noqa: SLF001
    target = io.BytesIO()
    document.save(target)
    read = read_document(target.getvalue(), "x")
    assert grid(read) == [["in progress"]]
    assert read.told == ("Changes that Word tracks were read as if accepted.",)


def test_formulas_count_by_their_last_value_and_are_named_where_they_have_none() -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet["A1"], sheet["B1"], sheet["C1"] = "total", "=1+1", "=2+2"
    target = io.BytesIO()
    book.save(target)
    parts = unpacked(target.getvalue())
    name = "xl/worksheets/sheet1.xml"
    parts[name] = (
        parts[name]
        .replace(b"<f>1+1</f><v></v>", b"<f>1+1</f><v>2</v>")
        .replace(b"<f>1+1</f><v />", b"<f>1+1</f><v>2</v>")
    )
    first, second, third = read_document(packed(parts), "x").tables[0].rows[0].cells
    assert (first.text, second.text, third.text) == ("total", "2", "")
    assert third.unread is not None
    assert "never calculated" in third.unread


def test_dates_and_numbers_of_sheets_are_read_as_people_wrote_them() -> None:
    import datetime as dt

    book = openpyxl.Workbook()
    book.worksheets[0].append([dt.datetime(2026, 3, 31), dt.date(2026, 4, 1), 3.0, 2.5, True, 7])  # noqa: DTZ001
    target = io.BytesIO()
    book.save(target)
    assert grid(read_document(target.getvalue(), "x")) == [["2026-03-31", "2026-04-01", "3", "2.5", "yes", "7"]]


def test_hidden_sheets_are_marked_and_said() -> None:
    book = openpyxl.load_workbook(io.BytesIO(xlsx([("", ROWS), ("", ROWS)])))
    book.worksheets[1].sheet_state = "veryHidden"
    target = io.BytesIO()
    book.save(target)
    read = read_document(target.getvalue(), "x")
    assert [table.hidden for table in read.tables] == [False, True]
    assert read.told == ("sheet “Sheet 2” is hidden.",)


def test_a_lone_cell_at_the_end_of_a_sheet_costs_nothing() -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet["A1"] = "x"
    sheet["B1048576"].fill = PatternFill("solid", fgColor="FF0000")
    target = io.BytesIO()
    book.save(target)
    assert grid(read_document(target.getvalue(), "x")) == [["x"]]


def test_rows_that_are_said_to_repeat_a_million_times_are_refused_or_nothing() -> None:
    parts = unpacked(ods([("", ROWS)]))
    content = parts["content.xml"].decode()
    many = '<table:table-cell table:number-columns-repeated="16384"/>'
    blank = f'<table:table-row table:number-rows-repeated="1048576">{many}</table:table-row>'
    parts["content.xml"] = content.replace("</table:table>", f"{blank}</table:table>").encode()
    assert grid(read_document(packed(parts), "x")) == ROWS
    filled = blank.replace('table:number-columns-repeated="16384"/>', "><text:p>x</text:p></table:table-cell>")
    parts["content.xml"] = content.replace("</table:table>", f"{filled}</table:table>").encode()
    with pytest.raises(IntakeError, match="rows"):
        read_document(packed(parts), "x")


@pytest.mark.parametrize("form", ["docx", "odt", "xlsx", "ods", "html", "txt"])
def test_characters_that_act_or_mislead_are_taken_out_and_named(form: str) -> None:
    rows = [["Ref", "Action"], ["1.1", "safe\u202etxet \u2066x\u2069 soft\xadhyphen\ufeff and\xa0space"]]
    read = read_document(MAKERS[form]([("", rows)]), "x")
    assert grid(read)[-1][1] == "safetxet x softhyphen and space"
    assert any("U+202E" in told for told in read.told)


def test_terminal_escapes_in_text_are_taken_out() -> None:
    read = read_document("Ref\tAction\n1.1\t\x1b]52;c;eA==\x07red\x1b[31m\x00".replace("\x00", "").encode(), "x")
    assert grid(read)[1] == ["1.1", "]52;c;eA==red[31m"]


@pytest.mark.parametrize(
    ("form", "part"),
    [
        ("docx", "word/document.xml"),
        ("xlsx", "xl/worksheets/sheet1.xml"),
        ("odt", "content.xml"),
        ("ods", "styles.xml"),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_xml_that_declares_entities_is_refused(form: str, part: str, encoding: str) -> None:
    parts = unpacked(MAKERS[form]([("", ROWS)]))
    bomb = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'
    parts[part] = bomb.encode(encoding)
    with pytest.raises(IntakeError, match="refused"):
        read_document(packed(parts), "x")


def test_xml_in_an_encoding_that_hides_what_it_says_is_refused() -> None:
    parts = unpacked(docx([("", ROWS)]))
    parts["word/document.xml"] = b'<?xml version="1.0" encoding="UTF-7"?><a/>'
    with pytest.raises(IntakeError, match="encoding"):
        read_document(packed(parts), "x")


def test_a_document_that_unpacks_to_a_thousand_times_its_size_is_refused() -> None:
    parts = unpacked(xlsx([("", ROWS)]))
    parts["xl/sharedStrings.xml"] = b" " * (60 * bounds.MEGABYTE)
    data = packed(parts)
    assert len(data) < bounds.MEGABYTE
    with pytest.raises(IntakeError, match="bomb"):
        read_document(data, "x")


def test_many_parts_that_are_large_together_are_refused() -> None:
    parts = unpacked(docx([("", ROWS)]))
    parts |= {f"word/media/{number}.bin": bytes(1000) * 999 for number in range(140)}
    with pytest.raises(IntakeError, match="would unpack"):
        read_document(packed(parts), "x")


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "is empty"),
        (b"   \n", "is empty"),
        (b"%PDF-1.7\n...", "PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "password"),
        (b"{\\rtf1 x}", "rich text"),
        (b"\x89PNG\r\n\x1a\n", "picture"),
        (b"\x1f\x8b\x08\x00", "packed"),
        (bytes(range(256)) * 4, "nor text"),
        (b"PK\x03\x04 broken", "damaged"),
        (b'<?xml version="1.0"?><a/>', "XML"),
        (packed({"plan.docx": docx([("", ROWS)])}), "archive"),
    ],
)
def test_what_cannot_be_read_is_refused_with_what_to_do(data: bytes, told: str) -> None:
    with pytest.raises(IntakeError, match=told):
        read_document(data, "plan.docx")


@pytest.mark.parametrize("form", ["docx", "odt", "xlsx", "ods"])
def test_a_damaged_document_is_refused_wherever_the_damage_is(form: str) -> None:
    data = MAKERS[form]([("", ROWS)])
    for place in range(10, len(data), max(len(data) // 40, 1)):
        broken = data[:place] + bytes([data[place] ^ 0xFF]) + data[place + 1 :]
        for bad in (broken, data[:place]):
            try:
                read_document(bad, "x")
            except IntakeError as error:
                assert "\n" not in str(error)  # noqa: PT017


def test_a_document_with_macros_is_read_and_its_macros_are_not() -> None:
    parts = unpacked(docx([("", ROWS)]))
    parts["word/vbaProject.bin"] = b"\xd0\xcf\x11\xe0 macros"
    plain = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    types = parts["[Content_Types].xml"]
    assert plain in types
    parts["[Content_Types].xml"] = types.replace(plain, b"application/vnd.ms-word.document.macroEnabled.main+xml")
    assert grid(read_document(packed(parts), "plan.docm")) == ROWS


def test_links_and_pictures_of_a_page_are_not_looked_at() -> None:
    page = """<html><body><img src='http://127.0.0.1:1/x'><script>document.write('<table>')</script>
        <table><tr><td><a href='file:///etc/passwd'>1.1</a></td><td><iframe src=x>y</iframe>z</td></tr></table>
        </body></html>"""
    assert grid(read_document(page.encode(), "x")) == [["1.1", "z"]]


def test_a_page_nested_without_end_ends() -> None:
    page = b"<table><tr><td>" + b"<div>" * 50_000 + b"deep" + b"</td></tr></table>"
    try:
        read_document(page, "x")
    except IntakeError as error:
        assert "nested" in str(error) or "damaged" in str(error)  # noqa: PT017


def test_a_file_that_is_too_large_is_not_even_opened(tmp_path: Path) -> None:
    path = tmp_path / "large.csv"
    with path.open("wb") as file:
        file.truncate(bounds.LARGEST_FILE + 1)
    with pytest.raises(IntakeError, match="at most"):
        read_file(path)
    with pytest.raises(IntakeError, match="cannot be read"):
        read_file(tmp_path / "missing.docx")
    with pytest.raises(IntakeError, match="no file"):
        read_file(tmp_path)


def test_a_numbered_list_of_an_opendocument_text_has_its_numbers() -> None:
    parts = unpacked(odt([("", [["1.1", "Do it:"]])]))
    level = '<text:list-level-style-number text:level="1" style:num-format="1"/>'
    style = f'<text:list-style style:name="L1">{level}</text:list-style>'
    items = "".join(f"<text:list-item><text:p>{each}</text:p></text:list-item>" for each in ("One", "Two"))
    listed = f'<text:list text:style-name="L1">{items}</text:list>'
    content = parts["content.xml"].decode()
    assert "<office:automatic-styles" in content
    content = content.replace("<office:automatic-styles/>", "<office:automatic-styles></office:automatic-styles>")
    content = content.replace("</office:automatic-styles>", f"{style}</office:automatic-styles>")
    content = content.replace("<text:p>Do it:</text:p>", f"<text:p>Do it:</text:p>{listed}")
    parts["content.xml"] = content.encode()
    assert grid(read_document(packed(parts), "x")) == [["1.1", "Do it:\n1. One\n2. Two"]]


def test_where_the_shading_of_word_is_white_there_is_no_colour() -> None:
    document = WordDocument()
    cell = document.add_table(1, 1).cell(0, 0)
    cell.text = "x"
    shade = OxmlElement("w:shd")
    shade.set(qn("w:fill"), "auto")
    cell._tc.get_or_add_tcPr().append(shade)  # noqa: SLF001
    target = io.BytesIO()
    document.save(target)
    assert read_document(target.getvalue(), "x").tables[0].rows[0].cells[0].colour is None
