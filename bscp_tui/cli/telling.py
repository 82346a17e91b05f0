"""``bscp history``: who changed what, newest first, one row a change."""

import sys
from argparse import Namespace

from bscp_tui.cli.main import DONE, say
from bscp_tui.cli.opening import register_of
from bscp_tui.cli.output import Table, emit
from bscp_tui.cli.reading import kind_named
from bscp_tui.history.ledger import HistoryRow, Query, rows
from bscp_tui.model.dates import in_short, read_date
from bscp_tui.model.view import View
from bscp_tui.store.register import Register
from bscp_tui.store.snapshot import UnknownReferenceError, Unreadable
from bscp_tui.store.whole import shortcomings

COLUMNS = (
    ("recorded", "recorded"),
    ("by", "by"),
    ("ref", "ref"),
    ("words", "what changed"),
    ("reason", "reason"),
    ("effective", "effective"),
    ("entry", "entry"),
    ("notes", "notes"),
)


def run_history(options: Namespace) -> int:
    """Print the history that the options ask for."""
    register = register_of(options)
    vouch(register)
    found = rows(register, _query(register, options), reading)
    emit(options, [_table(found)], [row_facts(row) for row in found])
    return DONE


def vouch(register: Register) -> None:
    """Say on standard error why this copy cannot vouch for its history, where it cannot."""
    for reason in shortcomings(register.repository):
        say(f"Take care: this copy cannot vouch for its history: {reason}.")


def reading(done: int, whole: int) -> None:
    """Tell a person on a terminal how far the first reading of a long history is."""
    if whole > 5000 and sys.stderr.isatty():
        print(f"\rReading the history: {done:,} of {whole:,} entries", end="", file=sys.stderr, flush=True)
        if done >= whole:
            print(file=sys.stderr)


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
        "group": row.group,
        "undoes": row.undoes,
        "late": row.late,
        "notes": list(row.notes),
    }


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
            "; ".join(row.notes),
        ]
        for row in found
    ]
    facts = [row_facts(row) for row in found]
    values = [[fact["recorded"], fact["by"], fact["ref"], row.words, fact["reason"], fact["effective"], fact["entry"],
               fact["notes"]] for fact, row in zip(facts, found, strict=True)]  # fmt: skip
    if not any(row.notes for row in found):
        return Table("", COLUMNS[:-1], [row[:-1] for row in people], [row[:-1] for row in values])
    return Table("", COLUMNS, people, values)
