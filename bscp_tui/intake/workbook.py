"""Excel workbooks: each sheet is a table; formulas count by the value that was last calculated."""

import datetime as dt
import io
import re
import warnings
import zipfile
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from bscp_tui.intake import bounds
from bscp_tui.intake.cleaning import Cleaner
from bscp_tui.intake.document import EMPTY, Cell, IntakeError, Progress, Table, squared
from bscp_tui.intake.fragments import asides, worded

_NEVER_CALCULATED = "a formula whose value was never calculated: open the workbook in Excel, save it, and try again"
_THEMED = re.compile(
    rb"<a:(lt1|dk1|lt2|dk2|accent[1-6])>\s*<a:(?:srgbClr val|sysClr val=\"\w+\" lastClr)=\"([0-9A-Fa-f]{6})\""
)
_FORMULA = re.compile(rb"<(?:\w+:)?f[ >/]")
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^<>]*?\bref=[\"']([A-Za-z]{1,3})(\d{1,7}):([A-Za-z]{1,3})(\d{1,7})[\"']")
MOST_MERGED = 1_000_000  # cells, of all sheets: the reader makes each of them, said by a few bytes or not


def read(data: bytes, name: str, cleaner: Cleaner, progress: Progress) -> tuple[list[Table], list[str], list[str]]:
    """Return the sheets of a workbook as tables, and what a person should know; hidden sheets are marked."""
    import openpyxl

    told: list[str] = []
    archive = zipfile.ZipFile(io.BytesIO(data))  # its bounds were held when its form was told
    parts = [bounds.part(archive, each, name) for each in archive.namelist() if each.startswith("xl/worksheets/")]
    _hold_merged(parts, name)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what it does not keep: nothing is written back
        book = openpyxl.load_workbook(io.BytesIO(data), data_only=True, keep_links=False)
    formulas = _formulas(data, parts)
    palette = theme_colours(book.loaded_theme)
    tables = []
    for sheet in book.worksheets:
        hidden = sheet.sheet_state != "visible"
        reader = _Sheet(sheet, formulas.get(sheet.title, frozenset()), palette, cleaner, progress)
        table = reader.table(name)
        if table is not None:
            tables.append(Table(table, _called(sheet, cleaner), (cleaner(sheet.title),), hidden))
            told += [f"{_called(sheet, cleaner)} is hidden."] if hidden else reader.told()
        sheet._cells.clear()  # noqa: SLF001 - sheets and cells hold each other; so they need no garbage collector
    return tables, [], told


def _called(sheet: Any, cleaner: Cleaner) -> str:
    return f"sheet “{cleaner(sheet.title)}”"


def _hold_merged(parts: Sequence[bytes], name: str) -> None:
    """Refuse a workbook that merges more cells than any table has.

    Raises:
        IntakeError: It does.

    """
    merged = 0
    for left, top, right, bottom in (match.groups() for each in parts for match in _MERGED.finditer(each)):
        merged += (abs(int(bottom) - int(top)) + 1) * (abs(_column(right) - _column(left)) + 1)
    if merged > MOST_MERGED:
        raise IntakeError(f"{name} merges {merged:,} cells; at most {MOST_MERGED:,} are read. Take merged cells apart.")


def _column(letters: bytes) -> int:
    """Return a column's number: 1 for A, 28 for AB."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _formulas(data: bytes, parts: Sequence[bytes]) -> dict[str, frozenset[tuple[int, int]]]:
    """Return where each sheet has formulas; the workbook is read again only where there are any."""
    import openpyxl

    if not any(map(_FORMULA.search, parts)):
        return {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(io.BytesIO(data), data_only=False, keep_links=False)
    return {
        sheet.title: frozenset((cell.row, cell.column) for cell in _filled(sheet) if cell.data_type == "f")
        for sheet in book.worksheets
    }


def _filled(sheet: Any) -> list[Any]:
    """Return the cells that the file holds; asking for them in any other way makes up empty ones without end."""
    return list(sheet._cells.values())  # noqa: SLF001


def theme_colours(theme: bytes | None) -> list[str]:
    """Return the colours that a workbook's theme gives numbers to, in hexadecimal digits; none without a theme."""
    found = {match[1].decode(): match[2].decode().upper() for match in _THEMED.finditer(theme or b"")}
    # A cell counts the light and dark ones the other way round than the theme lists them.
    names = ("lt1", "dk1", "lt2", "dk2", *(f"accent{number}" for number in range(1, 7)))
    return [found.get(name, "FFFFFF") for name in names]


class _Sheet:
    """One sheet, being read."""

    def __init__(
        self, sheet: Any, formulas: frozenset[tuple[int, int]], palette: Sequence[str], cleaner: Cleaner,
        progress: Progress,
    ) -> None:  # fmt: skip
        self._sheet, self._formulas, self._palette = sheet, formulas, palette
        self._cleaner, self._progress = cleaner, progress
        self._width = 0
        self._asides: list[tuple[str, str]] = []
        self._called = _called(sheet, cleaner)

    def table(self, name: str) -> tuple[Any, ...] | None:
        """Return its rows, None where it is empty."""
        grid: dict[int, dict[int, Cell]] = defaultdict(dict)
        for number, cell in enumerate(_filled(self._sheet)):
            if number % 5000 == 0:
                self._progress(f"Reading {self._called}", number, 0)
            read = self._cell(cell)
            if read is not EMPTY:
                grid[cell.row][cell.column] = read
        self._merge(grid)
        if not grid:
            return None
        width = max(max(cells) for cells in grid.values())
        if len(grid) > bounds.MOST_ROWS or width > bounds.MOST_COLUMNS:
            told = f"{name}: {self._called} has {len(grid):,} rows and {width} columns"
            raise IntakeError(f"{told}; at most {bounds.MOST_ROWS:,} and {bounds.MOST_COLUMNS} are read. Divide it.")
        rows = []
        last = min(grid)
        for number in sorted(grid):
            cells = [grid[number].get(column, EMPTY) for column in range(1, width + 1)]
            rows.append((cells, f"{self._called}, row {number}", number > last + 1))
            last = number
        self._width = width
        hidden = {f"{self._called}, row {number}" for number, row in self._sheet.row_dimensions.items() if row.hidden}
        return squared(rows, hidden) or None

    def told(self) -> list[str]:
        """Return what a person should know of the sheet: columns that are hidden, comments."""
        from openpyxl.utils import get_column_letter

        unseen = [number for column in self._sheet.column_dimensions.values() if column.hidden and column.min
                  for number in range(column.min, min(column.max, self._width) + 1)]  # fmt: skip
        told = [f"{self._called}: column {get_column_letter(number)} is hidden; it was read like the others."
                for number in sorted(set(unseen))]  # fmt: skip
        return [*told, *asides("comment", self._asides, self._cleaner)]

    def _cell(self, cell: Any) -> Cell:
        value = cell.value
        if cell.comment is not None:
            self._asides.append((f"{self._called}, cell {cell.coordinate}", str(cell.comment.text or "")))
        colour = self._colour(cell) if cell.has_style else None
        if value is None:
            if (cell.row, cell.column) in self._formulas:
                return Cell("", colour, unread=_NEVER_CALCULATED)
            return Cell("", colour) if colour else EMPTY
        if cell.data_type == "e":
            return Cell("", colour, unread=f"the formula's value is an error ({self._cleaner(str(value))})")
        return worded(in_words(value), self._cleaner, colour)

    def _colour(self, cell: Any) -> str | None:
        style = cell.fill
        if style is None or style.fill_type != "solid":
            return None
        colour = style.fgColor
        if colour.type == "rgb" and isinstance(colour.rgb, str):
            return colour.rgb[-6:].upper() if colour.rgb[-6:].upper() != "FFFFFF" else None
        if colour.type == "indexed" and isinstance(colour.indexed, int):
            from openpyxl.styles.colors import COLOR_INDEX

            return COLOR_INDEX[colour.indexed][-6:].upper() if 0 <= colour.indexed < len(COLOR_INDEX) else None
        if colour.type == "theme" and isinstance(colour.theme, int) and 0 <= colour.theme < len(self._palette):
            return self._palette[colour.theme] if self._palette[colour.theme] != "FFFFFF" else None
        return None

    def _merge(self, grid: dict[int, dict[int, Cell]]) -> None:
        """Mark what merged cells cover, as far as something stands there."""
        for area in self._sheet.merged_cells.ranges:
            last = min(area.max_row, max(grid, default=0))
            for row in range(area.min_row, last + 1):
                for column in range(area.min_col, min(area.max_col, bounds.MOST_COLUMNS) + 1):
                    if (row, column) != (area.min_row, area.min_col) and (row in grid or row == area.min_row):
                        grid[row][column] = Cell("", merged="up" if row > area.min_row else "left")


def in_words(value: Any) -> str:
    """Return a spreadsheet's value as text: dates in ISO form, whole numbers without a point, yes and no."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(" ", "minutes")
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return value.isoformat() if isinstance(value, dt.date) else str(value)
