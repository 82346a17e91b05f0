"""Independent scrutiny: the programme's items, their recommendations, and questions with the partners' replies."""

import datetime as dt
from typing import Annotated, Literal

from pydantic import Field

from bscp_tui.model.fields import BodyRef, Line, Lines, LongText, RecordRef, asked, required
from bscp_tui.model.parts import Evidence, Record, Withdrawal
from bscp_tui.model.record import Item, declare, derived
from bscp_tui.model.rules import EVIDENCE_NOT_IN_FUTURE, Rule, Step
from bscp_tui.model.text import shortened
from bscp_tui.model.theme import ThemeRefs
from bscp_tui.model.view import View
from bscp_tui.model.workflow import Workflow


def _closed_with_recommendations_open(step: Step) -> str | None:
    if not step.becomes("closed"):
        return None
    rows = getattr(step.new.item, "recommendations", ())
    left = [f"{step.new.ref}.{row.number}" for row in rows if row.withdrawn is None and row.status != "closed"]
    return f"{', '.join(left)} is still open. Record the response and close each first." if left else None


def _closed_without_reply(step: Step) -> str | None:
    if not step.becomes("replied", "closed") or getattr(step.new.item, "reply", None):
        return None
    return "the partners' reply is missing: record it with the change (reply=TEXT)."


RECOMMENDATIONS_CLOSED_FIRST = Rule(
    "recommendations-closed-first",
    "A scrutiny item is closed when every recommendation has its response and is closed.",
    _closed_with_recommendations_open,
)
QUESTION_NEEDS_REPLY = Rule(
    "question-needs-reply", "A question is replied to in words before it counts as replied.", _closed_without_reply,
    field="reply",
)  # fmt: skip


class Recommendation(Item):
    """What scrutiny recommends, and what the partners answer."""

    workflow = Workflow(("made", "accepted", "not-accepted", "done", "closed"))
    stands_alone = True

    number: int = required("Number")
    text: LongText = required("Recommendation")
    status: Literal["made", "accepted", "not-accepted", "done", "closed"] = asked("Status", default="made")
    response: LongText | None = asked("Response")
    responded: dt.date | None = asked("Responded on")
    responded_by: BodyRef | None = asked("Responded by")
    leads_to: RecordRef | None = asked("Leads to")
    withdrawn: Withdrawal | None = asked("Withdrawn", editable=False)

    @property
    def title(self) -> str:
        """Its wording, shortened."""
        return shortened(self.text, 60)

    @derived
    def scrutiny(self, view: View) -> str:
        """The reference of its scrutiny item."""
        return view.parent.ref if view.parent else ""


class Scrutiny(Record):
    """One piece of independent scrutiny of the programme."""

    workflow = Workflow(
        ("planned", "fieldwork", "reported", "published", "responded", "closed"),
        asks={"reported": ("reported",), "published": ("published",)},
    )
    held_to = (RECOMMENDATIONS_CLOSED_FIRST, EVIDENCE_NOT_IN_FUTURE)

    title: Line = required("Theme")
    status: Literal["planned", "fieldwork", "reported", "published", "responded", "closed"] = asked(
        "Status", default="planned"
    )
    programme: Line | None = asked("Programme", hint="2024-26")
    year: int | None = asked("Year of the programme")
    scrutineer: BodyRef | None = asked("Scrutineer")
    methods: Lines = asked("Methods", default=())
    themes: ThemeRefs = asked("Themes", default=())
    text: LongText | None = asked("What it looks at")
    finding: LongText | None = asked("Finding")
    reported: dt.date | None = asked("Reported on")
    published: dt.date | None = asked("Published on")
    response: LongText | None = asked("Partners' response")
    update: LongText | None = asked("Update on progress")
    recommendations: Annotated[tuple[Recommendation, ...], Field(strict=False)] = asked("Recommendations", default=())
    evidence: Annotated[tuple[Evidence, ...], Field(strict=False)] = asked("Evidence", default=())

    @derived
    def lead(self, view: View) -> str | None:
        """The scrutineer's name."""
        return view.name_of(self.scrutineer) if self.scrutineer else None

    @derived
    def open_recommendations(self, view: View) -> int:
        """How many recommendations are not closed."""
        del view
        return sum(row.status != "closed" and row.withdrawn is None for row in self.recommendations)


class Question(Record):
    """A question that a scrutineer asks on any record, and the partners' reply beside it."""

    workflow = Workflow(
        ("asked", "replied", "closed"), asks={"replied": ("reply", "replied", "replied_by"), "closed": ("reply",)}
    )
    held_to = (QUESTION_NEEDS_REPLY,)
    chased = True
    asked_in_returns = ("reply",)
    open_to_scrutineers = True

    text: LongText = required("Question")
    about: RecordRef = required("About", hint="the reference of the record")
    status: Literal["asked", "replied", "closed"] = asked("Status", default="asked")
    asked_by: BodyRef | None = asked("Asked by")
    asked_on: dt.date | None = asked("Asked on")
    owner: BodyRef | None = asked("To be answered by")
    due: dt.date | None = asked("Reply due")
    reply: LongText | None = asked("Reply")
    replied: dt.date | None = asked("Replied on")
    replied_by: BodyRef | None = asked("Replied by")

    @property
    def title(self) -> str:
        """Its wording, shortened."""
        return shortened(self.text, 60)

    @derived
    def lead(self, view: View) -> str | None:
        """Who is to answer, by name."""
        return view.name_of(self.owner) if self.owner else None

    @derived
    def open(self, view: View) -> bool:
        """Whether it still waits for an answer."""
        del view
        return self.status == "asked"

    @derived
    def leads(self, view: View) -> list[str]:
        """The reference of who owes it."""
        del view
        return [self.owner] if self.owner else []

    @derived
    def overdue(self, view: View) -> bool:
        """Not replied to after the day on which the reply was due."""
        return self.status == "asked" and self.due is not None and self.due < view.today


SCRUTINY = declare(
    "scrutiny",
    Scrutiny,
    plural="Independent scrutiny",
    where="scrutiny/{block}/IS-{code}.toml",
    reference="IS-{code}",
    columns=("ref", "title", "programme", "year", "status", "open_recommendations"),
)
RECOMMENDATION = declare(
    "recommendation",
    Recommendation,
    plural="Recommendations",
    inside=("scrutiny", "recommendations"),
    reference="IS-{code}.{item}",
    columns=("ref", "title", "status", "response"),
)
QUESTION = declare(
    "question",
    Question,
    plural="Questions",
    where="questions/{block}/Q-{code}.toml",
    reference="Q-{code}",
    columns=("ref", "title", "about", "status", "lead", "due"),
)
