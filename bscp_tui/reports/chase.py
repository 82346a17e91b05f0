"""The chase: what each agency or lead owes, what is late, and what is due soon."""

import datetime as dt
from collections.abc import Sequence

from bscp_tui.model.kinds import KINDS
from bscp_tui.model.view import View
from bscp_tui.reports.report import Report, ReportTable, dated, unread
from bscp_tui.store.naming import natural
from bscp_tui.store.snapshot import Snapshot

CHASED = tuple(kind for kind in KINDS.values() if kind.model.chased)
SOON = 30  # days
NOBODY = "Nobody named"
COLUMNS = (
    ("ref", "ref"),
    ("kind", "kind"),
    ("title", "what"),
    ("due", "due"),
    ("state", "state"),
    ("status", "status"),
)


def chase(snapshot: Snapshot, plan: str, as_at: dt.date, version: str) -> Report:
    """Return one list an agency or lead of all that it owes, of every plan and kind; the late ones first.

    What several owe stands under each of them and is counted once.

    Args:
        snapshot: The register, as recorded.
        plan: Not used: work carried on from an earlier plan is chased too.
        as_at: The day that it tells of.
        version: The register version (a commit's short id).

    """
    del plan
    owed = owed_now(snapshot)
    late = sum(view.value("overdue") is True for view in owed)
    soon = sum(_is_soon(view) for view in owed)
    facts = [*dated(as_at, version), ("owed", "Owed", len(owed)), ("overdue", "Overdue", late),
             ("due_soon", f"Due in the next {SOON} days", soon)]  # fmt: skip
    tables = [_everybody(snapshot, owed), *_lists(snapshot, owed)]
    counted = tuple(kind.inside[0] if kind.inside else kind.name for kind in CHASED)
    notes = [] if owed else ["Nothing is owed."]
    return Report("chase", "What is owed, by whom", facts, tables, notes, unread(snapshot, *dict.fromkeys(counted)))


def owed_now(snapshot: Snapshot) -> list[View]:
    """Return everything that somebody still owes, of every plan and kind."""
    return [view for kind in CHASED for view in snapshot.views(kind) if view.value("open") is True]


def parties_of(view: View) -> list[str]:
    """Return the references of who owes ``view``, each once; none where nobody is named by reference."""
    parties = view.value("leads")
    return list(dict.fromkeys(map(str, parties))) if isinstance(parties, list) else []


def _everybody(snapshot: Snapshot, owed: Sequence[View]) -> ReportTable:
    columns = (("party", "agency or lead"), ("owed", "owed"), ("overdue", "overdue"), ("due_soon", "due soon"))
    rows: list[list[object]] = [[name, *_counts(views)] for name, views in _by_party(snapshot, owed)]
    return ReportTable("By agency or lead", columns, [*rows, ["All, each once", *_counts(owed)]])


def _counts(views: Sequence[View]) -> list[int]:
    return [len(views), sum(view.value("overdue") is True for view in views), sum(map(_is_soon, views))]


def _lists(snapshot: Snapshot, owed: Sequence[View]) -> list[ReportTable]:
    return [ReportTable(name, COLUMNS, [_row(view) for view in _late_first(views)])
            for name, views in _by_party(snapshot, owed)]  # fmt: skip


def _by_party(snapshot: Snapshot, owed: Sequence[View]) -> list[tuple[str, list[View]]]:
    """Return each party's name with what it owes, by name; what nobody owes comes last."""
    found: dict[str, list[View]] = {}
    for view in owed:
        names = [snapshot.name_of(party) for party in parties_of(view)]
        for name in dict.fromkeys(names or [str(view.value("lead") or NOBODY)]):
            found.setdefault(name, []).append(view)
    return sorted(found.items(), key=lambda pair: (pair[0] == NOBODY, natural(pair[0].lower())))


def _late_first(views: Sequence[View]) -> list[View]:
    return sorted(views, key=lambda view: (_due(view) or dt.date.max, natural(view.ref)))


def _row(view: View) -> list[object]:
    return [view.ref, view.kind.name.replace("-", " "), view.title, _due(view), _state(view), view.value("status")]


def _state(view: View) -> str:
    due = _due(view)
    if due is None:
        return "no date"
    if view.value("overdue") is True:
        return f"{(view.today - due).days} days late"
    return "due soon" if _is_soon(view) else "to come"


def _is_soon(view: View) -> bool:
    due = _due(view)
    return due is not None and 0 <= (due - view.today).days <= SOON


def _due(view: View) -> dt.date | None:
    due = view.value("due")
    return due if isinstance(due, dt.date) else None
