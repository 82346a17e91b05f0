"""Two people, one field: both values with who, when and why, and the one before; one is chosen, or a third typed."""

import datetime as dt
from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Button, Input, OptionList

from bscp_tui.model.dates import in_short
from bscp_tui.model.spoken import field_in_words, spoken
from bscp_tui.tui import commands as c
from bscp_tui.tui.safe_text import grid, joined, plain, plain_line, stacked
from bscp_tui.tui.screens.base import Hosted, after_typing
from bscp_tui.tui.shared_state import decided, field_of
from bscp_tui.tui.widgets.typing_fields import LineField
from bscp_tui.tui.widgets.words import Line, Lines, Words

if TYPE_CHECKING:
    from bscp_tui.sharing.conflicts import SharedConflict, Side

MINE, THEIRS, ANOTHER = "mine", "theirs", "value"
LABEL = 8


class TwoValuesDialog(Hosted, ModalScreen[None]):
    """Asks which of two values counts; the other stays in the history. It can be put off."""

    commands: ClassVar[tuple[type[c.Command], ...]] = (c.Decide, c.PutOff)
    BINDINGS: ClassVar[list[BindingType]] = c.bindings_of(commands)
    AUTO_FOCUS = "#choices"

    def __init__(self, conflict: "SharedConflict") -> None:
        """Ask about ``conflict``."""
        super().__init__(classes="change")
        self._conflict = conflict

    def compose(self) -> ComposeResult:
        """Lay out the field, what each recorded, the choice and the sentence."""
        conflict = self._conflict
        field = field_in_words(tuple(conflict.inner.split(".")), inner=False) or "the record as a whole"
        with Vertical(classes="dialog"):
            yield Words(plain_line(f"{conflict.ref} {conflict.title}: {field}", "bold"), classes="heading")
            with VerticalScroll(can_focus=False):
                yield Words(id="sides-told")
            yield Lines(self._choices(), id="choices")
            yield LineField(placeholder="type the value that is to count", id="another", compact=True)
            yield Words(id="sentence")
            with Horizontal(classes="buttons"):
                yield Button("Decide  ctrl+s", id="decide", variant="primary", compact=True)
                yield Button("Put off  esc", id="put-off", compact=True)

    def on_mount(self) -> None:
        """Choose nothing in silence: the cursor stands on the first, and nothing is decided yet."""
        self.query_one("#another").display = False
        self.query_one("#sides-told", Words).say(grid(_told(self._conflict, self), LABEL))

    @on(OptionList.OptionHighlighted)
    @on(Input.Changed)
    def moved(self) -> None:
        """Say what would be decided."""
        chosen = self._chosen
        self.query_one("#another").display = chosen == ANOTHER
        said = plain_line(self._sentence(chosen), "bold")
        self.query_one("#sentence", Words).say(joined(plain("Will be recorded: ", self.tones.quiet), said))

    @on(OptionList.OptionSelected)
    def selected(self) -> None:
        """Go on to the value that is typed, or to the button that decides."""
        self.set_focus(self.query_one("#another" if self._chosen == ANOTHER else "#decide"))

    @on(Input.Submitted)
    def submitted(self) -> None:
        """Decide on what was typed."""
        self.action_decide()

    @on(Button.Pressed)
    def pressed(self, event: Button.Pressed) -> None:
        """Do what the button says."""
        if event.button.id == "decide":
            self.action_decide()
        else:
            self.action_put_off()

    def action_decide(self) -> None:
        """Keep the decision; once every field is decided on, send and receive."""
        after_typing(self, self._decide)

    def action_put_off(self) -> None:
        """Decide later; nothing is changed meanwhile."""
        self.dismiss()

    @property
    def _chosen(self) -> str:
        lines = self.query_one("#choices", Lines)
        return str(lines.meant(lines.highlighted) or MINE)

    def _choices(self) -> list[Line]:
        conflict = self._conflict
        lines = [
            Line(plain_line(f"mine: {_value(conflict.mine.value)}"), MINE),
            Line(plain_line(f"theirs: {_value(conflict.theirs.value)}"), THEIRS),
        ]
        return [*lines, Line(plain("another value …"), ANOTHER)] if field_of(self.session, conflict) else lines

    def _sentence(self, chosen: str) -> str:
        conflict = self._conflict
        typed = self.query_one("#another", Input).value.strip()
        kept = {MINE: conflict.mine.value, THEIRS: conflict.theirs.value}
        value = _value(kept[chosen]) if chosen in kept else typed or "…"
        left = {MINE: "the other value stays", THEIRS: "yours stays"}.get(chosen, "both values stay")
        return f"{conflict.ref} {conflict.inner}: {value}; {left} in the history."

    def _decide(self) -> None:
        chosen, typed = self._chosen, self.query_one("#another", Input).value
        if chosen == ANOTHER and not typed.strip():
            self.query_one("#sentence", Words).say(plain("Type the value that is to count.", self.tones.bad))
            self.set_focus(self.query_one("#another"))
            return
        self.host.write(partial(decided, self.session, self._conflict, chosen, typed), self._decided)

    def _decided(self, outcome: object) -> None:
        if isinstance(outcome, Exception):
            self.query_one("#sentence", Words).say(plain(outcome, self.tones.bad))
            return
        if self.is_mounted and self in self.app.screen_stack:
            self.dismiss()
        if self.session.shared.conflicts:
            self.host.show_exchange()  # the next one waits
        else:
            self.host.exchange()


def _told(conflict: "SharedConflict", screen: Hosted) -> Iterator[tuple[Text, Text]]:
    """Yield the value before, then what each side made of it: who, when, why."""
    quiet = screen.tones.quiet
    yield plain("before", quiet), plain(_value(conflict.ancestor))
    for name, side in ((MINE, conflict.mine), (THEIRS, conflict.theirs)):
        yield plain(name, quiet), stacked(*_side(side, quiet))


def _side(side: "Side", quiet: str) -> Iterator[Text]:
    yield plain(_value(side.value), "bold")
    if side.by and side.made is not None:
        yield plain_line(f"{side.by}, {_when(side.made)}", quiet)
    if side.reason:
        yield plain(f"“{side.reason}”", quiet)


def _when(made: dt.datetime) -> str:
    local = made.astimezone()
    return f"{in_short(local.date())}, {local:%H:%M}"


def _value(value: object) -> str:
    return spoken(value) or "nothing"
