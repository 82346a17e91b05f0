"""Questions to the index of the history; nothing of what records are is loaded to answer them."""

from collections.abc import Iterator
from itertools import islice
from zoneinfo import ZoneInfo

from bscp_tui.history.entries import LedgerEntry
from bscp_tui.history.index import Index, Progress, in_memory
from bscp_tui.history.rows import HistoryRow, Query, wanted
from bscp_tui.store import log
from bscp_tui.store.repository import Repository


def found(
    repository: Repository,
    head: str,
    query: Query,
    time_zone: str,
    progress: Progress | None = None,
    *,
    read_only: bool = True,
) -> list[HistoryRow]:
    """Return the changes that ``query`` asks for, newest first, in a repository whose newest commit is ``head``.

    Args:
        repository: Where the register lies.
        head: Its newest commit.
        query: Which changes.
        time_zone: In which days begin and end.
        progress: Called with (entries read, entries to be read) while the history is read for the first time.
        read_only: Whether nothing at all is to be written beside the index, not even what speeds up plain git.

    Raises:
        RegisterError: The history cannot be read.

    """
    index = Index(repository, head)
    try:
        answer = index.answer(lambda: _rows(repository, index, query, time_zone), progress)
        if not read_only:
            index.keep_graph_up()
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
        positions = [position for position in reversed(index.positions_of(query.file)) if first <= position < end]
        entries = index.entries_of(query.file, positions)
    return entries if held is None else (entry for entry in entries if entry.commit in held)
