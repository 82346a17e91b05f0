"""The filter line of a list, with what it may go on with offered above it while it is typed."""

from collections.abc import Sequence
from functools import partial
from typing import cast

from rich.text import Text
from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input, OptionList

from bscp_tui.model.record import Kind
from bscp_tui.store.snapshot import Snapshot
from bscp_tui.tui.completing import Offer, Value, field_in, offers, values_of
from bscp_tui.tui.safe_text import joined, plain_line
from bscp_tui.tui.screens.base import Hosted, RegisterScreen
from bscp_tui.tui.widgets.typing_fields import LineField
from bscp_tui.tui.widgets.words import Choice, Line, Lines

HINT = "find: words, or a filter such as status=complete, due<30d, lead~police"


class FilterBar(Hosted, Vertical):
    """A filter line; Up steps into what is offered above it, Enter there takes it."""

    def __init__(self, kind: Kind, text: str) -> None:
        """Begin with ``text``, for a list of ``kind``."""
        super().__init__(id="filter-bar")
        self._kind = kind
        self._field = LineField(text, placeholder=HINT, id="filter", compact=True, select_on_focus=False)
        self._offers = Lines(id="filter-offers", classes="offers")
        self._known: dict[str, Sequence[Value]] = {}
        self._read_from: Snapshot | None = None

    def compose(self) -> ComposeResult:
        """Place what is offered above the line, so that the line stays where it is."""
        yield self._offers
        yield self._field

    @property
    def text(self) -> str:
        """What is typed."""
        return self._field.value

    @property
    def in_use(self) -> bool:
        """Whether somebody is typing, or choosing what to go on with."""
        return self._field.has_focus or self._offers.has_focus

    def clear(self) -> bool:
        """Take the filter back; return whether there was one."""
        typed = bool(self.text)
        self._field.value = ""
        return typed

    def say(self, line: str) -> None:
        """Let the filter be ``line``."""
        self._field.value = line

    def begin(self) -> None:
        """Go to the line, behind what is typed."""
        self.screen.set_focus(self._field)
        self._field.cursor_position = len(self.text)
        self.offer()

    @on(Input.Changed)
    def offer(self) -> None:
        """Offer how the line may go on, as far as its cursor stands at the end."""
        if not self._field.has_focus:
            self._show([])
            return
        if self._read_from is not self.session.snapshot:
            self._read_from, self._known = self.session.snapshot, {}
        field = field_in(self.text, self._kind)
        if field is not None and field not in self._known and self.session.all_read:
            read = partial(values_of, self.session.snapshot, self._kind, field)
            cast("RegisterScreen", self.screen).fetch("offers", read, partial(self._learn, self._read_from, field))
        self._show(offers(self.text, self._kind, self._known.get(field or "")))

    @on(OptionList.OptionSelected)
    def take(self, event: OptionList.OptionSelected) -> None:
        """Go on as chosen."""
        event.stop()
        if isinstance(event.option, Choice) and isinstance(event.option.means, str):
            # By the field itself: what this widget changes in it would not be heard of by the list.
            self._field.call_later(self._put, event.option.means)

    def _put(self, line: str) -> None:
        self._field.value = line
        self.begin()

    def on_key(self, event: events.Key) -> None:
        """Step up into what is offered, and down again."""
        last = len(self._offers.lines) - 1
        if event.key == "up" and self._field.has_focus and self._offers.display:
            self._offers.highlighted = last
            self.screen.set_focus(self._offers)
        elif event.key == "down" and self._offers.has_focus and self._offers.highlighted == last:
            self.screen.set_focus(self._field)
        else:
            return
        event.stop()
        event.prevent_default()

    def on_descendant_focus(self) -> None:
        """Offer again when the line is come back to."""
        if self._field.has_focus:
            self.offer()

    def on_descendant_blur(self) -> None:
        """Offer nothing more once the line is left."""
        self.call_later(self._left)

    def _left(self) -> None:
        if self.is_mounted and not self.in_use:
            self._show([])

    def _learn(self, snapshot: Snapshot, field: str, values: object) -> None:
        if isinstance(values, list) and snapshot is self._read_from:
            self._known[field] = values
            if self.is_mounted and self._field.has_focus:
                self.offer()

    def _show(self, offered: Sequence[Offer]) -> None:
        width = max((len(offer.written) for offer in offered), default=0)
        self._offers.show_lines(Line(_told(offer, width, self.tones.quiet), offer.line) for offer in reversed(offered))
        self._offers.display = bool(offered)


def _told(offer: Offer, width: int, quiet: str) -> Text:
    written = plain_line(f"{offer.written:<{width}}", "bold")
    return joined(written, plain_line(f"  {offer.said}", quiet))
