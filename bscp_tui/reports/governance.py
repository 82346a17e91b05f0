"""The governance cycle: who meets how often, what each must see and what is due next, who came."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from typing import Any

from bscp_tui.model.bodies import duty_due, last_seen
from bscp_tui.model.kinds import KINDS
from bscp_tui.model.view import View
from bscp_tui.reports.agenda import agenda
from bscp_tui.reports.asked import Asked
from bscp_tui.reports.report import Content, ReportTable, Shown, each, report, table_of
from bscp_tui.store.snapshot import Snapshot

COUNTED = ("group", "meeting", "work-programme")
LATE, DUE, TO_COME, NO_DAY = "late", "due at its next meeting", "to come", "no day known"


@report(
    "governance",
    "Governance",
    reader="chairs and business support",
    sections=("cycle", "due", "meetings", "attendance", "programmes"),
    counts=COUNTED,
)
def governance(asked: Asked) -> Content:
    """Return who meets when, what is due to whom next, attendance by agency, and the work programmes."""
    snapshot = asked.snapshot
    groups = [view for view in snapshot.views(KINDS["group"]) if _has_cycle(view)]
    meetings = snapshot.views(KINDS["meeting"])
    programmes = snapshot.views(KINDS["work-programme"])
    due = _due(groups, asked.as_at)
    facts = [("groups", "Groups with a cycle", len(groups)),
             ("meetings", "Meetings", len(meetings)),
             ("not_held", "Past, and not recorded as held", sum(view.value("overdue") is True for view in meetings)),
             ("late", "Late to be seen", sum(row[-1] == LATE for row in due.rows))]  # fmt: skip
    shown: Shown = {
        "cycle": _cycle(groups),
        "due": due,
        "meetings": coming(snapshot),
        "attendance": _attendance(meetings),
        "programmes": _programmes(programmes),
    }
    notes = [] if meetings else ["No meeting is recorded yet, so what each group last saw is not known."]
    return Content(each(shown), facts, notes)


def _has_cycle(view: View) -> bool:
    item: Any = view.item
    return bool(item.cadence or item.times_a_year or item.duties)


def _cycle(groups: Sequence[View]) -> ReportTable:
    columns = (("title", "group"), ("cadence", "meets"), ("times_a_year", "times a year"), ("last_met", "last met"),
               ("should_meet", "should meet by"), ("next_meeting", "next meeting"))  # fmt: skip
    return table_of("Who meets when", columns, groups)


def _due(groups: Sequence[View], as_at: dt.date) -> ReportTable:
    """What each group must see: the earliest due first, what has no day last."""
    columns = (("due", "due"), ("group", "to"), ("title", "what it must see"), ("by", "brought by"),
               ("when", "how often"), ("seen", "last seen"), ("state", "state"))  # fmt: skip
    rows: list[Sequence[object]] = []
    for view in groups:
        item: Any = view.item
        for duty in item.duties:
            due = duty_due(view, duty)
            by = view.name_of(duty.brought_by) if duty.brought_by else None
            often = duty.when or (f"{duty.times_a_year} a year" if duty.times_a_year else None)
            state = _state(due, view.value("next_meeting"), as_at)
            rows.append([due, view.title, duty.title, by, often, last_seen(view, duty), state])
    rows.sort(key=lambda row: (row[0] is None, row[0] or as_at, str(row[1]), str(row[2])))
    return ReportTable("What is due to whom next", columns, rows)


def _state(due: dt.date | None, meeting: object, as_at: dt.date) -> str:
    if due is None:
        return NO_DAY
    if due < as_at:
        return LATE
    return DUE if isinstance(meeting, dt.date) and due <= meeting else TO_COME


def coming(snapshot: Snapshot) -> ReportTable:
    """Return the meetings still to come, with how many records are due there."""
    columns = (("date", "date"), ("ref", "ref"), ("title", "meeting"), ("due", "records due there"))
    coming = [view for view in snapshot.views(KINDS["meeting"]) if view.item.is_to_come(view.today)]  # type: ignore[attr-defined]
    coming.sort(key=lambda view: (str(view.value("date")), view.ref))
    rows = [[view.value("date"), view.ref, view.title, len(agenda(snapshot, view))] for view in coming]
    return ReportTable("Meetings to come", columns, rows)


def _attendance(meetings: Sequence[View]) -> ReportTable:
    """How often each agency was at the meetings of each group whose attendance is recorded."""
    there: Counter[tuple[str, str]] = Counter()
    recorded: Counter[tuple[str, str]] = Counter()
    for view in meetings:
        item: Any = view.item
        for row in item.attendance:
            key = (view.name_of(item.group), view.name_of(row.agency))
            recorded[key] += 1
            there[key] += row.attended == "attended"
    columns = (("group", "group"), ("agency", "agency"), ("attended", "attended"), ("recorded", "of meetings recorded"))
    return ReportTable("Attendance by agency", columns, [[*key, there[key], recorded[key]] for key in sorted(recorded)])


def _programmes(programmes: Sequence[View]) -> ReportTable:
    columns = (("ref", "ref"), ("lead", "group"), ("title", "work programme"), ("year", "year"),
               ("progress", "progress"), ("due", "next due"), ("late", "late"))  # fmt: skip
    return table_of("Work programmes", columns, programmes)
