"""The application's part in what a person prefers: colours, signs and keys, applied and remembered."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from textual.filter import LineFilter
from textual.theme import Theme

from bscp_tui.tui.all_commands import every_command
from bscp_tui.tui.command import Command, said_of
from bscp_tui.tui.exchanging import Exchanging
from bscp_tui.tui.preferences import Preferences, PreferencesError, load, save
from bscp_tui.tui.safe_text import plain
from bscp_tui.tui.themes import COLOURS, CONTRAST, PlainSigns, draws_unicode, mended

# Keys by which one moves, types, leaves or opens; whoever gave one of them another meaning could not get out.
FIXED = frozenset(
    {"enter", "escape", "tab", "shift+tab", "space", "backspace", "delete", "up", "down", "left", "right", "home"}
    | {"end", "pageup", "pagedown", "ctrl+c", "ctrl+v", "ctrl+x", "ctrl+q", "ctrl+p", "f1", "question_mark"}
    | {"j", "k", "g", "G", *"0123456789"}
)


class Preferring(Exchanging):
    """The part of the application that looks and listens as its person prefers."""

    preferences = Preferences()

    def __init__(self) -> None:
        """Know the colours that can be chosen."""
        super().__init__()
        self._plain_signs = PlainSigns(enabled=False)
        for theme in CONTRAST:
            self.register_theme(theme)

    def get_theme(self, theme_name: str) -> Theme | None:
        """Return a theme whose texts can all be read."""
        return mended(theme_name) or super().get_theme(theme_name)

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Draw with plain signs where those are wanted."""
        filters = super().get_line_filters()
        return [*filters, self._plain_signs] if self._plain_signs.enabled else filters

    @property
    def plain_signs(self) -> bool:
        """Whether plain signs are drawn now."""
        return self._plain_signs.enabled

    def prefer(self, chosen: Preferences) -> str:
        """Apply what was chosen; return a sentence for what cannot be, "" where all could."""
        self.preferences = chosen
        wrong = []
        if chosen.colours is not None and chosen.colours in COLOURS:
            self.theme = chosen.colours
            self.call_after_refresh(self.show_anew)  # what stands there was coloured for the theme before
        elif chosen.colours:
            wrong.append(f"there are no colours “{chosen.colours}”")
        self._plain_signs.enabled = chosen.signs == "plain" if chosen.signs else not draws_unicode()
        known = {command.name() for command in every_command()}
        wrong += [f"there is no command “{name}”" for name in chosen.keys if name not in known]
        self.set_keymap({name: key for name, key in chosen.keys.items() if name in known})
        self.refresh(repaint=True, layout=True)
        return f"In your settings, {'; '.join(wrong)}." if wrong else ""

    def prefer_what_is_kept(self) -> None:
        """Apply what this person chose before; what cannot be is said."""
        try:
            told = self.prefer(load())
        except PreferencesError as error:
            told = str(error)
        if told:
            self.tell(plain(told), serious=True)

    def choose(self, chosen: Preferences) -> None:
        """Apply a choice and keep it."""
        self.prefer(chosen)
        try:
            save(chosen)
        except PreferencesError as error:
            self.tell(plain(error), serious=True)

    def keys_of(self, command: type[Command]) -> list[str]:
        """Return the keys of a command as they are here."""
        return self.preferences.keys.get(command.name(), command.key).split(",")

    def key_of(self, command: type[Command]) -> str:
        """Return the key of a command as people read it, "" where it has none."""
        return said_of(self.preferences.keys.get(command.name(), command.key))

    def action_settings(self) -> None:
        """Show what can be chosen."""
        from bscp_tui.tui.screens.settings import SettingsScreen

        self.push_screen(SettingsScreen())

    def action_change_colours(self) -> None:
        """Choose other colours; they are remembered."""
        self.search_commands([(said, self._colours(name)) for name, said in COLOURS.items()])

    def _colours(self, name: str) -> Callable[[], None]:
        return partial(self._choose_colours, name)

    def _choose_colours(self, name: str) -> None:
        self.choose(replace(self.preferences, colours=name))


def why_not(command: type[Command], key: str, preferences: Preferences) -> str:
    """Return why a key cannot be given to a command; "" where it can."""
    if key in FIXED:
        return f"“{said_of(key)}” moves, types or leaves, so it stays what it is."
    if command.priority and len(key) == 1:
        return f"“{key}” would no longer be a letter in the fields of the dialog; choose a key with ctrl, or f2 to f12."
    for other in every_command():
        keys = preferences.keys.get(other.name(), other.key).split(",")
        if other is not command and key in keys:
            return f"“{said_of(key)}” is {other.label()} already; give that another key first."
    return ""
