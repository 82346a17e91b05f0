"""The delivery plan's rows: actions, their numbered key actions and the stages of these."""

import datetime as dt
from collections.abc import Iterable
from typing import Annotated, Literal

from pydantic import Field

from bscp_tui.model.delivery_rules import DELIVERY_RULES
from bscp_tui.model.fields import BodyRef, Line, Lines, LongText, Numbers, Rag, RecordRef, asked, required
from bscp_tui.model.parts import Correction, Evidence, Link, Record, Revision, Withdrawal
from bscp_tui.model.placing import InPriority
from bscp_tui.model.record import FieldPath, Item, Part, declare, derived
from bscp_tui.model.timeliness import Timed, in_days
from bscp_tui.model.view import Circumstances, RefusedChangeError, View
from bscp_tui.model.workflow import DONE, PROGRESS

Progress = Literal["not-started", "in-progress", "complete", "embedded", "deferred", "superseded"]


class Lead(Item):
    """Who leads which key actions, as the plan publishes it; no numbers means it gives none."""

    party: BodyRef | None = asked("Lead")
    post: Line | None = asked("Post")
    to_be_agreed: bool | None = asked("To be agreed")
    key_actions: Numbers = asked("Key actions", default=())
    note: LongText | None = asked("Note")

    def leads(self, number: int) -> bool:
        """Whether it leads key action ``number``."""
        return not self.key_actions or number in self.key_actions

    def named(self, view: View) -> str:
        """Return the lead's name as people say it."""
        name = view.name_of(self.party) if self.party else (self.post or "")
        return f"{name} (to be agreed)" if self.to_be_agreed else name


class Stage(Item):
    """One step of a key action ("implement" in year 1, "evaluate" in year 2)."""

    workflow = PROGRESS

    title: Line = required("Stage")
    year: int | None = asked("Year")
    status: Progress = asked("Progress", default="not-started")
    target: dt.date | None = asked("Target")


class Confirmed(Part):
    """Who confirmed that something is embedded, and what took its place or carries it on."""

    confirmed_by_group: BodyRef | None = asked("Confirmed by group", last=True)
    confirmed_by: BodyRef | None = asked("Confirmed by", last=True)
    confirmed_at: Line | None = asked("Confirmed at", hint="the meeting, with its date", last=True)
    superseded_by: RecordRef | None = asked("Superseded by", last=True)
    carried_forward_from: RecordRef | None = asked(
        "Carried forward from", hint="an action of the earlier plan", last=True
    )
    carried_forward_to: RecordRef | None = asked("Carried forward to", hint="an action of the later plan", last=True)


class KeyAction(Timed, InPriority, Confirmed, Item):
    """One numbered thing to be done within an action, ``4.1.3``."""

    workflow = PROGRESS
    held_to = DELIVERY_RULES
    chased = True
    stands_alone = True

    number: int = required("Number")
    title: Line = required("Title")
    text: LongText | None = asked("Key action")
    status: Progress = asked("Progress", default="not-started")
    target: dt.date | None = asked("Target")
    target_basis: Literal["order-assumed"] | None = asked("Target's basis", editable=False)
    years: Numbers = asked("Years", default=())
    update: LongText | None = asked("Update on progress")
    note: LongText | None = asked("Note")
    withdrawn: Withdrawal | None = asked("Withdrawn", editable=False)
    revisions: Annotated[tuple[Revision, ...], Field(strict=False)] = asked("Revisions", default=())
    corrections: Annotated[tuple[Correction, ...], Field(strict=False)] = asked("Corrections", default=())
    evidence: Annotated[tuple[Evidence, ...], Field(strict=False)] = asked("Evidence", default=())
    stages: Annotated[tuple[Stage, ...], Field(strict=False)] = asked("Stages", default=())
    links: Annotated[tuple[Link, ...], Field(strict=False)] = asked("Links", default=())

    @derived
    def action(self, view: View) -> str:
        """The reference of its action."""
        return view.parent.ref if view.parent else ""

    @derived
    def lead(self, view: View) -> str | None:
        """Who leads it, in words; None where the plan names nobody."""
        return "; ".join(lead.named(view) for lead in _leads(self, view)) or None

    @derived
    def leads(self, view: View) -> list[str]:
        """The references of the bodies that lead it."""
        return [lead.party for lead in _leads(self, view) if lead.party]

    def inherited_target(self, view: View) -> tuple[dt.date, str] | None:
        """Return the row's one target and its reference, where the plan gives one for several."""
        row = view.parent
        if row is None or not isinstance(row.item, Action) or row.item.target is None:
            return None
        return row.item.target, row.ref

    def due_in(self, row: "Action") -> dt.date | None:
        """Return the date that counts, given the row that it stands in."""
        return self.revisions[-1].target if self.revisions else self.target or row.target

    @classmethod
    def amended(cls, view: View, name: str, value: object, why: Circumstances) -> dict[FieldPath, object]:
        """The last stage and the key action complete together."""
        changes = super().amended(view, name, value, why)
        stages = view.item.stages if isinstance(view.item, KeyAction) else ()
        if not isinstance(value, str) or value not in DONE or not stages:
            return changes
        last = ("stages", f"#{stages[-1].id}", "status")
        if name == "status" and stages[-1].status not in DONE:
            changes[last] = "complete"
        elif name == ".".join(last) and view.value("status") not in DONE:
            changes[("status",)] = "complete"
        return changes


class Action(Timed, InPriority, Confirmed, Record):
    """A row of the delivery plan: outcomes, measures, leads and the key actions."""

    workflow = PROGRESS
    held_to = DELIVERY_RULES

    number: Line = required("Number")
    title: Line = required("Title")
    text: LongText | None = asked("What was set out")
    status: Progress | None = asked("Progress", hint="only where it has no key actions")
    rag: Rag | None = asked("RAG")
    target: dt.date | None = asked("Target")
    years: Numbers = asked("Years", default=())
    outcomes: Lines = asked("Desired outcomes", default=())
    measures: Lines = asked("Evidence and measures of progress", default=())
    update: LongText | None = asked("Update on progress")
    leads: Annotated[tuple[Lead, ...], Field(strict=False)] = asked("Leads", default=())
    revisions: Annotated[tuple[Revision, ...], Field(strict=False)] = asked("Revisions", default=())
    corrections: Annotated[tuple[Correction, ...], Field(strict=False)] = asked("Corrections", default=())
    evidence: Annotated[tuple[Evidence, ...], Field(strict=False)] = asked("Evidence", default=())
    key_actions: Annotated[tuple[KeyAction, ...], Field(strict=False)] = asked("Key actions", default=())

    @derived
    def lead(self, view: View) -> str | None:
        """Everyone who leads it or a part of it, in words."""
        return "; ".join(dict.fromkeys(lead.named(view) for lead in self.leads)) or None

    @derived
    def progress(self, view: View) -> str | None:
        """How far its key actions are, in words; its own status where it has none."""
        del view
        standing = self._standing()
        if not standing:
            return self.status
        done = sum(key_action.status in DONE for key_action in standing)
        return f"{done} of {len(standing)} done"

    @derived
    def due(self, view: View) -> dt.date | None:
        """Its own target, else the next of its open key actions."""
        return super().due(view) or min(self._open_targets(), default=None)

    @derived
    def overdue(self, view: View) -> bool:
        """Whether it, or one of its key actions, is late."""
        return self._late_ones(view) > 0 if self._standing() else super().overdue(view)

    @derived
    def timeliness(self, view: View) -> str:
        """How many of its key actions are late, or when the next is due, in words."""
        standing, late = self._standing(), self._late_ones(view)
        if not standing:
            return super().timeliness(view)
        if late:
            return f"{late} of {len(standing)} late"
        if not self._owed():
            return "done"
        days = (min(self._open_targets(), default=view.today) - view.today).days
        return in_days(days) if self._open_targets() else "no target"

    def _standing(self) -> list[KeyAction]:
        return [key_action for key_action in self.key_actions if key_action.withdrawn is None]

    def _owed(self) -> list[KeyAction]:
        return [key_action for key_action in self._standing() if key_action.owed]

    def _open_targets(self) -> list[dt.date]:
        dues = (key_action.due_in(self) for key_action in self._owed())
        return [due for due in dues if due is not None]

    def _late_ones(self, view: View) -> int:
        return sum(due < view.today for due in self._open_targets())

    @classmethod
    def amended(cls, view: View, name: str, value: object, why: Circumstances) -> dict[FieldPath, object]:
        """Progress is recorded on the key actions where there are any."""
        if name == "status" and isinstance(view.item, Action) and view.item.key_actions:
            first, last = view.item.key_actions[0].number, view.item.key_actions[-1].number
            msg = (
                f"{view.ref} has key actions: its progress is theirs. "
                f"Record it on {view.ref}.{first} to {view.ref}.{last}."
            )
            raise RefusedChangeError(msg, field="status")
        return super().amended(view, name, value, why)


def _leads(key_action: KeyAction, view: View) -> Iterable[Lead]:
    row = view.parent.item if view.parent else None
    return (lead for lead in row.leads if lead.leads(key_action.number)) if isinstance(row, Action) else ()


ACTION = declare(
    "action",
    Action,
    plural="Actions",
    where="plans/{plan}/actions/{number}.toml",
    reference="{plan}/{number}",
    columns=("ref", "title", "lead", "due", "progress", "timeliness", "rag"),
)
KEY_ACTION = declare(
    "key-action",
    KeyAction,
    plural="Key actions",
    inside=("action", "key_actions"),
    reference="{plan}/{number}.{item}",
    columns=("ref", "title", "due", "status", "timeliness", "lead"),
)
