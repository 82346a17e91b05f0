"""What changed from one board to the next: the value at the end against the value at the beginning."""

import datetime as dt
from bisect import bisect_right
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, NamedTuple

from markupsafe import Markup

from bscp_tui.history.rows import NOT_KEPT, HistoryRow
from bscp_tui.model.dates import in_words
from bscp_tui.model.kinds import KINDS
from bscp_tui.model.spoken import spoken
from bscp_tui.model.text import shown
from bscp_tui.publishing.edition import Edition
from bscp_tui.publishing.frame import escaped
from bscp_tui.publishing.ledger import Ledger
from bscp_tui.publishing.records import href_of
from bscp_tui.publishing.telling import Told

if TYPE_CHECKING:
    from bscp_tui.history.comparison import Compared

NAMES = ("path", "ref", "title", "field", "change", "old", "new", "name", "words", "why")


class Board(NamedTuple):
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


def ends_of(boards: Sequence[Board], read: Ledger, zone: dt.tzinfo, before: Mapping[str, int]) -> list[int]:
    """Return the position of the last entry by the end of each board's day, -1 where there was none.

    Of the entries recorded by then the last in the history's own order counts, as everywhere.

    Args:
        boards: The boards.
        read: The history.
        zone: Where their days end.
        before: What this returned for boards, by their labels, when the history was as it was known.

    """
    fresh = [(at, read.recorded[at]) for at in reversed(range(read.known, len(read.recorded)))] if before else []
    found, earliest = [], None
    for board in boards:
        end = dt.datetime.combine(board.day, dt.time.max, tzinfo=zone).timestamp()
        if board.label in before:
            found.append(next((at for at, recorded in fresh if recorded <= end), before[board.label]))
            continue
        if earliest is None:  # the earliest time from each entry on only rises, so the last entry is found by halving
            earliest = list(accumulate(reversed(read.recorded), min))[::-1]
        found.append(bisect_right(earliest, end) - 1)
    return found


@dataclass(slots=True)
class Net:
    """What differs between two moments.

    Attributes:
        path: The file.
        ref: What changed.
        title: Its title.
        field: In full, "" for the record as a whole.
        change: "changed", "added" or "removed", as the history has it.
        old: The value before in words; None, as ``new``, where it may not be told.
        new: The value after in words.
        name: The field as people say it.
        words: What changed, in words; "" where ``change``, ``name`` and the two values say it.
        why: Reason, day and the rest of the last change.

    """

    path: str
    ref: str
    title: str
    field: str
    change: str
    old: str | None
    new: str | None
    name: str
    words: str
    why: str

    @property
    def data(self) -> list[str | None]:
        """All of it, in the order of ``NAMES``."""
        return [
            self.path, self.ref, self.title, self.field, self.change, self.old, self.new, self.name, self.words,
            self.why,
        ]  # fmt: skip

    @property
    def told(self) -> str:
        """What changed, in words."""
        if self.words:
            return self.words
        return f"{self.name}: {self.new}" if self.change == "added" else f"{self.name}: {self.old} → {self.new}"


def lines(rows: Sequence[Net], prefix: str) -> Markup:
    """Return changes as lines of a page; put together here, since there are as many as the history has changes."""
    found = []
    for row in rows:
        link = f'<a href="../{escaped(href_of(row.path, prefix))}">{escaped(row.ref)}</a>'
        what = f'<p class="what">{link} {escaped(row.title)}</p><p><strong>{escaped(row.told)}</strong></p>'
        found.append(f'<li>{what}<p class="quiet">{escaped(row.why)}</p></li>\n')
    return Markup("".join(found))  # noqa: S704 - every text in it is escaped


def net(edition: Edition, rows: Sequence[Told]) -> list[Net]:
    """Return what differs after ``rows``, the oldest first, from what was before them, by file and field."""
    found: dict[tuple[str, str | None], tuple[HistoryRow, Told, str]] = {}
    for one in rows:
        row = one.row
        if row.change == NOT_KEPT:
            continue
        key = (row.path, row.field)
        whole = found.get((row.path, None))
        if row.field is not None and whole is not None and whole[2] == "added":
            continue
        first, _, change = found.get(key, (row, one, ""))
        found[key] = (first, one, _both(change, row.change))
    told = []
    for (_, field), (first, last, change) in sorted(found.items(), key=lambda pair: (pair[0][0], pair[0][1] or "")):
        if change and (field is None or first.old != last.row.new):
            told.append(_net(edition, first, last, change))
    return told


def _both(before: str, after: str) -> str:
    """Return what two changes, one after the other, come to; "" where they come to nothing."""
    if before == "added":
        return "" if after == "removed" else "added"
    if before == "removed" and after == "added":
        return "changed"
    return after


def _net(edition: Edition, first: HistoryRow, last: Told, change: str) -> Net:
    row = last.row
    hidden = edition.hides_figures(row)
    old, new = (None, None) if hidden else (_said(edition, row.path, first.old), _said(edition, row.path, row.new))
    words = edition.words(row) if hidden or row.field is None else ""
    ref, title, name = shown(row.ref), edition.text(row.title), edition.text(row.field_words or row.title)
    return Net(row.path, ref, title, row.field or "", change, old, new, name, words, last.why)


def net_by_files(edition: Edition, earlier: str, later: str, visible: Mapping[str, Container[str]]) -> list[Net]:
    """Return the same from the files, where the entries between do not simply follow each other.

    Args:
        edition: The edition.
        earlier: The state before.
        later: The state after.
        visible: File to the commits of those of its changes that may be told.

    """
    from bscp_tui.history.comparison import compare  # seldom needed

    told = []
    for one in compare(edition.register, earlier, later):
        mine = [step for step in one.steps if step.commit in visible.get(one.path, ())]
        if mine:
            told.append(_compared(edition, one, mine[0]))
    return told


def _compared(edition: Edition, one: "Compared", last: HistoryRow) -> Net:
    hidden = one.field is not None and edition.hides_figures(last)
    old, new = (None, None) if hidden else (_said(edition, one.path, one.old), _said(edition, one.path, one.new))
    ref, title, name = shown(last.ref), edition.text(one.title), edition.text(one.field_words or one.title)
    words = edition.words(last) if hidden else edition.text(one.words, one.path)
    return Net(one.path, ref, title, one.field or "", one.change, old, new, name, words, Told(edition, 0, last).why)


def _said(edition: Edition, path: str, value: object) -> str:
    return edition.text(spoken(value), path)


def intervals(boards: Sequence[Board]) -> list[tuple[Board, Board]]:
    """Return each board with the next one."""
    return list(pairwise(boards))
