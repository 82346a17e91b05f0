"""Learning points of reviews, with a line for each agency that must put them into practice."""

import datetime as dt
from typing import Annotated, Literal

from pydantic import Field

from bscp_tui.model.document import Document, new_item_ids, with_ids
from bscp_tui.model.fields import BODY_KINDS, BodyRef, Line, LongText, Rag, Refers, asked, required, typed_as_list
from bscp_tui.model.parts import Correction, Evidence, Record, Revision
from bscp_tui.model.record import FieldPath, Item, declare, derived
from bscp_tui.model.rules import EVIDENCE_NOT_IN_FUTURE, Rule, Step, dated_evidence
from bscp_tui.model.text import shortened
from bscp_tui.model.theme import ThemeRefs
from bscp_tui.model.timeliness import Timed
from bscp_tui.model.view import Circumstances, View
from bscp_tui.model.workflow import Workflow

ReviewRef = Annotated[str, Refers(("review",))]
OWNER = Workflow(("asked", "accepted", "not-accepted", "done", "no-longer-applicable"))
SETTLED = frozenset({"not-accepted", "done", "no-longer-applicable"})
LEARNING = Workflow(("pending", "completed"))


def _settled_without_evidence(step: Step) -> str | None:
    if not step.becomes("done") or dated_evidence(step.new, until=step.new.today):
        return None
    return "it has no dated evidence that the owner did it. Add some with the change (--evidence TEXT)."


def _closed_without_evidence(step: Step) -> str | None:
    if not step.becomes("completed") or getattr(step.new.item, "status_basis", None):
        return None
    if dated_evidence(step.new, until=step.new.today) or _every_owner_shows(step.new):
        return None
    return "neither it nor the lines of its owners hold dated evidence. Add some with the change (--evidence TEXT)."


def _every_owner_shows(view: View) -> bool:
    done = [line for line in getattr(view.item, "owners", ()) if line.status == "done"]
    return bool(done) and all(any(item.date for item in line.evidence) for line in done)


def _closed_with_owners_open(step: Step) -> str | None:
    if not step.becomes("completed") or getattr(step.new.item, "status_basis", None):
        return None
    waiting = [step.new.name_of(line.agency) for line in getattr(step.new.item, "owners", ()) if not line.settled]
    if not waiting:
        return None
    told = "Record each owner's line as done, not accepted or no longer applicable."
    return f"{', '.join(waiting)} has not settled its line. {told}"


OWNER_NEEDS_EVIDENCE = Rule(
    "owner-done-needs-evidence", "An owner's line is done with dated evidence.", _settled_without_evidence, "warn"
)
LEARNING_NEEDS_EVIDENCE = Rule(
    "learning-needs-evidence", "A learning point is completed with dated evidence.", _closed_without_evidence
)
LEARNING_NEEDS_OWNERS = Rule(
    "learning-needs-owners",
    "A learning point is completed when every owner's line is settled.",
    _closed_with_owners_open,
)


class OwnerLine(Item):
    """One owner of a learning point, and how far that agency is."""

    workflow = OWNER
    held_to = (OWNER_NEEDS_EVIDENCE, EVIDENCE_NOT_IN_FUTURE)
    stands_alone = True
    asked_in_returns = ("status", "note")

    number: int = required("Number")
    agency: BodyRef = required("Owner")
    status: Literal["asked", "accepted", "not-accepted", "done", "no-longer-applicable"] = asked(
        "Status", default="asked"
    )
    note: LongText | None = asked("Note", hint="why it is not accepted, or no longer applies")
    evidence: Annotated[tuple[Evidence, ...], Field(strict=False)] = asked("Evidence", default=())

    @property
    def settled(self) -> bool:
        """Whether nothing more is expected of this owner."""
        return self.status in SETTLED

    @derived
    def learning_point(self, view: View) -> str:
        """The reference of its learning point."""
        return view.parent.ref if view.parent else ""

    @derived
    def lead(self, view: View) -> str:
        """The owner's name."""
        return view.name_of(self.agency)

    @derived
    def accountable(self, view: View) -> bool:
        """Whether it is the owner who answers for the whole point: the first of several."""
        del view
        return self.number == 1

    @property
    def title(self) -> str:
        """What sentences call it."""
        return "owner's line"


class LearningPoint(Timed, Record):
    """A lesson of a review that one agency, or several together, must put into practice."""

    workflow = LEARNING
    held_to = (LEARNING_NEEDS_EVIDENCE, LEARNING_NEEDS_OWNERS, EVIDENCE_NOT_IN_FUTURE)
    chased = True
    also_typed = {  # noqa: RUF012 - a class's own, as the declaration says
        "agencies": typed_as_list("agencies", "Owners", BODY_KINDS, hint="the accountable one first", needed=True)
    }

    text: LongText = required("Wording")
    review: ReviewRef | None = asked("Review")
    themes: ThemeRefs = asked("Themes", default=())
    status: Literal["pending", "completed"] = asked("Progress", default="pending")
    status_basis: Literal["as-published"] | None = asked("Basis of the status", editable=False)
    rag: Rag | None = asked("RAG")
    target: dt.date | None = asked("Target")
    owners_as_published: Line | None = asked("Owners as published", editable=False)
    update: LongText | None = asked("Update on progress")
    owners: Annotated[tuple[OwnerLine, ...], Field(strict=False)] = asked("Owners", default=())
    revisions: Annotated[tuple[Revision, ...], Field(strict=False)] = asked("Revisions", default=())
    corrections: Annotated[tuple[Correction, ...], Field(strict=False)] = asked("Corrections", default=())
    evidence: Annotated[tuple[Evidence, ...], Field(strict=False)] = asked("Evidence", default=())

    @property
    def title(self) -> str:
        """Its wording, shortened."""
        return shortened(self.text, 60)

    @derived
    def agencies(self, view: View) -> list[str]:
        """The references of its owners, the accountable one first."""
        del view
        return [line.agency for line in sorted(self.owners, key=lambda line: line.number)]

    @derived
    def leads(self, view: View) -> list[str]:
        """The references of the owners from whom something is still expected."""
        del view
        return [line.agency for line in sorted(self.owners, key=lambda line: line.number) if not line.settled]

    @derived
    def lead(self, view: View) -> str | None:
        """Its owners, in words."""
        return "; ".join(view.name_of(agency) for agency in self.agencies(view)) or None

    @derived
    def owner(self, view: View) -> str:
        """Its owners as one heading: as published, else by their names."""
        return self.owners_as_published or self.lead(view) or ""

    @derived
    def joint(self, view: View) -> bool:
        """Whether several owners share it; it stands under each and counts once."""
        del view
        return len(self.owners) > 1

    @derived
    def out_of_area(self, view: View) -> bool:
        """Whether an owner lies outside the area, so that the partnership cannot direct it."""
        bodies = (view.register.view(agency) for agency in self.agencies(view))
        return any(getattr(body.item, "out_of_area", None) is True for body in bodies if body is not None)

    def answered_at(self, view: View, party: str) -> str:
        """Every owner answers for its own line."""
        line = next((line for line in self.owners if line.agency == party), None)
        return f"{view.ref}.{line.number}" if line is not None else view.ref

    @classmethod
    def amended(cls, view: View, name: str, value: object, why: Circumstances) -> dict[FieldPath, object]:
        """A status recorded here is published no longer; owners that stay keep their lines."""
        if name == "agencies":
            return _owners(view, value)
        changes = super().amended(view, name, value, why)
        if name == "status" and value != view.value("status") and getattr(view.item, "status_basis", None):
            changes[("status_basis",)] = None
        return changes

    @classmethod
    def begun(cls, values: Document) -> Document:
        """Each owner begins with a line of its own."""
        agencies = values.pop("agencies", [])
        lines = with_ids({"number": number, "agency": agency} for number, agency in enumerate(agencies, start=1))
        return values | {"owners": [line | {"status": OWNER.start} for line in lines]} if lines else values


def _owners(view: View, value: object) -> dict[FieldPath, object]:
    """Return what makes ``value`` the owners: lines of those that stay stay, with their numbers in the new order."""
    wanted = list(value) if isinstance(value, tuple) else []
    now = {line.agency: line for line in getattr(view.item, "owners", ())}
    ids = new_item_ids(line.id for line in getattr(view.item, "owners", ()))
    changes: dict[FieldPath, object] = {
        ("owners", f"#{line.id}"): None for agency, line in now.items() if agency not in wanted
    }
    for number, agency in enumerate(wanted, start=1):
        if agency in now:
            changes["owners", f"#{now[agency].id}", "number"] = number
        else:
            identifier = next(ids)
            changes["owners", f"#{identifier}"] = {
                "id": identifier, "number": number, "agency": agency, "status": OWNER.start,
            }  # fmt: skip
    return changes


LEARNING_POINT = declare(
    "learning-point",
    LearningPoint,
    plural="Learning points",
    where="learning/{block}/LP-{code}.toml",
    reference="LP-{code}",
    columns=("ref", "title", "owner", "due", "status", "timeliness"),
)
OWNER_LINE = declare(
    "owner-line",
    OwnerLine,
    plural="Owners' lines",
    inside=("learning-point", "owners"),
    reference="LP-{code}.{item}",
    columns=("ref", "lead", "status", "note"),
)
