"""A report as every form writes it: its words and figures settled, in one order, once for all forms."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bscp_tui.model.text import shown
from bscp_tui.reports.cells import told
from bscp_tui.reports.forms.house import House
from bscp_tui.reports.report import Chart, Report, ReportTable

TITLE, SECTION, TABLE = 1, 2, 3
LEFT_OUT, NOTES = "Not counted", "Notes"


@dataclass(frozen=True)
class Cell:
    """A cell of a table.

    Attributes:
        text: As people read it, nothing in it that acts or hides.
        value: As programs reckon with it: text, a number, a date, a list of these, or None where not recorded.

    """

    text: str
    value: object = None

    @property
    def number(self) -> float | None:
        """The cell as a number; None where it is none."""
        return self.value if isinstance(self.value, (int, float)) and not isinstance(self.value, bool) else None

    @property
    def day(self) -> dt.date | None:
        """The cell as a day; None where it is none."""
        value = self.value.date() if isinstance(self.value, dt.datetime) else self.value
        return value if isinstance(value, dt.date) else None


@dataclass(frozen=True)
class Heading:
    """A heading of level 2 (a section) or 3 (a table)."""

    level: int
    text: str


@dataclass(frozen=True)
class Paragraph:
    """A sentence or a few."""

    text: str


@dataclass(frozen=True)
class Grid:
    """A table: one row of headings, then rows as wide as it.

    Attributes:
        title: What it holds.
        names: The columns' names for programs.
        headings: The columns' headings for people.
        rows: The cells.

    """

    title: str
    names: Sequence[str]
    headings: Sequence[str]
    rows: Sequence[Sequence[Cell]]


@dataclass(frozen=True)
class Drawing:
    """A chart; the table that it draws stands behind it, so that its figures are never its own."""

    chart: Chart


Part = Heading | Paragraph | Grid | Drawing


@dataclass(frozen=True)
class Paper:
    """A report, ready to take any form.

    Attributes:
        name: As on the command line.
        title: As it is headed.
        partnership: Whose register it tells of.
        opening: Sentences beneath the title.
        facts: (label, words) that hold for the whole: dates, version, proof, how it was asked for.
        parts: Everything below, in order.
        report: What it was made from; JSON is written from it.
        made: When the register version was recorded: the only time that a form may carry.
        house: How the partnership wants its documents.
        width: How many columns text may take.
        beside: What programs are given beside the report, by name.

    """

    name: str
    title: str
    partnership: str
    opening: Sequence[str]
    facts: Sequence[tuple[str, str]]
    parts: Sequence[Part]
    report: Report
    made: dt.datetime
    house: House = field(default_factory=House)
    width: int = 80
    beside: Mapping[str, object] = field(default_factory=dict)

    @property
    def grids(self) -> list[Grid]:
        """Its tables, in order."""
        return [part for part in self.parts if isinstance(part, Grid)]


def paper_of(report: Report, partnership: str, made: dt.datetime, house: House | None = None) -> Paper:
    """Return the paper of a report, as wide as text is unless somebody asks for more.

    Args:
        report: The report, its sections as the house wants them.
        partnership: Whose register it tells of.
        made: When the register version was recorded.
        house: How the partnership wants its documents.

    """
    facts = [(shown(label), shown(told(value, name))) for name, label, value in report.facts]
    opening = [shown(sentence) for sentence in report.opening]
    return Paper(
        report.name,
        shown(report.title),
        shown(partnership),
        opening,
        facts,
        tuple(_parts(report)),
        report,
        made,
        house or House(),
    )


def _parts(report: Report) -> Iterator[Part]:
    for section in report.sections:
        if section.heading:
            yield Heading(SECTION, shown(section.heading))
        yield from (Paragraph(shown(sentence)) for sentence in section.paragraphs)
        for each in section.shown:
            table = each.table if isinstance(each, Chart) else each
            if table.title and table.title != section.heading:
                yield Heading(TABLE if section.heading else SECTION, shown(table.title))
            if isinstance(each, Chart):
                yield Drawing(each)
            yield grid_of(table)
        yield from (Paragraph(shown(sentence)) for sentence in section.notes)
    for heading, sentences in ((LEFT_OUT, report.left_out), (NOTES, report.notes)):
        if sentences:
            yield Heading(SECTION, heading)
            yield from (Paragraph(shown(sentence)) for sentence in sentences)


def grid_of(table: ReportTable) -> Grid:
    """Return a table as people read it."""
    names = [name for name, _ in table.columns]
    rows = [[Cell(shown(told(value, name)), value) for name, value in zip(names, row, strict=True)]
            for row in table.rows]  # fmt: skip
    return Grid(shown(table.title), names, [shown(heading) for _, heading in table.columns], rows)
