"""When work was last moved on: the last real change of each record or row, by the day from which it counts."""

import datetime as dt
from collections.abc import Iterable, Mapping
from zoneinfo import ZoneInfo

from bscp_tui.history.authorship import WORK, day_of
from bscp_tui.history.rows import NOT_KEPT, HistoryRow, Query
from bscp_tui.model.view import View
from bscp_tui.reports.asked import Asked

Place = tuple[str, tuple[str, ...]]


def zone_of(asked: Asked) -> ZoneInfo:
    """Return the time zone in which the register's days begin and end."""
    return ZoneInfo(asked.snapshot.settings.time_zone)


class Recency:
    """The last real change of what a report looks at: of status, colour, progress, evidence, stage or target."""

    def __init__(self, asked: Asked) -> None:
        """Read the history once, up to the report's own version."""
        self._today = asked.as_at
        self._last = _last(asked.ledger(Query()), zone_of(asked), asked.as_at)

    def updated(self, view: View) -> dt.date | None:
        """Return the day of its last real change; None where it was never changed since it was taken over."""
        return self._last.get((view.path, view.inside))

    def quiet(self, view: View) -> int | None:
        """Return the days since then."""
        day = self.updated(view)
        return None if day is None else (self._today - day).days

    def no_update(self, view: View, within: int) -> bool:
        """Whether nothing real was changed for at least ``within`` days."""
        quiet = self.quiet(view)
        return quiet is None or quiet >= within


def _last(found: Iterable[HistoryRow], zone: dt.tzinfo, as_at: dt.date) -> Mapping[Place, dt.date]:
    last: dict[Place, dt.date] = {}
    for row in found:
        day = day_of(row, zone)
        if row.change == NOT_KEPT or day > as_at:
            continue
        # A row of a record stands at ("key_actions", "#k7qx"); what changes in it moves that row on, and its record.
        for depth in range(0, len(row.place), 2):
            place = (row.path, row.place[:depth])
            if WORK & set(row.place[depth:]) and last.get(place, day) <= day:
                last[place] = day
    return last
