"""The statutory clocks: what was in time by year, what runs now, what was late and why."""

import datetime as dt
from collections.abc import Iterable, Sequence

from bscp_tui.model.clocks import Clock
from bscp_tui.model.incident import NOTIFICATION
from bscp_tui.model.kinds import KINDS
from bscp_tui.model.review import PANEL_REPLY, RAPID_REVIEW
from bscp_tui.model.view import View
from bscp_tui.reports.asked import Asked
from bscp_tui.reports.report import Chart, Content, ReportTable, Shown, each, report, table_of
from bscp_tui.store.snapshot import Snapshot

COUNTED = ("incident", "review")
NOT_DATED, ALL = "not dated", "All years"
COLUMNS = (
    ("year", "year"),
    ("total", "total"),
    ("in_time", "in time"),
    ("late", "late"),
    ("running", "running"),
    ("not_recorded", "not recorded"),
)


@report(
    "clocks",
    "Statutory clocks",
    reader="the board, scrutineers and the national panel",
    sections=("notifications", "rapid-reviews", "replies", "running", "late"),
    counts=COUNTED,
)
def clocks(asked: Asked) -> Content:
    """Return how the clocks were kept, by financial year of the start event, and which run now."""
    snapshot = asked.snapshot
    incidents = snapshot.views(KINDS["incident"])
    reviews = [view for view in snapshot.views(KINDS["review"]) if view.value("type") == "rapid-review"]
    shown: Shown = {
        "notifications": _timeliness("Notifications to the National Panel", incidents, NOTIFICATION),
        "rapid-reviews": _timeliness("Rapid reviews submitted to the National Panel", reviews, RAPID_REVIEW),
        "replies": _timeliness("Replies of the National Panel", reviews, PANEL_REPLY),
        "running": _running([*incidents, *reviews]),
        "late": _late([*incidents, *reviews]),
    }
    notes = [_counted_from(snapshot, clock) for clock in (NOTIFICATION, RAPID_REVIEW, PANEL_REPLY)]
    if not incidents and not reviews:
        notes.append("No incident or rapid review is recorded with its dates, so no timeliness can be told.")
    return Content(each(shown), [], notes)


def financial_year(day: dt.date) -> str:
    """Return the financial year, from 1 April, that a day falls into: "2024/25"."""
    first = day.year if (day.month, day.day) >= (4, 1) else day.year - 1
    return f"{first}/{(first + 1) % 100:02}"


def _timeliness(title: str, views: Sequence[View], clock: Clock) -> Chart:
    years = sorted({_year(view, clock) for view in views}, key=lambda year: (year == NOT_DATED, year))
    rows = [[year, *_counts([view for view in views if _year(view, clock) == year], clock)] for year in years]
    table = ReportTable(title, COLUMNS, [*rows, [ALL, *_counts(views, clock)]])
    return Chart("stacked", table, ("year",), ("in_time", "late", "running", "not_recorded"), frozenset({ALL}))


def _year(view: View, clock: Clock) -> str:
    started = view.value(clock.started)
    return financial_year(started) if isinstance(started, dt.date) else NOT_DATED


def _counts(views: Sequence[View], clock: Clock) -> list[int]:
    readings = [clock.reading(view) for view in views]
    met = [reading for reading in readings if reading is not None and reading.met is not None]
    late = sum(reading.late for reading in met)
    running = sum(reading is not None and reading.met is None for reading in readings)
    return [len(views), len(met) - late, late, running, sum(reading is None for reading in readings)]


def _running(views: Iterable[View]) -> ReportTable:
    columns = (("ref", "ref"), ("title", "title"), ("clock", "clock"), ("clock_due", "last day"),
               ("next_step", "next step"))  # fmt: skip
    running = [view for view in views if view.value("clock_running") is True]
    return table_of("Running now", columns, running)


def _late(views: Iterable[View]) -> ReportTable:
    columns = (("ref", "ref"), ("title", "title"), ("clock", "clock"), ("late_reason", "why late"))
    return table_of("Late", columns, (view for view in views if view.value("late") is True))


def _counted_from(snapshot: Snapshot, clock: Clock) -> str:
    setting = snapshot.settings.clock(clock.name)
    first = "the working day after it" if setting.first_day == "next-working-day" else "its own day"
    return f"{setting.title}: {setting.days} working days from: {setting.start_event}; day 1 is {first}."
