"""The chase: what each agency or lead owes, what is late, and what is due soon."""

import datetime as dt
from collections.abc import Sequence

from bscp_tui.model.kinds import KINDS
from bscp_tui.model.view import View
from bscp_tui.reports.asked import Asked
from bscp_tui.reports.report import Content, ReportTable, Section, report
from bscp_tui.store.naming import natural
from bscp_tui.store.snapshot import Snapshot

CHASED = tuple(kind for kind in KINDS.values() if kind.model.chased)
COUNTED = tuple(dict.fromkeys(kind.inside[0] if kind.inside else kind.name for kind in CHASED))
NOBODY = "Nobody named"
COLUMNS = (
    ("ref", "ref"),
    ("kind", "kind"),
    ("title", "what"),
    ("due", "due"),
    ("state", "state"),
    ("status", "status"),
)


@report(
    "chase",
    "What is owed, by whom",
    reader="business support, and each agency of itself",
    sections=("parties", "lists"),
    counts=COUNTED,
    takes=("within",),
)
def chase(asked: Asked) -> Content:
    """Return one list an agency or lead of all that it owes, of every plan and kind; the late ones first.

    What several owe stands under each of them and is counted once.
    """
    snapshot, within = asked.snapshot, asked.within
    owed = owed_now(snapshot)
    late = sum(view.value("overdue") is True for view in owed)
    soon = sum(_is_soon(view, within) for view in owed)
    facts = [("owed", "Owed", len(owed)), ("overdue", "Overdue", late),
             ("due_soon", f"Due in the next {within} days", soon)]  # fmt: skip
    shown = [Section("parties", [_everybody(snapshot, owed, within)]), Section("lists", _lists(snapshot, owed, within))]
    notes = [] if owed else ["Nothing is owed."]
    return Content(shown, facts, notes)


def owed_now(snapshot: Snapshot) -> list[View]:
    """Return everything that somebody still owes, of every plan and kind."""
    return [view for kind in CHASED for view in snapshot.views(kind) if view.value("open") is True]


def parties_of(view: View) -> list[str]:
    """Return the references of who owes ``view``, each once; none where nobody is named by reference."""
    parties = view.value("leads")
    return list(dict.fromkeys(map(str, parties))) if isinstance(parties, list) else []


def _everybody(snapshot: Snapshot, owed: Sequence[View], within: int) -> ReportTable:
    columns = (("party", "agency or lead"), ("owed", "owed"), ("overdue", "overdue"), ("due_soon", "due soon"))
    rows: list[list[object]] = [[name, *_counts(views, within)] for name, views in _by_party(snapshot, owed)]
    return ReportTable("By agency or lead", columns, [*rows, ["All, each once", *_counts(owed, within)]])


def _counts(views: Sequence[View], within: int) -> list[int]:
    soon = sum(_is_soon(view, within) for view in views)
    return [len(views), sum(view.value("overdue") is True for view in views), soon]


def _lists(snapshot: Snapshot, owed: Sequence[View], within: int) -> list[ReportTable]:
    return [ReportTable(name, COLUMNS, [_row(view, within) for view in _late_first(views)])
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


def _row(view: View, within: int) -> list[object]:
    return [view.ref, view.kind.name.replace("-", " "), view.title, _due(view), _state(view, within),
            view.value("status")]  # fmt: skip


def _state(view: View, within: int) -> str:
    due = _due(view)
    if due is None:
        return "no date"
    if view.value("overdue") is True:
        return f"{(view.today - due).days} days late"
    return "due soon" if _is_soon(view, within) else "to come"


def _is_soon(view: View, within: int) -> bool:
    due = _due(view)
    return due is not None and 0 <= (due - view.today).days <= within


def _due(view: View) -> dt.date | None:
    due = view.value("due")
    return due if isinstance(due, dt.date) else None
