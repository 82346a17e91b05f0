"""A list of records: columns as chosen, fitted to the width there is; groups that fold; rows that are marked."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from rich.text import Text
from textual import events
from textual.message import Message

from bscp_tui.model.audience import embargoed
from bscp_tui.model.record import Kind
from bscp_tui.model.view import View
from bscp_tui.tui.arranging import Arrangement, Group
from bscp_tui.tui.safe_text import joined, plain, plain_line
from bscp_tui.tui.session import Row
from bscp_tui.tui.telling import BROKEN, BY_HAND, EMBARGO, cell, label_of
from bscp_tui.tui.tones import Tones
from bscp_tui.tui.widgets.fitting import NARROWEST, PADDING, fitted
from bscp_tui.tui.widgets.virtual_list import VirtualList

MEASURED = 100  # rows by which columns are fitted; of a longer list every so many-th
MARKED, UPWARDS, DOWNWARDS, OPEN, FOLDED = "✓", "▲", "▼", "▾", "▸"


@dataclass(frozen=True)
class Heading:
    """The line above a group."""

    name: str
    count: int
    folded: bool


class RecordTable(VirtualList):
    """Rows of one kind; the cursor is a whole row."""

    class HeadingChosen(Message):
        """A column's heading was clicked."""

        def __init__(self, name: str) -> None:
            """Say which."""
            super().__init__()
            self.name = name

    class Widened(Message):
        """A column was given another width."""

        def __init__(self, name: str, width: int) -> None:
            """Say which, and how wide it is now."""
            super().__init__()
            self.name, self.width = name, width

    def __init__(self, kind: Kind, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        """Show records of ``kind``."""
        super().__init__(id=id)
        self.kind = kind
        self.arrangement = Arrangement(kind.columns)
        self.rows_shown: list[Row] = []
        self.marked: set[str] = set()
        self._groups: Sequence[Group] = ()
        self._folded: set[str] = set()
        self._lines: list[Row | Heading] = []
        self._wanted: str | None = None
        self._fitted = 0
        self._widths: list[int] = []
        self._short = 0
        self._dragged: int | None = None

    @property
    def current(self) -> Row | None:
        """The row that the cursor is on."""
        if self._wanted is not None:
            return next((row for row in self.rows_shown if row.ref == self._wanted), None)
        line = self._under_cursor
        return None if isinstance(line, Heading) else line

    @property
    def groups(self) -> Sequence[Group]:
        """The rows as they are grouped, those of folded groups too."""
        return self._groups

    @property
    def on_heading(self) -> bool:
        """Whether the cursor is on a group's heading."""
        return isinstance(self._under_cursor, Heading)

    @property
    def left_out(self) -> list[str]:
        """The columns for which there is no room."""
        shown = zip(self.arrangement.columns, self._widths, strict=False)
        return [name for name, width in shown if not width]

    @property
    def widths(self) -> dict[str, int]:
        """How wide each column is shown."""
        return dict(zip(self.arrangement.columns, self._widths, strict=False))

    @property
    def marked_rows(self) -> list[View]:
        """The marked rows that are shown, in their order."""
        return [row for row in self.rows_shown if isinstance(row, View) and row.ref in self.marked]

    def show_groups(self, groups: Sequence[Group], arrangement: Arrangement, at: str | None = None) -> None:
        """Show groups of rows, arranged; the cursor on the one whose reference is ``at``, else where it was."""
        keep = at or self._wanted or (self.current.ref if self.current else None)
        self._groups, self.arrangement = groups, arrangement
        self.rows_shown = list({id(row): row for group in groups for row in group.rows}.values())
        if not self.size.width:
            self._wanted = keep  # there is no room to fit columns to yet; the first resize fills the table
            return
        self._wanted = None
        self._fit()
        self._lay_out(keep)

    def mark(self, *, onwards: int = 0) -> None:
        """Mark the row under the cursor, or let it go; on a heading the whole group.

        Args:
            onwards: How many lines to go on first: the row that is left and the one that is come to are both marked.

        """
        if onwards:
            rows = [self.current]
            self.cursor += onwards
            self._set_marked(self.marked | {row.ref for row in (*rows, self.current) if isinstance(row, View)})
        else:
            refs = {row.ref for row in self._at_cursor() if isinstance(row, View)}
            self._set_marked(self.marked - refs if refs <= self.marked else self.marked | refs)

    def mark_all(self) -> None:
        """Mark every row that is shown, or let all go where they are marked already."""
        refs = {row.ref for row in self.rows_shown if isinstance(row, View)}
        self._set_marked(set() if refs <= self.marked else refs)

    def let_go(self) -> None:
        """Let every marked row go."""
        self._set_marked(set())

    def fold(self) -> None:
        """Fold the group under the cursor, or unfold it."""
        heading = self._under_cursor
        if isinstance(heading, Heading):
            self._folded ^= {heading.name}
            self._lay_out(None)

    def fold_all(self) -> None:
        """Fold every group, or unfold all where they are folded already; the cursor stays with its group."""
        names = {group.name for group in self._groups}
        heading = next((line for line in reversed(self._lines[: self.cursor + 1]) if isinstance(line, Heading)), None)
        self._folded = set() if names <= self._folded else names
        self._lay_out(None)
        if heading is not None:
            places = (place for place, line in enumerate(self._lines) if isinstance(line, Heading))
            self.cursor = next((place for place in places if self._named(place) == heading.name), 0)

    def action_select(self) -> None:
        """Open the row under the cursor; a heading folds its group."""
        if self.on_heading:
            self.fold()
        else:
            super().action_select()

    def on_resize(self) -> None:
        """Fit the columns to the new width."""
        if self.size.width and self.size.width != self._fitted:
            self._fitted = self.size.width
            self.show_groups(self._groups, self.arrangement)

    def on_click(self, event: events.Click) -> None:
        """Mark a row with ctrl, or by its place for the mark; sort by a column whose heading is clicked."""
        if event.y:
            if event.ctrl or (event.x < self._mark_room and event.y + int(self.scroll_offset.y) <= self.count):
                event.prevent_default()
                self.cursor = int(self.scroll_offset.y) + event.y - 1
                self.mark()
        elif self._dragged is None:
            column = self._column_at(event.x)
            if column is not None:
                self.post_message(self.HeadingChosen(self.arrangement.columns[column]))
        self._dragged = None

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Take hold of a column's right edge."""
        self._dragged = self._edge_at(event.x) if not event.y else None
        if self._dragged is not None:
            self.capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Widen or narrow the column that is held."""
        if self._dragged is None or self.app.mouse_captured is not self:
            return
        left = sum(width + PADDING for width in self._widths[: self._dragged] if width) + self._mark_room
        width = max(NARROWEST, event.x - left - PADDING + 1)
        if width != self._widths[self._dragged]:
            self._set_width(self.arrangement.columns[self._dragged], width)

    def on_mouse_up(self) -> None:
        """Let the column go."""
        if self._dragged is not None:
            self.release_mouse()
            name = self.arrangement.columns[self._dragged]
            self.post_message(self.Widened(name, self._widths[self._dragged]))

    def _set_marked(self, marked: set[str]) -> None:
        room = self._mark_room
        self.marked = marked
        if self._mark_room != room and self._lines:
            self._fit()
        self.refresh()

    def _set_width(self, name: str, width: int) -> None:
        self.arrangement = replace(self.arrangement, widths={**self.arrangement.widths, name: width})
        self._fit()
        self.refresh()

    @property
    def _under_cursor(self) -> Row | Heading | None:
        return self._lines[self.cursor] if 0 <= self.cursor < len(self._lines) else None

    def _named(self, place: int) -> str:
        line = self._lines[place]
        return line.name if isinstance(line, Heading) else ""

    def _at_cursor(self) -> Sequence[Row]:
        """Return the row under the cursor, on a heading those of its group."""
        line = self._under_cursor
        if isinstance(line, Heading):
            return next((group.rows for group in self._groups if group.name == line.name), ())
        return [line] if line is not None else []

    def _lay_out(self, keep: str | None) -> None:
        """Put headings and rows below each other, the cursor on the row ``keep``, else in its place."""
        self._lines = []
        for group in self._groups:
            folded = group.name in self._folded
            if group.name:
                self._lines.append(Heading(group.name, len(group.rows), folded))
            if not (group.name and folded):
                self._lines += group.rows
        found = (place for place, line in enumerate(self._lines) if not isinstance(line, Heading) and line.ref == keep)
        place = next(found, self.cursor) if keep is not None else self.cursor
        self.show_lines(len(self._lines), self._line, self._heading_line, place)

    def _fit(self) -> None:
        """Work out the columns' widths from what is shown."""
        self._short = _shared_prefix(self.rows_shown)
        measured = self.rows_shown[:: max(1, len(self.rows_shown) // MEASURED)]
        readable = [row for row in measured if isinstance(row, View)] or measured
        tones, names = Tones(self.app), self.arrangement.columns
        longest = [max((self._cell(row, name, tones).cell_len for row in readable), default=0) for name in names]
        labels = [len(self._label(name)) for name in names]
        room = (self.size.width or self.app.size.width) - 1 - self._mark_room
        self._widths = fitted(names, longest, labels, self.arrangement.widths, room)

    @property
    def _mark_room(self) -> int:
        """How many cells the marks take; none where nothing is marked."""
        return 2 if self.marked else 0

    def _label(self, name: str) -> str:
        label = label_of(self.kind, name)
        if name != (self.arrangement.sort or "ref"):
            return label
        return f"{label} {DOWNWARDS if self.arrangement.descending else UPWARDS}" if self._is_sorted else label

    @property
    def _is_sorted(self) -> bool:
        return bool(self.arrangement.sort or self.arrangement.descending)

    def _heading_line(self, _place: int, _width: int) -> Text:
        told = self._laid_out([plain_line(self._label(name)) for name in self.arrangement.columns])
        return joined(plain(" " * self._mark_room), told)

    def _line(self, place: int, _width: int) -> Text:
        tones, row = Tones(self.app), self._lines[place]
        if isinstance(row, Heading):
            name = plain_line(f" {FOLDED if row.folded else OPEN} {row.name}", tones.accent)
            return joined(name, plain(f"  {row.count:,}", tones.quiet))
        told = self._laid_out([self._cell(row, name, tones) for name in self.arrangement.columns])
        mark = plain(f"{MARKED if row.ref in self.marked else ' '} ", tones.accent) if self.marked else plain("")
        return joined(mark, told)

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

    def _column_at(self, x: int) -> int | None:
        """Return the column whose heading stands at ``x``."""
        left = self._mark_room
        for place, width in enumerate(self._widths):
            if width and left <= x < left + width + PADDING:
                return place
            left += width + PADDING if width else 0
        return None

    def _edge_at(self, x: int) -> int | None:
        """Return the column whose right edge stands at ``x``."""
        right = self._mark_room
        for place, width in enumerate(self._widths):
            right += width + PADDING if width else 0
            if width and x == right - 1:
                return place
        return None


def _shared_prefix(rows: Sequence[Row]) -> int:
    """Return how long the part of the references is that all rows share, up to their last "/"."""
    prefixes = {row.ref.rpartition("/")[0] for row in rows if isinstance(row, View)}
    only = next(iter(prefixes)) if len(prefixes) == 1 else ""
    return len(only) + 1 if only else 0
