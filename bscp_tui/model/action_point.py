"""Action points: anything owed outside the plan, with its origin, owner and day."""

import datetime as dt
from typing import Annotated, Literal

from pydantic import Field

from bscp_tui.model.action import Confirmed
from bscp_tui.model.delivery_rules import (
    COMPLETE_NEEDS_EVIDENCE,
    CONFIRMED_BY_ANOTHER,
    EMBEDDED_NEEDS_CONFIRMATION,
    EMBEDDED_NEEDS_IMPACT,
    REVISION_NEEDS_APPROVAL,
    REVISIONS_AT_MOST,
    SUPERSEDED_NAMES_SUCCESSOR,
)
from bscp_tui.model.fields import BodyRef, Line, LongText, RecordRef, asked, required
from bscp_tui.model.parts import Correction, Evidence, Record, Revision
from bscp_tui.model.record import declare, derived
from bscp_tui.model.rules import EVIDENCE_NOT_IN_FUTURE
from bscp_tui.model.timeliness import Timed
from bscp_tui.model.view import View
from bscp_tui.model.workflow import PROGRESS


class ActionPoint(Timed, Confirmed, Record):
    """Something that a board, a task and finish group, scrutiny or an audit asked somebody to do."""

    workflow = PROGRESS
    chased = True
    held_to = (
        COMPLETE_NEEDS_EVIDENCE,
        EMBEDDED_NEEDS_IMPACT,
        EMBEDDED_NEEDS_CONFIRMATION,
        CONFIRMED_BY_ANOTHER,
        SUPERSEDED_NAMES_SUCCESSOR,
        REVISIONS_AT_MOST,
        REVISION_NEEDS_APPROVAL,
        EVIDENCE_NOT_IN_FUTURE,
    )

    title: Line = required("What is to be done")
    owner: BodyRef = required("Owner")
    status: Literal["not-started", "in-progress", "complete", "embedded", "deferred", "superseded"] = asked(
        "Progress", default="not-started"
    )
    target: dt.date | None = asked("Due")
    origin: RecordRef | None = asked("Comes from", hint="the reference of a finding, review, question, …")
    raised_at: Line | None = asked("Raised at", hint="the meeting, with its date")
    text: LongText | None = asked("In full")
    update: LongText | None = asked("Update on progress")
    revisions: Annotated[tuple[Revision, ...], Field(strict=False)] = asked("Revisions", default=())
    corrections: Annotated[tuple[Correction, ...], Field(strict=False)] = asked("Corrections", default=())
    evidence: Annotated[tuple[Evidence, ...], Field(strict=False)] = asked("Evidence", default=())

    @derived
    def lead(self, view: View) -> str:
        """The owner's name."""
        return view.name_of(self.owner)

    @derived
    def leads(self, view: View) -> list[str]:
        """The owner's reference."""
        del view
        return [self.owner]


ACTION_POINT = declare(
    "action-point",
    ActionPoint,
    plural="Action points",
    where="action-points/{block}/AP-{code}.toml",
    reference="AP-{code}",
    columns=("ref", "title", "lead", "due", "status", "timeliness", "origin"),
)
