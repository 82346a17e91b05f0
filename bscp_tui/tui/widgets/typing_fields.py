"""Fields to type in: what is typed or pasted is cleaned before the terminal sees it."""

from dataclasses import replace
from typing import Any, ClassVar

from textual import events
from textual.actions import SkipAction
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.widgets import Input, TextArea
from textual.widgets.text_area import Edit, EditResult

from bscp_tui.model.text import one_line, shown, with_plain_line_ends


def _cleaned(text: str) -> str:
    return "\t".join(shown(part) for part in with_plain_line_ends(text).split("\t"))


class LineField(Input):
    """One line to type in; ctrl+z and ctrl+y take what was typed back and bring it again, as in long texts."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+z", "undo", show=False),
        Binding("ctrl+y", "redo", show=False),
    ]

    def on_mount(self) -> None:
        """Begin with nothing to take back."""
        self._undone: list[str] = []
        self._done: list[str] = []
        self._stepping = False

    def validate_value(self, value: str) -> str:
        """Make control characters visible, so that none acts."""
        return one_line(value)

    def watch_value(self, old: str, new: str) -> None:
        """Remember what stood there before a word was begun, or anything else happened to the line."""
        if not self.is_mounted or self._stepping or old == new:
            return
        self._undone.clear()
        if not (self._done and _goes_on(self._done[-1], old, new)):
            self._done.append(old)

    def on_paste(self, event: events.Paste) -> None:
        """Take every line of what is pasted, on one line; the widget itself would keep the first and drop the rest."""
        event.prevent_default()
        event.stop()
        lines = with_plain_line_ends(event.text).replace("\t", " ").strip("\n").split("\n")
        pasted = lines[0] if len(lines) == 1 else " ".join(filter(None, map(str.strip, lines)))
        self.replace(pasted, *sorted(self.selection))

    def action_undo(self) -> None:
        """Take back what was typed last; in a line where nothing was typed, the key is left to others."""
        if not (self._done or self._undone):
            raise SkipAction
        self._step(self._done, self._undone)

    def action_redo(self) -> None:
        """Bring back what was taken back."""
        self._step(self._undone, self._done)

    def _step(self, back: list[str], forth: list[str]) -> None:
        if back:
            forth.append(self.value)
            self._stepping = True
            self.value = back.pop()
            self._stepping = False
            self.cursor_position = len(self.value)


class TextField(TextArea):
    """Several lines to type in; Tab goes on to the next field."""

    def __init__(
        self,
        text: str = "",
        *,
        placeholder: str = "",
        id: str | None = None,  # noqa: A002 - Textual's own name
        classes: str | None = None,
    ) -> None:
        """Begin with ``text``; while it is empty, show ``placeholder``."""
        super().__init__(
            _cleaned(text), placeholder=placeholder, id=id, classes=classes, compact=True, highlight_cursor_line=False
        )

    def edit(self, edit: Edit) -> EditResult:
        """Make control characters visible, so that none acts."""
        return super().edit(replace(edit, text=_cleaned(edit.text)))

    def load_text(self, text: str) -> None:
        """Begin anew with ``text``."""
        super().load_text(_cleaned(text))


def _goes_on(first: str, old: str, new: str) -> bool:
    """Whether a change only adds a letter to the word, or takes one more away, that was begun when ``first`` stood."""
    if len(new) == len(old) + 1 > len(first):
        begins_a_word = new[-1] != " " and old.endswith(" ")
        return new.startswith(old) and old.startswith(first) and not begins_a_word
    return len(new) == len(old) - 1 < len(first) and old.startswith(new) and first.startswith(old)


def caught_up(screen: Screen[Any], event: events.Key) -> bool:
    """Put a letter into the field that has the focus, if it was on its way when the focus moved there.

    Keys typed faster than the screen works are still handed to the widget that had the focus
    before; without this, the first letters after "/" or after a choice would be lost.
    """
    field = screen.focused
    if event.character is None or not event.is_printable:
        return False
    if isinstance(field, LineField):
        field.insert_text_at_cursor(event.character)
    elif isinstance(field, TextField):
        field.insert(event.character)
    else:
        return False
    event.stop()
    event.prevent_default()
    return True
