"""Progress: what its parts, its colour, its dates and its evidence say must be one story."""

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any

from bscp_tui.checks.looking import dates_in, plan_of, rows_of
from bscp_tui.checks.rule import About, Doubt, of_each
from bscp_tui.checks.walking import walked
from bscp_tui.model.action import Action, KeyAction
from bscp_tui.model.dates import in_words
from bscp_tui.model.timeliness import Timed
from bscp_tui.model.view import View
from bscp_tui.model.workflow import DONE, OPEN, words

LONG_PAST, OVERTAKEN = 180, 90  # days
_EMPTY: tuple[object, ...] = (None, "", ())
# What a legend's words say of a colour.
_DONE = re.compile(r"\bcomplete(?:d|ly)?\b|\bachieved\b|\bdelivered\b|\bfinished\b|\bembedded\b", re.IGNORECASE)
_TO_COME = re.compile(r"\b(?:go(?:es)?|will|is to|are to|is due|being)\b")
_IN_TIME = re.compile(
    r"\bon (?:course|track|target|time)\b|\bwithin\b.*\b(?:time\w*|plan)\b|\bagreed time", re.IGNORECASE
)
_NOT_DONE = re.compile(
    r"\bslip\w*|\boff (?:track|course)|\bstuck\b|\bnot begun\b|\bnot started\b|\bunder way\b|\bprogress\w*|\bdelay\w*|"
    r"\bat risk\b|\bintervention\b|\bbehind\b",
    re.IGNORECASE,
)


def _standing(item: Any) -> list[str]:
    """Return the statuses that make up a thing's progress; empty where none is recorded."""
    if isinstance(item, Action) and item.key_actions:
        return [row.status for row in item.key_actions if row.withdrawn is None]
    status = getattr(item, "status", None)
    return [status] if isinstance(status, str) else []


@of_each(
    About(
        "rag-against-progress",
        "warning",
        "The colour says one thing under the plan's legend, and the progress or the date another.",
        "A board reads the colour; it must not be greener, or redder, than the work.",
        "Green means complete, and two of its key actions are in progress.",
        "Ask which is right, and record the other: bscp set {ref} rag=COLOUR --reason TEXT.",
    ),
    needs=("rag",),
)
def rag_against_progress(view: View, item: Any) -> Iterator[Doubt]:
    """Raise colours that the progress, or a date that has passed, contradicts under the plan's own legend."""
    rag, statuses = getattr(item, "rag", None), _standing(item)
    plan = plan_of(view) if rag and statuses else None
    means = next((entry.means for entry in getattr(plan, "legend", ()) if entry.rag == rag), None)
    if means is None:
        return
    done = all(status in DONE for status in statuses)
    open_ones = any(status in OPEN for status in statuses)
    says_done, in_time = bool(_DONE.search(means)), bool(_IN_TIME.search(means))
    if says_done and not in_time and open_ones:
        yield Doubt(view, f"{rag} means “{means}”, and it is not complete", ("rag",))
    elif in_time and open_ones and view.value("overdue") is True:
        yield Doubt(view, f"{rag} means “{means}”, and its target has passed", ("rag",))
    elif done and not says_done and (in_time or _NOT_DONE.search(means)):
        yield Doubt(view, f"{rag} means “{means}”, and it is complete", ("rag",))


@of_each(
    About(
        "no-legend",
        "info",
        "A plan holds colours in print, and no legend that says what they mean.",
        "Without a legend a colour is an opinion of somebody unknown.",
        "The plan prints a RAG column and explains no colour.",
        "Have the partnership adopt a legend, and add it to the plan {ref}.",
    ),
    only=lambda model: "legend" in model.model_fields,
)
def no_legend(view: View, item: Any) -> Iterator[Doubt]:
    """Raise plans that are published without a legend."""
    if view.field("legend") is not None and not item.legend and item.status == "published":
        yield Doubt(view, "it has no RAG legend, so that no colour can be recorded or compared", ("legend",))


@of_each(
    About(
        "stages-against-status",
        "error",
        "A key action and its stages do not agree.",
        "The last stage completes the key action; one of the two is wrong.",
        "A key action is complete, and its last stage is in progress.",
        "Record the stage, or the key action: bscp set {ref} stages.2.status=STATUS --reason TEXT.",
    ),
    KeyAction,
    needs=("stages",),
)
def stages_against_status(view: View, item: Any) -> Iterator[Doubt]:
    """Raise stages that are behind their key action, or ahead of it."""
    if not item.stages:
        return
    last = len(item.stages) - 1
    behind = next((place for place, stage in enumerate(item.stages) if stage.status in OPEN), None)
    if item.status in DONE and behind is not None:
        told = f"it is {words(item.status)}, and “{item.stages[behind].title}” is {words(item.stages[behind].status)}"
        # The last stage completes the whole; an earlier one may only have been forgotten.
        yield Doubt(view, told, ("stages", behind, "status"), None if behind == last else "warning")
    elif item.status in OPEN and item.stages[last].status in DONE:
        told = f"its last stage is {words(item.stages[last].status)}, and it is {words(item.status)}"
        yield Doubt(view, told, ("status",))
    elif item.status == "not-started" and any(stage.status != "not-started" for stage in item.stages):
        yield Doubt(view, "a stage of it has begun, and it is not started", ("status",))


@of_each(
    About(
        "status-of-its-own",
        "error",
        "An action has a status of its own beside its key actions.",
        "Its progress is theirs; two answers to one question will come apart.",
        "A row is complete, and one of its three key actions is not started.",
        "Take the status away from the row: bscp set {ref} status= --reason TEXT.",
    ),
    Action,
    needs=("status",),
)
def status_of_its_own(view: View, item: Any) -> Iterator[Doubt]:
    """Raise rows that have both."""
    if item.status is not None and item.key_actions:
        yield Doubt(
            view, f"it is {words(item.status)} by itself, beside {len(item.key_actions)} key actions", ("status",)
        )


@of_each(
    About(
        "status-without-day",
        "info",
        "A status was recorded without the day, or the fact, that it asks for.",
        "Clocks and years cannot be counted from it.",
        "An audit is reported, and the day of the report is missing.",
        "Ask when it was, and record it: bscp set {ref} FIELD=DATE --reason TEXT.",
    ),
    only=lambda model: model.workflow is not None and bool(model.workflow.asks),
)
def status_without_day(view: View, item: Any) -> Iterator[Doubt]:
    """Raise statuses whose own fields are empty; what was published in words counts."""
    workflow, status = item.workflow, getattr(item, "status", None)
    if workflow is None or not isinstance(status, str) or status not in workflow.asks:
        return
    for name in workflow.asks[status]:
        told = [name, f"{name}_as", f"{name}_as_told"]
        if view.field(name) is not None and not any(getattr(item, one, None) not in _EMPTY for one in told):
            facts = view.field(name)
            label = facts.label.lower() if facts else name
            yield Doubt(view, f"it is {words(status)}, and “{label}” is not recorded", (name,))


@of_each(
    About(
        "stale",
        "info",
        "Its target passed half a year ago, and nothing was ever said of it.",
        "A row that nobody touches is not followed by anybody.",
        "Due on 31 March; in November it has no update, no evidence and no new date.",
        "Ask the lead, and record what they say: bscp set {ref} update=TEXT --reason TEXT.",
    ),
    Timed,
)
def stale(view: View, item: Any) -> Iterator[Doubt]:
    """Raise what is long overdue and holds no update, evidence or revision."""
    if item.revisions or getattr(item, "update", None) or getattr(item, "evidence", ()) or rows_of(item, "key_actions"):
        return
    due = view.value("due")
    if isinstance(due, dt.date) and (view.today - due).days >= LONG_PAST and view.value("open"):
        told = f"it was due on {in_words(due)}, and has neither an update nor evidence nor a new date"
        yield Doubt(view, told, ("status",))


@of_each(
    About(
        "update-overtaken",
        "info",
        "An update tells of a day to come that has long passed.",
        "Readers take old news for the present state.",
        "“The arrangements go to the board on 14 May 2025”, read in November 2026.",
        "Ask what came of it, and record that: bscp set {ref} update=TEXT --reason TEXT.",
    ),
    needs=("update",),
)
def update_overtaken(view: View, item: Any) -> Iterator[Doubt]:
    """Raise updates of open work that name only days long past, in the present or future tense."""
    text = getattr(item, "update", None)
    days = [end for _, end in dates_in(text)] if text else []
    if not days or (view.today - max(days)).days < OVERTAKEN or not _TO_COME.search(text or ""):
        return
    yield Doubt(view, f"the update speaks of {in_words(max(days))} as still to come", ("update",))


@of_each(
    About(
        "text-missing",
        "error",
        "A field that every such record has is empty.",
        "Lists, sentences and letters name the record by it.",
        "A key action whose title is a space.",
        "Fill it in: bscp set {ref} FIELD=TEXT --reason TEXT.",
    ),
    through=("blank",),
)
def text_missing(view: View, item: Any) -> Iterator[Doubt]:
    """Raise required texts without a letter."""
    for steps, facts in walked(item).blank:
        yield Doubt(view, f"{facts.label} is empty", (*steps, facts.name))


@of_each(
    About(
        "count-below-nothing",
        "error",
        "A count is less than nothing.",
        "Whatever adds it up is wrong.",
        "An audit of -3 cases.",
        "Record the count that was meant: bscp set {ref} FIELD=NUMBER --reason TEXT.",
    ),
    through=("below",),
)
def count_below_nothing(view: View, item: Any) -> Iterator[Doubt]:
    """Raise negative whole numbers."""
    for steps, name, value in walked(item).below:
        if name != "change":
            yield Doubt(view, f"{name.replace('_', ' ')} is {value}", (*steps, name))


@of_each(
    About(
        "parts-above-whole",
        "error",
        "The parts are more than the whole.",
        "One of the two was mistyped, or things were counted twice.",
        "Grades of nine cases, in an audit of six.",
        "Count again, and record the right number in {ref}.",
    ),
    needs=("grades",),
)
def parts_above_whole(view: View, item: Any) -> Iterator[Doubt]:
    """Raise grades of one area and agency whose cases are more than the audit's."""
    cases: int | None = getattr(item, "cases", None)
    sums: dict[tuple[str | None, str | None], int] = {}
    for place, grade in enumerate(rows_of(item, "grades")):
        key = (grade.agency, grade.area)
        sums[key] = sums.get(key, 0) + (grade.cases or 0)
        if cases is not None and sums[key] > cases:
            yield Doubt(view, f"grades of {sums[key]} cases, and it looked at {cases}", ("grades", place, "cases"))
            break


PROGRESS_RULES = (
    rag_against_progress, no_legend, stages_against_status, status_of_its_own, status_without_day, stale,
    update_overtaken, text_missing, count_below_nothing, parts_above_whole,
)  # fmt: skip
