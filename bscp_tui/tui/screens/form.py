"""The forms: change a record's fields, add a record, withdraw one; all from the declaration."""

from collections.abc import Collection, Iterator, Mapping
from decimal import Decimal
from typing import ClassVar

from rich.text import Text
from textual.widget import Widget
from textual.widgets import Select

from bscp_tui.model.amendment import Amendment, amend, withdraw
from bscp_tui.model.dates import in_words
from bscp_tui.model.fields import FieldFacts, Shape, typed_fields
from bscp_tui.model.reading import read_value
from bscp_tui.model.view import View
from bscp_tui.model.workflow import words
from bscp_tui.tui.safe_text import joined, plain, plain_line
from bscp_tui.tui.screens.asked_name import AskedName, name_of
from bscp_tui.tui.screens.change import ChangeDialog
from bscp_tui.tui.session import Session
from bscp_tui.tui.widgets.asked import Asked
from bscp_tui.tui.widgets.typing_fields import LineField, TextField

PREFIX = "f_"  # before a field's name in its widget's id, so that none meets "reason" or "status"
HINTS = {
    Shape.DAY: "31 March 2026, 31/03/2026 or 2026-03-31",
    Shape.NUMBER: "a whole number",
    Shape.AMOUNT: "a number, such as 1,905 or 4.43",
    Shape.MONEY: "pounds, such as £120,037",
    Shape.NUMBERS: "whole numbers, with commas between",
    Shape.BODY: "the name or reference of an agency, group or person",
    Shape.RECORD: "the reference of a record, 4.1.3",
    Shape.BODIES: "names, one a line or with commas between",
    Shape.RECORDS: "names or references, one a line or with commas between",
}
NAMING = frozenset({Shape.BODY, Shape.RECORD, Shape.BODIES, Shape.RECORDS})


class EditForm(ChangeDialog):
    """Asks for the fields of a record."""

    name_of_dialog: str = "edit"
    fills_in_record: ClassVar[bool] = True

    def __init__(self, view: View, base: Mapping[str, object]) -> None:
        """Ask about ``view``, whose file holds ``base``."""
        super().__init__(view.ref)
        self.view, self.base = view, dict(base)

    def heading(self) -> Text:
        """Say what is edited."""
        return joined(plain("Edit "), plain_line(self.view.ref, self.tones.accent), plain_line(f" {self.view.title}"))

    def facts(self) -> list[FieldFacts]:
        """Return the fields that the form offers; status has its own dialog."""
        return asked_fields(type(self.view.item), leave_out="status" if self.view.kind.workflow else "")

    def own_labels(self) -> Collection[str]:
        """Return how its fields are labelled."""
        return {facts.label for facts in self.facts()}

    def begin_at(self, field: str) -> None:
        """Let a field have the focus first, where the form offers it."""
        if any(facts.name == field for facts in self.facts()):
            self.first_field = f"{PREFIX}{field}"

    def questions(self) -> Iterator[Widget]:
        """Yield a field for each that may be edited."""
        for facts in self.facts():
            yield question(facts, text_of(facts, self.view.value(facts.name), self.session))

    def amendment(self) -> Amendment:
        """Return the change of every field whose text is another than it was."""
        return amend(self.view, self.base, self._changed(), self.circumstances())

    def rebase(self) -> None:
        """Take the record as others left it; what is typed stays."""
        found = self.session.row_at(self.ref)
        if isinstance(found, View):
            self.view, self.base = found, self.session.snapshot.document(found.path)

    def _changed(self) -> dict[str, object]:
        values = self.typed_values()
        changed: dict[str, object] = {}
        for facts in self.facts():
            text = values.get(f"{PREFIX}{facts.name}", "")
            if text != self._first.get(f"{PREFIX}{facts.name}", ""):
                changed[facts.name] = read_value(facts, text, today=self.session.today, finder=self.session.snapshot)
        return changed


class WithdrawDialog(ChangeDialog):
    """Asks for the reason and date of a withdrawal."""

    name_of_dialog: str = "withdraw"
    why_fields: ClassVar[tuple[str, ...]] = ("reason", "effective", "decided_at")
    AUTO_FOCUS = "#reason"

    def __init__(self, view: View, base: Mapping[str, object]) -> None:
        """Ask about ``view``, whose file holds ``base``."""
        super().__init__(view.ref)
        self.view, self.base = view, dict(base)

    def heading(self) -> Text:
        """Say what is withdrawn."""
        ref = plain_line(self.view.ref, self.tones.accent)
        return joined(plain("Withdraw "), ref, plain_line(f" (it stays in the history): {self.view.title}"))

    def questions(self) -> Iterator[Widget]:
        """Yield nothing more."""
        yield from ()

    def amendment(self) -> Amendment:
        """Return the withdrawal."""
        return withdraw(self.view, self.base, self.circumstances())


def asked_fields(model: type, *, leave_out: str = "") -> list[FieldFacts]:
    """Return the fields of ``model`` that a form offers."""
    return [facts for facts in typed_fields(model).values() if facts.editable and facts.name != leave_out]


def question(facts: FieldFacts, text: str, unset: str = "not recorded") -> Widget:
    """Return the field to type in that fits a declaration, with its label; ``unset`` is what an empty choice says."""
    label, field = plain_line(f"{facts.label}{' *' if facts.required else ''}"), _field(facts, text, unset)
    if facts.shape in NAMING and isinstance(field, (LineField, TextField)):
        return AskedName(label, field, facts.kinds)
    return Asked(label, field)


def text_of(facts: FieldFacts, value: object, session: Session) -> str:
    """Return a value as it stands in a form, so that reading it gives the value again."""
    if value is None or value in ((), []):
        return ""
    if facts.shape is Shape.DAY:
        return in_words(value)  # type: ignore[arg-type]
    if facts.shape is Shape.FLAG:
        return "yes" if value else "no"
    if facts.shape is Shape.BODY:
        return name_of(str(value), session.snapshot)
    if facts.shape is Shape.BODIES:
        return "".join(f"{name_of(item, session.snapshot)}\n" for item in value)  # type: ignore[attr-defined]
    if isinstance(value, (list, tuple)):
        # Every item ends with a line end, so that one that holds a semicolon stays one.
        return ", ".join(map(str, value)) if facts.shape is Shape.NUMBERS else "".join(f"{item}\n" for item in value)
    if isinstance(value, float):
        return format(Decimal(repr(value)), "f")  # never 1e-06, which nobody types
    return str(value)


def _field(facts: FieldFacts, text: str, unset: str) -> Widget:
    name = f"{PREFIX}{facts.name}"
    if facts.shape in {Shape.CHOICE, Shape.FLAG}:
        choices = facts.choices if facts.shape is Shape.CHOICE else ("yes", "no")
        options = [(plain(words(choice)), choice) for choice in choices]
        value = text if text in choices else Select.NULL
        return Select(options, value=value, prompt=unset, id=name, classes="field", compact=True)
    hint = facts.hint or HINTS.get(facts.shape, "")
    if facts.shape in {Shape.LONG, Shape.LINES, Shape.BODIES, Shape.RECORDS}:
        return TextField(text, placeholder=hint, id=name, classes="field")
    return LineField(text, placeholder=hint, id=name, classes="field", compact=True, select_on_focus=False)
