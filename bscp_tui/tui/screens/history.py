"""The history: one row a change, narrowed by record, field, person, kind, dates and words."""

from functools import partial
from typing import ClassVar

from rich.text import Text
from textual import on
from textual.binding import Binding, BindingType

from bscp_tui.model.dates import in_short
from bscp_tui.tui import commands as c
from bscp_tui.tui.columns import columns
from bscp_tui.tui.folding import Item, folded
from bscp_tui.tui.history_filter import HINT, Page, read_page
from bscp_tui.tui.safe_text import plain, plain_line
from bscp_tui.tui.screens.base import TopLine
from bscp_tui.tui.screens.narrowed import NarrowedScreen
from bscp_tui.tui.seals import Seals, glance
from bscp_tui.tui.telling import row_told
from bscp_tui.tui.widgets.virtual_list import VirtualList
from bscp_tui.tui.widgets.words import Words

PAGE = 500  # rows read first; four times as many whenever their end comes near
WIDTHS = (11, 16, 15)
FOLDED, UNFOLDED, WITHIN = "▸ ", "▾ ", "  "


class HistoryScreen(NarrowedScreen):
    """Who changed what, when and why, the newest first; what was done together is one line that unfolds."""

    heading, hint = "History", HINT

    commands: ClassVar[tuple[type[c.Command], ...]] = (c.OpenEntry, c.Find, c.Unfold, c.Back, c.Home)
    BINDINGS: ClassVar[list[BindingType]] = [
        *c.bindings_of((c.Find, c.Unfold, c.Back, c.Home)),
        Binding("left", "back", show=False),
    ]

    def in_plain_text(self) -> str:
        """Return the command that says the same without a screen."""
        return "bscp history --text"

    def __init__(self, ref: str | None = None) -> None:
        """Show the history of the record that ``ref`` names, or of all."""
        super().__init__(f"ref={ref}" if ref else "")
        self._page = Page([], whole=True)
        self._items: list[Item] = []
        self._unfolded: set[str] = set()
        self._asked = PAGE
        self._seals: Seals | None = None

    def on_mount(self) -> None:
        """Fetch the rows, and what is known of their seals."""
        super().on_mount()
        self.seals_changed()

    def register_changed(self) -> None:
        """Fetch both anew."""
        super().register_changed()
        self.seals_changed()

    def seals_changed(self) -> None:
        """Say of each change whether its entry is vouched for."""
        self.fetch("seal", partial(glance, self.session), self._show_seals)

    @on(VirtualList.Highlighted)
    def moved(self) -> None:
        """Show the change under the cursor whole."""
        item = self._item
        told = row_told(item.row, self.tones, self._seal(item)) if item is not None and not item.head else plain("")
        if item is not None and item.head:
            told = self._group_told(item)
        self.query_one("#told", Words).say(told)

    @on(VirtualList.NearEnd)
    def near_end(self) -> None:
        """Fetch more rows before the last is reached."""
        if not self._page.whole and len(self._page.rows) >= self._asked:
            self._asked *= 4
            self._fetch(more=True)

    @on(VirtualList.Selected)
    def action_open_entry(self) -> None:
        """Show the entry whole; what was done together folds and unfolds."""
        item = self._item
        if item is not None and item.head:
            self.action_unfold()
        elif item is not None:
            self.host.open_entry(item.row)

    def action_unfold(self) -> None:
        """Show one by one what was done together, or fold it again."""
        item = self._item
        if item is None or item.key is None:
            self.host.tell(plain("Only what was done together folds: a sitting, a bulk change, an import."))
            return
        self._unfolded ^= {item.key}
        self._lay_out(next(at for at, other in enumerate(self._folded()) if other.key == item.key))

    @property
    def entry_here(self) -> str | None:
        """The name of the entry under the cursor."""
        item = self._item
        return (item.row.entry or item.row.commit) if item is not None else None

    @property
    def _item(self) -> Item | None:
        at = self.query_one(VirtualList).cursor
        return self._items[at] if at < len(self._items) else None

    def fetch_lines(self) -> None:
        """Fetch the first page of what the filter finds."""
        self._fetch()

    narrow = fetch_lines

    def _fetch(self, *, more: bool = False) -> None:
        if not more:
            self._asked = PAGE
        self._patience.begin("reading …")
        read = partial(read_page, self.session, self.filter, self._asked)
        self.host.fetch("history-screen", read, partial(self._show, more=more))

    def _show(self, found: object, *, more: bool) -> None:
        self._patience.end()
        if not self.is_mounted:
            return
        if not isinstance(found, Page):
            self.say_why_empty(str(found), self.tones.soon)
            self.say_count("")
            return
        self._page = found
        self.say_why_empty("" if found.rows else "Nothing in the history fits.")
        changes = "change" if len(found.rows) == 1 else "changes"
        self.say_count(f"{'' if found.whole else 'newest '}{len(found.rows):,} {changes}")
        rows = self.query_one(VirtualList)
        self._lay_out(rows.cursor if more else 0)
        if len(self._items) < rows.size.height:  # folded, a whole page can be one line
            self.near_end()

    def _show_seals(self, seals: object) -> None:
        if isinstance(seals, Seals) and self.is_mounted:
            self._seals = seals
            self.moved()

    def _seal(self, item: Item) -> str:
        return self._seals.of_entry(item.row.commit, item.row.recorded) if self._seals else "…"

    def say_count(self, said: str) -> None:
        """Say how many changes."""
        self.query_one(TopLine).say(plain("History", "bold"), plain(said, "bold"))

    def _folded(self) -> list[Item]:
        return folded(self._page.rows, self._unfolded)

    def _lay_out(self, at: int) -> None:
        self._items = self._folded()
        self.query_one(VirtualList).show_lines(len(self._items), self._line, _heading, at)

    def _line(self, place: int, room: int) -> Text:
        item = self._items[place]
        mark = (UNFOLDED if item.unfolded else FOLDED) if item.head else WITHIN if item.key else ""
        ref = plain("together", self.tones.quiet) if item.head else plain_line(item.row.ref, "bold")
        parts = (
            plain(in_short(item.row.recorded.date())),
            plain_line(item.people),
            ref,
            plain_line(f"{mark}{item.words}"),
        )
        return columns(parts, WIDTHS, room)

    def _group_told(self, item: Item) -> Text:
        times = sorted(row.recorded for row in item.rows)
        told = f"{item.words}, {in_short(times[0].date())} to {in_short(times[-1].date())}, by {item.people}."
        if times[0].date() == times[-1].date():
            told = f"{item.words}, {in_short(times[0].date())}, by {item.people}."
        how = "Enter folds them again." if item.unfolded else "Enter shows them one by one."
        return plain(f"{told} {how}")


def _heading(_place: int, room: int) -> Text:
    return columns([plain(name) for name in ("Recorded", "Who", "Record", "Change")], WIDTHS, room)
