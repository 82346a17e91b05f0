"""A field with its label."""

from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widget import Widget

from bscp_tui.tui.widgets.words import Words


class Asked(Horizontal):
    """A field with its label; a click on the label goes to the field."""

    def __init__(self, label: Text, field: Widget) -> None:
        """Place ``label`` before ``field``."""
        super().__init__(classes="asked")
        self._label, self._field = Words(label, classes="label"), field

    def compose(self) -> ComposeResult:
        """Place both."""
        yield self._label
        yield self._field

    def on_click(self, event: events.Click) -> None:
        """Go to the field from its label."""
        if event.widget is self._label:
            self.screen.set_focus(self._field)
