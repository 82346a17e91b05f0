"""A long list of lines with its filter, and the line under the cursor told whole beside it."""

from abc import abstractmethod
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Container, VerticalScroll
from textual.timer import Timer
from textual.widgets import Input

from bscp_tui.tui.patience import Patience
from bscp_tui.tui.safe_text import plain, plain_line
from bscp_tui.tui.screens.base import RegisterScreen, TopLine
from bscp_tui.tui.widgets.foot import Foot
from bscp_tui.tui.widgets.typing_fields import LineField
from bscp_tui.tui.widgets.virtual_list import VirtualList
from bscp_tui.tui.widgets.words import Words

WAIT = 0.2  # seconds without a key before the filter is asked


class NarrowedScreen(RegisterScreen):
    """A list that a filter narrows; ``/`` goes to the filter, Enter and Esc lead back to the lines."""

    AUTO_FOCUS = "#list"
    heading: ClassVar[str] = ""
    hint: ClassVar[str] = ""

    def __init__(self, filtered: str = "") -> None:
        """Begin with the filter ``filtered``."""
        super().__init__()
        self._first = filtered
        self._timer: Timer | None = None
        self._patience = Patience(self, self.say_count)

    @abstractmethod
    def fetch_lines(self) -> None:
        """Read what the list shows, in a worker thread."""

    @abstractmethod
    def narrow(self) -> None:
        """Show what the filter leaves; asked once the typing rests."""

    @abstractmethod
    def say_count(self, said: str) -> None:
        """Say in the top line how many lines there are, or that they are being read."""

    def compose(self) -> ComposeResult:
        """Lay out the lines, the one under the cursor, the filter."""
        yield TopLine(plain(self.heading, "bold"))
        with Container(id="both"):
            yield VirtualList(id="list")
            with VerticalScroll(id="detail", can_focus=False):
                yield Words(id="told")
        yield Words(id="told-filter")
        yield LineField(self._first, placeholder=self.hint, id="filter", compact=True, select_on_focus=False)
        yield Foot()

    def on_mount(self) -> None:
        """Read the lines."""
        self.set_class(bool(self._first), "-narrowed")
        self.fetch_lines()

    def register_changed(self) -> None:
        """Read the lines anew."""
        self.fetch_lines()

    @on(Input.Changed, "#filter")
    def filtering(self) -> None:
        """Narrow once the typing rests."""
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(WAIT, self.narrow)

    @on(Input.Submitted, "#filter")
    def filtered(self) -> None:
        """Go back to the lines."""
        self.set_focus(self.query_one(VirtualList))

    def action_find(self) -> None:
        """Go to the filter."""
        self.add_class("-narrowed")
        self.set_focus(self.query_one("#filter"))

    def action_back(self) -> None:
        """From the filter: clear it, then to the lines. From the lines: to the screen before."""
        lines, field = self.query_one(VirtualList), self.query_one("#filter", Input)
        if field.has_focus and field.value:
            field.value = ""
            return
        if lines.has_focus:
            super().action_back()
        self.set_class(bool(field.value), "-narrowed")
        self.set_focus(lines)

    @property
    def filter(self) -> str:
        """What stands in the filter."""
        return self.query_one("#filter", Input).value

    def say_why_empty(self, text: str, tone: str = "") -> None:
        """Say why the list is empty, or nothing."""
        self.query_one("#told-filter", Words).say(plain_line(text, tone))
        self.set_class(bool(text), "-told")
