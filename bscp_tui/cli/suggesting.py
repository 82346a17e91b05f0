"""``bscp suggest``: themes for a text, explained by the records that it resembles."""

from argparse import Namespace

from bscp_tui.cli.main import DONE, say
from bscp_tui.cli.opening import register_of
from bscp_tui.cli.output import Table, emit
from bscp_tui.model.suggestions import suggested

COLUMNS = (("theme", "theme"), ("title", "title"), ("alike", "alike (of 100)"), ("because", "resembles"))


def run_suggest(options: Namespace) -> int:
    """Print the themes that a text may belong to; nothing is recorded."""
    register = register_of(options)
    snapshot = register.snapshot()
    if options.audience:
        from bscp_tui.cli.for_readers import snapshot_for

        snapshot = snapshot_for(register, options, snapshot)
    rows: list[list[object]] = [
        [found.theme, snapshot.title_of(found.theme), round(found.alike), list(found.because)]
        for found in suggested(snapshot, " ".join(options.text))
    ]
    names = [name for name, _ in COLUMNS]
    people = [["; ".join(cell) if isinstance(cell, list) else str(cell) for cell in row] for row in rows]
    emit(options, [Table("", COLUMNS, people, rows)], [dict(zip(names, row, strict=True)) for row in rows])
    if not rows:
        say("No record with a theme resembles that text.")
    return DONE
