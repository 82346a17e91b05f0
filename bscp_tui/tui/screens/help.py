"""Help: what this screen is for, and every command with its key; found by typing, done with Enter."""

from collections.abc import Sequence
from typing import ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList

from bscp_tui.tui import commands as c
from bscp_tui.tui.safe_text import joined, plain, stacked
from bscp_tui.tui.screens.base import Hosted
from bscp_tui.tui.widgets.command_button import CommandButton
from bscp_tui.tui.widgets.typing_fields import LineField
from bscp_tui.tui.widgets.words import Choice, Line, Lines, Words

MOVING = (
    "Arrows, j and k move; g and G go to the first and last; Tab goes to the next part; the mouse works everywhere."
)
KEY, NAME = 8, 24


class HelpScreen(Hosted, ModalScreen[None]):
    """Tells what the screen before is for, and lists its commands and those that work everywhere; Enter does one."""

    commands: ClassVar[tuple[type[c.Command], ...]] = (c.Back,)
    BINDINGS: ClassVar[list[BindingType]] = [
        *c.bindings_of(commands),
        Binding("down", "move(1)", show=False, priority=True),
        Binding("up", "move(-1)", show=False, priority=True),
    ]
    is_help = True
    AUTO_FOCUS = "#find-help"

    def __init__(
        self, about: str, same: str, here: Sequence[type[c.Command]], everywhere: Sequence[type[c.Command]]
    ) -> None:
        """Say ``about`` of the screen and what says the ``same``, list ``here`` first, then ``everywhere``."""
        super().__init__(classes="change")
        self._about, self._same = about, same
        self._listed = list(dict.fromkeys([*here, *everywhere]))

    def compose(self) -> ComposeResult:
        """Lay out what the screen is for, the field and the list."""
        with Vertical(classes="dialog"):
            yield Words(
                stacked(plain("Help", "bold"), plain(self._about), plain(self._same, self.tones.quiet)), id="about"
            )
            yield LineField(placeholder="type part of a command; enter does it", id="find-help", compact=True)
            yield Lines(id="help-list")
            yield Words(plain(MOVING, self.tones.quiet))
            with Horizontal(classes="buttons"):
                yield CommandButton(c.Back, "Close")

    def on_mount(self) -> None:
        """List all."""
        self._show("")

    @on(Input.Changed)
    def typed(self, event: Input.Changed) -> None:
        """List those that have the typed words."""
        self._show(event.value.lower())

    @on(Input.Submitted)
    def entered(self) -> None:
        """Do the highlighted command."""
        self.query_one(Lines).action_select()

    @on(OptionList.OptionSelected)
    def chosen(self, event: OptionList.OptionSelected) -> None:
        """Close, and do the command on the screen before."""
        command = event.option.means if isinstance(event.option, Choice) else None
        if self.is_active and isinstance(command, type) and issubclass(command, c.Command):
            self.dismiss()
            self.host.call_later(self.host.do, command)

    def action_move(self, by: int) -> None:
        """Move in the list while the field keeps what is typed."""
        lines = self.query_one(Lines)
        if by > 0:
            lines.action_cursor_down()
        else:
            lines.action_cursor_up()

    def action_back(self) -> None:
        """Close."""
        self.dismiss()

    def _show(self, wanted: str) -> None:
        fitting = [command for command in self._listed if self._has(command, wanted.split())]
        lines = [Line(self._told(command), command) for command in fitting]
        found = self.query_one(Lines)
        found.show_lines(lines or [Line(plain("No command has these words."), disabled=True)])
        found.highlighted = 0 if lines else None

    def _has(self, command: type[c.Command], words: Sequence[str]) -> bool:
        told = f"{command.label()} {command.help()} {self.host.key_of(command)}".lower()
        return all(word in told for word in words)

    def _told(self, command: type[c.Command]) -> Text:
        key = plain(f"{self.host.key_of(command) or 'ctrl+p':<{KEY}}", "bold")
        return joined(key, plain(f"{command.label():<{NAME}} "), plain(command.help(), self.tones.quiet))
