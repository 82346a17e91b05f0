"""Training events: webinars, conferences, eLearning and development sessions, with who took part."""

import datetime as dt
from typing import Annotated, Literal

from pydantic import Field

from bscp_tui.model.dates import in_short
from bscp_tui.model.fields import BodyRef, BodyRefs, Line, LongText, RecordRefs, Refers, asked, required
from bscp_tui.model.parts import Evidence, Record
from bscp_tui.model.record import declare, derived
from bscp_tui.model.rules import EVIDENCE_NOT_IN_FUTURE
from bscp_tui.model.theme import ThemeRefs
from bscp_tui.model.training import COUNTED_FROM_NOUGHT, TRAINING, Evaluated
from bscp_tui.model.view import View

ReviewRefs = Annotated[tuple[Annotated[str, Refers(("review",))], ...], Field(strict=False)]


class TrainingEvent(Evaluated, Record):
    """Something that people learn from beside the courses."""

    workflow = TRAINING
    held_to = (COUNTED_FROM_NOUGHT, EVIDENCE_NOT_IN_FUTURE)

    title: Line = required("Title")
    type: Literal["webinar", "conference", "elearning", "development-session", "bespoke-training"] = required("Type")
    status: Literal["planned", "commissioned", "delivered", "evaluated"] = asked("Status", default="planned")
    year: Line | None = asked("Year", hint="2024/25")
    date: dt.date | None = asked("Date")
    date_as_told: Line | None = asked("Date, as told", hint="where only a month is known")
    held: int | None = asked("How many were held", hint="where the record is a series")
    group: BodyRef | None = asked("Hosted by")
    provider: BodyRef | None = asked("Facilitated by")
    agencies: BodyRefs = asked("Agencies", default=())
    delegates: int | None = asked("Delegates", people="count")
    completions: int | None = asked("Completions", hint="eLearning", people="count")
    precision: Literal["about", "more-than", "less-than"] | None = asked("Precision", hint="where it is not exact")
    reviews: ReviewRefs = asked("Reviews", default=())
    themes: ThemeRefs = asked("Themes", default=())
    priorities: RecordRefs = asked("Priorities", default=())
    text: LongText | None = asked("What it was about")
    update: LongText | None = asked("Update on progress")
    evidence: Annotated[tuple[Evidence, ...], Field(strict=False)] = asked("Evidence", default=())

    @derived
    def people(self, view: View) -> int | None:
        """How many took part: delegates, or completions of eLearning."""
        del view
        return self.completions if self.delegates is None else self.delegates

    @derived
    def when(self, view: View) -> str | None:
        """Its date in words, or as told."""
        del view
        return in_short(self.date) if self.date else self.date_as_told

    @derived
    def lead(self, view: View) -> str | None:
        """Who hosts it, by name."""
        return view.name_of(self.group) if self.group else None


TRAINING_EVENT = declare(
    "training-event",
    TrainingEvent,
    plural="Training events",
    where="training-events/{block}/TE-{code}.toml",
    reference="TE-{code}",
    columns=("ref", "title", "type", "when", "people", "status"),
)
