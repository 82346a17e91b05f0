"""Commands in this process, on a copy of the starter register and on invented ones."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bscp_tui.cli.main import run
from bscp_tui.reports.making import Wanted, make
from bscp_tui.reports.report import Report
from bscp_tui.store.register import open_register

TODAY = dt.date(2026, 7, 1)
Do = Callable[..., str]
Make = Callable[..., Report]


@pytest.fixture
def do(folder: Path, capsys: pytest.CaptureFixture[str]) -> Do:
    """Run a command on the starter register on 1 July 2026, which must succeed; return what it printed."""

    def done(*words: str, today: str = "2026-07-01") -> str:
        status = run(["--register", str(folder), "--today", today, *words])
        printed = capsys.readouterr()
        assert status == 0, printed.err
        return printed.out

    return done


@pytest.fixture
def made(folder: Path) -> Make:
    """Make a report of the starter register on 1 July 2026."""

    def made(name: str, today: dt.date = TODAY, **asked: Any) -> Report:
        return make(open_register(folder, today), Wanted(name, today=today, **asked)).report

    return made


def rows_of(report: Report, title: str) -> list[dict[str, object]]:
    """Return a table's rows, each cell by its column's name."""
    table = next(table for table in report.tables if table.title == title)
    names = [name for name, _ in table.columns]
    return [dict(zip(names, row, strict=True)) for row in table.rows]


def fact(report: Report, name: str) -> object:
    """Return a report's fact."""
    return next(value for own, _, value in report.facts if own == name)
