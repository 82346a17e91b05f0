"""Keys: which key does what, and giving a command another one."""

from typing import ClassVar

from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen
from textual.widgets import OptionList

from bscp_tui.tui import commands as c
from bscp_tui.tui.all_commands import every_command
from bscp_tui.tui.preferring import FIXED, why_not
from bscp_tui.tui.safe_text import joined, plain
from bscp_tui.tui.screens.base import Hosted, RegisterScreen, TopLine
from bscp_tui.tui.widgets.command_button import CommandButton
from bscp_tui.tui.widgets.foot import Foot
from bscp_tui.tui.widgets.words import Choice, Line, Lines, Words

KEY, NAME = 10, 34


class KeysScreen(RegisterScreen):
    """Every command whose key can be another one."""

    commands: ClassVar[tuple[type[c.Command], ...]] = (c.ChangeKey, c.OwnKey, c.Back, c.Home)
    BINDINGS: ClassVar[list[BindingType]] = c.bindings_of((c.OwnKey, c.Back, c.Home))
    AUTO_FOCUS = "#list"

    def compose(self) -> ComposeResult:
        """Lay out the commands."""
        yield TopLine(plain("Keys", "bold"), plain("kept for you on this computer, in every register"))
        yield Lines(self._lines(), id="list")
        yield Foot()

    def on_mount(self) -> None:
        """Stand on the first."""
        super().on_mount()
        self.query_one(Lines).highlighted = 0

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Ask for the new key of a command."""
        if isinstance(event.option, Choice) and isinstance(event.option.means, type):
            self._ask(event.option.means)

    def action_change_key(self) -> None:
        """Give the command under the cursor another key."""
        self.query_one(Lines).action_select()

    def action_own_key(self) -> None:
        """Give the command under the cursor its own key back."""
        lines = self.query_one(Lines)
        command = lines.meant(lines.highlighted)
        if isinstance(command, type) and issubclass(command, c.Command):
            self._give(command, None)

    def _ask(self, command: type[c.Command]) -> None:
        def take(key: str | None) -> None:
            if key is not None:
                self._give(command, key)

        self.app.push_screen(KeyDialog(command), take)

    def _give(self, command: type[c.Command], key: str | None) -> None:
        self.host.choose(self.host.preferences.with_key(command.name(), key))
        self.query_one(Lines).show_lines(self._lines())

    def _lines(self) -> list[Line]:
        offered = [command for command in every_command() if command.key and not set(command.key.split(",")) & FIXED]
        return [self._line(command) for command in sorted(offered, key=lambda one: one.label())]

    def _line(self, command: type[c.Command]) -> Line:
        changed = command.name() in self.host.preferences.keys
        told: Text = plain(f"{self.host.key_of(command):<{KEY}}", "bold")
        own = plain(f"(its own: {command.key_said()})  " if changed else "", self.tones.soon)
        name = plain(f"{command.label():<{NAME}}")
        return Line(joined(told, name, own, plain(command.help(), self.tones.quiet)), command)


class KeyDialog(Hosted, ModalScreen[str | None]):
    """Waits for the key that a command shall have."""

    def __init__(self, command: type[c.Command]) -> None:
        """Wait for the new key of ``command``."""
        super().__init__(classes="change")
        self._command = command

    def compose(self) -> ComposeResult:
        """Lay out the question."""
        with Vertical(classes="dialog"):
            yield Words(plain(f"{self._command.label()}: press its new key", "bold"), classes="heading")
            yield Words(plain(self._command.help()))
            yield Words(plain(f"Now it is {self.host.key_of(self._command)}. Esc leaves it so."), id="sentence")
            with Horizontal(classes="buttons"):
                yield CommandButton(c.Back, "Close")

    def on_key(self, event: events.Key) -> None:
        """Take the key, or say why it cannot be taken."""
        event.stop()
        event.prevent_default()
        if event.key == "escape":
            self.action_back()
            return
        why = why_not(self._command, event.key, self.host.preferences)
        if why:
            self.query_one("#sentence", Words).say(plain(f"{why} Press another, or esc."))
        else:
            self.dismiss(event.key)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Let no command of the program hear the key that is asked for."""
        del parameters
        return action == c.Back.action()

    def action_back(self) -> None:
        """Leave the key as it is."""
        self.dismiss(None)
