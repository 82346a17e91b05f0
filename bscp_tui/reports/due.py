"""What is due when, of every plan and kind: by month, and day by day."""

import datetime as dt
from collections.abc import Iterator, Sequence

from bscp_tui.model.dates import MONTHS
from bscp_tui.model.view import View
from bscp_tui.reports.chased import due_of, is_overdue, kind_words, late_first, owed_now
from bscp_tui.reports.report import Chart, Columns, ReportTable, Section
from bscp_tui.store.snapshot import Snapshot

BY_DAY = "Due, day by day"
COLUMNS: Columns = (("due", "due"), ("ref", "ref"), ("kind", "kind"), ("title", "what"), ("lead", "lead"),
                    ("timeliness", "timeliness"))  # fmt: skip
LATE, COMING = "overdue", "to come"


def due_section(snapshot: Snapshot) -> Section:
    """Return what is still owed, by the month and by the day on which it is due."""
    owed = owed_now(snapshot)
    dated = [view for view in late_first(owed) if due_of(view)]
    rows = [[due_of(view), view.ref, kind_words(view), view.title, view.value("lead"), _said(view)] for view in dated]
    columns = (("month", "month"), ("overdue", LATE), ("coming", COMING))
    months = ReportTable("Due, month by month", columns, list(_months(dated)))
    undated = len(owed) - len(dated)
    notes = [f"{undated} more of what is owed {'has' if undated == 1 else 'have'} no date."] if undated else []
    shown: list[ReportTable | Chart] = [
        Chart("stacked", months, ("month",), ("overdue", "coming")),
        ReportTable(BY_DAY, COLUMNS, rows),
    ]
    return Section("calendar", shown, "What is due", notes=notes)


def _months(dated: Sequence[View]) -> Iterator[list[object]]:
    """Yield each month in which something is due, the earliest first: how much of it is late, how much to come."""
    found: dict[tuple[int, int], list[View]] = {}
    for view in dated:
        day = due_of(view) or dt.date.min
        found.setdefault((day.year, day.month), []).append(view)
    for (year, month), views in found.items():
        late = sum(is_overdue(view) for view in views)
        yield [f"{MONTHS[month - 1]} {year}", late, len(views) - late]


def _said(view: View) -> str:
    return LATE if is_overdue(view) else COMING
