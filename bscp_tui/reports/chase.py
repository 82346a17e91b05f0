"""The chase: what each agency or lead owes, what is late, due soon, or not moved on."""

from collections.abc import Sequence

from bscp_tui.model.ordering import natural
from bscp_tui.model.view import View
from bscp_tui.reports.asked import Asked
from bscp_tui.reports.chased import (
    COUNTED,
    due_of,
    is_overdue,
    is_soon,
    kind_words,
    late_first,
    owed_now,
    parties_of,
    state_of,
)
from bscp_tui.reports.recency import Recency
from bscp_tui.reports.report import Chart, Columns, Content, ReportTable, Section, report
from bscp_tui.store.snapshot import Snapshot

NOBODY = "Nobody named"
ALL = "All, each once"
COLUMNS: Columns = (
    ("ref", "ref"),
    ("kind", "kind"),
    ("title", "what"),
    ("due", "due"),
    ("state", "state"),
    ("status", "status"),
    ("updated", "last update"),
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
    owed, within = owed_now(asked.snapshot), asked.within
    parties, recency = _by_party(asked.snapshot, owed), Recency(asked)
    late, soon, quiet = _counts(owed, within, recency)[1:]
    facts = [
        ("owed", "Owed", len(owed)),
        ("overdue", "Overdue", late),
        ("due_soon", f"Due in the next {within} days", soon),
        ("no_update", f"No update for {within} days", quiet),
    ]
    rows: list[list[object]] = [[name, *_counts(views, within, recency)] for name, views in parties]
    columns = (("party", "agency or lead"), ("owed", "owed"), ("overdue", "overdue"), ("due_soon", "due soon"),
               ("no_update", f"no update for {within} days"))  # fmt: skip
    table = ReportTable("By agency or lead", columns, [*rows, [ALL, len(owed), late, soon, quiet]])
    lists = [ReportTable(name, COLUMNS, [_row(view, within, recency) for view in late_first(views)])
             for name, views in parties]  # fmt: skip
    notes = ["Work that several owe stands under each of them; the last line counts it once."] if owed else []
    drawn = Chart("bars", table, ("party",), ("owed", "overdue"), frozenset({ALL}))
    sections = [Section("parties", [drawn], notes=notes), Section("lists", lists)]
    return Content(sections, facts, [] if owed else ["Nothing is owed."])


def _counts(views: Sequence[View], within: int, recency: Recency) -> list[int]:
    """Owed, overdue, due soon, not moved on."""
    late, soon = sum(map(is_overdue, views)), sum(is_soon(view, within) for view in views)
    return [len(views), late, soon, sum(recency.no_update(view, within) for view in views)]


def _by_party(snapshot: Snapshot, owed: Sequence[View]) -> list[tuple[str, list[View]]]:
    """Return each party's name with what it owes, by name; what nobody owes comes last."""
    found: dict[str, list[View]] = {}
    for view in owed:
        names = [snapshot.name_of(party) for party in parties_of(view)]
        for name in dict.fromkeys(names or [str(view.value("lead") or NOBODY)]):
            found.setdefault(name, []).append(view)
    return sorted(found.items(), key=lambda pair: (pair[0] == NOBODY, natural(pair[0].lower())))


def _row(view: View, within: int, recency: Recency) -> list[object]:
    return [view.ref, kind_words(view), view.title, due_of(view), state_of(view, within), view.value("status"),
            recency.updated(view)]  # fmt: skip
