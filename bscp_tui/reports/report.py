"""What a report is: a heading, facts, tables; every form of it is made from this."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from bscp_tui.model.kinds import KINDS
from bscp_tui.model.view import View
from bscp_tui.store.snapshot import Snapshot


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
        notes: Sentences that go with the tables.
        left_out: A sentence for each record that cannot be read, and so is not counted.

    """

    name: str
    title: str
    facts: Sequence[tuple[str, str, object]]
    tables: Sequence[ReportTable]
    notes: Sequence[str] = field(default=())
    left_out: Sequence[str] = field(default=())


def dated(as_at: dt.date, version: str) -> list[tuple[str, str, object]]:
    """Return the facts that every report begins with: the day that it tells of, and the register version."""
    return [("as_at", "As at", as_at), ("register_version", "Register version", version)]


def unread(snapshot: Snapshot, *kinds: str) -> list[str]:
    """Return a note for each record of ``kinds`` that cannot be read, and so is not counted."""
    broken = [bad for name in kinds for bad in snapshot.unreadable(KINDS[name])]
    return [f"{bad.path}, line {bad.line}, cannot be read and is not counted: {bad.reason}." for bad in broken]


def table_of(title: str, columns: Sequence[tuple[str, str]], views: Iterable[View]) -> ReportTable:
    """Return a table of records: one row each, a column for each field or derived value."""
    return ReportTable(title, columns, [[view.value(name) for name, _ in columns] for view in views])
