"""Time in status: how long each piece of a plan's work stands as it stands, and how long it stood before."""

from collections.abc import Mapping, Sequence
from statistics import median

from bscp_tui.history.authorship import Standing, stood
from bscp_tui.history.rows import HistoryRow, Query
from bscp_tui.model.view import View
from bscp_tui.model.workflow import words
from bscp_tui.reports.asked import Asked
from bscp_tui.reports.plans import STATUSES, items_of, plan_title
from bscp_tui.reports.recency import zone_of
from bscp_tui.reports.report import Chart, Content, ReportTable, Shown, each, report

NAMES = tuple(status.replace("-", "_") for status in STATUSES[:-1])


@report(
    "time-in-status",
    "Time in status",
    reader="the board and scrutineers",
    sections=("overview", "work"),
    counts=("plan", "action"),
    takes=("plan",),
)
def time_in_status(asked: Asked) -> Content:
    """Return for each key action of a plan since when its status stands, and the days that it spent in each.

    Raises:
        UnknownReferenceError: There is no such plan.

    """
    snapshot, plan = asked.snapshot, asked.plan
    title, items = plan_title(snapshot, plan), items_of(snapshot, plan)
    history, zone = _by_path(asked), zone_of(asked)
    found = [(view, stood(view, history.get(view.path, ()), zone)) for view in items]
    columns = [("ref", "ref"), ("title", "key action"), ("status", "status"), ("since", "since"), ("days", "days")]
    columns += [(name, f"days {words(status)}") for name, status in zip(NAMES, STATUSES, strict=False)]
    rows = [_row(view, standing) for view, standing in found]
    shown: Shown = {
        "overview": _overview(found),
        "work": ReportTable("Days in each status", columns, rows),
    }
    notes = [
        "A day counts from when a change took effect, or was recorded where no other day is named.",
        "What lies before the register began is not known.",
    ]
    return Content(each(shown), [("plan", "Plan", plan), ("key_actions", "Key actions", len(items))], notes,
                   f"{title}: time in status")  # fmt: skip


def _by_path(asked: Asked) -> Mapping[str, Sequence[HistoryRow]]:
    found: dict[str, list[HistoryRow]] = {}
    for row in asked.ledger(Query()):
        found.setdefault(row.path, []).append(row)
    return found


def _row(view: View, standing: Standing) -> list[object]:
    days = (view.today - standing.since).days if standing.since else None
    return [view.ref, view.title, view.value("status"), standing.since, days,
            *(standing.times.get(status) for status in STATUSES[:-1])]  # fmt: skip


def _overview(found: Sequence[tuple[View, Standing]]) -> Chart:
    """How many stand in each status now, and the median of the days that they do."""
    rows: list[list[object]] = []
    for status in STATUSES[:-1]:
        mine = [(view, standing) for view, standing in found if view.value("status") == status]
        days = [(view.today - standing.since).days for view, standing in mine if standing.since]
        if mine:
            rows.append([words(status), len(mine), round(median(days)) if days else None, max(days, default=None)])
    columns = (("standing", "status"), ("key_actions", "key actions"), ("median_days", "days, median"),
               ("longest_days", "days, longest"))  # fmt: skip
    table = ReportTable("How long things stand as they stand", columns, rows)
    return Chart("bars", table, ("standing",), ("median_days",))
