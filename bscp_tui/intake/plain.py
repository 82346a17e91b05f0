"""Text: tables of tab-separated lines (extracted from a PDF, pasted from Excel), and CSV."""

import codecs
import csv
import io
import re
from collections.abc import Iterator

from bscp_tui.intake import bounds
from bscp_tui.intake.aligned import RULE, cells_by_line, is_framed
from bscp_tui.intake.cleaning import Cleaner
from bscp_tui.intake.document import Cell, IntakeError, Progress, Table, squared
from bscp_tui.intake.fragments import lines_of, worded

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
          (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))  # fmt: skip
_SEPARATORS = ",;|"
_HTML = re.compile(r"<(?:!doctype html|html|head|body|table)\b", re.IGNORECASE)
_SAID = re.compile(r"\A\s*sep=(.)\s*\n", re.IGNORECASE)
_MOST_TITLES = 3  # lines above the headings of a CSV table that no separator parts
# Spreadsheet programs take a line's end inside quotes for part of a cell; such a cell begins with a quote.
_OPEN_QUOTE = re.compile(r'(?:^|\t)"(?:[^"\t]|"")*$')


def decoded(data: bytes, name: str) -> tuple[str, str]:
    """Return text and the encoding that it was read in.

    Raises:
        IntakeError: It is no text.

    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decoded(data, encoding, name), encoding
    if b"\0" in data:
        return _decoded(data, _sixteen(data, name), name), _sixteen(data, name)
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace"), "Windows-1252"


def _decoded(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise IntakeError(f"{name} is damaged text: {error.reason} at byte {error.start}. Save it as UTF-8.") from None


def _sixteen(data: bytes, name: str) -> str:
    """Return the encoding of text in sixteen bits without a mark."""
    even, odd = data[0::2].count(0), data[1::2].count(0)
    half = len(data) // 2
    if odd > half // 2 and even < half // 20:
        return "utf-16-le"
    if even > half // 2 and odd < half // 20:
        return "utf-16-be"
    raise IntakeError(f"{name} is neither a document that is read (DOCX, ODT, XLSX, ODS, CSV, HTML) nor text.")


def head(data: bytes, name: str) -> str:
    """Return the beginning of the text, for telling what it is."""
    return decoded(data, name)[0][:100_000]


def looks_like_html(text: str) -> bool:
    """Whether text is a web page, or a table copied from one; cells that hold fragments do not make it one."""
    start = text.lstrip("\ufeff \r\n\t")[:3000]
    found = _HTML.search(start)
    if found is None:
        return False
    before = re.sub(r"<!--.*?-->|<\?xml.*?\?>", "", start[: found.start()], flags=re.DOTALL).strip()
    return not before or before.startswith("<")


def looks_like_csv(text: str) -> bool:
    """Whether text is one table of separated values, with no tabs."""
    return _separator(text) is not None


def read(data: bytes, name: str, cleaner: Cleaner, progress: Progress) -> tuple[list[Table], list[str], list[str]]:
    """Return the tables of a text, the lines after the last one, and what a person should know."""
    text, encoding = decoded(data, name)
    told = [] if encoding.startswith("utf") else [f"Its text was read as {encoding}, since it is no UTF-8."]
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    separator = _separator(text)
    if separator is not None:
        return [_csv(_SAID.sub("", text, count=1), separator, cleaner, name)], [], told
    tables, below = _tabbed(text, cleaner, progress)
    if tables and "\t" not in text:
        told.append("Its columns were told apart by the spaces between them: look whether every cell is whole.")
    return tables, below, told


def _separator(text: str) -> str | None:
    """Return what separates the values where every line is a row of one table; None for other text."""
    if said := _SAID.match(text.removeprefix("\ufeff").replace("\r\n", "\n")):
        return said[1]
    lines = [line for line in text.split("\n") if line.strip()][:200]
    framed = sum(is_framed(line) for line in lines)
    if not lines or any("\t" in line for line in lines) or framed > 1:
        return None
    best = max(_SEPARATORS, key=lambda mark: (_evenness(text, mark), lines[0].count(mark)))
    return best if _evenness(text, best) else None


def _evenness(text: str, mark: str) -> int:
    """Return into how many values a mark parts nearly every row; 0 where it does not."""
    try:
        rows = [row for row in csv.reader(io.StringIO(text[:200_000]), delimiter=mark) if any(row)]
    except csv.Error:
        return 0
    widths = [len(row) for row in (rows[:-1] if len(text) > 200_000 else rows)]
    titles = next((number for number, each in enumerate(widths[: _MOST_TITLES + 1]) if each > 1), 0)
    widths = widths[titles:] if len(widths) > titles + 1 else widths
    width = max(set(widths), key=widths.count, default=0)
    even = sum(each == width for each in widths)
    return width if width > 1 and even * 10 >= len(widths) * 9 else 0


def _csv(text: str, separator: str, cleaner: Cleaner, name: str) -> Table:
    rows: list[tuple[list[Cell], str, bool]] = []
    csv.field_size_limit(bounds.LARGEST_FILE)
    reader = csv.reader(io.StringIO(text), delimiter=separator)
    try:
        for values in reader:
            _hold_rows(len(rows), len(values), name)
            rows.append(([_cell(value, cleaner) for value in values], f"line {reader.line_num}", False))
    except csv.Error as error:
        raise IntakeError(f"{name}, line {reader.line_num}: {error}. Save the table anew as CSV.") from None
    return Table(squared(rows), "the table")


def _tabbed(text: str, cleaner: Cleaner, progress: Progress) -> tuple[list[Table], list[str]]:
    """Gather tab-separated lines into tables: empty lines lie between pages, any other line between tables."""
    tables: list[Table] = []
    rows: list[tuple[list[Cell], str, bool]] = []
    above: list[str] = []
    parted = False
    for number, cells in _lines(text):
        if number % 200 == 0:
            progress("Reading lines", number, text.count("\n"))
        if not cells:
            continue
        if len(cells) == 1:
            parted = parted or bool(rows)
            if cells[0].strip():
                _close(rows, above, tables)
                above.extend(lines_of(cleaner(cells[0])).split("\n"))
            continue
        if all(not cell.strip() or RULE.fullmatch(cell) for cell in cells):
            continue
        _hold_rows(len(rows), len(cells), "the text")
        rows.append(([_cell(cell, cleaner) for cell in cells], f"line {number}", parted and bool(rows)))
        parted = False
    _close(rows, above, tables)
    return tables, [line for line in above if line]


def _close(rows: list[tuple[list[Cell], str, bool]], above: list[str], tables: list[Table]) -> None:
    if not rows:
        return
    squares = squared(rows)
    if squares:
        first, last = squares[0].place, squares[-1].place
        place = f"lines {first.removeprefix('line ')} to {last.removeprefix('line ')}"
        tables.append(Table(squares, place, tuple(line for line in above if line)))
        above.clear()
    rows.clear()


def _lines(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield each line's number and its cells; a quoted cell of a spreadsheet may run over several lines."""
    lines = text.split("\n")
    if "\t" not in text:
        spaced = cells_by_line(lines)
        for place, line in enumerate(lines):
            yield place + 1, [] if line.strip() and RULE.fullmatch(line) else spaced.get(place, [line]) or []
        return
    place = 0
    while place < len(lines):
        start, line = place, lines[place]
        while _OPEN_QUOTE.search(line) and (end := _closing(lines, place, within="\t" in line)) is not None:
            line = "\n".join([line, *lines[place + 1 : end + 1]])
            place = end
        yield start + 1, _unquoted(line)
        place += 1


def _closing(lines: list[str], place: int, *, within: bool) -> int | None:
    """Return the line on which a quoted cell ends, None where its quote is an ordinary one.

    Args:
        lines: The text's lines.
        place: The line that the quote stands on.
        within: Whether that line has other cells; else one must follow where the quote ends.

    """
    for number in range(place + 1, min(place + 200, len(lines))):
        if end := re.match(r'(?:[^"]|"")*"(\t|$)', lines[number]):
            return number if within or end[1] else None
        if "\t" in lines[number]:
            return None
    return None


def _unquoted(line: str) -> list[str]:
    cells = line.split("\t") if "\n" not in line else next(csv.reader([line], delimiter="\t", strict=False))
    return [_bare(cell) for cell in cells]


def _bare(cell: str) -> str:
    whole = len(cell) > 1 and cell.startswith('"') and cell.endswith('"') and '"' not in cell[1:-1].replace('""', "")
    return cell[1:-1].replace('""', '"') if whole else cell


def _cell(text: str, cleaner: Cleaner) -> Cell:
    return worded(text, cleaner)


def _hold_rows(rows: int, columns: int, name: str) -> None:
    if rows >= bounds.MOST_ROWS or columns > bounds.MOST_COLUMNS:
        told = f"{name} holds a table of more than {bounds.MOST_ROWS:,} rows or {bounds.MOST_COLUMNS} columns"
        raise IntakeError(f"{told}. Divide it, or leave out what is not needed.")
