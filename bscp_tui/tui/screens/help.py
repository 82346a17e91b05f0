"""Help: every command with its key, found by typing; from the commands' own words."""

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Input

from bscp_tui.tui import commands as c
from bscp_tui.tui.safe_text import grid, plain
from bscp_tui.tui.screens.base import Hosted
from bscp_tui.tui.widgets.typing_fields import LineField
from bscp_tui.tui.widgets.words import Words

MOVING = (
    "Arrows, j and k move; g and G go to the first and last; Tab goes to the next part; the mouse works everywhere."
)


class HelpScreen(Hosted, ModalScreen[None]):
    """Lists the commands of the screen before, and those that work everywhere."""

    commands: ClassVar[tuple[type[c.Command], ...]] = (c.Back,)
    BINDINGS: ClassVar[list[BindingType]] = c.bindings_of(commands)
    AUTO_FOCUS = "#find-help"

    def __init__(self, here: Sequence[type[c.Command]], everywhere: Sequence[type[c.Command]]) -> None:
        """List ``here`` first, then ``everywhere``."""
        super().__init__(classes="change")
        self._listed = list(dict.fromkeys([*here, *everywhere]))

    def compose(self) -> ComposeResult:
        """Lay out the field and the list."""
        with Vertical(classes="dialog"):
            yield Words(plain("Help", "bold"), classes="heading")
            yield LineField(placeholder="type part of a command", id="find-help", compact=True)
            with VerticalScroll():
                yield Words(id="help-text")
            yield Words(plain(MOVING, "dim"))

    def on_mount(self) -> None:
        """List all."""
        self._show("")

    @on(Input.Changed)
    def typed(self, event: Input.Changed) -> None:
        """List those that have the typed words."""
        self._show(event.value.lower())

    def action_back(self) -> None:
        """Close."""
        self.dismiss()

    def _show(self, wanted: str) -> None:
        lines = []
        for command in self._listed:
            if wanted in f"{command.label()} {command.help()} {command.key}".lower():
                key = plain(command.key_said() or "ctrl+p", "bold")
                lines.append((key, plain(command.label()), plain(command.help(), "dim")))
        self.query_one("#help-text", Words).say(grid(lines, 8, 19))
