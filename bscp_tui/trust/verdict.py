"""What verification says: a verdict, one plain sentence, and what stands behind it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from bscp_tui.model.dates import in_words
from bscp_tui.trust.judging import Finding
from bscp_tui.trust.proof import Proof

Outcome = Literal["matches", "does not match", "cannot tell", "redacted"]


@dataclass(frozen=True)
class Signed:
    """How many entries a person signed."""

    name: str
    email: str
    entries: int


@dataclass(frozen=True)
class Verdict:
    """What can be said of a history.

    Attributes:
        outcome: The verdict in two words.
        reason: Why it does not match, or why nothing can be said; None where it matches.
        entries: How many entries there are.
        before: How many of them came before trust was adopted; nobody vouches for these.
        introduced: The entry that brought the roster in.
        tip: The newest entry's commit.
        since: When the first entry was recorded that is vouched for.
        faults: What does not hold.
        notes: What holds, and should be known.
        signers: Who signed how many, the most first.
        proofs: The proof lines that were checked.
        roster: The id of the roster's bytes that stands at the end.

    """

    outcome: Outcome
    reason: str | None = None
    entries: int = 0
    before: int = 0
    introduced: str | None = None
    tip: str | None = None
    since: dt.datetime | None = None
    faults: tuple[Finding, ...] = ()
    notes: tuple[Finding, ...] = ()
    signers: tuple[Signed, ...] = ()
    proofs: tuple[Proof, ...] = ()
    roster: str | None = None

    @property
    def sentence(self) -> str:
        """The verdict as one plain sentence."""
        if self.outcome != "matches":
            return f"{self.outcome.capitalize()}: {self.reason}."
        who = _counted(len(self.signers), "person", "people")
        vouched = self.entries - self.before
        told = f"Matches: {_counted(vouched, 'entry', 'entries')} by {who}, whole, in order and signed"
        if self.since is not None:
            told += f", since {in_words(self.since.date())}"
        if self.proofs:
            told += "; nothing was rewritten since the proof line"
        if self.before:
            told += f". Nobody vouches for the {_counted(self.before, 'entry', 'entries')} before that"
        return f"{told}."


def seal_of(verdict: Verdict, commit: str | None = None, recorded: dt.datetime | None = None) -> str:
    """Return what a screen shows of a history, or of one entry of it, in a few words.

    Args:
        verdict: The verdict on the history.
        commit: The entry; None for the history as a whole.
        recorded: When it was recorded.

    """
    broken = [fault.reason for fault in verdict.faults if commit is None or fault.commit == commit]
    if verdict.outcome == "cannot tell":
        return "not verified"
    if broken:
        return "✗ does not match" if commit is None else f"✗ not vouched for: {broken[0]}"
    if commit is not None and recorded is not None and verdict.since and recorded < verdict.since:
        return "recorded before anybody vouched for entries"
    return "✓ vouched for"


def faulty(faults: Sequence[Finding]) -> str:
    """Return why a history does not match, naming its first fault."""
    first = faults[0]
    told = f"entry {first.entry}, because {first.reason}" if first.entry else first.reason
    more = len(faults) - 1
    return f"{told} (and {_counted(more, 'further fault', 'further faults')})" if more else told


def cannot_tell(reason: str) -> Verdict:
    """Return the verdict where nothing can be said."""
    return Verdict("cannot tell", reason)


def _counted(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"
