"""What an imported table is, which plan it belongs to, and what its columns hold: the guess, to be corrected."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widget import Widget
from textual.widgets import Button, Input, Select

from bscp_tui.model.kinds import KINDS
from bscp_tui.model.workflow import words
from bscp_tui.tui.safe_text import plain, plain_line
from bscp_tui.tui.screens.taking import TakingDialog
from bscp_tui.tui.widgets.asked import Asked
from bscp_tui.tui.widgets.typing_fields import LineField
from bscp_tui.tui.widgets.words import Words

if TYPE_CHECKING:
    from bscp_tui.intake.columns import Match
    from bscp_tui.intake.proposing import TableRead

LEFT_OUT = "(left out)"
GUESSED = "(as the table itself tells)"
REMEMBERED = "The register remembers what you correct, for tables with the same headings."


@dataclass(frozen=True)
class Corrected:
    """What a person said of a document.

    Attributes:
        kind: The kind of its records; None to guess it.
        plan: The plan that they belong to; None to take the document's.
        columns: Heading to field, of those whose guess was corrected.

    """

    kind: str | None
    plan: str | None
    columns: Mapping[str, str] = field(default_factory=dict)


class ColumnsDialog(TakingDialog[Corrected]):
    """Asks what the records are, which plan they belong to, and what each column holds."""

    def __init__(self, tables: "Sequence[TableRead]", said: Corrected, plans: Sequence[str]) -> None:
        """Ask about tables that were understood, if any were.

        Args:
            tables: The document's tables.
            said: What was said of the document before.
            plans: The register's plans.

        """
        super().__init__(classes="change")
        self._said = said
        self._plans = [*plans, *([said.plan] if said.plan and said.plan not in plans else [])]
        self._matches = list(_asked(tables))

    def compose(self) -> ComposeResult:
        """Lay out the kind, the plan, and a choice for each column."""
        with Vertical(classes="dialog"):
            yield Words(plain("What this document holds", "bold"), classes="heading")
            with VerticalScroll(classes="questions", can_focus=False):
                kinds = [(plain(words(name)), name) for name in _kinds()]
                kind = Select(kinds, prompt=GUESSED, value=self._said.kind or Select.NULL, id="kind", compact=True)
                yield Asked(plain("Its records are"), kind)
                plans = [(plain(name), name) for name in self._plans]
                plan = Select(plans, prompt=GUESSED, value=self._said.plan or Select.NULL, id="plan", compact=True)
                yield Asked(plain("They belong to plan"), plan)
                yield Asked(plain("or to a new one"), LineField(placeholder="2027-29", id="new-plan", compact=True))
                yield from self._columns()
            yield Words(plain(REMEMBERED, self.tones.quiet))
            with Horizontal(classes="buttons"):
                yield Button("Take it  ctrl+s", id="record", variant="primary", compact=True)
                yield Button("Close  esc", id="close", compact=True)

    def _columns(self) -> Iterator[Widget]:
        if self._matches:
            yield Words(plain("Its columns", "bold"))
        for number, (match, roles) in enumerate(self._matches):
            options = [(plain(name.replace("_", " ")), name) for name in roles]
            now = match.role.name if match.role else Select.NULL
            choice = Select(options, prompt=LEFT_OUT, value=now, id=f"column-{number}", compact=True)
            yield Asked(plain_line(_named(match)[:60]), choice)

    def take(self) -> None:
        """Answer with what was said, and the columns that were corrected."""
        corrected = {}
        for number, (match, _) in enumerate(self._matches):
            chosen = self._chosen(f"#column-{number}") or ""
            if chosen != (match.role.name if match.role else ""):
                corrected[_named(match)] = chosen
        plan = self.query_one("#new-plan", Input).value.strip() or self._chosen("#plan")
        answer = Corrected(self._chosen("#kind"), plan, corrected)
        same = not corrected and (answer.kind, answer.plan) == (self._said.kind, self._said.plan)
        self.dismiss(None if same else answer)

    def _chosen(self, name: str) -> str | None:
        value = self.query_one(name, Select).value
        return None if value is Select.NULL else str(value)


def _asked(tables: "Sequence[TableRead]") -> "Iterator[tuple[Match, list[str]]]":
    """Yield each column once, with the fields that it may hold; tables on several pages have the same."""
    seen: set[tuple[str, str]] = set()
    for table in tables:
        for match in table.columns if table.shape else ():
            mark = (table.shape.name, _named(match)) if table.shape else ("", "")
            if table.shape is not None and mark not in seen:
                seen.add(mark)
                yield match, [role.name for role in table.shape.roles]


def _named(match: "Match") -> str:
    return match.heading or f"column {match.column + 1}"


def _kinds() -> list[str]:
    from bscp_tui.intake.shapes.all_shapes import shapes_for

    read = {shape.kind.name for shape in shapes_for(None)}
    return sorted(name for name in read if name in KINDS)
