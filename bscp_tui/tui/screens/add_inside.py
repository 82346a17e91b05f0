"""The form that adds a record inside another's: a key action to an action, a finding to an audit."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import ClassVar

from rich.text import Text
from textual.widget import Widget

from bscp_tui.model.additions import new_row
from bscp_tui.model.amendment import Amendment
from bscp_tui.model.fields import FieldFacts, Shape
from bscp_tui.model.kinds import KINDS
from bscp_tui.model.reading import read_value
from bscp_tui.model.record import Item, Kind
from bscp_tui.model.view import RefusedChangeError, View
from bscp_tui.tui.safe_text import joined, plain
from bscp_tui.tui.screens.by_hand import mend_first
from bscp_tui.tui.screens.change import ChangeDialog
from bscp_tui.tui.screens.form import PREFIX, asked_fields, question, text_of
from bscp_tui.tui.screens.row import begins_with

OWNER, NAME = "owner_record", "row_name"  # widgets' names that no field has


class AddInsideForm(ChangeDialog):
    """Asks for a new record of a kind that lies inside another's file."""

    name_of_dialog: str = "add"
    why_fields: ClassVar[tuple[str, ...]] = ("reason", "effective", "decided_at")

    def __init__(self, kind: Kind, owner: str) -> None:
        """Ask about a record of ``kind``; ``owner`` is the reference of the record that holds it, if it is known."""
        super().__init__(f"new {kind.name}")
        assert kind.inside is not None  # noqa: S101 - for the type checker; callers have looked
        self.kind, self.owner, self._holds = kind, owner, KINDS[kind.inside[0]]

    def heading(self) -> Text:
        """Say what is added."""
        return joined(plain("Add: "), plain(self.kind.name.replace("-", " "), self.tones.accent))

    def questions(self) -> Iterator[Widget]:
        """Yield the record that holds it, then its fields."""
        if not self._is_one:
            yield question(self._owner_facts, self.owner)
        if self._names:
            yield question(self._name_facts, "")
        for facts in self._facts():
            now = begins_with(self.kind.model, facts) if facts.name in self.kind.model.model_fields else None
            yield question(facts, text_of(facts, now, self.session))

    def amendment(self) -> Amendment:
        """Return the new row of the record that holds it."""
        texts = self.typed_values()
        parent = self._holder(texts)
        values = {facts.name: self._read(facts, texts) for facts in self._facts()}
        given = {name: value for name, value in values.items() if value is not None}
        name = texts.get(f"{PREFIX}{NAME}") or None
        base = self.session.snapshot.document(parent.path)
        return new_row(self.kind, parent, base, given, self.circumstances(), name=name)

    def _holder(self, texts: Mapping[str, str]) -> View:
        ref = self._holds.name if self._is_one else str(self._read(self._owner_facts, texts))
        parent = self.session.row_at(ref)
        if not isinstance(parent, View):
            raise RefusedChangeError(f"{ref} cannot be read. Mend its file first.")
        if parent.mark:
            raise ValueError(mend_first(ref))
        return parent

    def _read(self, facts: FieldFacts, texts: Mapping[str, str]) -> object:
        text = texts.get(f"{PREFIX}{facts.name}", "")
        return read_value(facts, text, today=self.session.today, finder=self.session.snapshot)

    @property
    def _is_one(self) -> bool:
        """Whether there is one record only that could hold it: the register."""
        return self._holds.reference == self._holds.name

    @property
    def _names(self) -> tuple[str, ...]:
        """The names that it may have, where rows are named."""
        return self.kind.model.names_allowed() if issubclass(self.kind.model, Item) else ()

    @property
    def _owner_facts(self) -> FieldFacts:
        label = self._holds.name.replace("-", " ").capitalize()
        hint = "the reference of the record that holds it"
        return FieldFacts(OWNER, label, Shape.RECORD, (), hint, True, None, True, (self._holds.name,))  # noqa: FBT003

    @property
    def _name_facts(self) -> FieldFacts:
        return FieldFacts(NAME, "Name", Shape.CHOICE, self._names, "", True, None, True)  # noqa: FBT003

    def _facts(self) -> list[FieldFacts]:
        """Return the fields that are asked; a number that is not typed is the next one."""
        asked = asked_fields(self.kind.model)
        return [replace(one, required=False, hint="the next one") if one.name == "number" else one for one in asked]
