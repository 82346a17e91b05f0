"""Plain text, 80 columns wide or as wide as was asked for: wrapped, never cut."""

from collections.abc import Sequence

from bscp_tui.reports.forms.columns import GAP, fitting, split, width_of, wrapped
from bscp_tui.reports.forms.paper import SECTION, TITLE, Drawing, Grid, Heading, Paper, Paragraph, Part

_UNDER = {TITLE: "=", SECTION: "-"}
_TAB = "␉"


def write(paper: Paper) -> bytes:
    """Return the paper as text in UTF-8."""
    return text_of(paper).encode()


def text_of(paper: Paper) -> str:
    """Return the paper as text."""
    facts = [wrapped(f"{label}: {words}", paper.width, "  ") for label, words in paper.facts]
    blocks = [_heading(TITLE, paper.title, paper.width)]
    blocks += [wrapped(sentence, paper.width) for sentence in (paper.partnership, *paper.opening) if sentence]
    blocks.append("\n".join(facts))
    blocks += [block for part in paper.parts if (block := _part(part, paper.width))]
    return "\n\n".join(_harmless(block) for block in blocks) + "\n"


def _part(part: Part, width: int) -> str:
    if isinstance(part, Heading):
        return _heading(part.level, part.text, width)
    if isinstance(part, Paragraph):
        return wrapped(part.text, width)
    if isinstance(part, Drawing):
        return ""  # the table behind it says the same, and can be read aloud
    return grid_text(part, width)


def _heading(level: int, text: str, width: int) -> str:
    lines = wrapped(text, width)
    sign = _UNDER.get(level)
    return f"{lines}\n{sign * max(map(width_of, lines.split(chr(10))))}" if sign else lines


def grid_text(grid: Grid, width: int) -> str:
    """Return a table as text; one that is too wide is split into parts, each with the columns that name a row.

    Args:
        grid: The table.
        width: How many columns a line may take.

    """
    if not grid.rows:
        return "(no rows)"
    rows = [list(grid.headings), *([cell.text.replace("\t", _TAB) for cell in row] for row in grid.rows)]
    widths = fitting(rows, width - GAP * (len(grid.headings) - 1))
    if widths is not None:
        return _tabulated(rows, widths)
    parts = split(rows, width)
    told = [_some(rows, part, width) for part in parts]
    if len(told) == 1:
        return told[0]
    return "\n\n".join(f"(columns, part {number} of {len(told)})\n{text}" for number, text in enumerate(told, 1))


def _some(rows: Sequence[Sequence[str]], places: Sequence[int], width: int) -> str:
    """Return some columns; where not even these fit with their words whole, every column gets an equal share."""
    own = [[row[place] for place in places] for row in rows]
    room = width - GAP * (len(places) - 1)
    return _tabulated(own, fitting(own, room) or [max(room // len(places), 1)] * len(places))


def _tabulated(rows: Sequence[Sequence[str]], widths: Sequence[int]) -> str:
    import tabulate

    cells = [[wrapped(cell, width) for cell, width in zip(row, widths, strict=True)] for row in rows]
    padding, tabulate.MIN_PADDING = tabulate.MIN_PADDING, 0  # else headings take two columns more than they need
    try:
        tabulate.PRESERVE_WHITESPACE = True
        text = tabulate.tabulate(cells[1:], headers=cells[0], tablefmt="simple", disable_numparse=True)
    finally:
        tabulate.MIN_PADDING = padding
    return "\n".join(line.rstrip() for line in text.split("\n"))


def _harmless(block: str) -> str:
    return block.replace("\t", _TAB)
