"""A list of records: columns from the kind's declaration, fitted to the width there is."""

from collections.abc import Sequence
from typing import ClassVar

from rich.text import Text
from textual import events
from textual.binding import Binding, BindingType
from textual.coordinate import Coordinate
from textual.widgets import DataTable

from bscp_tui.model.record import Kind
from bscp_tui.model.view import View
from bscp_tui.tui.safe_text import joined, plain, plain_line
from bscp_tui.tui.session import Row
from bscp_tui.tui.telling import BROKEN, BY_HAND, cell, label_of
from bscp_tui.tui.tones import Tones

NARROWEST_TITLE = 18
WIDEST = 34
FIRM = 18  # columns up to here (dates, statuses, days late) are never narrowed
FIRM_LEAST = 12
PADDING = 2  # cells that the table adds to each column


class RecordTable(DataTable[Text]):
    """Rows of one kind; the cursor is a whole row."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "cursor_down", show=False),
        Binding("k", "cursor_up", show=False),
        Binding("g", "scroll_top", show=False),
        Binding("G", "scroll_bottom", show=False),
    ]

    def __init__(self, kind: Kind, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        """Show records of ``kind``."""
        super().__init__(id=id, cursor_type="row", zebra_stripes=False)
        self.kind = kind
        self.rows_shown: list[Row] = []
        self._wanted: str | None = None
        self._fitted = 0

    @property
    def current(self) -> Row | None:
        """The row that the cursor is on."""
        if self._wanted is not None:
            return next((row for row in self.rows_shown if row.ref == self._wanted), None)
        return self.rows_shown[self.cursor_row] if 0 <= self.cursor_row < len(self.rows_shown) else None

    def show_rows(self, rows: Sequence[Row], at: str | None = None) -> None:
        """Show ``rows``, the cursor on the one whose reference is ``at``, else where it was."""
        keep = at or self._wanted or (self.current.ref if self.current else None)
        self.rows_shown = list(rows)
        if not self.size.width:
            self._wanted = keep  # there is no room to fit columns to yet; the first resize fills the table
            return
        place = self.cursor_row
        self._fill()
        refs = [row.ref for row in self.rows_shown]
        place = refs.index(keep) if keep in refs else min(max(place, 0), len(refs) - 1)
        self._wanted = None
        if refs:
            self.cursor_coordinate = Coordinate(place, 0)
            self.call_after_refresh(self.scroll_to, y=max(0, place - self.size.height // 2), animate=False)

    def on_resize(self, event: events.Resize) -> None:
        """Fit the columns to the new width."""
        if event.size.width and event.size.width != self._fitted:
            self._fitted = event.size.width
            self.show_rows(self.rows_shown)

    def _fill(self) -> None:
        tones = Tones(self.app)
        names = list(self.kind.columns)
        short = _shared_prefix(self.rows_shown)
        cells = [[self._cell(row, name, short, tones) for name in names] for row in self.rows_shown]
        widths = self._widths(names, cells)
        self.clear(columns=True)
        for name, width in zip(names, widths, strict=True):
            if width:
                self.add_column(plain_line(label_of(self.kind, name)), key=name, width=width)
        for told in cells:
            self.add_row(*(_cut(text, width) for text, width in zip(told, widths, strict=True) if width))

    def _cell(self, row: Row, name: str, short: int, tones: Tones) -> Text:
        if not isinstance(row, View):
            told = {"ref": f"{BROKEN} {row.ref}", "title": f"cannot be read: {row.path}, line {row.line}: {row.reason}"}
            return plain_line(told.get(name, ""), tones.bad)
        if name == "ref":
            ref = plain_line(row.ref[short:], "strike" if row.withdrawn else "bold")
            return joined(plain(f"{BY_HAND} ", tones.soon), ref) if row.mark else ref
        return cell(row, name, tones)

    def _widths(self, names: Sequence[str], cells: Sequence[Sequence[Text]]) -> list[int]:
        """Return each column's width; 0 leaves out the last ones that do not fit."""
        room = (self.size.width or self.app.size.width) - 1
        readable = [told for told, row in zip(cells, self.rows_shown, strict=True) if isinstance(row, View)] or cells
        wanted = []
        for place, name in enumerate(names):
            longest = max((told[place].cell_len for told in readable), default=0)
            wanted.append(min(max(longest, len(label_of(self.kind, name))), WIDEST if name != "title" else 90))
        title = names.index("title") if "title" in names else 0
        for shown in range(len(names), title, -1):
            fitted = _fitted(wanted[:shown], title, room)
            if fitted is not None:
                return [*fitted, *[0] * (len(names) - shown)]
        return [*wanted[: title + 1], *[0] * (len(names) - title - 1)]


def _fitted(wanted: Sequence[int], title: int, room: int) -> list[int] | None:
    """Return the widths in ``room`` cells, long texts narrowed, the title given the rest; None if they do not fit."""
    widths = list(wanted)
    widths[title] = min(widths[title], NARROWEST_TITLE)
    over = sum(widths) + PADDING * len(widths) - room
    for place in sorted(range(len(widths)), key=lambda at: -widths[at]):
        if over > 0 and place != title and widths[place] > FIRM:
            given = min(over, widths[place] - FIRM_LEAST)
            widths[place] -= given
            over -= given
    if over > 0:
        return None
    widths[title] -= over
    return widths


def _cut(text: Text, width: int) -> Text:
    text.truncate(width, overflow="ellipsis")
    return text


def _shared_prefix(rows: Sequence[Row]) -> int:
    """Return how long the part of the references is that all rows share, up to their last "/"."""
    prefixes = {row.ref.rpartition("/")[0] for row in rows if isinstance(row, View)}
    only = next(iter(prefixes)) if len(prefixes) == 1 else ""
    return len(only) + 1 if only else 0
