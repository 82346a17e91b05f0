"""The two published documents, where they lie beside the checkout, and their tables in other clothes."""

import random
from collections.abc import Sequence
from pathlib import Path

import pytest

from bscp_tui.intake.document import Document
from bscp_tui.intake.reading import read_document

SEEDS = Path(__file__).resolve().parents[3] / "shared" / "seeds"
REPORT = SEEDS / "000_dc6a9dbd76ebc7f7.txt"
PLAN = SEEDS / "001_4bac7a191ff4e485.txt"
needs_seeds = pytest.mark.skipif(not PLAN.is_file(), reason=f"the published documents are not in {SEEDS}")

RENAMED = {
    "Key Actions (Year 1 and 2)": "Actions",
    "Desired Outcomes": "Outcomes",
    "Evidence and Measures of Progress": "How will we know?",
    "Lead": "Lead officer",
    "Target": "Completion date",
    "Update on Progress": "Latest position",
    "RAG": "RAG rating",
    "Agency": "Organisation",
    "Total Actions": "Number",
    "Completed": "Done",
    "Pending": "Outstanding",
    "Overdue": "Late",
}


def plan_rows() -> tuple[list[str], list[list[str]]]:
    """The plan's headings and rows, as the text has them, broken rows and all."""
    table = read_document(PLAN.read_bytes(), PLAN.name).tables[-1]
    rows = [list(row.texts) for row in table.rows]
    return rows[0], rows[1:]


def report_tables() -> list[tuple[str, list[list[str]]]]:
    document = read_document(REPORT.read_bytes(), REPORT.name)
    found = [table for table in document.tables if table.width in {4, 5}]
    return [(" ".join(table.above[-3:]), [list(row.texts) for row in table.rows]) for table in found]


def reordered(rows: Sequence[Sequence[str]], seed: int) -> list[list[str]]:
    order = list(range(len(rows[0])))
    random.Random(seed).shuffle(order)  # noqa: S311 - a test's own chance
    return [[row[column] for column in order] for row in rows]


def paged(headings: Sequence[str], rows: Sequence[Sequence[str]], every: int) -> list[list[str]]:
    """Rows with the headings once more after every few, as on each page."""
    found: list[list[str]] = []
    for number, row in enumerate(rows):
        if number % every == 0:
            found.append(list(headings))
        found.append(list(row))
    return found


def read_back(data: bytes, name: str) -> Document:
    return read_document(data, name)
