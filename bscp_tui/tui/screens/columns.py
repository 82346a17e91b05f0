"""The dialog that chooses a list's columns: which, in which order, how wide."""

from collections.abc import Mapping
from dataclasses import replace
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen
from textual.widgets import Button, OptionList

from bscp_tui.model.record import Kind
from bscp_tui.tui import commands as c
from bscp_tui.tui.arranging import Arrangement, columns_for
from bscp_tui.tui.safe_text import plain, plain_line
from bscp_tui.tui.screens.base import Hosted
from bscp_tui.tui.telling import label_of
from bscp_tui.tui.widgets.fitting import NARROWEST, WIDEST_TITLE
from bscp_tui.tui.widgets.words import Line, Lines, Words

SHOWN, HIDDEN = "✓", " "
TOLD = "Enter shows or hides · ← → narrower, wider · shift+↑ ↓ moves · ctrl+s done"


class ColumnsDialog(Hosted, ModalScreen[Arrangement | None]):
    """Asks which columns a list shows; answers with the list's arrangement, None where it stays as it was."""

    commands: ClassVar[tuple[type[c.Command], ...]] = (c.TakeColumns, c.Back)
    BINDINGS: ClassVar[list[BindingType]] = [
        *c.bindings_of(commands),
        Binding("shift+up", "move(-1)", show=False),
        Binding("shift+down", "move(1)", show=False),
        Binding("left", "widen(-1)", show=False),
        Binding("right", "widen(1)", show=False),
    ]

    def __init__(self, kind: Kind, arrangement: Arrangement, shown: Mapping[str, int]) -> None:
        """Ask about a list of ``kind``, whose columns are as wide as ``shown``; 0 where there is no room for one."""
        super().__init__(classes="change")
        self._kind, self._arrangement = kind, arrangement
        self._shown = dict(shown)
        self._names = list(dict.fromkeys([*arrangement.columns, *columns_for(kind)]))
        self._chosen = set(arrangement.columns)
        self._widths = dict(arrangement.widths)

    def compose(self) -> ComposeResult:
        """Lay out every field of the kind."""
        with Vertical(classes="dialog"):
            yield Words(plain(f"Columns: {self._kind.plural.lower()}"), classes="heading")
            yield Lines(self._lines(), id="columns-offered")
            yield Words(plain(TOLD, self.tones.quiet), classes="told")
            with Horizontal(classes="buttons"):
                yield Button("Done  ctrl+s", id="done", variant="primary", compact=True)
                yield Button("As at first", id="first", compact=True)
                yield Button("Close  esc", id="close", compact=True)

    def on_mount(self) -> None:
        """Stand on the first."""
        self.query_one(Lines).highlighted = 0

    @on(OptionList.OptionSelected)
    def toggle(self) -> None:
        """Show the column under the cursor, or hide it."""
        self._chosen ^= {self._current}
        self._tell()

    @on(Button.Pressed)
    def pressed(self, event: Button.Pressed) -> None:
        """Do what the button says."""
        if event.button.id == "first":
            first = replace(self._arrangement, columns=self._kind.columns, widths={})
            self.dismiss(first)
        elif event.button.id == "done":
            self.action_take_columns()
        else:
            self.action_back()

    def action_move(self, step: int) -> None:
        """Move the column under the cursor up or down: to the left or to the right in the list."""
        lines = self.query_one(Lines)
        at = lines.highlighted or 0
        to = at + step
        if 0 <= to < len(self._names):
            self._names[at], self._names[to] = self._names[to], self._names[at]
            self._tell()
            lines.highlighted = to

    def action_widen(self, step: int) -> None:
        """Make the column under the cursor wider or narrower."""
        name = self._current
        now = self._widths.get(name) or self._shown.get(name) or len(label_of(self._kind, name))
        self._widths[name] = max(NARROWEST, min(now + step, WIDEST_TITLE))
        self._chosen |= {name}
        self._tell()

    def action_take_columns(self) -> None:
        """Answer with what is chosen."""
        columns = tuple(name for name in self._names if name in self._chosen)
        if columns:
            widths = {name: width for name, width in self._widths.items() if name in self._chosen}
            self.dismiss(replace(self._arrangement, columns=columns, widths=widths))
        else:
            self.query_one(".told", Words).say(plain("A list needs a column: choose one with Enter."))

    def action_back(self) -> None:
        """Leave the list as it was."""
        self.dismiss(None)

    @property
    def _current(self) -> str:
        return self._names[self.query_one(Lines).highlighted or 0]

    def _tell(self) -> None:
        self.query_one(Lines).show_lines(self._lines())

    def _lines(self) -> list[Line]:
        return [Line(plain_line(self._line(name)), name) for name in self._names]

    def _line(self, name: str) -> str:
        label = f"{SHOWN if name in self._chosen else HIDDEN} {label_of(self._kind, name)}"
        if name not in self._chosen:
            return label
        width = self._widths.get(name) or self._shown.get(name)
        said = {None: "", 0: "no room"}.get(width, f"{width} wide")
        return f"{label:<44} {said}".rstrip()
