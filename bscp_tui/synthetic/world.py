"""The invented partnership around the records: its days, districts, plans, people and bodies."""

import datetime as dt
import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from bscp_tui.model.document import ALPHABET, Document
from bscp_tui.synthetic import words

END = dt.date(2026, 6, 26)  # the last day of every synthetic history, so that a seed gives the same bytes for ever
FIRST_YEARS = (2025, 2023, 2021, 2019, 2017)
NOTE = "Synthetic: invented for training and measuring; nothing in it is real."
ADDRESS = "synthetic.example"
T = TypeVar("T")

_MANY = 500_000  # half of all ids; beyond, those of long ago may come again


@dataclass(frozen=True)
class Period:
    """A plan's place: its name in paths, its district and the days that it covers."""

    slug: str
    district: str
    start: dt.date
    end: dt.date


@dataclass(frozen=True)
class Author:
    """An invented person who records."""

    name: str
    email: str


class World:
    """Everything that is drawn from the seed, in one order.

    Attributes:
        plans: The plans in use, the current one first.
        agencies: References of agencies.
        groups: References of groups and boards.
        people: References of people.
        themes: References of themes.
        work: References of what other records can lead to.

    """

    def __init__(self, seed: int, plans: int) -> None:
        """Draw from ``seed`` a partnership with so many plans."""
        self._random = random.Random(seed)  # noqa: S311 - invented records need no secrecy
        self.seed = seed
        self._drawn: set[str] = set()
        self.plans = [_period(number) for number in range(plans)]
        self.agencies: list[str] = []
        self.groups: list[str] = []
        self.people: list[str] = []
        self.themes: list[str] = []
        self.work: list[str] = []

    @cached_property
    def name(self) -> str:
        """The partnership's name."""
        return f"Synthetic Partnership of {self.pick(words.DISTRICTS)} (invented records, seed {self.seed})"

    @cached_property
    def begin(self) -> dt.date:
        """The first day of the history."""
        return min((plan.start for plan in self.plans), default=END)

    @cached_property
    def authors(self) -> list[Author]:
        """Who records, the most frequent first."""
        return [Author(name, f"{slug(name)}@{ADDRESS}") for name in words.PEOPLE[:7]]

    def chance(self, share: float) -> bool:
        """Whether something happens that happens in ``share`` of all cases, 0 to 1."""
        return self._random.random() < share

    def below(self, count: int) -> int:
        """Return a whole number from 0 to ``count`` - 1."""
        return int(self._random.random() * count)

    def pick(self, choices: Sequence[T]) -> T:
        """Return one of ``choices``."""
        return choices[self.below(len(choices))]

    def early(self, choices: Sequence[T]) -> T:
        """Return one of ``choices``, the first ones more often."""
        return choices[int(self._random.random() ** 2.5 * len(choices))]

    def some(self, choices: Sequence[T], least: int, most: int) -> list[T]:
        """Return ``least`` to ``most`` different ones of ``choices``, in their order."""
        wanted = least + self.below(most - least + 1)
        chosen: set[int] = set()
        while len(chosen) < min(wanted, len(choices)):
            chosen.add(self.below(len(choices)))
        return [choices[place] for place in sorted(chosen)]

    def day(self, first: dt.date, last: dt.date) -> dt.date:
        """Return a working day from ``first`` to ``last`` (or the one before ``first``, where there is none)."""
        found = first + dt.timedelta(days=self.below(max((last - first).days, 0) + 1))
        return found - dt.timedelta(days=max(found.weekday() - 4, 0))

    def moment(self, day: dt.date) -> dt.datetime:
        """Return a time of ``day`` at which people work in an office."""
        return dt.datetime.combine(day, dt.time(8, 30)) + dt.timedelta(seconds=self.below(9 * 3600))

    def identifier(self, prefix: str = "") -> str:
        """Return an id for a row of a table; no two rows of a table have the same."""
        drawn = self._four()
        while drawn in self._drawn:
            drawn = self._four()
        if len(self._drawn) == _MANY:
            self._drawn.clear()
        self._drawn.add(drawn)
        return prefix + drawn

    def entry(self) -> str:
        """Return an id for an entry."""
        return f"{self._four()}-{self._four()}"

    def _four(self) -> str:
        return "".join(self.pick(ALPHABET) for _ in range(4))

    def source(self, place: str) -> Document:
        """Return the note that marks a record as invented."""
        return {"document": "Synthetic register", "place": place, "note": NOTE}


def slug(name: str) -> str:
    """Return a name as a path or an address may hold it."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower().replace("'", "")).strip("-")[:40]


def _period(number: int) -> Period:
    round_, year = divmod(number, len(FIRST_YEARS))
    first = FIRST_YEARS[year]
    years = f"{first}-{(first + 2) % 100:02}"
    turn, place = divmod(round_ - 1, len(words.DISTRICTS))
    district = words.DISTRICTS[place] if round_ else "All districts"
    name = f"{slug(district)}{turn + 1 if turn else ''}-{years}" if round_ else years
    return Period(name, district, dt.date(first, 4, 1), dt.date(first + 2, 3, 31))
