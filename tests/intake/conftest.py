"""Commands run in this process, on a register that holds nothing yet."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bscp_tui.cli.main import run


@dataclass(frozen=True)
class Told:
    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Tell = Callable[..., Told]


@pytest.fixture
def tell(empty_folder: Path, capsys: pytest.CaptureFixture[str]) -> Tell:
    return teller(empty_folder, capsys)


@pytest.fixture
def tell_starter(folder: Path, capsys: pytest.CaptureFixture[str]) -> Tell:
    return teller(folder, capsys)


def teller(folder: Path, capsys: pytest.CaptureFixture[str]) -> Tell:
    def told(*words: str, today: str = "2026-07-01") -> Told:
        status = run(["--register", str(folder), "--today", today, *words])
        printed = capsys.readouterr()
        return Told(status, printed.out, printed.err)

    return told
