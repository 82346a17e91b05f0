"""Excel workbooks: numbers are numbers, days are days, no text is ever a formula; charts stand beside their tables."""

import io
from functools import partial
from typing import TYPE_CHECKING, Any

from bscp_tui.model.exchange import FORMULA
from bscp_tui.model.text import shown
from bscp_tui.reports.forms.archive import settled
from bscp_tui.reports.forms.drawing import WIDTH, height_of
from bscp_tui.reports.forms.native_chart import native_chart
from bscp_tui.reports.forms.paper import Cell, Paper
from bscp_tui.reports.forms.sheets import Sheet, fitted, sheets_of
from bscp_tui.reports.report import Chart

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

CHART = 18.0  # centimetres of a chart's width
_DAY = "[$-809]d mmmm yyyy"


def write(paper: Paper) -> bytes:
    """Return the paper as a workbook."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    charts: list[Chart] = []
    for sheet in sheets_of(paper):
        made = book.create_sheet(sheet.name)
        _fill(made, sheet)
        if sheet.chart is not None:
            _draw(made, sheet, sheet.chart)
            charts.append(sheet.chart)
    properties = book.properties
    properties.title, properties.creator, properties.language = paper.title, paper.partnership, "en-GB"
    data = io.BytesIO()
    book.save(data)
    told = {f"xl/drawings/drawing{number}.xml": partial(_described, chart) for number, chart in enumerate(charts, 1)}
    return settled(data.getvalue(), paper.made, told)


def _draw(made: "Worksheet", sheet: Sheet, chart: Chart) -> None:
    """Put a chart beside the table that it draws."""
    from openpyxl.utils import get_column_letter

    drawn = native_chart(chart, sheet.name)
    drawn.width, drawn.height = CHART, CHART * height_of(chart) / WIDTH
    made.add_chart(drawn, f"{get_column_letter(len(sheet.headings) + 2)}2")


def _described(chart: Chart, drawing: bytes) -> bytes:
    """Return a sheet's drawing, its chart told in words for those who do not see it."""
    from lxml import etree

    whole = etree.fromstring(drawing)
    for named in whole.iter("{*}cNvPr"):
        named.set("title", shown(chart.title))
        named.set("descr", shown(chart.alternative))
    return etree.tostring(whole, xml_declaration=True, encoding="UTF-8", standalone=True)


def _fill(made: "Worksheet", sheet: Sheet) -> None:
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    top, bold = Alignment(wrap_text=True, vertical="top"), Font(bold=True)
    for place, heading in enumerate(sheet.headings, 1):
        _put(made, 1, place, Cell(heading, heading), top).font = bold
    for number, row in enumerate(sheet.rows, 2):
        for place, cell in enumerate(row, 1):
            _put(made, number, place, cell, top)
    for place, width in enumerate(sheet.widths, 1):
        made.column_dimensions[get_column_letter(place)].width = width
    made.freeze_panes = "A2"
    made.print_title_rows = "1:1"
    made.page_setup.orientation, made.page_setup.paperSize = "landscape", 9  # A4
    made.page_setup.fitToHeight = 0
    if made.sheet_properties.pageSetUpPr is not None:
        made.sheet_properties.pageSetUpPr.fitToPage = True


def _put(made: "Worksheet", row: int, column: int, cell: Cell, alignment: Any) -> Any:
    placed: Any = made.cell(row, column)
    placed.alignment = alignment
    if cell.number is not None:
        placed.value = cell.number
    elif cell.day is not None and cell.day.year >= 1900:  # a workbook knows no day before
        placed.value, placed.number_format = cell.day, _DAY
    else:
        placed.value = text = fitted(cell.text)
        placed.data_type = "s"  # else what begins with = would be a formula
        placed.quotePrefix = text.startswith(FORMULA)
    return placed
