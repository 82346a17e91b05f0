"""Work programmes of sub-groups: what each will do in a year, linked to the key actions it carries."""

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
from bscp_tui.model.fields import BodyRef, Line, LongText, RecordRef, Refers, asked, required
from bscp_tui.model.parts import Correction, Evidence, Link, Record, Revision, Withdrawal
from bscp_tui.model.record import Item, declare, derived
from bscp_tui.model.rules import EVIDENCE_NOT_IN_FUTURE
from bscp_tui.model.timeliness import Timed
from bscp_tui.model.view import View
from bscp_tui.model.workflow import DONE, OPEN, PROGRESS

KeyActionRefs = Annotated[tuple[Annotated[str, Refers(("action", "key-action"))], ...], Field(strict=False)]


class WorkItem(Timed, Confirmed, Item):
    """One thing that the group will do."""

    workflow = PROGRESS
    held_to = (
        COMPLETE_NEEDS_EVIDENCE, EMBEDDED_NEEDS_IMPACT, EMBEDDED_NEEDS_CONFIRMATION, CONFIRMED_BY_ANOTHER,
        SUPERSEDED_NAMES_SUCCESSOR, REVISIONS_AT_MOST, REVISION_NEEDS_APPROVAL, EVIDENCE_NOT_IN_FUTURE,
    )  # fmt: skip
    chased = True
    stands_alone = True

    number: int = required("Number")
    title: Line = required("What is to be done")
    status: Literal["not-started", "in-progress", "complete", "embedded", "deferred", "superseded"] = asked(
        "Progress", default="not-started"
    )
    target: dt.date | None = asked("Due")
    owner: BodyRef | None = asked("Led by", hint="none: the group itself")
    key_actions: KeyActionRefs = asked("Key actions", default=())
    text: LongText | None = asked("In full")
    update: LongText | None = asked("Update on progress")
    withdrawn: Withdrawal | None = asked("Withdrawn", editable=False)
    revisions: Annotated[tuple[Revision, ...], Field(strict=False)] = asked("Revisions", default=())
    corrections: Annotated[tuple[Correction, ...], Field(strict=False)] = asked("Corrections", default=())
    evidence: Annotated[tuple[Evidence, ...], Field(strict=False)] = asked("Evidence", default=())
    links: Annotated[tuple[Link, ...], Field(strict=False)] = asked("Links", default=())

    @derived
    def programme(self, view: View) -> str:
        """The reference of its work programme."""
        return view.parent.ref if view.parent else ""

    @derived
    def lead(self, view: View) -> str | None:
        """Who leads it, by name."""
        return "; ".join(map(view.name_of, self.leads(view))) or None

    @derived
    def leads(self, view: View) -> list[str]:
        """The reference of who leads it: its owner, else the programme's group."""
        if self.owner:
            return [self.owner]
        programme = view.parent.item if view.parent else None
        return [programme.group] if isinstance(programme, WorkProgramme) else []


class WorkProgramme(Record):
    """What a group will do in a year or over a plan."""

    group: BodyRef = required("Group")
    title: Line = required("Title")
    year: Line | None = asked("Year or period", hint="2025/26")
    agreed: dt.date | None = asked("Agreed on")
    agreed_at: RecordRef | None = asked("Agreed at", hint="the meeting's reference")
    text: LongText | None = asked("What it is for")
    update: LongText | None = asked("Update on progress")
    items: Annotated[tuple[WorkItem, ...], Field(strict=False)] = asked("Items", default=())

    @derived
    def lead(self, view: View) -> str:
        """The group's name."""
        return view.name_of(self.group)

    @derived
    def progress(self, view: View) -> str | None:
        """How many of its items are done, in words."""
        del view
        standing = self._standing()
        done = sum(item.status in DONE for item in standing)
        return f"{done} of {len(standing)} done" if standing else None

    @derived
    def overdue(self, view: View) -> bool:
        """Whether an item of it is late."""
        return self.late(view) > 0

    @derived
    def late(self, view: View) -> int:
        """How many of its items are late."""
        return sum(due < view.today for due in self._dues())

    @derived
    def due(self, view: View) -> dt.date | None:
        """When the next of its open items is due."""
        del view
        return min(self._dues(), default=None)

    def _standing(self) -> list[WorkItem]:
        return [item for item in self.items if item.withdrawn is None]

    def _dues(self) -> list[dt.date]:
        """The days that count of its open items: the last revision's, a corrected one, else the first target."""
        found = []
        for item in self._standing():
            rows = item.revisions or item.corrections
            due = rows[-1].target if rows else item.target
            if item.status in OPEN and due is not None:
                found.append(due)
        return found


WORK_PROGRAMME = declare(
    "work-programme",
    WorkProgramme,
    plural="Work programmes",
    where="work-programmes/{block}/WP-{code}.toml",
    reference="WP-{code}",
    columns=("ref", "title", "lead", "year", "progress", "due", "late"),
)
WORK_ITEM = declare(
    "work-item",
    WorkItem,
    plural="Work items",
    inside=("work-programme", "items"),
    reference="WP-{code}.{item}",
    columns=("ref", "title", "due", "status", "timeliness", "lead", "key_actions"),
)
