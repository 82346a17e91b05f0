"""A plan's work, as reports of one plan look at it."""

import shlex
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from bscp_tui.model.kinds import KINDS
from bscp_tui.model.view import View
from bscp_tui.model.workflow import PROGRESS, words
from bscp_tui.reports.cells import Counted
from bscp_tui.reports.report import Chart, ReportTable
from bscp_tui.store.loading import Unreadable
from bscp_tui.store.naming import UnknownReferenceError
from bscp_tui.store.snapshot import Snapshot

STATUSES = (*PROGRESS.statuses, "not-recorded")
ALL = "All priorities"
NOT_COLOURED = "no colour recorded"
COLOURS = ("green", "blue", "amber", "red", NOT_COLOURED)


def plan_title(snapshot: Snapshot, plan: str) -> str:
    """Return a plan's title.

    Raises:
        UnknownReferenceError: There is no such plan.

    """
    found = snapshot.resolve(plan)
    if isinstance(found, Unreadable):
        return plan
    if found.kind is not KINDS["plan"]:
        raise UnknownReferenceError(plan, tuple(view.ref for view in snapshot.views(KINDS["plan"])))
    return found.title


def items_of(snapshot: Snapshot, plan: str) -> list[View]:
    """Return the plan's key actions; an action without any stands for itself."""
    key_actions = snapshot.views(KINDS["key-action"], names={"plan": plan})
    having = {view.value("action") for view in key_actions}
    return key_actions + [view for view in actions_of(snapshot, plan) if view.ref not in having]


def actions_of(snapshot: Snapshot, plan: str) -> list[View]:
    """Return the rows of the plan."""
    return snapshot.views(KINDS["action"], names={"plan": plan})


def by_priority(snapshot: Snapshot, plan: str, views: Sequence[View]) -> list[tuple[str, str, list[View]]]:
    """Return (reference, title, its own of ``views``) of each priority; what stands under none comes last."""
    priorities = snapshot.views(KINDS["priority"], names={"plan": plan})
    under: dict[object, list[View]] = {}
    for view in views:
        under.setdefault(view.value("priority"), []).append(view)
    found = [(view.ref, view.title, under.get(view.value("priority"), [])) for view in priorities]
    known = {view.names["number"] for view in priorities}
    others = [view for view in views if view.value("priority") not in known]
    return [*found, ("", "No such priority", others)] if others else found


def counted(items: Sequence[View]) -> list[int]:
    """Return how many there are, how many at each of ``STATUSES``, and how many are overdue."""
    by_status = Counter(str(view.value("status") or "not-recorded") for view in items)
    overdue = sum(view.value("overdue") is True for view in items)
    return [len(items), *(by_status[status] for status in STATUSES), overdue]


def asked(snapshot: Snapshot, plan: str, narrowed: str = "") -> str:
    """Return the question that counts a plan's key actions, and its actions that stand for themselves.

    Args:
        snapshot: The records.
        plan: The plan.
        narrowed: A filter, in the words of questions.

    """
    return _asked(plan, narrowed, alone=_stand_alone(snapshot, plan))


def _stand_alone(snapshot: Snapshot, plan: str) -> bool:
    """Whether actions of the plan stand for themselves, since they have no key actions."""
    return len(items_of(snapshot, plan)) > len(snapshot.views(KINDS["key-action"], names={"plan": plan}))


def _asked(plan: str, narrowed: str, *, alone: bool) -> str:
    within = f"{shlex.quote(f'plan={plan}')} {narrowed}".strip()
    more = f" plus count action {within} key_actions=none" if alone else ""
    return f"count key-action {within}{more}"


def _asked_each(plan: str, numbers: Sequence[int], narrowed: str, *, alone: bool) -> list[Counted]:
    """Return what ``counted`` gives, each number with its question."""
    within = ["", *(f"status={'none' if status == STATUSES[-1] else status}" for status in STATUSES), "overdue=yes"]
    told = (" ".join(filter(None, (narrowed, each))) for each in within)
    return [Counted(number, _asked(plan, more, alone=alone)) for number, more in zip(numbers, told, strict=True)]


def progress_of(snapshot: Snapshot, plan: str, items: Sequence[View]) -> Chart:
    """Return how many of the plan's key actions have which status, by priority and in all."""
    names = [status.replace("-", "_") for status in STATUSES]
    columns = [("ref", "priority"), ("title", "title"), ("total", "key actions")]
    columns += [(name, words(status)) for name, status in zip(names, STATUSES, strict=True)]
    columns.append(("overdue", "overdue"))
    alone = _stand_alone(snapshot, plan)
    rows: list[list[object]] = [
        [ref, title, *_asked_each(plan, counted(mine), f"priority={ref.rpartition('/')[2]}", alone=alone)]
        if ref
        else [ref, title, *counted(mine)]
        for ref, title, mine in by_priority(snapshot, plan, items)
    ]
    whole = _asked_each(plan, counted(items), "", alone=alone)
    table = ReportTable("Counts by priority", columns, [*rows, [plan, ALL, *whole]])
    return Chart("stacked", table, ("ref", "title"), names, frozenset({f"{plan}, {ALL}"}))


def set_out(view: View) -> object:
    """Return what an action sets out: its key actions by number with their status, its own wording without any."""
    item: Any = view.item
    rows = [f"{row.number}. {row.text or row.title} ({words(row.status)})" for row in standing_rows(view)]
    return rows or item.text or view.title


def standing_rows(view: View) -> list[Any]:
    """Return an action's key actions that were not withdrawn."""
    item: Any = view.item
    return [row for row in item.key_actions if row.withdrawn is None]


def legend_of(snapshot: Snapshot, plan: str) -> Mapping[str, str]:
    """Return what each colour means in the plan; nothing where it prints no legend."""
    found = snapshot.view(plan)
    item: Any = found.item if found else None
    return {entry.rag: entry.means for entry in getattr(item, "legend", ())}


def colour_of(view: View) -> str:
    """Return an action's colour as a word; a colour alone tells those who do not see it nothing."""
    return str(view.value("rag") or NOT_COLOURED)
