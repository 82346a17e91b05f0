"""Reports that the partnership publishes, as work: sections, sign-offs, recipients, and what was wrong afterwards.

What the program itself tabulates (``bscp report``) lies in ``reports/``; this is the document that people write,
endorse, publish and present.
"""

import datetime as dt
from typing import Annotated, Literal

from pydantic import Field

from bscp_tui.model.dated import happened, in_order
from bscp_tui.model.fields import BodyRef, Line, LongText, asked, required
from bscp_tui.model.owed import Owed
from bscp_tui.model.parts import Evidence, Record, Withdrawal
from bscp_tui.model.record import Item, declare, derived
from bscp_tui.model.rules import EVIDENCE_NOT_IN_FUTURE, Rule, Step
from bscp_tui.model.view import View
from bscp_tui.model.workflow import Workflow

OUT = frozenset({"published", "presented", "erratum"})
NOT_BACK = "What is published cannot become a draft again: record an erratum, or a report of its own."
ERRATUM_FIRST = "An erratum follows publication: before it, change the draft."


def _published_with_sections_open(step: Step) -> str | None:
    if not step.becomes(*OUT):
        return None
    rows = getattr(step.new.item, "sections", ())
    left = [f"{step.new.ref}.{row.number}" for row in rows if row.withdrawn is None and row.status != "endorsed"]
    return f"{', '.join(left)} is not endorsed yet. Endorse or withdraw each section first." if left else None


def _published_unsigned(step: Step) -> str | None:
    if not step.becomes(*OUT) or step.new.value("type") != "yearly-report":
        return None
    signed = step.new.value("signed_off")
    if isinstance(signed, int) and signed >= step.limit:
        return None
    add = f"add row of={step.new.ref} in=sign_offs party=… signed=DATE"
    return f"{signed} of {step.limit} safeguarding partners have signed it off. Record each ({add})."


def _published_undated(step: Step) -> str | None:
    item = step.new.item
    if not step.becomes(*OUT) or getattr(item, "published", None) or getattr(item, "published_as", None):
        return None
    return "the day of publication is not said. Record it with the change: published=DATE."


def _erratum_unsaid(step: Step) -> str | None:
    if not step.becomes("erratum") or step.new.value("errata"):
        return None
    add = f"add row of={step.new.ref} in=errata printed=… correct=…"
    return f"what was wrong is not said. Record it first ({add})."


def _signed_twice(step: Step) -> str | None:
    rows: tuple[SignOff, ...] = getattr(step.new.item, "sign_offs", ())
    parties = [row.party for row in rows]
    twice = next((party for party in parties if parties.count(party) > 1), None)
    return f"{step.new.name_of(twice)} stands twice among the sign-offs. Take one away." if twice else None


def _row_in_future(step: Step) -> str | None:
    for table, names in (("sign_offs", ("signed",)), ("recipients", ("sent", "presented")), ("errata", ("date",))):
        before: tuple[Item, ...] = getattr(step.old.item, table, ()) if step.old else ()
        for row in getattr(step.new.item, table, ()):
            days = (getattr(row, name) for name in names)
            if row not in before and any(day is not None and day > step.new.today for day in days):
                return f"a day among its {table.replace('_', ' ')} is still to come."
    return None


SECTIONS_ENDORSED_FIRST = Rule(
    "sections-endorsed-first", "A report is published when every section is endorsed.", _published_with_sections_open
)
REPORT_NEEDS_SIGN_OFFS = Rule(
    "report-needs-sign-offs",
    "A yearly report is published when the lead safeguarding partners have signed it off, each with the day.",
    _published_unsigned,
    field="sign_offs",
    limit=3,
)
REPORT_NEEDS_DATE = Rule(
    "report-needs-date", "A published report says when it was published.", _published_undated, field="published"
)
ERRATUM_SAYS_WHAT = Rule(
    "erratum-says-what", "An erratum says what was printed and what is correct.", _erratum_unsaid, field="errata"
)
SIGNED_ONCE = Rule("signed-once", "Each partner signs a report off once.", _signed_twice, field="sign_offs")
ROWS_HAPPENED = Rule(
    "rows-not-in-future", "A sign-off, a dispatch and an erratum are dated when they have happened.", _row_in_future,
    field="sign_offs",
)  # fmt: skip


class Section(Item):
    """A section of a report, with its author and the day on which its draft is due."""

    workflow = Workflow(("awaited", "drafted", "endorsed"), asks={"drafted": ("drafted",), "endorsed": ("endorsed",)})
    held_to = (happened("drafted", "endorsed"), in_order("drafted", "endorsed"))
    stands_alone = True
    chased = True

    number: int = required("Number")
    title: Line = required("Section")
    status: Literal["awaited", "drafted", "endorsed"] = asked("Status", default="awaited")
    author: BodyRef | None = asked("Author")
    due: dt.date | None = asked("Draft due")
    drafted: dt.date | None = asked("Drafted on")
    endorsed: dt.date | None = asked("Endorsed on")
    endorsed_by: BodyRef | None = asked("Endorsed by")
    text: LongText | None = asked("What it covers")
    place: Line | None = asked("Where the draft is kept")
    withdrawn: Withdrawal | None = asked("Withdrawn", editable=False)

    @derived
    def report(self, view: View) -> str:
        """The reference of its report."""
        return view.parent.ref if view.parent else ""

    @derived
    def lead(self, view: View) -> str | None:
        """Its author, by name."""
        return view.name_of(self.author) if self.author else None

    @derived
    def leads(self, view: View) -> list[str]:
        """The reference of who owes it."""
        del view
        return [self.author] if self.author else []

    @derived
    def open(self, view: View) -> bool:
        """Whether its draft is still awaited, for a report that is not out."""
        return self.status == "awaited" and view.parent is not None and view.parent.value("status") not in OUT

    @derived
    def overdue(self, view: View) -> bool:
        """Whether its draft is awaited after the day on which it was due."""
        return self.open(view) and self.due is not None and self.due < view.today


class SignOff(Item):
    """One safeguarding partner's agreement to a report."""

    party: BodyRef = required("Signed off by")
    signed: dt.date | None = asked("Signed off on")
    note: LongText | None = asked("Note")


class Recipient(Item):
    """Somebody to whom a report is sent, or presented at a meeting."""

    body: BodyRef = required("Recipient")
    way: Literal["sent", "presented"] = asked("How", default="sent", hint="sent: a copy; presented: at a meeting")
    sent: dt.date | None = asked("Sent on")
    presented: dt.date | None = asked("Presented on")
    as_told: Line | None = asked("When, as told", hint="where no day is known")
    note: LongText | None = asked("Note")

    @property
    def served(self) -> bool:
        """Whether it has the report, as far as a day says so."""
        return (self.sent if self.way == "sent" else self.presented) is not None


class Erratum(Item):
    """Something that was printed wrong; the report and its correction both stay."""

    lasting = True

    date: dt.date | None = asked("Corrected on")
    place: Line | None = asked("Place in the report")
    printed: LongText = required("Printed")
    correct: LongText = required("Correct")
    told_to: Line | None = asked("Told to", hint="who had the report and was told", people="name")


class PublishedReport(Owed, Record):
    """A report as work: written in sections, endorsed, signed off, published, presented, corrected."""

    usual_audience = "partnership"  # until it is published
    workflow = Workflow(
        ("draft", "endorsed", "published", "presented", "erratum"),
        refused={
            **{(old, new): NOT_BACK for old in OUT for new in ("draft", "endorsed")},
            **{(old, "erratum"): ERRATUM_FIRST for old in ("draft", "endorsed")},
        },
        asks={"endorsed": ("endorsed", "endorsed_by"), "published": ("published",), "presented": ("published",)},
    )
    held_to = (
        SECTIONS_ENDORSED_FIRST,
        REPORT_NEEDS_SIGN_OFFS,
        REPORT_NEEDS_DATE,
        ERRATUM_SAYS_WHAT,
        SIGNED_ONCE,
        ROWS_HAPPENED,
        happened("endorsed", "published"),
        in_order("endorsed", "published"),
        EVIDENCE_NOT_IN_FUTURE,
    )
    settled_when = OUT

    title: Line = required("Title")
    type: Literal["yearly-report", "plan", "scrutiny-report", "board-report", "other"] = asked(
        "Type", default="yearly-report"
    )
    status: Literal["draft", "endorsed", "published", "presented", "erratum"] = asked("Status", default="draft")
    owner: BodyRef | None = asked("Responsible")
    period_from: dt.date | None = asked("Tells of, from")
    period_to: dt.date | None = asked("Tells of, to")
    due: dt.date | None = asked("To be published by")
    endorsed: dt.date | None = asked("Endorsed on")
    endorsed_by: BodyRef | None = asked("Endorsed by")
    published: dt.date | None = asked("Published on")
    published_as: Line | None = asked("Published, as told", hint="where only a month is known")
    register_version: Line | None = asked("Register version", hint="of the register that its figures come from")
    place: Line | None = asked("Where it can be read")
    text: LongText | None = asked("Summary")
    update: LongText | None = asked("Update on progress")
    sections: Annotated[tuple[Section, ...], Field(strict=False)] = asked("Sections", default=())
    sign_offs: Annotated[tuple[SignOff, ...], Field(strict=False)] = asked("Sign-offs", default=())
    recipients: Annotated[tuple[Recipient, ...], Field(strict=False)] = asked("Recipients", default=())
    errata: Annotated[tuple[Erratum, ...], Field(strict=False)] = asked("Errata", default=())
    evidence: Annotated[tuple[Evidence, ...], Field(strict=False)] = asked("Evidence", default=())

    @derived
    def signed_off(self, view: View) -> int:
        """How many partners have signed it off, each with the day."""
        del view
        return len({row.party for row in self.sign_offs if row.signed is not None})

    @derived
    def sections_open(self, view: View) -> int:
        """How many sections are not endorsed."""
        del view
        return sum(row.status != "endorsed" and row.withdrawn is None for row in self.sections)

    @derived
    def recipients_open(self, view: View) -> int:
        """How many recipients do not have it, as far as a day says so."""
        del view
        return sum(not row.served for row in self.recipients)


REPORT = declare(
    "report",
    PublishedReport,
    plural="Published reports",
    where="published/{block}/RP-{code}.toml",
    reference="RP-{code}",
    columns=("ref", "title", "type", "status", "due", "published_as", "signed_off", "sections_open"),
)
REPORT_SECTION = declare(
    "report-section",
    Section,
    plural="Sections of reports",
    inside=("report", "sections"),
    reference="RP-{code}.{item}",
    columns=("ref", "title", "lead", "due", "status"),
)
