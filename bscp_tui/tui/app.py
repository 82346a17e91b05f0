"""The application: it opens a register, shows Home, and carries out what screens ask for."""

import datetime as dt
import os
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, cast

from rich.text import Text
from textual import events
from textual.binding import Binding, BindingType
from textual.widgets import Input, TextArea

from bscp_tui.model.kinds import KINDS
from bscp_tui.model.view import View
from bscp_tui.store.errors import NoRegisterError, RegisterError
from bscp_tui.store.register import open_register
from bscp_tui.tui import commands as c
from bscp_tui.tui.lineage import filter_beside
from bscp_tui.tui.safe_text import joined, plain, plain_line, stacked
from bscp_tui.tui.screens.base import RegisterScreen
from bscp_tui.tui.session import Row, Session
from bscp_tui.tui.travelling import Travelling
from bscp_tui.tui.widgets.typing_fields import caught_up

if TYPE_CHECKING:
    from textual.command import Provider
    from textual.screen import Screen

    from bscp_tui.history.rows import HistoryRow
    from bscp_tui.store.identity import Identity
    from bscp_tui.tui.drafts import Draft

UNREADABLE = 3  # exit status: the register cannot be read
LOOK_EVERY = 2.0  # seconds between looks whether somebody else recorded something
LEGIBLE_THEMES = ("textual-dark", "textual-light", "nord", "gruvbox", "solarized-light", "catppuccin-latte")


def _command_provider() -> "type[Provider]":
    from bscp_tui.tui.palette import CommandProvider

    return CommandProvider


def _record_provider() -> "type[Provider]":
    from bscp_tui.tui.palette import RecordProvider

    return RecordProvider


class RegisterApp(Travelling):
    """The screens of one register."""

    CSS_PATH = "app.tcss"
    TITLE = "bscp"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]  # noqa: RUF012 - as Textual declares it
    BINDINGS: ClassVar[list[BindingType]] = [
        *c.bindings_of(command for command in c.APP_COMMANDS if command not in c.TIME),
        *(command.binding(in_footer=False) for command in c.TIME),
        # Before the key after it is handed on: what is typed behind a Tab belongs to the next field, however fast.
        Binding("tab", "focus_next", show=False, priority=True),
        Binding("shift+tab", "focus_previous", show=False, priority=True),
    ]
    commands: ClassVar[tuple[type[c.Command], ...]] = (*c.APP_COMMANDS, *c.LISTS)

    COMMANDS = {_command_provider, _record_provider}  # noqa: RUF012 - as Textual declares it

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
            return cls(Session(open_register(folder, today, read_only=read_only)), today=today)
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

    def do(self, command: type[c.Command]) -> None:
        """Carry out a command that was chosen in the palette."""
        if command.writes and self.say_why_not():
            return
        name = command.action().partition("(")[0]
        where = "screen." if hasattr(self.screen, f"action_{name}") else "app."
        self.call_later(self.run_action, f"{where}{command.action()}")

    def open_list(self, kind: str, narrowed: str = "", trail: str = "", at: str | None = None) -> None:
        """Open the list of a kind, narrowed by a filter, beginning at a reference."""
        from bscp_tui.tui.screens.records import RecordsScreen

        self.push_screen(RecordsScreen(KINDS[kind], narrowed, trail, at))

    def open_record(self, view: View) -> None:
        """Open the list that a record stands in, at the record."""
        self.open_list(view.kind.name, filter_beside(view), at=view.ref)

    def open_history(self, ref: str | None = None) -> None:
        """Open the history, of one record or of all."""
        from bscp_tui.tui.screens.history import HistoryScreen

        self.push_screen(HistoryScreen(ref))

    def open_entry(self, row: "HistoryRow") -> None:
        """Open the entry that made a change, at that change."""
        from bscp_tui.tui.screens.entry import EntryScreen

        self.push_screen(EntryScreen(row.commit, row.ref, row.field))

    def open_where_it_is(self, ref: str, path: str) -> None:
        """Open the record that a change is of, if the day that is shown has it."""
        row = self.session.row_at(ref, path)
        if isinstance(row, View):
            self.open_record(row)
        else:
            day = self.session.moment.said if self.session.moment else "today"
            self.tell(plain_line(f"{ref} is not in the register as at {day}."))

    def open_draft(self, draft: "Draft") -> None:
        """Open the dialog that a draft was typed in."""
        if draft.dialog == "undo":
            self.open_undo(draft.ref)
            return
        row = self.session.row_at(draft.ref) if draft.dialog != "add" else None
        if isinstance(row, View):
            self.open_record(row)
            self.ask(draft.dialog, row)
        elif draft.dialog == "add":
            self.ask_add(KINDS[draft.ref.removeprefix("new ")], "")
        else:
            self.tell(plain_line(f"{draft.ref} cannot be read now; what was typed for it is kept."))

    def ask(self, dialog: str, view: View) -> None:
        """Open the dialog that changes a record."""
        from bscp_tui.tui.screens import dialogs

        if self.say_why_not():
            return
        made = dialogs.make(dialog, view, self.session)
        if isinstance(made, str):
            self.tell(plain(made))
        else:
            self.push_screen(made)

    def ask_add(self, kind: object, narrowed: str) -> None:
        """Open the form that adds a record of a kind."""
        from bscp_tui.tui.screens import dialogs

        if self.say_why_not():
            return
        made = dialogs.make_add(kind, narrowed)  # type: ignore[arg-type]
        if isinstance(made, str):
            self.tell(plain(made))
        else:
            self.push_screen(made)

    def ask_put_back(self, row: Row) -> None:
        """Put a file back to what is recorded, after asking."""
        from bscp_tui.tui.screens.simple import ConfirmDialog

        if self.say_why_not():
            return
        told = "What was changed in this file by hand is lost; what is recorded comes back."
        text = stacked(plain_line(row.path), plain(told))
        put = partial(self.session.register.put_back, row.path)
        said = plain_line(f"{row.ref} is as it was last recorded.")
        self.push_screen(
            ConfirmDialog(plain_line(f"Put {row.ref} back?", "bold"), text),
            lambda yes: self.write(put, partial(self._put_back, said)) if yes else None,
        )

    def ask_identity(self, then: Callable[[], object]) -> None:
        """Ask who is working here, tell git, and go on."""
        from bscp_tui.store import identity
        from bscp_tui.tui.screens.simple import IdentityDialog

        repository = self.session.register.repository

        def told(person: "Identity | None") -> None:
            if person is not None:
                remember = partial(identity.remember, repository, person.name, person.email)
                self.write(remember, lambda outcome: self._failed(outcome) or then())

        self.push_screen(IdentityDialog(), told)

    def waiting(self, sentence: str) -> None:
        """Say that another writer is waited for; called from the writer's thread."""
        self.call_from_thread(self.tell, plain(sentence))

    def recorded(self, entry: object) -> None:
        """Say what was recorded, and what could not be finished although it is safe."""
        if entry is None:
            self.tell(plain("Nothing was changed, so nothing was recorded."))
            return
        self.tell(joined(plain("Recorded: "), plain_line(getattr(entry, "sentence", ""))))
        for warning in getattr(entry, "warnings", ()):
            self.tell(plain(warning), serious=True)

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

    def action_go_to(self, kind: str) -> None:
        """Open a list of the menu; the plans at the current one."""
        if kind:
            self.open_list(kind, at=self.session.snapshot.settings.current_plan)
        else:
            self.open_history()

    def action_commands(self) -> None:
        """Open the palette."""
        if hasattr(self, "session"):
            self.action_command_palette()

    def action_help(self) -> None:
        """Show every command with its key."""
        from bscp_tui.tui.screens.help import HelpScreen

        self.push_screen(HelpScreen(tuple(getattr(self.screen, "commands", ())), self.commands))

    def action_reload(self) -> None:
        """Read the register's files again."""
        if hasattr(self, "session"):
            self.fetch("reading", self.session.read_again, self.take)

    def action_change_colours(self) -> None:
        """Choose another theme."""
        self.search_commands([(name, partial(setattr, self, "theme", name)) for name in LEGIBLE_THEMES])

    def on_key(self, event: events.Key) -> None:
        """Lose no letter that was typed while the focus moved into a field."""
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

    def _news(self) -> object:
        return self.session.read_again() if self.session.look() != self.session.stamp else None

    def _looked(self, fresh: object) -> None:
        self._looking = False
        if fresh is not None:
            self.take(fresh)

    def _watch_register(self) -> None:
        self.set_interval(LOOK_EVERY, self.look_for_others)
        self.call_after_refresh(self.fetch, "warming", self.session.warm, self._warmed)

    def _warmed(self, outcome: object) -> None:
        """Let the first screen tell what only the whole register knows: what cannot be read, or was edited by hand."""
        if isinstance(outcome, Exception):
            self.tell(plain(outcome), serious=True)
        for screen in self.screen_stack:
            if isinstance(screen, RegisterScreen):
                screen.all_read()

    def _say_fault(self, fault: str) -> None:
        from bscp_tui.tui.screens.simple import MessageScreen

        self.push_screen(MessageScreen(plain("The register cannot be opened", "bold"), plain(fault)))

    def _first_start(self, folder: Path) -> None:
        from bscp_tui.tui.first_start import begin

        begin(self, folder)

    def _failed(self, outcome: object) -> bool:
        if isinstance(outcome, Exception):
            self.tell(plain(outcome), serious=True)
            return True
        return False

    def _put_back(self, said: Text, outcome: object) -> None:
        if not self._failed(outcome):
            self.tell(said)

    def _handle_exception(self, error: Exception) -> None:
        """End with a plain sentence where Textual would show a traceback; what is typed is kept as a draft."""
        if self.is_headless:  # tests want to see the fault itself
            super()._handle_exception(error)
            return
        from bscp_tui.store.faults import keep

        self._keep_typed()
        told = f"The program met an unexpected fault ({type(error).__name__}) and has ended. What you typed is kept. "
        self.exit(UNREADABLE, return_code=UNREADABLE, message=plain(told + keep(error)))

    def _keep_typed(self) -> None:
        for screen in self.screen_stack:
            keep = getattr(screen, "keep_draft", None)
            if keep is not None:
                keep()

    async def action_quit(self) -> None:
        """Leave the program; what is typed is kept."""
        focused = self.focused
        if isinstance(focused, (Input, TextArea)) and not focused.disabled:
            self.screen.set_focus(None)
        self._keep_typed()
        self.exit(UNREADABLE if self._fault else 0, return_code=UNREADABLE if self._fault else 0)


def run(folder: Path | None, today: dt.date, *, read_only: bool = False) -> int:
    """Open the screens and return the exit status.

    Args:
        folder: The register's folder; None for the person's own, made on the first start.
        today: What counts as today.
        read_only: Whether to open it for reading only.

    """
    choose_theme()
    if folder is None:
        from bscp_tui.store.starter import own_folder

        folder = own_folder()
        if not folder.exists():
            return _ended(RegisterApp(None, today=today, begin=folder))
    return _ended(RegisterApp.opened(folder, today, read_only=read_only))


def choose_theme() -> None:
    """Without colours the ANSI themes are black on black, so they are not used."""
    if "NO_COLOR" in os.environ and os.environ.get("TEXTUAL_THEME", "").startswith("ansi"):
        del os.environ["TEXTUAL_THEME"]


def _ended(app: RegisterApp) -> int:
    app.run()
    return app.return_code or 0


def _advice(error: RegisterError) -> str:
    told = str(error)
    if isinstance(error, NoRegisterError):
        return told
    return f"{told}\n\nNothing was changed. If you cannot mend it, show this message to whoever keeps the register."
