"""Meetings and measures: what was to come again and again did come, and can be told from before."""

from collections.abc import Iterator
from typing import Any

from bscp_tui.checks.looking import document_of
from bscp_tui.checks.rule import About, Doubt, of_each
from bscp_tui.model.bodies import Group, duty_due
from bscp_tui.model.dates import in_words
from bscp_tui.model.measure import Measure
from bscp_tui.model.meeting import Meeting
from bscp_tui.model.published_figure import PublishedFigure
from bscp_tui.model.view import View


@of_each(
    About(
        "group-not-met",
        "warning",
        "A group has not met as often as it is to meet, as far as its meetings are recorded.",
        "What only that group oversees is overseen by nobody.",
        "A board that meets six times a year last met ten months ago, and no meeting is arranged.",
        "Record the meetings that took place, or arrange the next: bscp add meeting group={ref} date=DATE.",
    ),
    Group,
)
def group_not_met(view: View, item: Any) -> Iterator[Doubt]:
    """Raise groups whose next meeting is late and not arranged; what documents tell of it is all that there is."""
    if item.meeting_late(view) and item.next_meeting(view) is None and item.end is None:
        last, due = item.last_met(view), item.should_meet(view)
        told = f"it last met on {in_words(last)}, and was to meet again by {in_words(due)}"
        own = [one for one in view.register.of_kind("meeting") if getattr(one.item, "group", None) == view.ref]
        kept = any(document_of(one) is None for one in own)
        yield Doubt(view, told, ("times_a_year",), None if kept else "info")


@of_each(
    About(
        "meeting-not-told",
        "info",
        "The day of a meeting has passed, and nothing says whether it was held.",
        "What it was to decide is neither decided nor put off.",
        "A meeting arranged for 14 May is still called scheduled in July.",
        "Ask, and record it: bscp status {ref} held --reason TEXT; or withdraw it.",
    ),
    Meeting,
)
def meeting_not_told(view: View, item: Any) -> Iterator[Doubt]:
    """Raise meetings whose day is over and that are still scheduled."""
    if item.status == "scheduled" and item.date < view.today:
        yield Doubt(view, f"it was arranged for {in_words(item.date)}, and is not recorded as held", ("status",))


@of_each(
    About(
        "duty-not-seen",
        "info",
        "What a group must see was due to it, and no paper shows that it saw it.",
        "The group answers for it, and could not.",
        "The yearly report on private fostering was due in October; no meeting since had a paper of it.",
        "Record the paper with the meeting that saw it, or ask who brings it: bscp show {ref}.",
    ),
    Group,
)
def duty_not_seen(view: View, item: Any) -> Iterator[Doubt]:
    """Raise duties whose day has passed."""
    for place, duty in enumerate(item.duties):
        due = duty_due(view, duty)
        if due is not None and due < view.today and item.end is None:
            yield Doubt(view, f"“{duty.title}” was due on {in_words(due)}, and was not seen", ("duties", place))


@of_each(
    About(
        "measure-without-baseline",
        "info",
        "A measure is reported with nothing to compare it with.",
        "One figure alone shows no difference; it cannot be told whether work helped.",
        "“83 children”, with neither a baseline nor the figure of a year before.",
        "Ask what it was before: bscp set {ref} baseline=NUMBER baseline_date=DATE --reason TEXT.",
    ),
    Measure,
)
def measure_without_baseline(view: View, item: Any) -> Iterator[Doubt]:
    """Raise measures that are reported, with neither a baseline nor an earlier value."""
    if item.status in {"reported", "reviewed"} and item.baseline is None and len(item.whole) < 2:
        yield Doubt(view, "it has neither a baseline nor an earlier value", ("baseline",))


@of_each(
    About(
        "parts-above-total",
        "error",
        "The published parts of a figure are together more than the figure.",
        "One of them was mistyped, or things were counted twice and nobody says so.",
        "181 children in all; the groups of them that are listed make 217.",
        "Compare with the print, and record what stands there; if it is printed so, accept it so: {ref}.",
    ),
    PublishedFigure,
)
def parts_above_total(view: View, item: Any) -> Iterator[Doubt]:
    """Raise totals below the sum of their parts, unless a question already holds them against it."""
    if item.figure is None or item.question:
        return
    every: list[Any] = [one.item for one in view.register.of_kind("published-figure")]
    parts = [one.figure for one in every if one.part_of == view.ref and one.figure is not None]
    if sum(parts) > item.figure:
        yield Doubt(view, f"its parts make {sum(parts):,}, and it is {item.figure:,}", ("figure",))


GOVERNANCE = (group_not_met, meeting_not_told, duty_not_seen, measure_without_baseline, parts_above_total)
