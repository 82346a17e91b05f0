"""Multi-agency audits: programme, fieldwork, grades, findings with themes, re-audit."""

import datetime as dt
from typing import Annotated, Literal

from pydantic import Field

from bscp_tui.model.fields import BodyRef, BodyRefs, Line, LongText, RecordRefs, Refers, asked, required
from bscp_tui.model.parts import Evidence, Link, Record, Withdrawal
from bscp_tui.model.record import Item, declare, derived
from bscp_tui.model.rules import EVIDENCE_NOT_IN_FUTURE, Rule, Step
from bscp_tui.model.theme import ThemeRef, ThemeRefs
from bscp_tui.model.view import View
from bscp_tui.model.workflow import Workflow

AuditRef = Annotated[str, Refers(("audit",))]
LeadsTo = Annotated[str, Refers(("action", "key-action", "action-point", "learning-point"))]
Grading = Literal["outstanding", "good", "requires-improvement", "inadequate"]
GOOD = frozenset({"outstanding", "good"})


def _findings_lead_nowhere(step: Step) -> str | None:
    if not step.becomes("actions", "re-audit", "closed"):
        return None
    findings = getattr(step.new.item, "findings", ())
    left = [f"{step.new.ref}.{finding.number}" for finding in findings if not finding.settled]
    if not left:
        return None
    return (
        f"{', '.join(left)} lead to nothing. Name an action, action point or learning point with leads_to=REF, "
        "or say with no_action why nothing follows."
    )


FINDINGS_LEAD_ON = Rule(
    "findings-lead-on",
    "Every finding for improvement leads to an action, an action point or a learning point, or says why to none.",
    _findings_lead_nowhere,
)


class Grade(Item):
    """A grade that an agency, or the audit as a whole, was given."""

    agency: BodyRef | None = asked("Agency", hint="none: the audit as a whole")
    area: Line | None = asked("Area", hint="the child's voice, planning, …")
    grade: Grading = required("Grade")
    cases: int | None = asked("Cases", people="count")


class Finding(Item):
    """What an audit found: something to improve, or good practice."""

    stands_alone = True

    number: int = required("Number")
    title: Line = required("Finding")
    type: Literal["improvement", "good-practice"] = asked("Type", default="improvement")
    text: LongText | None = asked("In full")
    theme: ThemeRef | None = asked("Theme")
    leads_to: Annotated[tuple[LeadsTo, ...], Field(strict=False)] = asked("Leads to", default=())
    no_action: LongText | None = asked("Why nothing follows")
    links: Annotated[tuple[Link, ...], Field(strict=False)] = asked("Links", default=())
    withdrawn: Withdrawal | None = asked("Withdrawn", editable=False)

    @property
    def settled(self) -> bool:
        """Whether it leads to something, or says why to nothing; good practice need not."""
        return self.type == "good-practice" or bool(self.leads_to) or bool(self.no_action) or self.withdrawn is not None

    @derived
    def audit(self, view: View) -> str:
        """The reference of its audit."""
        return view.parent.ref if view.parent else ""

    @derived
    def year(self, view: View) -> str | None:
        """The year of its audit's programme."""
        return view.parent.item.year if view.parent and isinstance(view.parent.item, Audit) else None

    @derived
    def follows(self, view: View) -> str:
        """What follows from it, in words."""
        del view
        if self.leads_to:
            return ", ".join(self.leads_to)
        return "no action, with the reason" if self.no_action else ("" if self.settled else "nothing yet")


class Audit(Record):
    """An audit of several agencies' work on a theme."""

    workflow = Workflow(
        ("planned", "fieldwork", "reported", "briefing-issued", "actions", "re-audit", "closed"),
        asks={"reported": ("reported",), "re-audit": ("re_audit_due",)},
    )
    held_to = (FINDINGS_LEAD_ON, EVIDENCE_NOT_IN_FUTURE)

    title: Line = required("Title")
    status: Literal["planned", "fieldwork", "reported", "briefing-issued", "actions", "re-audit", "closed"] = asked(
        "Status", default="planned"
    )
    year: Line | None = asked("Programme year", hint="2024/25")
    date: dt.date | None = asked("Date")
    date_as_told: Line | None = asked("Date, as told", hint="where only a month is known")
    group: BodyRef | None = asked("Overseen by")
    agencies: BodyRefs = asked("Agencies", default=())
    cases: int | None = asked("Cases", people="count")
    themes: ThemeRefs = asked("Themes", default=())
    text: LongText | None = asked("What it looked at")
    reported: dt.date | None = asked("Reported on")
    re_audit_of: AuditRef | None = asked("Re-audit of")
    re_audit_due: dt.date | None = asked("Re-audit due")
    priorities: RecordRefs = asked("Priorities", default=())
    update: LongText | None = asked("Update on progress")
    grades: Annotated[tuple[Grade, ...], Field(strict=False)] = asked("Grades", default=())
    findings: Annotated[tuple[Finding, ...], Field(strict=False)] = asked("Findings", default=())
    evidence: Annotated[tuple[Evidence, ...], Field(strict=False)] = asked("Evidence", default=())

    @derived
    def lead(self, view: View) -> str | None:
        """The group that oversees it."""
        return view.name_of(self.group) if self.group else None

    @derived
    def when(self, view: View) -> str | None:
        """Its date in words, or as told."""
        from bscp_tui.model.dates import in_short

        del view
        return in_short(self.date) if self.date else self.date_as_told

    @derived
    def open_findings(self, view: View) -> int:
        """How many findings for improvement lead to nothing yet."""
        del view
        return sum(not finding.settled for finding in self.findings)

    @derived
    def good_share(self, view: View) -> str | None:
        """How many of its grades are good or outstanding, in words."""
        del view
        good = sum(grade.grade in GOOD for grade in self.grades)
        return f"{good} of {len(self.grades)} good or outstanding" if self.grades else None


AUDIT = declare(
    "audit",
    Audit,
    plural="Audits",
    where="audits/{block}/AU-{code}.toml",
    reference="AU-{code}",
    columns=("ref", "title", "year", "when", "status", "open_findings"),
)
FINDING = declare(
    "finding",
    Finding,
    plural="Findings",
    inside=("audit", "findings"),
    reference="AU-{code}.{item}",
    columns=("ref", "title", "type", "theme", "follows"),
)
