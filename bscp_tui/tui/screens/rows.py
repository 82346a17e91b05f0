"""The tables inside a record: a plan's legend, an audit's grades, a person's posts, evidence, stages."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import OptionList

from bscp_tui.model.fields import FieldFacts, Shape, fields_of
from bscp_tui.model.kinds import kinds_inside
from bscp_tui.model.parts import Link
from bscp_tui.model.record import Item, Kind
from bscp_tui.model.view import View
from bscp_tui.tui import commands as c
from bscp_tui.tui.lineage import filter_below
from bscp_tui.tui.safe_text import joined, plain, plain_line
from bscp_tui.tui.screens.base import RegisterScreen, TopLine
from bscp_tui.tui.screens.dialogs import away_dialog, row_dialog
from bscp_tui.tui.telling import part_in_words
from bscp_tui.tui.widgets.foot import Foot
from bscp_tui.tui.widgets.words import Choice, Line, Lines


@dataclass(frozen=True)
class RowOf:
    """What a line means: a row of a table, or the next one that could be added to it."""

    table: str
    row: str = ""


@dataclass(frozen=True)
class InsideOf:
    """What a line means: the records of a kind that lie inside, or the next one that could be added."""

    kind: Kind
    new: bool = False


class RowsScreen(RegisterScreen):
    """The rows inside a record, by table: legend, grades, posts, evidence, stages; each can be changed."""

    commands: ClassVar[tuple[type[c.Command], ...]] = (c.ChangeRow, c.AddRow, c.TakeRowAway, c.Back, c.Home)
    BINDINGS: ClassVar[list[BindingType]] = [
        *c.bindings_of((c.AddRow, c.TakeRowAway, c.Back, c.Home)),
        Binding("left", "back", show=False),
    ]
    AUTO_FOCUS = "#list"

    def __init__(self, view: View) -> None:
        """Show the tables of ``view``."""
        super().__init__()
        self._view = view

    def in_plain_text(self) -> str:
        """Return the command that says the same without a screen."""
        return f"bscp show {self._view.ref}"

    def compose(self) -> ComposeResult:
        """Lay out the rows."""
        yield TopLine(plain_line(f"Rows of {self._view.ref} {self._view.title}", "bold"))
        yield Lines(self._lines(), id="list")
        yield Foot()

    def on_mount(self) -> None:
        """Stand on the first line that can be chosen."""
        lines = self.query_one(Lines)
        lines.highlighted = next((at for at, line in enumerate(lines.lines) if not line.disabled), None)

    def register_changed(self) -> None:
        """Show the rows as they are now."""
        row = self.session.row_at(self._view.ref)
        if isinstance(row, View):
            self._view = row
            self.query_one(Lines).show_lines(self._lines())

    @on(OptionList.OptionSelected)
    def chosen(self, event: OptionList.OptionSelected) -> None:
        """Open the form of the row, or the list of what lies inside."""
        means = event.option.means if isinstance(event.option, Choice) else None
        if isinstance(means, RowOf):
            self.host.ask(row_dialog(means.table, means.row), self._view)
        elif isinstance(means, InsideOf) and means.new:
            self.host.ask_add(means.kind, "", self._view)
        elif isinstance(means, InsideOf):
            self.host.open_list(means.kind.name, filter_below(self._view, means.kind), trail=self._view.ref)

    def action_change_row(self) -> None:
        """Open the form of the row under the cursor."""
        self.query_one(Lines).action_select()

    def action_add_row(self) -> None:
        """Open the form of a new row of the table under the cursor."""
        means = self._meant
        if isinstance(means, RowOf):
            self.host.ask(row_dialog(means.table), self._view)
        elif isinstance(means, InsideOf):
            self.host.ask_add(means.kind, "", self._view)

    def action_take_row_away(self) -> None:
        """Ask why the row under the cursor is taken away."""
        means = self._meant
        if isinstance(means, RowOf) and means.row:
            self.host.ask(away_dialog(means.table, means.row), self._view)
        else:
            self.host.tell(plain("Only a row is taken away; a record of its own is withdrawn in its list (w)."))

    @property
    def _meant(self) -> object:
        lines = self.query_one(Lines)
        return lines.meant(lines.highlighted)

    def _lines(self) -> list[Line]:
        lines = [line for name, facts in tables_of(self._view) for line in self._table(name, facts)]
        for kind in kinds_inside(self._view.kind):
            lines += self._inside(kind)
        return lines or [Line(plain("A record of this kind holds no rows.", self.tones.quiet), disabled=True)]

    def _table(self, name: str, facts: FieldFacts) -> Iterator[Line]:
        rows = getattr(self._view.item, name)
        follows = _follows(facts)
        told = "" if rows or not follows else "  none; they follow from a new target"
        yield Line(joined(plain(facts.label, "bold"), plain(told, self.tones.quiet)), disabled=True)
        for row in rows:
            yield Line(plain_line(f"  • {part_in_words(self._view, row)}"), RowOf(name, row.id))
        if not follows:
            yield Line(plain(f"  + add to {facts.label}", self.tones.quiet), RowOf(name))

    def _inside(self, kind: Kind) -> Iterator[Line]:
        assert kind.inside is not None  # noqa: S101 - for the type checker; kinds_inside gives no others
        count = len(getattr(self._view.item, kind.inside[1]))
        yield Line(plain(kind.plural, "bold"), disabled=True)
        if count:
            yield Line(plain(f"  • {count} of them; Enter opens the list"), InsideOf(kind))
        yield Line(plain(f"  + add to {kind.plural}", self.tones.quiet), InsideOf(kind, new=True))


def tables_of(view: View) -> list[tuple[str, FieldFacts]]:
    """Return the tables whose rows are no records of their own; links have a screen of theirs."""
    tables = [(name, facts) for name, facts in fields_of(type(view.item)).items() if facts.shape is Shape.PARTS]
    return [
        (name, facts)
        for name, facts in tables
        if facts.part is not None and not getattr(facts.part, "stands_alone", False) and facts.part is not Link
    ]


def _follows(facts: FieldFacts) -> bool:
    return facts.part is not None and issubclass(facts.part, Item) and facts.part.never_typed
