"""A large workbook to its preview, against reading it with the library that reads it."""

import datetime as dt
import io
import time
from pathlib import Path

import openpyxl

from bscp_tui.intake.proposing import Choices, preview
from bscp_tui.intake.reading import read_document
from bscp_tui.store import starter
from bscp_tui.store.register import open_register
from tests.bench.figures import Figure, paired

ROWS = 2_000
RUNS = 5


def workbook() -> bytes:
    """Return a plan of two thousand rows, three key actions each."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["Ref", "Key actions", "Outcomes", "Measures", "Lead", "Target", "Update", "RAG"])
    for number in range(ROWS):
        actions = "\n".join(f"{step}. Do step {step} of work {number} (Year {step % 2 + 1})" for step in (1, 2, 3))
        lead = f"Operational Lead: Group {number % 20} Board (K.A: 1 to 3)"
        targets = "31.12.2025\n31.03.2026\n31.12.2026"
        sheet.append([f"{number // 90 + 1}.{number % 90 + 1}", f"Work {number}:\n{actions}", f"Better\nSooner {number}",
                      "Counted", lead, targets, "Going on.", ""])  # fmt: skip
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def figures(work: Path) -> list[Figure]:
    """Measure the preview of a new workbook in an empty register."""
    starter.make(work / "import", empty=True, today=dt.date(2026, 6, 30), person=None)
    snapshot = open_register(work / "import", dt.date(2026, 6, 30)).snapshot()
    data = workbook()

    def ours(_run: int) -> float:
        begun = time.perf_counter()
        found = preview(read_document(data, "plan.xlsx"), snapshot, Choices(plan="2025-27"))
        passed = time.perf_counter() - begun
        assert len(found.proposals) > ROWS
        return passed

    def library(_run: int) -> float:
        begun = time.perf_counter()
        book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
        assert sum(1 for _ in book.worksheets[0].iter_rows(values_only=True)) == ROWS + 1
        return time.perf_counter() - begun

    return [Figure(f"{ROWS:,} rows of XLSX to preview / openpyxl reading them", *paired(ours, library, RUNS), 3.0)]
