"""Settings: colours, signs and keys; who one is in the history, and where everything lies."""

from dataclasses import replace
from functools import partial
from typing import ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import OptionList

from bscp_tui.store import own_register
from bscp_tui.store.faults import folder as faults_folder
from bscp_tui.store.files import in_plain_words
from bscp_tui.store.identity import Identity, known, remember
from bscp_tui.store.register import Register
from bscp_tui.tui import commands as c
from bscp_tui.tui import drafts, preferences
from bscp_tui.tui.safe_text import joined, plain, plain_line
from bscp_tui.tui.screens.base import RegisterScreen, TopLine
from bscp_tui.tui.themes import COLOURS
from bscp_tui.tui.widgets.foot import Foot
from bscp_tui.tui.widgets.words import Choice, Line, Lines

NAME = 24
DRAWN, PLAIN = "drawn (▲ ● ◷)", "plain letters and signs, for terminals that draw no others"


class SettingsScreen(RegisterScreen):
    """What can be chosen, one line each; Enter changes it."""

    commands: ClassVar[tuple[type[c.Command], ...]] = (c.Open, c.Back, c.Home)
    BINDINGS: ClassVar[list[BindingType]] = c.bindings_of((c.Back, c.Home))
    AUTO_FOCUS = "#list"
    _person: Identity | None = None

    def compose(self) -> ComposeResult:
        """Lay out the settings."""
        yield TopLine(plain("Settings", "bold"))
        yield Lines(self._lines(), id="list")
        yield Foot()

    def on_mount(self) -> None:
        """Stand on the first, and ask git who this is."""
        super().on_mount()
        self.query_one(Lines).highlighted = 0
        self._ask_who()

    def on_screen_resume(self) -> None:
        """Show what was chosen meanwhile."""
        self.query_one(Lines).show_lines(self._lines())

    @on(OptionList.OptionSelected)
    def opened(self, event: OptionList.OptionSelected) -> None:
        """Change the setting."""
        if isinstance(event.option, Choice) and isinstance(event.option.means, str):
            getattr(self, f"_{event.option.means}")()

    def action_open(self) -> None:
        """Change the setting under the cursor."""
        self.query_one(Lines).action_select()

    def _colours(self) -> None:
        self.host.action_change_colours()

    def _signs(self) -> None:
        host = self.host
        host.choose(replace(host.preferences, signs="drawn" if host.plain_signs else "plain"))
        self.on_screen_resume()

    def _keys(self) -> None:
        from bscp_tui.tui.screens.keys import KeysScreen

        self.app.push_screen(KeysScreen())

    def _who(self) -> None:
        from bscp_tui.tui.screens.simple import IdentityDialog

        if not self.host.say_why_not():
            self.app.push_screen(IdentityDialog(self._person), self._take_who)

    def _opens(self) -> None:
        """Let the next start open this register; where it does so already, the one of the first start."""
        root = self.session.register.repository.root
        chosen = own_register.first_folder() if own_register.usual_folder() == root else root
        try:
            own_register.choose(chosen)
        except OSError as error:
            self.host.tell(plain(f"That could not be kept: {in_plain_words(error)}."), serious=True)
        self.on_screen_resume()

    def _opens_next(self) -> str:
        folder = own_register.usual_folder()
        return "this register" if folder == self.session.register.repository.root else str(folder)

    def _take_who(self, person: Identity | None) -> None:
        if person is not None:
            self.host.write(partial(_remember, self.session.register, person), self._show_who)

    def _ask_who(self) -> None:
        self.fetch("who", partial(known, self.session.register.repository), self._show_who)

    def _show_who(self, person: object) -> None:
        if isinstance(person, Identity):
            self._person = person
        elif isinstance(person, Exception):
            self.host.tell(plain(person), serious=True)
        if self.is_mounted:
            self.on_screen_resume()

    def _lines(self) -> list[Line]:
        host, changed = self.host, len(self.host.preferences.keys)
        person = f"{self._person.name} <{self._person.email}>" if self._person else "not known yet"
        return [
            self._line("Colours", COLOURS.get(host.theme, host.theme), "colours"),
            self._line("Signs", PLAIN if host.plain_signs else DRAWN, "signs"),
            self._line("Keys", f"{changed} changed" if changed else "as they came", "keys"),
            self._line("You, in the history", person, "who"),
            self._line("The register", self.session.place),
            self._line("The next start opens", self._opens_next(), "opens"),
            self._line("What you chose", str(preferences.place())),
            self._line("What you typed", str(drafts.folder())),
            self._line("Reports of faults", str(faults_folder())),
            self._line("In plain text", "everything here can also be done by command: bscp --help"),
        ]

    def _line(self, name: str, value: str, means: str | None = None) -> Line:
        text: Text = joined(plain(f"{name:<{NAME}}", "" if means else self.tones.quiet), plain_line(value))
        return Line(text, means, disabled=means is None)


def _remember(register: Register, person: Identity) -> Identity:
    return remember(register.repository, person.name, person.email)
