"""Moments of a register's life: which entry was the last by a date, and when every entry was made."""

import datetime as dt
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple, overload
from zoneinfo import ZoneInfo

from bscp_tui.model.dates import DateError, in_short, in_words, read_date
from bscp_tui.store.commits import began, commit_at, commit_named
from bscp_tui.store.errors import RegisterError
from bscp_tui.store.log import cut_of
from bscp_tui.store.register import Register

_VERSION = re.compile(r"[0-9a-f]{4,40}")


class NoSuchMomentError(ValueError):
    """Nothing can be shown as at the moment that was asked for; the message says why and what can be."""


class Moment(NamedTuple):
    """A state of the register.

    Attributes:
        commit: The last entry's commit; what it holds is what the register said.
        day: What counts as today in it.
        exact: Whether that very entry was asked for, not the end of its day.
        position: The day whose truth is asked for, as the commit knows it; None for what was recorded.

    """

    commit: str
    day: dt.date
    exact: bool = False
    position: dt.date | None = None

    @property
    def shown(self) -> str:
        """What is shown there: "as at 31 March 2026", or the position."""
        return f"position on {self.said}" if self.position else f"as at {self.said}"

    @property
    def said(self) -> str:
        """The moment as people say it: "31 March 2026", with the register version where it is an entry's.

        A position says both its days, "31 Mar 2026, as known on 30 Jun 2026", short enough for the frame of a
        screen of 80 columns.
        """
        if self.position is not None:
            return f"{in_short(self.position)}, as known on {in_short(self.day)}"
        return f"{in_words(self.day)}, version {self.commit[:7]}" if self.exact else in_words(self.day)


class Tick(NamedTuple):
    """An entry as the time bar shows it.

    Attributes:
        commit: Its commit.
        recorded: When, in the register's time zone.
        by: Who made it.
        sentence: The first line of what it says.
        decided_at: The meeting that it names; "" where it names none.
        effective: The day from which it counts (``date.toordinal``: there may be a hundred thousand entries); 0
            where it names none.

    """

    commit: str
    recorded: dt.datetime
    by: str
    sentence: str
    decided_at: str
    effective: int = 0

    @property
    def counts(self) -> int:
        """The day from which it counts: that which it names, else that of its recording (``date.toordinal``)."""
        return self.effective or self.recorded.toordinal()

    @property
    def moment(self) -> Moment:
        """The register as it stood once this entry was made."""
        return Moment(self.commit, self.recorded.date(), exact=True)


@dataclass(frozen=True)
class Ticks(Sequence[Tick]):
    """Entries as the time bar shows them, in columns; each is made when it is asked for.

    There may be a hundred thousand. Python goes over each object that it holds whenever it looks for garbage, but not
    over texts, numbers and days; and most questions are about one column.

    Attributes:
        commits: Their commits; every column has the entries in the history's order.
        recorded: When each was recorded, in the register's time zone.
        by: Who made each.
        sentences: The first line of what each says.
        meetings: The meeting that each names; "" where it names none.
        effective: The day from which each counts, as in a ``Tick``.

    """

    commits: Sequence[str] = ()
    recorded: Sequence[dt.datetime] = ()
    by: Sequence[str] = ()
    sentences: Sequence[str] = ()
    meetings: Sequence[str] = ()
    effective: Sequence[int] = ()

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self.commits)

    @overload
    def __getitem__(self, place: int) -> Tick: ...

    @overload
    def __getitem__(self, place: slice) -> "Ticks": ...

    def __getitem__(self, place: int | slice) -> "Tick | Ticks":
        """Return the entry at a place, or those of some places."""
        found = (column[place] for column in vars(self).values())
        return Ticks(*found) if isinstance(place, slice) else Tick(*found)

    def last(self, counts: Callable[[dt.datetime], bool]) -> Tick | None:
        """Return the last one, in the history's order, whose recording ``counts``; None where none does."""
        places = range(len(self) - 1, -1, -1)
        found = next((place for place in places if counts(self.recorded[place])), None)
        return None if found is None else self[found]


def zone_of(register: Register) -> ZoneInfo:
    """Return the time zone in which the register's days begin and end."""
    return ZoneInfo(register.settings.time_zone)


def instant(register: Register, when: str) -> dt.datetime:
    """Return the instant that ``when`` means: a date's end in the register's time zone, or a date and time.

    Raises:
        NoSuchMomentError: It is neither.

    """
    zone = zone_of(register)
    try:
        return dt.datetime.combine(read_date(when, today=register.today), dt.time.max, tzinfo=zone)
    except DateError as error:
        try:
            moment = dt.datetime.fromisoformat(when.strip())
        except ValueError:
            msg = f"“{when}” is neither a date, a date and time, nor a register version. {error}"
            raise NoSuchMomentError(msg) from None
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)


def commit_of(register: Register, when: str) -> str:
    """Return the last commit, in the history's own order, by a date, a date and time, or the one that is named.

    Raises:
        NoSuchMomentError: It cannot be read, or lies before the register began.
        RegisterError: The register has no history.

    """
    if register.head is None:
        raise RegisterError(_no_history(register, when))
    repository = register.repository
    named = commit_named(repository, when)
    if named is not None:
        return named
    commit = commit_at(repository, instant(register, when))
    if commit is None:
        raise NoSuchMomentError(_too_early(register, began(repository).astimezone(zone_of(register)).date(), when))
    return commit


def moment_of(register: Register, entries: Ticks, when: str) -> Moment:
    """Return the moment that ``when`` means, found among the register's ``entries``, the oldest first.

    The rule is that of ``commit_of``: a date is its end, and of the entries recorded by then the
    last in the history's own order counts. The day is the date's, or that of the named entry.

    Raises:
        NoSuchMomentError: It cannot be read, or lies before the register began or ahead of today.

    """
    words = when.strip().lower()
    is_version = _VERSION.fullmatch(words) is not None
    named = [place for place, commit in enumerate(entries.commits) if is_version and commit.startswith(words)]
    if len(named) == 1:
        return entries[named[0]].moment
    asked = instant(register, when)
    if asked.date() > register.today:
        msg = f"{in_words(asked.date())} lies ahead: the register cannot say yet how it will stand then."
        raise NoSuchMomentError(msg)
    last = entries.last(lambda recorded: recorded <= asked)
    if last is None:
        raise NoSuchMomentError(
            _too_early(register, entries[0].recorded.date(), when) if entries else _no_history(register, when)
        )
    return Moment(last.commit, asked.date())


def _no_history(register: Register, when: str) -> str:
    return f"{register.repository.folder} has no history yet, so nothing can be shown as at {when}."


def _too_early(register: Register, first: dt.date, when: str) -> str:
    if cut_of(register.repository):
        return (
            f"This copy holds only the newest part of the history, from {in_words(first)} on, so nothing can be shown "
            f"as at {when}. Fetch the rest with: git fetch --unshallow"
        )
    return f"The register began on {in_words(first)}; there is nothing to show as at {when}."
