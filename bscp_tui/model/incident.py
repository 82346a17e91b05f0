"""Serious incidents, as far as their clock and their line of work go; never case detail."""

import datetime as dt
from typing import Literal

from bscp_tui.model.clocks import Clock, Clocked, Reading, ended_before_start, late_without_reason
from bscp_tui.model.fields import Line, LongText, asked, required
from bscp_tui.model.parts import Record
from bscp_tui.model.record import declare, derived
from bscp_tui.model.theme import ThemeRefs
from bscp_tui.model.view import View
from bscp_tui.model.workflow import Workflow

NOTIFICATION = Clock("notification", "aware", "notified")


class Incident(Clocked, Record):
    """A serious incident that the local authority notifies; the register knows it by a case reference only."""

    usual_audience = "group"
    workflow = Workflow(("open", "notified", "rapid-review", "closed"))
    held_to = (ended_before_start(NOTIFICATION), late_without_reason(NOTIFICATION))

    title: Line = required("Case reference", hint="a reference, never a name")
    status: Literal["open", "notified", "rapid-review", "closed"] = asked("Status", default="open")
    themes: ThemeRefs = asked("Themes", default=())
    aware: dt.date | None = asked("Authority became aware")
    notified: dt.date | None = asked("Notified to the National Panel")
    late_reason: LongText | None = asked("Why late", hint="“reason awaited” is an answer")
    note: LongText | None = asked("Note")

    def reading(self, view: View) -> Reading | None:
        """Return what the notification's clock shows."""
        return NOTIFICATION.reading(view)

    @derived
    def clock_running(self, view: View) -> bool:
        """Whether the clock runs and has not been met."""
        reading = self.reading(view)
        return reading is not None and reading.met is None and self.status == "open"

    @derived
    def late(self, view: View) -> bool:
        """Whether the notification is, or was, late."""
        reading = self.reading(view)
        return reading is not None and reading.late


INCIDENT = declare(
    "incident",
    Incident,
    plural="Serious incidents",
    where="incidents/{block}/SI-{code}.toml",
    reference="SI-{code}",
    columns=("ref", "title", "status", "clock", "clock_due"),
)
