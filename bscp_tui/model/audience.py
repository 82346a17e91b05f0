"""Whom a record is for, and until when nothing of it goes outside: the one decision that every output obeys.

A register's files cannot be hidden from those who have its folder; what some readers must not see at all belongs
in a register of its own. What is decided here is what an output that is made *for* somebody may hold: a list, a
report, a page.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, get_args

from bscp_tui.model.fields import Audience
from bscp_tui.model.rules import Rule, Step
from bscp_tui.model.view import View

# From the widest to the narrowest: what is for the public is for everybody.
AUDIENCES: tuple[Audience, ...] = get_args(Audience)
UNSET: Audience = "partnership"  # a record that does not say whom it is for is not made public by that
NARROWEST: Audience = "group"
Withheld = Literal["audience", "embargo"]


def audience_of(view: View) -> Audience:
    """Return whom a record is for: as it says, else as is usual for its kind; a row is for whom its record is."""
    record = whole(view)
    own = getattr(record.item, "audience", None)
    usual: Audience | None = getattr(record.item, "usual_audience", None)
    return own if own in AUDIENCES else usual or UNSET


def embargo_of(view: View) -> dt.date | None:
    """Return the first day on which a record may go outside; None where nothing holds it back."""
    embargo = getattr(whole(view).item, "embargo", None)
    return embargo if isinstance(embargo, dt.date) else None


def embargoed(view: View) -> bool:
    """Whether a record, or the record of a row, may not go outside yet."""
    embargo = embargo_of(view)
    return embargo is not None and view.today < embargo


def withheld(record: Audience, embargo: dt.date | None, readers: Audience, today: dt.date) -> Withheld | None:
    """Return why a record is left out of an output, None where it may be in it.

    An embargo holds for every output but one for the group itself, whatever the audience: whoever sets it has
    not yet decided that the record goes to anybody else.

    Args:
        record: Whom the record is for.
        embargo: The first day on which it may go outside.
        readers: Whom the output is for.
        today: The day on which the output is made, whatever day it tells of.

    """
    if AUDIENCES.index(record) > AUDIENCES.index(readers):
        return "audience"
    if embargo is not None and today < embargo and readers != NARROWEST:
        return "embargo"
    return None


def whole(view: View) -> View:
    """Return the record that a row stands in; a record itself."""
    while view.parent is not None:
        view = view.parent
    return view


@dataclass(frozen=True)
class Readers:
    """Whom an output is made for.

    Attributes:
        audience: The public, the partnership or the group.
        today: The day on which it is made.

    """

    audience: Audience
    today: dt.date

    def withheld(self, view: View) -> Withheld | None:
        """Return why ``view`` is left out of what is made for them, None where it may be in it."""
        return withheld(audience_of(view), embargo_of(view), self.audience, self.today)

    def told(self, left_out: Iterable[Withheld]) -> str:
        """Return for whom an output is made and how many records are left out, as one sentence."""
        reasons = list(left_out)
        named = {"public": "the public", "partnership": "the partnership", "group": "the group"}[self.audience]
        if not reasons:
            return f"Made for {named}; no record is left out."
        narrower, held = reasons.count("audience"), reasons.count("embargo")
        why = [f"{count} {said}" for count, said in ((narrower, "for fewer readers"), (held, "under embargo")) if count]
        records = "record is" if len(reasons) == 1 else "records are"
        return f"Made for {named}; {len(reasons)} {records} left out: {', '.join(why)}."


def _narrowed(step: Step) -> str | None:
    if step.old is None or not step.changes("audience") or step.new.value("audience") in {None, "public"}:
        return None
    return (
        "outputs that are made for others leave it out from now on, but whoever has this register's folder still "
        "reads it, with its whole history. What some readers must not see at all belongs in a register of its own."
    )


AUDIENCE_IS_NO_LOCK = Rule(
    "audience-is-no-lock", "An audience says whom outputs are for; it hides nothing from who has the register.",
    _narrowed, "warn", field="audience",
)  # fmt: skip
