"""The second row of the time bar: what was true on a day, where that differs from what was recorded; nothing draws."""

import bisect
import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from bscp_tui.store.moments import Ticks
from bscp_tui.tui.timeline import MONTH, Place


@dataclass(frozen=True)
class Days:
    """The days of all entries, oldest entry first, as ``date.toordinal`` numbers them: there may be very many.

    Attributes:
        counts: From which day each counts.
        recorded: On which each was recorded.
        steps: The days from which any counts, once each, in the calendar's order.
        decided: Those of them from which a meeting's decision counts.

    """

    counts: Sequence[int]
    recorded: Sequence[int]
    steps: Sequence[int]
    decided: Sequence[int]

    @staticmethod
    def of(entries: Ticks) -> "Days":
        """Return the days of ``entries``, the oldest first."""
        recorded = [time.toordinal() for time in entries.recorded]
        counts = [named or day for named, day in zip(entries.effective, recorded, strict=True)]
        decided = {day for day, meeting in zip(counts, entries.meetings, strict=True) if meeting}
        return Days(counts, recorded, sorted(set(counts)), sorted(decided))


@dataclass(frozen=True)
class Truth:
    """A day whose truth is asked for, as it is known where one stands on the first row.

    Attributes:
        place: Where one stands in what was recorded.
        days: The days of its entries.
        day: The day; None where what was recorded is shown as it was recorded.

    """

    place: Place
    days: Days
    day: dt.date | None = None

    @property
    def known(self) -> dt.date:
        """The day on which it is known."""
        return self.place.moment.day if self.place.moment else self.place.today

    @property
    def apart(self) -> Counter[int]:
        """Day to how many of the known entries count from it though they were recorded on another."""
        count = self.place.known
        pairs = zip(self.days.counts[:count], self.days.recorded[:count], strict=True)
        return Counter(counted for counted, recorded in pairs if counted != recorded)

    @property
    def late(self) -> int:
        """How many of the known entries count by the day and were recorded after it."""
        if self.day is None:
            return 0
        count, asked = self.place.known, self.day.toordinal()
        pairs = zip(self.days.counts[:count], self.days.recorded[:count], strict=True)
        return sum(counted <= asked < recorded for counted, recorded in pairs)

    def earlier(self) -> dt.date | None:
        """Return the last day before from which an entry counts; where there is none, the day itself."""
        return self._before(self.days.steps)

    def later(self) -> dt.date | None:
        """Return the next day from which an entry counts; None once that is the day on which it is known."""
        return self._after(self.days.steps)

    def decision(self, step: int) -> dt.date | None:
        """Return the nearest day before (-1) or after (1) from which a meeting's decision counts; else the day."""
        if step < 0:
            return self._before(self.days.decided)
        return self._after(self.days.decided) if self.day else None

    def month(self, step: int) -> dt.date | None:
        """Return the day thirty days before (-1) or after (1), never beyond the one on which it is known."""
        day = (self.day or self.known) + dt.timedelta(days=MONTH * step)
        return None if day >= self.known else max(day, dt.date.fromordinal(self.days.steps[0]))

    def beginning(self) -> dt.date | None:
        """Return the first day from which an entry counts."""
        return dt.date.fromordinal(self.days.steps[0])

    def _before(self, days: Sequence[int]) -> dt.date | None:
        at = bisect.bisect_left(days, (self.day or self.known).toordinal())
        return dt.date.fromordinal(days[at - 1]) if at else self.day

    def _after(self, days: Sequence[int]) -> dt.date | None:
        at = bisect.bisect_right(days, (self.day or self.known).toordinal())
        found = days[at] if at < len(days) else self.known.toordinal()
        return dt.date.fromordinal(found) if found < self.known.toordinal() else None
