"""What the columns of an imported table hold: the guess, to be corrected."""

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Button, Select

from bscp_tui.tui import commands as c
from bscp_tui.tui.safe_text import plain, plain_line
from bscp_tui.tui.screens.base import Hosted
from bscp_tui.tui.screens.change import Asked
from bscp_tui.tui.widgets.words import Words

if TYPE_CHECKING:
    from bscp_tui.intake.proposing import TableRead

LEFT_OUT = "(left out)"
REMEMBERED = "The register remembers what you correct, for tables with the same headings."


class ColumnsDialog(Hosted, ModalScreen[dict[str, str] | None]):
    """Asks what each column holds; answers with the columns whose guess was corrected."""

    commands: ClassVar[tuple[type[c.Command], ...]] = (c.Record, c.Back)
    BINDINGS: ClassVar[list[BindingType]] = c.bindings_of(commands)

    def __init__(self, table: "TableRead") -> None:
        """Ask about the columns of ``table``."""
        super().__init__(classes="change")
        assert table.shape is not None  # noqa: S101 - for the type checker; only tables that were understood are asked about
        self._table, self._roles = table, [role.name for role in table.shape.roles]

    def compose(self) -> ComposeResult:
        """Lay out a choice for each column."""
        options = [(plain(name.replace("_", " ")), name) for name in self._roles]
        with Vertical(classes="dialog"):
            yield Words(plain_line(f"What the columns of {self._table.place} hold", "bold"), classes="heading")
            with VerticalScroll(classes="questions", can_focus=False):
                for match in self._table.columns:
                    heading = match.heading or f"column {match.column + 1}"
                    now = match.role.name if match.role else Select.NULL
                    choice = Select(options, prompt=LEFT_OUT, value=now, id=f"column-{match.column}", compact=True)
                    yield Asked(plain_line(heading[:60]), choice)
            yield Words(
                plain("The register remembers what you correct, for tables with the same headings.", self.tones.quiet)
            )
            with Horizontal(classes="buttons"):
                yield Button("Take it  ctrl+s", id="record", variant="primary", compact=True)
                yield Button("Close  esc", id="close", compact=True)

    @on(Button.Pressed)
    def pressed(self, event: Button.Pressed) -> None:
        """Do what the button says."""
        if event.button.id == "record":
            self.action_record()
        else:
            self.action_back()

    def action_record(self) -> None:
        """Answer with what was corrected."""
        corrected = {}
        for match in self._table.columns:
            value = self.query_one(f"#column-{match.column}", Select).value
            chosen = "" if value is Select.NULL else str(value)
            if chosen != (match.role.name if match.role else ""):
                corrected[match.heading or f"column {match.column + 1}"] = chosen
        self.dismiss(corrected or None)

    def action_back(self) -> None:
        """Answer nothing."""
        self.dismiss(None)
