"""Evidence: dated, in the past, about the right thing, and of the kind that it says it is."""

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any

from bscp_tui.checks.looking import (
    as_at,
    dates_in,
    document_of,
    last_day_of_year,
    month_end,
    plan_of,
    rows_of,
    years_in,
)
from bscp_tui.checks.rule import About, Doubt, of_each
from bscp_tui.model.action import Action, KeyAction
from bscp_tui.model.dates import in_words
from bscp_tui.model.view import View

# Words of what is still to come, or was only thought of.
NOT_YET = re.compile(
    r"\b(?:(?:is|are|was|were) to (?!date)|will |(?:is|are|was|were) (?:still )?(?:due|scheduled|planned|expected|"
    r"exploring|considering|preparing|about to)\b|(?:is|are) changing\b|takes? over\b.*\b20\d\d|still (?:explor|"
    r"evaluat|"
    r"consider|prepar|draft)\w*|proposed (?!by)|proposals? for|plans? to|expects? to|aims? to|intends? to|"
    r"not yet|to be (?:agreed|held|published|launched|completed|finalised|presented))",
    re.IGNORECASE,
)  # fmt: skip
# Words of work done, which shows no difference made by itself.
ACTIVITY = re.compile(
    r"\b(?:attend(?:ed|ance|ees)|delegates?|places|sessions? (?:were )?held|completed the (?:course|module|training)|"
    r"completions|downloads?|took part|participants?|(?:of|by) assessments|assessments? (?:were )?done)\b",
    re.IGNORECASE,
)
# What promises a report, how that is said, the days between two, and what such words hold in any case: most texts hold
# none of it, which is seen sooner. (None of it has an i, k or s: letters with further forms that a pattern finds, too.)
CADENCES = (
    (re.compile(r"\bevery two months\b|\bbi-?monthly\b", re.IGNORECASE), "every two months", 61, ("month",)),
    (re.compile(r"\bmonthly\b|\b(?:every|each) month\b", re.IGNORECASE), "every month", 31, ("month",)),
    (re.compile(r"\bquarterly\b|\b(?:every|each) quarter\b", re.IGNORECASE), "every quarter", 92, ("quarter",)),
    (
        re.compile(r"\btwice (?:a|each) year\b|\bsix-monthly\b|\bevery six months\b", re.IGNORECASE),
        "twice a year", 183, ("a year", "each year", "month"),
    ),
    (
        re.compile(r"\bannually\b|\bonce a year\b|\b(?:every|each) year\b", re.IGNORECASE),
        "every year", 366, ("annually", "a year", "every year", "each year"),
    ),
)  # fmt: skip


@of_each(
    About(
        "evidence-in-future",
        "error",
        "Evidence is dated in the future.",
        "What shows that something was done has happened; a day to come shows a plan.",
        "Evidence of a webinar that will be held next month.",
        "Record the day on which it happened, or wait until it has: edit the evidence of {ref}.",
    ),
    held_as="evidence-not-in-future",
    needs=(
        "evidence",
        "date",
    ),
)
def evidence_in_future(view: View, item: Any) -> Iterator[Doubt]:
    """Raise evidence, in a record or as one, that is dated after today."""
    if view.has("shows") and isinstance(getattr(item, "date", None), dt.date) and item.date > view.today:
        yield Doubt(view, f"it is dated {in_words(item.date)}, which is still to come", ("date",))
    for place, one in enumerate(rows_of(item, "evidence")):
        if one.date is not None and one.date > view.today:
            told = f"evidence is dated {in_words(one.date)}, which is still to come"
            yield Doubt(view, told, ("evidence", place, "date"))


@of_each(
    About(
        "evidence-undated",
        "info",
        "Evidence has no date.",
        "Whether it came before the status that it supports cannot be told.",
        "“New guidance launched”, without a day.",
        "Ask when, and date the evidence of {ref}.",
    ),
    needs=("evidence",),
)
def evidence_undated(view: View, item: Any) -> Iterator[Doubt]:
    """Raise a record once for all its evidence without a date."""
    rows = rows_of(item, "evidence")
    bare = [place for place, one in enumerate(rows) if one.date is None]
    if bare:
        yield Doubt(view, f"{len(bare)} of its {len(rows)} evidence items have no date", ("evidence", bare[0]))


@of_each(
    About(
        "evidence-not-yet",
        "warning",
        "Evidence tells of what is still to come, or was only proposed.",
        "An intention is counted as a thing done.",
        "“An update is to go to the board in January 2026”, behind an action that counts as complete.",
        "Ask what has happened since, and add it with its day: bscp set {ref} --evidence TEXT --on DATE --reason TEXT.",
    ),
    needs=("evidence",),
)
def evidence_not_yet(view: View, item: Any) -> Iterator[Doubt]:
    """Raise evidence in the future tense, and evidence that names a day after the one it was written on."""
    for place, one in enumerate(rows_of(item, "evidence")):
        match = NOT_YET.search(one.text)
        if match:
            told = f"evidence speaks of what is still to come (“{match[0].strip()}”)"
            yield Doubt(view, told, ("evidence", place, "text"))
            continue
        ahead = [first for first, _ in dates_in(one.text) if one.date is not None and first > month_end(one.date)]
        if ahead:
            told = f"evidence of {in_words(one.date)} tells of {in_words(ahead[0])}, which came after it"
            yield Doubt(view, told, ("evidence", place, "date"))


@of_each(
    About(
        "evidence-of-another-time",
        "warning",
        "The evidence is of another time than the action asks for.",
        "It shows that something was done, and not what was promised; slippage goes unrecorded.",
        "The action asks for an update in September 2023; the evidence describes a workshop of January 2025.",
        "Ask for evidence of what was promised, or record the slippage of {ref} as a revision.",
    ),
    Action,
    KeyAction,
    needs=("evidence",),
)
def evidence_of_another_time(view: View, item: Any) -> Iterator[Doubt]:
    """Raise actions that name a day, month or year of which no evidence speaks, while it speaks of later ones."""
    if not item.evidence or not item.text:
        return
    named, periods = dates_in(item.text), years_in(item.text)
    if not named and not periods:
        return
    told = [one.text for one in item.evidence]
    days = [day for text in told for day, _ in dates_in(text)] + [one.date for one in item.evidence if one.date]
    shown = [period for text in told for period in years_in(text)]
    if named:
        last = max(end for _, end in named)
        first_shown = min([*days, *(_begins(period) for period in shown)], default=None)
        if first_shown is not None and first_shown > last:
            what = in_words(last)
            yield Doubt(view, f"it asks for something by {what}; the evidence begins in {first_shown:%B %Y}", ("text",))
    elif periods and shown and not set(periods) & set(shown):
        yield Doubt(view, f"it asks for {periods[0]}; the evidence is of {shown[0]}", ("text",))


def _begins(period: str) -> dt.date:
    return dt.date(int(period[:4]), 4, 1)


@of_each(
    About(
        "evidence-after-year",
        "warning",
        "Everything that shows it was done is dated after its year, and no slippage is recorded.",
        "It is counted as done in time.",
        "A Year 1 action, whose only evidence is of January in Year 2.",
        "Ask when it was done. If late, record the slippage of {ref}: bscp set {ref} target=DATE --reason TEXT.",
    ),
    Action,
    KeyAction,
    needs=("evidence",),
)
def evidence_after_year(view: View, item: Any) -> Iterator[Doubt]:
    """Raise late evidence where no target tells of the lateness."""
    plan = plan_of(view)
    if plan is None or not item.years or item.revisions or view.value("original_target") is not None:
        return
    end, days = last_day_of_year(plan, max(item.years)), [one.date for one in item.evidence if one.date]
    if end is not None and days and min(days) > end:
        told = f"its year ended on {in_words(end)}; its first dated evidence is of {in_words(min(days))}"
        yield Doubt(view, told, ("years",))


@of_each(
    About(
        "impact-from-activity",
        "info",
        "Evidence is called impact, and counts activity.",
        "How many came to a course does not say what changed for children.",
        "“Impact: 51 practitioners attended”.",
        "Ask what difference it made; or record the evidence of {ref} as output.",
    ),
    needs=("evidence",),
)
def impact_from_activity(view: View, item: Any) -> Iterator[Doubt]:
    """Raise evidence of impact whose words are those of attendance and process."""
    for place, one in enumerate(rows_of(item, "evidence")):
        match = ACTIVITY.search(one.text) if one.shows == "impact" else None
        if match:
            yield Doubt(view, f"it is called impact, and counts activity (“{match[0]}”)", ("evidence", place, "shows"))


@of_each(
    About(
        "evidence-period",
        "warning",
        "Evidence is dated before the period that it describes was over.",
        "Figures for a period cannot be whole before it ends.",
        "Evidence of 1 March describes January to March.",
        "Ask for the figures of the whole period, and date the evidence of {ref} accordingly.",
    ),
    needs=(
        "evidence",
        "period_to",
    ),
)
def evidence_period(view: View, item: Any) -> Iterator[Doubt]:
    """Raise evidence that is older than the end of what it describes."""
    rows = [(("evidence", place), one) for place, one in enumerate(rows_of(item, "evidence"))]
    for at, one in [((), item), *rows] if view.has("shows") else rows:
        day, end = getattr(one, "date", None), getattr(one, "period_to", None)
        if day is not None and end is not None and day < end:
            told = f"evidence of {in_words(day)} describes a period that ends on {in_words(end)}"
            yield Doubt(view, told, (*at, "period_to"))


@of_each(
    About(
        "cadence-not-kept",
        "warning",
        "Regular reporting was promised, and the last that is recorded is too long ago.",
        "A board that is told late does not know what it answers for.",
        "Reports every two months; the last is half a year old.",
        "Ask for the latest report, and add it: bscp set {ref} --evidence TEXT --on DATE --reason TEXT.",
    ),
    Action,
    KeyAction,
    needs=("evidence",),
)
def cadence_not_kept(view: View, item: Any) -> Iterator[Doubt]:
    """Raise promises of regular reports whose last dated evidence is older than half as much again."""
    dated = [one.date for one in item.evidence if one.date]
    found = _promised(f"{item.title}. {item.text or ''}") if dated else None
    if found is None:
        return
    said, days = found
    plan = plan_of(view)
    # What a document tells counts as at the document; a plan's own promises end with the plan.
    ends = getattr(plan, "end", None) if document_of(view) is None else None
    until = min(as_at(view), ends or dt.date.max)
    if (until - max(dated)).days * 2 > days * 3 or _told_once_since(item, until, days):
        yield Doubt(view, f"{said} was promised; the last that is recorded is of {in_words(max(dated))}", ("evidence",))


def _promised(words: str) -> tuple[str, int] | None:
    """Return how often reports are promised, in words and in days; None where they are not."""
    small = words.lower()
    for pattern, said, days, held in CADENCES:
        if any(one in small for one in held) and pattern.search(words):
            return said, days
    return None


def _told_once_since(item: Any, until: dt.date, days: int) -> bool:
    """Whether the evidence itself says when the last report was, and that is too long ago."""
    last = [one.date for one in item.evidence if one.date and re.search(r"\b(?:last|recently)\b", one.text)]
    return bool(last) and (until - max(last)).days > days


EVIDENCE = (
    evidence_in_future, evidence_undated, evidence_not_yet, evidence_of_another_time, evidence_after_year,
    impact_from_activity, evidence_period, cadence_not_kept,
)  # fmt: skip
