"""Training courses with their sessions: places, who came, how full they were, what was made of it."""

import datetime as dt
from collections.abc import Sequence
from typing import Annotated, Any, Literal

from pydantic import Field

from bscp_tui.model.fields import Amount, BodyRef, BodyRefs, Line, LongText, Money, RecordRefs, Shape, asked, required
from bscp_tui.model.parts import Evidence, Link, Record, Withdrawal
from bscp_tui.model.record import Item, Part, declare, derived
from bscp_tui.model.rules import EVIDENCE_NOT_IN_FUTURE, Rule, Step
from bscp_tui.model.theme import ThemeRefs
from bscp_tui.model.view import View
from bscp_tui.model.workflow import Workflow

TRAINING = Workflow(("planned", "commissioned", "delivered", "evaluated"))
MODES = Literal["in-person", "virtual", "virtual-and-in-person", "webinar", "elearning"]
HUNDRED = 100
UTILISATION = {"utilisation": Shape.AMOUNT}


def utilisation(places: int | None, attended: int | None) -> float | None:
    """Return how many per cent of ``places`` were taken, to one decimal; None where either is not recorded."""
    return None if not places or attended is None else round(attended * HUNDRED / places, 1)


def _more_than_places(step: Step) -> str | None:
    item: Any = step.new.item
    places, attended, extra = item.places, item.attended, getattr(item, "overbooked", None) or 0
    if not any(step.changes(name) for name in ("places", "attended", "overbooked") if step.new.has(name)):
        return None
    if places is None or attended is None or attended <= places + extra:
        return None
    booked = f" and {extra} booked above them" if extra else ""
    return (
        f"{attended:,} attended, but there were {places:,} places{booked}. "
        "Record with overbooked=N how many were booked above the places."
    )


def _more_than_booked(step: Step) -> str | None:
    item: Any = step.new.item
    parts = [getattr(item, name) or 0 for name in ("attended", "late_cancelled", "no_show")]
    if item.booked is None or sum(parts) <= item.booked:
        return None
    return f"{parts[0]} attended, {parts[1]} cancelled late and {parts[2]} did not come, of {item.booked} booked."


def _more_by_agency(step: Step) -> str | None:
    item: Any = step.new.item
    total = sum(row.attended for row in item.attendance)
    if item.attended is None or total <= item.attended:
        return None
    return f"the agencies' figures make {total:,}, more than the {item.attended:,} who attended."


def _below_nought(step: Step) -> str | None:
    names = ("places", "booked", "overbooked", "attended", "late_cancelled", "no_show", "modules", "completions",
             "delegates", "held", "cost")  # fmt: skip
    for name in names:
        value = getattr(step.new.item, name, None)
        if value is not None and value < 0:
            return f"{name.replace('_', ' ')} is {value}; nothing is counted below nought."
    return None


ATTENDED_WITHIN_PLACES = Rule(
    "attended-within-places", "No more attend than there are places, unless it was overbooked.", _more_than_places,
    field="attended",
)  # fmt: skip
ATTENDED_WITHIN_BOOKED = Rule(
    "attended-within-booked", "Who came, cancelled late or stayed away had booked.", _more_than_booked, field="booked"
)
AGENCIES_WITHIN_ATTENDED = Rule(
    "agencies-within-attended", "The agencies' figures are together no more than those who attended.", _more_by_agency,
    field="attendance",
)  # fmt: skip
COUNTED_FROM_NOUGHT = Rule(
    "counted-from-nought", "Places, people and costs are counted from nought.", _below_nought, field="attended"
)


class AgencyAttendance(Item):
    """How many came from one agency."""

    agency: BodyRef | None = asked("Agency", hint="none: they gave their organisation as “other”")
    attended: int = required("Attended", people="count")
    note: Line | None = asked("Note")


class Evaluation(Item):
    """What those who took part said: at the end (level 1), or of their practice 6 to 8 weeks later (level 2)."""

    level: Literal["level-1", "level-2"] = asked("Level", default="level-1", hint="level 2: 6 to 8 weeks later")
    date: dt.date | None = asked("Date")
    question: Line | None = asked("Asked about", hint="understanding, confidence, use in practice")
    responses: int | None = asked("Answers", people="count")
    positive: Amount | None = asked("High or very high, %", people="share")
    rating: Amount | None = asked("Rating", people="share")
    rating_of: Amount | None = asked("Rating out of")
    text: LongText | None = asked("What it tells")


class Evaluated(Part):
    """What is evaluated after it took place."""

    evaluations: Annotated[tuple[Evaluation, ...], Field(strict=False)] = asked("Evaluation", default=(), last=True)

    @derived
    def evaluated_at(self, view: View) -> str | None:
        """Which levels of evaluation are recorded, in words."""
        del view
        levels = dict.fromkeys(sorted(row.level for row in self.evaluations))
        return " and ".join(level.replace("-", " ") for level in levels) or None


class Session(Item):
    """One run of a course: its places and who came."""

    stands_alone = True
    held_to = (COUNTED_FROM_NOUGHT, ATTENDED_WITHIN_PLACES, ATTENDED_WITHIN_BOOKED, AGENCIES_WITHIN_ATTENDED)
    told_as = UTILISATION

    number: int = required("Number")
    date: dt.date | None = asked("Date")
    mode: Literal["in-person", "virtual", "webinar"] | None = asked("Mode")
    places: int | None = asked("Places", people="count")
    overbooked: int | None = asked("Overbooked", hint="how many were booked above the places", people="count")
    booked: int | None = asked("Booked", people="count")
    attended: int | None = asked("Attended", people="count")
    late_cancelled: int | None = asked("Cancelled late", people="count")
    no_show: int | None = asked("Did not come", people="count")
    observed: bool | None = asked("Observed")
    observed_by: BodyRef | None = asked("Observed by")
    text: LongText | None = asked("What the observer saw")
    withdrawn: Withdrawal | None = asked("Withdrawn", editable=False)
    attendance: Annotated[tuple[AgencyAttendance, ...], Field(strict=False)] = asked("By agency", default=())
    links: Annotated[tuple[Link, ...], Field(strict=False)] = asked("Links", default=())

    @property
    def title(self) -> str:
        """Its number, as sentences call it."""
        return f"session {self.number}"

    @derived
    def course(self, view: View) -> str:
        """The reference of its course."""
        return view.parent.ref if view.parent else ""

    @derived
    def utilisation(self, view: View) -> float | None:
        """How many per cent of the places were taken."""
        del view
        return utilisation(self.places, self.attended)

    @derived
    def other(self, view: View) -> int | None:
        """How many gave their organisation as “other”."""
        del view
        return sum(row.attended for row in self.attendance if row.agency is None) if self.attendance else None


class Training(Evaluated, Record):
    """A course of the multi-agency training programme."""

    workflow = TRAINING
    held_to = (COUNTED_FROM_NOUGHT, ATTENDED_WITHIN_PLACES, EVIDENCE_NOT_IN_FUTURE)
    told_as = UTILISATION

    title: Line = required("Course")
    status: Literal["planned", "commissioned", "delivered", "evaluated"] = asked("Status", default="planned")
    year: Line | None = asked("Year", hint="2024/25")
    mode: MODES | None = asked("Delivered")
    modules: int | None = asked("Modules commissioned")
    provider: BodyRef | None = asked("Provider")
    group: BodyRef | None = asked("Overseen by")
    agencies: BodyRefs = asked("Meant for", default=())
    places: int | None = asked("Places", hint="in all; left out where the sessions say it", people="count")
    attended: int | None = asked("Attended", hint="in all; left out where the sessions say it", people="count")
    cost: Money | None = asked("Cost")
    themes: ThemeRefs = asked("Themes", default=())
    priorities: RecordRefs = asked("Priorities", default=())
    text: LongText | None = asked("What it teaches")
    update: LongText | None = asked("Update on progress")
    sessions: Annotated[tuple[Session, ...], Field(strict=False)] = asked("Sessions", default=())
    evidence: Annotated[tuple[Evidence, ...], Field(strict=False)] = asked("Evidence", default=())

    @derived
    def places_offered(self, view: View) -> int | None:
        """Its places in all: as recorded, else those of its sessions."""
        del view
        return self.places if self.places is not None else _summed(self._held(), "places")

    @derived
    def people(self, view: View) -> int | None:
        """How many attended in all: as recorded, else in its sessions."""
        del view
        return self.attended if self.attended is not None else _summed(self._held(), "attended")

    @derived
    def utilisation(self, view: View) -> float | None:
        """How many per cent of the places were taken; sessions of which only one of both is recorded do not count."""
        if self.places is not None or self.attended is not None:
            return utilisation(self.places_offered(view), self.people(view))
        both = [row for row in self._held() if row.places is not None and row.attended is not None]
        return utilisation(_summed(both, "places"), _summed(both, "attended"))

    @derived
    def lead(self, view: View) -> str | None:
        """The group that oversees it, by name."""
        return view.name_of(self.group) if self.group else None

    def drawn(self, view: View) -> Sequence[tuple[str, float, str]]:
        """Return a bar for the utilisation of each session."""
        del view
        found = ((row, utilisation(row.places, row.attended)) for row in self._held())
        return [(f"session {row.number}", share, f"{row.attended} of {row.places}, {share}%")
                for row, share in found if share is not None]  # fmt: skip

    def _held(self) -> list[Session]:
        return [session for session in self.sessions if session.withdrawn is None]


def _summed(rows: Sequence[Session], name: str) -> int | None:
    known = [value for row in rows if (value := getattr(row, name)) is not None]
    return sum(known) if known else None


TRAINING_COURSE = declare(
    "training",
    Training,
    plural="Training courses",
    where="training/{block}/TR-{code}.toml",
    reference="TR-{code}",
    columns=("ref", "title", "year", "mode", "modules", "status", "utilisation"),
)
SESSION = declare(
    "session",
    Session,
    plural="Training sessions",
    inside=("training", "sessions"),
    reference="TR-{code}.{item}",
    columns=("ref", "date", "mode", "places", "overbooked", "attended", "utilisation"),
)
