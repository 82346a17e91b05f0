"""The forms of reports: one line a form."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from bscp_tui.reports.forms.paper import Paper


@dataclass(frozen=True)
class Form:
    """A form that a report takes.

    Attributes:
        name: As on the command line.
        ending: Of its files.
        module: What writes it: ``write(paper)`` there returns its bytes.
        told: What it is, in people's words.
        printed: Whether it is text that a terminal can show.

    """

    name: str
    ending: str
    module: str
    told: str
    printed: bool = True

    def write(self, paper: Paper) -> bytes:
        """Return the paper in this form; the same paper gives the same bytes."""
        writer: Callable[[Paper], bytes] = import_module(f"{__package__}.{self.module}").write
        return writer(paper)


FORMS = {
    form.name: form
    for form in (
        Form("text", ".txt", "plain_text", "Plain text"),
        Form("markdown", ".md", "markdown", "Markdown"),
        Form("csv", ".csv", "csv_rows", "CSV, for any spreadsheet"),
        Form("json", ".json", "json_data", "JSON, for programs"),
        Form("html", ".html", "web", "Web page, one file that opens anywhere"),
        Form("xlsx", ".xlsx", "excel", "Excel workbook", printed=False),
        Form("ods", ".ods", "spreadsheet", "OpenDocument spreadsheet", printed=False),
        Form("docx", ".docx", "word", "Word document", printed=False),
        Form("odt", ".odt", "open_text", "OpenDocument text", printed=False),
    )
}


def form_of(path: Path) -> Form | None:
    """Return the form that a file's ending names, None if it names none."""
    return next((form for form in FORMS.values() if form.ending == path.suffix.lower()), None)
