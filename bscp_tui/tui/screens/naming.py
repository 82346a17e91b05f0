"""A dialog that asks for a name."""

from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Button, Input

from bscp_tui.tui.safe_text import plain
from bscp_tui.tui.screens.taking import TakingDialog
from bscp_tui.tui.widgets.asked import Asked
from bscp_tui.tui.widgets.typing_fields import LineField
from bscp_tui.tui.widgets.words import Words


class NameDialog(TakingDialog[str]):
    """Asks for a name; answers with it, None where none was given."""

    enter_takes: ClassVar[bool] = True

    def __init__(self, heading: Text, told: Text) -> None:
        """Ask under ``heading``; ``told`` says what the name is for."""
        super().__init__(classes="change")
        self._heading, self._told = heading, told

    def compose(self) -> ComposeResult:
        """Lay out the field."""
        with Vertical(classes="dialog"):
            yield Words(self._heading, classes="heading")
            yield Words(self._told)
            yield Asked(plain("Name"), LineField(id="name", compact=True))
            yield Words(id="sentence")
            with Horizontal(classes="buttons"):
                yield Button("Keep  ctrl+s", id="record", variant="primary", compact=True)
                yield Button("Close  esc", id="close", compact=True)

    def take(self) -> None:
        """Answer with what is typed."""
        name = self.query_one("#name", Input).value.strip()
        if any(character.isalnum() for character in name):
            self.dismiss(name)
        else:
            self.query_one("#sentence", Words).say(plain("A name needs a letter or a digit."))
