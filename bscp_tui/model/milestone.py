"""Milestones of the arrangements: what was to be reached by when, beside the plan."""

import datetime as dt
from typing import Annotated, Literal

from pydantic import Field

from bscp_tui.model.delivery_rules import COMPLETE_NEEDS_EVIDENCE, REVISION_NEEDS_APPROVAL, REVISIONS_AT_MOST
from bscp_tui.model.fields import BodyRef, Line, LongText, RecordRef, asked, required
from bscp_tui.model.parts import Correction, Evidence, Record, Revision
from bscp_tui.model.record import declare, derived
from bscp_tui.model.rules import EVIDENCE_NOT_IN_FUTURE
from bscp_tui.model.timeliness import Timed
from bscp_tui.model.view import View
from bscp_tui.model.workflow import OPEN, PROGRESS, Workflow


class Milestone(Timed, Record):
    """A step of the partnership's own arrangements, with the day by which it is to be reached."""

    workflow = Workflow(("not-started", "in-progress", "complete", "deferred", "superseded"), PROGRESS.refused)
    held_to = (COMPLETE_NEEDS_EVIDENCE, REVISIONS_AT_MOST, REVISION_NEEDS_APPROVAL, EVIDENCE_NOT_IN_FUTURE)
    chased = True

    title: Line = required("Milestone")
    status: Literal["not-started", "in-progress", "complete", "deferred", "superseded"] = asked(
        "Progress", default="not-started"
    )
    target: dt.date | None = asked("Due")
    target_as_told: Line | None = asked("Due, as told", hint="where only a month is known")
    owner: BodyRef | None = asked("Led by")
    chased_as: RecordRef | None = asked("Chased as", hint="the action point that it became, so that it is chased once")
    text: LongText | None = asked("In full")
    update: LongText | None = asked("Update on progress")
    revisions: Annotated[tuple[Revision, ...], Field(strict=False)] = asked("Revisions", default=())
    corrections: Annotated[tuple[Correction, ...], Field(strict=False)] = asked("Corrections", default=())
    evidence: Annotated[tuple[Evidence, ...], Field(strict=False)] = asked("Evidence", default=())

    @derived
    def lead(self, view: View) -> str | None:
        """Who leads it, by name."""
        return view.name_of(self.owner) if self.owner else None

    @derived
    def leads(self, view: View) -> list[str]:
        """The reference of who leads it."""
        del view
        return [self.owner] if self.owner else []

    @derived
    def open(self, view: View) -> bool:
        """Whether it is still to be reached, and not chased elsewhere."""
        del view
        return self.status in OPEN and self.chased_as is None


MILESTONE = declare(
    "milestone",
    Milestone,
    plural="Milestones",
    where="milestones/{block}/MS-{code}.toml",
    reference="MS-{code}",
    columns=("ref", "title", "lead", "due", "status", "timeliness"),
)
