"""The least that a Textual program costs: one line of text."""

from textual.app import App, ComposeResult
from textual.widgets import Static


class Hello(App[None]):
    """Shows one line."""

    def compose(self) -> ComposeResult:
        """Yield the line."""
        yield Static("Hello, world")


Hello().run()
