"""The form that adds a record: where it lies, its fields, and why."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from typing import ClassVar

from rich.text import Text
from textual.widget import Widget

from bscp_tui.model.additions import new_record
from bscp_tui.model.amendment import Amendment
from bscp_tui.model.fields import FieldFacts, Shape, typed_fields
from bscp_tui.model.reading import read_value
from bscp_tui.model.record import Kind
from bscp_tui.tui.safe_text import joined, plain, plain_line, stacked
from bscp_tui.tui.screens.change import ChangeDialog
from bscp_tui.tui.screens.form import PREFIX, asked_fields, question

PLACE_HINTS = {
    "slug": "short name in lower case, for the file: violence-reduction",
    "plan": "the plan's reference, 2025-27",
}


class AddForm(ChangeDialog):
    """Asks for a new record of a kind with files of its own."""

    name_of_dialog: str = "add"
    why_fields: ClassVar[tuple[str, ...]] = ("reason", "effective", "decided_at")

    def __init__(
        self,
        kind: Kind,
        known: Mapping[str, str],
        begins: Mapping[str, str] | None = None,
        *,
        also: str = "",
        about: str = "",
    ) -> None:
        """Ask about a record of ``kind``.

        Args:
            kind: Its kind.
            known: What the list's filter already says of its place.
            begins: What its fields begin with, as text.
            also: The command that does the same; "" where none needs to be named.
            about: What it is about, so that what is typed for one is not taken for another; "" for nothing else.

        """
        super().__init__(" ".join(filter(None, (f"new {kind.name}", about))))
        self.kind, self.known, self._begins, self.also = kind, known, begins or {}, also
        self._drawn = ""  # the reference, once it was drawn: what is shown is what is recorded
        empty = (each.name for each in self._facts() if each.required and not self._begins.get(each.name))
        if self._begins and (first := next(empty, None)):
            self.first_field = f"{PREFIX}{first}"

    def heading(self) -> Text:
        """Say what is added, and by which command the same is done."""
        said = joined(plain("Add: "), plain(self.kind.name.replace("-", " "), self.tones.accent))
        return stacked(said, plain_line(self.also, self.tones.quiet)) if self.also else said

    def questions(self) -> Iterator[Widget]:
        """Yield the names that make its reference, then its fields."""
        for name in self._names():
            yield question(self._name_facts(name), self.known.get(name, ""))
        for facts in self._facts():
            yield question(facts, self._begins.get(facts.name, ""))

    def own_labels(self) -> Collection[str]:
        """Return how its fields are labelled."""
        return {facts.label for facts in self._facts()}

    def amendment(self) -> Amendment:
        """Return the new record."""
        texts = self.typed_values()
        names = {name: texts.get(f"{PREFIX}{name}", "").strip() for name in self._names()}
        for name, value in names.items():
            if not value:
                raise ValueError(f"{self._name_facts(name).label}: write it; it becomes part of the reference.")
        declared = typed_fields(self.kind.model)
        asked = [*self._facts(), *(declared[name] for name in names if name in declared)]
        values = {facts.name: self._read(facts, texts) for facts in asked}
        snapshot, repository = self.session.snapshot, self.session.register.repository
        if "{code}" in (self.kind.where or "") and not snapshot.knows(self._drawn):
            names["ref"] = self._drawn
        made = new_record(
            self.kind, names, values, self.circumstances(),
            prefix=repository.prefix, taken=snapshot.has_path, register=snapshot,
        )  # fmt: skip
        self._drawn = made.ref
        return made

    def _read(self, facts: FieldFacts, values: Mapping[str, str]) -> object:
        return read_value(
            facts, values.get(f"{PREFIX}{facts.name}", ""), today=self.session.today, finder=self.session.snapshot
        )

    def _names(self) -> list[str]:
        """Return the names that people choose; a code is drawn."""
        names = re.findall(r"\{(\w+)\}", self.kind.where or "")
        return [name for name in names if name not in {"block", "code"}]

    def _facts(self) -> list[FieldFacts]:
        return [facts for facts in asked_fields(self.kind.model) if facts.name not in self._names()]

    def _name_facts(self, name: str) -> FieldFacts:
        declared = typed_fields(self.kind.model).get(name)
        if declared is not None:
            return replace(declared, required=True)
        label = {"slug": "Reference"}.get(name, name.capitalize())
        return FieldFacts(name, label, Shape.LINE, (), PLACE_HINTS.get(name, ""), True, None, True)  # noqa: FBT003 - its fields in order
