"""A small dialog in which one of several lines is chosen."""

from collections.abc import Sequence
from typing import ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen
from textual.widgets import OptionList

from bscp_tui.tui import commands as c
from bscp_tui.tui.safe_text import plain
from bscp_tui.tui.screens.base import Hosted
from bscp_tui.tui.widgets.command_button import CommandButton
from bscp_tui.tui.widgets.words import Choice, Line, Lines, Words


class ChooseDialog(Hosted, ModalScreen[object]):
    """Asks to choose; answers with what the line means, None where nothing was chosen."""

    commands: ClassVar[tuple[type[c.Command], ...]] = (c.Back,)
    BINDINGS: ClassVar[list[BindingType]] = c.bindings_of(commands)

    def __init__(self, heading: Text, lines: Sequence[Line], at: object = None, *, told: str = "") -> None:
        """Offer ``lines``, the cursor on the one that means ``at``; ``told`` stands below them."""
        super().__init__(classes="change")
        self._heading, self._lines, self._at = heading, lines, at
        self._told = told

    def compose(self) -> ComposeResult:
        """Lay out the lines."""
        with Vertical(classes="dialog"):
            yield Words(self._heading, classes="heading")
            yield Lines(self._lines, id="choices-offered")
            if self._told:
                yield Words(plain(self._told, self.tones.quiet), classes="told")
            with Horizontal(classes="buttons"):
                yield CommandButton(c.Back, "Close")
                yield Words(plain("Enter or a click chooses", self.tones.quiet))

    def on_mount(self) -> None:
        """Stand on what holds now."""
        lines = self.query_one(Lines)
        lines.highlighted = next((place for place, line in enumerate(self._lines) if line.means == self._at), 0)

    @on(OptionList.OptionSelected)
    def chosen(self, event: OptionList.OptionSelected) -> None:
        """Answer with it."""
        self.dismiss(event.option.means if isinstance(event.option, Choice) else None)

    def action_back(self) -> None:
        """Answer nothing."""
        self.dismiss(None)
