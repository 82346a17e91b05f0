"""The history as far as readers may have it."""

from array import array
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass

from bscp_tui.history.for_readers import AUDIENCE, while_narrower
from bscp_tui.history.index import Index
from bscp_tui.history.rows import HistoryRow
from bscp_tui.model.dates import MONTHS
from bscp_tui.model.view import View
from bscp_tui.publishing.edition import Edition
from bscp_tui.publishing.kept import State
from bscp_tui.publishing.telling import Told


@dataclass(frozen=True)
class Ledger:
    """The entries of the history, as far as they are new since a publishing, or all of them.

    Attributes:
        index: The history's index, for what is not held here.
        recorded: When each entry was recorded, in seconds, by position.
        known: How many of them were known.
        crooked: The positions of the entries that do not simply follow the one before.
        goes_on: Whether all that was known stands in the history as it did, with the rest behind it.
        rows: File to (position, change), the oldest first: of what is new, where the history goes on; of all otherwise.

    """

    index: Index
    recorded: Sequence[float]
    known: int
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


def read(index: Index, before: State) -> Ledger:
    """Return the history from what is known of it on, or all of it where it does not go on from there.

    Args:
        index: The history's index.
        before: What is remembered of the publishing before.

    """
    return index.answer(lambda: _read(index, before))


def _read(index: Index, state: State) -> Ledger:
    goes_on = bool(state.commit) and index.place_of(state.commit) == (len(state.recorded) - 1, True)
    if not goes_on:
        state = State()
    known, times, bent = len(state.recorded), array("d", state.recorded), list(state.crooked)
    before = state.commit or None
    rows: dict[str, list[tuple[int, HistoryRow]]] = {}
    for position, entry in enumerate(index.entries(known), start=known):
        times.append(entry.recorded.timestamp())
        if entry.parents != (() if before is None else (before,)):
            bent.append(position)
        before = entry.commit
        for row in entry.rows():
            rows.setdefault(row.path, []).append((position, row))
    return Ledger(index, times, known, bent, goes_on, rows)


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
    return [Told(edition, at, row) for at, row in newest if row.commit not in inner]


def month_in_words(month: str) -> str:
    """Return ``2026-06`` as "June 2026"."""
    year, _, number = month.partition("-")
    return f"{MONTHS[int(number) - 1]} {year}"
