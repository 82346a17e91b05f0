"""Clocks: so many working days from an event; which day it is, whether it was kept, what comes next."""

import datetime as dt
from abc import abstractmethod
from dataclasses import dataclass

from bscp_tui.model.dates import in_short
from bscp_tui.model.record import Part, derived
from bscp_tui.model.rules import Rule, Step
from bscp_tui.model.settings import ClockSetting, Settings
from bscp_tui.model.view import View

REASON_AWAITED = "reason awaited"


@dataclass(frozen=True)
class Clock:
    """A clock of a record.

    Attributes:
        name: As the register's settings know it, ``rapid-review``.
        started: The field with the day of its start event.
        ended: The field with the day on which it was met.

    """

    name: str
    started: str
    ended: str

    def reading(self, view: View) -> "Reading | None":
        """Return what the clock shows for ``view``; None until its start event is recorded."""
        started, ended = view.value(self.started), view.value(self.ended)
        if not isinstance(started, dt.date):
            return None
        return read_clock(view.register.settings, self.name, started, ended, view.today)  # type: ignore[arg-type]


@dataclass(frozen=True)
class Reading:
    """What a clock shows.

    Attributes:
        title: What must be done.
        day: The working day that it is, or on which it was met; 0 before the first.
        days: How many working days there are.
        due: The last day in time.
        met: When it was met; None while it runs.
        next_step: The next internal milestone with its date, in words; None without one.

    """

    title: str
    day: int
    days: int
    due: dt.date
    met: dt.date | None
    next_step: str | None

    @property
    def late(self) -> bool:
        """Whether it was met late, or runs and is late."""
        return self.day > self.days

    @property
    def words(self) -> str:
        """It in words: "day 11 of 15", "met on day 14 of 15", "day 17 of 15: 2 working days late"."""
        told = f"day {self.day} of {self.days}"
        if self.met is not None:
            told = f"met on {told}"
        if not self.late:
            return told
        over = self.day - self.days
        return f"{told}: {over} working day{'' if over == 1 else 's'} late"


class Clocked(Part):
    """What has a clock, or several one after the other."""

    @abstractmethod
    def reading(self, view: View) -> Reading | None:
        """Return what the clock that counts now shows; None until its start event is recorded."""

    @derived
    def clock(self, view: View) -> str | None:
        """What must be done, and how far its clock is, in words."""
        reading = self.reading(view)
        return f"{reading.title[0].lower()}{reading.title[1:]}: {reading.words}" if reading else None

    @derived
    def clock_day(self, view: View) -> str | None:
        """Which working day of the clock it is, in words alone."""
        reading = self.reading(view)
        return reading.words if reading else None

    @derived
    def clock_due(self, view: View) -> dt.date | None:
        """The last day of the clock."""
        reading = self.reading(view)
        return reading.due if reading else None

    @derived
    def next_step(self, view: View) -> str | None:
        """The next internal milestone, in words."""
        reading = self.reading(view)
        return reading.next_step if reading else None


def read_clock(settings: Settings, name: str, started: dt.date, ended: dt.date | None, today: dt.date) -> Reading:
    """Return what a clock shows that began with an event on ``started``.

    Args:
        settings: The register's, with its clocks and working days.
        name: The clock.
        started: The day of the start event.
        ended: The day on which it was met, if it was.
        today: What counts as today.

    """
    clock, working = settings.clock(name), settings.working_days
    # With the event's own day as day 1, everything falls one working day earlier.
    ahead = 1 if clock.first_day == "same-day" and working.is_working_day(started) else 0
    shown, due = ended or today, working.add(started, clock.days - ahead)
    day = max(working.between(started, shown) + ahead, 0)
    if shown > due:
        day = max(day, clock.days + 1)  # a Saturday after the last day is late, although no working day passed
    told = _next_step(settings, clock, started, ahead, day) if ended is None else None
    return Reading(clock.title, day, clock.days, due, ended, told)


def _next_step(settings: Settings, clock: ClockSetting, started: dt.date, ahead: int, day: int) -> str | None:
    following = min((step for step in clock.milestones if step.day >= day), key=lambda step: step.day, default=None)
    if following is None:
        return None
    by = settings.working_days.add(started, following.day - ahead)
    return f"{following.title} by day {following.day}, {in_short(by)}"


def ended_before_start(*clocks: Clock) -> Rule:
    """Return the rule that a clock's end is recorded with its start event, and not before it."""

    def broken(step: Step) -> str | None:
        for clock in clocks:
            started, ended = step.new.value(clock.started), step.new.value(clock.ended)
            if not isinstance(ended, dt.date):
                continue
            label = step.new.field(clock.started)
            said = label.label if label else clock.started
            if not isinstance(started, dt.date):
                return f"its clock has no start event: record {clock.started} ({said}) first, or with the same change."
            if ended < started:
                return f"{clock.ended} {in_short(ended)} lies before its start event, {said} {in_short(started)}."
        return None

    return Rule(
        "clock-needs-start-event",
        "What a clock measures is recorded with the event from which it counts.",
        broken,
        field=clocks[0].started,
    )


def late_without_reason(*clocks: Clock) -> Rule:
    """Return the rule that lateness has a reason, or the words "reason awaited"."""

    def broken(step: Step) -> str | None:
        if getattr(step.new.item, "late_reason", None):
            return None
        for clock in clocks:
            reading = clock.reading(step.new)
            if reading is not None and reading.met is not None and reading.late and step.changes(clock.ended):
                return f"{reading.title}: {reading.words}. Say why in late_reason; “{REASON_AWAITED}” is an answer."
        return None

    return Rule(
        "lateness-needs-reason", "What is late says why, or that the reason is awaited.", broken, field="late_reason"
    )
