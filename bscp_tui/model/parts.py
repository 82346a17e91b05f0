"""The tables that several kinds share: evidence, revisions, corrections, links, withdrawal."""

import datetime as dt
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal

from pydantic import Field

from bscp_tui.model.audience import AUDIENCE_IS_NO_LOCK
from bscp_tui.model.fields import Audience, LongText, RecordRef, asked, required
from bscp_tui.model.record import Item, Part, Source, derived

if TYPE_CHECKING:
    from bscp_tui.model.view import View

LinkType = Literal[
    "leads-to", "measured-by", "trained-by", "re-audited-by", "follows-from", "part-of", "same-as", "relates-to"
]
# What each type says from the one end and from the other.
SAID_BACK = {
    "leads-to": "follows from",
    "measured-by": "measures",
    "trained-by": "trains for",
    "re-audited-by": "re-audits",
    "follows-from": "leads to",
    "part-of": "holds",
    "same-as": "is the same as",
    "relates-to": "relates to",
    # No types of their own but fields of an action, which say the same from both ends.
    "carried-forward-from": "carried forward to",
    "carried-forward-to": "carried forward from",
}


class Evidence(Item):
    """What shows that something was done, or that it made a difference."""

    date: dt.date | None = asked("Date")
    shows: Literal["output", "impact"] = asked("Shows", default="output", hint="output: done; impact: it helped")
    text: LongText = required("What it is")
    period_from: dt.date | None = asked("Describes from")
    period_to: dt.date | None = asked("Describes to")


class Revision(Item):
    """A new date for a target; the original is never overwritten."""

    lasting = never_typed = True

    target: dt.date = required("New target")
    date: dt.date | None = asked("Agreed on")
    approved_by: str | None = asked("Approved by")
    reason: LongText | None = asked("Reason")


class Correction(Item):
    """A target that was misprinted: what it should have said; this is no slippage, and both stay visible."""

    lasting = never_typed = True

    printed: dt.date = required("Printed target")
    target: dt.date = required("Correct target")
    date: dt.date | None = asked("Corrected on")
    according_to: LongText = required("According to")
    approved_by: str | None = asked("Approved by")
    reason: LongText | None = asked("Reason")


class Link(Item):
    """A typed link to another record, shown from both ends."""

    type: LinkType = asked("Link", default="relates-to")
    to: RecordRef = required("Record")
    note: LongText | None = asked("Note")

    @property
    def said(self) -> str:
        """What it says of the other record: "leads to"."""
        return self.type.replace("-", " ").replace("re audited", "re-audited")

    @property
    def said_back(self) -> str:
        """What it says seen from the other record: "follows from"."""
        return SAID_BACK[self.type]


class Withdrawal(Part):
    """Why and since when something no longer stands; it is never deleted."""

    date: dt.date = required("Withdrawn on")
    reason: str = required("Reason")


class Record(Part):
    """What a file of the register holds; its path is its identity for ever."""

    # Whom a record of the kind is for that does not say so itself; None leaves it with the partnership.
    usual_audience: ClassVar[Audience | None] = None
    always_held_to = (AUDIENCE_IS_NO_LOCK,)

    links: Annotated[tuple[Link, ...], Field(strict=False)] = asked("Links", default=(), last=True)
    audience: Audience | None = asked(
        "Audience",
        hint="whom outputs are made for; it hides nothing from who has this register: keep that in one of its own",
        last=True,
    )
    embargo: dt.date | None = asked("Embargo until", hint="the first day on which it may go outside", last=True)
    withdrawn: Withdrawal | None = asked("Withdrawn", editable=False, last=True)
    source: Source | None = asked("Source", editable=False, last=True)

    @derived
    def embargoed(self, view: "View") -> bool:
        """Whether it may not go outside yet."""
        return self.embargo is not None and view.today < self.embargo

    @classmethod
    def begun(cls, values: dict[str, Any]) -> dict[str, Any]:
        """A record of a kind that is not usually for everybody says so in its file, unless somebody says otherwise."""
        return values if cls.usual_audience in {None, "public"} else {"audience": cls.usual_audience} | values
