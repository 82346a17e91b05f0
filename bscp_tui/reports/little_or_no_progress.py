"""Little or no progress: made from the register whether or not anybody likes it, as yearly reports must tell it."""

from collections import Counter
from collections.abc import Sequence

from bscp_tui.model.view import View
from bscp_tui.reports.asked import Asked
from bscp_tui.reports.chased import COUNTED, due_of, is_overdue, kind_words, late_first, owed_now
from bscp_tui.reports.exceptions import original_of, revisions_of
from bscp_tui.reports.recency import Recency
from bscp_tui.reports.report import Chart, Columns, Content, ReportTable, Section, report

NOT_BEGUN, QUIET, LATE = "not begun", "no update", "late from its original date"
NOBODY_SAYS = "no reason is recorded"
COLUMNS: Columns = (
    ("ref", "ref"),
    ("kind", "kind"),
    ("title", "what"),
    ("lead", "lead"),
    ("original", "original date"),
    ("due", "due"),
    ("status", "status"),
    ("updated", "last update"),
    ("why_here", "why it stands here"),
    ("explained", "what is said of it"),
)


@report(
    "little-or-no-progress",
    "Little or no progress",
    reader="the yearly report, scrutineers and the board",
    sections=("overview", "work"),
    counts=COUNTED,
    takes=("within",),
    days=90,
)
def little_or_no_progress(asked: Asked) -> Content:
    """Return the open work that was not begun, was not moved on for a while, or is late from its original date.

    Work is never left out for being explained: what is recorded as the reason stands beside it, and where nothing is,
    that is said.
    """
    owed, recency = owed_now(asked.snapshot), Recency(asked)
    found = [(view, reasons) for view in late_first(owed) if (reasons := _reasons(view, recency, asked.within))]
    rows = [_row(view, reasons, recency) for view, reasons in found]
    unexplained = sum(row[-1] == NOBODY_SAYS for row in rows)
    table = ReportTable("Work with little or no progress", COLUMNS, rows)
    facts = [("owed", "Open", len(owed)), ("without_progress", "With little or no progress", len(rows)),
             ("unexplained", "Of these, without a recorded reason", unexplained)]  # fmt: skip
    told = [f"Of {len(owed)} open pieces of work, {len(rows)} show little or no progress."]
    if unexplained:
        told.append(f"For {unexplained} of these the register gives no reason.")
    overview = Section("overview", [_overview(found, asked.within)], paragraphs=told)
    return Content([overview, Section("work", [table])], facts)


def _reasons(view: View, recency: Recency, within: int) -> list[str]:
    """Return why a piece of open work stands in the report; what is due much later may wait before it is begun."""
    original = original_of(view)
    late = is_overdue(view) or (original is not None and original < view.today)
    begun = view.kind.workflow is None or view.value("status") != view.kind.workflow.start
    may_wait = not begun and original is not None and (original - view.today).days > within
    reasons = [NOT_BEGUN] if late and not begun else []
    reasons += [QUIET] if recency.no_update(view, within) and not may_wait else []
    return [*reasons, LATE] if late else reasons


def _overview(found: Sequence[tuple[View, Sequence[str]]], within: int) -> Chart:
    """How many stand in the report for which reason; one may have several."""
    counts = Counter(reason for _, reasons in found for reason in reasons)
    told = {NOT_BEGUN: "late, and not begun", QUIET: f"no update for {within} days", LATE: LATE}
    rows = [[told[reason], counts[reason]] for reason in (NOT_BEGUN, QUIET, LATE)]
    columns = (("why_here", "why"), ("records", "records"))
    return Chart("bars", ReportTable("Why they stand here", columns, rows), ("why_here",), ("records",))


def _row(view: View, reasons: Sequence[str], recency: Recency) -> list[object]:
    return [view.ref, kind_words(view), view.title, view.value("lead"), original_of(view), due_of(view),
            view.value("status"), recency.updated(view), list(reasons), _explained(view)]  # fmt: skip


def _explained(view: View) -> object:
    """Return what the record says of how it stands: the reasons of its revised dates, then its update."""
    told = [revision.reason for revision in revisions_of(view) if revision.reason]
    update = view.value("update")
    return [*told, *([update] if isinstance(update, str) and update else [])] or NOBODY_SAYS
