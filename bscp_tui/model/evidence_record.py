"""Evidence as a record of its own, where it serves several others."""

import datetime as dt
from typing import Literal

from bscp_tui.model.fields import BodyRef, Line, LongText, RecordRefs, asked, required
from bscp_tui.model.parts import Record
from bscp_tui.model.record import declare, derived
from bscp_tui.model.rules import EVIDENCE_NOT_IN_FUTURE, Rule, Step
from bscp_tui.model.theme import ThemeRefs
from bscp_tui.model.view import View
from bscp_tui.model.workflow import Workflow


def _verified_by_nobody(step: Step) -> str | None:
    if not step.becomes("verified") or getattr(step.new.item, "verified_by", None):
        return None
    return "who verified it is not said: record verified_by with the change."


VERIFIED_BY_SOMEBODY = Rule(
    "verified-by-somebody", "Verified evidence names who verified it.", _verified_by_nobody, field="verified_by"
)


class EvidenceRecord(Record):
    """A document, data, an audit or a decision that shows something about several records."""

    workflow = Workflow(("offered", "accepted", "verified"), asks={"verified": ("verified_by",)})
    held_to = (EVIDENCE_NOT_IN_FUTURE, VERIFIED_BY_SOMEBODY)

    title: Line = required("What it is")
    shows: Literal["output", "impact"] = asked("Shows", default="output", hint="output: done; impact: it helped")
    type: Literal["document", "data", "audit", "feedback", "training", "decision", "inspection"] | None = asked("Type")
    status: Literal["offered", "accepted", "verified"] = asked("Status", default="offered")
    date: dt.date | None = asked("Date")
    period_from: dt.date | None = asked("Describes from")
    period_to: dt.date | None = asked("Describes to")
    supports: RecordRefs = asked("Serves", default=(), hint="the references of the records that it serves")
    offered_by: BodyRef | None = asked("Offered by")
    verified_by: BodyRef | None = asked("Verified by")
    themes: ThemeRefs = asked("Themes", default=())
    place: Line | None = asked("Where it is kept")
    text: LongText | None = asked("What it shows")

    @derived
    def lead(self, view: View) -> str | None:
        """Who offered it, by name."""
        return view.name_of(self.offered_by) if self.offered_by else None


EVIDENCE = declare(
    "evidence",
    EvidenceRecord,
    plural="Evidence",
    where="evidence/{block}/EV-{code}.toml",
    reference="EV-{code}",
    columns=("ref", "title", "date", "shows", "status", "supports"),
)
