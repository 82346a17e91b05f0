"""The commands run in this process, so that the many steps of a line of work take little time."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bscp_tui.cli.main import run


@dataclass(frozen=True)
class Told:
    """What a command did.

    Attributes:
        status: Its exit status.
        out: What it printed.
        err: What it said beside the output.

    """

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """What it printed, read as JSON."""
        return json.loads(self.out)


Tell = Callable[..., Told]


@pytest.fixture
def tell(empty_folder: Path, capsys: pytest.CaptureFixture[str]) -> Tell:
    """Run a command on an empty register on 1 July 2026; ``today=`` names another day."""

    def told(*words: str, today: str = "2026-07-01") -> Told:
        status = run(["--register", str(empty_folder), "--today", today, *words])
        printed = capsys.readouterr()
        return Told(status, printed.out, printed.err)

    for slug, name, short in (("trust", "Children's Trust", "CT"), ("police", "The Police", "POL")):
        assert told("add", "agency", f"title={name}", f"short_name={short}", f"slug={slug}").status == 0
    return told
