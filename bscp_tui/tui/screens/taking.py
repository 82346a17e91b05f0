"""What small dialogs have that take what is typed: a button that takes it, one that closes, and their keys."""

from abc import abstractmethod
from typing import ClassVar, TypeVar

from textual import on
from textual.binding import BindingType
from textual.screen import ModalScreen
from textual.widgets import Button, Input

from bscp_tui.tui import commands as c
from bscp_tui.tui.screens.base import Hosted, after_typing

T = TypeVar("T")


class TakingDialog(Hosted, ModalScreen[T | None]):
    """A dialog with a button ``record``, which takes what is typed, and another, which leaves."""

    commands: ClassVar[tuple[type[c.Command], ...]] = (c.Record, c.Back)
    BINDINGS: ClassVar[list[BindingType]] = c.bindings_of(commands)
    enter_takes: ClassVar[bool] = False  # whether Enter in a line takes it all

    @abstractmethod
    def take(self) -> None:
        """Take what is typed, or say why it cannot be taken."""

    @on(Button.Pressed)
    def pressed(self, event: Button.Pressed) -> None:
        """Do what the button says."""
        if event.button.id == "record":
            self.action_record()
        else:
            self.action_back()

    @on(Input.Submitted)
    def line_ended(self) -> None:
        """Take it, where one line is all."""
        if self.enter_takes:
            self.action_record()

    def action_record(self) -> None:
        """Take what is typed, once every key on its way has come."""
        after_typing(self, self.take)

    def action_back(self) -> None:
        """Leave, and answer nothing."""
        self.dismiss(None)
