"""Keeping a report as a file: the form, the place, and never over another file unasked."""

import os
from functools import partial
from pathlib import Path

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Button, Input, Select

from bscp_tui.reports.forms.all_forms import FORMS
from bscp_tui.reports.producing import Product
from bscp_tui.store.handing_over import hand_over
from bscp_tui.tui.safe_text import plain, plain_line, stacked
from bscp_tui.tui.screens.change import Asked
from bscp_tui.tui.screens.simple import ConfirmDialog
from bscp_tui.tui.screens.taking import TakingDialog
from bscp_tui.tui.widgets.typing_fields import LineField
from bscp_tui.tui.widgets.words import Words

FIRST = "docx"  # what boards read


class KeepReportDialog(TakingDialog[None]):
    """Asks for the form (Word, Excel, OpenDocument, web page, text …) and the file of a report, and writes it."""

    AUTO_FOCUS = "#form"

    def __init__(self, product: Product) -> None:
        """Keep ``product``, as it was made."""
        super().__init__(classes="change")
        self._product = product
        self._writing = False

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
        """Write the file; where one is there already, ask first."""
        typed = self.query_one("#file", Input).value.strip()
        if self._writing:
            return
        if not typed:
            self._say("File: say where it goes.")
            return
        path = Path(typed).expanduser()
        if os.path.lexists(path) and not path.is_dir():
            told = stacked(plain_line(path), plain("What is in it now is lost."))
            asked = ConfirmDialog(plain("There is such a file already. Replace it?", "bold"), told)
            self.app.push_screen(asked, lambda yes: self._write(path, replaces=True) if yes else None)
        else:
            self._write(path, replaces=False)

    def _write(self, path: Path, *, replaces: bool) -> None:
        self._writing = True
        self._say("Writing …")
        self.host.fetch("keeping", partial(self._hand_over, path, self._form, replaces=replaces), self._written)

    def _hand_over(self, path: Path, form: str, *, replaces: bool) -> Path:
        """Write the file whole, or not at all; for a worker thread."""
        hand_over(path, self._product.written(FORMS[form]), replace=replaces)
        return path.absolute()

    def _written(self, outcome: object) -> None:
        self._writing = False
        if isinstance(outcome, Path):
            self.host.tell(plain_line(f"Written to {outcome}"))
            if self.is_mounted and self in self.app.screen_stack:
                self.dismiss()
        elif self.is_mounted:
            self._say(
                str(outcome).replace(" with --out", "").replace("Say --replace to write over it, or name", "Name")
            )
        else:
            self.host.tell(plain(outcome), serious=True)

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

    def _say(self, sentence: str) -> None:
        self.query_one("#sentence", Words).say(plain(sentence))
