"""Fields to type in: what is typed or pasted is cleaned before the terminal sees it."""

from dataclasses import replace
from typing import Any

from textual import events
from textual.screen import Screen
from textual.widgets import Input, TextArea
from textual.widgets.text_area import Edit, EditResult

from bscp_tui.model.text import one_line, shown


def _cleaned(text: str) -> str:
    return "\t".join(shown(part) for part in text.replace("\r\n", "\n").split("\t"))


class LineField(Input):
    """One line to type in."""

    def validate_value(self, value: str) -> str:
        """Make control characters visible, so that none acts."""
        return one_line(value)


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
