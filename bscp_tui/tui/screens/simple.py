"""Small screens: a message, a question, who you are."""

from collections.abc import Callable
from typing import ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.screen import ModalScreen, Screen
from textual.widgets import Button, Input

from bscp_tui.model.text import TypedTextError
from bscp_tui.store.identity import Identity, checked
from bscp_tui.tui import commands as c
from bscp_tui.tui.safe_text import plain
from bscp_tui.tui.screens.base import Hosted
from bscp_tui.tui.screens.taking import TakingDialog
from bscp_tui.tui.widgets.asked import Asked
from bscp_tui.tui.widgets.command_button import CommandButton
from bscp_tui.tui.widgets.typing_fields import LineField
from bscp_tui.tui.widgets.words import Words


class MessageScreen(Hosted, Screen[None]):
    """Says what is wrong and what to do; there is nothing else to see."""

    commands: ClassVar[tuple[type[c.Command], ...]] = ()
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,enter", "app.quit", show=False)]

    def __init__(self, heading: Text, text: Text) -> None:
        """Show ``heading`` and ``text``."""
        super().__init__()
        self._heading, self._text = heading, text

    def compose(self) -> ComposeResult:
        """Lay out the message."""
        with Vertical(classes="dialog message"):
            yield Words(self._heading, classes="heading")
            with VerticalScroll():
                yield Words(self._text)
            with Horizontal(classes="buttons"):
                yield CommandButton(c.Quit, "Leave", where="app")


class ConfirmDialog(Hosted, ModalScreen[bool]):
    """Asks whether to do something that cannot be taken back."""

    commands: ClassVar[tuple[type[c.Command], ...]] = (c.Back,)
    BINDINGS: ClassVar[list[BindingType]] = c.bindings_of(commands)
    AUTO_FOCUS = "#no"

    def __init__(self, heading: Text, text: Text) -> None:
        """Ask ``heading``, explained by ``text``."""
        super().__init__(classes="change")
        self._heading, self._text = heading, text

    def compose(self) -> ComposeResult:
        """Lay out the question."""
        with Vertical(classes="dialog"):
            yield Words(self._heading, classes="heading")
            yield Words(self._text)
            with Horizontal(classes="buttons"):
                yield Button("Yes", id="yes", variant="warning", compact=True)
                yield Button("No  esc", id="no", compact=True)

    @on(Button.Pressed)
    def pressed(self, event: Button.Pressed) -> None:
        """Answer."""
        self.dismiss(event.button.id == "yes")

    def action_back(self) -> None:
        """Answer no."""
        self.dismiss(False)  # noqa: FBT003 - the answer


class IdentityDialog(TakingDialog[Identity]):
    """Asks for the name and e-mail that stand in the history, where git knows none."""

    def __init__(self, now: Identity | None = None) -> None:
        """Begin with who it is now."""
        super().__init__()
        self._now = now or Identity("", "")

    def compose(self) -> ComposeResult:
        """Lay out the two fields."""
        with Vertical(classes="dialog"):
            yield Words(plain("Who are you?", "bold"), classes="heading")
            yield Words(plain("Every change in the history carries the name and e-mail of the person who made it."))
            name, email = self._now.name, self._now.email
            yield Asked(plain("Name"), LineField(name, placeholder="your first and last name", id="name", compact=True))
            yield Asked(plain("E-mail"), LineField(email, placeholder="your work address", id="email", compact=True))
            yield Words(id="sentence")
            with Horizontal(classes="buttons"):
                yield Button("Go on  ctrl+s", id="record", variant="primary", compact=True)
                yield Button("Close  esc", id="close", compact=True)

    @on(Input.Submitted)
    def entered(self, event: Input.Submitted) -> None:
        """From the name on to the e-mail, from there on."""
        if event.input.id == "name":
            self.set_focus(self.query_one("#email"))
        else:
            self.action_record()

    def take(self) -> None:
        """Take the two, if they can stand in an entry."""
        try:
            person = checked(self.query_one("#name", Input).value, self.query_one("#email", Input).value)
        except TypedTextError as error:
            self.query_one("#sentence", Words).say(plain(error))
            return
        self.dismiss(person)


class WaitScreen(Hosted, Screen[None]):
    """Shown while the register is being made; then begins with what it waited for."""

    commands: ClassVar[tuple[type[c.Command], ...]] = ()

    def __init__(self, text: Text, begin: Callable[[], None]) -> None:
        """Show ``text`` and call ``begin`` once it stands on the screen."""
        super().__init__()
        self._text, self._begin = text, begin

    def compose(self) -> ComposeResult:
        """Lay out the text."""
        with Vertical(classes="dialog message"):
            yield Words(self._text)

    def on_mount(self) -> None:
        """Begin after the first paint."""
        self.call_after_refresh(self._begin)
