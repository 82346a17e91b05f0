"""Returns that agencies owe: single-agency audits, section 11, section 175."""

import datetime as dt
from typing import Annotated, Literal

from pydantic import Field

from bscp_tui.model.audit import GOOD, Grading
from bscp_tui.model.fields import BodyRef, Line, LongText, asked, required
from bscp_tui.model.parts import Evidence, Record
from bscp_tui.model.record import declare, derived
from bscp_tui.model.rules import EVIDENCE_NOT_IN_FUTURE
from bscp_tui.model.theme import ThemeRefs
from bscp_tui.model.view import View
from bscp_tui.model.workflow import Workflow


class AgencyReturn(Record):
    """What one agency was asked to send in, and what came back."""

    workflow = Workflow(
        ("issued", "returned", "challenged", "closed"),
        asks={"returned": ("returned", "grade"), "challenged": ("challenge",)},
    )
    held_to = (EVIDENCE_NOT_IN_FUTURE,)
    chased = True

    title: Line = required("Topic")
    type: Literal["single-agency-audit", "section-11", "section-175"] = required("Type")
    agency: BodyRef = required("Agency")
    status: Literal["issued", "returned", "challenged", "closed"] = asked("Status", default="issued")
    year: Line | None = asked("Year", hint="2025/26")
    issued: dt.date | None = asked("Issued on")
    due: dt.date | None = asked("Due")
    returned: dt.date | None = asked("Returned on")
    cases: int | None = asked("Cases", people="count")
    grade: Grading | None = asked("Grade")
    voice_grade: Grading | None = asked("Grade for the child's voice")
    themes: ThemeRefs = asked("Themes", default=())
    challenge: LongText | None = asked("Challenge")
    text: LongText | None = asked("What it says")
    update: LongText | None = asked("Update on progress")
    evidence: Annotated[tuple[Evidence, ...], Field(strict=False)] = asked("Evidence", default=())

    @derived
    def lead(self, view: View) -> str:
        """The agency's name."""
        return view.name_of(self.agency)

    @derived
    def open(self, view: View) -> bool:
        """Whether it still waits for an answer."""
        del view
        return self.status == "issued"

    @derived
    def leads(self, view: View) -> list[str]:
        """The reference of who owes it."""
        del view
        return [self.agency]

    @derived
    def overdue(self, view: View) -> bool:
        """Asked for, due, and not come in."""
        return self.status == "issued" and self.due is not None and self.due < view.today

    @derived
    def good(self, view: View) -> bool | None:
        """Whether it was graded good or outstanding; None without a grade."""
        del view
        return None if self.grade is None else self.grade in GOOD


AGENCY_RETURN = declare(
    "agency-return",
    AgencyReturn,
    plural="Agency returns",
    where="returns/{block}/RT-{code}.toml",
    reference="RT-{code}",
    columns=("ref", "title", "type", "lead", "year", "status", "grade"),
)
