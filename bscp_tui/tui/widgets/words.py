"""Text on the screen, and lists of lines: like Textual's own, but they take cleaned text only."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from rich.console import Group
from rich.segment import Segment
from rich.style import Style
from rich.table import Table
from rich.text import Text
from textual.binding import Binding, BindingType
from textual.strip import Strip
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

MOVES: list[BindingType] = [
    Binding("j", "cursor_down", show=False),
    Binding("k", "cursor_up", show=False),
    Binding("g", "first", show=False),
    Binding("G", "last", show=False),
]


def under_cursor(strip: Strip, style: Style) -> Strip:
    """Return a line with all its words in the cursor's own colour: theirs were chosen for another ground."""
    own = Style(color=style.color, dim=False)
    segments = [Segment(part.text, (part.style or Style()) + own, part.control) for part in strip]
    return Strip(segments, strip.cell_length)


class Words(Static):
    """Text that stands still."""

    def __init__(self, text: Text | None = None, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002 - Textual's own name
        """Show ``text``."""
        super().__init__(text or Text(), id=id, classes=classes)
        self.said = text.plain if text else ""

    def say(self, text: Text | Table | Group) -> None:
        """Show ``text`` instead."""
        self.said = text.plain if isinstance(text, Text) else ""
        self.update(text)


@dataclass(frozen=True)
class Line:
    """A line that can be chosen: its text, and what choosing it means."""

    text: Text
    means: object = None
    disabled: bool = False


class Choice(Option):
    """A line as the list holds it; it knows what it means, whatever the list shows by the time it is heard of."""

    def __init__(self, line: Line) -> None:
        """Hold ``line``."""
        super().__init__(line.text, disabled=line.disabled)
        self.means = line.means


class Lines(OptionList):
    """Lines to move along with arrows, j/k, g/G or the mouse; Enter chooses one."""

    BINDINGS: ClassVar[list[BindingType]] = [*MOVES, Binding("enter", "select", "open", key_display="enter")]

    def __init__(self, lines: Iterable[Line] = (), *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002 - Textual's own name
        """Show ``lines``."""
        self.lines = list(lines)
        super().__init__(*self._made(), id=id, classes=classes)

    def show_lines(self, lines: Iterable[Line]) -> None:
        """Show other lines; the cursor stays on the line that means the same, else in its place."""
        at, meant = self.highlighted, self.meant(self.highlighted)
        self.lines = list(lines)
        self.set_options(self._made())
        if at is not None and self.lines:
            same = (place for place, line in enumerate(self.lines) if meant is not None and line.means == meant)
            self.highlighted = next(same, min(at, len(self.lines) - 1))

    def action_page_up(self) -> None:
        """Go up by as many lines as are shown; where a small screen leaves no room for any, nowhere."""
        if self.scrollable_content_region:
            super().action_page_up()  # type: ignore[no-untyped-call]

    def action_page_down(self) -> None:
        """Go down by as many lines as are shown."""
        if self.scrollable_content_region:
            super().action_page_down()  # type: ignore[no-untyped-call]

    def render_line(self, y: int) -> Strip:
        """Draw a line; the one under the cursor in the cursor's colour."""
        strip = super().render_line(y)
        at = self.highlighted
        if not self.has_focus or at is None or self._drawn_at(y) != at or self.options[at].disabled:
            return strip
        style = self.get_visual_style("option-list--option", "option-list--option-highlighted").rich_style
        return under_cursor(strip, style)

    def _drawn_at(self, y: int) -> int | None:
        """Return which line of the list is drawn at ``y`` of the visible part."""
        place = int(self.scroll_offset.y) + y
        return self._lines[place][0] if place < len(self._lines) else None

    def meant(self, index: int | None) -> object:
        """Return what the line at ``index`` means."""
        return self.lines[index].means if index is not None and index < len(self.lines) else None

    def _made(self) -> list[Option]:
        return [Choice(line) for line in self.lines]
