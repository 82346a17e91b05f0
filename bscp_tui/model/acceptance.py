"""Acceptances: a query that somebody looked at and lets stand, with the reason, the person and an end."""

import datetime as dt

from bscp_tui.model.fields import BodyRef, Line, LongText, RecordRef, asked, required
from bscp_tui.model.parts import Record
from bscp_tui.model.record import declare, derived
from bscp_tui.model.rules import Rule, Step
from bscp_tui.model.view import View


def _without_end(step: Step) -> str | None:
    item = step.new.item
    if getattr(item, "until", None) or getattr(item, "published_so", None):
        return None
    return "neither an end (until=DATE) nor that it was published so (published_so=yes) is said."


ACCEPTANCE_ENDS = Rule(
    "acceptance-ends",
    "An acceptance ends on a day, unless what it accepts was published so and an erratum is noted.",
    _without_end,
    field="until",
)


class Acceptance(Record):
    """One query that stands as it is for a while, or for good where it was published so."""

    held_to = (ACCEPTANCE_ENDS,)

    title: Line = required("Rule", hint="the rule whose query it accepts: no-lead")
    about: RecordRef = required("Record", hint="the reference of the record")
    field: Line | None = asked("Field", hint="as the query names it; none: all its fields")
    reason: LongText = required("Reason")
    accepted_by: BodyRef | None = asked("Accepted by")
    until: dt.date | None = asked("Until", hint="the query comes back on the day after")
    published_so: bool | None = asked("Published so, erratum noted")

    @derived
    def rule(self, view: View) -> str:
        """The rule whose query it accepts."""
        del view
        return self.title

    @derived
    def in_force(self, view: View) -> bool:
        """Whether it counts today."""
        if view.withdrawn:
            return False
        return bool(self.published_so) or (self.until is not None and self.until >= view.today)

    @derived
    def state(self, view: View) -> str:
        """How long it counts, in words."""
        from bscp_tui.model.dates import in_words

        if self.published_so:
            return "published so, erratum noted"
        if self.until is None:
            return "without an end"
        return f"accepted until {in_words(self.until)}" if self.in_force(view) else f"expired on {in_words(self.until)}"


ACCEPTANCE = declare(
    "acceptance",
    Acceptance,
    plural="Acceptances",
    where="acceptances/{block}/AC-{code}.toml",
    reference="AC-{code}",
    columns=("ref", "title", "about", "field", "state", "reason"),
)
