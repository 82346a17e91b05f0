"""From one plan to the next: what ends, what follows, what goes on; every sentence before anything is recorded."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.widget import Widget

from bscp_tui.model.amendment import Amendment
from bscp_tui.model.dates import DateError, read_date
from bscp_tui.model.text import typed
from bscp_tui.model.view import RefusedChangeError
from bscp_tui.rounds.rollover import NextPlan, open_work, plan_of, planned, untold_work
from bscp_tui.rounds.together import record_together
from bscp_tui.tui.safe_text import joined, plain, plain_line, stacked
from bscp_tui.tui.screens.change import ChangeDialog
from bscp_tui.tui.widgets.asked import Asked
from bscp_tui.tui.widgets.typing_fields import LineField, TextField
from bscp_tui.tui.widgets.words import Words

if TYPE_CHECKING:
    from bscp_tui.model.entry import Entry

MOST = 4  # sentences shown of what is recorded together
FIELDS = (
    ("old", "Plan that ends", "2025-27"),
    ("new", "Plan that follows", "2027-29; it begins every reference"),
    ("title", "Its title", "as it will be published"),
    ("start", "Its first day", "1 April 2027"),
    ("end", "Its last day", "31 March 2029"),
)


class RolloverDialog(ChangeDialog):
    """Asks for the two plans and for what goes on."""

    name_of_dialog: str = "rollover"
    why_fields: ClassVar[tuple[str, ...]] = ("reason", "effective", "decided_at")
    AUTO_FOCUS = "#new"

    def __init__(self) -> None:
        """Ask about the step from the current plan to the next."""
        super().__init__("next plan")
        self._plans: list[Amendment] = []

    def heading(self) -> Text:
        """Say what is done."""
        return plain("Step to the next plan: close one, carry forward what is open, open the next")

    def questions(self) -> Iterator[Widget]:
        """Yield the two plans and what goes on."""
        current = self.session.snapshot.settings.current_plan
        for name, label, hint in FIELDS:
            value = current if name == "old" else ""
            field = LineField(value, placeholder=hint, id=name, classes="field", compact=True, select_on_focus=False)
            yield Asked(plain(label), field)
        owed = open_work(self.session.snapshot, current)
        untold = untold_work(self.session.snapshot, current)
        told = f"{len(owed)} open in {current}; {len(untold)} without recorded progress. Take out what stays behind."
        yield Words(plain_line(told, self.tones.quiet))
        yield Asked(plain("Goes on"), TextField(" ".join(view.ref for view in owed), id="carry", classes="field"))

    def amendment(self) -> Amendment:
        """Return the first of the changes; all of them are kept for recording."""
        values = self.typed_values()
        days = []
        for name in ("start", "end"):
            try:
                days.append(read_date(values[name]) if values[name].strip() else None)
            except DateError as error:
                label = next(label for field, label, _ in FIELDS if field == name)
                raise ValueError(f"{label}: {error}") from None
        new = values["new"].strip()
        if not new:
            raise ValueError("Plan that follows: write its short name, 2027-29.")
        why = self.circumstances()
        if not why.reason:
            raise RefusedChangeError("Reason: say who agreed the new plan (“reason awaited” is one).", field="reason")
        snapshot = self.session.snapshot
        ends = plan_of(snapshot, values["old"].strip()).ref
        follows = NextPlan(new, typed(values["title"], field="Its title", lines=False).strip(), *days)
        carry = values["carry"].replace(",", " ").split()
        prefix = self.session.register.repository.prefix
        self._plans = planned(snapshot, ends, follows, carry, why, prefix=prefix)
        return self._plans[0]

    def told(self, amendment: Amendment) -> str:
        """Return the sentences that will be recorded."""
        del amendment
        return "\n".join(self._sentences(self._plans))

    def preview(self) -> None:
        """Show the sentences that will be recorded, or why they cannot be."""
        try:
            self.amendment()
            lines = self._sentences(self._plans)
        except ValueError as error:
            self.say(plain(error, self.tones.soon))
            return
        more = len(lines) - MOST
        lines = lines[:MOST] + ([f"… and {more} more"] if more > 0 else [])
        head = joined(plain(f"Will be recorded ({len(self._plans)}): ", self.tones.quiet), plain_line(lines[0], "bold"))
        self.say(stacked(head, *(plain_line(line, "bold") for line in lines[1:])))

    def record(self, amendment: Amendment) -> "Entry | None":
        """Record all of them as one group; runs in a worker thread."""
        del amendment
        entries = record_together(self.session.register, self._plans, self.host.waiting)
        if not entries:
            return None
        return replace(entries[0], sentence=f"{len(entries)} changes, taken back as one")

    def _sentences(self, plans: Sequence[Amendment]) -> list[str]:
        return [self.session.register.preview(each) for each in plans]
