"""Taking a list along: onto the clipboard, or into a file."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Button, Select

from bscp_tui.model.additions import slug_of
from bscp_tui.model.fields import Audience
from bscp_tui.tui.readers import WHOM, chosen_readers
from bscp_tui.tui.safe_text import plain, plain_line
from bscp_tui.tui.screens.handing_over import HandingOverDialog
from bscp_tui.tui.taking_along import Taken, pasted, written
from bscp_tui.tui.widgets.asked import Asked
from bscp_tui.tui.widgets.typing_fields import LineField
from bscp_tui.tui.widgets.words import Words

if TYPE_CHECKING:
    from bscp_tui.reports.forms.all_forms import Form

CLIPBOARD = "clipboard"
MUCH = 50_000  # letters; some terminals take no more onto the clipboard at once
TOLD = "If pasting brings nothing, this terminal lets no program copy: take a file."


class ExportDialog(HandingOverDialog):
    """Puts a list as it is shown (filter, order, columns) on the clipboard, or into a file."""

    AUTO_FOCUS = "#form"

    def __init__(self, taken: Taken, same: str) -> None:
        """Ask about a list; ``same`` is the command that says the same."""
        super().__init__(classes="change")
        self._taken, self._same = taken, same

    def in_plain_text(self) -> str:
        """Return the command that writes the same list."""
        return f"{self._same} --out FILE"

    def compose(self) -> ComposeResult:
        """Lay out the form, the file and for whom."""
        from bscp_tui.reports.forms.all_forms import FORMS

        forms = [(plain("The clipboard, to paste it elsewhere"), CLIPBOARD)]
        forms += [(plain(f"A file: {form.told}"), form.name) for form in FORMS.values()]
        heading = f"Take {self._taken.count:,} {self._taken.kind.plural.lower()} along: {self._taken.title}"
        with Vertical(classes="dialog"):
            yield Words(plain_line(heading), classes="heading")
            yield Asked(plain("To"), Select(forms, value=CLIPBOARD, allow_blank=False, id="form", compact=True))
            file = Asked(plain("File"), LineField(id="file", classes="field", compact=True, select_on_focus=False))
            file.id = "asked-file"
            yield file
            yield Asked(plain("Made for"), Select(WHOM, prompt="me: as the list shows it", id="whom", compact=True))
            yield Words(plain(TOLD, self.tones.quiet), id="sentence")
            with Horizontal(classes="buttons"):
                yield Button("Take it  ctrl+s", id="record", variant="primary", compact=True)
                yield Button("Close  esc", id="close", compact=True)

    @on(Select.Changed, "#form")
    def form_chosen(self) -> None:
        """Ask for the file where one is wanted, and propose its name."""
        form = self._form
        self.query_one("#asked-file").display = form is not None
        if form is None:
            self.say(plain(TOLD))
            return
        field = self.query_one("#file", LineField)
        now = Path(field.value) if field.value else Path("~") / (slug_of(self._taken.title) or self._taken.kind.name)
        field.value = str(now.with_suffix(form.ending))
        self.say(plain(""))

    def take(self) -> None:
        """Copy the list, or write it; a file that is there is replaced only when asked."""
        form = self._form
        if form is None:
            self.say(plain("Copying …"))
            self.host.fetch("taking", partial(pasted, self.session, self._taken, self._whom), self._copied)
            return
        self.hand_over(partial(written, self.session, self._taken, self._whom, form), form.ending)

    @property
    def _form(self) -> "Form | None":
        """The form of the file; None for the clipboard."""
        from bscp_tui.reports.forms.all_forms import FORMS

        return FORMS.get(str(self.query_one("#form", Select).value))

    @property
    def _whom(self) -> Audience | None:
        return chosen_readers(self.query_one("#whom", Select))

    def _copied(self, outcome: object) -> None:
        if isinstance(outcome, str):
            self.app.copy_to_clipboard(outcome)
            lines = outcome.count("\n") - 1
            more = " It is long; where pasting brings only a part, take a file." if len(outcome) > MUCH else ""
            self.host.tell(plain_line(f"On the clipboard: {lines:,} lines below their headings.{more}"))
            if self.is_current:
                self.dismiss(None)
        else:
            self.say(plain(outcome))
