"""Promises: what the last report said would be done by now, and what became of it."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence

from bscp_tui.model.kinds import KINDS
from bscp_tui.model.view import View
from bscp_tui.model.workflow import DONE
from bscp_tui.reports.asked import LAST_REPORT, Asked, Earlier
from bscp_tui.reports.chased import COUNTED, due_of, kind_words, late_first, owed_now
from bscp_tui.reports.recency import Recency
from bscp_tui.reports.report import Chart, Columns, Content, ReportTable, Section, report, table_of
from bscp_tui.store.snapshot import Snapshot

KEPT, LATE, PUT_OFF, NOT_DONE, PARKED, GONE = (
    "done by then", "done late", "put off", "not done", "set aside", "no longer there",
)  # fmt: skip
OUTCOMES = (KEPT, LATE, PUT_OFF, NOT_DONE, PARKED, GONE)
# Statuses of the kinds that are chased in which what was owed was done.
SETTLED = DONE | {"kept", "met", "done", "replied", "verified", "endorsed", "published", "presented", "told-back"}
COLUMNS: Columns = (
    ("ref", "ref"),
    ("kind", "kind"),
    ("title", "what was to be done"),
    ("promised", "promised for"),
    ("due", "due now"),
    ("status", "status"),
    ("updated", "last update"),
    ("outcome", "what became of it"),
)


@report(
    "promises",
    "What was promised, and what was done",
    reader="the yearly report, scrutineers and the public",
    sections=("promised", "milestones", "commitments"),
    counts=tuple(dict.fromkeys((*COUNTED, "report"))),
    takes=("since",),
    since=LAST_REPORT,
)
def promises(asked: Asked) -> Content:
    """Return what was open at the last report and due since, with what became of each, and the promises of partners."""
    since = asked.since
    rows = list(_rows(asked, since)) if since else []
    counts = Counter(str(row[-1]) for row in rows)
    summed = ReportTable("What became of what was promised", (("outcome", "outcome"), ("records", "records")),
                         [[outcome, counts[outcome]] for outcome in OUTCOMES])  # fmt: skip
    told = _told(since, rows, counts)
    sections = [
        Section("promised", [Chart("bars", summed, ("outcome",), ("records",)),
                             ReportTable("Due since then", COLUMNS, rows)], paragraphs=told),
        Section("milestones", [_milestones(asked.snapshot)]),
        Section("commitments", [_commitments(asked.snapshot)]),
    ]  # fmt: skip
    facts = [("since", "Since", since.said if since else None), ("promised", "Promised by now", len(rows)),
             ("kept", "Done by then", counts[KEPT])]  # fmt: skip
    return Content(sections, facts)


def _told(since: Earlier | None, rows: Sequence[object], counts: Counter[str]) -> list[str]:
    if since is None:
        told = "No report is recorded with the day of its publication, so there is nothing to compare with"
        return [f"{told}: name a day with --since."]
    became = "; ".join(f"{counts[outcome]} {outcome}" for outcome in OUTCOMES if counts[outcome])
    return [f"At {since.said}, {len(rows)} open pieces of work had a date that has passed since: {became}."
            if rows else f"At {since.said}, no open work had a date that has passed since."]  # fmt: skip


def _rows(asked: Asked, since: Earlier) -> Iterator[list[object]]:
    """What was open then and was to be done since then and before today, with how it stands now."""
    recency = Recency(asked)
    then = [view for view in owed_now(since.snapshot) if since.day <= (due_of(view) or dt.date.min) < asked.as_at]
    for promised in late_first(then):
        due, now = due_of(promised), asked.snapshot.view(promised.ref)
        updated = recency.updated(now) if now else None
        yield [
            promised.ref,
            kind_words(promised),
            promised.title,
            due,
            due_of(now) if now else None,
            now.value("status") if now else None,
            updated,
            _outcome(now, due, updated),
        ]


def _outcome(now: View | None, promised: dt.date | None, updated: dt.date | None) -> str:
    if now is None or now.withdrawn:
        return GONE
    if now.value("open") is True:
        due = due_of(now)
        return PUT_OFF if due and promised and due > promised else NOT_DONE
    if now.value("status") not in SETTLED:
        return PARKED
    return LATE if updated and promised and updated > promised else KEPT


def _milestones(snapshot: Snapshot) -> ReportTable:
    columns = (("ref", "ref"), ("title", "milestone"), ("lead", "lead"), ("due", "due"),
               ("target_as_told", "due, as told"), ("status", "status"), ("timeliness", "timeliness"))  # fmt: skip
    return table_of("Milestones", columns, snapshot.views(KINDS["milestone"]))


def _commitments(snapshot: Snapshot) -> ReportTable:
    columns = (("ref", "ref"), ("text", "promise"), ("lead", "who promised"), ("due", "by"), ("status", "status"))
    return table_of("Promises of partners in reply to challenges", columns, snapshot.views(KINDS["commitment"]))
