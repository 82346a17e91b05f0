"""The board pack: progress and colours in words, exceptions, what changed, what is to be decided, what is due next."""

from collections import Counter
from collections.abc import Sequence

from bscp_tui.model.view import View
from bscp_tui.model.workflow import words
from bscp_tui.reports.asked import Asked
from bscp_tui.reports.cells import Counted
from bscp_tui.reports.changes import changed_since, changes
from bscp_tui.reports.chased import COUNTED, OVERDUE, OWED, due_of, is_soon, kind_words, late_first, owed_now
from bscp_tui.reports.decisions import decisions_needed
from bscp_tui.reports.exceptions import off_track, overdue, revised
from bscp_tui.reports.governance import coming
from bscp_tui.reports.over_time import over_time
from bscp_tui.reports.plans import (
    COLOURS,
    STATUSES,
    actions_of,
    colour_of,
    counted,
    items_of,
    legend_of,
    plan_title,
    progress_of,
)
from bscp_tui.reports.plans import asked as asked_of
from bscp_tui.reports.report import Content, Fact, ReportTable, Section, report
from bscp_tui.store.snapshot import Snapshot


@report(
    "board-pack",
    "Board pack",
    reader="the board",
    sections=("progress", "over-time", "colours", "exceptions", "changes", "decisions", "due-next", "meetings"),
    counts=tuple(dict.fromkeys(("plan", "priority", *COUNTED, "meeting"))),
    takes=("plan", "since", "within"),
)
def board_pack(asked: Asked) -> Content:
    """Return a plan's progress, every exception, what changed since the last pack, and what is to be decided and due.

    Raises:
        UnknownReferenceError: There is no such plan.

    """
    snapshot, plan = asked.snapshot, asked.plan
    title, items, owed = plan_title(snapshot, plan), items_of(snapshot, plan), owed_now(snapshot)
    sections = [
        _progress(snapshot, plan, items),
        over_time(asked),
        _colours(snapshot, plan),
        _exceptions(snapshot, plan, owed),
        _changes(asked),
        Section("decisions", [decisions_needed(snapshot, plan)]),
        Section("due-next", [_due_next(owed, asked.within)]),
        Section("meetings", [coming(snapshot)]),
    ]
    return Content(sections, _facts(asked, items, owed, sections), title=f"Board pack: {title}")


def _facts(asked: Asked, items: Sequence[View], owed: Sequence[View], sections: Sequence[Section]) -> list[Fact]:
    snapshot, plan = asked.snapshot, asked.plan
    rows = {section.name: len(section.tables[0].rows) for section in sections}
    return [
        ("plan", "Plan", asked.plan),
        ("since", "Changes since", asked.since.said if asked.since else None),
        ("key_actions", "Key actions", Counted(len(items), asked_of(snapshot, plan))),
        ("overdue", "Key actions overdue", Counted(counted(items)[-1], asked_of(snapshot, plan, "overdue=yes"))),
        ("owed", "Open work of every kind", Counted(len(owed), OWED)),
        ("all_overdue", "Overdue of every kind", Counted(rows["exceptions"], OVERDUE)),
        ("changes", "Changes told", rows["changes"]),
        ("decisions", "Decisions needed", rows["decisions"]),
        ("due_next", f"Due in the next {asked.within} days", rows["due-next"]),
    ]


def _progress(snapshot: Snapshot, plan: str, items: Sequence[View]) -> Section:
    told = [_in_words(items)] if items else ["The plan has no key actions."]
    return Section("progress", [progress_of(snapshot, plan, items)], "Progress", told)


def _in_words(items: Sequence[View]) -> str:
    """Say the plan's progress in one sentence, with shares."""
    whole, *counts, late = counted(items)
    said = {name: words(name) for name in STATUSES} | {"not-recorded": "without a recorded status"}
    parts = [
        f"{count} {'is' if count == 1 else 'are'} {said[name]} ({count * 100 / whole:.0f} %)"
        for name, count in zip(STATUSES, counts, strict=True)
        if count
    ]
    told = f"Of {whole} key action{'' if whole == 1 else 's'}, {', '.join(parts)}."
    return f"{told} {late} {'is' if late == 1 else 'are'} overdue." if late else f"{told} None is overdue."


def _colours(snapshot: Snapshot, plan: str) -> Section:
    """How many actions have which colour, with what it means in this plan."""
    legend = legend_of(snapshot, plan)
    counts = Counter(colour_of(view) for view in actions_of(snapshot, plan))
    columns = (("rag", "RAG"), ("means", "which means"), ("actions", "actions"))
    rows = [[colour, legend.get(colour), counts[colour]] for colour in COLOURS if counts[colour] or colour in legend]
    notes = [] if legend else ["The plan prints no legend, so what a colour means in it is not recorded."]
    return Section("colours", [ReportTable("Actions by colour", columns, rows)], notes=notes)


def _exceptions(snapshot: Snapshot, plan: str, owed: Sequence[View]) -> Section:
    shown = [overdue(owed), revised(owed), off_track(snapshot, plan)]
    return Section("exceptions", shown, "Exceptions", ["Overdue and revised work is told of every plan and kind."])


def _changes(asked: Asked) -> Section:
    found = changed_since(asked)
    table = changes(asked, found)
    if asked.since is None:
        told = "No meeting of a board is recorded, so there is no last pack to compare with: name a day with --since."
        return Section("changes", [table], "Changes since the last pack", [told])
    told, rest = f"Since {asked.since.said}:", len(found) - len(table.rows)
    notes = [f"{rest} more changes, of wording, evidence and other fields, stand in the history."] if rest else []
    count = len(table.rows)
    return Section("changes", [table], "Changes since the last pack",
                   [f"{told} {count} change{'' if count == 1 else 's'} of status, colour, dates or records."],
                   notes)  # fmt: skip


def _due_next(owed: Sequence[View], within: int) -> ReportTable:
    columns = (("due", "due"), ("ref", "ref"), ("kind", "kind"), ("title", "what"), ("lead", "lead"),
               ("status", "status"))  # fmt: skip
    soon = late_first([view for view in owed if is_soon(view, within)])
    rows = [[due_of(view), view.ref, kind_words(view), view.title, view.value("lead"), view.value("status")]
            for view in soon]  # fmt: skip
    return ReportTable(f"Due in the next {within} days", columns, rows)
