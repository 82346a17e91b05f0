"""What every screen of the register has: its commands, the session, and the line at the top."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar, cast

from rich.text import Text
from textual import events
from textual.await_complete import AwaitComplete
from textual.containers import Horizontal
from textual.message_pump import MessagePump
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input, OptionList, TextArea

from bscp_tui.tui.commands import Command
from bscp_tui.tui.enduring import Surviving
from bscp_tui.tui.safe_text import plain
from bscp_tui.tui.session import Session
from bscp_tui.tui.tones import Tones
from bscp_tui.tui.widgets.words import Words

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from bscp_tui.tui.app import RegisterApp


PAST = "◷"


class TopLine(Horizontal):
    """The line at the top: where one is, and on the right what else is to be known."""

    def __init__(self, left: Text, right: Text | None = None) -> None:
        """Show ``left`` and ``right``."""
        super().__init__()
        self._left, self._right = Words(left, id="top-left"), Words(right, id="top-right")
        self._unsent = Words(id="top-unsent")

    def compose(self) -> "ComposeResult":
        """Place both, and between them what is not sent yet."""
        yield self._left
        yield self._unsent
        yield self._right

    def say(self, left: Text, right: Text) -> None:
        """Show others."""
        self._left.say(left)
        self._right.say(right)

    def say_unsent(self, text: Text) -> None:
        """Show what is not sent yet; nothing takes no room."""
        self._unsent.say(text)
        self._unsent.display = bool(text)


class Hosted(Surviving):
    """What every screen and dialog asks of the application; it outlives a fault of its own."""

    _closes_with: tuple[Any, ...] = ()  # the result of a screen that is over, but not on top

    @property
    def host(self) -> "RegisterApp":
        """The application."""
        return cast("RegisterApp", self.app)

    @property
    def session(self) -> Session:
        """The open register."""
        return self.host.session

    def on_compose(self) -> None:
        """Let a screen know its size before it makes its fields, so that none is given its style twice."""
        if isinstance(self, Screen):
            width, height = self.app.size
            known = self._get_breakpoint_classes(width, self.app.HORIZONTAL_BREAKPOINTS or [])
            known |= self._get_breakpoint_classes(height, self.app.VERTICAL_BREAKPOINTS or [])
            self.update_classes(dict.fromkeys(known, True), update=False)

    def in_plain_text(self) -> str:
        """Return the command that says the same without a screen; people who are read to use that one."""
        return "bscp --help"

    def dismiss(self, result: Any = None) -> AwaitComplete:
        """Close this screen and no other: where others stand above it, once they are gone.

        Keys pressed fast are still handed to a dialog that has closed; Textual would then close whatever is on top.
        """
        screen = cast("Screen[Any]", self)
        if screen.is_active:
            return cast("AwaitComplete", super().dismiss(result))  # type: ignore[misc]
        if screen in self.app.screen_stack:
            self._closes_with = (result,)
        return AwaitComplete()

    def on_screen_resume(self) -> None:
        """Close, where that was waiting for the screens above."""
        if self._closes_with:
            self.call_later(self._close)

    def _close(self) -> None:
        self.dismiss(*self._closes_with)

    @property
    def tones(self) -> Tones:
        """The colours of the theme in use."""
        return Tones(self.app)


def after_typing(screen: Screen[Any], do: Callable[[], object]) -> None:
    """Do something once every field of ``screen`` has taken the keys that are on their way to it.

    A key that records is heard before letters that a field has not taken yet; without this, what
    was typed last and fast would be missing from what is recorded. Letters that begin a text come
    by the widget that had the focus before, and from there by those around it, up to the application.
    """
    fields = (*screen.focus_chain, *screen.query(Input), *screen.query(TextArea), *screen.query(OptionList), screen)
    on_the_way = {widget for field in fields for widget in field.ancestors_with_self if isinstance(widget, Widget)}
    inwards = sorted(on_the_way, key=lambda widget: len(widget.ancestors))
    waiting: list[MessagePump] = [screen.app, *inwards]  # taken from the end: the innermost first

    def then() -> None:
        while waiting:
            if waiting.pop().call_later(then):  # what has gone meanwhile takes no key
                return
        if screen in screen.app.screen_stack:  # whoever left meanwhile wants nothing recorded
            do()

    then()


class RegisterScreen(Hosted, Screen[None]):
    """A screen that shows the register."""

    commands: ClassVar[tuple[type[Command], ...]] = ()

    def on_mount(self) -> None:
        """Say by the frame which day is shown, and above what is not sent yet."""
        self.frame_day()
        self.say_unsent()

    def frame_day(self) -> None:
        """Put a frame around a past day, which says so; around today there is none."""
        moment = self.session.moment
        self.set_class(moment is not None, "-past")
        back = "t today" if moment and moment.position else "t back to today"  # a position names two days
        said = f"{PAST} {moment.shown} · read only · {back}" if moment else ""
        self.border_title = plain(said)
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Grey the commands that record something where nothing can be recorded."""
        if self.session.no_writing and action in {command.action() for command in self.commands if command.writes}:
            return None
        return super().check_action(action, parameters)

    def on_key(self, event: events.Key) -> None:
        """Say why a greyed command does nothing."""
        writes = any(command.writes and event.key in self.host.keys_of(command) for command in self.commands)
        if writes and self.host.say_why_not():
            event.stop()

    def register_changed(self) -> None:
        """Show the register as it is now; called after every change, also of other people's."""

    def exchange_changed(self) -> None:
        """Show how the register stands to the shared copy; called while something goes or comes, and after it."""
        self.say_unsent()

    def say_unsent(self) -> None:
        """Say above what the shared copy does not have yet."""
        for line in self.query(TopLine):
            line.say_unsent(plain(self.session.shared.told_unsent, self.tones.soon))

    def all_read(self) -> None:
        """Show what is known once every file was read; called once, soon after the start."""

    def fetch(self, group: str, read: Callable[[], object], then: Callable[[object], object]) -> None:
        """Read in a thread for this screen; only a newer call of its own for the same group replaces it."""
        self.host.fetch(f"{group}-{id(self)}", read, then)

    def seals_changed(self) -> None:
        """Show what is now known of whether the history is whole."""

    def action_back(self) -> None:
        """Go back to the screen before, or from where the past was entered to today."""
        if not self.host.leave_past(self):
            self.host.go_back()

    def action_home(self) -> None:
        """Go to the first screen."""
        self.host.go_home()
