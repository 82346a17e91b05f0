"""Measures: where each stands, its dated values, and their breakdown."""

from collections.abc import Iterator, Sequence
from typing import Any

from bscp_tui.model.kinds import KINDS
from bscp_tui.model.view import View
from bscp_tui.model.workflow import words
from bscp_tui.reports.asked import Asked
from bscp_tui.reports.report import Chart, Content, ReportTable, Section, Shown, each, report, table_of


@report(
    "measures",
    "Measures",
    reader="the board and the group that sees performance",
    sections=("standing", "values", "breakdown", "series"),
    counts=("measure",),
)
def measures(asked: Asked) -> Content:
    """Return every measure with its latest value, its change, and all its values."""
    snapshot = asked.snapshot
    found = snapshot.views(KINDS["measure"])
    valued = sum(view.value("latest") is not None for view in found)
    based = sum(view.value("baseline") is not None for view in found)
    facts = [("measures", "Measures", len(found)), ("with_value", "With a value", valued),
             ("with_baseline", "With a baseline", based),
             ("with_target", "With a target", sum(view.value("target") is not None for view in found))]  # fmt: skip
    notes = [] if found else ["No measure is recorded yet."]
    if found and based < len(found):
        notes.append("Without a baseline, how far a measure has come since the work began cannot be told.")
    shown: Shown = {"standing": _standing(found), "values": _values(found), "breakdown": _breakdown(found)}
    sections = [*each(shown), Section("series", list(series_of(found)), "Over time")]
    return Content(sections, facts, notes)


def _standing(found: Sequence[View]) -> ReportTable:
    columns = (("ref", "ref"), ("title", "measure"), ("unit", "unit"), ("baseline", "baseline"), ("latest", "latest"),
               ("latest_when", "of"), ("change", "change"), ("change_since_baseline", "since baseline"),
               ("target", "target"), ("trend", "trend"), ("status", "status"))  # fmt: skip
    return table_of("Where each measure stands", columns, found)


def _values(found: Sequence[View]) -> ReportTable:
    columns = (("ref", "ref"), ("title", "measure"), ("as_at", "as at"), ("period", "period"), ("value", "value"),
               ("unit", "unit"), ("numerator", "numerator"), ("denominator", "denominator"),
               ("precision", "precision"))  # fmt: skip
    rows: list[Sequence[object]] = []
    for view in found:
        item: Any = view.item
        rows += [
            [view.ref, view.title, row.date, row.period or "", row.figure, item.unit, row.numerator, row.denominator,
             words(row.precision or "exact")]
            for row in item.whole
        ]  # fmt: skip
    return ReportTable("Values", columns, rows)


def series_of(found: Sequence[View]) -> Iterator[Chart]:
    """Yield a line for each measure that has been taken more than once: its values for the whole, by date."""
    for view in found:
        item: Any = view.item
        rows = sorted(([row.date, row.figure] for row in item.whole if row.date and row.figure is not None), key=str)
        if len(rows) > 1:
            columns = (("as_at", "as at"), ("value", item.unit.replace("-", " ") if item.unit else "value"))
            yield Chart("line", ReportTable(f"{view.ref} {view.title}", columns, rows), ("as_at",), ("value",))


def _breakdown(found: Sequence[View]) -> ReportTable:
    columns = (("ref", "ref"), ("as_at", "as at"), ("characteristic", "by"), ("group", "group"), ("value", "value"))
    rows: list[Sequence[object]] = []
    for view in found:
        item: Any = view.item
        parts = (row for row in item.values if row.characteristic is not None)
        rows += [[view.ref, row.date, words(row.characteristic), row.group, row.figure] for row in parts]
    return ReportTable("Breakdown", columns, rows)
