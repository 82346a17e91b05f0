"""Forms filled in and bent as people and their programs do, by the libraries that read them in earnest."""

import io
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import docx
import openpyxl
from docx.oxml.ns import qn

from tests.core.conftest import Tell

Answers = Mapping[tuple[str, str], object]
"""(reference, column) to what is written there; ("", label) for what stands at the head of the form."""


KA = "2026-28/1.1."  # the key actions that the trust is asked about


def read(tell: Tell, *words: object, today: str = "2026-07-02") -> dict[tuple[str, str], dict[str, Any]]:
    """Read returns and give the rows by reference and field."""
    told = tell("round", "read", *map(str, words), "--format", "json", today=today)
    assert told.status == 0, told.err
    return {(row["ref"], row["field"]): row for row in told.json}


def states(rows: dict[tuple[str, str], dict[str, Any]]) -> dict[tuple[str, str], str]:
    return {key: row["state"] for key, row in rows.items() if row["state"] != "unchanged"}


FILLED = {
    (f"{KA}1", "status"): "in progress",
    (f"{KA}1", "update"): "Half of the posts are filled.",
    (f"{KA}1", "since"): "15 June 2026",
    (f"{KA}2", "evidence"): "Profile of May 2026",
    ("LP-0001.1", "status"): "accepted",
}
EXPECTED = {
    (f"{KA}1", "status"): "changed",
    (f"{KA}1", "update"): "new",
    (f"{KA}2", "evidence"): "new",
    ("LP-0001.1", "status"): "changed",
}


def form_of(folder: Path, party: str, ending: str) -> Path:
    """Return the form that was written for a party."""
    return next(path for path in sorted(folder.iterdir()) if party in path.name and path.suffix == ending)


def fill_word(path: Path, answers: Answers, to: Path) -> Path:
    """Write the answers into a Word form's controls, as Word does."""
    document = docx.Document(str(path))
    wanted = {f"{ref}|{column}": str(text) for (ref, column), text in answers.items()}
    for control in document.element.body.iter(qn("w:sdt")):
        properties = control.find(qn("w:sdtPr"))
        tag = properties.find(qn("w:tag")).get(qn("w:val"))
        name = tag if tag in wanted else f"|{properties.find(qn('w:alias')).get(qn('w:val'))}"
        if name not in wanted:
            continue
        for shown in properties.findall(qn("w:showingPlcHdr")):
            properties.remove(shown)
        texts = list(control.iter(qn("w:t")))
        texts[0].text = wanted.pop(name)
        for other in texts[1:]:
            other.text = ""
    assert not wanted, wanted
    document.save(str(to))
    return to


def fill_excel(path: Path, answers: Answers, to: Path) -> Path:
    """Write the answers into an Excel form's cells."""

    def change(sheet: Any) -> None:
        columns, rows = places(sheet)
        for (ref, column), value in answers.items():
            if ref:
                sheet.cell(rows[ref], columns[column]).value = value
                continue
            label = next(cell for cell in sheet["A"] if str(cell.value or "").startswith(column))
            sheet.cell(label.row, 2).value = value

    return bend_excel(path, to, change)


def bend_excel(path: Path, to: Path, change: Callable[[Any], None]) -> Path:
    """Change a workbook's sheet in any way and save it."""
    book = openpyxl.load_workbook(path)
    change(book.active)
    book.save(to)
    return to


def places(sheet: Any) -> tuple[dict[str, int], dict[str, int]]:
    """Return the columns by key and the rows by reference."""
    keys = next(row for row in sheet.iter_rows() if str(row[0].value or "").startswith("bscp:"))
    columns = {str(cell.value)[5:]: cell.column for cell in keys if cell.value}
    return columns, {str(row[0].value): row[0].row for row in sheet.iter_rows(min_row=keys[0].row + 1) if row[0].value}


def flattened(path: Path, to: Path) -> Path:
    """Turn a Word form's controls into plain text, as other programs do when they save it."""
    document = docx.Document(str(path))
    for control in list(document.element.body.iter(qn("w:sdt"))):
        for child in list(control.find(qn("w:sdtContent"))):
            control.addprevious(child)
        control.getparent().remove(control)
    document.save(str(to))
    return to


def bend_word(path: Path, to: Path, change: Callable[[Any], None]) -> Path:
    """Change the table of answers of a Word form in any way and save it."""
    document = docx.Document(str(path))
    change(document.tables[-1])
    document.save(str(to))
    return to


def bomb() -> bytes:
    """Return an archive that says it is a workbook and unpacks to far more than it is."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types>spreadsheetml</Types>")
        archive.writestr("xl/worksheets/sheet1.xml", b"<x>" + b" " * 40_000_000)
    return data.getvalue()
