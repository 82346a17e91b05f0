"""Feedback of children, families and practitioners: what was heard, what came of it, and whether they were told."""

import datetime as dt
from typing import Literal

from bscp_tui.model.dated import happened, in_order
from bscp_tui.model.fields import BodyRef, Line, Lines, LongText, asked, required
from bscp_tui.model.owed import Owed, days_between
from bscp_tui.model.parts import Record
from bscp_tui.model.record import declare, derived
from bscp_tui.model.rules import Rule, Step
from bscp_tui.model.theme import ThemeRefs
from bscp_tui.model.view import View
from bscp_tui.model.workflow import Workflow


def _told_nothing(step: Step) -> str | None:
    if not step.becomes("told-back"):
        return None
    wanted = {"response": "response=TEXT (what was done)", "told_back": "told_back=DATE (when they were told)"}
    missing = [told for name, told in wanted.items() if step.new.value(name) in (None, "")]
    return f"record with the change: {', '.join(missing)}." if missing else None


def _acted_on_nothing(step: Step) -> str | None:
    if not step.becomes("acted-on") or step.new.value("response"):
        return None
    return "what was done is not said: record it with the change (response=TEXT)."


def _few_and_public(step: Step) -> str | None:
    sample = step.new.value("sample")
    public = step.new.value("audience") == "public"
    if not public or not isinstance(sample, int) or sample >= step.limit:
        return None
    if not (step.changes("sample") or step.changes("audience")):
        return None
    return f"it tells of {sample} people and is public: so few may be recognised. Leave the number out, or narrow it."


def _no_count(step: Step) -> str | None:
    sample = step.new.value("sample")
    return "the number who spoke is below nought." if isinstance(sample, int) and sample < 0 else None


TOLD_BACK_SAYS_WHAT = Rule(
    "told-back-says-what", "Feedback is told back with what was done and the day.", _told_nothing, field="told_back"
)
ACTED_ON_SAYS_WHAT = Rule(
    "acted-on-says-what", "Feedback is acted on when the register says how.", _acted_on_nothing, field="response"
)
FEW_NOT_PUBLIC = Rule(
    "few-not-public", "What fewer people said than the limit is not made public with their number.", _few_and_public,
    "warn", field="sample", limit=5,
)  # fmt: skip
SAMPLE_COUNTS = Rule("sample-counts", "A number of people is nought or more.", _no_count, field="sample")


class Feedback(Owed, Record):
    """What people with experience of safeguarding said, as themes; never who said it, and never a case."""

    workflow = Workflow(
        ("heard", "themed", "acted-on", "told-back"),
        asks={"themed": ("themes",), "acted-on": ("response",), "told-back": ("response", "told_back", "told_how")},
    )
    held_to = (
        TOLD_BACK_SAYS_WHAT,
        ACTED_ON_SAYS_WHAT,
        FEW_NOT_PUBLIC,
        SAMPLE_COUNTS,
        happened("heard", "told_back"),
        in_order("heard", "told_back"),
        in_order("period_from", "period_to"),
    )
    settled_when = frozenset({"told-back"})

    title: Line = required("What it is about", hint="a theme; never a name, never a case")
    who: Literal["children", "parents", "families", "practitioners", "public"] = required("Who spoke")
    status: Literal["heard", "themed", "acted-on", "told-back"] = asked("Status", default="heard")
    group: BodyRef | None = asked("Heard through", hint="the board, group or service that listened")
    sample: int | None = asked("How many spoke", people="count")
    sample_as_told: Line | None = asked("How many, as told", hint="where no exact number is known")
    heard: dt.date | None = asked("Heard on")
    period_from: dt.date | None = asked("Heard from")
    period_to: dt.date | None = asked("Heard to")
    themes: ThemeRefs = asked("Themes", default=())
    text: LongText | None = asked("What they said", hint="in sum; nothing that identifies anybody")
    points: Lines = asked("Points", default=())
    owner: BodyRef | None = asked("Who tells them")
    due: dt.date | None = asked("To be told by")
    response: LongText | None = asked("What was done")
    told_back: dt.date | None = asked("Told back on")
    told_how: Line | None = asked("How they were told")
    update: LongText | None = asked("Update on progress")

    @derived
    def days_to_tell(self, view: View) -> int | None:
        """Days from hearing to telling back; None while one of the days is not recorded."""
        del view
        return days_between(self.heard, self.told_back)


FEEDBACK = declare(
    "feedback",
    Feedback,
    plural="Feedback",
    where="feedback/{block}/FB-{code}.toml",
    reference="FB-{code}",
    columns=("ref", "title", "who", "sample", "heard", "status", "told_back"),
)
