"""What the tests of plausibility share: the queries of a register, and a change of a file by hand."""

import datetime as dt
from pathlib import Path

from bscp_tui.checks.query import Query
from bscp_tui.checks.running import check
from bscp_tui.store.register import open_register

TODAY = dt.date(2026, 7, 1)


def queries(folder: Path, today: dt.date = TODAY, since: str | None = None) -> list[Query]:
    """Return every query of the register in ``folder``."""
    register = open_register(folder, today)
    return check(register, register.snapshot(), since=since)


def raised(folder: Path, rule: str) -> list[Query]:
    """Return the queries of one rule."""
    return [query for query in queries(folder) if query.rule == rule]


def by_hand(folder: Path, path: str, old: str, new: str) -> Path:
    """Change a file with an editor; ``old`` stands in it once."""
    place = folder / path
    text = place.read_text()
    assert text.count(old) == 1, (path, old, text.count(old))
    place.write_text(text.replace(old, new))
    return place
