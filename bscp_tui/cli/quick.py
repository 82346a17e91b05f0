"""``bscp history`` without what it does not need: the kinds of records take longer to load than the answer.

Whatever is out of the ordinary (a register that is not named, a reference that the index does not know,
something to be healed or said first) is left to the usual way, which tells it in full.
"""

import datetime as dt
import os
from argparse import Namespace
from functools import partial
from pathlib import Path
from typing import Any

import tomli

from bscp_tui.cli.folders import chosen_folder
from bscp_tui.history.asking import found
from bscp_tui.history.index import Index, Progress
from bscp_tui.history.rows import HistoryRow, Query
from bscp_tui.model.dates import read_date
from bscp_tui.store.errors import RegisterError
from bscp_tui.store.repository import CONFIG, Repository, find

_LARGEST = 100_000  # bytes of settings or of a record that are read here


def quickly(options: Namespace, progress: Progress) -> tuple[Repository, list[HistoryRow]] | None:
    """Return the repository and the rows that the options ask for; None where the usual way is to be taken.

    Raises:
        DateError: A day cannot be read.
        RegisterError: The history cannot be read.

    """
    folder = None if options.kind or options.audience else chosen_folder(options.register)
    if folder is None:
        return None
    try:
        repository = find(folder)
        head = repository.head() if repository.git_dir else None
    except RegisterError:
        return None
    settings = _toml(repository.folder / CONFIG)
    zone, plan = settings.get("time_zone", "Europe/London"), settings.get("current_plan", "")
    if head is None or not settings or not isinstance(zone, str) or not isinstance(plan, str) or _is_odd(repository):
        return None
    place = _place(repository, head, options.ref, plan, progress) if options.ref else ("", ())
    if place is None:
        return None
    options.rests_on = [place[0]] if place[0] else []  # of the working files; all else is the history's
    today = read_date(options.today) if options.today else _today()
    query = Query(
        path=place[0] or None,
        inside=place[1],
        field=options.field,
        since=read_date(options.since, today=today) if options.since else None,
        until=read_date(options.until, today=today) if options.until else None,
        by=options.by,
        text=options.text,
        limit=options.limit,
        decided_at=options.decided_at,
    )
    return repository, found(repository, head, query, zone, progress, read_only=bool(options.read_only))


def _today() -> dt.date:
    told = os.environ.get("BSCP_TODAY")
    return read_date(told) if told else dt.date.today()


def _is_odd(repository: Repository) -> bool:
    """Whether something is to be finished or said before the register is used."""
    intent = repository.git_dir / "bscp" / "intent.json" if repository.git_dir else None
    return repository.cloud is not None or (intent is not None and intent.exists() and intent.stat().st_size > 0)


def _place(
    repository: Repository, head: str, ref: str, plan: str, progress: Progress
) -> tuple[str, tuple[str, ...]] | None:
    """Return the file that ``ref`` names, and the place of a row in it; None where that takes more than looking up."""
    index = Index(repository, head)
    try:
        for name in (ref, f"{plan}/{ref}"):
            known = index.answer(partial(index.file_of, name), progress)
            if known is not None:
                return (known[0], ()) if (repository.root / known[0]).is_file() else None
            outer, _, item = name.rpartition(".")
            known = index.answer(partial(index.file_of, outer), progress) if outer else None
            if known is not None:
                return _row(repository, known, item)
    finally:
        index.close()
    return None


def _row(repository: Repository, known: tuple[str, list[str]], item: str) -> tuple[str, tuple[str, ...]] | None:
    path, tables = known
    document = _toml(repository.root / path)
    for table in tables:
        rows = document.get(table)
        for row in rows if isinstance(rows, list) else ():
            if isinstance(row, dict) and "id" in row and str(row.get("number", row["id"])) == item:
                return path, (table, f"#{row['id']}")
    return None


def _toml(path: Path) -> dict[str, Any]:
    """Return what a small, sound file holds; nothing of any other, which the usual way explains."""
    try:
        if path.is_symlink() or path.stat().st_size > _LARGEST:
            return {}
        return tomli.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
