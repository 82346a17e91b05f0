"""A return as an Excel workbook: drop-downs, locked cells, hidden keys; no cell is ever a formula."""

import io
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from bscp_tui.rounds.form import COLUMNS, GUIDE, NOTHING, SENDER, Column, Form, Line

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

SHEET = "Return"
KEY = "bscp:"  # before a column's key in the hidden row below the headings
GREY, WHITE = "E7E6E6", "FFF9E5"


def workbook(form: Form) -> bytes:
    """Return the bytes of the form as a workbook."""
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    assert sheet is not None  # noqa: S101 - a new workbook has one sheet
    sheet.title = SHEET
    _put(sheet, 1, 1, form.title, bold=True)
    row = 2
    for label, value in form.facts:
        _put(sheet, row, 1, label, bold=True)
        _put(sheet, row, 2, value)
        row += 1
    for label in (SENDER, NOTHING):
        _put(sheet, row, 1, label, bold=True)
        _put(sheet, row, 2, "", answer=True)
        row += 1
    _choices_for(sheet, f"B{row - 1}", ("yes", "no"))
    _put(sheet, row, 1, GUIDE)
    sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=len(COLUMNS))
    sheet.row_dimensions[row].height = 45
    _table(sheet, row + 1, form.lines)
    sheet.protection.sheet = True
    for allowed in ("formatColumns", "formatRows", "sort"):
        setattr(sheet.protection, allowed, False)  # the attribute says what is forbidden
    sheet.freeze_panes = f"B{row + 2}"
    _page(sheet)
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def _table(sheet: "Worksheet", top: int, lines: Iterable[Line]) -> None:
    from openpyxl.utils import get_column_letter

    for place, column in enumerate(COLUMNS, start=1):
        _put(sheet, top, place, column.heading, bold=True)
        _put(sheet, top + 1, place, f"{KEY}{column.key}")
        sheet.column_dimensions[get_column_letter(place)].width = column.width
    sheet.row_dimensions[top + 1].hidden = True
    for number, line in enumerate(lines, start=top + 2):
        for place, column in enumerate(COLUMNS, start=1):
            answer = column.answer and column.key in line.takes
            _put(sheet, number, place, line.text(column.key), answer=answer)
            if answer and column.key == "status":
                _choices_for(sheet, f"{get_column_letter(place)}{number}", line.choices)
            elif answer and _is_day(column):
                sheet.cell(number, place).number_format = "d mmmm yyyy"


def _is_day(column: Column) -> bool:
    return column.key in {"since", "target"}


def _put(sheet: "Worksheet", row: int, column: int, text: str, *, bold: bool = False, answer: bool = False) -> None:
    """Write a text into a cell, as text whatever it begins with."""
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side

    cell: Any = sheet.cell(row, column)
    if text:
        cell.value = text
        cell.data_type = "s"  # else what begins with = would be a formula
        cell.quotePrefix = True
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    cell.protection = Protection(locked=not answer)
    if bold:
        cell.font = Font(bold=True)
    if answer:
        side = Side(style="thin", color="BFBFBF")
        cell.fill = PatternFill("solid", fgColor=WHITE)
        cell.border = Border(left=side, right=side, top=side, bottom=side)
    elif row > 1 and bold:
        cell.fill = PatternFill("solid", fgColor=GREY)


def _choices_for(sheet: "Worksheet", cell: str, choices: Iterable[str]) -> None:
    """Offer the choices in a drop-down; another word is questioned, not refused."""
    from openpyxl.worksheet.datavalidation import DataValidation

    listed = ",".join(choices)
    offered = DataValidation(type="list", formula1=f'"{listed}"', allow_blank=True, errorStyle="warning")
    offered.add(cell)
    sheet.add_data_validation(offered)


def _page(sheet: "Worksheet") -> None:
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    properties = sheet.sheet_properties.pageSetUpPr
    if properties is not None:
        properties.fitToPage = True
