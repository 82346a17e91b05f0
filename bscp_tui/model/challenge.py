"""Challenges and requests for assurance between partners: the concern, the reply, and what was promised."""

import datetime as dt
from typing import Annotated, Literal

from pydantic import Field

from bscp_tui.model.dated import happened, in_order
from bscp_tui.model.fields import BodyRef, BodyRefs, Line, LongText, RecordRef, asked, required
from bscp_tui.model.owed import Owed, days_between
from bscp_tui.model.parts import Evidence, Record, Withdrawal
from bscp_tui.model.record import Item, declare, derived
from bscp_tui.model.rules import EVIDENCE_NOT_IN_FUTURE, Rule, Step, dated_evidence
from bscp_tui.model.text import shortened
from bscp_tui.model.theme import ThemeRefs
from bscp_tui.model.view import View
from bscp_tui.model.workflow import Workflow

REPLY_FIRST = "Record the reply first: assurance rests on one."


def _replied_without_reply(step: Step) -> str | None:
    if not step.becomes("replied", "assured") or step.new.value("reply"):
        return None
    return "the reply is missing: record it with the change (reply=TEXT)."


def _assured_with_promises_open(step: Step) -> str | None:
    if not step.becomes("assured", "closed"):
        return None
    rows: tuple[Commitment, ...] = getattr(step.new.item, "commitments", ())
    left = [f"{step.new.ref}.{row.number}" for row in rows if row.withdrawn is None and row.status == "promised"]
    return f"{', '.join(left)} is promised and neither kept nor given up." if left else None


def _kept_unshown(step: Step) -> str | None:
    if not step.becomes("kept") or dated_evidence(step.new, until=step.new.today):
        return None
    return "it has no dated evidence that the promise was kept. Add some with the change (--evidence TEXT)."


def _asks_itself(step: Step) -> str | None:
    owner, raised_by = step.new.value("owner"), step.new.value("raised_by")
    if owner is None or not isinstance(raised_by, tuple) or owner not in raised_by:
        return None
    return f"{step.new.name_of(str(owner))} would challenge itself. Say who asks (raised_by) and who is asked (owner)."


CHALLENGE_NEEDS_REPLY = Rule(
    "challenge-needs-reply", "A challenge is replied to in words before it counts as replied or assured.",
    _replied_without_reply, field="reply",
)  # fmt: skip
PROMISES_SETTLED_FIRST = Rule(
    "promises-settled-first",
    "A challenge is assured or closed when every promise is kept or given up.",
    _assured_with_promises_open,
    "warn",
    field="commitments",
)
KEPT_NEEDS_EVIDENCE = Rule("kept-needs-evidence", "A promise is kept with dated evidence.", _kept_unshown, "warn")
ANOTHER_IS_ASKED = Rule("another-is-asked", "Nobody challenges itself.", _asks_itself, field="owner")


class Commitment(Owed, Item):
    """Something that was promised in reply to a challenge."""

    workflow = Workflow(("promised", "kept", "given-up"))
    held_to = (KEPT_NEEDS_EVIDENCE, EVIDENCE_NOT_IN_FUTURE)
    stands_alone = True
    settled_when = frozenset({"kept", "given-up"})

    number: int = required("Number")
    text: LongText = required("Promise")
    status: Literal["promised", "kept", "given-up"] = asked("Status", default="promised")
    owner: BodyRef | None = asked("Who promised")
    due: dt.date | None = asked("By")
    chased_as: RecordRef | None = asked("Chased as", hint="the action point that it became, so that it is chased once")
    note: LongText | None = asked("Note")
    evidence: Annotated[tuple[Evidence, ...], Field(strict=False)] = asked("Evidence", default=())
    withdrawn: Withdrawal | None = asked("Withdrawn", editable=False)

    @property
    def title(self) -> str:
        """Its wording, shortened."""
        return shortened(self.text, 60)

    @derived
    def challenge(self, view: View) -> str:
        """The reference of its challenge."""
        return view.parent.ref if view.parent else ""

    @derived
    def open(self, view: View) -> bool:
        """Whether it is still to be kept, and not chased elsewhere."""
        del view
        return self.status == "promised" and self.chased_as is None


class Challenge(Owed, Record):
    """A concern that one partner puts to another, or a request to be assured; never about a single case."""

    workflow = Workflow(
        ("raised", "replied", "assured", "re-raised", "closed"),
        refused={("raised", "assured"): REPLY_FIRST, ("re-raised", "assured"): REPLY_FIRST},
        asks={"replied": ("reply", "replied", "replied_by"), "assured": ("assured",), "re-raised": ("due",)},
    )
    held_to = (
        CHALLENGE_NEEDS_REPLY,
        PROMISES_SETTLED_FIRST,
        ANOTHER_IS_ASKED,
        happened("raised", "replied", "assured"),
        in_order("raised", "replied", "assured"),
        in_order("raised", "due"),
        EVIDENCE_NOT_IN_FUTURE,
    )
    settled_when = frozenset({"replied", "assured", "closed"})

    title: Line = required("Concern", hint="a theme; never a name, never a case")
    type: Literal["challenge", "assurance-request"] = asked("Type", default="challenge")
    status: Literal["raised", "replied", "assured", "re-raised", "closed"] = asked("Status", default="raised")
    raised_by: BodyRefs = asked("Raised by", default=())
    owner: BodyRef | None = asked("Put to")
    raised: dt.date | None = asked("Raised on")
    raised_as: Line | None = asked("Raised, as told", hint="where only a month is known")
    due: dt.date | None = asked("Reply due")
    themes: ThemeRefs = asked("Themes", default=())
    text: LongText | None = asked("In full", hint="the concern; nothing that identifies anybody")
    reply: LongText | None = asked("Reply")
    replied: dt.date | None = asked("Replied on")
    replied_as: Line | None = asked("Replied, as told", hint="where only a month is known")
    replied_by: BodyRef | None = asked("Replied by")
    assured: dt.date | None = asked("Assured on")
    update: LongText | None = asked("Update on progress")
    commitments: Annotated[tuple[Commitment, ...], Field(strict=False)] = asked("Promises", default=())
    evidence: Annotated[tuple[Evidence, ...], Field(strict=False)] = asked("Evidence", default=())

    @derived
    def days_to_reply(self, view: View) -> int | None:
        """Days from the challenge to the reply; None while one of the days is not recorded."""
        del view
        return days_between(self.raised, self.replied)

    @derived
    def days_open(self, view: View) -> int | None:
        """Days that it has waited for a reply; None once there is one, and without a day."""
        return days_between(self.raised, view.today) if self.open(view) else None

    @derived
    def promises_open(self, view: View) -> int:
        """How many promises are neither kept nor given up."""
        del view
        return sum(row.status == "promised" and row.withdrawn is None for row in self.commitments)


CHALLENGE = declare(
    "challenge",
    Challenge,
    plural="Challenges and assurance",
    where="challenges/{block}/CH-{code}.toml",
    reference="CH-{code}",
    columns=("ref", "title", "type", "lead", "raised_as", "due", "status", "promises_open"),
)
COMMITMENT = declare(
    "commitment",
    Commitment,
    plural="Promises in reply",
    inside=("challenge", "commitments"),
    reference="CH-{code}.{item}",
    columns=("ref", "title", "lead", "due", "status"),
)
