"""A list of any length: only the lines in sight are made, so that a hundred thousand cost what thirty do."""

from collections.abc import Callable
from typing import ClassVar

from rich.text import Text
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from bscp_tui.tui.safe_text import plain
from bscp_tui.tui.widgets.words import MOVES, under_cursor

SOON = 100  # lines before the end at which more are asked for
Draw = Callable[[int, int], Text]  # (place, width in cells) to the line


class VirtualList(ScrollView, can_focus=True):
    """Lines to move along with arrows, j/k, g/G or the mouse, below a heading that stays; Enter chooses one."""

    # A line is never wider than the list: without this, a vertical scrollbar would call a horizontal one.
    DEFAULT_CSS = "VirtualList { overflow-x: hidden; overflow-y: auto; }"
    COMPONENT_CLASSES: ClassVar[set[str]] = {"virtual-list--cursor", "virtual-list--heading"}
    BINDINGS: ClassVar[list[BindingType]] = [
        *MOVES,
        Binding("down", "cursor_down", show=False),
        Binding("up", "cursor_up", show=False),
        Binding("pagedown", "page(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("home", "first", show=False),
        Binding("end", "last", show=False),
        Binding("enter", "select", "open", key_display="enter"),
    ]

    cursor = reactive(0)

    class Highlighted(Message):
        """The cursor moved, or other lines are shown."""

        def __init__(self, place: int) -> None:
            """Say where it is now, -1 where there are no lines."""
            super().__init__()
            self.place = place

    class Selected(Message):
        """A line was chosen."""

        def __init__(self, place: int) -> None:
            """Say which."""
            super().__init__()
            self.place = place

    class NearEnd(Message):
        """The cursor comes near the end of the lines."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        """Begin with no lines."""
        super().__init__(id=id)
        self.count = 0
        self._heading: Draw | None = None
        self._draw: Draw = lambda _place, _width: plain("")

    def show_lines(self, count: int, draw: Draw, heading: Draw | None = None, at: int = 0) -> None:
        """Show ``count`` lines, each made by ``draw`` when it comes into sight, the cursor at ``at``."""
        self.count, self._draw, self._heading = count, draw, heading
        self._measure()
        self.cursor = max(0, min(at, count - 1))
        self._into_sight()
        self.refresh()
        self.post_message(self.Highlighted(self.cursor if count else -1))

    def render_line(self, y: int) -> Strip:
        """Make the line at ``y`` of the visible part."""
        width, top = self.size.width, self._top
        if y < top and self._heading is not None:
            return self._strip(self._heading(0, width), "virtual-list--heading")
        place = int(self.scroll_offset.y) + y - top
        if not 0 <= place < self.count:
            return Strip.blank(width, self.rich_style)
        return self._strip(self._draw(place, width), "virtual-list--cursor" if place == self.cursor else None)

    def validate_cursor(self, cursor: int) -> int:
        """Keep the cursor among the lines."""
        return max(0, min(cursor, self.count - 1))

    def watch_cursor(self, old: int, new: int) -> None:
        """Show the line under the cursor, and tell."""
        if old != new:
            self._into_sight()
            self.refresh()
            self.post_message(self.Highlighted(new))
            self._tell_if_near_end(new)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Ask for more also where the wheel leads near the end; where the cursor led there, that was asked already."""
        super().watch_scroll_y(old_value, new_value)
        if new_value > old_value and self.cursor < self.count - SOON:
            self._tell_if_near_end(int(new_value) + self.size.height)

    def on_resize(self) -> None:
        """Keep the cursor in sight."""
        self._measure()
        self.call_after_refresh(self._into_sight)

    def on_click(self, event: events.Click) -> None:
        """Move the cursor to the line; choose it when the cursor stood there already."""
        place = int(self.scroll_offset.y) + event.y - self._top
        if event.y < self._top or not 0 <= place < self.count:
            return
        if place == self.cursor:
            self.action_select()
        self.cursor = place

    def action_cursor_down(self) -> None:
        """Move to the next line."""
        self._go(self.cursor + 1)

    def action_cursor_up(self) -> None:
        """Move to the line before."""
        self.cursor -= 1

    def action_page(self, step: int) -> None:
        """Move by as many lines as are in sight."""
        self._go(self.cursor + step * max(1, self.size.height - self._top - 1))

    def action_first(self) -> None:
        """Move to the first line."""
        self.cursor = 0

    def action_last(self) -> None:
        """Move to the last line."""
        self._go(self.count - 1)

    def action_select(self) -> None:
        """Choose the line under the cursor."""
        if self.count:
            self.post_message(self.Selected(self.cursor))

    @property
    def _top(self) -> int:
        """How many lines the heading takes."""
        return int(self._heading is not None)

    def _go(self, place: int) -> None:
        """Move to a line; where the cursor stands there already, what follows may have been folded into it."""
        before = self.cursor
        self.cursor = place
        if self.cursor == before:
            self._tell_if_near_end(place)

    def _tell_if_near_end(self, seen: int) -> None:
        if seen >= self.count - SOON:
            self.post_message(self.NearEnd())

    def _measure(self) -> None:
        self.virtual_size = Size(self.size.width, self.count + self._top)

    def _into_sight(self) -> None:
        room = self.size.height - self._top
        first = int(self.scroll_offset.y)
        if room <= 0:
            return
        if self.cursor < first:
            self.scroll_to(y=self.cursor, animate=False, immediate=True)
        elif self.cursor >= first + room:
            self.scroll_to(y=self.cursor - room + 1, animate=False, immediate=True)

    def _strip(self, line: Text, component: str | None) -> Strip:
        line = line.copy()
        line.truncate(self.size.width, overflow="ellipsis", pad=True)
        style = self.get_component_rich_style(component) if component else self.rich_style
        strip = Strip(line.render(self.app.console)).apply_style(style).adjust_cell_length(self.size.width, style)
        on_own_ground = component == "virtual-list--cursor" and style.bgcolor != self.rich_style.bgcolor
        return under_cursor(strip, style) if on_own_ground and self.has_focus else strip
