"""One row a change, newest first, from the differences of the files; never from the messages."""

from bscp_tui.history.asking import found
from bscp_tui.history.index import Progress
from bscp_tui.history.rows import HistoryRow, Query
from bscp_tui.store.register import Register

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
    zone, read_only = register.settings.time_zone, bool(register.read_only)
    return found(register.repository, head, query or Query(), zone, progress, read_only=read_only)
