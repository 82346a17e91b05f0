"""Taking an entry back: the sentence that a new entry will say, and the reason for it."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.widget import Widget

from bscp_tui.model.amendment import Amendment
from bscp_tui.model.view import Circumstances
from bscp_tui.tui.safe_text import joined, plain, plain_line, stacked
from bscp_tui.tui.screens.change import ChangeDialog

if TYPE_CHECKING:
    from bscp_tui.model.entry import Entry
    from bscp_tui.tui.session import Session

MOST = 4  # sentences shown of what is taken back together


class UndoDialog(ChangeDialog):
    """Asks why an entry is taken back; what is recorded stays in the history, and a new entry puts it back."""

    name_of_dialog: str = "undo"
    why_fields: ClassVar[tuple[str, ...]] = ("reason", "effective", "decided_at")
    AUTO_FOCUS = "#reason"

    def in_plain_text(self) -> str:
        """Return the command that says the same without a screen."""
        return f"bscp undo {self.ref}"

    def __init__(self, name: str) -> None:
        """Ask about the entry that ``name``, its id or register version, names."""
        super().__init__(name)
        self._plans: list[tuple[Amendment, str]] = []
        self._refusal = "Looking whether later changes stand in the way …"

    def heading(self) -> Text:
        """Say which entry."""
        return joined(plain("Take back entry "), plain_line(self.ref[:12], self.tones.accent))

    def questions(self) -> Iterator[Widget]:
        """Yield nothing more."""
        yield from ()

    def on_mount(self) -> None:
        """Look what taking it back would record."""
        self.rebase()

    def rebase(self) -> None:
        """Look anew, after others recorded something."""
        self.host.fetch("undo", partial(_planned, self.session, self.ref), self._found)

    def amendment(self) -> Amendment:
        """Return the first of the changes, with the reason as typed."""
        if not self._plans:
            raise ValueError(self._refusal)
        why = self.circumstances()
        if not why.reason:
            raise ValueError(f"{self._sentences()}\nReason: say why it is taken back (“reason awaited” is one).")
        return replace(self._plans[0][0], why=why)

    def told(self, amendment: Amendment) -> str:
        """Return the sentences that will be recorded."""
        del amendment
        return self._sentences()

    def preview(self) -> None:
        """Show the sentences that will be recorded, or why they cannot be."""
        try:
            self.amendment()
        except ValueError as error:
            self.say(stacked(*(plain_line(line, self.tones.soon) for line in str(error).split("\n"))))
            return
        lines = self._sentences().split("\n")
        told = joined(plain("Will be recorded: ", self.tones.quiet), plain_line(lines[0], "bold"))
        self.say(stacked(told, *(plain_line(line, "bold") for line in lines[1:])))

    def record(self, amendment: Amendment) -> "Entry | None":
        """Record what takes the entry back; runs in a worker thread."""
        from bscp_tui.history.undo import undo

        entries = undo(self.session.register, self.ref, amendment.why, self.host.waiting)
        if len(entries) > 1:
            return replace(entries[0], sentence=f"{len(entries)} changes taken back together")
        return entries[0] if entries else None

    def _found(self, outcome: object) -> None:
        if isinstance(outcome, list):
            self._plans = outcome
        else:
            self._plans, self._refusal = [], str(outcome)
        if self.is_mounted:
            self.preview()

    def _sentences(self) -> str:
        lines = [sentence for _, sentence in self._plans]
        rest = [f"… and {len(lines) - MOST} more"] if len(lines) > MOST else []
        return "\n".join([*lines[:MOST], *rest])


def last_own(session: "Session") -> str | None:
    """Return the name of the last entry of the person who works here; None where there is none. For a worker."""
    from bscp_tui.history.ledger import rows
    from bscp_tui.history.rows import Query
    from bscp_tui.store import identity

    person = identity.known(session.register.repository)
    found = rows(session.register, Query(by=f"<{person.email}>", limit=1)) if person else []
    return found[0].entry or found[0].commit if found else None


def _planned(session: "Session", name: str) -> list[tuple[Amendment, str]]:
    """Return each change that taking the entry back records, with its sentence; runs in a worker thread."""
    from bscp_tui.history.undo import planned

    register = session.register
    # The reason is not typed yet; only the withdrawal of what was added holds it, and no sentence says it.
    why = Circumstances("reason awaited", session.today)
    return [(plan, register.preview(plan)) for plan in planned(register, name, why)]
