"""One report, one set of figures, whatever the form; the same bytes wherever and whenever it is made."""

import hashlib
import io
import json
import os
import re
import subprocess
import sys
import zipfile
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from wcwidth import wcswidth

from bscp_tui.reports.all_reports import REPORTS
from bscp_tui.reports.forms.all_forms import FORMS
from bscp_tui.reports.forms.paper import Grid
from bscp_tui.reports.making import Wanted
from bscp_tui.reports.producing import Product, produced
from bscp_tui.store.register import Register
from tests.reports.forms_read import READERS, said
from tests.support import RECORD, git, opened

NAMES = tuple(REPORTS)
UNSET: tuple[object, ...] = (None, "", [], ())
HOSTILE = "=HYPERLINK(1) <script>alert(1)</script> [x](javascript:1) | \x1b[2J \x00 \u202egnp \ufffe & *b*".replace(
    "\x00", ""
)
DIGITS = re.compile(r"\d+")


def asked(name: str) -> Wanted:
    needs = REPORTS[name].needs
    agency = "West Midlands Police" if "agency" in needs else None
    return Wanted(name, agency=agency, record="4.1.3" if "record" in needs else None)


@pytest.fixture
def product(register: Register) -> Product:
    return produced(register, asked("summary"))


@pytest.mark.parametrize("name", NAMES)
def test_every_cell_says_the_same_in_every_form(register: Register, name: str) -> None:
    product = produced(register, asked(name))
    expected = [[[said(cell.text) for cell in row] for row in grid.rows] for grid in product.paper.grids if grid.rows]
    for form, reader in READERS.items():
        tables = [rows for rows in reader(product.written(FORMS[form])) if rows]
        if form == "csv":  # one table of all: each row has the cells of its own table, and nothing in the others
            cells = [sorted(said(cell) for cell in row if cell) for rows in tables for row in rows]
            shown = [sorted(cell for cell, given in zip(row, grid, strict=True) if given.value not in UNSET)
                     for table, whole in zip(expected, (g.rows for g in product.paper.grids if g.rows), strict=True)
                     for row, grid in zip(table, whole, strict=True)]  # fmt: skip
            assert sorted(cells) == sorted(shown)
        else:
            assert [[[said(cell) for cell in row] for row in rows] for rows in tables] == expected, form


@pytest.mark.parametrize("name", NAMES)
def test_every_number_of_the_paper_stands_in_the_text_within_eighty_columns(register: Register, name: str) -> None:
    product = produced(register, asked(name))
    text = product.written(FORMS["text"]).decode()
    assert max(wcswidth(line) for line in text.split("\n")) <= 80
    cells = [cell.text for part in product.paper.parts if isinstance(part, Grid) for row in part.rows for cell in row]
    sentences = [words for _, words in product.paper.facts] + [
        getattr(part, "text", "") for part in product.paper.parts
    ]
    numbers = set(DIGITS.findall(" ".join([*cells, *sentences])))
    assert numbers <= set(DIGITS.findall(text))
    assert "\t" not in text


def test_text_is_as_wide_as_is_asked(register: Register) -> None:
    wide = produced(register, asked("summary"), width=160).written(FORMS["text"]).decode()
    widths = [wcswidth(line) for line in wide.split("\n")]
    assert 80 < max(widths) <= 160
    assert "columns, part" not in wide


SCRIPT = """
import hashlib, json, sys
from pathlib import Path
from typing import Any
import datetime as dt
from bscp_tui.store.register import open_register
from bscp_tui.reports.forms.all_forms import FORMS
from bscp_tui.reports.making import Wanted
from bscp_tui.reports.producing import produced
register = open_register(Path(sys.argv[1]), dt.date(2026, 7, 1))
found = {}
for name in ("summary", "themes", "clocks", "pictures"):
    product = produced(register, Wanted(name))
    found |= {f"{name} {form.name}": hashlib.sha256(product.written(form)).hexdigest() for form in FORMS.values()}
print(json.dumps(found))
"""


def test_the_same_version_and_day_give_the_same_bytes_in_any_process(folder: Path) -> None:
    def made(seed: str, zone: str) -> dict[str, str]:
        told = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone}
        ran = subprocess.run([sys.executable, "-c", SCRIPT, str(folder)], check=True, capture_output=True, env=told)
        found: dict[str, str] = json.loads(ran.stdout)
        return found

    first, second = made("1", "Pacific/Auckland"), made("2", "America/Los_Angeles")
    assert first == second
    assert len(set(first.values())) == 4 * len(FORMS)


def test_archives_hold_stored_members_of_one_time(product: Product) -> None:
    for name in ("xlsx", "ods", "docx", "odt"):
        with zipfile.ZipFile(io.BytesIO(product.written(FORMS[name]))) as archive:
            members = archive.infolist()
            assert {member.compress_type for member in members} == {zipfile.ZIP_STORED}
            assert len({member.date_time for member in members}) == 1
            assert archive.testzip() is None
            if name in {"ods", "odt"}:
                assert members[0].filename == "mimetype"


def test_every_form_carries_day_version_proof_and_how_it_was_made(product: Product) -> None:
    facts = {name: str(value) for name, _, value in product.made.report.facts}
    proof = facts["proof"].split()
    for form in FORMS.values():
        data = product.written(form)
        if not form.printed:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                data = b"".join(archive.read(name) for name in archive.namelist())
        for word in (facts["register_version"], *proof, "bscp report summary"):
            assert word.encode() in data, (form.name, word)


def test_a_page_needs_nothing_from_elsewhere_and_can_be_heard(product: Product) -> None:
    page: Any = BeautifulSoup(product.written(FORMS["html"]), "lxml")
    assert page.html is not None
    assert page.html["lang"] == "en-GB"
    assert len(page.find_all("h1")) == 1
    levels = [int(str(heading.name)[1]) for heading in page.find_all(re.compile("h[1-6]"))]
    assert all(after - before <= 1 for before, after in pairwise(levels))
    for table in page.find_all("table"):
        assert table.caption is not None
        assert {cell["scope"] for cell in table.thead.find_all("th")} == {"col"}
        assert all(row.find("th")["scope"] == "row" for row in table.tbody.find_all("tr"))
        assert not table.find_all(attrs={"colspan": True}) + table.find_all(attrs={"rowspan": True})
    assert not page.find_all(["script", "link", "iframe", "object"])
    assert not re.search(rb'(?:src|href)="(?!data:)', product.written(FORMS["html"]))


def test_documents_have_headings_and_tables_that_repeat_their_first_row(register: Register) -> None:
    import docx

    product = produced(register, asked("themes"))
    document = docx.Document(io.BytesIO(product.written(FORMS["docx"])))
    styles = [line.style.name for line in document.paragraphs if line.style and line.style.name]
    assert next(style for style in styles if style.startswith("Heading")) == "Heading 1"
    for table in document.tables:
        assert "w:tblHeader" in table.rows[0]._tr.xml  # noqa: SLF001
        assert "gridSpan" not in table._tbl.xml  # noqa: SLF001
    with zipfile.ZipFile(io.BytesIO(product.written(FORMS["odt"]))) as archive:
        content = archive.read("content.xml").decode()
    assert content.count("<table:table-header-rows>") == len(document.tables)
    assert "number-columns-spanned" not in content


def _poisoned(folder: Path) -> Register:
    path = folder / RECORD
    escaped = "".join(f"\\u{ord(sign):04x}" if not 32 <= ord(sign) < 127 else sign for sign in HOSTILE)
    text = path.read_text(encoding="utf-8").replace('title = "Local profile"', f'title = "{escaped}"')
    assert escaped in text
    path.write_text(text, encoding="utf-8")
    git(folder, "commit", "-qam", "Somebody else's words")
    return opened(folder)


def test_hostile_text_acts_in_no_form(folder: Path) -> None:
    from openpyxl import load_workbook

    product = produced(_poisoned(folder), asked("summary"))
    data = {name: product.written(form) for name, form in FORMS.items()}
    for name in ("text", "markdown", "csv", "json", "html"):
        assert not re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\ufffe]", data[name].decode()), name
    assert b"<script" not in data["html"]
    assert b"[x](javascript" not in data["markdown"]
    assert b"\n<script" not in data["markdown"]
    assert b'"=HYPERLINK' not in data["csv"]
    book = load_workbook(io.BytesIO(data["xlsx"]))
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d", "b"}
    assert any(str(cell.value).startswith("=HYPERLINK") and cell.quotePrefix for cell in cells)
    with zipfile.ZipFile(io.BytesIO(data["ods"])) as archive:
        assert b"table:formula" not in archive.read("content.xml")
    for name, reader in READERS.items():
        assert any("HYPERLINK(1)" in cell for rows in reader(data[name]) for row in rows for cell in row), name


def test_a_digest_of_each_form_changes_with_a_figure(folder: Path) -> None:
    first = produced(opened(folder), asked("summary"))
    path = folder / RECORD
    path.write_text(path.read_text(encoding="utf-8").replace('"not-started"', '"in-progress"', 1), encoding="utf-8")
    git(folder, "commit", "-qam", "One more in progress")
    second = produced(opened(folder), asked("summary"))
    for form in FORMS.values():
        assert hashlib.sha256(first.written(form)).digest() != hashlib.sha256(second.written(form)).digest()
