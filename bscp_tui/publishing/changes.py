"""What changed between boards: from each to the next as a page, and as data for any two of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import Any, NamedTuple

from bscp_tui.publishing import between
from bscp_tui.publishing.between import Board, Net
from bscp_tui.publishing.frame import Frame, page, script
from bscp_tui.publishing.looking import Looked
from bscp_tui.publishing.page import Page, Unit


class Interval(NamedTuple):
    """From one board to the next, and the positions of the last entry by the end of either one's day."""

    before: Board
    after: Board
    first: int
    last: int

    @property
    def facts(self) -> list[Any]:
        """What its pages are made from, apart from what is told of the entries."""
        return [self.before.label, self.after.label, self.first, self.last]


@dataclass
class Changes:
    """The pages of what changed between boards.

    Attributes:
        looked: The records.
        frame: What stands around each page.
        boards: The days on which boards met.
        counts: Board to how many changes its page tells, of those that were made or asked for.

    """

    looked: Looked
    frame: Frame
    boards: Sequence[Board]
    counts: dict[str, int] = field(default_factory=dict)
    _rows: dict[str, list[Net]] = field(default_factory=dict)

    @cached_property
    def intervals(self) -> list[Interval]:
        """From each board to the next."""
        before: dict[str, int] = {}
        for earlier, later, first, last, _ in self.looked.memory.state.intervals.values():
            before |= {earlier: first, later: last}
        ends = between.ends_of(self.boards, self.looked.read, self.looked.edition.zone, before)
        both = zip(between.intervals(self.boards), ends, ends[1:], strict=False)
        return [Interval(*boards, first, last) for boards, first, last in both]

    def names(self) -> list[str]:
        """Return the names of all these pages."""
        return [f"changes/{one.after.key}.{ending}" for one in self.intervals for ending in ("html", "js")]

    def units(self) -> Iterator[Unit]:
        """Yield the pages of each interval, but for those that only a comparison of files can tell."""
        yield from (self._pages(one) for one in self.intervals if not self._is_crooked(one))

    def others(self) -> Iterator[Page]:
        """Yield the rest, which ask git."""
        for one in self.intervals:
            if self._is_crooked(one):
                yield from self._pages(one)

    def index(self) -> dict[str, Any]:
        """Return what the page is made from where any two boards are chosen."""
        steps = [
            {"key": one.after.key, "label": f"From {one.before.label} to {one.after.label}", "count": self.count(one)}
            for one in reversed(self.intervals)
        ]
        boards = [{"key": one.key, "label": one.label} for one in self.boards] if len(self.boards) > 1 else []
        return {"boards": boards, "steps": steps, "prefix": self.looked.edition.snapshot.prefix}

    def remembered(self) -> dict[str, list[Any]]:
        """Return what each interval's pages were made from, with how many changes they tell."""
        return {one.after.key: [*one.facts, self.count(one)] for one in self.intervals}

    def count(self, one: Interval) -> int:
        """Return how many changes an interval has."""
        if one.after.key not in self.counts:
            known = self._count(one)
            self.counts[one.after.key] = len(self._net(one)) if known is None else known
        return self.counts[one.after.key]

    def _pages(self, one: Interval) -> Unit:
        again, key = self._count(one) is None, one.after.key
        return [
            Page(f"changes/{key}.html", again, partial(self._page, one)),
            Page(f"changes/{key}.js", again, partial(self._script, one)),
        ]

    def _is_crooked(self, one: Interval) -> bool:
        """Whether entries of it do not simply follow each other, so that they do not add up to what changed."""
        return one.first >= 0 and any(one.first < at <= one.last for at in self.looked.read.crooked)

    def _count(self, one: Interval) -> int | None:
        """Return how many changes are remembered of an interval; None where they can have changed."""
        *facts, count = self.looked.memory.state.intervals.get(one.after.key, [None])
        if facts != one.facts or any(one.first < at <= one.last for at in self._moved):
            return None
        return int(count)

    @cached_property
    def _moved(self) -> set[int]:
        return self.looked.changed_positions()

    def _net(self, one: Interval) -> list[Net]:
        if one.after.key not in self._rows:
            self._rows = {one.after.key: self._worked_out(one)}  # the last one only: they take much room
            self.counts[one.after.key] = len(self._rows[one.after.key])
        return self._rows[one.after.key]

    def _worked_out(self, one: Interval) -> list[Net]:
        edition, read = self.looked.edition, self.looked.read
        if one.first == one.last:
            return []
        if self._is_crooked(one):
            visible: dict[str, set[str]] = {}
            commits = read.commits()
            for at, paths in self.looked.files_at.items():
                for path in paths:
                    visible.setdefault(path, set()).add(commits[at])
            return between.net_by_files(edition, commits[one.first], commits[one.last], visible)
        told = self.looked.told_at(range(one.first + 1, one.last + 1))
        return between.net(edition, told)

    def _page(self, one: Interval) -> bytes:
        """Return what changed from one board to the next, as a page."""
        heading = f"What changed after {one.before.label}, up to {one.after.label}"
        name, rows = f"changes/{one.after.key}.html", self._net(one)
        lines = between.lines(rows, self.looked.edition.snapshot.prefix)
        return page(self.frame, name, "interval.html", heading=heading, count=len(rows), lines=lines)

    def _script(self, one: Interval) -> bytes:
        """Return the same as data for any two boards."""
        return script("bscp.interval", one.after.key, between.NAMES, [row.data for row in self._net(one)])
