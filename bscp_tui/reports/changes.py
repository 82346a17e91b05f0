"""What changed since a moment, as a board reads it: status, colour, dates, what came and what went."""

from collections.abc import Sequence

from bscp_tui.history.rows import NOT_KEPT, HistoryRow, Query
from bscp_tui.reports.asked import Asked
from bscp_tui.reports.recency import zone_of
from bscp_tui.reports.report import Columns, ReportTable

# The fields whose changes a board decides or asks about; others are counted.
TOLD = frozenset({"status", "rag", "target", "revisions", "corrections", "withdrawn"})
COLUMNS: Columns = (
    ("recorded", "recorded"),
    ("ref", "ref"),
    ("title", "what"),
    ("change", "what changed"),
    ("by", "by"),
    ("reason", "why"),
    ("decided_at", "decided at"),
)


def changed_since(asked: Asked) -> Sequence[HistoryRow]:
    """Return every change since the moment that was asked for, newest first; none where there is no moment."""
    if asked.since is None:
        return ()
    return [row for row in asked.ledger(Query(after=asked.since.commit)) if row.change != NOT_KEPT]


def is_told(row: HistoryRow) -> bool:
    """Whether a change is told one by one: a record came or went, or one of the fields that boards ask about."""
    if row.field is None:
        return True
    return bool(TOLD & set(row.place))


def changes(asked: Asked, found: Sequence[HistoryRow]) -> ReportTable:
    """Return the changes that are told one by one, with who made them and why."""
    zone = zone_of(asked)
    rows = [
        [row.recorded.astimezone(zone).date(), row.ref, row.title, row.words, row.by, row.reason,
         _meeting(asked, row.decided_at)]
        for row in found
        if is_told(row)
    ]  # fmt: skip
    return ReportTable("What changed, by whom and why", COLUMNS, rows)


def _meeting(asked: Asked, decided_at: str | None) -> str | None:
    meeting = asked.snapshot.view(decided_at) if decided_at else None
    return meeting.title if meeting else decided_at
