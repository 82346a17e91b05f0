"""Learning points by agency: as the owners were published, and under each single agency."""

from collections.abc import Iterable, Sequence

from bscp_tui.model.kinds import KINDS
from bscp_tui.model.ordering import natural
from bscp_tui.model.view import View
from bscp_tui.reports.asked import Asked
from bscp_tui.reports.report import Chart, Content, ReportTable, Shown, each, report
from bscp_tui.store.snapshot import Snapshot

COUNTED = ("learning-point",)
TOTAL, ALL = "Total", "All points, each once"
DRAWN = ("completed", "pending")
COLUMNS = (
    ("agency", "agency"),
    ("total", "total"),
    ("completed", "completed"),
    ("pending", "pending"),
    ("overdue", "overdue"),
)


@report(
    "learning-by-agency",
    "Learning points by agency",
    reader="the board and the yearly report",
    sections=("owners", "agencies"),
    counts=COUNTED,
)
def learning_by_agency(asked: Asked) -> Content:
    """Return the learning points counted by owner; a joint point stands once among its owners as published."""
    snapshot = asked.snapshot
    points = snapshot.views(KINDS["learning-point"])
    joint = sum(point.value("joint") is True for point in points)
    facts = [("learning_points", "Learning points", len(points)), ("joint", "Joint", joint)]
    notes = [_shares(points)] if points else ["No learning point is recorded yet."]
    if joint:
        notes.append(
            f"{joint} points are joint. The second table has each under every one of its owners, so its lines add up "
            f"to more than {len(points)}; its total counts each once."
        )
    shown: Shown = {
        "owners": _by_owners(points),
        "agencies": _by_agency(snapshot, points),
    }
    return Content(each(shown), facts, notes)


def _by_owners(points: Sequence[View]) -> Chart:
    """By the owners as one heading, in the order in which the points are numbered."""
    owners = dict.fromkeys(str(point.value("owner")) for point in points)
    rows = [[owner or "No owner", *_counts(p for p in points if p.value("owner") == owner)] for owner in owners]
    table = ReportTable("By owners, as published", COLUMNS, [*rows, [TOTAL, *_counts(points)]])
    return Chart("stacked", table, ("agency",), DRAWN, frozenset({TOTAL}))


def _by_agency(snapshot: Snapshot, points: Sequence[View]) -> Chart:
    agencies = {agency for point in points for agency in _agencies(point)}
    names = sorted(agencies, key=lambda agency: natural(snapshot.name_of(agency).lower()))
    rows = [[snapshot.name_of(name), *_counts(p for p in points if name in _agencies(p))] for name in names]
    table = ReportTable("By single agency", COLUMNS, [*rows, [ALL, *_counts(points)]])
    return Chart("stacked", table, ("agency",), DRAWN, frozenset({ALL}))


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
