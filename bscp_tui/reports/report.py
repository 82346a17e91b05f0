"""What a report is: a heading, facts, tables; every form of it is made from this."""

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class ReportTable:
    """One table of a report.

    Attributes:
        title: What heads it.
        columns: (name for programs, heading for people) of each column.
        rows: The cells: text, whole numbers, dates, or None where not recorded.

    """

    title: str
    columns: Sequence[tuple[str, str]]
    rows: Sequence[Sequence[object]]


@dataclass(frozen=True)
class Report:
    """A report, before it takes a form.

    Attributes:
        name: As on the command line.
        title: As it is headed.
        facts: (name for programs, label, value) that hold for the whole of it: dates, version.
        tables: Its tables, in order.
        notes: Sentences below the tables.

    """

    name: str
    title: str
    facts: Sequence[tuple[str, str, object]]
    tables: Sequence[ReportTable]
    notes: Sequence[str] = field(default=())
