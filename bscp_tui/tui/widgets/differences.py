"""What a change does to each field, word by word, before it is recorded."""

from collections.abc import Iterator

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import VerticalScroll

from bscp_tui.model import document as doc
from bscp_tui.model.amendment import Amendment
from bscp_tui.model.document import Change
from bscp_tui.model.fields import fields_of
from bscp_tui.model.spoken import field_in_words
from bscp_tui.tui.safe_text import joined, plain_line, stacked
from bscp_tui.tui.sides import within
from bscp_tui.tui.tones import Tones
from bscp_tui.tui.widgets.words import Words

TOLD_BY_THE_SENTENCE = "status"


class Differences(VerticalScroll):
    """The fields that a change touches, what goes and what comes marked in each; scrolls where it is long."""

    def compose(self) -> ComposeResult:
        """Place the text."""
        yield Words(id="differs")

    def allow_focus(self) -> bool:
        """Tab stops here only where there is something to scroll."""
        return self.max_scroll_y > 0 and super().allow_focus()

    def show_change(self, amendment: Amendment | None) -> None:
        """Show what recording ``amendment`` would change in the record that was there; nothing without one."""
        lines = list(_lines(amendment, Tones(self.app))) if amendment is not None else []
        self.display = bool(lines)
        self.screen.set_class(bool(lines), "-differs")
        self.query_one(Words).say(stacked(*lines))


def _lines(amendment: Amendment, tones: Tones) -> Iterator[Text]:
    if amendment.base is None:
        return  # a new record: all of it stands in the fields
    for change in doc.differences(amendment.base, amendment.applied_to(amendment.base)):
        new_row = change.old is None and isinstance(change.new, dict)
        if not new_row and change.path[-1] != TOLD_BY_THE_SENTENCE:
            name = plain_line(f"{_named(change, amendment)}: ", "bold")
            yield joined(name, within(change.old, change.new, tones))


def _named(change: Change, amendment: Amendment) -> str:
    """Return a field as forms label it; a row of a table by the table's label."""
    model: type = amendment.kind.model
    label = ""
    for step in change.path:
        facts = fields_of(model).get(step) if not step.startswith("#") else None
        if facts is not None:
            label, model = facts.label, facts.part or model
        elif not step.startswith("#"):
            label = field_in_words((step,), inner=False)  # a key that this version does not know
    return label
