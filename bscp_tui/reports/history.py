"""A record's history for a scrutineer: what it said first, every revision, who agreed, what shows a difference."""

from collections.abc import Iterator, Sequence
from typing import Any

from bscp_tui.history.rows import HistoryRow, Query
from bscp_tui.model.kinds import KINDS
from bscp_tui.model.view import View
from bscp_tui.reports.asked import Asked
from bscp_tui.reports.chased import due_of, kind_words
from bscp_tui.reports.exceptions import original_of, revised
from bscp_tui.reports.recency import zone_of
from bscp_tui.reports.report import Content, Fact, ReportTable, Shown, each, report

CHANGES = (("recorded", "recorded"), ("effective", "true from"), ("ref", "ref"), ("change", "what changed"),
           ("by", "by"), ("reason", "why"), ("decided_at", "decided at"), ("signature", "signature"))  # fmt: skip
ASKED = (("ref", "ref"), ("kind", "kind"), ("title", "what"), ("status", "status"), ("reply", "reply"),
         ("replied", "replied on"))  # fmt: skip


@report(
    "history",
    "History of a record",
    reader="scrutineers",
    sections=("revised", "impact", "output", "questions", "changes"),
    counts=(),
    needs=("record",),
)
def history(asked: Asked) -> Content:
    """Return a record's original date, every revision and who agreed it, its evidence, questions, and every change."""
    assert asked.record is not None  # noqa: S101 - the report says that it needs one
    view, zone = asked.record, zone_of(asked)
    changes = [
        [row.recorded.astimezone(zone).date(), row.effective, row.ref, row.words, row.by, row.reason, _place(view, row),
         row.signature]
        for row in asked.ledger(Query(view=view))
    ]  # fmt: skip
    shown: Shown = {
        "revised": revised([view, *_rows_of(asked, view)]),
        "impact": _evidence(view, asked, "impact", "Evidence of a difference made"),
        "output": _evidence(view, asked, "output", "Evidence of what was done"),
        "questions": ReportTable("Questions, challenges and recommendations, with replies", ASKED, list(_asked(view))),
        "changes": ReportTable("Every change, the newest first", CHANGES, changes),
    }
    return Content(each(shown), [*_facts(view), ("changes", "Changes", len(changes))],
                   title=f"{view.ref} {view.title}: history")  # fmt: skip


def _facts(view: View) -> list[Fact]:
    facts: list[Fact] = [("ref", "Record", view.ref), ("kind", "Kind", kind_words(view))]
    facts += [("lead", "Lead", view.value("lead"))] if view.has("lead") else []
    facts += [("status", "Status", view.value("status"))] if view.has("status") else []
    if view.has("original_target"):
        late, original = view.value("days_late"), view.value("days_late_original")
        facts += [("original", "Original date", original_of(view)), ("due", "Due", due_of(view)),
                  ("revised", "Times revised", view.value("revised")), ("days_late", "Days late", late),
                  ("days_late_original", "Days late from the original date", original)]  # fmt: skip
    return facts


def _rows_of(asked: Asked, view: View) -> list[View]:
    """Return the rows of a record that stand alone: an action's key actions."""
    kinds = [kind for kind in KINDS.values() if kind.inside and kind.inside[0] == view.kind.name]
    rows = (row for kind in kinds for row in asked.snapshot.views(kind, names=dict(view.names)))
    return [row for row in rows if row.path == view.path]


def _evidence(view: View, asked: Asked, shows: str, title: str) -> ReportTable:
    columns = (("ref", "ref"), ("date", "date"), ("text", "evidence"), ("from", "describes from"), ("to", "to"))
    rows: list[Sequence[object]] = []
    for each_view in [view, *_rows_of(asked, view)]:
        item: Any = each_view.item
        rows += [[each_view.ref, one.date, one.text, one.period_from, one.period_to]
                 for one in getattr(item, "evidence", ()) if one.shows == shows]  # fmt: skip
    return ReportTable(title, columns, rows)


def _asked(view: View) -> Iterator[Sequence[object]]:
    """Yield what was asked or demanded of a record, with the replies."""
    for other in view.register.linking(view.ref):
        if other.has("reply") or other.has("response"):
            reply = other.value("reply") if other.has("reply") else other.value("response")
            yield [other.ref, kind_words(other), other.title, other.value("status"), reply, other.value("replied")]


def _place(view: View, row: HistoryRow) -> str | None:
    meeting = view.register.view(row.decided_at) if row.decided_at else None
    return meeting.title if meeting else row.decided_at
