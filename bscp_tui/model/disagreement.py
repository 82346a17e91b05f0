"""Professional disagreements: which stage they reached, how many days that took, and what was learned."""

import datetime as dt
from typing import Annotated, Literal

from pydantic import Field

from bscp_tui.model.dated import happened, in_order
from bscp_tui.model.document import Document, new_item_ids
from bscp_tui.model.fields import BodyRef, BodyRefs, FieldFacts, Line, LongText, RecordRef, Shape, asked, required
from bscp_tui.model.owed import Owed, days_between
from bscp_tui.model.parts import Record
from bscp_tui.model.record import FieldPath, Item, declare, derived
from bscp_tui.model.rules import Rule, Step
from bscp_tui.model.settings import StageSetting
from bscp_tui.model.theme import ThemeRefs
from bscp_tui.model.view import Circumstances, RefusedChangeError, View
from bscp_tui.model.workflow import Workflow

RUNNING = frozenset({"raised", "escalated"})


def _escalated_nowhere(step: Step) -> str | None:
    if not step.becomes("escalated") or step.new.value("escalations"):
        return None
    return "to which stage is not said: record it with the change (stage=2)."


def _resolved_undated(step: Step) -> str | None:
    if not step.becomes("resolved", "learning", "closed") or step.new.value("resolved"):
        return None
    return "the day on which it was resolved is not said: record it with the change (resolved=DATE)."


def _learned_nothing(step: Step) -> str | None:
    if not step.becomes("learning") or step.new.value("learning"):
        return None
    return "what was learned is not said: record it with the change (learning=TEXT)."


def _escalated_before(step: Step) -> str | None:
    rows: tuple[Escalation, ...] = getattr(step.new.item, "escalations", ())
    days = [step.new.value("raised"), *(row.date for row in rows)]
    known = [day for day in days if isinstance(day, dt.date)]
    if known != sorted(known):
        return "a stage would begin before the one that it follows."
    if any(day > step.new.today for day in known[1:]):
        return "a stage would begin on a day that is still to come."
    return None


ESCALATION_SAYS_WHERE = Rule(
    "escalation-says-where", "An escalated disagreement says to which stage.", _escalated_nowhere, field="stage"
)
RESOLVED_SAYS_WHEN = Rule(
    "resolved-says-when", "A resolved disagreement says when it was.", _resolved_undated, field="resolved"
)
LEARNING_SAYS_WHAT = Rule(
    "learning-says-what",
    "A disagreement from which something is learned says what.",
    _learned_nothing,
    field="learning",
)
STAGES_IN_ORDER = Rule(
    "stages-in-order", "Each stage begins on the day of the one before or later.", _escalated_before, field="stage"
)


class Escalation(Item):
    """The step to a later stage, and when it was taken."""

    lasting = never_typed = True

    stage: int = required("Stage")
    date: dt.date = required("Since")
    decided_at: Line | None = asked("Decided at")


class Disagreement(Owed, Record):
    """A disagreement between professionals about what is right for children: theme, agencies, stages, never a case."""

    usual_audience = "group"
    workflow = Workflow(
        ("raised", "escalated", "resolved", "learning", "closed"),
        asks={"escalated": ("stage",), "resolved": ("resolved", "outcome"), "learning": ("resolved", "learning")},
    )
    held_to = (
        ESCALATION_SAYS_WHERE,
        RESOLVED_SAYS_WHEN,
        LEARNING_SAYS_WHAT,
        STAGES_IN_ORDER,
        happened("raised", "resolved"),
        in_order("raised", "resolved"),
    )
    settled_when = frozenset({"resolved", "learning", "closed"})
    also_typed = {  # noqa: RUF012 - a class's own, as the declaration says
        "stage": FieldFacts("stage", "Stage", Shape.NUMBER, (), "2, 3, …", required=False, part=None, editable=True)
    }

    title: Line = required("What it is about", hint="a theme; never a name, never a case")
    status: Literal["raised", "escalated", "resolved", "learning", "closed"] = asked("Status", default="raised")
    raised: dt.date | None = asked("Raised on")
    raised_by: BodyRef | None = asked("Raised by")
    agencies: BodyRefs = asked("Between", default=(), hint="the agencies; never who")
    owner: BodyRef | None = asked("Who is to resolve it")
    themes: ThemeRefs = asked("Themes", default=())
    text: LongText | None = asked("Subject", hint="the question of practice; nothing of a case")
    resolved: dt.date | None = asked("Resolved on")
    outcome: LongText | None = asked("Outcome")
    learning: LongText | None = asked("What was learned")
    leads_to: RecordRef | None = asked("Leads to")
    update: LongText | None = asked("Update on progress")
    escalations: Annotated[tuple[Escalation, ...], Field(strict=False)] = asked("Escalations", default=())

    @derived
    def stage(self, view: View) -> int:
        """The number of the stage that it reached; 1 until it is escalated."""
        del view
        return self.escalations[-1].stage if self.escalations else 1

    @derived
    def stage_title(self, view: View) -> str | None:
        """What the register calls that stage; None where it sets no such stage."""
        setting = self._setting(view)
        return setting.title if setting else None

    @derived
    def stage_since(self, view: View) -> dt.date | None:
        """The day on which that stage began."""
        del view
        return self.escalations[-1].date if self.escalations else self.raised

    @derived
    def due(self, view: View) -> dt.date | None:
        """The last day of its stage; None without a day, or where the register sets no days."""
        setting, since = self._setting(view), self.stage_since(view)
        if self.status not in RUNNING or setting is None or setting.days is None or since is None:
            return None
        return view.register.settings.working_days.add(since, setting.days)

    @derived
    def days_to_next_stage(self, view: View) -> int | None:
        """Working days until it is to go to the next stage, 0 on the last, below 0 after it."""
        due = self.due(view)
        if due is None:
            return None
        working = view.register.settings.working_days
        return working.between(view.today, due) if view.today <= due else -max(working.between(due, view.today), 1)

    @derived
    def overdue(self, view: View) -> bool:
        """Neither resolved nor taken to the next stage in the days that the register sets."""
        due = self.due(view)
        return due is not None and due < view.today

    @derived
    def days_to_resolve(self, view: View) -> int | None:
        """Days from the disagreement to its resolution; None while one of the days is not recorded."""
        del view
        return days_between(self.raised, self.resolved)

    @derived
    def working_days_to_resolve(self, view: View) -> int | None:
        """The same in the register's working days."""
        if self.raised is None or self.resolved is None:
            return None
        return view.register.settings.working_days.between(self.raised, self.resolved)

    @classmethod
    def amended(cls, view: View, name: str, value: object, why: Circumstances) -> dict[FieldPath, object]:
        """A stage is a row of its own, with the day on which it began; the earlier ones stay."""
        if name != "stage":
            return super().amended(view, name, value, why)
        now = view.value("stage")
        if value == now:
            return {}
        stages = [setting.number for setting in view.register.settings.stages]
        if not isinstance(value, int) or not isinstance(now, int) or value not in stages or value < now:
            later = [number for number in stages if isinstance(now, int) and number > now]
            allowed = f"the later stages are {', '.join(map(str, later))}" if later else "there is no later stage"
            msg = f"{view.ref} is at stage {now} and cannot go to {value}: {allowed}. See: bscp list escalation-stage."
            raise RefusedChangeError(msg, field="stage")
        ids = new_item_ids(row.id for row in getattr(view.item, "escalations", ()))
        row = {"id": next(ids), "stage": value, "date": why.effective}
        row |= {"decided_at": why.decided_at} if why.decided_at else {}
        return {("escalations", f"#{row['id']}"): row, ("status",): "escalated"}

    @classmethod
    def begun(cls, values: Document) -> Document:
        """It begins at the first stage."""
        if values.pop("stage", 1) != 1:
            msg = "A new disagreement begins at stage 1. Add it first, then record the later stage with its day."
            raise RefusedChangeError(msg, field="stage")
        return super().begun(values)

    def _setting(self, view: View) -> StageSetting | None:
        number = self.stage(view)
        return next((stage for stage in view.register.settings.stages if stage.number == number), None)


DISAGREEMENT = declare(
    "disagreement",
    Disagreement,
    plural="Professional disagreements",
    where="disagreements/{block}/PD-{code}.toml",
    reference="PD-{code}",
    columns=("ref", "title", "raised", "stage", "due", "status", "days_to_resolve"),
)
