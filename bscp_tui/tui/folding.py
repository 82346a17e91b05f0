"""The history's rows with what was done together folded to one line: a sitting, a bulk change, an import."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from bscp_tui.history.rows import HistoryRow


@dataclass(frozen=True)
class Item:
    """A line of the history: a change, or several that were made together.

    Attributes:
        rows: The changes.
        key: What they have in common; None for a change that stands alone.
        head: Whether this is the line that stands for them all.
        unfolded: Whether they follow one by one.

    """

    rows: Sequence[HistoryRow]
    key: str | None = None
    head: bool = False
    unfolded: bool = False

    @property
    def row(self) -> HistoryRow:
        """The newest of its changes."""
        return self.rows[0]

    @property
    def words(self) -> str:
        """What it says: the change, or how many and what kind of them."""
        if not self.head:
            return self.row.words
        records = len({row.path for row in self.rows})
        whole = {row.change for row in self.rows if row.field is None}
        alike = len(whole) == 1 and all(row.field is None for row in self.rows)
        told = f"{records} records {whole.pop()}" if alike else f"{len(self.rows)} changes to {_records(records)}"
        meetings = {row.decided_at for row in self.rows if row.decided_at}
        return f"{told} · {meetings.pop()}" if len(meetings) == 1 else told

    @property
    def people(self) -> str:
        """Who made it."""
        names = list(dict.fromkeys(row.by for row in self.rows))
        return names[0] if len(names) == 1 else f"{len(names)} people"


def folded(rows: Sequence[HistoryRow], unfolded: Collection[str]) -> list[Item]:
    """Return the lines that ``rows`` are shown as; those whose key is in ``unfolded`` stand below their head."""
    return [item for key, found in groupby(rows, _key) for item in _lines(key, list(found), unfolded)]


def _lines(key: str, rows: Sequence[HistoryRow], unfolded: Collection[str]) -> Iterator[Item]:
    if len({row.path for row in rows}) == 1 and (rows[0].group is None or len(rows) == 1):
        yield from (Item([row]) for row in rows)
        return
    yield Item(rows, key, head=True, unfolded=key in unfolded)
    if key in unfolded:
        yield from (Item([row], key) for row in rows)


def _key(row: HistoryRow) -> str:
    return row.group or row.commit


def _records(count: int) -> str:
    return f"{count} {'record' if count == 1 else 'records'}"
