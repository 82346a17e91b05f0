"""The tables that several kinds share: evidence, revisions, withdrawal."""

import datetime as dt
from typing import Literal

from bscp_tui.model.fields import Audience, LongText, asked, required
from bscp_tui.model.record import Item, Part, Source


class Evidence(Item):
    """What shows that something was done, or that it made a difference."""

    date: dt.date | None = asked("Date")
    shows: Literal["output", "impact"] = asked("Shows", default="output", hint="output: done; impact: it helped")
    text: LongText = required("What it is")


class Revision(Item):
    """A new date for a target; the original is never overwritten."""

    target: dt.date = required("New target")
    date: dt.date | None = asked("Agreed on")
    approved_by: str | None = asked("Approved by")
    reason: LongText | None = asked("Reason")


class Withdrawal(Part):
    """Why and since when something no longer stands; it is never deleted."""

    date: dt.date = required("Withdrawn on")
    reason: str = required("Reason")


class Record(Part):
    """What a file of the register holds; its path is its identity for ever."""

    audience: Audience | None = asked("Audience", last=True)
    withdrawn: Withdrawal | None = asked("Withdrawn", editable=False, last=True)
    source: Source | None = asked("Source", editable=False, last=True)
