"""Activity and progress of a plan, as the yearly report's appendix tells it, and how much of it is done."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from bscp_tui.model.dates import in_words
from bscp_tui.model.view import View
from bscp_tui.reports.asked import Asked
from bscp_tui.reports.plans import (
    COLOURS,
    actions_of,
    by_priority,
    colour_of,
    legend_of,
    plan_title,
    set_out,
    standing_rows,
)
from bscp_tui.reports.report import Chart, Columns, Content, ReportTable, Section, report

COLUMNS: Columns = (
    ("ref", "ref"),
    ("key_action", "key action"),
    ("outcomes", "desired outcomes"),
    ("evidence", "evidence of progress"),
    ("impact", "evidence of impact"),
    ("rag", "RAG"),
)


@report(
    "progress",
    "Activity and progress",
    reader="the yearly report and the public",
    sections=("overview", "rows"),
    counts=("plan", "priority", "action"),
    takes=("plan",),
)
def progress(asked: Asked) -> Content:
    """Return what was set out, what shows its progress and its impact, and the colour of each action of a plan.

    Raises:
        UnknownReferenceError: There is no such plan.

    """
    snapshot, plan = asked.snapshot, asked.plan
    title, actions = plan_title(snapshot, plan), actions_of(snapshot, plan)
    rows = [
        ReportTable(f"{ref.rpartition('/')[2]} {heading}".strip(), COLUMNS, [_row(view) for view in mine])
        for ref, heading, mine in by_priority(snapshot, plan, actions)
    ]
    legend = legend_of(snapshot, plan)
    meant = [f"{colour.capitalize()}: {means}" for colour, means in legend.items()]
    notes = meant or ["The plan prints no legend, so what a colour means in it is not recorded."]
    overview = Section("overview", [_overview(actions)], paragraphs=_in_words(actions), notes=notes)
    facts = [("plan", "Plan", plan), ("actions", "Actions", len(actions))]
    return Content([overview, Section("rows", rows)], facts, title=f"{title}: activity and progress")


def _overview(actions: Sequence[View]) -> Chart:
    """How many actions have which colour, and their share."""
    counts = Counter(colour_of(view) for view in actions)
    rows = [
        [colour, counts[colour], round(counts[colour] * 100 / len(actions))] for colour in COLOURS if counts[colour]
    ]
    columns = (("rag", "RAG"), ("actions", "actions"), ("share", "share, %"))
    return Chart("bars", ReportTable("Implementation of actions", columns, rows), ("rag",), ("actions",))


def _in_words(actions: Sequence[View]) -> list[str]:
    counts = Counter(colour_of(view) for view in actions)
    told = [f"{counts[colour]} {colour} ({counts[colour] * 100 / len(actions):.0f} %)" for colour in COLOURS
            if counts[colour]]  # fmt: skip
    return (
        [f"The plan sets out {len(actions)} actions: {', '.join(told)}."] if actions else ["The plan has no actions."]
    )


def _row(view: View) -> list[object]:
    item: Any = view.item
    parts = [item, *standing_rows(view)]
    evidence = [each for part in parts for each in part.evidence]
    told = [part.update for part in parts if part.update]
    told += [_dated(each) for each in evidence if each.shows == "output"]
    impact = [_dated(each) for each in evidence if each.shows == "impact"]
    return [view.ref, set_out(view), list(item.outcomes) or None, told or None, impact or None, colour_of(view)]


def _dated(evidence: Any) -> str:
    return f"{evidence.text} ({in_words(evidence.date)})" if evidence.date else str(evidence.text)
