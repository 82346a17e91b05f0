"""Rapid reviews and local child safeguarding practice reviews (LCSPRs): clocks, decisions, publication."""

import datetime as dt
from typing import Annotated, Literal

from pydantic import Field

from bscp_tui.model.clocks import Clock, Clocked, Reading, ended_before_start, late_without_reason
from bscp_tui.model.fields import BodyRefs, Line, LongText, Refers, asked, required
from bscp_tui.model.parts import Evidence, Record
from bscp_tui.model.record import declare, derived
from bscp_tui.model.rules import EVIDENCE_NOT_IN_FUTURE, Rule, Step
from bscp_tui.model.theme import ThemeRefs
from bscp_tui.model.view import View
from bscp_tui.model.workflow import Workflow

IncidentRef = Annotated[str, Refers(("incident",))]
ReviewRef = Annotated[str, Refers(("review",))]
RAPID_REVIEW = Clock("rapid-review", "started", "submitted")
PANEL_REPLY = Clock("panel-reply", "submitted", "panel_replied")
CLOCKS = (RAPID_REVIEW, PANEL_REPLY)


def _published_undated(step: Step) -> str | None:
    item = step.new.item
    if not step.becomes("published") or getattr(item, "published", None) or getattr(item, "published_as", None):
        return None
    return "the day of publication is not said. Record it with the change: published=DATE."


PUBLICATION_NEEDS_DATE = Rule(
    "publication-needs-date", "A published review says when it was published.", _published_undated, field="published"
)


class Review(Clocked, Record):
    """One review, from its start event to the webinar that spreads its learning."""

    usual_audience = "group"  # until it is published
    workflow = Workflow(
        ("open", "submitted", "decided", "commissioned", "drafted", "agreed", "published", "closed"),
        asks={
            "submitted": ("started", "submitted"),
            "decided": ("panel_replied", "decision", "decided"),
            "commissioned": ("commissioned",),
            "published": ("published",),
        },
    )
    held_to = (
        ended_before_start(*CLOCKS),
        late_without_reason(*CLOCKS),
        PUBLICATION_NEEDS_DATE,
        EVIDENCE_NOT_IN_FUTURE,
    )

    title: Line = required("Title", hint="no child's or family's name")
    type: Literal["rapid-review", "lcspr"] = asked("Type", default="rapid-review")
    status: Literal["open", "submitted", "decided", "commissioned", "drafted", "agreed", "published", "closed"] = asked(
        "Status", default="open"
    )
    incident: IncidentRef | None = asked("Serious incident")
    rapid_review: ReviewRef | None = asked("Rapid review that led to it")
    themes: ThemeRefs = asked("Themes", default=())
    agencies: BodyRefs = asked("Agencies involved", default=())
    start_event: Line | None = asked("Start event", hint="what the clock counts from, where it is not the usual event")
    started: dt.date | None = asked("Day of the start event")
    submitted: dt.date | None = asked("Submitted to the National Panel")
    late_reason: LongText | None = asked("Why late", hint="“reason awaited” is an answer")
    panel_replied: dt.date | None = asked("The National Panel replied")
    panel_agrees: bool | None = asked("The National Panel agrees")
    decision: Literal["lcspr", "no-lcspr", "national-review", "other-review"] | None = asked("Decision")
    decided: dt.date | None = asked("Decided on")
    commissioned: dt.date | None = asked("Commissioned on")
    published: dt.date | None = asked("Published on")
    published_as: Line | None = asked("Published, as told", hint="where only a month is known")
    briefing: Line | None = asked("Learning briefing")
    webinar: Line | None = asked("Webinar")
    webinar_date: dt.date | None = asked("Webinar held on")
    webinar_attendance: int | None = asked("Webinar's attendance", people="count")
    text: LongText | None = asked("Summary", hint="what it is about; nothing that identifies anybody")
    update: LongText | None = asked("Update on progress")
    evidence: Annotated[tuple[Evidence, ...], Field(strict=False)] = asked("Evidence", default=())

    @derived
    def clock_running(self, view: View) -> bool:
        """Whether a clock runs and has not been met."""
        reading = self.reading(view)
        return reading is not None and reading.met is None and self.status in {"open", "submitted"}

    @derived
    def submitted_in_time(self, view: View) -> bool | None:
        """Whether the rapid review was submitted in time; None while that cannot be told."""
        return _in_time(RAPID_REVIEW.reading(view))

    @derived
    def replied_in_time(self, view: View) -> bool | None:
        """Whether the National Panel replied in time; None while that cannot be told."""
        return _in_time(PANEL_REPLY.reading(view))

    @derived
    def late(self, view: View) -> bool:
        """Whether the rapid review is, or was, submitted late."""
        reading = RAPID_REVIEW.reading(view)
        return reading is not None and reading.late

    def reading(self, view: View) -> Reading | None:
        """Return the clock that runs, else the last that was met."""
        readings = [reading for clock in CLOCKS if (reading := clock.reading(view)) is not None]
        return readings[-1] if readings else None


def _in_time(reading: Reading | None) -> bool | None:
    return None if reading is None or reading.met is None else not reading.late


REVIEW = declare(
    "review",
    Review,
    plural="Reviews",
    where="reviews/{slug}.toml",
    reference="{slug}",
    columns=("ref", "title", "type", "status", "published_as", "clock", "clock_due"),
)
