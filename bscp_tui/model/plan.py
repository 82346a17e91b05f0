"""Plans and their priorities."""

import datetime as dt
from typing import Annotated, Literal

from pydantic import Field

from bscp_tui.model.fields import BodyRef, Line, Lines, LongText, Rag, asked, required
from bscp_tui.model.parts import Record
from bscp_tui.model.placing import InPlan, InPriority
from bscp_tui.model.record import Item, declare
from bscp_tui.model.workflow import PUBLICATION

Published = Literal["draft", "agreed", "published", "closed"]


class Approval(Item):
    """A body's agreement to the plan; the day is often not published, so it is in words."""

    when: Line | None = asked("When")
    by: BodyRef | None = asked("By")
    text: LongText | None = asked("What was agreed")


class LegendEntry(Item):
    """What a colour means in this plan; without a legend nothing is coloured."""

    rag: Rag = required("Colour")
    means: LongText = required("Means")


class Plan(InPlan, Record):
    """What the partnership set out to do over a period."""

    workflow = PUBLICATION

    title: Line = required("Title")
    status: Published = asked("Status", default="draft")
    start: dt.date | None = asked("Begins")
    end: dt.date | None = asked("Ends")
    text: LongText | None = asked("Summary")
    ambition: LongText | None = asked("Ambition")
    purpose: Lines = asked("Purpose", default=())
    principles: Lines = asked("Principles", default=())
    values: Lines = asked("Values", default=())
    approvals: Annotated[tuple[Approval, ...], Field(strict=False)] = asked("Approvals", default=())
    legend: Annotated[tuple[LegendEntry, ...], Field(strict=False)] = asked("RAG legend", default=())


class Priority(InPriority, Record):
    """One of the few things that a plan puts first."""

    workflow = PUBLICATION

    number: int = required("Number")
    title: Line = required("Title")
    status: Published = asked("Status", default="draft")
    text: LongText | None = asked("Statement")
    senior_responsible_officer: BodyRef | None = asked("Senior responsible officer")


PLAN = declare(
    "plan",
    Plan,
    plural="Plans",
    where="plans/{plan}/plan.toml",
    reference="{plan}",
    columns=("ref", "title", "status", "start", "end"),
)
PRIORITY = declare(
    "priority",
    Priority,
    plural="Priorities",
    where="plans/{plan}/priorities/{number}.toml",
    reference="{plan}/{number}",
    columns=("ref", "title", "senior_responsible_officer", "status"),
)
