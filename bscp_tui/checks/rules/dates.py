"""Dates: inside the plan, in order, in the past where they tell what happened, and not moved again and again."""

import datetime as dt
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from bscp_tui.checks.looking import document_of, plan_of, rows_of
from bscp_tui.checks.rule import About, Doubt, Steps, of_each
from bscp_tui.checks.walking import walked
from bscp_tui.model.action import Action, KeyAction
from bscp_tui.model.audit import Audit
from bscp_tui.model.dates import in_words
from bscp_tui.model.timeliness import Timed
from bscp_tui.model.view import View
from bscp_tui.model.workflow import words

# What begins, and what can only follow it; wherever one record or row has both fields.
ORDERED = (
    ("start", "end"), ("period_from", "period_to"), ("aware", "notified"), ("started", "submitted"),
    ("submitted", "panel_replied"), ("decided", "commissioned"), ("commissioned", "published"),
    ("reported", "published"), ("issued", "due"), ("issued", "returned"), ("asked_on", "replied"), ("asked_on", "due"),
    ("raised", "resolved"), ("raised", "replied"), ("raised", "due"), ("date", "reported"), ("date", "re_audit_due"),
    ("reported", "re_audit_due"), ("published", "responded"),
)  # fmt: skip
# Days on which something happened, as their fields say; targets, due days and ends may lie ahead.
HAPPENED = frozenset({
    "aware", "notified", "started", "submitted", "panel_replied", "decided", "commissioned", "reported", "published",
    "issued", "returned", "asked_on", "replied", "responded", "raised", "resolved", "recorded", "approved", "endorsed",
    "held", "delivered", "verified",
})  # fmt: skip
# Statuses that only what took place can have, wherever a record says its ``date``.
TOOK_PLACE = frozenset({
    "held", "minuted", "delivered", "evaluated", "reported", "briefing-issued", "re-audit", "published", "closed",
})  # fmt: skip
FIRST_YEAR, YEARS_AHEAD = 1990, 30
OFTEN = 2  # revisions; a register may allow another number


def _targets(item: Any) -> list[tuple[dt.date, Steps]]:
    """Return every date that was, or is, a thing's target; a misprint that was corrected is none."""
    corrections, target = rows_of(item, "corrections"), item.target
    if corrections:
        found: list[tuple[dt.date, Steps]] = [(corrections[-1].target, ("corrections", len(corrections) - 1, "target"))]
    else:
        found = [(target, ("target",))] if target is not None else []
    for place, row in enumerate(rows_of(item, "revisions")):
        found.append((row.target, ("revisions", place, "target")))
    for place, stage in enumerate(rows_of(item, "stages")):
        if stage.target is not None:
            found.append((stage.target, ("stages", place, "target")))
    return found


@of_each(
    About(
        "target-before-plan",
        "error",
        "A target cannot fall before its plan begins.",
        "What was due before anybody had agreed to it is late from its first day, and hides what is really late.",
        "A plan from 1 April 2025 has a target of 31 March 2025.",
        "Ask what was meant. A misprint: bscp set {ref} target=DATE --correct SOURCE --reason TEXT.",
    ),
    Timed,
    needs=("target", "corrections", "revisions", "stages"),
)
def target_before_plan(view: View, item: Any) -> Iterator[Doubt]:
    """Raise targets before the plan's first day."""
    start: dt.date | None = getattr(plan_of(view), "start", None)
    if start is None:
        return
    for day, at in _targets(item):
        if day < start:
            yield Doubt(view, f"the target {in_words(day)} lies before its plan begins, on {in_words(start)}", at)


@of_each(
    About(
        "target-after-plan",
        "warning",
        "A target falls after its plan has ended.",
        "Nobody answers for work that is due when the plan, and its board reports, are over.",
        "A plan to 31 March 2027 has a target of 30 June 2027.",
        "Record the right date, or carry the action forward: bscp set {ref} carried_forward_to=REF --reason TEXT.",
    ),
    Timed,
    held_as="target-within-plan",
    needs=("target", "corrections", "revisions", "stages"),
)
def target_after_plan(view: View, item: Any) -> Iterator[Doubt]:
    """Raise targets after the plan's last day."""
    end: dt.date | None = getattr(plan_of(view), "end", None)
    if end is None:
        return
    for day, at in _targets(item):
        if day > end:
            yield Doubt(view, f"the target {in_words(day)} lies after its plan ends, on {in_words(end)}", at)


@of_each(
    About(
        "target-by-publication",
        "warning",
        "A target falls on or before the day from which the published plan counts.",
        "The work was due when the public first read of it; it was done already, or could not be done in time.",
        "A plan published in May 2025 has a target of 31 May 2025.",
        "Ask whether it was done by then; record its progress: bscp status {ref} STATUS --reason TEXT.",
    ),
    Action,
    KeyAction,
    needs=("target",),
)
def target_by_publication(view: View, item: Any) -> Iterator[Doubt]:
    """Raise targets that were due by the time the plan was published."""
    document = document_of(view) if item.target is not None and not item.corrections else None
    start = getattr(plan_of(view), "start", None) if document is not None else None
    if document is None or start is None:
        return
    if start <= item.target <= document.effective:
        told = f"the target {in_words(item.target)} was due by the time “{document.title}” was published"
        yield Doubt(view, told, ("target",))


@of_each(
    About(
        "dates-out-of-order",
        "error",
        "Two dates of one record cannot both be right: what follows comes before what it follows.",
        "Clocks and lateness are counted from them.",
        "A review was submitted on 1 May and started on 3 May.",
        "Look both dates up and record the right one: bscp set {ref} FIELD=DATE --reason TEXT.",
    ),
    through=("dated",),
)
def dates_out_of_order(view: View, item: Any) -> Iterator[Doubt]:
    """Raise pairs of dates in the wrong order, in the record and in its rows."""
    for steps, days in walked(item).dated:
        for first, second in _ordered(tuple(days)):
            if days[second] < days[first]:
                told = f"{_said(second)} {in_words(days[second])} lies before {_said(first)} {in_words(days[first])}"
                yield Doubt(view, told, (*steps, second))


@lru_cache(maxsize=1024)
def _ordered(names: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Return which of the pairs are of these fields; nearly always none."""
    return tuple(pair for pair in ORDERED if pair[0] in names and pair[1] in names)


def _said(name: str) -> str:
    return name.replace("_", " ")


@of_each(
    About(
        "happened-in-future",
        "error",
        "A date on which something happened is still to come.",
        "What has not happened cannot be reported as done.",
        "A review was submitted, the record says, on a day in the next month.",
        "Record the day on which it happened, or leave it out until it has: bscp set {ref} FIELD=DATE --reason TEXT.",
    ),
    through=("days",),
)
def happened_in_future(view: View, item: Any) -> Iterator[Doubt]:
    """Raise days of events after today, in the record and in its rows, and what took place before its day came."""
    status, own = vars(item).get("status"), vars(item).get("date")
    if status in TOOK_PLACE and isinstance(own, dt.date) and own > view.today:
        yield Doubt(view, f"it is {words(status)}, and its day, {in_words(own)}, is still to come", ("date",))
    today = view.today
    for steps, facts, day in walked(item).days:
        if day <= today:
            continue
        lasting = steps and steps[0] in {"revisions", "corrections", "withdrawn"}
        if facts.name in HAPPENED or (lasting and facts.name == "date"):
            yield Doubt(view, f"{facts.label.lower()}: {in_words(day)} is still to come", (*steps, facts.name))


@of_each(
    About(
        "date-implausible",
        "error",
        "A date lies so far off that it must be a slip of the keyboard.",
        "One such date makes every count and chart that uses it wrong.",
        "A target in the year 2206.",
        "Record the date that was meant: bscp set {ref} FIELD=DATE --reason TEXT.",
    ),
    through=("days",),
)
def date_implausible(view: View, item: Any) -> Iterator[Doubt]:
    """Raise dates before 1990 or more than thirty years ahead."""
    last = view.today.year + YEARS_AHEAD
    for steps, facts, day in walked(item).days:
        if not FIRST_YEAR <= day.year <= last:
            yield Doubt(view, f"{facts.label.lower()}: the year {day.year} cannot be meant", (*steps, facts.name))


@of_each(
    About(
        "revision-not-later",
        "warning",
        "A target was revised to the same day or an earlier one.",
        "A revision is slippage; one that gains time is a misprint or a correction.",
        "A target of 31 March is revised to 31 January.",
        "Ask what was agreed; a misprint is corrected: bscp set {ref} target=DATE --correct SOURCE --reason TEXT.",
    ),
    Timed,
    needs=("revisions",),
)
def revision_not_later(view: View, item: Any) -> Iterator[Doubt]:
    """Raise revisions that do not move the target on, and such as were agreed before the one they follow."""
    before, agreed = view.value("original_target"), None
    for place, row in enumerate(item.revisions):
        if isinstance(before, dt.date) and row.target <= before:
            told = (
                f"revision {place + 1} sets {in_words(row.target)}, which is no later than {in_words(before)} before it"
            )
            yield Doubt(view, told, ("revisions", place, "target"))
        if agreed is not None and row.date is not None and row.date < agreed:
            told = f"revision {place + 1} was agreed on {in_words(row.date)}, before the one it follows"
            yield Doubt(view, told, ("revisions", place, "date"))
        before, agreed = row.target, row.date or agreed


@of_each(
    About(
        "revised-again",
        "warning",
        "A target was revised again and again.",
        "A date that keeps moving says that nobody owns the work, or that it cannot be done; the board should ask.",
        "A target was moved three times.",
        "Call the lead in: why, and what would make the next date hold? Record the answer as the update of {ref}.",
    ),
    Timed,
    held_as="revisions-at-most",
    needs=("revisions",),
)
def revised_again(view: View, item: Any) -> Iterator[Doubt]:
    """Raise more revisions than the register allows, or than two where it says nothing."""
    own = next((rule for rule in view.register.settings.rules if rule.id == "revisions-at-most"), None)
    most = own.limit if own is not None and own.limit is not None else OFTEN
    if len(item.revisions) > most:
        yield Doubt(view, f"its target was revised {len(item.revisions)} times", ("revisions", most))


@of_each(
    About(
        "revision-unexplained",
        "warning",
        "A target was revised without a reason, or nobody is named who agreed it.",
        "Slippage is only honest when somebody stands for it.",
        "A new date with neither a reason nor a body that approved it.",
        "Find the minute, and add what it says to {ref}.",
    ),
    Timed,
    held_as="revision-needs-approval",
    needs=("revisions",),
)
def revision_unexplained(view: View, item: Any) -> Iterator[Doubt]:
    """Raise revisions that lack their reason or their approval."""
    for place, row in enumerate(item.revisions):
        missing = [said for said, value in (("reason", row.reason), ("approval", row.approved_by)) if not value]
        if missing:
            told = f"revision {place + 1} to {in_words(row.target)} has no {' and no '.join(missing)}"
            yield Doubt(view, told, ("revisions", place))


@of_each(
    About(
        "correction-against-target",
        "error",
        "A correction names a misprint that the record does not hold.",
        "Both values stay visible so that anybody can compare them with the print.",
        "A correction of 31 March 2025, while the target kept is 30 April 2025.",
        "Look the printed date up, and record it as it stands there.",
    ),
    Timed,
    needs=("corrections",),
)
def correction_against_target(view: View, item: Any) -> Iterator[Doubt]:
    """Raise corrections whose printed date is neither the target nor what the correction before it set."""
    known = {item.target}
    for place, row in enumerate(getattr(item, "corrections", ())):
        if row.printed not in known:
            told = f"the correction says that {in_words(row.printed)} was printed; the record holds another date"
            yield Doubt(view, told, ("corrections", place, "printed"))
        known.add(row.target)


@of_each(
    About(
        "stages-out-of-order",
        "warning",
        "Stages of a key action are out of order, or a stage is due after the whole.",
        "The last stage completes the key action; what is evaluated must have been done before.",
        "The evaluation is due before the implementation.",
        "Set the stage's year or target: bscp set {ref} stages.2.target=DATE --reason TEXT.",
    ),
    KeyAction,
    needs=("stages",),
)
def stages_out_of_order(view: View, item: Any) -> Iterator[Doubt]:
    """Raise stages whose years or targets go back, and such as end after their key action."""
    due = view.value("due")
    for place, stage in enumerate(item.stages):
        before = item.stages[place - 1] if place else None
        if before is not None and stage.year and before.year and stage.year < before.year:
            yield Doubt(view, f"“{stage.title}” follows a stage of a later year", ("stages", place, "year"))
        if before is not None and stage.target and before.target and stage.target < before.target:
            yield Doubt(view, f"“{stage.title}” is due before the stage it follows", ("stages", place, "target"))
        elif stage.target and isinstance(due, dt.date) and stage.target > due:
            told = f"“{stage.title}” is due on {in_words(stage.target)}, after the whole on {in_words(due)}"
            yield Doubt(view, told, ("stages", place, "target"))


@of_each(
    About(
        "re-audit-before-audit",
        "error",
        "An audit repeats one that is dated after it.",
        "A re-audit shows what changed since; it cannot come first.",
        "An audit of March is called the re-audit of one of June.",
        "Name the right audit: bscp set {ref} re_audit_of=REF --reason TEXT.",
    ),
    Audit,
    needs=("re_audit_of",),
)
def re_audit_before_audit(view: View, item: Any) -> Iterator[Doubt]:
    """Raise re-audits that are dated before what they repeat."""
    first = view.register.view(item.re_audit_of) if item.re_audit_of else None
    day = getattr(first.item, "date", None) if first is not None else None
    if day is not None and item.date is not None and item.date < day:
        yield Doubt(view, f"it is dated {in_words(item.date)}, the audit that it repeats {in_words(day)}", ("date",))


DATES = (
    target_before_plan, target_after_plan, target_by_publication, dates_out_of_order, happened_in_future,
    date_implausible, revision_not_later, revised_again, revision_unexplained, correction_against_target,
    stages_out_of_order, re_audit_before_audit,
)  # fmt: skip
