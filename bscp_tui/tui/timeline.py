"""The register's life as one line of blocks: where each entry falls, and what the line says; nothing here draws."""

import bisect
import datetime as dt
import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass

from bscp_tui.model.dates import MONTHS, in_short
from bscp_tui.store.moments import Moment, Tick, Ticks

BLOCKS = "▁▂▃▄▅▆▇█"
DECISION = "◆"
MONTH = 30  # days
STEPS = (1, 2, 3, 6, 12, 24, 60, 120, 600)  # months between two dates on the line
ROOM = 6  # cells that a date takes with the space around it


@dataclass(frozen=True)
class Scale:
    """Time over cells.

    Attributes:
        begin: The time at the first cell.
        end: The time at the last.
        width: How many cells.

    """

    begin: dt.datetime
    end: dt.datetime
    width: int

    def column(self, when: dt.datetime) -> int:
        """Return the cell, from 0, in which a time falls; what lies outside falls in the nearest."""
        span = (self.end - self.begin).total_seconds()
        share = (when - self.begin).total_seconds() / span if span > 0 else 1.0
        return min(self.width - 1, max(0, int(share * (self.width - 1) + 0.5)))

    def column_of(self, day: dt.date) -> int:
        """Return the cell in which a day's noon falls."""
        noon = self.begin.replace(hour=12, minute=0)
        return self.column(noon + (day - noon.date()))

    def blocks(self, times: Sequence[dt.datetime]) -> str:
        """Return the line: the more of the ``times``, in order, fall into a cell, the higher its block; else a space.

        Where each cell begins is looked up among them: there may be very many times, and there are few cells.
        """
        span = self.end - self.begin
        if self.width < 2 or not span:
            return self.blocks_of([0] * (self.width - 1) + [len(times)])
        begins = [self.begin + span * ((cell - 0.5) / (self.width - 1)) for cell in range(1, self.width)]
        places = [0, *(bisect.bisect_left(times, begin) for begin in begins), len(times)]
        return self.blocks_of([after - before for before, after in itertools.pairwise(places)])

    @staticmethod
    def blocks_of(counts: Sequence[int]) -> str:
        """Return the line for so many things in each cell."""
        most = max(counts, default=0)
        return "".join(_block(count, most) for count in counts)

    def decisions(self, entries: Ticks) -> str:
        """Return the line below: a mark where entries name the meeting that decided them."""
        pairs = zip(entries.recorded, entries.meetings, strict=True)
        marked = {self.column(recorded) for recorded, meeting in pairs if meeting}
        return "".join(DECISION if place in marked else " " for place in range(self.width))

    def labels(self) -> str:
        """Return the line of dates: the first day, "today", and the years or months between that find room."""
        cells = [" "] * self.width
        _write(cells, 0, in_short(self.begin.date()))
        _write(cells, self.width - len("today"), "today")
        for day, said in self._landmarks():
            place = self.column(dt.datetime.combine(day, dt.time(), tzinfo=self.begin.tzinfo))
            around = cells[max(0, place - 1) : place + len(said) + 1]
            if len(around) > len(said) and set(around) == {" "}:
                _write(cells, place, said)
        return "".join(cells)

    def _landmarks(self) -> list[tuple[dt.date, str]]:
        """Return the beginnings of months, as many as find room at even distances; January says its year."""
        begin, end = self.begin.date(), self.end.date()
        cells_a_month = self.width * MONTH / max(1, (end - begin).days)
        step = next((step for step in STEPS if step * cells_a_month >= ROOM), STEPS[-1])
        months = range(begin.year * 12, end.year * 12 + 12, step)
        days = [dt.date(month // 12, month % 12 + 1, 1) for month in months]
        named = [(day, str(day.year) if day.month == 1 else MONTHS[day.month - 1][:3]) for day in days]
        return [(day, said) for day, said in named if begin < day < end]


def times_of(entries: Ticks) -> list[dt.datetime]:
    """Return when the entries were recorded, in order: a clock may have gone backwards."""
    return sorted(entries.recorded)


def scale_of(times: Sequence[dt.datetime], today: dt.date, width: int) -> Scale:
    """Return the scale from the first of the ``times`` to the end of today, or to the last if a clock ran ahead.

    Args:
        times: When each entry was recorded, in order; one at least.
        today: What counts as today.
        width: How many cells there are.

    """
    return Scale(times[0], max(times[-1], dt.datetime.combine(today, dt.time.max, tzinfo=times[0].tzinfo)), width)


@dataclass(frozen=True)
class Place:
    """Where on the time bar one stands.

    Attributes:
        entries: Every entry, the oldest first.
        today: What counts as today.
        moment: The moment; None for today.

    """

    entries: Ticks
    today: dt.date
    moment: Moment | None

    @property
    def index(self) -> int:
        """The place of the moment's entry among all; their number for today."""
        if self.moment is None:
            return len(self.entries)
        try:
            return self.entries.commits.index(self.moment.commit)
        except ValueError:
            return len(self.entries)

    @property
    def known(self) -> int:
        """How many entries count here, from the first on."""
        return min(self.index + 1, len(self.entries))

    @property
    def tick(self) -> Tick | None:
        """The last entry that counts here, None where there is none."""
        at = min(self.index, len(self.entries) - 1)
        return self.entries[at] if at >= 0 else None

    def earlier(self) -> Moment | None:
        """Return the moment of the entry before; from a date, that of the last entry by it."""
        at = self.index
        if self.moment is None or self.moment.exact:
            at -= 1
        return self.entries[max(0, at)].moment

    def later(self) -> Moment | None:
        """Return the moment of the next entry; after the last comes today."""
        at = self.index + 1
        return self.entries[at].moment if at < len(self.entries) else None

    def beginning(self) -> Moment | None:
        """Return the moment of the first entry."""
        return self.entries[0].moment

    def decision(self, step: int) -> Moment | None:
        """Return the moment of the nearest entry before (-1) or after (1) that names a meeting; else where one is."""
        at = self.index + step
        while 0 <= at < len(self.entries):
            if self.entries.meetings[at]:
                return self.entries[at].moment
            at += step
        return self.moment

    def month(self, step: int) -> Moment | None:
        """Return the moment thirty days before (-1) or after (1), never beyond the register's beginning or today."""
        day = (self.moment.day if self.moment else self.today) + dt.timedelta(days=MONTH * step)
        return None if day >= self.today else at_end_of(self.entries, day)


def at_end_of(entries: Ticks, day: dt.date) -> Moment:
    """Return the register at the end of ``day``; before its beginning, its first entry."""
    zone = entries[0].recorded.tzinfo
    limit = dt.datetime.combine(day, dt.time.max, tzinfo=zone)
    last = entries.last(lambda recorded: recorded <= limit)
    return Moment(last.commit, day) if last else entries[0].moment


def _block(count: int, most: int) -> str:
    if not count:
        return " "
    # Logarithms, so that one busy day does not flatten all the others.
    share = math.log1p(count) / math.log1p(most)
    return BLOCKS[min(len(BLOCKS) - 1, math.ceil(share * len(BLOCKS)) - 1)] if most > 1 else BLOCKS[3]


def _write(cells: list[str], place: int, text: str) -> None:
    if place in range(len(cells) - len(text) + 1):
        cells[place : place + len(text)] = text
