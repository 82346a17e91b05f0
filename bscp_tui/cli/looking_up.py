"""What ``bscp history`` asks of an opened register: the record that is meant, the kind, the days."""

from argparse import Namespace
from dataclasses import replace

from bscp_tui.cli.opening import register_of
from bscp_tui.cli.reading import kind_named
from bscp_tui.history.index import Progress
from bscp_tui.history.ledger import HistoryRow, Query, rows
from bscp_tui.model.dates import read_date
from bscp_tui.model.view import View
from bscp_tui.store.loading import Unreadable
from bscp_tui.store.naming import UnknownReferenceError
from bscp_tui.store.register import Register


def looked_up(options: Namespace, progress: Progress) -> tuple[Register, list[HistoryRow]]:
    """Return the register and the rows that the options ask for."""
    register = register_of(options)
    query = _query(register, options)
    if not options.audience:
        return register, rows(register, query, progress)
    from bscp_tui.cli.for_readers import history_for

    found = history_for(register, options, rows(register, replace(query, limit=None), progress))
    return register, found[: max(query.limit, 0)] if query.limit is not None else found


def _query(register: Register, options: Namespace) -> Query:
    view, path = _asked(register, options.ref) if options.ref else (None, None)
    return Query(
        view=view,
        path=path,
        field=options.field,
        since=read_date(options.since, today=register.today) if options.since else None,
        until=read_date(options.until, today=register.today) if options.until else None,
        by=options.by,
        kind=kind_named(options.kind) if options.kind else None,
        limit=options.limit,
        text=options.text,
        decided_at=options.decided_at,
    )


def _asked(register: Register, ref: str) -> tuple[View | None, str | None]:
    """Return the record or row that ``ref`` names, or the file of one that is gone or cannot be read."""
    try:
        found = register.snapshot().resolve(ref)
    except UnknownReferenceError:
        names = {ref, f"{register.settings.current_plan}/{ref}"}
        gone = next((row.path for row in rows(register) if row.ref in names), None)
        if gone is None:
            raise
        return None, gone
    return (None, found.path) if isinstance(found, Unreadable) else (found, found.path)
