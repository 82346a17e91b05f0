"""Plain text, 80 columns wide or as wide as was asked for: wrapped, never cut."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from bscp_tui.reports.drawing import drawn
from bscp_tui.reports.forms.columns import GAP, fitting, split, width_of, wrapped
from bscp_tui.reports.forms.paper import SECTION, TITLE, Drawing, Grid, Heading, Paper, Paragraph, Part

Sort = Literal["", "heading", "fact", "words", "drawing", "months", "table"]
_UNDER = {TITLE: "=", SECTION: "-"}
_TAB = "␉"


@dataclass(frozen=True)
class Line:
    """A line of a report's text, and what it says.

    Attributes:
        text: It, no wider than the paper.
        sort: What it is: "heading", "fact", "words", "drawing", "months" (a calendar), "table" or "" for an empty line.
        grid: The table that it belongs to; None where it belongs to none.
        row: The place of the table's row, or of the fact, that it tells; None for headings of columns.

    """

    text: str
    sort: Sort = ""
    grid: Grid | None = None
    row: int | None = None


def write(paper: Paper) -> bytes:
    """Return the paper as text in UTF-8."""
    return text_of(paper).encode()


def text_of(paper: Paper) -> str:
    """Return the paper as text."""
    return "".join(f"{line.text}\n" for line in lines_of(paper))


def lines_of(paper: Paper, *, ascii_only: bool = False) -> Iterator[Line]:
    """Yield the lines of the paper as text, each with what it says.

    Args:
        paper: The paper.
        ascii_only: Whether its charts are drawn with ASCII signs.

    """
    yield from _block(_heading(TITLE, paper.title, paper.width), "heading")
    for sentence in (paper.partnership, *paper.opening):
        if sentence:
            yield from _behind(_block(wrapped(sentence, paper.width), "words"))
    yield Line("")
    for place, (label, words) in enumerate(paper.facts):
        yield from _block(wrapped(f"{label}: {words}", paper.width, "  "), "fact", place)
    for part in paper.parts:
        yield from _behind(_part(part, paper.width, ascii_only=ascii_only))


def _behind(lines: Iterable[Line]) -> Iterator[Line]:
    """Yield the lines below an empty one; nothing where there are none."""
    for place, line in enumerate(lines):
        if not place:
            yield Line("")
        yield line


def _block(text: str, sort: Sort, row: int | None = None) -> Iterator[Line]:
    return (Line(_harmless(line), sort, row=row) for line in text.split("\n"))


def _part(part: Part, width: int, *, ascii_only: bool) -> Iterator[Line]:
    if isinstance(part, Heading):
        return _block(_heading(part.level, part.text, width), "heading")
    if isinstance(part, Paragraph):
        return _block(wrapped(part.text, width), "words")
    if isinstance(part, Drawing):  # in fewer columns the table behind it says the same
        lines = drawn(part.chart, ascii_only=ascii_only, width=width)
        fits = all(width_of(line) <= width for line in lines)
        return (Line(line, "drawing") for line in (lines if fits else ()))
    return grid_lines(part, width)


def _heading(level: int, text: str, width: int) -> str:
    lines = wrapped(text, width)
    sign = _UNDER.get(level)
    return f"{lines}\n{sign * max(map(width_of, lines.split(chr(10))))}" if sign else lines


def grid_lines(grid: Grid, width: int) -> Iterator[Line]:
    """Yield the lines of a table; one that is too wide is split into parts, each with the columns that name a row.

    Args:
        grid: The table.
        width: How many columns a line may take.

    """
    for text, row in _lines(grid, width):
        yield Line(_harmless(text), "table" if text else "", grid, row)


def _lines(grid: Grid, width: int) -> Iterator[tuple[str, int | None]]:
    if not grid.rows:
        yield "(no rows)", None
        return
    rows = [list(grid.headings), *([cell.text.replace("\t", _TAB) for cell in row] for row in grid.rows)]
    widths = fitting(rows, width - GAP * (len(grid.headings) - 1))
    if widths is not None:
        yield from _tabulated(rows, widths)
        return
    parts = split(rows, width)
    for number, part in enumerate(parts, 1):
        if len(parts) > 1:
            yield from [("", None)] if number > 1 else []
            yield f"(columns, part {number} of {len(parts)})", None
        yield from _some(rows, part, width)


def _some(rows: Sequence[Sequence[str]], places: Sequence[int], width: int) -> Iterator[tuple[str, int | None]]:
    """Yield some columns; where not even these fit with their words whole, every column gets an equal share."""
    own = [[row[place] for place in places] for row in rows]
    room = width - GAP * (len(places) - 1)
    return _tabulated(own, fitting(own, room) or [max(room // len(places), 1)] * len(places))


def _tabulated(rows: Sequence[Sequence[str]], widths: Sequence[int]) -> Iterator[tuple[str, int | None]]:
    """Yield each line with the place of the row that it tells, None for the headings and the rule below them."""
    import tabulate

    cells = [[wrapped(cell, width) for cell, width in zip(row, widths, strict=True)] for row in rows]
    padding, tabulate.MIN_PADDING = tabulate.MIN_PADDING, 0  # else headings take two columns more than they need
    try:
        tabulate.PRESERVE_WHITESPACE = True
        text = tabulate.tabulate(cells[1:], headers=cells[0], tablefmt="simple", disable_numparse=True)
    finally:
        tabulate.MIN_PADDING = padding
    heights = [max(cell.count("\n") + 1 for cell in row) for row in cells]
    told: list[int | None] = [None] * (heights[0] + 1)
    for place, height in enumerate(heights[1:]):
        told += [place] * height
    lines = text.split("\n")
    places = told if len(told) == len(lines) else [None] * len(lines)
    return ((line.rstrip(), place) for line, place in zip(lines, places, strict=True))


def _harmless(block: str) -> str:
    return block.replace("\t", _TAB)
