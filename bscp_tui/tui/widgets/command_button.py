"""A command of a dialog that the mouse presses; the keyboard has its key, so that Tab passes it by."""

from textual.content import Content
from textual.widgets import Button

from bscp_tui.tui.command import Command


class CommandButton(Button, can_focus=False):
    """A word with its key."""

    def __init__(self, command: type[Command], said: str, *, where: str = "screen") -> None:
        """Say what ``command`` does here; ``where`` it is carried out: by the screen, or by the "app"."""
        label = Content(f"{said}  {command.key_said()}")
        super().__init__(label, action=f"{where}.{command.action()}", compact=True)
