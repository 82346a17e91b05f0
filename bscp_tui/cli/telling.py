"""``bscp history``: who changed what, newest first, one row a change."""

from argparse import Namespace

from bscp_tui.cli.main import DONE
from bscp_tui.cli.opening import register_of
from bscp_tui.cli.output import Table, emit
from bscp_tui.cli.reading import kind_named
from bscp_tui.history.ledger import HistoryRow, Query, rows
from bscp_tui.model.dates import in_short, read_date
from bscp_tui.store.register import Register
from bscp_tui.store.snapshot import Unreadable

COLUMNS = (
    ("recorded", "recorded"),
    ("by", "by"),
    ("ref", "ref"),
    ("words", "what changed"),
    ("reason", "reason"),
    ("effective", "effective"),
    ("entry", "entry"),
)


def run_history(options: Namespace) -> int:
    """Print the history that the options ask for."""
    register = register_of(options)
    found = rows(register, _query(register, options))
    emit(options, [_table(found)], [row_facts(row) for row in found])
    return DONE


def row_facts(row: HistoryRow) -> dict[str, object]:
    """Return a change as programs read it."""
    return {
        "entry": row.entry,
        "commit": row.commit,
        "recorded": row.recorded.isoformat(),
        "made": row.made.isoformat(),
        "effective": row.effective,
        "by": row.by,
        "email": row.email,
        "ref": row.ref,
        "path": row.path,
        "field": row.field,
        "change": row.change,
        "old": row.old,
        "new": row.new,
        "reason": row.reason,
        "evidence": list(row.evidence),
        "decided_at": row.decided_at,
        "signature": row.signature,
    }


def _query(register: Register, options: Namespace) -> Query:
    view = None
    path = None
    if options.ref:
        found = register.snapshot().resolve(options.ref)
        path = found.path
        view = None if isinstance(found, Unreadable) else found
    return Query(
        view=view,
        path=path,
        field=options.field,
        since=read_date(options.since, today=register.today) if options.since else None,
        until=read_date(options.until, today=register.today) if options.until else None,
        by=options.by,
        kind=kind_named(options.kind) if options.kind else None,
        limit=options.limit,
    )


def _table(found: list[HistoryRow]) -> Table:
    people = [
        [
            in_short(row.recorded.date()),
            row.by,
            row.ref,
            row.words,
            row.reason or "",
            in_short(row.effective) if row.effective else "",
            row.entry or row.commit[:7],
        ]
        for row in found
    ]
    facts = [row_facts(row) for row in found]
    values = [[fact["recorded"], fact["by"], fact["ref"], row.words, fact["reason"], fact["effective"], fact["entry"]]
              for fact, row in zip(facts, found, strict=True)]  # fmt: skip
    return Table("", COLUMNS, people, values)
