"""What a command of the screens is: a class, from whose name and docstring key, footer, palette and help derive."""

import re
from collections.abc import Iterable
from typing import ClassVar

from textual.binding import Binding, BindingType

_SAID = {
    "escape": "esc",
    "plus": "+",
    "slash": "/",
    "question_mark": "?",
    "space": "space",
    "number_sign": "#",
    "percent_sign": "%",
    "exclamation_mark": "!",
    "asterisk": "*",
    "left": "←",
    "right": "→",
    "up": "↑",
    "down": "↓",
    "pageup": "pgup",
    "pagedown": "pgdn",
}


class Command:
    """Something that a person can ask for.

    Attributes:
        key: The key, or several separated by commas; "" for a command of the palette only.
        short: Its name in the footer; None keeps it out of there, "" shows the key alone, beside the next one's.
        writes: Whether something is recorded in the end, so that it is greyed where nothing can be.

    """

    key: ClassVar[str] = ""
    short: ClassVar[str | None] = None
    priority: ClassVar[bool] = False
    writes: ClassVar[bool] = False

    @classmethod
    def label(cls) -> str:
        """Return its name in words: ``ChangeStatus`` is "Change status"."""
        return re.sub(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ", cls.__name__).capitalize()

    @classmethod
    def help(cls) -> str:
        """Return what it does, in a sentence."""
        return " ".join((cls.__doc__ or "").split())

    @classmethod
    def action(cls) -> str:
        """Return the name of the method that does it, without ``action_``."""
        return cls.label().lower().replace(" ", "_")

    @classmethod
    def name(cls) -> str:
        """Return its name for settings: ``ChangeStatus`` is "change-status"."""
        return cls.label().lower().replace(" ", "-")

    @classmethod
    def key_said(cls) -> str:
        """Return its own key as help and footer write it."""
        return said_of(cls.key)

    @classmethod
    def binding(cls, *, in_footer: bool | None = None) -> Binding:
        """Return the binding; its id lets a person give it another key."""
        return Binding(
            cls.key,
            cls.action(),
            cls.label().lower() if cls.short is None else cls.short or " ",  # Textual shows none without a word
            show=cls.short is not None if in_footer is None else in_footer,
            key_display=cls.key_said(),
            tooltip=cls.help(),
            priority=cls.priority,
            id=cls.name(),
        )


def said_of(keys: str) -> str:
    """Return the first of some keys as people read it."""
    first = keys.partition(",")[0]
    return _SAID.get(first, first)


def key_named(character: str) -> str:
    """Return the name of the key that types ``character``, as bindings name it."""
    return next((name for name, said in _SAID.items() if said == character), character)


def bindings_of(commands: Iterable[type[Command]]) -> list[BindingType]:
    """Return the bindings of the commands that have a key."""
    return [command.binding() for command in commands if command.key]
