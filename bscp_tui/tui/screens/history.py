"""The history: one row a change, narrowed by record, field, person, kind, dates and words."""

import datetime as dt
import re
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from rich.table import Table
from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, VerticalScroll
from textual.timer import Timer
from textual.widgets import DataTable, Footer, Input

from bscp_tui.model.dates import DateError, in_short, in_words, read_date
from bscp_tui.model.kinds import KINDS
from bscp_tui.model.spoken import spoken
from bscp_tui.model.view import View
from bscp_tui.model.workflow import token
from bscp_tui.tui import commands as c
from bscp_tui.tui.safe_text import grid, plain, plain_line
from bscp_tui.tui.screens.base import RegisterScreen, TopLine
from bscp_tui.tui.session import Session
from bscp_tui.tui.widgets.typing_fields import LineField
from bscp_tui.tui.widgets.words import MOVES, Words

if TYPE_CHECKING:
    from bscp_tui.history.ledger import HistoryRow

WAIT = 0.2
NEWEST = 500  # rows shown; the filter reaches the rest
HINT = "find: words, by=name, field=status, kind=action, from=1/3/2026, to=today"
_TERM = re.compile(r'(ref|by|field|kind|from|to)=("[^"]*"?|\S*)|(\S+)')


class HistoryTable(DataTable[Text]):
    """Changes, newest first."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *MOVES[:2],
        Binding("g", "scroll_top", show=False),
        Binding("G", "scroll_bottom", show=False),
    ]


class HistoryScreen(RegisterScreen):
    """Who changed what, when and why."""

    commands: ClassVar[tuple[type[c.Command], ...]] = (c.Find, c.Back, c.Home)
    BINDINGS: ClassVar[list[BindingType]] = [*c.bindings_of(commands), Binding("left", "back", show=False)]
    AUTO_FOCUS = "#list"

    def __init__(self, ref: str | None = None) -> None:
        """Show the history of the record that ``ref`` names, or of all."""
        super().__init__()
        self._first = f"ref={ref}" if ref else ""
        self._rows: Sequence[HistoryRow] = ()
        self._timer: Timer | None = None

    def compose(self) -> ComposeResult:
        """Lay out the rows, the change under the cursor, the filter."""
        yield TopLine(plain("History", "bold"), plain("reading …", "dim"))
        with Container(id="both"):
            yield HistoryTable(id="list", cursor_type="row")
            with VerticalScroll(id="detail", can_focus=False):
                yield Words(id="told")
        yield Words(id="told-filter")
        yield LineField(self._first, placeholder=HINT, id="filter", compact=True, select_on_focus=False)
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        """Fetch the rows."""
        self.set_class(bool(self._first), "-narrowed")
        self._fetch()

    def register_changed(self) -> None:
        """Fetch the rows anew."""
        self._fetch()

    @on(Input.Changed, "#filter")
    def filtering(self) -> None:
        """Narrow once the typing rests."""
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(WAIT, self._fetch)

    @on(Input.Submitted, "#filter")
    def filtered(self) -> None:
        """Go back to the rows."""
        self.set_focus(self.query_one(HistoryTable))

    @on(DataTable.RowHighlighted)
    def moved(self, event: DataTable.RowHighlighted) -> None:
        """Show the change under the cursor whole."""
        if 0 <= event.cursor_row < len(self._rows):
            self.query_one("#told", Words).say(self._whole(self._rows[event.cursor_row]))

    def action_find(self) -> None:
        """Go to the filter."""
        self.add_class("-narrowed")
        self.set_focus(self.query_one("#filter"))

    def action_back(self) -> None:
        """From the filter to the rows, from the rows to the screen before."""
        table = self.query_one(HistoryTable)
        if table.has_focus:
            super().action_back()
        self.set_focus(table)

    def _fetch(self) -> None:
        text = self.query_one("#filter", Input).value
        self.host.fetch("history-screen", partial(_rows, self.session, text), self._show)

    def _show(self, found: object) -> None:
        if not self.is_mounted:
            return
        if not isinstance(found, list):
            self.query_one("#told-filter", Words).say(plain_line(found, self.tones.soon))
            self.add_class("-told")
            return
        self._rows = found[:NEWEST]
        counted = f"newest {NEWEST} of {len(found)}" if len(found) > NEWEST else f"{len(found)}"
        self.query_one(TopLine).say(plain("History", "bold"), plain(f"{counted} changes", "bold"))
        self.query_one("#told-filter", Words).say(plain("Nothing in the history fits." if not found else ""))
        self.set_class(not found, "-told")
        self.call_after_refresh(self._fill)  # the columns are fitted to the width, which is known by then

    def _fill(self) -> None:
        table = self.query_one(HistoryTable)
        table.clear(columns=True)
        room = table.size.width or self.app.size.width
        what = max(20, room - 12 - 18 - 17 - 9)
        for label, width in (("Recorded", 11), ("Who", 16), ("Record", 15), ("Change", what)):
            table.add_column(plain(label), width=width)
        for row in self._rows:
            cells = (
                plain(in_short(row.recorded.date())),
                plain_line(row.by),
                plain_line(row.ref, "bold"),
                plain_line(row.words),
            )
            for cell, width in zip(cells, (11, 16, 15, what), strict=True):
                cell.truncate(width, overflow="ellipsis")
            table.add_row(*cells)
        if self._rows:
            self.query_one("#told", Words).say(self._whole(self._rows[0]))
        else:
            self.query_one("#told", Words).say(plain(""))

    def _whole(self, row: "HistoryRow") -> Table:
        tones = self.tones
        told: list[tuple[str, str | None]] = [("record", f"{row.ref}  {row.title}"), ("change", row.words)]
        told += [("reason", row.reason), ("effective", in_words(row.effective) if row.effective else None)]
        told += [("decided at", row.decided_at), ("evidence", ", ".join(row.evidence) or None)]
        recorded = f"{row.recorded:%H:%M} on {in_words(row.recorded.date())} by {row.by} <{row.email}>"
        told += [
            ("recorded", recorded),
            ("register version", f"{row.commit[:10]} ({row.signature})"),
            ("file", row.path),
        ]
        if row.change == "changed" and row.field is not None:
            told += [("old", spoken(row.old)), ("new", spoken(row.new))]
        return grid(((plain(name, tones.quiet), plain(value)) for name, value in told if value), 16)


def _rows(session: Session, text: str) -> "list[HistoryRow]":
    """Return the changes that a filter finds; runs in a worker thread."""
    from bscp_tui.history import ledger

    asked: dict[str, str] = {}
    words: list[str] = []
    for match in _TERM.finditer(text):
        if match[1]:
            asked[match[1]] = match[2].strip('"')
        else:
            words.append(match[3].lower())
    row = session.row_at(asked["ref"]) if asked.get("ref") else None
    kind = KINDS.get(token(asked["kind"])) if asked.get("kind") else None
    query = ledger.Query(
        view=row if isinstance(row, View) else None,
        field=asked.get("field") or None,
        since=_day(asked.get("from"), session),
        until=_day(asked.get("to"), session),
        by=asked.get("by") or None,
        kind=kind,
    )
    found = ledger.rows(session.register, query)
    if asked.get("ref") and not isinstance(row, View):
        found = [change for change in found if change.ref == asked["ref"] or (row and change.path == row.path)]
    return [change for change in found if all(word in _told(change) for word in words)]


def _told(row: "HistoryRow") -> str:
    return f"{row.ref} {row.title} {row.words} {row.reason or ''} {row.by} {row.decided_at or ''}".lower()


def _day(text: str | None, session: Session) -> dt.date | None:
    if not text:
        return None
    try:
        return read_date(text, today=session.today)
    except DateError as error:
        raise ValueError(str(error)) from None
