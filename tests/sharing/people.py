"""People with computers of their own who share one register: each with a copy, a key, an identity."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bscp_tui.sharing.joining import join
from bscp_tui.sharing.outcome import Outcome
from bscp_tui.sharing.syncing import sync
from bscp_tui.store.register import Register, open_register
from tests.cli.support import Ran, bscp
from tests.sharing.places import Place, seat
from tests.support import TODAY, because, change, git
from tests.trust.partners import Partnership


@dataclass
class Team:
    """Everybody who shares a register at one place.

    Attributes:
        place: Where their copies meet.
        partnership: Who they are; Robin holds the register first.
        folder: Where their copies lie.
        clock: The time of the last entry, in seconds since 1970.

    """

    place: Place
    partnership: Partnership
    folder: Path
    clock: int = field(default=0)

    def __post_init__(self) -> None:
        """Begin a day after the register's last entry."""
        self.clock = self.partnership.clock + 86_400

    def copy(self, who: str) -> Path:
        """Return where somebody's copy lies."""
        return self.partnership.folder if who == "Robin" else self.folder / who.lower()

    @contextmanager
    def seated(self, who: str) -> Iterator[None]:
        """Sit somebody at their computer; a minute passes."""
        self.clock += 60
        with seat(self.partnership.people[who], self.place):
            yield

    def shares(self) -> Outcome:
        """Let Robin name the shared copy and send the register there."""
        git(self.copy("Robin"), "remote", "add", "origin", self.place.address)
        return self.syncs("Robin")

    def joins(self, *people: str) -> None:
        """Let people join."""
        for who in people:
            with self.seated(who):
                join(self.place.address, self.copy(who))

    def register(self, who: str) -> Register:
        """Return somebody's copy, opened now."""
        return open_register(self.copy(who), TODAY)

    def records(self, who: str, ref: str = "4.1.3", reason: str = "Agreed.", **values: object) -> str:
        """Let somebody record a change; return the entry's id."""
        with self.seated(who), self._clock():
            register = self.register(who)
            entry = register.record(change(register, ref, because(reason), **values))
            assert entry is not None
            return entry.entry

    def syncs(self, who: str) -> Outcome:
        """Let somebody send and receive."""
        with self.seated(who), self._clock():
            return sync(self.register(who))

    def runs(self, who: str, *words: str, **environment: str) -> Ran:
        """Let somebody use the command line."""
        with self.seated(who), self._clock():
            return bscp(self.copy(who), *words, **environment)

    def value(self, who: str, ref: str, name: str) -> object:
        """Return what somebody's copy says of a field."""
        with self.seated(who):
            found = self.register(who).snapshot().resolve(ref)
        return getattr(found, "value")(name)  # noqa: B009 - a record or what cannot be read

    def entries(self, who: str) -> list[str]:
        """Return the ids of every entry of somebody's copy, the oldest first; the history must be one line."""
        return entries_of(self.copy(who))

    def verified(self, who: str) -> str:
        """Return the verdict on somebody's copy."""
        from bscp_tui.trust.verifying import verify

        with self.seated(who):
            return verify(self.register(who).repository).outcome

    @contextmanager
    def _clock(self) -> Iterator[None]:
        import pytest

        with pytest.MonkeyPatch.context() as patch:
            at = dt.datetime.fromtimestamp(self.clock, dt.UTC).isoformat()
            for role in ("AUTHOR", "COMMITTER"):
                patch.setenv(f"GIT_{role}_DATE", at)
            yield


def entries_of(folder: Path) -> list[str]:
    """Return the ids of every entry, the oldest first, once the history is seen to be one line."""
    assert git(folder, "rev-list", "--merges", "HEAD") == "", "the history is no line"
    told = git(folder, "log", "--reverse", "--format=%(trailers:key=Entry,valueonly,separator=%x20)")
    return told.split()
