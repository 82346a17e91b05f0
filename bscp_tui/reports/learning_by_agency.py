"""Learning points by agency: as the owners were published, and under each single agency."""

import datetime as dt
from collections.abc import Iterable, Sequence

from bscp_tui.model.kinds import KINDS
from bscp_tui.model.view import View
from bscp_tui.reports.report import Report, ReportTable, dated, unread
from bscp_tui.store.naming import natural
from bscp_tui.store.snapshot import Snapshot

COUNTED = ("learning-point",)
COLUMNS = (
    ("agency", "agency"),
    ("total", "total"),
    ("completed", "completed"),
    ("pending", "pending"),
    ("overdue", "overdue"),
)


def learning_by_agency(snapshot: Snapshot, plan: str, as_at: dt.date, version: str) -> Report:
    """Return the learning points counted by owner; a joint point stands once among its owners as published.

    Args:
        snapshot: The register, as recorded.
        plan: Not used; learning points belong to no plan.
        as_at: The day that it tells of.
        version: The register version (a commit's short id).

    """
    del plan
    points = snapshot.views(KINDS["learning-point"])
    joint = sum(point.value("joint") is True for point in points)
    facts = [*dated(as_at, version), ("learning_points", "Learning points", len(points)), ("joint", "Joint", joint)]
    notes = [_shares(points)] if points else ["No learning point is recorded yet."]
    if joint:
        notes.append(
            f"{joint} points are joint. The second table has each under every one of its owners, so its lines add up "
            f"to more than {len(points)}; its total counts each once."
        )
    tables = [_by_owners(points), _by_agency(snapshot, points)]
    return Report("learning-by-agency", "Learning points by agency", facts, tables, notes, unread(snapshot, *COUNTED))


def _by_owners(points: Sequence[View]) -> ReportTable:
    """By the owners as one heading, in the order in which the points are numbered."""
    owners = dict.fromkeys(str(point.value("owner")) for point in points)
    rows = [[owner or "No owner", *_counts(p for p in points if p.value("owner") == owner)] for owner in owners]
    return ReportTable("By owners, as published", COLUMNS, [*rows, ["Total", *_counts(points)]])


def _by_agency(snapshot: Snapshot, points: Sequence[View]) -> ReportTable:
    agencies = {agency for point in points for agency in _agencies(point)}
    names = sorted(agencies, key=lambda agency: natural(snapshot.name_of(agency).lower()))
    rows = [[snapshot.name_of(name), *_counts(p for p in points if name in _agencies(p))] for name in names]
    return ReportTable("By single agency", COLUMNS, [*rows, ["All points, each once", *_counts(points)]])


def _agencies(point: View) -> Sequence[str]:
    found = point.value("agencies")
    return found if isinstance(found, list) else ()


def _counts(points: Iterable[View]) -> list[int]:
    """Total, completed, pending (overdue ones too), overdue."""
    views = list(points)
    completed = sum(view.value("status") == "completed" for view in views)
    overdue = sum(view.value("overdue") is True for view in views)
    return [len(views), completed, len(views) - completed, overdue]


def _shares(points: Sequence[View]) -> str:
    total, completed, pending, overdue = _counts(points)
    shares = (f"{part * 100 / total:.0f} % {word}" for part, word in
              ((completed, "completed"), (pending, "pending"), (overdue, "overdue")))  # fmt: skip
    return f"Of {total} point{'' if total == 1 else 's'}: {', '.join(shares)}."
