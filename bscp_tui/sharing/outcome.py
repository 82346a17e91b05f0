"""What sending and receiving did, and how a copy stands to the shared one: values for screens and commands."""

import datetime as dt
from dataclasses import dataclass, field

from bscp_tui.sharing.conflicts import SharedConflict, entry_of
from bscp_tui.sharing.problems import Problem
from bscp_tui.store.raw_history import RawCommit


@dataclass(frozen=True)
class Moved:
    """An entry that went or came.

    Attributes:
        sentence: What it recorded, in one sentence that names the record.
        by: Who made it.
        email: Their address.
        made: When they made it.
        entry: Its own id; None for one made with plain git.
        commit: Its commit.

    """

    sentence: str
    by: str
    email: str
    made: dt.datetime
    entry: str | None
    commit: str


@dataclass(frozen=True)
class Outcome:
    """What one sending and receiving did.

    Attributes:
        received: The entries that came, oldest first.
        sent: The entries of one's own that went, oldest first.
        conflicts: The fields that are to be decided on first; nothing is half merged meanwhile.
        problem: What kept entries from going or coming; None where nothing did.
        told: What a person should know: a record that was given another reference, a clock that is far off.
        unsent: How many own entries are not sent.

    """

    received: tuple[Moved, ...] = ()
    sent: tuple[Moved, ...] = ()
    conflicts: tuple[SharedConflict, ...] = ()
    problem: Problem | None = None
    told: tuple[str, ...] = ()
    unsent: int = 0

    @property
    def done(self) -> bool:
        """Whether everything went and came."""
        return self.problem is None and not self.conflicts


@dataclass(frozen=True)
class Standing:
    """How a copy stands to the shared one, as far as is known here; nobody was asked.

    Attributes:
        address: Where the shared copy lies; None for a register that is not shared.
        unsent: How many own entries are not sent.
        unreceived: How many entries were fetched, and are not taken over yet.
        why_not: Why nothing can go or come at this moment; None where it can.

    """

    address: str | None
    unsent: int = 0
    unreceived: int = 0
    why_not: Problem | None = None


@dataclass(frozen=True)
class Status:
    """How a copy stands to the shared one, record by record.

    Attributes:
        standing: The same in numbers.
        unsent: The entries that will go, oldest first.
        unreceived: The entries that were fetched and not taken over, oldest first.
        conflicts: The fields that are to be decided on.
        reachable: Whether the shared copy answered; None where it was not asked.
        problem: Why it did not answer; None where it did.

    """

    standing: Standing
    unsent: tuple[Moved, ...] = ()
    unreceived: tuple[Moved, ...] = ()
    conflicts: tuple[SharedConflict, ...] = field(default=())
    reachable: bool | None = None
    problem: Problem | None = None


def moved(commit: RawCommit) -> Moved:
    """Return an entry as a person is told of it."""
    return Moved(
        sentence=commit.message.partition("\n")[0].strip(),
        by=commit.author.name,
        email=commit.author.email,
        made=dt.datetime.fromtimestamp(commit.author.at, dt.UTC),
        entry=entry_of(commit),
        commit=commit.identifier,
    )
