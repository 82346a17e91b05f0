"""The summary: progress and timeliness of one plan, in words and counts by priority."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bscp_tui.model.dates import in_words
from bscp_tui.model.view import View
from bscp_tui.reports.asked import Asked
from bscp_tui.reports.cells import Counted
from bscp_tui.reports.plans import asked as asked_of
from bscp_tui.reports.plans import items_of, plan_title, progress_of
from bscp_tui.reports.report import Chart, Content, ReportTable, Shown, each, report, table_of

COUNTED = ("plan", "priority", "action")


@report(
    "summary",
    "Progress and timeliness",
    reader="the board",
    sections=("priorities", "key-actions"),
    counts=COUNTED,
    takes=("plan",),
)
def summary(asked: Asked) -> Content:
    """Return the counts of a plan by priority, and the progress and timeliness of each of its key actions.

    Raises:
        UnknownReferenceError: There is no such plan.

    """
    told = at_a_glance(asked)
    shown: Shown = {
        "priorities": told.priorities,
        "key-actions": _in_words(told.items),
    }
    return Content(each(shown), told.facts, _notes(told.items), told.title)


@dataclass(frozen=True)
class Glance:
    """What a summary tells of a plan first.

    Attributes:
        title: What it is headed.
        facts: (name, label, value) of its plan, how many key actions it has, and how many of them are overdue.
        priorities: The counts by priority.
        items: The plan's key actions.

    """

    title: str
    facts: list[tuple[str, str, Any]]
    priorities: Chart
    items: Sequence[View]


def at_a_glance(asked: Asked) -> Glance:
    """Return what a summary tells of a plan first.

    Raises:
        UnknownReferenceError: There is no such plan.

    """
    snapshot, plan = asked.snapshot, asked.plan
    title = plan_title(snapshot, plan)
    items = items_of(snapshot, plan)
    late = sum(bool(view.value("overdue")) for view in items)
    facts = [
        ("plan", "Plan", plan),
        ("key_actions", "Key actions", Counted(len(items), asked_of(snapshot, plan))),
        ("overdue", "Overdue", Counted(late, asked_of(snapshot, plan, "overdue=yes"))),
    ]
    return Glance(f"{title}: progress and timeliness", facts, progress_of(snapshot, plan, items), items)


def _in_words(items: Sequence[View]) -> ReportTable:
    columns = [
        ("ref", "ref"),
        ("title", "key action"),
        ("lead", "lead"),
        ("due", "target"),
        ("status", "progress"),
        ("timeliness", "timeliness"),
    ]
    return table_of("Progress and timeliness", columns, items)


def _notes(items: Sequence[View]) -> list[str]:
    notes = []
    shared = sum(view.value("target_from") is not None for view in items if view.has("target_from"))
    if shared:
        notes.append(f"{shared} key actions share their row's one target.")
    revised = [view for view in items if view.value("revised")]
    notes += [
        f"{view.ref}: target {in_words(view.value('original_target'))} revised to {in_words(view.value('due'))}."  # type: ignore[arg-type]
        for view in revised
        if view.value("original_target")
    ]
    return notes
