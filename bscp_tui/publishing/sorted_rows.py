"""Pages that hold a row for each of thousands of records, in order: of such a page, only what changed is put in anew.

What is remembered of a page is where each row lies in it. Its rows are then taken from the page itself, which is known
to be what was written by its digest; those that changed are taken out, or put in, where their order has them.
"""

import json
from array import array
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from bscp_tui.model.ordering import natural


class Entry(NamedTuple):
    """What a record, or a row of one, adds to a page.

    Attributes:
        page: The page's name in the site.
        key: What it is sorted by: its reference, or its day.
        text: What stands on the page.
        chosen: The values by which the page can be filtered.

    """

    page: str
    key: str
    text: str
    chosen: Sequence[str] = ()


class Change(NamedTuple):
    """What is to be taken out of a page, and what is to be put in."""

    before: list[Entry]
    now: list[Entry]


class Rows:
    """The rows of one page, by their keys and, where these are the same, by what they say.

    They stay together as they lie on the page: taking thousands apart takes longer than all else that is done to one.

    Attributes:
        chosen: The values by which the page can be filtered, and how many rows have them.
        body: The rows as they stand on the page.

    """

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        """Take the rows that a page has, in any order."""
        told = [(one, one.text.encode()) for one in entries]
        ordered = sorted((_order(one.key, part), one) for one, part in told)
        self._keys = [one.key for _, one in ordered]
        self._sizes = array("q", [len(part) for (_, _, part), _ in ordered])
        self.chosen = Counter(tuple(one.chosen) for _, one in ordered)
        self.body = bytearray().join([part for (_, _, part), _ in ordered])

    def __len__(self) -> int:
        return len(self._keys)

    def change(self, change: Change) -> bool:
        """Take rows out and put others in; return whether all that were to be taken out were there."""
        for one in change.before:
            at, start, there = self._place_of(one)
            if not there:
                return False
            del self.body[start : start + self._sizes[at]]
            del self._keys[at], self._sizes[at]
            self.chosen[tuple(one.chosen)] -= 1
        for one in change.now:
            at, start, _ = self._place_of(one)
            part = one.text.encode()
            self.body[start:start] = part
            self._keys.insert(at, one.key)
            self._sizes.insert(at, len(part))
            self.chosen[tuple(one.chosen)] += 1
        return True

    def values(self, place: int) -> list[str]:
        """Return the values that the rows have of those by which the page can be filtered, at a place among them."""
        return sorted({chosen[place] for chosen in +self.chosen})

    def packed(self, head: int) -> bytes:
        """Return where the rows lie in a page that has ``head`` bytes before them."""
        told = json.dumps([head, self._keys, list((+self.chosen).items())], separators=(",", ":"))
        return b"%b\n%b" % (told.encode(), self._sizes.tobytes())

    @staticmethod
    def unpacked(told: bytes, page: bytes) -> "Rows | None":
        """Return the rows of a page that is known to be as it was written; None where they cannot lie so."""
        rows = Rows()
        words, _, sizes = told.partition(b"\n")
        head, rows._keys, chosen = json.loads(words)
        rows._sizes.frombytes(sizes)
        end = head + sum(rows._sizes)
        if end > len(page) or len(rows._sizes) != len(rows._keys):
            return None
        rows.body = bytearray(memoryview(page)[head:end])
        rows.chosen = Counter({tuple(values): count for values, count in chosen})
        return rows

    def _place_of(self, one: Entry) -> tuple[int, int, bool]:
        """Return where a row belongs, and begins, and whether it stands there."""
        part, place = one.text.encode(), (natural(one.key), one.key)
        first, end = (
            find(self._keys, place, key=lambda key: (natural(key), key)) for find in (bisect_left, bisect_right)
        )
        start = sum(self._sizes[:first])
        for at in range(first, end):  # the rows of that one key, nearly always one
            stands = self.body[start : start + self._sizes[at]]
            if stands >= part:
                return at, start, stands == part
            start += self._sizes[at]
        return end, start, False


def grouped(entries: Collection[Entry]) -> dict[str, list[Entry]]:
    """Return page to what is added to it."""
    found: dict[str, list[Entry]] = {}
    for one in entries:
        found.setdefault(one.page, []).append(one)
    return found


def _order(key: str, part: bytes) -> tuple[object, str, bytes]:
    """Return what tells where a row stands: the same rows have one order, in whatever order they came."""
    return natural(key), key, part
