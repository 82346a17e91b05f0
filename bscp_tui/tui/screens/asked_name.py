"""A field that names a record: what fits is offered below it while it is typed."""

from rich.text import Text
from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input, OptionList

from bscp_tui.model.view import View
from bscp_tui.tui.safe_text import joined, plain_line
from bscp_tui.tui.screens.base import Hosted
from bscp_tui.tui.screens.change import Asked
from bscp_tui.tui.widgets.typing_fields import LineField
from bscp_tui.tui.widgets.words import Choice, Line, Lines

OFFERED = 4


class AskedName(Hosted, Vertical):
    """A field with its label; Down steps into what is offered, Enter takes it."""

    def __init__(self, label: Text, field: LineField, kinds: tuple[str, ...]) -> None:
        """Offer records of ``kinds`` (of any without) for ``field``."""
        super().__init__(classes="asked-name")
        self._label, self._field, self._kinds = label, field, kinds
        self._offers = Lines(classes="offers")

    def compose(self) -> ComposeResult:
        """Place the field above what is offered."""
        yield Asked(self._label, self._field)
        yield self._offers

    @on(Input.Changed)
    def typing(self, event: Input.Changed) -> None:
        """Offer what has the typed words, unless that is a reference already."""
        text = event.value.strip()
        wanted = self._field.has_focus and text and self.session.all_read
        views = [found.view for found in self.session.find(text, self._kinds, OFFERED)] if wanted else []
        self._show([] if any(view.ref == text for view in views) else views)

    @on(OptionList.OptionSelected)
    def chosen(self, event: OptionList.OptionSelected) -> None:
        """Take what was chosen."""
        event.stop()
        if isinstance(event.option, Choice) and isinstance(event.option.means, str):
            self._field.value = event.option.means
            self._field.cursor_position = len(event.option.means)
            self.screen.set_focus(self._field)
            self._show([])

    def on_key(self, event: events.Key) -> None:
        """Step down into what is offered, and up again."""
        first = not self._offers.highlighted
        if event.key == "down" and self._field.has_focus and self._offers.display:
            self._offers.highlighted = 0
            self.screen.set_focus(self._offers)
        elif event.key == "up" and self._offers.has_focus and first:
            self.screen.set_focus(self._field)
        else:
            return
        event.stop()
        event.prevent_default()

    def on_descendant_blur(self) -> None:
        """Offer nothing more once the field is left."""
        self.call_later(self._left)

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
