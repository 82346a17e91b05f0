"""What a report is: facts, and sections of sentences, tables and charts; every form of it is made from this."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from bscp_tui.model.kinds import KINDS
from bscp_tui.model.view import View
from bscp_tui.reports.asked import LAST_MEETING, WITHIN, Asked
from bscp_tui.reports.cells import told
from bscp_tui.store.snapshot import Snapshot

Fact = tuple[str, str, object]
Columns = Sequence[tuple[str, str]]
# What may be asked of a report beside the day and the register version.
Parameter = Literal["plan", "since", "within", "agency", "record"]
Drawn = Literal["bars", "line", "stacked"]


@dataclass(frozen=True)
class ReportTable:
    """One table of a report.

    Attributes:
        title: What heads it.
        columns: (name for programs, heading for people) of each column.
        rows: The cells: text, numbers, dates, lists of these, or None where not recorded.

    """

    title: str
    columns: Columns
    rows: Sequence[Sequence[object]]

    def column(self, name: str) -> list[object]:
        """Return the cells of a column, from the first row on."""
        place = [own for own, _ in self.columns].index(name)
        return [row[place] for row in self.rows]

    def heading(self, name: str) -> str:
        """Return a column's heading."""
        return dict(self.columns)[name]


@dataclass(frozen=True)
class Series:
    """One row of bars, or one line, of a chart.

    Attributes:
        name: What it counts.
        numbers: One for each label; None where not recorded.

    """

    name: str
    numbers: Sequence[float | None]


@dataclass(frozen=True)
class Chart:
    """Columns of a table, drawn; the table stands beside it in every form, so its figures are the table's.

    Attributes:
        drawn: "bars" (one series, or several side by side), "stacked" (parts of a whole) or "line" (over time).
        table: The table that is drawn.
        by: The column whose cells are the labels; several are joined, as year and type.
        counted: The columns that are drawn, each a series.
        but: Labels of rows that are not drawn: totals, which would dwarf what they are the sum of.

    """

    drawn: Drawn
    table: ReportTable
    by: Sequence[str]
    counted: Sequence[str]
    but: frozenset[str] = frozenset()

    @property
    def title(self) -> str:
        """What heads it: its table's title."""
        return self.table.title

    @cached_property
    def labels(self) -> Sequence[str]:
        """What stands along it, in the table's order."""
        return [label for label, _ in self._rows]

    @cached_property
    def series(self) -> Sequence[Series]:
        """What is drawn, in the order of the columns."""
        places = {name: place for place, (name, _) in enumerate(self.table.columns)}
        return [
            Series(self.table.heading(name), [_number(row[places[name]]) for _, row in self._rows])
            for name in self.counted
        ]

    @cached_property
    def days(self) -> Sequence[dt.date] | None:
        """The labels as days, the first one first, of a chart over time; None where they are something else."""
        places = [[name for name, _ in self.table.columns].index(name) for name in self.by]
        cells = [row[places[0]] for _, row in self._rows] if len(places) == 1 else []
        days = [cell for cell in cells if isinstance(cell, dt.date)]
        return days if days and len(days) == len(cells) and days == sorted(days) else None

    @property
    def alternative(self) -> str:
        """The chart in words, with all its figures, for those who do not see it."""
        kind = {"bars": "Bar chart", "stacked": "Stacked bar chart", "line": "Line chart"}[self.drawn]
        parts = [f"{series.name}: {self._said(series)}" for series in self.series]
        return f"{kind} “{self.title}”. {'. '.join(parts)}." if self.labels else f"{kind} “{self.title}”, without rows."

    def _said(self, series: Series) -> str:
        return ", ".join(f"{label} {told(number)}" for label, number in zip(self.labels, series.numbers, strict=True))

    @cached_property
    def drawn_rows(self) -> Sequence[int]:
        """The places of the table's rows that are drawn."""
        return [place for place, label in enumerate(self._labelled) if label not in self.but]

    @cached_property
    def _labelled(self) -> list[str]:
        places = [[name for name, _ in self.table.columns].index(name) for name in self.by]
        return [", ".join(told(row[place]) for place in places) for row in self.table.rows]

    @cached_property
    def _rows(self) -> list[tuple[str, Sequence[object]]]:
        return [(self._labelled[place], self.table.rows[place]) for place in self.drawn_rows]


# Section to the one table or chart that it holds.
Shown = Mapping[str, ReportTable | Chart]


@dataclass(frozen=True)
class Section:
    """A part of a report.

    Attributes:
        name: By which a partnership's house style moves or leaves it out; one of its report's ``sections``.
        shown: Its tables and charts, in order.
        heading: What heads it; empty where its one table's title is heading enough.
        paragraphs: Sentences that come before the tables.
        notes: Sentences that come behind them.

    """

    name: str
    shown: Sequence[ReportTable | Chart] = ()
    heading: str = ""
    paragraphs: Sequence[str] = ()
    notes: Sequence[str] = ()

    @property
    def tables(self) -> list[ReportTable]:
        """Its tables, those of charts too."""
        return [each.table if isinstance(each, Chart) else each for each in self.shown]


@dataclass(frozen=True)
class Content:
    """What a report's maker finds.

    Attributes:
        sections: Its parts, in the order that the report declares.
        facts: (name for programs, label, value) that hold for the whole of it.
        notes: Sentences that go with the whole of it.
        title: Its heading, where that is more than the report's own title.

    """

    sections: Sequence[Section]
    facts: Sequence[Fact] = ()
    notes: Sequence[str] = ()
    title: str = ""


@dataclass(frozen=True)
class Report:
    """A report, before it takes a form.

    Attributes:
        name: As on the command line.
        title: As it is headed.
        facts: (name for programs, label, value) that hold for the whole of it: dates, version, figures, proof.
        sections: Its parts, in order.
        notes: Sentences that go with the whole of it.
        left_out: A sentence for each record that cannot be read, and so is not counted.
        opening: Sentences beneath the title, before the facts: cautions, the position that it tells of.

    """

    name: str
    title: str
    facts: Sequence[Fact]
    sections: Sequence[Section]
    notes: Sequence[str] = ()
    left_out: Sequence[str] = ()
    opening: Sequence[str] = ()

    @property
    def tables(self) -> list[ReportTable]:
        """Every table, in order, those of charts too."""
        return [table for section in self.sections for table in section.tables]

    @property
    def all_notes(self) -> list[str]:
        """What is left out, the notes of the whole, and those of its sections."""
        return [*self.left_out, *self.notes, *(note for section in self.sections for note in section.notes)]

    def with_facts(self, *facts: Fact, notes: Sequence[str] = ()) -> "Report":
        """Return the same report with more facts, and notes, behind its own."""
        return replace(self, facts=(*self.facts, *facts), notes=(*self.notes, *notes))


@dataclass(frozen=True)
class ReportKind:
    """A report as it is declared.

    Attributes:
        name: As on the command line.
        title: As lists of reports name it.
        reader: Whom it is made for, in words.
        sections: The names of its parts, in their order.
        takes: What may be asked of it.
        needs: What must be asked of it.
        counts: The kinds that it counts; those of them that cannot be read are named in it.
        days: How many days it looks ahead or back, unless it is asked otherwise.
        since: The moment since which it tells what changed, unless it is asked otherwise.
        at_year_end: Whether it tells the position at the last year end, unless another day is asked for.
        told: What it holds, one sentence.
        make: What it finds in what was asked.

    """

    name: str
    title: str
    reader: str
    sections: Sequence[str]
    takes: frozenset[Parameter]
    needs: frozenset[Parameter]
    counts: Sequence[str]
    days: int
    since: str
    at_year_end: bool
    told: str
    make: Callable[[Asked], Content]

    def __call__(self, asked: Asked) -> Report:
        """Return the report of what was asked, with its dates and version first."""
        content = self.make(asked)
        facts = [*_dated(asked), *content.facts]
        broken = _unread(asked.snapshot, *self.counts)
        return Report(self.name, content.title or self.title, facts, content.sections, content.notes, broken)


def report(  # noqa: PLR0913 - a declaration
    name: str,
    title: str,
    *,
    reader: str,
    sections: Sequence[str],
    counts: Sequence[str],
    takes: Iterable[Parameter] = (),
    needs: Iterable[Parameter] = (),
    days: int = WITHIN,
    since: str = LAST_MEETING,
    at_year_end: bool = False,
) -> Callable[[Callable[[Asked], Content]], ReportKind]:
    """Declare a report by the function that makes it; the first line of its docstring tells what it holds.

    Args:
        name: As on the command line.
        title: As lists of reports name it.
        reader: Whom it is made for, in words.
        sections: The names of its parts, in their order.
        counts: The kinds that it counts.
        takes: What may be asked of it.
        needs: What must be asked of it.
        days: How many days it looks ahead or back, unless it is asked otherwise.
        since: The moment since which it tells what changed, unless it is asked otherwise.
        at_year_end: Whether it tells the position at the last year end, unless another day is asked for.

    """

    def declared(make: Callable[[Asked], Content]) -> ReportKind:
        first = (make.__doc__ or "").partition("\n")[0].removeprefix("Return ").strip()
        both = frozenset((*takes, *needs))
        return ReportKind(
            name, title, reader, sections, both, frozenset(needs), counts, days, since, at_year_end, first, make
        )

    return declared


def _dated(asked: Asked) -> list[Fact]:
    """Return the facts that every report begins with: the day that it tells of, and the register version."""
    return [("as_at", "As at", asked.as_at), ("register_version", "Register version", asked.version)]


def _unread(snapshot: Snapshot, *kinds: str) -> list[str]:
    """Return a note for each record of ``kinds`` that cannot be read, and so is not counted; each file once."""
    broken = {bad.path: bad for name in kinds for bad in snapshot.unreadable(KINDS[name])}
    return [f"{bad.path}, line {bad.line}, cannot be read and is not counted: {bad.reason}." for bad in broken.values()]


def each(shown: Shown) -> list[Section]:
    """Return a section of its own for each table or chart, by the section's name."""
    return [Section(name, [one]) for name, one in shown.items()]


def table_of(title: str, columns: Columns, views: Iterable[View]) -> ReportTable:
    """Return a table of records: one row each, a column for each field or derived value."""
    return ReportTable(title, columns, [[view.value(name) for name, _ in columns] for view in views])


def _number(cell: object) -> float | None:
    return cell if isinstance(cell, (int, float)) and not isinstance(cell, bool) else None
