"""Exceptions: what is late, put off, off track, owned by nobody or without a date."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from bscp_tui.model.view import View
from bscp_tui.reports.asked import Asked
from bscp_tui.reports.chased import COUNTED, due_of, is_overdue, kind_words, late_first, owed_now
from bscp_tui.reports.plans import NOT_COLOURED, actions_of, colour_of, legend_of, plan_title
from bscp_tui.reports.report import Columns, Content, ReportTable, Section, report
from bscp_tui.store.snapshot import Snapshot

ON_TRACK = frozenset({"green", "blue", NOT_COLOURED})
WORK: Columns = (("ref", "ref"), ("kind", "kind"), ("title", "what"), ("lead", "lead"))


@report(
    "exceptions",
    "Exceptions",
    reader="the board and chairs",
    sections=("overdue", "revised", "off-track", "unowned", "undated"),
    counts=("plan", *COUNTED),
    takes=("plan",),
)
def exceptions(asked: Asked) -> Content:
    """Return what is late, put off, owned by nobody or undated, of every kind, and what of the plan is off track."""
    owed = owed_now(asked.snapshot)
    shown = {
        "overdue": overdue(owed),
        "revised": revised(owed),
        "off-track": off_track(asked.snapshot, asked.plan),
        "unowned": _work("Nobody is named", [view for view in owed if not view.value("lead")]),
        "undated": _work("Without a date", [view for view in owed if due_of(view) is None]),
    }
    facts = [("owed", "Open", len(owed))]
    facts += [(name.replace("-", "_"), table.title, len(table.rows)) for name, table in shown.items()]
    facts[2] = ("revised", "Put off", sum(_times(view) > 0 for view in owed))
    notes = ["What is late is counted from the date that counts now; the days from the original date stand beside it."]
    return Content(
        [Section(name, [table]) for name, table in shown.items()], [("plan", "Plan", asked.plan), *facts], notes
    )


def overdue(owed: Sequence[View]) -> ReportTable:
    """Return what is late, the longest first, with its original date beside the one that counts."""
    columns = (*WORK, ("original", "original date"), ("due", "due"), ("days_late", "days late"),
               ("days_late_original", "days late from the original date"), ("revised", "times revised"),
               ("status", "status"))  # fmt: skip
    rows = []
    for view in late_first([view for view in owed if is_overdue(view)]):
        due = due_of(view)
        original = original_of(view)
        rows.append([*_place(view), original, due, _late(view, due), _late(view, original), _times(view),
                     view.value("status")])  # fmt: skip
    return ReportTable("Overdue", columns, rows)


def revised(views: Sequence[View]) -> ReportTable:
    """Return every revision of a date, with who agreed to it and why."""
    columns = (("ref", "ref"), ("title", "what"), ("original", "original date"), ("revised_to", "revised to"),
               ("agreed", "agreed on"), ("agreed_by", "agreed by"), ("reason", "reason"))  # fmt: skip
    rows = []
    for view in late_first(views):
        for revision in revisions_of(view):
            agreed_by = _named(view, revision.approved_by)
            rows.append([view.ref, view.title, original_of(view), revision.target, revision.date, agreed_by,
                         revision.reason])  # fmt: skip
    return ReportTable("Revised dates", columns, rows)


def off_track(snapshot: Snapshot, plan: str) -> ReportTable:
    """Return the rows of a plan whose colour says that they are not on track, with what the colour means there."""
    plan_title(snapshot, plan)
    legend = legend_of(snapshot, plan)
    columns = (("ref", "ref"), ("title", "action"), ("lead", "lead"), ("rag", "RAG"), ("means", "which means"),
               ("timeliness", "timeliness"), ("update", "update"))  # fmt: skip
    rows = []
    for view in actions_of(snapshot, plan):
        colour = colour_of(view)
        if colour not in ON_TRACK:
            rows.append([view.ref, view.title, view.value("lead"), colour, legend.get(colour),
                         view.value("timeliness"), view.value("update")])  # fmt: skip
    return ReportTable("Not on track, as the plan colours it", columns, rows)


def original_of(view: View) -> dt.date | None:
    """Return the date first set; where a kind keeps none, the one that counts."""
    original = view.value("original_target")
    return original if isinstance(original, dt.date) else due_of(view)


def revisions_of(view: View) -> Sequence[Any]:
    """Return the revisions of its date, the earliest first."""
    found: Sequence[Any] = getattr(view.item, "revisions", ())
    return found


def _work(title: str, views: Sequence[View]) -> ReportTable:
    columns = (*WORK, ("due", "due"), ("status", "status"))
    rows = [[*_place(view), due_of(view), view.value("status")] for view in late_first(views)]
    return ReportTable(title, columns, rows)


def _place(view: View) -> list[object]:
    return [view.ref, kind_words(view), view.title, view.value("lead")]


def _times(view: View) -> int:
    return len(revisions_of(view))


def _late(view: View, day: dt.date | None) -> int | None:
    return None if day is None else max((view.today - day).days, 0)


def _named(view: View, agreed: object) -> object:
    """Return who agreed: a meeting's title where it is named by reference, else what is written."""
    found = view.register.view(agreed) if isinstance(agreed, str) else None
    return f"{agreed}, {found.title}" if found else agreed
