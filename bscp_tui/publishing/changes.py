"""What changed between boards: from each to the next as a page, and as data for any two of them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import Any

from bscp_tui.publishing import ledger
from bscp_tui.publishing.frame import Frame, page, script
from bscp_tui.publishing.ledger import Board, Net
from bscp_tui.publishing.looking import Looked

Made = tuple[str, bool, Callable[[], bytes]]


@dataclass(frozen=True)
class Interval:
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

    """

    looked: Looked
    frame: Frame
    boards: Sequence[Board]
    _rows: dict[str, list[Net]] = field(default_factory=dict)

    @cached_property
    def intervals(self) -> list[Interval]:
        """From each board to the next."""
        ends = ledger.ends_of(self.looked.edition, self.boards, self.looked.read.recorded)
        both = zip(ledger.intervals(self.boards), ends, ends[1:], strict=False)
        return [Interval(*boards, first, last) for boards, first, last in both]

    def names(self) -> list[str]:
        """Return the names of all these pages."""
        steps = [f"changes/{one.after.key}.{ending}" for one in self.intervals for ending in ("html", "js")]
        return ["changes/index.html", *steps]

    def pages(self) -> Iterator[Made]:
        """Yield each page: its name, whether it can have changed, what makes it."""
        for one in self.intervals:
            again = self._count(one) is None
            yield f"changes/{one.after.key}.html", again, partial(self._page, one)
            yield f"changes/{one.after.key}.js", again, partial(self._script, one)
        yield "changes/index.html", True, self._index

    def remembered(self) -> dict[str, list[Any]]:
        """Return what each interval's pages were made from, with how many changes they tell."""
        return {one.after.key: [*one.facts, self.count(one)] for one in self.intervals}

    def count(self, one: Interval) -> int:
        """Return how many changes an interval has."""
        known = self._count(one)
        return len(self._net(one)) if known is None else known

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
            self._rows[one.after.key] = self._worked_out(one)
        return self._rows[one.after.key]

    def _worked_out(self, one: Interval) -> list[Net]:
        edition, read = self.looked.edition, self.looked.read
        if one.first == one.last:
            return []
        if one.first >= 0 and any(one.first < at <= one.last for at in read.crooked):
            visible: dict[str, set[str]] = {}
            commits = read.commits()
            for at, paths in self.looked.files_at.items():
                for path in paths:
                    visible.setdefault(path, set()).add(commits[at])
            return ledger.net_by_files(edition, commits[one.first], commits[one.last], visible)
        told = self.looked.told_at(range(one.first + 1, one.last + 1))
        return ledger.net(edition, [each.row for each in told])

    def _page(self, one: Interval) -> bytes:
        """Return what changed from one board to the next, as a page."""
        heading = f"What changed after {one.before.label}, up to {one.after.label}"
        name = f"changes/{one.after.key}.html"
        return page(self.frame, name, "interval.html", heading=heading, rows=self._net(one))

    def _script(self, one: Interval) -> bytes:
        """Return the same as data for any two boards."""
        data = [[getattr(row, name) for name in ledger.NAMES] for row in self._net(one)]
        return script("bscp.interval", one.after.key, ledger.NAMES, data)

    def _index(self) -> bytes:
        """Return where any two boards are chosen."""
        steps = [
            {"key": one.after.key, "label": f"From {one.before.label} to {one.after.label}", "count": self.count(one)}
            for one in reversed(self.intervals)
        ]
        shown = self.boards if len(self.boards) > 1 else []
        return page(self.frame, "changes/index.html", "changes.html", boards=shown, steps=steps)
