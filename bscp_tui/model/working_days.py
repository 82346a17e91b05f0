"""Working days: weekends, bank holidays and a partnership's own closed days left out."""

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from functools import lru_cache

SATURDAY = 5
# Clocks run for weeks; a table of the years around them answers at once.
YEARS_AROUND = 2


class WorkingDays:
    """The working days of a country or a part of it.

    Bank holidays, Easter and Christmas with their substitutes and days held once (a coronation, a
    state funeral) come from the holidays library; what it cannot know yet is given as ``closed``.
    """

    def __init__(self, area: str = "GB-ENG", closed: Iterable[dt.date] = ()) -> None:
        """Count in ``area`` (country, or country and part: "GB-ENG"), leaving out ``closed`` too.

        Raises:
            ValueError: The library knows no such area.

        """
        self.area = area
        self._closed = frozenset(closed)
        self._first, self._last = 0, -1
        self._days: list[int] = []

    def is_working_day(self, day: dt.date) -> bool:
        """Whether people work on ``day``."""
        days = self._around(day)
        place = bisect_left(days, day.toordinal())
        return place < len(days) and days[place] == day.toordinal()

    def add(self, day: dt.date, count: int) -> dt.date:
        """Return the ``count``-th working day after ``day``; negative counts go back.

        A day that is none itself counts from the working day before it (going back, after it).
        """
        days = self._around(day, reach=abs(count) // 200 + 1)
        if count >= 0:
            place = bisect_right(days, day.toordinal()) - 1 + count
        else:
            place = bisect_left(days, day.toordinal()) + count
        return dt.date.fromordinal(days[place])

    def between(self, first: dt.date, last: dt.date) -> int:
        """Return how many working days lie after ``first`` up to and with ``last``; negative if it is earlier."""
        if last < first:
            return -self.between(last, first)
        self._around(first)
        days = self._around(last)
        return bisect_right(days, last.toordinal()) - bisect_right(days, first.toordinal())

    def _around(self, day: dt.date, reach: int = 1) -> list[int]:
        """Return the table of working days, by ordinal, that holds ``day`` and some years around it."""
        if not self._first <= day.year - reach or not day.year + reach <= self._last:
            first = min(self._first or day.year, day.year - reach - YEARS_AROUND)
            last = max(self._last, day.year + reach + YEARS_AROUND)
            self._first, self._last = max(first, 1), min(last, 9999)
            self._days = _table(self.area, self._closed, self._first, self._last)
        return self._days


@lru_cache(maxsize=8)
def _table(area: str, closed: frozenset[dt.date], first: int, last: int) -> list[int]:
    import holidays

    country, _, part = area.partition("-")
    try:
        bank_holidays = holidays.country_holidays(country, subdiv=part or None, years=range(first, last + 1))
    except NotImplementedError as error:
        msg = f"There is no calendar of bank holidays for “{area}”: {error}"
        raise ValueError(msg) from error
    away = {day.toordinal() for day in bank_holidays} | {day.toordinal() for day in closed}
    begin, end = dt.date(first, 1, 1).toordinal(), dt.date(last, 12, 31).toordinal()
    # Ordinal 1 was a Monday.
    return [day for day in range(begin, end + 1) if (day - 1) % 7 < SATURDAY and day not in away]
