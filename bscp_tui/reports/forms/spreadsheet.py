"""OpenDocument spreadsheets: numbers are numbers, days are days, no text is ever a formula.

A chart is a picture beside its table: it does not follow cells that somebody changes, as a chart of Excel's form does.
"""

import io
from typing import Any

from bscp_tui.reports.forms.archive import settled
from bscp_tui.reports.forms.odf_pictures import drawn_chart
from bscp_tui.reports.forms.paper import Cell, Paper
from bscp_tui.reports.forms.sheets import Sheet, fitted, sheets_of

SIGN = 0.2  # centimetres of a column for each sign
_BOLD, _DAY, _DAY_FORMAT = "heading", "day", "day-format"


def write(paper: Paper) -> bytes:
    """Return the paper as a spreadsheet."""
    from odfdo import Document

    document = Document("spreadsheet")
    body = document.body
    body.clear()
    _styles(document)
    charts = 0
    for sheet in sheets_of(paper):
        made = _table(document, sheet)
        if sheet.chart is not None:
            charts += 1
            _draw(document, made, sheet, charts)
        body.append(made)
    document.meta.title, document.meta.language = paper.title, "en-GB"
    document.meta.creator = document.meta.initial_creator = paper.partnership
    document.meta.creation_date = paper.made.replace(tzinfo=None)
    document.meta.date = paper.made.replace(tzinfo=None)
    data = io.BytesIO()
    document.save(data)
    return settled(data.getvalue(), paper.made)


def _styles(document: Any) -> None:
    from odfdo import Element, Style

    bold = Style("table-cell", name=_BOLD)
    bold.set_properties({"fo:font-weight": "bold"}, area="text")
    day = Element.from_tag(
        f'<number:date-style style:name="{_DAY_FORMAT}" number:language="en" number:country="GB"><number:day/>'
        '<number:text> </number:text><number:month number:style="long" number:textual="true"/>'
        '<number:text> </number:text><number:year number:style="long"/></number:date-style>'
    )
    days = Style("table-cell", name=_DAY, data_style=_DAY_FORMAT)
    for style in (day, bold, days):
        document.insert_style(style, automatic=True)


def _table(document: Any, sheet: Sheet) -> Any:
    from odfdo import Column, Element, Row, Style, Table

    made = Table(sheet.name)
    for place, width in enumerate(sheet.widths):
        name = f"{sheet.name}-{place}".replace(" ", "-")
        style = Style("table-column", name=name, width=f"{width * SIGN:.1f}cm")
        document.insert_style(style, automatic=True)
        made.append(Column(style=name))
    header = Element.from_tag("table:table-header-rows")
    heading = Row()
    for text in sheet.headings:
        heading.append(_cell(Cell(text, text), _BOLD))
    header.append(heading)
    made.append(header)
    for cells in sheet.rows:
        row = Row()
        for cell in cells:
            row.append(_cell(cell))
        made.append(row)
    return made


def _draw(document: Any, made: Any, sheet: Sheet, number: int) -> None:
    """Put the picture of a chart at the right of the table that it draws."""
    from odfdo import Element

    if sheet.chart is None:
        return
    frame = drawn_chart(document, sheet.chart, number, "page")
    frame.del_attribute("text:anchor-type")  # a shape of a sheet is bound to it by where it stands
    frame.set_attribute("svg:x", f"{sum(width * SIGN for width in sheet.widths) + 1:.1f}cm")
    frame.set_attribute("svg:y", "0.5cm")
    shapes = Element.from_tag("table:shapes")
    shapes.append(frame)
    made.insert(shapes, position=0)  # it stands before the columns


def _cell(cell: Cell, style: str | None = None) -> Any:
    from odfdo import Cell as Made
    from odfdo import Paragraph

    if cell.number is not None:
        return Made(cell.number, text=cell.text, style=style)
    if cell.day is not None:
        return Made(cell.day, text=cell.text, style=_DAY)
    made = Made(style=style)
    made.set_attribute("office:value-type", "string")
    for line in fitted(cell.text).split("\n"):
        made.append(Paragraph(line))
    return made
