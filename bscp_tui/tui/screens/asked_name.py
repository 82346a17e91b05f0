"""Fields that name records, one or several: what fits is offered below them while they are typed."""

import re
from functools import partial

from rich.text import Text
from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input, OptionList, TextArea

from bscp_tui.model.fields import BODY_KINDS
from bscp_tui.model.view import View
from bscp_tui.store.snapshot import Snapshot
from bscp_tui.tui.safe_text import joined, plain_line
from bscp_tui.tui.screens.base import Hosted
from bscp_tui.tui.session import Session
from bscp_tui.tui.widgets.asked import Asked
from bscp_tui.tui.widgets.typing_fields import LineField, TextField
from bscp_tui.tui.widgets.words import Choice, Line, Lines

OFFERED = 4
_NAME = re.compile(r"(?:.*[;,])?\s*(.*)")


class AskedName(Hosted, Vertical):
    """A field with its label; Down steps into what is offered, Enter takes it."""

    def __init__(self, label: Text, field: LineField | TextField, kinds: tuple[str, ...]) -> None:
        """Offer records of ``kinds`` (of any without) for ``field``."""
        super().__init__(classes="asked-name")
        self._label, self._field, self._kinds = label, field, kinds
        self._offers = Lines(classes="offers")
        self._looked_for = self._offered_for = ""  # what was typed last; what was typed for that which is shown
        self._stepping = False  # whether Down was pressed before what fits was found

    def compose(self) -> ComposeResult:
        """Place the field above what is offered."""
        yield Asked(self._label, self._field)
        yield self._offers

    @on(Input.Changed)
    @on(TextArea.Changed)
    def typing(self) -> None:
        """Look for what has the typed words, beside the screen's thread."""
        text = self._looked_for = self._typed
        self._stepping = False
        if self._field.has_focus and text and self.session.all_read:
            look = partial(_fitting, self.session, text, self._kinds)
            self.host.fetch(f"offers-{id(self)}", look, partial(self._found, text))
        else:
            self._show([])

    @on(OptionList.OptionSelected)
    def chosen(self, event: OptionList.OptionSelected) -> None:
        """Take what was chosen."""
        event.stop()
        if isinstance(event.option, Choice) and isinstance(event.option.means, str):
            # By the field itself: what this widget changes in it would not be heard of further up.
            self._field.call_later(self._put, event.option.means)
            self.screen.set_focus(self._field)
            self._show([])

    def on_key(self, event: events.Key) -> None:
        """Step down into what is offered, and up again."""
        first = not self._offers.highlighted
        if event.key == "down" and self._field.has_focus and self._offers.display:
            # What is shown may still be what fitted the first letters: nobody wants the first of those.
            self._stepping = self._offered_for != self._looked_for
            if not self._stepping:
                self._step_in()
        elif event.key == "up" and self._offers.has_focus and first:
            self.screen.set_focus(self._field)
        else:
            return
        event.stop()
        event.prevent_default()

    def on_descendant_blur(self) -> None:
        """Offer nothing more once the field is left."""
        self.call_later(self._left)

    @property
    def _typed(self) -> str:
        """The name that is being typed; of several the one before the cursor."""
        if isinstance(self._field, LineField):
            return self._field.value.strip()
        return self._before[self._begins :].strip()

    @property
    def _before(self) -> str:
        """What stands before the cursor in its line, where several names are typed."""
        assert isinstance(self._field, TextField)  # noqa: S101 - for the type checker
        row, column = self._field.cursor_location
        return str(self._field.document.get_line(row))[:column]

    @property
    def _begins(self) -> int:
        """Where in its line the name begins that is being typed."""
        found = _NAME.fullmatch(self._before)
        return found.start(1) if found else 0

    def _put(self, ref: str) -> None:
        """Put what was chosen in the place of what was typed; of several, on a line of its own."""
        if isinstance(self._field, LineField):
            self._field.value = ref
            self._field.cursor_position = len(ref)
            return
        row, column = self._field.cursor_location
        name, whole_line = name_of(ref, self.session.snapshot), not self._before[: self._begins].strip()
        if not whole_line and set(",;") & set(name):
            name = ref
        written = f"{name}\n" if whole_line else name
        self._field.replace(written, (row, self._begins), (row, column), maintain_selection_offset=False)

    def _found(self, text: str, found: object) -> None:
        if not self.is_mounted or text != self._typed or not self._field.has_focus:
            return
        views = found if isinstance(found, list) else []
        known = {text, self.session.snapshot.reference(text, self._kinds)}
        self._offered_for = text
        self._show([] if views and views[0].ref in known else views)
        if self._stepping and self._offers.display:
            self._step_in()

    def _step_in(self) -> None:
        self._stepping = False
        self._offers.highlighted = 0
        self.screen.set_focus(self._offers)

    def _left(self) -> None:
        if self.is_mounted and not (self._field.has_focus or self._offers.has_focus):
            self._show([])

    def _show(self, views: list[View]) -> None:
        self._offers.show_lines(
            Line(joined(plain_line(view.ref, "bold"), plain_line(f"  {view.title}")), view.ref) for view in views
        )
        self._offers.display = bool(views)
        if views:
            self._offers.scroll_visible(animate=False)


def _fitting(session: Session, text: str, kinds: tuple[str, ...]) -> list[View]:
    """Return the records that ``text`` may mean, for a worker thread: those that have its words, else the nearest."""
    found = [one.view for one in session.find(text, kinds, OFFERED)]
    near = [] if found else [session.row_at(ref) for ref in session.snapshot.nearest(text, kinds)]
    return found or [row for row in near if isinstance(row, View)][:OFFERED]


def name_of(ref: str, snapshot: Snapshot) -> str:
    """Return the name of a body where reading it finds the body again, else its reference."""
    name = snapshot.name_of(ref)
    return name if snapshot.reference(name, BODY_KINDS) == ref else ref
