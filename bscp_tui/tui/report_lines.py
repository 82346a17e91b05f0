"""A report as the lines of a screen, and the numbers that stand in each."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rich.text import Text

from bscp_tui.reports.forms.paper import Grid, Paper
from bscp_tui.reports.forms.plain_text import Line, grid_lines, lines_of
from bscp_tui.reports.month_grid import SIGNS
from bscp_tui.reports.signs import FILLS, POINTS, SEVERAL
from bscp_tui.tui.safe_text import plain_line
from bscp_tui.tui.tones import Tones

NARROWEST = 40


@dataclass(frozen=True)
class Told:
    """A number that a line tells.

    Attributes:
        what: What it counts, in words.
        value: The number.
        column: The name of its column or fact, for programs.
        ref: The reference in its row; "" where it has none.

    """

    what: str
    value: float
    column: str
    ref: str = ""


def laid_out(paper: Paper, *, ascii_only: bool) -> list[Line]:
    """Return the lines of a report's text."""
    return list(lines_of(paper, ascii_only=ascii_only))


def table_lines(grid: Grid, width: int) -> list[Line]:
    """Return the lines of one table."""
    return list(grid_lines(grid, max(width, NARROWEST)))


def numbers_in(line: Line, paper: Paper) -> list[Told]:
    """Return the numbers that a line tells: those of its table's row, or its fact."""
    if line.row is None:
        return []
    if line.grid is None:
        name, label, value = paper.report.facts[line.row]
        return [Told(label, value, name)] if _is_number(value) else []  # type: ignore[arg-type]
    return list(_of_row(line.grid, line.row))


def numbers_of(grid: Grid) -> list[Told]:
    """Return every number of a table."""
    return [told for row in range(len(grid.rows)) for told in _of_row(grid, row)]


def _of_row(grid: Grid, row: int) -> Iterator[Told]:
    cells = grid.rows[row]
    ref = next((cell.text for name, cell in zip(grid.names, cells, strict=True) if name == "ref"), "")
    words = [cell.text for cell in cells if cell.number is None and cell.text]
    for name, heading, cell in zip(grid.names, grid.headings, cells, strict=True):
        if cell.number is not None:
            yield Told(f"{grid.title}: {heading}, {words[0]}" if words else f"{grid.title}: {heading}",
                       cell.number, name, ref)  # fmt: skip


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def styled(line: Line, tones: Tones) -> Text:
    """Return a line as a screen shows it; colours only repeat what words and signs say."""
    if line.sort == "heading":
        return plain_line(line.text, "bold")
    if line.sort == "fact":
        return plain_line(line.text, tones.quiet)
    told = plain_line(line.text)
    if line.sort in {"drawing", "months"}:
        _coloured(told, _of_months(tones) if line.sort == "months" else _of_charts(tones))
    elif line.sort == "table" and line.row is None:
        told.stylize("bold")
    return told


def _of_charts(tones: Tones) -> dict[str, str]:
    """Return a colour for each sign of charts; that of the first is that of single bars too."""
    in_use: Sequence[str] = (tones.accent, tones.good, tones.strong, tones.quiet, tones.late, tones.soon, "")
    signs = {sign: in_use[place % len(in_use)] for row in (FILLS, POINTS) for place, sign in enumerate(row)}
    return signs | dict.fromkeys("▏▎▍▌▋▊▉", tones.accent) | {SEVERAL: tones.strong}


def _of_months(tones: Tones) -> dict[str, str]:
    return dict(zip(SIGNS, (tones.late, tones.soon, tones.accent), strict=True))


def _coloured(told: Text, signs: Mapping[str, str]) -> None:
    for place, sign in enumerate(told.plain):
        if sign in signs:
            told.stylize(signs[sign], place, place + 1)
