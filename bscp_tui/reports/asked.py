"""What a report is asked for: the records as they stood, and everything else that it may look at."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bscp_tui.history.position import Position
from bscp_tui.history.rows import HistoryRow, Query
from bscp_tui.model.fields import Audience
from bscp_tui.model.view import View
from bscp_tui.store.snapshot import Snapshot

WITHIN = 30  # days
LAST_MEETING, LAST_REPORT = "last meeting", "last report"


@dataclass(frozen=True)
class Earlier:
    """The moment since which a report tells what changed.

    Attributes:
        commit: The register version of then; the first one where the register is younger than the moment.
        day: Its day.
        said: The moment as people say it: "31 March 2026", "the meeting BM-2026-03 of 3 March 2026".
        snapshot: The records as they stood then, as far as the report's readers may have them.

    """

    commit: str
    day: dt.date
    said: str
    snapshot: Snapshot


def _nothing(query: Query) -> Sequence[HistoryRow]:
    del query
    return ()


@dataclass(frozen=True)
class Asked:
    """What a report's maker is given.

    Attributes:
        snapshot: The records as they are told of, as far as the report's readers may have them.
        plan: The plan's reference, for a report of one plan.
        as_at: The day that it tells of; what is overdue is overdue by it.
        version: The register version, a commit's first twelve signs.
        ledger: Asks for changes, newest first: none later than the version, none that the readers may not have.
        position: What was true on the day by effective dates, where that was asked for.
        since: The moment since which changes are told; None where the report takes none, or none is there.
        within: How many days ahead "due soon" reaches, and for how long "no update" lasts.
        agency: The agency, group or person that it is about.
        record: The record or row that it is about.
        audience: Whom it is made for; None for those who have the whole register.

    """

    snapshot: Snapshot
    plan: str
    as_at: dt.date
    version: str
    ledger: Callable[[Query], Sequence[HistoryRow]] = _nothing
    position: Position | None = None
    since: Earlier | None = None
    within: int = WITHIN
    agency: View | None = None
    record: View | None = None
    audience: Audience | None = None
