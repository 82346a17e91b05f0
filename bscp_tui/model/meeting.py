"""Meetings: what a group considered, what it decided, and which agencies were there."""

import datetime as dt
import re
from typing import TYPE_CHECKING, Annotated, Any, Literal, Protocol

from pydantic import Field

from bscp_tui.model.dates import in_short, in_words
from bscp_tui.model.fields import BodyRef, BodyRefs, Line, LongText, RecordRefs, asked, required
from bscp_tui.model.parts import Record
from bscp_tui.model.record import Item, declare, derived
from bscp_tui.model.rules import Rule, Step
from bscp_tui.model.text import shortened
from bscp_tui.model.view import View
from bscp_tui.model.workflow import Workflow, words

if TYPE_CHECKING:
    from bscp_tui.model.bodies import Duty

MET = frozenset({"held", "minuted"})


def _outside_group(step: Step) -> str | None:
    """A meeting before its group was set up, or after it ended."""
    item: Any = step.new.item
    group = step.new.register.view(item.group)
    start, end = getattr(group and group.item, "start", None), getattr(group and group.item, "end", None)
    if group is None or not (step.changes("date") or step.changes("group")):
        return None
    if start is not None and item.date < start:
        return f"{group.title} was set up on {in_words(start)}; it cannot meet on {in_words(item.date)}."
    if end is not None and item.date > end:
        return f"{group.title} ended on {in_words(end)}; it cannot meet on {in_words(item.date)}."
    return None


def _held_too_early(step: Step) -> str | None:
    item: Any = step.new.item
    if item.status not in MET or item.date <= step.new.today or not (step.changes("status") or step.changes("date")):
        return None
    return f"it is arranged for {in_words(item.date)}, which is still to come."


def _without_minutes(step: Step) -> str | None:
    item: Any = step.new.item
    if not step.becomes("minuted") or item.text or item.minutes_kept:
        return None
    return "no minutes are recorded: put them into text=…, or say with minutes_kept=… where they are."


def _counted_twice(step: Step) -> str | None:
    agencies = [row.agency for row in getattr(step.new.item, "attendance", ())]
    twice = next((agency for agency in agencies if agencies.count(agency) > 1), None)
    return None if twice is None else f"{step.new.name_of(twice)} stands twice among those who attended."


MEETING_WITHIN_GROUP = Rule(
    "meeting-within-group", "A group meets from the day on which it was set up until it ends.", _outside_group,
    field="date",
)  # fmt: skip
HELD_NOT_IN_FUTURE = Rule("held-not-in-future", "A meeting is held or minuted once its day has come.", _held_too_early)
MINUTED_HAS_MINUTES = Rule(
    "minuted-has-minutes", "Minuted is recorded with the minutes, or with where they are kept.", _without_minutes,
    "warn", "minutes_kept",
)  # fmt: skip
ATTENDS_ONCE = Rule(
    "attends-once", "An agency stands once among those who attended a meeting.", _counted_twice, field="attendance"
)


class Paper(Item):
    """Something that the meeting was given to consider."""

    title: Line = required("Paper")
    brought_by: BodyRef | None = asked("Brought by")
    duty: Line | None = asked("Serves", hint="what the group must see that it serves, as the group's record words it")
    about: RecordRefs = asked("About", default=(), hint="references of the records that it is about")
    sent: dt.date | None = asked("Sent on")
    kept: Line | None = asked("Where it is kept")

    def serves(self, duty: "Duty") -> bool:
        """Whether it is what the group must see as ``duty``."""
        wanted = {duty.id.casefold(), duty.title.casefold()}
        return (self.duty or self.title).casefold() in wanted


class Decision(Item):
    """Something that the meeting decided or asked for; a change of a record is an entry of its own."""

    text: LongText = required("Decision")
    about: RecordRefs = asked("About", default=(), hint="references of the records that it is about")
    owner: BodyRef | None = asked("To be done by")
    due: dt.date | None = asked("Due")


class Attendance(Item):
    """Whether an agency was there."""

    agency: BodyRef = required("Agency")
    attended: Literal["attended", "apologies", "absent"] = asked("Was", default="attended")
    by: Line | None = asked("By", hint="the person or post", people="name")


class Meeting(Record):
    """A meeting of a group: arranged, held, minuted."""

    workflow = Workflow(("scheduled", "held", "minuted"), asks={"minuted": ("minutes_kept",)})
    decides = True
    held_to = (MEETING_WITHIN_GROUP, HELD_NOT_IN_FUTURE, MINUTED_HAS_MINUTES, ATTENDS_ONCE)

    group: BodyRef = required("Group")
    date: dt.date = required("Date")
    title: Line | None = asked("Title", hint="left out: the group and the date")
    status: Literal["scheduled", "held", "minuted"] = asked("Status", default="scheduled")
    place: Line | None = asked("Where")
    chairs: BodyRefs = asked("Chaired by", default=())
    agenda: RecordRefs = asked("Agenda", default=(), hint="references of records to be considered, beside those due")
    text: LongText | None = asked("Minutes")
    minutes_kept: Line | None = asked("Minutes kept at")
    update: LongText | None = asked("Note")
    papers: Annotated[tuple[Paper, ...], Field(strict=False)] = asked("Papers", default=())
    decisions: Annotated[tuple[Decision, ...], Field(strict=False)] = asked("Decisions", default=())
    attendance: Annotated[tuple[Attendance, ...], Field(strict=False)] = asked("Attendance", default=())

    def took_place(self, today: dt.date) -> bool:
        """Whether it was held by ``today``."""
        return self.status in MET and self.date <= today

    def is_to_come(self, today: dt.date) -> bool:
        """Whether it is arranged for ``today`` or later."""
        return self.status == "scheduled" and self.date >= today

    @classmethod
    def begun(cls, values: dict[str, Any]) -> dict[str, Any]:
        """Without a title of its own it goes by its group and day."""
        group, day = values.get("group"), values.get("date")
        if not values.get("title") and isinstance(group, str) and isinstance(day, dt.date):
            name = words(group)
            values["title"] = f"{name[0].upper()}{name[1:]}, {in_words(day)}"
        return values

    @derived
    def lead(self, view: View) -> str:
        """The group's name."""
        return view.name_of(self.group)

    @derived
    def leads(self, view: View) -> list[str]:
        """The group's reference."""
        del view
        return [self.group]

    @derived
    def attended(self, view: View) -> str | None:
        """How many agencies were there, of those expected or recorded, in words; None where nothing is recorded."""
        if not self.attendance:
            return None
        there = {row.agency for row in self.attendance if row.attended == "attended"}
        group = view.register.view(self.group)
        expected = set(getattr(group and group.item, "members", ())) | {row.agency for row in self.attendance}
        return f"{len(there)} of {len(expected)} agencies"

    @derived
    def decided(self, view: View) -> int:
        """How many decisions its record holds; changes that it decided stand in the history."""
        del view
        return len(self.decisions)

    @derived
    def overdue(self, view: View) -> bool:
        """Whether its day has passed and nobody recorded that it was held."""
        return self.status == "scheduled" and self.date < view.today

    @derived
    def timeliness(self, view: View) -> str:
        """Whether it is to come, held, or not known to have been held, in words."""
        if self.status != "scheduled":
            return self.status
        days = (self.date - view.today).days
        return (
            "today" if not days else f"in {days} days" if days > 0 else f"not recorded as held ({in_short(self.date)})"
        )


class Finder(Protocol):
    """Finds records by reference or name."""

    def reference(self, text: str, kinds: tuple[str, ...] = ()) -> str | None:
        """Return the full reference of the one record of ``kinds`` that ``text`` names."""

    def nearest(self, text: str, kinds: tuple[str, ...] = ()) -> tuple[str, ...]:
        """Return what may have been meant, the closest first."""


class NoMeetingError(ValueError):
    """A meeting's reference that the register does not have."""


def decided_at(text: str | None, finder: Finder) -> str | None:
    """Return where something was decided: a meeting's reference where ``text`` names one, else ``text`` as it is.

    Raises:
        NoMeetingError: It looks like a meeting's reference, and there is none.

    """
    wanted = (text or "").strip()
    if not wanted:
        return None
    found = finder.reference(wanted, ("meeting",))
    if found is None and re.fullmatch(r"MT-[0-9A-Za-z]+", wanted, re.IGNORECASE):
        near = ", ".join(finder.nearest(wanted.upper(), ("meeting",)))
        msg = f"There is no meeting {shortened(wanted, 20)} in the register.{f' Did you mean {near}?' if near else ''}"
        raise NoMeetingError(msg)
    return found or wanted


MEETING = declare(
    "meeting",
    Meeting,
    plural="Meetings",
    where="meetings/{block}/MT-{code}.toml",
    reference="MT-{code}",
    columns=("ref", "title", "date", "status", "attended", "decided"),
)
