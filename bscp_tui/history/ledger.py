"""One row a change, newest first, from the differences of the files; never from the messages."""

from collections.abc import Iterator
from itertools import islice
from zoneinfo import ZoneInfo

from bscp_tui.history.entries import LedgerEntry
from bscp_tui.history.index import Index, Progress, in_memory
from bscp_tui.history.rows import HistoryRow, Query, wanted
from bscp_tui.store import log
from bscp_tui.store.register import Register
from bscp_tui.store.repository import Repository

__all__ = ["HistoryRow", "Query", "found", "rows"]


def rows(register: Register, query: Query | None = None, progress: Progress | None = None) -> list[HistoryRow]:
    """Return the changes that ``query`` asks for, newest first, in the history's own order.

    Args:
        register: The register.
        query: Which changes; all of them without one.
        progress: Called with (entries read, entries to be read) while the history is read for the first time.

    Raises:
        RegisterError: The history cannot be read.

    """
    _ = register.repository.reading_dir  # says so where there is no history at all
    head = register.head
    if head is None:
        return []
    return found(register.repository, head, query or Query(), register.settings.time_zone, progress)


def found(
    repository: Repository, head: str, query: Query, time_zone: str, progress: Progress | None = None
) -> list[HistoryRow]:
    """Return the same for a repository whose newest commit is ``head``."""
    index = Index(repository, head)
    try:
        answer = index.answer(lambda: _rows(repository, index, query, time_zone), progress)
    finally:
        index.close()
    if answer is not None:
        return answer
    # The commit that was asked for is on a history of its own.
    index = in_memory(repository, query.at or head)
    return index.answer(lambda: _rows(repository, index, query, time_zone), progress) or []


def _rows(repository: Repository, index: Index, query: Query, time_zone: str) -> list[HistoryRow] | None:
    entries = _entries(repository, index, query)
    if entries is None:
        return None
    is_wanted = wanted(query, ZoneInfo(time_zone))
    rows = (row for entry in entries for row in entry.rows(query.file) if is_wanted(row))
    return list(rows if query.limit is None else islice(rows, max(query.limit, 0)))


def _entries(repository: Repository, index: Index, query: Query) -> Iterator[LedgerEntry] | None:
    """Return the entries that can hold what is asked for, newest first; None if the index does not hold them."""
    first, end = 0, index.count
    held: log.Parents | None = None
    if query.at or query.after:
        at = index.place_of(query.at) if query.at else (end - 1, True)
        after = index.place_of(query.after) if query.after else (-1, True)
        if at is None:
            return None
        if at[1] and after is not None and after[1]:
            first, end = after[0] + 1, at[0] + 1
        else:  # one of them is beside the main line: what it holds is asked of git
            held = log.parents_of(repository, query.at or "HEAD", query.after)
    if query.file is None:
        entries = index.entries(first, end, backwards=True)
    else:
        entries = index.entries_at(at for at in reversed(index.positions_of(query.file)) if first <= at < end)
    return entries if held is None else (entry for entry in entries if entry.commit in held)
