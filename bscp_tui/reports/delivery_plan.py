"""The delivery plan as its own table, with what has happened since and its colour beside each row."""

import datetime as dt
from typing import Any

from bscp_tui.model.dates import in_words
from bscp_tui.model.kinds import KINDS
from bscp_tui.model.view import View
from bscp_tui.reports.asked import Asked
from bscp_tui.reports.plans import actions_of, by_priority, colour_of, plan_title, set_out, standing_rows
from bscp_tui.reports.report import Columns, Content, ReportTable, Section, report

COLUMNS: Columns = (
    ("ref", "ref"),
    ("key_actions", "key actions"),
    ("outcomes", "desired outcomes"),
    ("measures", "evidence and measures of progress"),
    ("lead", "lead"),
    ("target", "target"),
    ("update", "update on progress"),
    ("rag", "RAG"),
)


@report(
    "delivery-plan",
    "Delivery plan",
    reader="the board and everybody who leads an action",
    sections=("rows",),
    counts=("plan", "priority", "action"),
    takes=("plan",),
)
def delivery_plan(asked: Asked) -> Content:
    """Return a plan's rows in the plan's own columns, a table for each priority.

    Raises:
        UnknownReferenceError: There is no such plan.

    """
    snapshot, plan = asked.snapshot, asked.plan
    title, actions = plan_title(snapshot, plan), actions_of(snapshot, plan)
    tables = [
        ReportTable(f"{ref.rpartition('/')[2]} {heading}".strip(), COLUMNS, [_row(view) for view in mine])
        for ref, heading, mine in by_priority(snapshot, plan, actions)
    ]
    key_actions = snapshot.views(KINDS["key-action"], names={"plan": plan})
    facts = [
        ("plan", "Plan", plan),
        ("actions", "Actions", len(actions)),
        ("key_actions", "Key actions", len(key_actions)),
    ]
    return Content([Section("rows", tables)], facts, title=f"{title}: delivery plan")


def _row(view: View) -> list[object]:
    item: Any = view.item
    return [view.ref, set_out(view), list(item.outcomes) or None, list(item.measures) or None,
            view.value("lead"), _targets(view), _updates(view), colour_of(view)]  # fmt: skip


def _targets(view: View) -> object:
    """Return the row's one date; where its key actions differ, each date with their numbers."""
    by_day: dict[dt.date | None, list[str]] = {}
    item: Any = view.item
    for row in standing_rows(view):
        by_day.setdefault(row.due_in(item), []).append(str(row.number))
    if len(by_day) < 2:
        return next(iter(by_day), None) if by_day else view.value("due")
    ordered = sorted(by_day.items(), key=lambda pair: pair[0] or dt.date.max)
    return [f"{', '.join(numbers)}: {in_words(day) if day else 'no date'}" for day, numbers in ordered]


def _updates(view: View) -> object:
    item: Any = view.item
    told = [item.update] if item.update else []
    told += [f"{row.number}. {row.update}" for row in standing_rows(view) if row.update]
    return told or None
