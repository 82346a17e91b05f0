"""Update rounds: who was asked before a meeting, about what, and what came back."""

import datetime as dt
import hashlib
from typing import Annotated, Literal

from pydantic import Field

from bscp_tui.model.fields import BodyRef, Line, Lines, LongText, asked, required
from bscp_tui.model.parts import Record
from bscp_tui.model.record import Item, declare, derived
from bscp_tui.model.view import View
from bscp_tui.model.workflow import Workflow

BACK = frozenset({"replied", "nothing-to-report"})


class UpdateReturn(Item):
    """What one lead or agency was asked to return, and whether it came back."""

    workflow = Workflow(("asked", "chased", "replied", "nothing-to-report"))
    stands_alone = True

    number: int = required("Number")
    title: Line = required("Asked of")
    party: BodyRef | None = asked("Agency, group or person", editable=False)
    status: Literal["asked", "chased", "replied", "nothing-to-report"] = asked("Status", default="asked")
    chased_on: dt.date | None = asked("Last chased on")
    returned: dt.date | None = asked("Came in on")
    sender: Line | None = asked("Filled in by", people="name")
    note: LongText | None = asked("Note")
    asked_about: Lines = asked("Asked about", default=(), editable=False)
    documents: Lines = asked("Documents read", default=(), editable=False)
    set_aside: Lines = asked("Answers set aside", default=(), editable=False)

    @derived
    def items(self, view: View) -> int:
        """How many records it asks about."""
        del view
        return len(self.asked_about)

    @derived
    def round(self, view: View) -> str:
        """The reference of its round."""
        return view.parent.ref if view.parent else ""

    @derived
    def late(self, view: View) -> bool:
        """Whether it came in after the deadline, or has not come in although that has passed."""
        deadline = getattr(view.parent.item, "deadline", None) if view.parent else None
        return (
            deadline is not None
            and (self.returned or view.today) > deadline
            and (self.returned is not None or self.status not in BACK)
        )

    @property
    def asks(self) -> dict[str, dict[str, str]]:
        """What was asked: reference to field to the mark of the value that stood there."""
        return dict(map(_read, self.asked_about))


class UpdateRound(Record):
    """One round of asking leads and agencies how far they are, before a meeting."""

    workflow = Workflow(("open", "closed"))

    title: Line = required("Title")
    meeting: Line | None = asked("For the meeting")
    deadline: dt.date = required("Returns due")
    started: dt.date | None = asked("Asked on")
    status: Literal["open", "closed"] = asked("Status", default="open")
    note: LongText | None = asked("Note")
    returns: Annotated[tuple[UpdateReturn, ...], Field(strict=False)] = asked("Returns", default=())

    @derived
    def parties(self, view: View) -> int:
        """How many were asked."""
        del view
        return len(self.returns)

    @derived
    def back(self, view: View) -> int:
        """How many came back, those with nothing to report among them."""
        del view
        return sum(each.status in BACK for each in self.returns)


def mark_of(text: str) -> str:
    """Return a short mark of a text as a form shows it; spacing does not count."""
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()[:8]


def asked_line(ref: str, shown: dict[str, str]) -> str:
    """Return the line that keeps what was asked about one record: "2025-27/4.1.3 status=9f3a1c2b".

    Args:
        ref: The record's reference.
        shown: Field to the text that its form showed.

    """
    return " ".join([ref, *(f"{name}={mark_of(text)}" for name, text in shown.items())])


def _read(line: str) -> tuple[str, dict[str, str]]:
    ref, *marks = line.split()
    return ref, dict(mark.split("=", 1) for mark in marks if "=" in mark)


UPDATE_ROUND = declare(
    "update-round",
    UpdateRound,
    plural="Update rounds",
    where="rounds/{block}/UR-{code}.toml",
    reference="UR-{code}",
    columns=("ref", "title", "deadline", "status", "parties", "back"),
)
UPDATE_RETURN = declare(
    "update-return",
    UpdateReturn,
    plural="Returns of rounds",
    inside=("update-round", "returns"),
    reference="UR-{code}.{item}",
    columns=("ref", "title", "items", "status", "returned", "late"),
)
