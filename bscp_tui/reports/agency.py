"""One agency: all that it owes, has done, sent back, attended and paid."""

from collections.abc import Iterator, Sequence
from typing import Any

from bscp_tui.model.kinds import KINDS
from bscp_tui.model.view import View
from bscp_tui.reports.asked import Asked
from bscp_tui.reports.chased import (
    COUNTED,
    chased,
    due_of,
    is_overdue,
    is_soon,
    kind_words,
    late_first,
    parties_of,
    state_of,
)
from bscp_tui.reports.recency import Recency
from bscp_tui.reports.report import Content, ReportTable, Section, Shown, each, report, table_of
from bscp_tui.store.snapshot import Snapshot

OWES = (("ref", "ref"), ("kind", "kind"), ("title", "what"), ("shared", "with"), ("due", "due"), ("state", "state"),
        ("status", "status"), ("updated", "last update"))  # fmt: skip
DONE = (("ref", "ref"), ("kind", "kind"), ("title", "what"), ("shared", "with"), ("due", "due"), ("status", "status"),
        ("updated", "last update"))  # fmt: skip


@report(
    "agency",
    "One agency's part",
    reader="the agency, and the board of it",
    sections=("owes", "done", "returns", "meetings", "budget"),
    counts=tuple(dict.fromkeys((*COUNTED, "meeting", "budget"))),
    takes=("within",),
    needs=("agency",),
)
def agency(asked: Asked) -> Content:
    """Return all that one agency, group or person owes or has done, of every plan and kind, with its part in meetings.

    What it owes together with others stands here whole, with the others' names.
    """
    assert asked.agency is not None  # noqa: S101 - the report says that it needs one
    snapshot, body, recency = asked.snapshot, asked.agency, Recency(asked)
    mine = late_first([view for view in chased(snapshot) if body.ref in parties_of(view)])
    owed = [view for view in mine if view.value("open") is True]
    settled = [view for view in mine if view.value("open") is not True]
    owes = [_owes(view, body, asked.within, recency) for view in owed]
    done = [[*_what(view, body), due_of(view), view.value("status"), recency.updated(view)] for view in settled]
    shown: Shown = {
        "owes": ReportTable("Owes", OWES, owes),
        "done": ReportTable("Done, or no longer owed", DONE, done),
        "returns": _returns(snapshot, body),
        "meetings": ReportTable("At meetings", (("date", "date"), ("ref", "ref"), ("title", "meeting"),
                                                ("attended", "was")), list(_attended(snapshot, body))),
        "budget": _contributions(snapshot, body),
    }  # fmt: skip
    facts = [("agency", "Agency", body.ref), ("owed", "Owes", len(owed)),
             ("overdue", "Overdue", sum(map(is_overdue, owed))),
             ("due_soon", f"Due in the next {asked.within} days", sum(is_soon(view, asked.within) for view in owed)),
             ("done", "Done, or no longer owed", len(settled)),
             ("joint", "Of all, shared with others", sum(len(parties_of(view)) > 1 for view in mine))]  # fmt: skip
    sections: list[Section] = each(shown)
    return Content(sections, facts, [] if mine else [f"{body.title} owes nothing and owed nothing."], body.title)


def _what(view: View, body: View) -> list[object]:
    others = [view.name_of(party) for party in parties_of(view) if party != body.ref]
    return [view.ref, kind_words(view), view.title, others]


def _owes(view: View, body: View, within: int, recency: Recency) -> Sequence[object]:
    return [*_what(view, body), due_of(view), state_of(view, within), view.value("status"), recency.updated(view)]


def _returns(snapshot: Snapshot, body: View) -> ReportTable:
    columns = (("ref", "ref"), ("title", "topic"), ("type", "type"), ("year", "year"), ("status", "status"),
               ("grade", "grade"))  # fmt: skip
    mine = [view for view in snapshot.views(KINDS["agency-return"]) if body.ref in parties_of(view)]
    return table_of("Its returns", columns, mine)


def _attended(snapshot: Snapshot, body: View) -> Iterator[Sequence[object]]:
    for view in sorted(snapshot.views(KINDS["meeting"]), key=lambda view: (str(view.value("date")), view.ref)):
        item: Any = view.item
        for row in item.attendance:
            if row.agency == body.ref:
                yield [item.date, view.ref, view.title, row.attended]


def _contributions(snapshot: Snapshot, body: View) -> ReportTable:
    columns = (("ref", "ref"), ("year", "year"), ("amount", "contributes, £"))
    mine = [view for view in snapshot.views(KINDS["budget"]) if _pays(view, body)]
    return table_of("Contributes", columns, mine)


def _pays(view: View, body: View) -> bool:
    return view.value("type") == "contribution" and view.value("agency") == body.ref
