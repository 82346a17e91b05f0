"""What stands in the tables of a report's files, read by other programs' eyes: one reader a form."""

import csv
import datetime as dt
import io
import json
import re
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import docx
from bs4 import BeautifulSoup
from odfdo import Document
from openpyxl import load_workbook

from bscp_tui.model.dates import in_words
from bscp_tui.reports.forms.csv_rows import ABOUT, ITEM

Tables = list[list[list[str]]]


# A day, not the reference of a review (2022-23-02).
ISO = re.compile(r"\b20\d\d-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])\b")


def told(value: object) -> str:
    """A cell as people read it, whatever the form holds."""
    if value is None or value in ("", [], ()):
        return "not recorded" if value is None else ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dt.datetime):
        value = value.date()
    if isinstance(value, dt.date):
        return in_words(value)
    if isinstance(value, (list, tuple)):
        return "; ".join(told(item) for item in value)
    if isinstance(value, float) and value == int(value):
        value = int(value)
    return str(value)


def said(text: str) -> str:
    """A text in which nothing differs but its words: ISO dates in words, tokens without hyphens, spaces as one."""
    text = ISO.sub(lambda day: in_words(dt.date.fromisoformat(day.group())), text)
    return " ".join(re.sub(r"(?<=[a-z])-(?=[a-z])", " ", text.removeprefix("'").replace("–", "")).split())


def of_csv(data: bytes) -> Tables:
    rows = list(csv.DictReader(io.StringIO(data.decode(), newline="")))
    tables: dict[str, list[list[str]]] = {}
    for row in rows:
        if row["table"] != ABOUT:
            tables.setdefault(row["table"], []).append(
                [value for name, value in row.items() if name not in {"table", *ITEM}]
            )
    return list(tables.values())


def of_json(data: bytes) -> Tables:
    return [[[told(value) for value in row.values()] for row in table["rows"]] for table in json.loads(data)["tables"]]


def of_html(data: bytes) -> Tables:
    page: Any = BeautifulSoup(data, "lxml")
    return [[[cell.get_text() for cell in row.find_all(["th", "td"])] for row in table.tbody.find_all("tr")]
            for table in page.find_all("table")]  # fmt: skip


def of_markdown(data: bytes) -> Tables:
    tables: Tables = []
    lines = data.decode().split("\n")
    for before, line in pairwise(lines):
        if not line.startswith("|"):
            continue
        if re.fullmatch(r"\|[-|]+\|", line):
            tables.append([])
        elif before.startswith("|"):
            cells = re.split(r"(?<!\\)\|", line)[1:-1]
            tables[-1].append([re.sub(r"\\(.)", r"\1", cell.replace("<br>", " ")).strip() for cell in cells])
    return tables


def of_xlsx(data: bytes) -> Tables:
    book = load_workbook(io.BytesIO(data))
    return [
        [[told(cell) for cell in row] for row in sheet.iter_rows(min_row=2, values_only=True)]
        for sheet in book.worksheets[1:]
    ]


def of_ods(data: bytes) -> Tables:
    sheets = Document(io.BytesIO(data)).body.tables[1:]
    return [[[told(cell) for cell in row] for row in list(sheet.iter_values())[1:]] for sheet in sheets]


def of_docx(data: bytes) -> Tables:
    return [
        [[cell.text for cell in row.cells] for row in table.rows[1:]]
        for table in docx.Document(io.BytesIO(data)).tables
    ]


def of_odt(data: bytes) -> Tables:
    tables = Document(io.BytesIO(data)).body.tables
    return [
        [[" ".join(str(line) for line in cell.get_paragraphs()) for cell in row.cells] for row in table.rows[1:]]
        for table in tables
    ]


READERS: dict[str, Callable[[bytes], Tables]] = {
    "csv": of_csv, "json": of_json, "html": of_html, "markdown": of_markdown, "xlsx": of_xlsx, "ods": of_ods,
    "docx": of_docx, "odt": of_odt,
}  # fmt: skip
