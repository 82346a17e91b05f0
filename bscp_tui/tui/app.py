"""The application: it opens a register, shows Home, and carries out what screens ask for."""

import datetime as dt
import gc
import os
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, cast

from textual import events
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen
from textual.widgets import Input, TextArea

from bscp_tui.checks.at_the_gate import open_guarded
from bscp_tui.store.errors import NoRegisterError, RegisterError
from bscp_tui.store.files import in_plain_words
from bscp_tui.tui import commands as c
from bscp_tui.tui.enduring import UNREADABLE
from bscp_tui.tui.meanwhile import told_since
from bscp_tui.tui.menu import LISTS
from bscp_tui.tui.preferring import Preferring
from bscp_tui.tui.safe_text import plain
from bscp_tui.tui.screens.base import Hosted, RegisterScreen
from bscp_tui.tui.session import Session
from bscp_tui.tui.widgets.typing_fields import caught_up

if TYPE_CHECKING:
    from textual.command import Provider
    from textual.screen import Screen


COLLECT = (5_000, 10, 10)  # the screens live for hours: what a command puts off is collected here
LOOK_EVERY = 2.0  # seconds between looks whether somebody else recorded something


def _command_provider() -> "type[Provider]":
    from bscp_tui.tui.palette import CommandProvider

    return CommandProvider


def _add_provider() -> "type[Provider]":
    from bscp_tui.tui.palette import AddProvider

    return AddProvider


def _record_provider() -> "type[Provider]":
    from bscp_tui.tui.palette import RecordProvider

    return RecordProvider


def _view_provider() -> "type[Provider]":
    from bscp_tui.tui.palette import ViewProvider

    return ViewProvider


class RegisterApp(Preferring):
    """The screens of one register."""

    CSS_PATH = "app.tcss"
    TITLE = "bscp"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]  # noqa: RUF012 - as Textual declares it
    VERTICAL_BREAKPOINTS = [(0, "-short"), (38, "-tall")]  # noqa: RUF012 - as Textual declares it
    BINDINGS: ClassVar[list[BindingType]] = [
        *c.bindings_of(command for command in c.APP_COMMANDS if command not in c.ELSEWHERE),
        *(command.binding(in_footer=False) for command in c.ELSEWHERE),
        # Before the key after it is handed on: what is typed behind a Tab belongs to the next field, however fast.
        Binding("tab", "focus_next", show=False, priority=True),
        Binding("shift+tab", "focus_previous", show=False, priority=True),
    ]
    commands: ClassVar[tuple[type[c.Command], ...]] = (*c.APP_COMMANDS, *LISTS)

    COMMANDS = {_command_provider, _add_provider, _record_provider, _view_provider}  # noqa: RUF012 - as Textual declares it

    def __init__(self, session: Session | None, *, today: dt.date, fault: str = "", begin: Path | None = None) -> None:
        """Show ``session``; without one say ``fault``, or make the person's own register in ``begin``."""
        super().__init__()
        self.today = today
        self._fault, self._begin, self._looking = fault, begin, False
        if session is not None:
            self.session = session

    @classmethod
    def opened(cls, folder: Path, today: dt.date, *, read_only: bool = False) -> "RegisterApp":
        """Return the application for the register in ``folder``, or one that says why it cannot be opened."""
        try:
            return cls(Session(open_guarded(folder, today, read_only=read_only)), today=today)
        except RegisterError as error:
            return cls(None, today=today, fault=_advice(error))

    def on_mount(self) -> None:
        """Show the first screen."""
        if self._begin is not None:
            self._first_start(self._begin)
        elif self._fault:
            self._say_fault(self._fault)
        else:
            self._watch_register()

    def get_default_screen(self) -> "Screen[object]":
        """Begin with Home itself, so that the first paint has its figures."""
        if not hasattr(self, "session"):
            return super().get_default_screen()
        from bscp_tui.tui.screens.home import HomeScreen

        return cast("Screen[object]", HomeScreen())

    def begin_again(self) -> None:
        """Go back to Home; where the fault is on Home itself, to one that is made anew."""
        from bscp_tui.tui.screens.home import HomeScreen

        at_home = getattr(self.screen, "is_home", False)
        self.go_home()
        if at_home:
            self.push_screen(HomeScreen())

    def begun(self, outcome: object) -> None:
        """Show Home of the register that the first start made, or say why there is none."""
        from bscp_tui.tui.screens.home import HomeScreen

        if isinstance(outcome, Session):
            self.session = outcome
            self.switch_screen(HomeScreen())
            self._watch_register()
        else:
            self._fault = str(outcome)
            self._say_fault(self._fault)

    def change_register(self, session: Session | None) -> None:
        """Show Home of another register; what was open of this one is closed."""
        if session is None:
            return
        self.go_home()
        before, self.session = self.session, session
        before.stand_today()
        before.present.let_go()
        self._open_from_now_on(session.register.repository.root)
        self.show_anew()
        self.fetch("warming", self.session.warm, self._warmed)

    def do(self, command: type[c.Command]) -> None:
        """Carry out a command that was chosen in the palette."""
        if command.writes and self.say_why_not():
            return
        name = command.action().partition("(")[0]
        where = "screen." if hasattr(self.screen, f"action_{name}") else "app."
        self.call_later(self.run_action, f"{where}{command.action()}")

    def take(self, fresh: object) -> None:
        """Show a fresh snapshot on every screen; an error is told instead."""
        if isinstance(fresh, tuple):
            self.session.take(*fresh)
            self.show_anew()
        elif isinstance(fresh, Exception):
            self.tell(plain(fresh), serious=True)

    def go_back(self) -> None:
        """Go back to the screen before; from Home there is none."""
        if len(self.screen_stack) > 1 and not getattr(self.screen, "is_home", False):
            self.pop_screen()

    def go_home(self) -> None:
        """Go to the first screen."""
        while len(self.screen_stack) > 1 and not getattr(self.screen, "is_home", False):
            self.pop_screen()

    def action_check_that_this_history_is_whole(self) -> None:
        """Read and judge every entry anew."""
        from bscp_tui.tui.screens.whole import WholeScreen

        if hasattr(self, "session"):
            self.push_screen(WholeScreen())

    def action_commands(self) -> None:
        """Open the palette, unless it is open already, perhaps below its help."""
        from bscp_tui.tui.palette import Palette

        if hasattr(self, "session") and not any(isinstance(screen, Palette) for screen in self.screen_stack):
            self.push_screen(Palette())

    def action_help(self) -> None:
        """Show every command with its key."""
        from bscp_tui.tui.screens.help import HelpScreen

        screen = self.screen
        about = " ".join((type(screen).__doc__ or "").split())
        same = f"The same in plain text: {screen.in_plain_text()}" if isinstance(screen, Hosted) else ""
        everywhere = () if isinstance(screen, ModalScreen) else self.commands
        self.push_screen(HelpScreen(about, same, tuple(getattr(screen, "commands", ())), everywhere))

    def help_dialog(self) -> None:
        """Say what a dialog is for; help itself, and what is not ours, needs none."""
        if getattr(self.screen, "commands", ()) and not getattr(self.screen, "is_help", False):
            self.action_help()

    def action_tour(self) -> None:
        """Show the first five minutes."""
        from bscp_tui.tui.screens.tour import TourScreen

        self.push_screen(TourScreen())

    def action_reload(self) -> None:
        """Read the register's files again."""
        if hasattr(self, "session"):
            self.fetch("reading", self.session.read_again, self.take)

    def on_key(self, event: events.Key) -> None:
        """Lose no letter that was typed while the focus moved into a field; help a dialog, which hears no other key."""
        if isinstance(self.screen, ModalScreen) and event.key in self.keys_of(c.Help):
            self.help_dialog()
        else:
            caught_up(self.screen, event)

    def on_app_focus(self, event: events.AppFocus) -> None:
        """Look whether somebody recorded something while the window was away."""
        del event
        self.look_for_others()

    def look_for_others(self) -> None:
        """Read the register again if it moved on."""
        if hasattr(self, "session") and not self._looking:
            self._looking = True
            self.fetch("looking", self._news, self._looked)

    def _news(self) -> tuple[str, object] | None:
        """Return what others recorded, in words, and the register as it is now; None where it stands as it did.

        What is recorded, sent or received here meanwhile is no news; the next look finds whatever else there is.
        """
        session = self.session
        if session.shared.under_way or not session.writing.acquire(blocking=False):
            return None
        try:
            if session.look() == session.stamp:
                return None
            head = session.head
            fresh = session.read_again()
            told = told_since(session.register, head)
        finally:
            session.writing.release()
        return None if session.shared.under_way else (told, fresh)

    def _looked(self, news: object) -> None:
        self._looking = False
        told, fresh = news if isinstance(news, tuple) else ("", news)
        if fresh is not None:
            self.take(fresh)
        if told:
            self.tell(plain(told))

    def _watch_register(self) -> None:
        self.set_interval(LOOK_EVERY, self.look_for_others)
        self.set_interval(LOOK_EVERY, self.tidy_up)
        self.call_after_refresh(self.fetch, "warming", self.session.warm, self._warmed)

    def _open_from_now_on(self, folder: Path) -> None:
        """Let the program begin with this register the next time, as a person expects of what they opened last."""
        from bscp_tui.store import own_register

        try:
            own_register.choose(folder)
        except OSError as error:
            self.tell(plain(f"The next start opens your earlier register: {in_plain_words(error)}."), serious=True)

    def _warmed(self, outcome: object) -> None:
        """Let the first screen tell what only the whole register knows: what cannot be read, or was edited by hand."""
        if isinstance(outcome, Exception):
            self.tell(plain(outcome), serious=True)
        for screen in self.screen_stack:
            if isinstance(screen, RegisterScreen):
                screen.say_unsent()
                screen.all_read()

    def _say_fault(self, fault: str) -> None:
        from bscp_tui.tui.screens.simple import MessageScreen

        self.push_screen(MessageScreen(plain("The register cannot be opened", "bold"), plain(fault)))

    def _first_start(self, folder: Path) -> None:
        from bscp_tui.tui.first_start import begin

        begin(self, folder)

    async def action_quit(self) -> None:
        """Leave the program; what is typed is kept."""
        focused = self.focused
        if isinstance(focused, (Input, TextArea)) and not focused.disabled:
            self.screen.set_focus(None)
        self.keep_typed()
        self.exit(UNREADABLE if self._fault else 0, return_code=UNREADABLE if self._fault else 0)


def run(folder: Path | None, today: dt.date, *, read_only: bool = False) -> int:
    """Open the screens and return the exit status.

    Args:
        folder: The register's folder; None for the person's own, made on the first start.
        today: What counts as today.
        read_only: Whether to open it for reading only.

    """
    choose_theme()
    gc.set_threshold(*COLLECT)
    if folder is None:
        from bscp_tui.store.own_register import own_folder

        try:
            folder = own_folder()
        except RegisterError as error:
            return _ended(RegisterApp(None, today=today, fault=_advice(error)))
        if not folder.exists():
            return _ended(RegisterApp(None, today=today, begin=folder))
    return _ended(RegisterApp.opened(folder, today, read_only=read_only))


def choose_theme() -> None:
    """Without colours the ANSI themes are black on black, so they are not used."""
    if "NO_COLOR" in os.environ and os.environ.get("TEXTUAL_THEME", "").startswith("ansi"):
        del os.environ["TEXTUAL_THEME"]


def _ended(app: RegisterApp) -> int:
    app.call_later(app.prefer_what_is_kept)
    app.run()
    return app.return_code or 0


def _advice(error: RegisterError) -> str:
    told = str(error)
    if isinstance(error, NoRegisterError):
        return told
    return f"{told}\n\nNothing was changed. If you cannot mend it, show this message to whoever keeps the register."
