"""Published figures and statements: each agrees with the records, with its parts, and with what is said elsewhere."""

import datetime as dt
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from bscp_tui.checks.looking import dates_in
from bscp_tui.checks.rule import About, Doubt, of_all, of_each
from bscp_tui.model.dates import in_words
from bscp_tui.model.measure_rules import SMALL
from bscp_tui.model.published_figure import PUBLISHED_FIGURE, PublishedFigure
from bscp_tui.model.questions import Answer
from bscp_tui.model.view import View
from bscp_tui.store.snapshot import Snapshot

FAR_APART = 300  # days between two dates of one event that can only be a misprint


def told(number: float | str | None) -> str:
    """Return a figure as a sentence has it: 1,905."""
    return f"{number:,}" if isinstance(number, (int, float)) else str(number)


@of_each(
    About(
        "figure-against-records",
        "error",
        "A published figure is not what the records answer.",
        "Whoever repeats it repeats a mistake; whoever checks it loses trust in every other figure.",
        "The prose says 100 of 123 are complete; the records, and the report's own table, say 99.",
        "Count again. Right in print: mend the records. Wrong in print: note an erratum, and accept it so.",
    ),
    PublishedFigure,
)
def figure_against_records(view: View, item: Any) -> Iterator[Doubt]:
    """Raise figures whose question has another answer at their date."""
    if view.value("agrees") is False:
        computed = told(view.value("computed"))  # type: ignore[arg-type]
        message = f"{told(item.figure)} was published, and the records say {computed} ({item.question})"
        yield Doubt(view, message, ("figure",), "warning" if item.unclear else None)


@of_each(
    About(
        "question-unreadable",
        "error",
        "The question of a published figure cannot be asked.",
        "The figure is then held against nothing.",
        "“count learning-points”, where the kind is learning-point.",
        "Write the question anew: bscp set {ref} question=QUESTION --reason TEXT.",
    ),
    PublishedFigure,
)
def question_unreadable(view: View, item: Any) -> Iterator[Doubt]:
    """Raise questions that the grammar does not read, or that have no answer."""
    found = item.answered(view)
    if isinstance(found, str):
        yield Doubt(view, found, ("question",))


@of_each(
    About(
        "figure-without-question",
        "info",
        "A published figure has no question that could reproduce it.",
        "It stands on nothing that the register holds.",
        "“251 completed the module”, with no record of the module.",
        "Write the question, or record what it counts: bscp set {ref} question=QUESTION --reason TEXT.",
    ),
    PublishedFigure,
)
def figure_without_question(view: View, item: Any) -> Iterator[Doubt]:
    """Raise figures that nothing is asked of, and that are no part of another."""
    if item.figure is not None and not item.question and not item.part_of and not item.unclear:
        yield Doubt(view, "no question says how it was counted", ("figure",))


@of_each(
    About(
        "figure-without-source",
        "warning",
        "A published figure does not say where it was published.",
        "Nobody can look it up.",
        "A figure without a report, document or place.",
        "Say where it stands: bscp set {ref} report=REF place=PLACE --reason TEXT.",
    ),
    PublishedFigure,
)
def figure_without_source(view: View, item: Any) -> Iterator[Doubt]:
    """Raise figures with neither a source nor a report."""
    if item.source is None and item.report is None and not item.place:
        yield Doubt(view, "neither a report nor a document is named", ())


@of_each(
    About(
        "figure-unclear",
        "warning",
        "A published figure leaves open what it counts, or what it is compared with.",
        "Two readers understand two things by it.",
        "“2% increase”: points, or per cent of what it was?",
        "Ask who wrote it, and set base or unit of {ref}; then take the note away.",
    ),
    PublishedFigure,
)
def figure_unclear(view: View, item: Any) -> Iterator[Doubt]:
    """Raise what whoever recorded the figure found unclear, and shares that say no base."""
    if item.unclear:
        yield Doubt(view, item.unclear, ("unclear",))
    elif item.unit == "%" and not item.base and not item.question:
        yield Doubt(view, "a share, and what it is a share of is not said", ("unit",))
    if item.unit == "%" and item.figure is not None and not 0 <= item.figure <= 100 and "change" not in item.title:
        yield Doubt(view, f"{told(item.figure)} in a hundred", ("figure",), "error")


@of_each(
    About(
        "figure-unverifiable",
        "info",
        "A published count of late ones rests on records without a target.",
        "Where nothing has a date, nothing can be late: the nought says nothing.",
        "“Overdue: 0”, for learning points that have no target.",
        "Ask for the targets, and record them; then the figure means something.",
    ),
    PublishedFigure,
)
def figure_unverifiable(view: View, item: Any) -> Iterator[Doubt]:
    """Raise counts of what is overdue among records none of which has a target."""
    found = item.answered(view)
    if not isinstance(found, Answer) or not found.overdue or item.figure != 0:
        return
    kind = (item.question or "").split()[1].partition(".")[0]
    views = [one for one in view.register.of_kind(kind) if one.has("due")]
    if views and all(one.value("due") is None for one in views):
        yield Doubt(view, f"none of the {len(views)} records that it counts has a target", ("question",))


@of_each(
    About(
        "statement-after-its-date",
        "warning",
        "A document reports as past what came after its own date.",
        "Either the date of the document is wrong, or what it says happened had not.",
        "A table of June 2025 tells of events on 2 and 9 July 2025 as over.",
        "Ask when the document was really finished: bscp set {ref} as_at=DATE --reason TEXT.",
    ),
    PublishedFigure,
)
def statement_after_its_date(view: View, item: Any) -> Iterator[Doubt]:
    """Raise events that lie after the day as at which they were told."""
    days = dates_in(item.said) if item.said and item.event else []
    if days and item.as_at is not None and days[0][0] > item.as_at:
        yield Doubt(view, f"{item.said} lies after {in_words(item.as_at)}, as at which it is told as past", ("said",))


@of_all(
    About(
        "events-disagree",
        "error",
        "Two statements date one event most of a year apart.",
        "One of the two is a misprint; decisions that rest on the event cannot be placed.",
        "One document has the development session in January 2024, another in January 2025.",
        "Ask which is right, and note an erratum to the other: {ref}.",
    )
)
def events_disagree(snapshot: Snapshot) -> Iterator[Doubt]:
    """Raise statements about one event whose dates no slip of a month explains."""
    for view, other, apart in _disagreeing(snapshot):
        if apart is not None and apart >= FAR_APART:
            yield Doubt(view, _against(view, other), ("said",))


@of_all(
    About(
        "figures-disagree",
        "error",
        "Two published figures of one thing, as at one date, are not the same.",
        "At most one of them is right, and both are quoted.",
        "The text speaks of 17 topics; the table behind it has 16 rows.",
        "Count again, and note an erratum to the wrong one: {ref}.",
    )
)
def figures_disagree(snapshot: Snapshot) -> Iterator[Doubt]:
    """Raise figures on the same subject and date that differ."""
    for view, other, _ in _disagreeing(snapshot):
        if _figures(view, other):
            yield Doubt(view, _against(view, other), ("figure",))


@of_all(
    About(
        "statements-disagree",
        "warning",
        "Two published statements about one thing do not agree.",
        "Readers take away two answers; one of them goes into a later report.",
        "The guidance is due in July 2025 on one page, and in autumn 2025 on another.",
        "Ask which is right, and note an erratum to the other: {ref}.",
    )
)
def statements_disagree(snapshot: Snapshot) -> Iterator[Doubt]:
    """Raise statements about the same thing that say something else than the first."""
    for view, other, apart in _disagreeing(snapshot):
        if (apart is None or apart < FAR_APART) and not _figures(view, other):
            yield Doubt(view, _against(view, other), ("said",))


def _figures(view: View, other: View) -> bool:
    items: list[Any] = [view.item, other.item]
    return all(item.figure is not None for item in items)


def _disagreeing(snapshot: Snapshot) -> Iterator[tuple[View, View, int | None]]:
    """Yield each statement that contradicts an earlier one on its subject; for events, with the days between them."""
    known: dict[str, list[View]] = {}
    for view in snapshot.views(PUBLISHED_FIGURE):
        item: Any = view.item
        subject = (item.subject or "").strip().lower()
        for other in known.get(subject, ()) if subject else ():
            apart = _apart(item, other.item)
            if apart != 0:
                yield view, other, apart if item.event and getattr(other.item, "event", None) else None
                break
        if subject:
            known.setdefault(subject, []).append(view)


def _apart(one: Any, other: Any) -> int | None:
    """Return 0 where two statements agree, else the days between their dates; None where they are no dates."""
    if one.as_at != other.as_at and one.figure is not None and other.figure is not None:
        return 0  # two editions of one figure; they may differ
    first, second = dates_in(one.said or ""), dates_in(other.said or "")
    if first and second:
        overlap = first[0][0] <= second[0][1] and second[0][0] <= first[0][1]
        return 0 if overlap else min(abs((first[0][0] - second[0][1]).days), abs((second[0][0] - first[0][1]).days))
    same = (one.said or "").strip().lower() == (other.said or "").strip().lower() and one.figure == other.figure
    return 0 if same else None


def _against(view: View, other: View) -> str:
    mine, theirs = view.value("published"), other.value("published")
    return f"“{told(mine)}” here, “{told(theirs)}” in {other.ref} ({_place(other)})"  # type: ignore[arg-type]


def _place(view: View) -> str:
    source = getattr(view.item, "source", None)
    return f"{source.document}, {source.place}" if source is not None else str(getattr(view.item, "place", "") or "")


@of_each(
    About(
        "numbering-gap",
        "warning",
        "The numbers that a document gives its figures or tables have a gap.",
        "A figure was taken out, and a reference to it may still lead nowhere; or a page was lost.",
        "Figures 1 to 4 and 6 to 16.",
        "Ask whether the missing one existed, and note the answer in {ref}.",
    ),
    PublishedFigure,
)
def numbering_gap(view: View, item: Any) -> Iterator[Doubt]:
    """Raise numbers that are left out between the first and the last, or stand twice."""
    numbers = list(item.numbering)
    if not numbers:
        return
    missing = sorted(set(range(1, max(numbers) + 1)) - set(numbers))
    twice = sorted({number for number in numbers if numbers.count(number) > 1})
    if missing or twice:
        said = [f"{', '.join(map(str, missing))} is left out"] if missing else []
        said += [f"{', '.join(map(str, twice))} stands twice"] if twice else []
        yield Doubt(view, f"of the numbers up to {max(numbers)}, {' and '.join(said)}", ("numbering",))


@of_all(
    About(
        "small-count",
        "warning",
        "A published count of people is under five, or gives such a count away.",
        "Few people can be recognised, and what is published cannot be taken back.",
        "“Four children are in care”; or a total and all its parts but one, which can then be worked out.",
        "Publish “fewer than 5”, or fewer parts. What is out already: accept it as published so, and note it.",
    )
)
def small_count(snapshot: Snapshot) -> Iterator[Doubt]:
    """Raise small counts, what is left of a total beside its published parts, and small steps between editions."""
    views = [view for view in snapshot.views(PUBLISHED_FIGURE) if getattr(view.item, "of_people", None)]
    by_title: dict[str, list[View]] = {}
    for view in views:
        item: Any = view.item
        if _is_small(item.figure):
            yield Doubt(view, f"{told(item.figure)} people are counted", ("figure",))
        by_title.setdefault((item.subject or item.title).strip().lower(), []).append(view)
        parts: list[Any] = [other.item for other in views if getattr(other.item, "part_of", None) == view.ref]
        rest = item.figure - sum(part.figure or 0 for part in parts) if parts and item.figure is not None else 0
        if _is_small(rest):
            yield Doubt(view, f"the parts that are published leave {told(rest)}, which can be worked out", ("figure",))
    for editions in by_title.values():
        yield from _steps(editions)


def _steps(editions: list[View]) -> Iterator[Doubt]:
    dated = sorted((view for view in editions if _day(view) is not None), key=lambda view: _day(view) or dt.date.min)
    for before, after in pairwise(dated):
        first, second = getattr(before.item, "figure", None), getattr(after.item, "figure", None)
        if first is not None and second is not None and _day(before) != _day(after) and _is_small(abs(second - first)):
            told_of = f"since {before.ref} it changed by {told(abs(second - first))}, which tells of as few people"
            yield Doubt(after, told_of, ("figure",), "info")


def _day(view: View) -> dt.date | None:
    day: dt.date | None = getattr(view.item, "as_at", None)
    return day


def _is_small(number: float | None) -> bool:
    return number is not None and 0 < number < SMALL


FIGURES = (
    figure_against_records,
    question_unreadable,
    figure_without_question,
    figure_without_source,
    figure_unclear,
    figure_unverifiable,
    statement_after_its_date,
    events_disagree,
    figures_disagree,
    statements_disagree,
    numbering_gap,
    small_count,
)
