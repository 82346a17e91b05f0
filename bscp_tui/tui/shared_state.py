"""What the screens know of the shared copy: what is not sent yet, and what the last sending and receiving did."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bscp_tui.model.view import View

if TYPE_CHECKING:
    from bscp_tui.model.fields import FieldFacts
    from bscp_tui.sharing.conflicts import SharedConflict
    from bscp_tui.sharing.outcome import Outcome, Standing, Status
    from bscp_tui.store.register import Register
    from bscp_tui.tui.session import Session

SIGN = "⇅"


@dataclass
class SharedState:
    """How the open register stands to the shared copy.

    Attributes:
        standing: What is known here alone, without asking another computer; None until somebody looked.
        outcome: What the last sending and receiving of this session did; None before the first.
        conflicts: The fields that are to be decided on before anything is sent.
        under_way: Whether one is under way.
        words: What it last said of itself.

    """

    standing: "Standing | None" = None
    outcome: "Outcome | None" = None
    conflicts: tuple["SharedConflict", ...] = ()
    under_way: bool = False
    words: str = field(default="")

    def look(self, register: "Register") -> None:
        """Count what is not sent, and what is to be decided first; for a worker thread."""
        from bscp_tui.sharing.standing import standing

        self.standing = standing(register)
        if self.standing.unsent and self.standing.unreceived:
            from bscp_tui.sharing.deciding import conflicts

            self.conflicts = tuple(conflicts(register))
        else:
            self.conflicts = ()

    @property
    def unsent(self) -> int:
        """How many of one's own changes the shared copy does not have yet, as far as is known here."""
        return self.standing.unsent if self.standing is not None and self.standing.address else 0

    @property
    def told_unsent(self) -> str:
        """What every screen says: "⇅ 2 not yet sent"; "" where nothing waits."""
        if self.under_way:
            return f"{SIGN} sending and receiving …"
        if self.conflicts:
            return f"{SIGN} {len(self.conflicts)} to decide"
        return f"{SIGN} {self.unsent} not yet sent" if self.unsent else ""


def send_and_receive(register: "Register", told: Callable[[str], None]) -> "Outcome":
    """Send and receive; for a worker thread."""
    from bscp_tui.sharing.syncing import sync

    return sync(register, told=told)


def status_here(register: "Register") -> "Status":
    """Return what will go and what waits, from what is known here alone; for a worker thread."""
    from bscp_tui.sharing.deciding import status

    return status(register, ask=False)


def field_of(session: "Session", conflict: "SharedConflict") -> "FieldFacts | None":
    """Return the declaration of the field in conflict; None where another value cannot be typed for it."""
    row = session.row_at(conflict.ref)
    facts = row.field(conflict.inner) if isinstance(row, View) else None
    return facts if facts is not None and facts.editable else None


def decided(session: "Session", conflict: "SharedConflict", takes: str, typed: str) -> None:
    """Keep what a person decided; for a worker thread.

    Args:
        session: The open register.
        conflict: The field.
        takes: "mine", "theirs", or "value" for what was typed.
        typed: The third value.

    Raises:
        ValueError: The field cannot have that value.
        OSError: The decision could not be kept.

    """
    from bscp_tui.model.reading import read_value
    from bscp_tui.sharing.conflicts import Decision
    from bscp_tui.sharing.deciding import decide

    facts = field_of(session, conflict) if takes == "value" else None
    value: object = None
    if facts is not None:
        value = read_value(facts, typed, today=session.today, finder=session.snapshot)
    decide(session.register, [Decision(conflict.key, takes, list(value) if isinstance(value, tuple) else value)])


def counted(count: int, one: str, many: str) -> str:
    """Return a number with what it counts."""
    return f"{count:,} {one if count == 1 else many}"


def in_short(outcome: "Outcome") -> str:
    """Return in a sentence what a sending and receiving did, for a notice behind other screens."""
    if outcome.problem is not None:
        return str(outcome.problem)
    if outcome.conflicts:
        told = counted(len(outcome.conflicts), "field was", "fields were")
        return f"{told} given two values; nothing was sent yet. Press y to decide."
    if not outcome.sent and not outcome.received:
        return "Nothing to send, nothing to receive: your copy and the shared one hold the same."
    sent = counted(len(outcome.sent), "change", "changes")
    return f"Sent {sent}, received {len(outcome.received):,}."
