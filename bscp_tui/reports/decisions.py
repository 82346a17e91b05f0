"""Decisions that the register waits for, each with why."""

from collections.abc import Iterator, Sequence
from typing import Any

from bscp_tui.model.kinds import KINDS
from bscp_tui.model.view import View
from bscp_tui.reports.chased import chased, due_of, is_overdue
from bscp_tui.reports.exceptions import revisions_of
from bscp_tui.reports.plans import actions_of
from bscp_tui.reports.report import Columns, ReportTable
from bscp_tui.store.snapshot import Snapshot

COLUMNS: Columns = (("ref", "ref"), ("title", "what"), ("lead", "lead"), ("decision", "to be decided"), ("why", "why"))
Waiting = tuple[View, str, str]


def decisions_needed(snapshot: Snapshot, plan: str) -> ReportTable:
    """Return what the register waits to be decided; a record stands once for each decision."""
    work = chased(snapshot)
    found = [*_leads(snapshot, plan), *_dates(work), *_misses(work), *_confirmations(work), *_escalated(snapshot)]
    rows = [[view.ref, view.title, view.value("lead"), decision, why] for view, decision, why in found]
    return ReportTable("Decisions needed", COLUMNS, rows)


def _leads(snapshot: Snapshot, plan: str) -> Iterator[Waiting]:
    for view in actions_of(snapshot, plan):
        item: Any = view.item
        if any(lead.to_be_agreed for lead in item.leads):
            yield view, "who leads it", "its lead is to be agreed"


def _dates(work: Sequence[View]) -> Iterator[Waiting]:
    for view in work:
        last = revisions_of(view)[-1] if revisions_of(view) else None
        if view.value("open") is True and last is not None and not last.approved_by:
            yield view, "whether the new date stands", "its revised date says nobody who agreed to it"


def _misses(work: Sequence[View]) -> Iterator[Waiting]:
    """What is late again after a new date was agreed: its owner should be heard."""
    for view in work:
        due, times = due_of(view), len(revisions_of(view))
        if times and due is not None and is_overdue(view):
            again = "once" if times == 1 else f"{times} times"
            yield view, "a new date, help, or an end", f"late again after its date was revised {again}"


def _confirmations(work: Sequence[View]) -> Iterator[Waiting]:
    for view in work:
        shown = any(each.shows == "impact" for each in getattr(view.item, "evidence", ()))
        workflow = view.kind.workflow
        if view.value("status") == "complete" and shown and workflow and "embedded" in workflow.statuses:
            yield view, "whether it is embedded", "complete, and evidence of impact is recorded"


def _escalated(snapshot: Snapshot) -> Iterator[Waiting]:
    for name in ("disagreement", "challenge"):
        for view in snapshot.views(KINDS[name]):
            if is_overdue(view):
                yield view, "what happens next", "it waits for longer than was allowed"
