"""A list of records: columns from the kind's declaration, fitted to the width there is."""

from collections.abc import Sequence

from rich.text import Text

from bscp_tui.model.audience import embargoed
from bscp_tui.model.record import Kind
from bscp_tui.model.view import View
from bscp_tui.tui.safe_text import joined, plain, plain_line
from bscp_tui.tui.session import Row
from bscp_tui.tui.telling import BROKEN, BY_HAND, EMBARGO, cell, label_of
from bscp_tui.tui.tones import Tones
from bscp_tui.tui.widgets.virtual_list import VirtualList

NARROWEST_TITLE = 18
WIDEST = 34
FIRM = 18  # columns up to here (dates, statuses, days late) are never narrowed
FIRM_LEAST = 12
PADDING = 2  # cells around each column
MEASURED = 100  # rows by which columns are fitted; of a longer list every so many-th


class RecordTable(VirtualList):
    """Rows of one kind; the cursor is a whole row."""

    def __init__(self, kind: Kind, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        """Show records of ``kind``."""
        super().__init__(id=id)
        self.kind = kind
        self.rows_shown: list[Row] = []
        self._wanted: str | None = None
        self._fitted = 0
        self._widths: list[int] = []
        self._short = 0

    @property
    def current(self) -> Row | None:
        """The row that the cursor is on."""
        if self._wanted is not None:
            return next((row for row in self.rows_shown if row.ref == self._wanted), None)
        return self.rows_shown[self.cursor] if 0 <= self.cursor < len(self.rows_shown) else None

    def show_rows(self, rows: Sequence[Row], at: str | None = None) -> None:
        """Show ``rows``, the cursor on the one whose reference is ``at``, else where it was."""
        keep = at or self._wanted or (self.current.ref if self.current else None)
        self.rows_shown = list(rows)
        if not self.size.width:
            self._wanted = keep  # there is no room to fit columns to yet; the first resize fills the table
            return
        self._wanted = None
        self._fit()
        place = next((place for place, row in enumerate(self.rows_shown) if row.ref == keep), self.cursor)
        self.show_lines(len(self.rows_shown), self._line, self._heading_line, place)

    def on_resize(self) -> None:
        """Fit the columns to the new width."""
        if self.size.width and self.size.width != self._fitted:
            self._fitted = self.size.width
            self.show_rows(self.rows_shown)

    def _fit(self) -> None:
        """Work out the columns' widths from what is shown."""
        self._short = _shared_prefix(self.rows_shown)
        measured = self.rows_shown[:: max(1, len(self.rows_shown) // MEASURED)]
        readable = [row for row in measured if isinstance(row, View)] or measured
        tones = Tones(self.app)
        longest = [
            max((self._cell(row, name, tones).cell_len for row in readable), default=0) for name in self.kind.columns
        ]
        self._widths = self._fitting(longest)

    def _heading_line(self, _place: int, _width: int) -> Text:
        return self._laid_out([plain_line(label_of(self.kind, name)) for name in self.kind.columns])

    def _line(self, place: int, _width: int) -> Text:
        tones = Tones(self.app)
        return self._laid_out([self._cell(self.rows_shown[place], name, tones) for name in self.kind.columns])

    def _laid_out(self, cells: Sequence[Text]) -> Text:
        told = []
        for text, width in zip(cells, self._widths, strict=True):
            if width:
                text.truncate(width, overflow="ellipsis", pad=True)
                told += [plain(" "), text, plain(" ")]
        return joined(*told)

    def _cell(self, row: Row, name: str, tones: Tones) -> Text:
        if not isinstance(row, View):
            told = {"ref": f"{BROKEN} {row.ref}", "title": f"cannot be read: {row.path}, line {row.line}: {row.reason}"}
            return plain_line(told.get(name, ""), tones.bad)
        if name == "ref":
            ref = plain_line(row.ref[self._short :], "strike" if row.withdrawn else "bold")
            marks = f"{f'{BY_HAND} ' if row.mark else ''}{f'{EMBARGO} ' if embargoed(row) else ''}"
            return joined(plain(marks, tones.soon), ref) if marks else ref
        return cell(row, name, tones)

    def _fitting(self, longest: Sequence[int]) -> list[int]:
        """Return each column's width; 0 leaves out the last ones that do not fit."""
        names = self.kind.columns
        room = (self.size.width or self.app.size.width) - 1
        wanted = [
            min(max(length, len(label_of(self.kind, name))), WIDEST if name != "title" else 90)
            for name, length in zip(names, longest, strict=True)
        ]
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


def _shared_prefix(rows: Sequence[Row]) -> int:
    """Return how long the part of the references is that all rows share, up to their last "/"."""
    prefixes = {row.ref.rpartition("/")[0] for row in rows if isinstance(row, View)}
    only = next(iter(prefixes)) if len(prefixes) == 1 else ""
    return len(only) + 1 if only else 0
