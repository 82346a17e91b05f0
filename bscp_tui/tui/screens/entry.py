"""One entry of the history, whole: what it says, and each change with old and new beside each other."""

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, ClassVar, cast

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll

from bscp_tui.model.dates import in_words
from bscp_tui.tui import commands as c
from bscp_tui.tui.columns import columns
from bscp_tui.tui.safe_text import grid, plain, plain_line
from bscp_tui.tui.screens.base import RegisterScreen, TopLine
from bscp_tui.tui.seals import glance
from bscp_tui.tui.sides import sides
from bscp_tui.tui.widgets.foot import Foot
from bscp_tui.tui.widgets.virtual_list import VirtualList
from bscp_tui.tui.widgets.words import Words

if TYPE_CHECKING:
    from bscp_tui.history.one_entry import WholeEntry
    from bscp_tui.history.rows import HistoryRow
    from bscp_tui.tui.session import Session

WIDTHS = (15,)
MOST_LINES = 8  # of the list of changes; it scrolls beyond
LABEL = 16


class EntryScreen(RegisterScreen):
    """One entry: its sentence, reason, evidence, and what it changed."""

    commands: ClassVar[tuple[type[c.Command], ...]] = (c.OpenItsRecord, c.RecordHistory, c.Back, c.Home)
    BINDINGS: ClassVar[list[BindingType]] = [
        *c.bindings_of((c.RecordHistory, c.Back, c.Home)),
        Binding("left", "back", show=False),
    ]
    AUTO_FOCUS = "#list"

    def __init__(self, commit: str, ref: str | None = None, field: str | None = None) -> None:
        """Show the entry that ``commit`` is, the cursor at its change of a field of ``ref``."""
        super().__init__()
        self._commit, self._at = commit, (ref, field)
        self._rows: list[HistoryRow] = []

    def in_plain_text(self) -> str:
        """Return the command that says the same without a screen."""
        return "bscp history"

    def compose(self) -> ComposeResult:
        """Lay out what the entry says, its changes, and the two sides of one."""
        yield TopLine(plain("Entry", "bold"))
        with VerticalScroll(id="facts", can_focus=False):
            yield Words(id="said")
        yield VirtualList(id="list")
        with VerticalScroll(id="sides"):
            yield Words(id="told")
        yield Foot()

    def on_mount(self) -> None:
        """Read the entry."""
        self.fetch("entry", partial(_read, self.session, self._commit), self._show)

    def seals_changed(self) -> None:
        """Say whether the entry is vouched for."""
        self.on_mount()

    @on(VirtualList.Highlighted)
    def moved(self) -> None:
        """Show both sides of the change under the cursor."""
        row = self._row
        if row is not None:
            both = sides(row.old, row.new, self.tones) if row.field is not None else _whole(row)
            self.query_one("#told", Words).say(both)

    @on(VirtualList.Selected)
    def action_open_its_record(self) -> None:
        """Open the record of the change under the cursor."""
        row = self._row
        if row is not None:
            self.host.open_where_it_is(row.ref, row.path)

    def action_record_history(self) -> None:
        """Open the history of the record of the change under the cursor."""
        if self._row is not None:
            self.host.open_history(self._row.ref)

    @property
    def entry_here(self) -> str:
        """The entry's name: its register version."""
        return self._commit

    @property
    def _row(self) -> "HistoryRow | None":
        at = self.query_one(VirtualList).cursor
        return self._rows[at] if at < len(self._rows) else None

    def _show(self, found: object) -> None:
        if not self.is_mounted:
            return
        if isinstance(found, Exception):
            self.query_one("#said", Words).say(plain(found, self.tones.bad))
            return
        entry, seal = cast("tuple[WholeEntry, str]", found)
        self._rows = list(entry.rows)
        count = f"{len(self._rows):,} {'change' if len(self._rows) == 1 else 'changes'}"
        name = (entry.said("Entry") or ["made without this program"])[0]
        self.query_one(TopLine).say(plain_line(f"Entry {name}", "bold"), plain(count, "bold"))
        self.query_one("#said", Words).say(grid(_facts(entry, seal, self.tones.quiet), LABEL))
        rows = self.query_one(VirtualList)
        rows.styles.height = min(len(self._rows), MOST_LINES)
        at = next((at for at, row in enumerate(self._rows) if (row.ref, row.field) == self._at), 0)
        rows.show_lines(len(self._rows), self._line, at=at)

    def _line(self, place: int, room: int) -> Text:
        row = self._rows[place]
        title = "" if row.field is not None and row.field_words else f" {row.title}"
        return columns([plain_line(row.ref, "bold"), plain_line(f"{row.words}{title}")], WIDTHS, room)


def _read(session: "Session", commit: str) -> "tuple[WholeEntry, str]":
    """Return the entry, and whether it is vouched for."""
    from bscp_tui.history.one_entry import whole_entry

    entry = whole_entry(session.register, commit)
    return entry, glance(session).of_entry(entry.facts.identifier, entry.facts.recorded)


def _whole(row: "HistoryRow") -> Text:
    told = {"added": "The whole record was added.", "removed": "The whole record was removed."}
    return plain(f"{told.get(row.change, f'Its file {row.change}.')} Enter opens it.")


def _facts(entry: "WholeEntry", seal: str, quiet: str) -> Iterator[tuple[Text, Text]]:
    facts = entry.facts
    reason = next((row.reason for row in entry.rows if row.reason), None)
    effective = next((row.effective for row in entry.rows if row.effective), None)
    who = f"{facts.author[0]} <{facts.author[1]}>"
    told = [
        ("says", entry.sentence),
        ("reason", reason),
        ("effective", in_words(effective) if effective else None),
        ("decided at", ", ".join(entry.said("Decided-At"))),
        ("evidence", ", ".join(entry.said("Evidence"))),
        ("undoes", ", ".join(entry.said("Undoes"))),
        ("together with", ", ".join(entry.said("Group"))),
        ("recorded", f"{facts.recorded:%H:%M} on {in_words(facts.recorded.date())} by {who}"),
        ("made", f"{facts.made:%H:%M} on {in_words(facts.made.date())}" if facts.made != facts.recorded else None),
        ("register version", f"{facts.identifier[:10]} ({seal})"),
        ("file", _files(entry)),
        ("take care", "; ".join(dict.fromkeys(note for row in entry.rows for note in row.notes))),
    ]
    for name, value in told:
        if value:
            yield plain(name, quiet), plain(value, "bold" if name == "says" else "")


def _files(entry: "WholeEntry") -> str:
    paths = list(dict.fromkeys(row.path for row in entry.rows))
    return paths[0] if len(paths) == 1 else f"{len(paths):,} files" if paths else ""
