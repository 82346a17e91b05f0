"""Keeping a report as a file: the form, the place, and never over another file unasked."""

from functools import partial
from pathlib import Path

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Button, Input, Select

from bscp_tui.reports.forms.all_forms import FORMS
from bscp_tui.reports.producing import Product
from bscp_tui.tui.safe_text import plain, plain_line
from bscp_tui.tui.screens.handing_over import HandingOverDialog
from bscp_tui.tui.widgets.asked import Asked
from bscp_tui.tui.widgets.typing_fields import LineField
from bscp_tui.tui.widgets.words import Words

FIRST = "docx"  # what boards read


class KeepReportDialog(HandingOverDialog):
    """Asks for the form (Word, Excel, OpenDocument, web page, text …) and the file of a report, and writes it."""

    AUTO_FOCUS = "#form"

    def __init__(self, product: Product) -> None:
        """Keep ``product``, as it was made."""
        super().__init__(classes="change")
        self._product = product

    def in_plain_text(self) -> str:
        """Return the command that writes the same file."""
        return f"bscp report {self._product.paper.name} --out FILE"

    def compose(self) -> ComposeResult:
        """Lay out the form and the file."""
        forms = [(f"{form.told} ({form.ending})", form.name) for form in FORMS.values()]
        with Vertical(classes="dialog"):
            yield Words(plain_line(f"Keep as a file: {self._product.paper.title}"), classes="heading")
            yield Asked(plain("Form"), Select(forms, value=FIRST, allow_blank=False, id="form", classes="field",
                                              compact=True))  # fmt: skip
            yield Asked(plain("File"), LineField(str(self._proposed(FIRST)), id="file", classes="field", compact=True,
                                                 select_on_focus=False))  # fmt: skip
            yield Words(id="sentence")
            with Horizontal(classes="buttons"):
                yield Button("Keep  ctrl+s", id="record", variant="primary", compact=True)
                yield Button("Close  esc", id="close", compact=True)

    @on(Select.Changed, "#form")
    def form_chosen(self) -> None:
        """Let the file's name end as files of the form do."""
        field, ending = self.query_one("#file", Input), FORMS[self._form].ending
        path = Path(field.value.strip() or str(self._proposed(self._form)))
        known = {form.ending for form in FORMS.values()}
        named = path.with_suffix(ending) if path.suffix.lower() in known else path.with_name(f"{path.name}{ending}")
        field.value = str(named)

    def take(self) -> None:
        """Write the file."""
        self.hand_over(partial(self._product.written, FORMS[self._form]))

    def _proposed(self, form: str) -> Path:
        """Return a file in the person's documents folder; where there is none, in the folder they came from."""
        documents = Path.home() / "Documents"
        register = self.session.register.repository.root
        here = Path.home() if Path.cwd().is_relative_to(register) else Path.cwd()
        made = self._product.made
        name = f"{made.report.name}-{made.asked.as_at.isoformat()}{FORMS[form].ending}"
        return (documents if documents.is_dir() else here) / name

    @property
    def _form(self) -> str:
        return str(self.query_one("#form", Select).value)
