"""Tables written in every format that is read, by the formats' own libraries."""

import html
import io
from collections.abc import Callable, Sequence
from typing import Any

Rows = Sequence[Sequence[str]]
Tables = Sequence[tuple[str, Rows]]
FILLS = {"Red": "FF0000", "Amber": "FFC000", "Green": "00B050"}


def docx(tables: Tables, *, shaded: bool = False) -> bytes:
    import docx as library
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    document = library.Document()
    for heading, rows in tables:
        if heading:
            document.add_paragraph(heading)
        table = document.add_table(rows=len(rows), cols=len(rows[0]))
        for row, texts in zip(table.rows, rows, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                fill = FILLS.get(text) if shaded else None
                first, *more = ("" if fill else text).split("\n")
                cell.paragraphs[0].text = first
                for line in more:
                    cell.add_paragraph(line)
                if fill:
                    shade = OxmlElement("w:shd")
                    shade.set(qn("w:val"), "clear")
                    shade.set(qn("w:fill"), fill)
                    cell._tc.get_or_add_tcPr().append(shade)  # noqa: SLF001
    return _bytes(document.save)


def xlsx(tables: Tables, *, shaded: bool = False) -> bytes:
    import openpyxl
    from openpyxl.styles import PatternFill

    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for number, (heading, rows) in enumerate(tables, 1):
        sheet = book.create_sheet(f"Sheet {number}")
        if heading:
            sheet.append([heading])
        for texts in rows:
            sheet.append(["" if shaded and text in FILLS else text for text in texts])
            for cell, text in zip(sheet[sheet.max_row], texts, strict=False):
                cell.data_type = "s" if isinstance(cell.value, str) else cell.data_type
                if shaded and text in FILLS:
                    cell.fill = PatternFill("solid", fgColor=FILLS[text])
    return _bytes(book.save)


def page(tables: Tables, *, shaded: bool = False) -> bytes:
    parts = ["<!DOCTYPE html><html><head><style>td{color:black}</style></head><body>"]
    for heading, rows in tables:
        parts.append(f"<h2>{html.escape(heading)}</h2><table>")
        for texts in rows:
            cells = "".join(_html_cell(text, shaded=shaded) for text in texts)
            parts.append(f"<tr>{cells}</tr>")
        parts.append("</table>")
    return "\n".join([*parts, "</body></html>"]).encode()


def _html_cell(text: str, *, shaded: bool) -> str:
    if shaded and text in FILLS:
        return f'<td style="background-color: #{FILLS[text].lower()}"></td>'
    return "<td>" + "".join(f"<p>{html.escape(line)}</p>" for line in text.split("\n")) + "</td>"


def odt(tables: Tables, *, shaded: bool = False) -> bytes:
    from odfdo import Document, Paragraph

    document = Document("text")
    document.body.clear()
    for number, (heading, rows) in enumerate(tables, 1):
        if heading:
            document.body.append(Paragraph(heading))
        document.body.append(_odf_table(document, f"T{number}", rows, shaded=shaded))
    return _bytes(document.save)


def ods(tables: Tables, *, shaded: bool = False) -> bytes:
    from odfdo import Document

    document = Document("spreadsheet")
    document.body.clear()
    for number, (heading, rows) in enumerate(tables, 1):
        whole = [[heading, *[""] * (len(rows[0]) - 1)], *rows] if heading else rows
        document.body.append(_odf_table(document, f"Sheet {number}", whole, shaded=shaded))
    return _bytes(document.save)


def _odf_table(document: Any, name: str, rows: Rows, *, shaded: bool) -> Any:
    from odfdo import Cell, Paragraph, Row, Table, create_table_cell_style

    table = Table(name)
    for texts in rows:
        row = Row()
        for text in texts:
            cell = Cell()
            if shaded and text in FILLS:
                style = create_table_cell_style(background_color=f"#{FILLS[text].lower()}")
                cell.style = document.insert_style(style, automatic=True)
            else:
                for line in text.split("\n"):
                    cell.append(Paragraph(line))
            row.append(cell)
        table.append(row)
    return table


def text(tables: Tables, *, shaded: bool = False) -> bytes:
    del shaded
    parts = []
    for heading, rows in tables:
        lines = ["\t".join(" ".join(f"<p>{line}</p>" for line in cell.split("\n")) if "\n" in cell else cell
                           for cell in row) for row in rows]  # fmt: skip
        parts.append("\n".join([heading, "", *lines, ""]))
    return "\n".join(parts).encode()


MAKERS: dict[str, Callable[..., bytes]] = {
    "docx": docx, "odt": odt, "xlsx": xlsx, "ods": ods, "html": page, "txt": text,
}  # fmt: skip


def _bytes(save: Callable[[io.BytesIO], object]) -> bytes:
    target = io.BytesIO()
    save(target)
    return target.getvalue()
