"""What is typed into the history's filter line, as the question that the ledger answers."""

import datetime as dt
import re
from dataclasses import dataclass, replace

from bscp_tui.history.ledger import rows
from bscp_tui.history.rows import HistoryRow, Query
from bscp_tui.model.dates import DateError, read_date
from bscp_tui.model.kinds import KINDS
from bscp_tui.model.record import Kind
from bscp_tui.model.view import View
from bscp_tui.model.workflow import token
from bscp_tui.tui.session import Session

HINT = "find: words, by=name, field=status, kind=action, from=1/3/2026, to=today"
_TERM = re.compile(r'(ref|by|field|kind|from|to)=("[^"]*"?|\S*)|(\S+)')


@dataclass(frozen=True)
class Page:
    """The newest rows that a filter finds.

    Attributes:
        rows: The rows, newest first.
        whole: Whether these are all.

    """

    rows: list[HistoryRow]
    whole: bool


def read_page(session: Session, text: str, limit: int) -> Page:
    """Return the newest changes that a filter finds, about ``limit`` of them; for a worker thread.

    Raises:
        ValueError: A date or a kind in the filter cannot be read; the message says what is allowed.

    """
    query, ref = _question(session, text)
    if ref is None:
        found = rows(session.register, replace(query, limit=limit + 1))
        return Page(found[:limit], len(found) <= limit)
    # What is no longer in the register has a history still; it is known there by its reference alone.
    return Page([row for row in rows(session.register, query) if row.ref == ref], whole=True)


def _question(session: Session, text: str) -> tuple[Query, str | None]:
    asked: dict[str, str] = {}
    words: list[str] = []
    for match in _TERM.finditer(text):
        if match[1]:
            asked[match[1]] = match[2].strip('"')
        else:
            words.append(match[3])
    row = session.row_at(asked["ref"]) if asked.get("ref") else None
    query = Query(
        view=row if isinstance(row, View) else None,
        path=row.path if row is not None else None,
        field=asked.get("field") or None,
        since=_day(asked.get("from"), session),
        until=_day(asked.get("to"), session),
        by=asked.get("by") or None,
        kind=_kind(asked.get("kind")),
        text=" ".join(words) or None,
        at=session.tip,
    )
    return query, asked["ref"] if asked.get("ref") and row is None else None


def _kind(text: str | None) -> Kind | None:
    if not text:
        return None
    name = token(text)
    if name not in KINDS:
        msg = f"There is no kind “{text}”. The kinds are: {', '.join(KINDS)}."
        raise ValueError(msg)
    return KINDS[name]


def _day(text: str | None, session: Session) -> dt.date | None:
    if not text:
        return None
    try:
        return read_date(text, today=session.today)
    except DateError as error:
        raise ValueError(str(error)) from None
