"""The position: what was true on a day, by effective dates, as known at some register version.

A change counts from its effective day, and without one from the day on which it was recorded, in the
register's time zone. Changes that count by the day are applied in the history's own order; a field that
was only changed from a later day on keeps the older value, and a record that was only added from a later
day on is not there yet. Settings of the register are not dated and stand as they were recorded.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bscp_tui.history.authorship import day_of
from bscp_tui.history.ledger import HistoryRow, Query, rows
from bscp_tui.history.rows import NOT_KEPT
from bscp_tui.model.dates import in_words
from bscp_tui.model.document import Document, differences, get, put
from bscp_tui.model.kinds import place_of
from bscp_tui.model.record import FieldPath
from bscp_tui.model.settings import REGISTER
from bscp_tui.model.view import View
from bscp_tui.store.errors import RegisterError
from bscp_tui.store.log import cut_of, files_at
from bscp_tui.store.register import Register
from bscp_tui.store.repository import Repository
from bscp_tui.store.snapshot import Snapshot
from bscp_tui.store.sources import CommittedFiles, Known, Raw, Stamps
from bscp_tui.store.toml_text import UnreadableError, dumped, parse

_TOLD = 5  # late changes that the sentence names; programs are given all


@dataclass(frozen=True)
class Position:
    """What was true on a day.

    Attributes:
        day: The day.
        known: When the last entry that is looked at was recorded.
        snapshot: The records as they were; its "today" is the day.
        late: Changes that count by the day and were recorded after it, newest first.

    """

    day: dt.date
    known: dt.date
    snapshot: Snapshot
    late: tuple[HistoryRow, ...]

    @property
    def title(self) -> str:
        """The position as people say it."""
        return f"Position on {in_words(self.day)}, as known on {in_words(self.known)}"

    @property
    def told(self) -> tuple[str, ...]:
        """What was recorded late, in sentences; () where nothing was."""
        if not self.late:
            return ()
        some = [f"{row.ref} {row.words} (recorded {in_words(row.recorded.date())})" for row in self.late[:_TOLD]]
        more = f"; and {len(self.late) - _TOLD} more" if len(self.late) > _TOLD else ""
        return (f"Recorded after {in_words(self.day)}, but true by then: {'; '.join(some)}{more}.",)

    def recorded_late(self, view: View) -> list[str]:
        """Return the fields of a record or row that were recorded late; "" stands for the whole of it."""
        return [row.field or "" for row in self.late_of(view)]

    def late_of(self, view: View) -> list[HistoryRow]:
        """Return the changes of a record or row that count by the day and were recorded after it, newest first."""
        mine = (row for row in self.late if row.path == view.path)
        shared = len(view.inside)
        return [row for row in mine if not row.place or row.place[:shared] == view.inside]


class _Files:
    """A commit's files, some of them as they were on another day."""

    def __init__(self, committed: CommittedFiles, other: Mapping[str, bytes | None]) -> None:
        self._committed = committed
        self._other = other

    def paths(self) -> Iterable[str]:
        gone = {path for path, data in self._other.items() if data is None}
        return [path for path in {**dict.fromkeys(self._committed.paths()), **self._other} if path not in gone]

    def read(self, paths: Iterable[str]) -> Mapping[str, Raw]:
        wanted = list(paths)
        found = dict(self._committed.read([path for path in wanted if path not in self._other]))
        return found | {path: Raw(path, self._other[path]) for path in wanted if path in self._other}

    @property
    def stamps(self) -> Stamps:
        return {}

    def known(self, paths: Iterable[str], stamps: Callable[[], Stamps]) -> Mapping[str, Known]:
        return self._committed.known([path for path in paths if path not in self._other], stamps)

    def ids(self) -> Mapping[str, str]:
        return {path: blob for path, blob in self._committed.ids().items() if path not in self._other}

    def unlike(self, stamps: Callable[[], Stamps]) -> Iterable[str]:
        """Return no file: nothing of a position was edited by hand."""
        del stamps
        return ()

    def content(self, path: str, blob: str) -> bytes | None:
        return self._other[path] if path in self._other else self._committed.content(path, blob)


def position(register: Register, commit: str, day: dt.date) -> Position:
    """Return what was true on ``day``, as the register knew it at ``commit``.

    Raises:
        RegisterError: The history cannot be read, or its beginning is not in this copy.

    """
    if cut_of(register.repository):
        msg = (
            "This copy holds only the newest part of the history, so what was true on a day cannot be worked out. "
            "Fetch the rest with: git fetch --unshallow"
        )
        raise RegisterError(msg)
    zone = ZoneInfo(register.settings.time_zone)
    history = rows(register, Query(at=commit))
    by_path: dict[str, list[HistoryRow]] = {}
    for row in reversed(history):
        by_path.setdefault(row.path, []).append(row)
    repository = register.repository
    kinds = {path: place[0] for path in by_path if (place := place_of(repository.inner(path) or "")) is not None}
    differ = {
        path: changes
        for path, changes in by_path.items()
        if path in kinds and kinds[path] is not REGISTER and any(day_of(row, zone) > day for row in changes)
    }
    held = _Held(repository, commit, differ)
    other: dict[str, bytes | None] = {}
    for path, changes in differ.items():
        document = _replayed(held, path, changes, day, zone)
        other[path] = None if document is None else dumped(document, kinds[path].model).encode()
    late = [row for row in history if day_of(row, zone) <= day < row.recorded.astimezone(zone).date()]
    snapshot = Snapshot(_Files(CommittedFiles(repository, commit), other), repository.prefix, day, commit)
    known = history[0].recorded.astimezone(zone).date() if history else day
    return Position(day, known, snapshot, tuple(late))


class _Held:
    """What some commits hold of the records that are looked at, read in one go."""

    def __init__(self, repository: Repository, commit: str, differ: Mapping[str, Sequence[HistoryRow]]) -> None:
        self._commit = commit
        added = [(row.commit, path) for path, changes in differ.items() for row in changes if _is_new(row)]
        self._files = files_at(repository, [*((commit, path) for path in differ), *added])

    def added(self, row: HistoryRow) -> Document | None:
        """Return the record that an entry added; None where it added none, or none that can be read."""
        return _parsed(self._files[row.commit, row.path]) if _is_new(row) else None

    def last(self, path: str) -> Document | None:
        """Return the record as the last of the commits holds it."""
        return _parsed(self._files[self._commit, path])


def _is_new(row: HistoryRow) -> bool:
    return row.change == "added" and not row.place


def _replayed(held: _Held, path: str, changes: Iterable[HistoryRow], day: dt.date, zone: dt.tzinfo) -> Document | None:
    """Return a record with only the changes that count by ``day``; None if it was not there."""
    counted: Document | None = None
    whole: Document | None = None
    for row in changes:
        content = held.added(row)
        whole = _applied(whole, row, content)
        if day_of(row, zone) <= day:
            counted = _applied(counted, row, content)
    # Where a merge chose one side's value, no change tells of it: what it chose stands in the file.
    last = held.last(path)
    if counted is None or whole is None or last is None:
        return counted
    for change in differences(whole, last):
        if _can_hold(counted, change.path) and not change.field.endswith(" (order)"):
            counted = _fitted(counted, change.path, change.new)
    return counted


def _applied(document: Document | None, row: HistoryRow, content: Document | None) -> Document | None:
    if row.change == NOT_KEPT:
        return document
    if not row.place:
        if row.change == "removed":
            return None
        return content if row.change == "added" else document
    if document is None or not _can_hold(document, row.place):
        return document
    if (row.field or "").endswith(" (order)"):
        return _in_order(document, row)
    return _fitted(document, row.place, row.new)


def _in_order(document: Document, row: HistoryRow) -> Document:
    held = get(document, row.place)
    if not isinstance(held, list) or not isinstance(row.new, list):
        return document
    order = {key: place for place, key in enumerate(row.new)}
    return put(document, row.place, sorted(held, key=lambda each: order.get(str(each.get("id")), len(order))))


def _fitted(document: Document, place: FieldPath, value: object) -> Document:
    """Put a value in its place; leave the document where an edit by hand had put something of another shape there."""
    try:
        return put(document, place, value)
    except KeyError:
        return document


def _can_hold(document: Document, place: tuple[str, ...]) -> bool:
    """Whether the rows that a place names are there; the last one may be new."""
    steps = [depth for depth, step in enumerate(place, start=1) if step.startswith("#") and depth < len(place)]
    return all(get(document, place[:depth]) is not None for depth in steps)


def _parsed(data: bytes | None) -> Document | None:
    try:
        return None if data is None else parse(data)
    except UnreadableError:
        return None
