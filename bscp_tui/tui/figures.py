"""The figures of Home, from the snapshot and the history; nothing here draws."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from bscp_tui.model.filter_line import terms_of
from bscp_tui.model.kinds import KINDS
from bscp_tui.model.record import Kind
from bscp_tui.model.view import View
from bscp_tui.model.workflow import DONE, words
from bscp_tui.store.loading import Unreadable
from bscp_tui.store.snapshot import Snapshot
from bscp_tui.tui.session import Session
from bscp_tui.tui.shared_state import SIGN
from bscp_tui.tui.telling import BROKEN, BY_HAND, LATE, SOON

if TYPE_CHECKING:
    from bscp_tui.history.rows import HistoryRow

RECENT_DAYS = 30
EXCHANGE = "exchange"
QUERIES = "queries"  # what a line opens that is no list of records
LOOKED_OVER = 2_000  # files


@dataclass(frozen=True)
class Place:
    """A list, narrowed: what a line of Home opens."""

    kind: str
    filter: str = ""


@dataclass(frozen=True)
class Figure:
    """A line of "Needs attention".

    Attributes:
        sign: Its sign.
        count: How many.
        said: What they are, in the number that fits.
        opens: The list behind it; or "exchange", which sends and receives.
        tone: The name of its tone.

    """

    sign: str
    count: int
    said: str
    opens: Place | str
    tone: str


@dataclass(frozen=True)
class _Watch:
    sign: str
    one: str
    many: str
    kind: str
    filter: str
    tone: str


CURRENT = (
    _Watch(LATE, "key action overdue", "key actions overdue", "key-action", "overdue=yes", "late"),
    _Watch(SOON, "due in the next 30 days", "due in the next 30 days", "key-action", "timeliness~due due<=30d", "soon"),
    _Watch("?", "row with no RAG recorded", "rows with no RAG recorded", "action", "rag=none", "quiet"),
)
# What is owed outside the current plan, and by agencies; Home tells it once every file is read.
OUTSIDE = (
    _Watch(LATE, "action point overdue", "action points overdue", "action-point", "overdue=yes", "late"),
    _Watch(LATE, "learning point overdue", "learning points overdue", "learning-point", "overdue=yes", "late"),
    _Watch("?", "question waits for a reply", "questions wait for a reply", "question", "open=yes", "soon"),
    _Watch("✉", "return not yet in", "returns not yet in", "agency-return", "open=yes", "soon"),
)


_EARLIER = _Watch(
    LATE, "of an earlier plan overdue", "of earlier plans overdue", "key-action", "open=yes overdue=yes", "late"
)


@dataclass(frozen=True)
class PriorityFigures:
    """How far a priority is: its key actions done, late and in all."""

    view: View
    number: str
    done: int
    total: int
    late: int
    opens: Place


@dataclass(frozen=True)
class Counted:
    """What Home counts of the records.

    Attributes:
        snapshot: The records that were counted.
        whole: Whether all that they say is told; else only the current plan, so that Home need not wait for all files.
        attention: What needs attention; what stands at nought is left out.
        priorities: How far each priority of the current plan is.
        empty: Whether there is no record but the register's own settings.

    """

    snapshot: Snapshot
    whole: bool
    attention: Sequence[Figure]
    priorities: Sequence[PriorityFigures]
    empty: bool


def counted(session: Session, snapshot: Snapshot, *, whole: bool) -> Counted:
    """Return what Home tells of ``snapshot``, all of it or what the current plan says; any thread may ask."""
    attention = tuple(_attention(session, snapshot, whole=whole))
    return Counted(snapshot, whole, attention, tuple(_priorities(snapshot)), not attention and _is_empty(snapshot))


def waiting(session: Session) -> Iterator[Figure]:
    """Yield what needs attention and is known without reading a record: what is to be sent, what is questionable."""
    if session.all_read:
        yield from _exchange(session)
        yield from _questionable(session)


def _attention(session: Session, snapshot: Snapshot, *, whole: bool) -> Iterator[Figure]:
    plan = snapshot.settings.current_plan
    watched = partial(_watched, session, snapshot)
    if whole:
        yield from _broken(snapshot)
        yield from _clocks(snapshot)
    yield from watched(CURRENT, f"plan={plan}")
    if whole:
        yield from watched(OUTSIDE, "")
        yield from watched((_EARLIER,), f"plan!={plan}")
        yield from _by_hand(snapshot)


def _exchange(session: Session) -> Iterator[Figure]:
    """Tell what the shared copy does not have yet, and what is to be decided before it can."""
    shared = session.shared
    if shared.conflicts:
        count = len(shared.conflicts)
        said = "field given two values: decide" if count == 1 else "fields given two values: decide"
        yield Figure("!", count, said, EXCHANGE, "soon")
    if shared.unsent:
        said = "change not yet sent" if shared.unsent == 1 else "changes not yet sent"
        yield Figure(SIGN, shared.unsent, said, EXCHANGE, "soon")


def _questionable(session: Session) -> Iterator[Figure]:
    """Tell of the queries that came after the register was made, once they are known."""
    found = session.new_queries
    if found:
        said = "new query" if found == 1 else "new queries"
        yield Figure("!", found, said, Place(QUERIES), "soon")


def count_new_queries(session: Session) -> int:
    """Return how many queries that nobody accepted came after the register was made; for a worker thread.

    Information is left out; a register too large to be looked over while somebody works is told of by
    its own screen alone.
    """
    from bscp_tui.checks.running import new_queries

    if session.moment is not None or len(session.present.all_paths()) > LOOKED_OVER:
        return 0
    found = new_queries(session.register, session.present, session.queries_before)
    return sum(query.severity != "info" and not query.accepted for query in found)


def _watched(session: Session, snapshot: Snapshot, watches: Sequence[_Watch], within: str) -> Iterator[Figure]:
    for watch in watches:
        where = f"{within} {watch.filter}".strip()
        count = session.count(KINDS[watch.kind], terms_of(where, KINDS[watch.kind]), snapshot)
        if count:
            said = watch.one if count == 1 else watch.many
            yield Figure(watch.sign, count, said, Place(watch.kind, where), watch.tone)


def _clocks(snapshot: Snapshot) -> Iterator[Figure]:
    """Tell of the clocks that run: one with its day, several with how many are late."""
    for kind in (kind for kind in KINDS.values() if "clock_running" in kind.model.derivations):
        running = [view for view in snapshot.views(kind) if view.value("clock_running") is True]
        if not running:
            continue
        late = sum(view.value("late") is True for view in running)
        sign, tone = (LATE, "late") if late else (SOON, "soon")
        yield Figure(sign, len(running), _clocks_said(kind, running, late), Place(kind.name, "clock_running=yes"), tone)


def _clocks_said(kind: Kind, running: Sequence[View], late: int) -> str:
    if len(running) == 1:
        name = words(str(running[0].value("type") or kind.name))
        return f"{name}: {running[0].value('clock_day')}"
    return f"{kind.plural.lower()} with a clock that runs" + (f", {late} late" if late else "")


def _broken(snapshot: Snapshot) -> Iterator[Figure]:
    for name, count in _by_kind([bad.kind.name for bad in _unreadable(snapshot)]):
        kind = KINDS[name]
        said = f"{(kind.plural if count > 1 else kind.name.replace('-', ' ')).lower()} cannot be read"
        yield Figure(BROKEN, count, said, Place(name), "bad")


def _by_hand(snapshot: Snapshot) -> Iterator[Figure]:
    kinds = [kind for kind in KINDS.values() if kind.where]
    edited = [view.kind.name for kind in kinds for view in snapshot.views(kind, withdrawn=True) if view.mark]
    for name, count in _by_kind(edited):
        kind = KINDS[name]
        said = f"{(kind.plural if count > 1 else kind.name.replace('-', ' ')).lower()} edited by hand"
        yield Figure(BY_HAND, count, said, Place(name, "mark!=none"), "soon")


def _priorities(snapshot: Snapshot) -> Iterator[PriorityFigures]:
    """Yield the current plan's priorities, counted by key actions, or by actions where it has none."""
    plan = snapshot.settings.current_plan
    within = {"plan": plan}
    views = snapshot.views(KINDS["key-action"], names=within)
    views = views or snapshot.views(KINDS["action"], names=within)
    for priority in snapshot.views(KINDS["priority"], names=within):
        number = str(priority.value("priority"))
        own = [view for view in views if view.value("priority") == number]
        done = sum(view.value("status") in DONE for view in own)
        late = sum(view.value("overdue") is True for view in own)
        opens = Place("action", f"plan={plan} priority={number}")
        yield PriorityFigures(priority, number, done, len(own), late, opens)


def _is_empty(snapshot: Snapshot) -> bool:
    """Whether the register holds no record but its own settings."""
    kinds = [kind for kind in KINDS.values() if "{" in kind.reference and kind.inside is None]
    return not any(snapshot.views(kind, withdrawn=True) for kind in kinds) and not _unreadable(snapshot)


def _unreadable(snapshot: Snapshot) -> list[Unreadable]:
    """Return every record that cannot be read, once each."""
    found = {bad.path: bad for kind in KINDS.values() if kind.where for bad in snapshot.unreadable(kind)}
    return list(found.values())


@dataclass(frozen=True)
class RecentEntry:
    """One entry of the history, folded: its first row and how many it has."""

    row: "HistoryRow"
    count: int


def recent(rows: Sequence["HistoryRow"]) -> list[RecentEntry]:
    """Return the entries that ``rows`` belong to, in their order."""
    folded: dict[str, list[HistoryRow]] = {}
    for row in rows:
        folded.setdefault(row.commit, []).append(row)
    return [RecentEntry(_telling(found), len({row.ref for row in found})) for found in folded.values()]


def since(entries: Sequence[RecentEntry], today: dt.date) -> tuple[int, int]:
    """Return how many entries by how many people fall into the last thirty days."""
    late = [entry for entry in entries if (today - entry.row.recorded.date()).days <= RECENT_DAYS]
    return len(late), len({entry.row.email for entry in late})


def _telling(rows: Sequence["HistoryRow"]) -> "HistoryRow":
    """The row that says most about an entry: its status, else its first."""
    return next((row for row in rows if row.field and row.field.endswith("status")), rows[0])


def _by_kind(names: Sequence[str]) -> list[tuple[str, int]]:
    return [(name, names.count(name)) for name in dict.fromkeys(names)]
