"""One row inside a record: add it, change it, take it away; all from the declaration."""

from collections.abc import Iterator, Mapping
from typing import ClassVar

from rich.text import Text
from textual.widget import Widget

from bscp_tui.model.additions import row_added, row_model, row_removed
from bscp_tui.model.amendment import Amendment, amend
from bscp_tui.model.fields import FieldFacts, fields_of
from bscp_tui.model.reading import read_value
from bscp_tui.model.record import Item, Part
from bscp_tui.model.view import RefusedChangeError, View
from bscp_tui.tui.safe_text import joined, plain, plain_line
from bscp_tui.tui.screens.change import ChangeDialog
from bscp_tui.tui.screens.form import PREFIX, asked_fields, question, text_of
from bscp_tui.tui.telling import part_in_words
from bscp_tui.tui.widgets.words import Words

CHANGES, TAKES_AWAY = "row", "away"


class RowDialog(ChangeDialog):
    """What asks about a row of a table has: the record as it stands, and the table."""

    why_fields: ClassVar[tuple[str, ...]] = ("reason", "effective", "decided_at")
    asks: ClassVar[str] = ""
    fills_in_record: ClassVar[bool] = True

    def __init__(self, view: View, base: Mapping[str, object], table: str, row: Item | None) -> None:
        """Ask about ``row`` of a table of ``view``, whose file holds ``base``; about a new one where there is none."""
        super().__init__(view.ref)
        self.view, self.base, self.table, self.row = view, dict(base), table, row
        self.name_of_dialog = f"{self.asks}:{table}:{row.id if row else ''}"

    def rebase(self) -> None:
        """Take the record as others left it; what is typed stays."""
        found = self.session.row_at(self.ref)
        if isinstance(found, View):
            self.view, self.base = found, self.session.snapshot.document(found.path)

    def titled(self, words: str) -> Text:
        """Return a heading: what is done, to which table of which record."""
        label = fields_of(type(self.view.item))[self.table].label
        ref = plain_line(self.view.ref, self.tones.accent)
        return joined(plain(f"{words} {label}: "), ref, plain_line(f" {self.view.title}"))


class RowForm(RowDialog):
    """Asks for the fields of a row."""

    asks: ClassVar[str] = CHANGES

    def heading(self) -> Text:
        """Say which table."""
        return self.titled("Change a row of" if self.row else "Add to")

    def facts(self) -> list[FieldFacts]:
        """Return the fields that are asked; a number is given by the program."""
        return [facts for facts in asked_fields(self._model) if facts.name != "number"]

    def questions(self) -> Iterator[Widget]:
        """Yield a field for each."""
        for facts in self.facts():
            now = getattr(self.row, facts.name) if self.row else begins_with(self._model, facts)
            yield question(facts, text_of(facts, now, self.session))

    def amendment(self) -> Amendment:
        """Return the new row, or the change of every field whose text is another than it was."""
        texts, why = self.typed_values(), self.circumstances()
        if self.row is None:
            values = {facts.name: self._read(facts, texts) for facts in self.facts()}
            return row_added(self.view, self.base, self.table, values, why)
        changed = [facts for facts in self.facts() if texts.get(_id(facts)) != self._first.get(_id(facts))]
        place = f"{self.table}.#{self.row.id}"
        return amend(self.view, self.base, {f"{place}.{one.name}": self._read(one, texts) for one in changed}, why)

    def _read(self, facts: FieldFacts, texts: Mapping[str, str]) -> object:
        return read_value(facts, texts.get(_id(facts), ""), today=self.session.today, finder=self.session.snapshot)

    @property
    def _model(self) -> type[Part]:
        return type(self.row) if self.row else row_model(self.view, self.table)


class TakeRowAwayDialog(RowDialog):
    """Asks why a row is taken away."""

    asks: ClassVar[str] = TAKES_AWAY
    AUTO_FOCUS = "#reason"

    def heading(self) -> Text:
        """Say which row."""
        return self.titled("Take away from")

    def questions(self) -> Iterator[Widget]:
        """Yield the row, to be looked at."""
        said = part_in_words(self.view, self.row) if self.row else ""
        yield Words(plain_line(f"• {said} (the history keeps it)", "bold"), classes="taken-away")

    def amendment(self) -> Amendment:
        """Return what takes the row away."""
        assert self.row is not None  # noqa: S101 - for the type checker; only a row that is there is taken away
        why = self.circumstances()
        amendment = row_removed(self.view, self.base, self.table, self.row, why)
        if not why.reason:
            msg = "Reason: say why it is taken away (“reason awaited” is one)."
            raise RefusedChangeError(msg, field="reason")
        return amendment


def begins_with(model: type[Part], facts: FieldFacts) -> object:
    """Return what a field of a new row holds before anything is typed."""
    declared = model.model_fields[facts.name]
    return None if declared.is_required() else declared.default


def _id(facts: FieldFacts) -> str:
    return f"{PREFIX}{facts.name}"
