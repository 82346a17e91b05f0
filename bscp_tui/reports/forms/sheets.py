"""What all workbooks have in common: a sheet about the report, then one for each table."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bscp_tui.model.text import shown
from bscp_tui.reports.cells import told
from bscp_tui.reports.forms.csv_rows import ABOUT, about
from bscp_tui.reports.forms.paper import Cell, Drawing, Grid, Paper
from bscp_tui.reports.report import Chart

LONGEST = 32_000  # signs; Excel holds 32,767 in a cell
NOTHING = "–"  # where a list is empty: a sheet has no blank cells
_NAME = 31
_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")


@dataclass(frozen=True)
class Sheet:
    """A sheet: one row of headings, then rows as wide as it, no cell blank.

    Attributes:
        name: At most 31 signs, no two alike whatever the case.
        headings: Of the columns.
        rows: The cells.
        chart: The chart that draws them; None where none does.
        widths: Of the columns, in signs.

    """

    name: str
    headings: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    chart: Chart | None = None

    @property
    def widths(self) -> list[int]:
        """How wide the columns are drawn, in signs."""
        cells = [self.headings, *([cell.text for cell in row] for row in self.rows[:500])]
        longest = [
            max(len(line) for cell in column for line in cell.split("\n")) for column in zip(*cells, strict=True)
        ]
        return [min(max(length + 2, 8), 60) for length in longest]


def sheets_of(paper: Paper) -> Iterator[Sheet]:
    """Yield the sheets of a paper."""
    taken: set[str] = set()
    rows = [[Cell(shown(item) or NOTHING), Cell(shown(told(value)), value)] for item, value in about(paper)]
    yield Sheet(_named(ABOUT, taken), ("item", "value"), rows)
    chart: Chart | None = None
    for part in paper.parts:
        if isinstance(part, Drawing):  # the table that it draws comes next
            chart = part.chart if part.chart.labels else None
        elif isinstance(part, Grid):
            filled = [[cell if cell.text else Cell(NOTHING) for cell in row] for row in part.rows]
            yield Sheet(_named(part.title or paper.title, taken), part.headings, filled, chart)
            chart = None


def fitted(text: str) -> str:
    """Return a text as long as a cell may be; what is cut says so."""
    if len(text) <= LONGEST:
        return text
    return f"{text[:LONGEST]}… [cut here: {len(text) - LONGEST:,} more signs; the text and web forms have them all]"


def _named(title: str, taken: set[str]) -> str:
    plain = " ".join(_FORBIDDEN.sub(" ", title).split()) or "Table"
    name, number = plain[:_NAME].strip(), 2
    while name.lower() in taken or name.lower() == "history":  # a name that Excel keeps for itself
        end = f" {number}"
        name, number = plain[: _NAME - len(end)].strip() + end, number + 1
    taken.add(name.lower())
    return name
