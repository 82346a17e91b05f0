"""Who the work is done by: agencies, groups and boards, people and posts."""

import datetime as dt
from itertools import pairwise
from typing import Annotated, Any, Literal

from pydantic import Field

from bscp_tui.model.dates import in_short, months_after
from bscp_tui.model.fields import BodyRef, BodyRefs, Line, Lines, LongText, asked, required
from bscp_tui.model.parts import Record
from bscp_tui.model.record import Item, declare, derived
from bscp_tui.model.rules import Rule, Step
from bscp_tui.model.view import View

MONTHS, DAYS = 12, 365


def _cannot_be_read(step: Step) -> str | None:
    """A duty that selects records names a kind and a filter of it."""
    from bscp_tui.model.filters import FilterError
    from bscp_tui.model.selecting import selection

    before = getattr(step.old.item, "duties", ()) if step.old is not None else ()
    for duty in getattr(step.new.item, "duties", ()):
        if duty.selects and duty not in before:
            try:
                selection(duty.selects)
            except FilterError as error:
                return f"“{duty.selects}” selects nothing: {error}"
    return None


DUTY_CAN_BE_READ = Rule(
    "duty-can-be-read", "What a group must see is selected by a kind and a filter.", _cannot_be_read, field="duties"
)


class Agency(Record):
    """An organisation that works to safeguard children."""

    usual_audience = "public"

    title: Line = required("Name")
    short_name: Line | None = asked("Short name")
    aliases: Lines = asked("Also written", default=())
    role: LongText | None = asked("Role")
    email: Line | None = asked("E-mail for returns", hint="where forms for update rounds are sent")
    out_of_area: bool | None = asked("Outside the area", hint="the partnership cannot direct it")
    start: dt.date | None = asked("Partner from")
    end: dt.date | None = asked("Partner to")


class Duty(Item):
    """Something that a group must see, or must do, again and again."""

    title: LongText = required("What it must see")
    times_a_year: int | None = asked("Times a year", hint="12 monthly, 4 quarterly, 2, 1; none: no rhythm")
    when: Line | None = asked("When, as told", hint="spring and autumn; on publication")
    first_due: dt.date | None = asked("First due")
    brought_by: BodyRef | None = asked("Brought by")
    selects: Line | None = asked("Records", hint="a kind and a filter: key-action plan=2025-27 overdue=yes")
    note: LongText | None = asked("Where it is told")


class Group(Record):
    """A board, sub-group, forum or network."""

    held_to = (DUTY_CAN_BE_READ,)
    usual_audience = "public"

    title: Line = required("Name")
    short_name: Line | None = asked("Short name")
    aliases: Lines = asked("Also written", default=())
    type: Literal["board", "sub-group", "group", "network", "forum"] = asked("Type", default="group")
    reports_to: BodyRef | None = asked("Reports to")
    cadence: Line | None = asked("Meets")
    times_a_year: int | None = asked("Meets, times a year", hint="12 monthly, 6, 4 quarterly, 2, 1; at least so often")
    start: dt.date | None = asked("Set up on")
    end: dt.date | None = asked("Ended on")
    co_chairs: BodyRefs = asked("Co-chairs", default=())
    members: BodyRefs = asked("Members", default=(), hint="the agencies expected at its meetings")
    email: Line | None = asked("E-mail for returns", hint="where forms for update rounds are sent")
    text: LongText | None = asked("Purpose")
    duties: Annotated[tuple[Duty, ...], Field(strict=False)] = asked("What it must see", default=())

    @derived
    def last_met(self, view: View) -> dt.date | None:
        """The day of its last meeting; None where no meeting is recorded."""
        return max((meeting.date for meeting in meetings_of(view, met=True)), default=None)

    @derived
    def next_meeting(self, view: View) -> dt.date | None:
        """The day of its next meeting, where one is arranged."""
        return min((meeting.date for meeting in meetings_of(view, met=False)), default=None)

    @derived
    def should_meet(self, view: View) -> dt.date | None:
        """By when it should meet again, from its last meeting and how often it meets."""
        last = self.last_met(view)
        return None if last is None or not self.times_a_year else after(last, self.times_a_year)

    @derived
    def meeting_late(self, view: View) -> bool:
        """Whether it should have met again by now."""
        due = self.should_meet(view)
        return due is not None and due < view.today

    @derived
    def due_next(self, view: View) -> list[str]:
        """What is due to it next, in words, the earliest first; what has no day is left out."""
        dues = sorted((due, duty.title) for duty in self.duties if (due := duty_due(view, duty)) is not None)
        return [f"{in_short(due)}: {title}" for due, title in dues]


def meetings_of(view: View, *, met: bool) -> list[Any]:
    """Return the meetings of the group ``view``: those that took place by today, or those still to come."""
    held: list[Any] = [meeting.item for meeting in view.register.of_kind("meeting")]
    own = [meeting for meeting in held if meeting.group == view.ref]
    return [meeting for meeting in own if (meeting.took_place if met else meeting.is_to_come)(view.today)]


def last_seen(view: View, duty: Duty) -> dt.date | None:
    """Return the day of the last meeting of the group that had a paper for ``duty``."""
    days = [meeting.date for meeting in meetings_of(view, met=True)
            if any(paper.serves(duty) for paper in meeting.papers)]  # fmt: skip
    return max(days, default=None)


def duty_due(view: View, duty: Duty) -> dt.date | None:
    """Return when ``duty`` is due to the group next.

    One interval after it was last seen; before that the first day that is told, else the group's next
    meeting. None where nothing is known of either.
    """
    seen = last_seen(view, duty)
    if seen is not None and duty.times_a_year:
        return after(seen, duty.times_a_year)
    if seen is not None:
        return None  # it has no rhythm, and was seen
    return duty.first_due or view.item.next_meeting(view)  # type: ignore[attr-defined]


def after(day: dt.date, times_a_year: int) -> dt.date:
    """Return the day one interval later: months where the year divides into whole ones, else days."""
    if 0 < times_a_year <= MONTHS and MONTHS % times_a_year == 0:
        return months_after(day, MONTHS // times_a_year)
    return min(day, dt.date.max - dt.timedelta(days=DAYS)) + dt.timedelta(days=max(1, DAYS // max(times_a_year, 1)))


class Post(Item):
    """An office that a person holds, from a day to a day."""

    title: Line = required("Post")
    organisation: BodyRef | None = asked("Organisation")
    holder: BodyRef | None = asked("Held by", hint="for a post that several people held one after the other")
    start: dt.date | None = asked("From")
    end: dt.date | None = asked("To")
    note: LongText | None = asked("Note")


def _ends_before_it_begins(step: Step) -> str | None:
    for post in getattr(step.new.item, "posts", ()):
        if post.start and post.end and post.end < post.start:
            return f"the post “{post.title}” ends on {in_short(post.end)}, before it begins on {in_short(post.start)}."
    return None


def _held_by_two(step: Step) -> str | None:
    if step.new.value("type") != "post":
        return None
    posts: tuple[Post, ...] = getattr(step.new.item, "posts", ())
    dated = sorted((post for post in posts if post.holder and post.start), key=lambda post: post.start or dt.date.min)
    for one, other in pairwise(dated):
        if one.end is None or (other.start is not None and one.end >= other.start):
            names = " and ".join(step.new.name_of(post.holder or "") for post in (one, other))
            return f"{names} would hold it at the same time. Say when the first left (end=DATE)."
    return None


POST_ENDS_AFTER_START = Rule(
    "post-ends-after-start", "A post ends on the day on which it began or later.", _ends_before_it_begins, field="posts"
)
ONE_HOLDER = Rule(
    "one-holder", "One person after the other holds a post, unless it is shared.", _held_by_two, "warn", field="posts"
)


class Person(Record):
    """A person whom the register names, or a post that people hold one after the other; who leaves keeps the name."""

    held_to = (POST_ENDS_AFTER_START, ONE_HOLDER)

    title: Line = required("Name")
    type: Literal["person", "post"] = asked("Type", default="person")
    aliases: Lines = asked("Also written", default=())
    email: Line | None = asked("E-mail for returns", hint="where forms for update rounds are sent")
    posts: Annotated[tuple[Post, ...], Field(strict=False)] = asked("Posts", default=())

    def is_somebody(self) -> bool:
        """A post is nobody's name."""
        return self.type == "person"

    @derived
    def former(self, view: View) -> bool:
        """Whether every post of it has ended; what such a person recorded keeps the name."""
        return bool(self.posts) and all(post.end is not None and post.end < view.today for post in self.posts)

    @derived
    def current_posts(self, view: View) -> list[str]:
        """The posts held now: begun, or with no day that says otherwise, and not ended."""
        return [post.title for post in self._now(view)]

    @derived
    def holders(self, view: View) -> list[str]:
        """Who holds the post now, as far as the register says."""
        return [post.holder for post in self._now(view) if post.holder]

    def _now(self, view: View) -> list[Post]:
        begun = (post for post in self.posts if post.start is None or post.start <= view.today)
        return [post for post in begun if post.end is None or post.end >= view.today]


AGENCY = declare(
    "agency",
    Agency,
    plural="Agencies",
    where="agencies/{slug}.toml",
    reference="{slug}",
    columns=("ref", "title", "short_name", "aliases"),
)
GROUP = declare(
    "group",
    Group,
    plural="Groups and boards",
    where="groups/{slug}.toml",
    reference="{slug}",
    columns=("ref", "title", "type", "cadence", "last_met", "next_meeting"),
)
PERSON = declare(
    "person",
    Person,
    plural="People and posts",
    where="people/{slug}.toml",
    reference="{slug}",
    columns=("ref", "title", "type", "posts", "former"),
)
