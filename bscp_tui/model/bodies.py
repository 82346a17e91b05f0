"""Who the work is done by: agencies, groups and boards, people and posts."""

import datetime as dt
from typing import Annotated, Literal

from pydantic import Field

from bscp_tui.model.fields import BodyRef, Line, Lines, LongText, asked, required
from bscp_tui.model.parts import Record
from bscp_tui.model.record import Item, declare


class Agency(Record):
    """An organisation that works to safeguard children."""

    title: Line = required("Name")
    short_name: Line | None = asked("Short name")
    aliases: Lines = asked("Also written", default=())
    role: LongText | None = asked("Role")
    out_of_area: bool | None = asked("Outside the area", hint="the partnership cannot direct it")


class Group(Record):
    """A board, sub-group, forum or network."""

    title: Line = required("Name")
    short_name: Line | None = asked("Short name")
    aliases: Lines = asked("Also written", default=())
    type: Literal["board", "sub-group", "group", "network", "forum"] = asked("Type", default="group")
    reports_to: BodyRef | None = asked("Reports to")
    cadence: Line | None = asked("Meets")
    text: LongText | None = asked("Purpose")


class Post(Item):
    """An office that a person holds, from a day to a day."""

    title: Line = required("Post")
    organisation: BodyRef | None = asked("Organisation")
    start: dt.date | None = asked("From")
    end: dt.date | None = asked("To")
    note: LongText | None = asked("Note")


class Person(Record):
    """A person whom the register names, or a post whose holder is not named."""

    title: Line = required("Name")
    type: Literal["person", "post"] = asked("Type", default="person")
    aliases: Lines = asked("Also written", default=())
    posts: Annotated[tuple[Post, ...], Field(strict=False)] = asked("Posts", default=())


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
    columns=("ref", "title", "type", "reports_to", "cadence"),
)
PERSON = declare(
    "person",
    Person,
    plural="People and posts",
    where="people/{slug}.toml",
    reference="{slug}",
    columns=("ref", "title", "type", "posts"),
)
