"""The history as far as readers may have it: by record, by month, and between boards."""

import datetime as dt
from bisect import bisect_right
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from markupsafe import Markup

from bscp_tui.history.comparison import Compared, compare
from bscp_tui.history.for_readers import AUDIENCE, while_narrower
from bscp_tui.history.index import Index
from bscp_tui.history.rows import NOT_KEPT, HistoryRow
from bscp_tui.model.dates import MONTHS, in_words
from bscp_tui.model.kinds import KINDS
from bscp_tui.model.spoken import spoken
from bscp_tui.model.view import View
from bscp_tui.publishing.edition import Edition
from bscp_tui.publishing.records import href_of, row_told


@dataclass(frozen=True)
class Told:
    """One change that may be told: where its entry stands in the history, the change, and its words."""

    position: int
    row: HistoryRow
    words: Markup


@dataclass(frozen=True)
class Ledger:
    """The entries of the history, as far as they are new since a publishing, or all of them.

    Attributes:
        index: The history's index, for what is not held here.
        recorded: When each entry was recorded, in seconds, by position.
        crooked: The positions of the entries that do not simply follow the one before.
        goes_on: Whether all that was known stands in the history as it did, with the rest behind it.
        rows: File to (position, change), the oldest first: of what is new, where the history goes on; of all otherwise.

    """

    index: Index
    recorded: Sequence[float]
    crooked: Sequence[int]
    goes_on: bool
    rows: Mapping[str, list[tuple[int, HistoryRow]]]

    def rows_of(self, path: str) -> Sequence[tuple[int, HistoryRow]]:
        """Return (position, change) of all changes of a file, the oldest first."""
        return self.index.answer(lambda: self._rows_of(path)) if self.goes_on else self.rows.get(path, ())

    def rows_at(self, wanted: Mapping[int, Container[str]]) -> list[tuple[int, HistoryRow]]:
        """Return (position, change) of the changes at some positions, of the files wanted at each."""

        def question() -> list[tuple[int, HistoryRow]]:
            entries = zip(wanted, self.index.entries_at(wanted), strict=True)
            return [(at, row) for at, entry in entries for row in entry.rows() if row.path in wanted[at]]

        return self.index.answer(question) if wanted else []

    def commits(self) -> list[str]:
        """Return the commit of each entry, by position."""
        return self.index.answer(lambda: [one[0] for one in self.index.outlines(self.index.count)])

    def _rows_of(self, path: str) -> list[tuple[int, HistoryRow]]:
        positions = self.index.positions_of(path)
        entries = zip(positions, self.index.entries_of(path, positions), strict=True)
        return [(at, row) for at, entry in entries for row in entry.rows(path)]


def authors_of(index: Index) -> set[str]:
    """Return who recorded any entry."""
    return index.answer(lambda: {one[2] for one in index.outlines(index.count)})


def former_names(index: Index, paths: Sequence[str]) -> set[str]:
    """Return by which names the people in some files went at any time."""

    def question() -> set[str]:
        rows = [
            row
            for path in paths
            for entry in index.entries_of(path, index.positions_of(path))
            for row in entry.rows(path)
        ]
        named = [value for row in rows if {"title", "aliases"} & {*row.place} for value in (row.old, row.new)]
        texts = [text for value in named for text in (value if isinstance(value, list) else [value])]
        return {row.title for row in rows} | {text for text in texts if isinstance(text, str)}

    return index.answer(question)


def read(index: Index, tip: str, recorded: Sequence[float], crooked: Sequence[int]) -> Ledger:
    """Return the history from what is known of it on, or all of it where it does not go on from there.

    Args:
        index: The history's index.
        tip: The last entry that is known, "" for none.
        recorded: When each entry that is known was recorded.
        crooked: Which of them do not simply follow the one before.

    """
    return index.answer(lambda: _read(index, tip, recorded, crooked))


def _read(index: Index, tip: str, recorded: Sequence[float], crooked: Sequence[int]) -> Ledger:
    goes_on = bool(tip) and index.place_of(tip) == (len(recorded) - 1, True)
    times, bent = (list(recorded), list(crooked)) if goes_on else ([], [])
    before = tip if goes_on else None
    rows: dict[str, list[tuple[int, HistoryRow]]] = {}
    for position, entry in enumerate(index.entries(len(times)), start=len(times)):
        times.append(entry.recorded.timestamp())
        if entry.parents != (() if before is None else (before,)):
            bent.append(position)
        before = entry.commit
        for row in entry.rows():
            rows.setdefault(row.path, []).append((position, row))
    return Ledger(index, times, bent, goes_on, rows)


def told_of(edition: Edition, view: View, rows: Sequence[tuple[int, HistoryRow]]) -> list[Told]:
    """Return a record's changes as the readers may have them, newest first.

    Args:
        edition: The edition.
        view: The record, which the readers may have as it stands.
        rows: All its changes with the positions of their entries, the oldest first.

    """
    # The entries newest first, the changes of one entry in its own order, as everywhere.
    newest = sorted(rows, key=lambda pair: -pair[0])
    inner: frozenset[str] = frozenset()
    if any(row.place == AUDIENCE for _, row in newest):
        inner = while_narrower(edition.readers, edition.register, view, [row for _, row in newest])
    return [told(edition, at, row) for at, row in newest if row.commit not in inner]


def told(edition: Edition, position: int, row: HistoryRow) -> Told:
    """Return a change that the readers may have, in words."""
    return Told(position, row, row_told(edition, row))


def month_of(edition: Edition, row: HistoryRow) -> str:
    """Return the month in which a change was recorded, ``2026-06``."""
    return f"{row.recorded.astimezone(edition.zone):%Y-%m}"


def month_in_words(month: str) -> str:
    """Return ``2026-06`` as "June 2026"."""
    year, _, number = month.partition("-")
    return f"{MONTHS[int(number) - 1]} {year}"


@dataclass(frozen=True)
class Board:
    """A day on which boards met.

    Attributes:
        key: The day, ``2026-06-30``.
        day: The same.
        label: The day and the meetings, in words.

    """

    key: str
    day: dt.date
    label: str


def days_of_boards(edition: Edition) -> list[tuple[str, str]]:
    """Return (day, label) of the days on which meetings that decide took place, the earliest first."""
    found: dict[dt.date, list[str]] = {}
    for kind in KINDS.values():
        if kind.model.decides:
            for view in edition.snapshot.views(kind):
                if view.item.took_place(edition.readers.today):  # type: ignore[attr-defined]
                    found.setdefault(view.item.date, []).append(edition.title(view))  # type: ignore[attr-defined]
    return [(day.isoformat(), f"{in_words(day)}: {'; '.join(titles)}") for day, titles in sorted(found.items())]


def boards_of(days: Sequence[Sequence[str]]) -> list[Board]:
    """Return the boards of some (day, label)."""
    return [Board(day, dt.date.fromisoformat(day), label) for day, label in days]


def ends_of(edition: Edition, boards: Sequence[Board], recorded: Sequence[float]) -> list[int]:
    """Return the position of the last entry by the end of each board's day, -1 where there was none.

    Of the entries recorded by then the last in the history's own order counts, as everywhere.
    """
    # The earliest time from each entry on only rises, so the last entry by a moment is found by halving.
    earliest = list(accumulate(reversed(recorded), min))[::-1]
    ends = [dt.datetime.combine(board.day, dt.time.max, tzinfo=edition.zone).timestamp() for board in boards]
    return [bisect_right(earliest, end) - 1 for end in ends]


@dataclass(frozen=True)
class Net:
    """What differs between two moments, as pages and their script tell it.

    ``old`` and ``new`` are in words; both are None where they may not be told.
    """

    path: str
    ref: str
    title: str
    href: str
    field: str
    change: str
    old: str | None
    new: str | None
    name: str
    words: str
    why: str


NAMES = ("path", "ref", "title", "href", "field", "change", "old", "new", "name", "words", "why")


def net(edition: Edition, rows: Sequence[HistoryRow]) -> list[Net]:
    """Return what differs after ``rows``, the oldest first, from what was before them, by file and field."""
    found: dict[tuple[str, str | None], tuple[HistoryRow, HistoryRow, str]] = {}
    for row in rows:
        if row.change == NOT_KEPT:
            continue
        key = (row.path, row.field)
        whole = found.get((row.path, None))
        if row.field is not None and whole is not None and whole[2] == "added":
            continue
        first, _, change = found.get(key, (row, row, ""))
        found[key] = (first, row, _both(change, row.change))
    told = []
    for (path, field_), (first, last, change) in sorted(found.items(), key=lambda pair: (pair[0][0], pair[0][1] or "")):
        if change and (field_ is None or first.old != last.new):
            told.append(_net(edition, path, first, last, change))
    return told


def _both(before: str, after: str) -> str:
    """Return what two changes, one after the other, come to; "" where they come to nothing."""
    if before == "added":
        return "" if after == "removed" else "added"
    if before == "removed" and after == "added":
        return "changed"
    return after


def _net(edition: Edition, path: str, first: HistoryRow, last: HistoryRow, change: str) -> Net:
    told = edition.change(last)
    hidden = edition.hides_figures(last)
    old, new = (None, None) if hidden else (_said(edition, path, first.old), _said(edition, path, last.new))
    name = edition.text(last.field_words or last.title)
    if hidden or last.field is None:
        words = told.words
    else:
        words = f"{name}: {new}" if change == "added" else f"{name}: {old} → {new}"
    why = " · ".join([*([f"Reason: {told.reason}"] if told.reason else []), told.day, *told.more])
    href = href_of(path, edition.snapshot.prefix)
    return Net(path, told.ref, told.title, href, last.field or "", change, old, new, name, words, why)


def net_by_files(edition: Edition, earlier: str, later: str, visible: Mapping[str, Container[str]]) -> list[Net]:
    """Return the same from the files, where the entries between do not simply follow each other.

    Args:
        edition: The edition.
        earlier: The state before.
        later: The state after.
        visible: File to the commits of those of its changes that may be told.

    """
    told = []
    for one in compare(edition.register, earlier, later):
        mine = [step for step in one.steps if step.commit in visible.get(one.path, ())]
        if mine:
            told.append(_compared(edition, one, mine[0]))
    return told


def _compared(edition: Edition, one: Compared, last: HistoryRow) -> Net:
    told = edition.change(last)
    hidden = one.field is not None and edition.hides_figures(last)
    old, new = (None, None) if hidden else (_said(edition, one.path, one.old), _said(edition, one.path, one.new))
    words = told.words if hidden else edition.text(one.words, one.path)
    why = " · ".join([*([f"Reason: {told.reason}"] if told.reason else []), told.day, *told.more])
    return Net(
        one.path, one.ref, edition.text(one.title), href_of(one.path, edition.snapshot.prefix), one.field or "",
        one.change, old, new, edition.text(one.field_words or one.title), words, why,
    )  # fmt: skip


def _said(edition: Edition, path: str, value: object) -> str:
    return edition.text(spoken(value), path)


def intervals(boards: Sequence[Board]) -> list[tuple[Board, Board]]:
    """Return each board with the next one."""
    return list(pairwise(boards))
