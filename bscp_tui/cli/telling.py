"""``bscp history``: who changed what, newest first, one row a change."""

import sys
from argparse import Namespace

from bscp_tui.cli.main import DONE, say
from bscp_tui.cli.output import Table, emit
from bscp_tui.cli.quick import quickly
from bscp_tui.history.rows import HistoryRow, row_facts
from bscp_tui.model.dates import in_short
from bscp_tui.store.repository import Repository
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
    """Print the history that the options ask for; a record's whole one as a web page is a report of its own."""
    if _is_page(options):
        return _send(options)
    quick = quickly(options, reading)
    if quick is None:
        from bscp_tui.cli.looking_up import looked_up

        register, found = looked_up(options, reading)
        repository = register.repository
    else:
        repository, found = quick
    vouch(repository)
    emit(options, [_table(found)], [row_facts(row) for row in found])
    return DONE


def _is_page(options: Namespace) -> bool:
    """Whether a record's whole history is asked for as one web page to send."""
    narrowed = (options.field, options.since, options.until, options.by, options.kind, options.decided_at,
                options.text, options.limit, options.format)  # fmt: skip
    return bool(options.ref and str(options.out or "").lower().endswith(".html")) and not any(narrowed)


def _send(options: Namespace) -> int:
    """Write the report of a record's history: original dates, revisions, who agreed them, questions and replies."""
    from bscp_tui.cli.reporting import run_report

    asked = {"name": "history", "record": options.ref, "replace": True}
    unasked = dict.fromkeys(("about", "agency", "plan", "as_of", "position", "since", "within", "width", "verify"))
    return run_report(Namespace(**{**unasked, **vars(options), **asked}))


def vouch(repository: Repository) -> None:
    """Say on standard error why this copy cannot vouch for its history, where it cannot."""
    for reason in shortcomings(repository):
        say(f"Take care: this copy cannot vouch for its history: {reason}.")


def reading(done: int, whole: int) -> None:
    """Tell a person on a terminal how far the first reading of a long history is."""
    if whole > 5000 and sys.stderr.isatty():
        print(f"\rReading the history: {done:,} of {whole:,} entries", end="", file=sys.stderr, flush=True)
        if done >= whole:
            print(file=sys.stderr)


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
