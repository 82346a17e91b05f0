"""What asks why a text that looks like somebody's particulars may stand."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen
from textual.widgets import Button, Input

from bscp_tui.tui import commands as c
from bscp_tui.tui.safe_text import plain
from bscp_tui.tui.screens.base import Hosted, after_typing
from bscp_tui.tui.screens.change import Asked
from bscp_tui.tui.widgets.typing_fields import LineField
from bscp_tui.tui.widgets.words import Words


class ParticularsDialog(Hosted, ModalScreen[str | None]):
    """Shows where the text was stopped, and asks for a reason to go on; without one it is changed."""

    commands: ClassVar[tuple[type[c.Command], ...]] = (c.Record, c.Back)
    BINDINGS: ClassVar[list[BindingType]] = c.bindings_of(commands)

    def __init__(self, told: str) -> None:
        """Say what was stopped, and where."""
        super().__init__(classes="change")
        self._told = told

    def compose(self) -> ComposeResult:
        """Lay out what was found, and the reason."""
        with Vertical(classes="dialog"):
            yield Words(plain("This looks like somebody's particulars", "bold"), classes="heading")
            yield Words(plain(self._told))
            yield Asked(
                plain("It may stand"), LineField(placeholder="why; recorded, without the text", id="why", compact=True)
            )
            with Horizontal(classes="buttons"):
                yield Button("Go on  ctrl+s", id="record", variant="warning", compact=True)
                yield Button("Change the text  esc", id="close", compact=True)

    @on(Input.Submitted)
    def entered(self) -> None:
        """Go on with the reason."""
        self.action_record()

    @on(Button.Pressed)
    def pressed(self, event: Button.Pressed) -> None:
        """Do what the button says."""
        if event.button.id == "record":
            self.action_record()
        else:
            self.action_back()

    def action_record(self) -> None:
        """Go on, where a reason is typed."""
        after_typing(self, self._take)

    def _take(self) -> None:
        reason = self.query_one("#why", Input).value.strip()
        if reason:
            self.dismiss(reason)

    def action_back(self) -> None:
        """Go back to the text."""
        self.dismiss(None)
