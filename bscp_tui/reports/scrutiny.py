"""Independent scrutiny: its programme, what it recommended, its questions with the partners' replies."""

import datetime as dt

from bscp_tui.model.kinds import KINDS
from bscp_tui.reports.report import Report, dated, table_of, unread
from bscp_tui.store.snapshot import Snapshot

COUNTED = ("scrutiny", "question")


def scrutiny(snapshot: Snapshot, plan: str, as_at: dt.date, version: str) -> Report:
    """Return the programme of scrutiny, its recommendations, and every question with its reply.

    Args:
        snapshot: The register, as recorded.
        plan: Not used; scrutiny belongs to no plan.
        as_at: The day that it tells of.
        version: The register version (a commit's short id).

    """
    del plan
    items, questions = snapshot.views(KINDS["scrutiny"]), snapshot.views(KINDS["question"])
    recommendations = snapshot.views(KINDS["recommendation"])
    waiting = sum(view.value("open") is True for view in questions)
    facts = [*dated(as_at, version), ("items", "Items", len(items)), ("questions", "Questions", len(questions)),
             ("waiting", "Questions that wait for a reply", waiting)]  # fmt: skip
    programme = (("ref", "ref"), ("title", "theme"), ("programme", "programme"), ("year", "year"), ("status", "status"),
                 ("open_recommendations", "open recommendations"))  # fmt: skip
    answers = (("ref", "ref"), ("text", "recommendation"), ("status", "status"), ("response", "response"))
    asked = (("ref", "ref"), ("about", "about"), ("text", "question"), ("status", "status"), ("reply", "reply"),
             ("replied", "replied on"))  # fmt: skip
    tables = [
        table_of("Programme", programme, items),
        table_of("Recommendations and responses", answers, recommendations),
        table_of("Questions and replies", asked, questions),
    ]
    notes = [] if items or questions else ["No scrutiny is recorded yet."]
    return Report("scrutiny", "Independent scrutiny", facts, tables, notes, unread(snapshot, *COUNTED))
