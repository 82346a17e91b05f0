"""Communications: campaigns, newsletters, briefings and pages by which the partnership is heard."""

import datetime as dt
from typing import Literal

from bscp_tui.model.dated import happened, in_order
from bscp_tui.model.fields import BodyRef, BodyRefs, Line, LongText, asked, required
from bscp_tui.model.parts import Record
from bscp_tui.model.record import declare, derived
from bscp_tui.model.rules import Rule, Step
from bscp_tui.model.theme import ThemeRefs
from bscp_tui.model.view import View
from bscp_tui.model.workflow import Workflow


def _reach_of_nobody(step: Step) -> str | None:
    reach = step.new.value("reach")
    if not isinstance(reach, int):
        return None
    if reach < 0:
        return "its reach is below nought."
    return None if step.new.value("reach_of") else f"of whom or what it reached {reach:,} is not said (reach_of=TEXT)."


REACH_SAYS_OF_WHOM = Rule(
    "reach-says-of-whom", "A reach is a number of somebody: delegates, subscribers, visits.", _reach_of_nobody,
    field="reach_of",
)  # fmt: skip


class Communication(Record):
    """One thing by which the partnership reached practitioners, families or the public."""

    workflow = Workflow(("planned", "issued", "evaluated"), asks={"issued": ("issued",), "evaluated": ("reach",)})
    held_to = (REACH_SAYS_OF_WHOM, happened("issued"), in_order("issued", "ended"))

    title: Line = required("Title")
    type: Literal["campaign", "newsletter", "website", "event", "briefing", "guidance", "social-media", "press"] = (
        required("Type")
    )
    status: Literal["planned", "issued", "evaluated"] = asked("Status", default="planned")
    issued: dt.date | None = asked("Issued on")
    issued_as: Line | None = asked("Issued, as told", hint="where only a month or year is known")
    ended: dt.date | None = asked("Ended on")
    cadence: Line | None = asked("Repeated")
    owner: BodyRef | None = asked("Led by")
    partners: BodyRefs = asked("Together with", default=())
    addressed_to: Line | None = asked("Addressed to")
    reach: int | None = asked("Reach", people="count")
    reach_of: Line | None = asked("Reach, of whom", hint="delegates, subscribers, visits")
    at_least: bool | None = asked("Reach is a least number", hint="“over 1,400”")
    themes: ThemeRefs = asked("Themes", default=())
    text: LongText | None = asked("What it said")
    effect: LongText | None = asked("What came of it")
    place: Line | None = asked("Where it can be read")

    @derived
    def lead(self, view: View) -> str | None:
        """Who led it, by name."""
        return view.name_of(self.owner) if self.owner else None

    @derived
    def reached(self, view: View) -> str | None:
        """Its reach in words: "over 1,400 practitioners"."""
        del view
        return None if self.reach is None else f"{'over ' if self.at_least else ''}{self.reach:,} {self.reach_of or ''}"


COMMUNICATION = declare(
    "communication",
    Communication,
    plural="Communications",
    where="communications/{block}/CM-{code}.toml",
    reference="CM-{code}",
    columns=("ref", "title", "type", "issued_as", "status", "reached"),
)
