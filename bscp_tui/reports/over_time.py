"""A plan's work over the months: what stood in which status, and how much was done against what was due by then.

A change counts from the day that it names, else from that of its recording, as everywhere where positions are told.
All of it follows from the ledger and the dates of the records: no older version of the register is opened.
"""

import calendar
import datetime as dt
from collections import Counter
from collections.abc import Sequence
from typing import Any

from bscp_tui.history.authorship import statuses
from bscp_tui.history.rows import HistoryRow, Query
from bscp_tui.model.view import View
from bscp_tui.model.workflow import DONE, words
from bscp_tui.reports.asked import Asked
from bscp_tui.reports.chased import due_of
from bscp_tui.reports.exceptions import original_of
from bscp_tui.reports.plans import STATUSES, items_of
from bscp_tui.reports.recency import zone_of
from bscp_tui.reports.report import Chart, ReportTable, Section

MONTHS = 60  # at most so many month ends are told of; of a longer plan the last ones
COUNTS_BY = (
    "A day counts by when a change took effect, or was recorded where no other day is named. What was withdrawn since "
    "is left out."
)
TO_COME = "to come"  # what is said of a day that was not there yet
Spans = Sequence[tuple[dt.date, str | None]]


def over_time(asked: Asked) -> Section:
    """Return how a plan's work moved on, as a section of a report that takes a plan."""
    items = items_of(asked.snapshot, asked.plan)
    spans = _spans_of(asked, items)
    shown = [_burn_up(asked, items, spans), _by_status(asked, items, spans)]
    notes = [COUNTS_BY] if items else []
    undated = sum(due_of(view) is None for view in items)
    if undated:
        notes.append(f"{undated} of {len(items)} have no target, and so are never due.")
    return Section("over-time", shown, "Over time", notes=notes)


def month_ends(first: dt.date, last: dt.date) -> list[dt.date]:
    """Return the last day of every month from that of ``first`` to that of ``last``, at most the last ``MONTHS``."""
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    months = (first.year * 12 + first.month - 1 + place for place in range(max(count - MONTHS, 0), count))
    return [dt.date(at // 12, at % 12 + 1, calendar.monthrange(at // 12, at % 12 + 1)[1]) for at in months]


def status_on(spans: Spans, day: dt.date) -> str | None:
    """Return what stood on ``day``: a status, "not-recorded", or None where it was not there yet."""
    if not spans or spans[0][0] > day:
        return None
    return next((status for since, status in reversed(spans) if since <= day), None) or "not-recorded"


def _spans_of(asked: Asked, items: Sequence[View]) -> list[Spans]:
    wanted = {view.path for view in items}
    rows: dict[str, list[HistoryRow]] = {}
    for row in asked.ledger(Query()) if items else ():
        if row.path in wanted:
            rows.setdefault(row.path, []).append(row)
    zone = zone_of(asked)
    return [statuses(view, rows.get(view.path, ()), zone) for view in items]


def _days(asked: Asked, spans: Sequence[Spans], items: Sequence[View]) -> list[dt.date]:
    """Return the month ends from the plan's beginning (else the first date known) to its end, and today's own day."""
    plan: Any = getattr(asked.snapshot.view(asked.plan), "item", None)
    known = [each[0][0] for each in spans if each] + [asked.as_at]
    due = [day for view in items if (day := due_of(view))]
    first = getattr(plan, "start", None) or min(known)
    last = max(getattr(plan, "end", None) or max([asked.as_at, *due]), first)
    return sorted({*month_ends(first, last), *([asked.as_at] if first <= asked.as_at <= last else [])})


def _burn_up(asked: Asked, items: Sequence[View], spans: Sequence[Spans]) -> Chart:
    """Key actions done by each month's end, against those due by then: as first set, and as revised."""
    columns = (("as_at", "as at"), ("original", "due by then, as first set"), ("due", "due by then, as revised"),
               ("done", "done"))  # fmt: skip
    first, revised = ([day for view in items if (day := of(view))] for of in (original_of, due_of))
    rows = [
        [day, *(sum(each <= day for each in dates) for dates in (first, revised)), _done(asked, spans, day)]
        for day in (_days(asked, spans, items) if items else ())
    ]
    table = ReportTable("Done against what was due", columns, rows)
    return Chart("line", table, ("as_at",), ("original", "due", "done"))


def _done(asked: Asked, spans: Sequence[Spans], day: dt.date) -> int | str | None:
    """Return how many were done by a day; None of a day before anything was recorded."""
    if day > asked.as_at:
        return TO_COME
    stood = [status_on(each, day) for each in spans]
    return sum(status in DONE for status in stood) if any(stood) else None


def _by_status(asked: Asked, items: Sequence[View], spans: Sequence[Spans]) -> Chart:
    """How many key actions stood in which status at each month's end up to today; statuses that never came are left."""
    days = [day for day in (_days(asked, spans, items) if items else ()) if day <= asked.as_at]
    stood = [(day, Counter(status_on(each, day) for each in spans)) for day in days]
    known = [(day, counts) for day, counts in stood if counts.total() > counts[None]]
    used = [status for status in STATUSES if any(counts[status] for _, counts in known)]
    names = [status.replace("-", "_") for status in used]
    columns = (("as_at", "as at"), ("total", "key actions"),
               *((name, words(status)) for name, status in zip(names, used, strict=True)))  # fmt: skip
    rows = [[day, counts.total() - counts[None], *(counts[status] for status in used)] for day, counts in known]
    return Chart("stacked", ReportTable("Status at each month’s end", columns, rows), ("as_at",), names)
