"""The summary: progress and timeliness of one plan, in words and counts by priority."""

from collections import Counter
from collections.abc import Sequence

from bscp_tui.model.dates import in_words
from bscp_tui.model.kinds import KINDS
from bscp_tui.model.view import View
from bscp_tui.model.workflow import PROGRESS, words
from bscp_tui.reports.asked import Asked
from bscp_tui.reports.report import Content, ReportTable, each, report, table_of
from bscp_tui.store.loading import Unreadable
from bscp_tui.store.snapshot import Snapshot, UnknownReferenceError

COUNTED = ("plan", "priority", "action")
_COUNTS = (*PROGRESS.statuses, "not-recorded")


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
    snapshot, plan = asked.snapshot, asked.plan
    title = _title(snapshot, plan)
    items = _items(snapshot, plan)
    facts = [
        ("plan", "Plan", plan),
        ("key_actions", "Key actions", len(items)),
        ("overdue", "Overdue", sum(bool(view.value("overdue")) for view in items)),
    ]
    shown = {
        "priorities": _by_priority(snapshot, plan, items),
        "key-actions": _in_words(items),
    }
    return Content(each(shown), facts, _notes(items), f"{title}: progress and timeliness")


def _title(snapshot: Snapshot, plan: str) -> str:
    found = snapshot.resolve(plan)
    if isinstance(found, Unreadable):
        return plan
    if found.kind is not KINDS["plan"]:
        raise UnknownReferenceError(plan, tuple(view.ref for view in snapshot.views(KINDS["plan"])))
    return found.title


def _items(snapshot: Snapshot, plan: str) -> list[View]:
    """Return the plan's key actions; an action without any stands for itself."""
    key_actions = snapshot.views(KINDS["key-action"], names={"plan": plan})
    having = {view.value("action") for view in key_actions}
    actions = snapshot.views(KINDS["action"], names={"plan": plan})
    return key_actions + [view for view in actions if view.ref not in having]


def _by_priority(snapshot: Snapshot, plan: str, items: Sequence[View]) -> ReportTable:
    columns = [("ref", "priority"), ("title", "title"), ("total", "key actions")]
    columns += [(status.replace("-", "_"), words(status)) for status in _COUNTS]
    columns.append(("overdue", "overdue"))
    rows: list[list[object]] = []
    priorities = snapshot.views(KINDS["priority"], names={"plan": plan})
    for priority in priorities:
        mine = [view for view in items if view.value("priority") == priority.value("priority")]
        rows.append([priority.ref, priority.title, *_counted(mine)])
    known = {view.names["number"] for view in priorities}
    others = [view for view in items if view.value("priority") not in known]
    if others:
        rows.append(["", "No such priority", *_counted(others)])
    rows.append([plan, "All priorities", *_counted(items)])
    return ReportTable("Counts by priority", columns, rows)


def _counted(items: Sequence[View]) -> list[int]:
    by_status = Counter(str(view.value("status") or "not-recorded") for view in items)
    overdue = sum(bool(view.value("overdue")) for view in items)
    return [len(items), *(by_status[status] for status in _COUNTS), overdue]


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
