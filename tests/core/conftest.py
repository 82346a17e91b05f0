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


def done(told: Told) -> Told:
    assert told.status == 0, told.err
    return told


@pytest.fixture
def asked(tell: Tell, tmp_path: Path) -> Path:
    """A round begun for a board: the trust owes three key actions and a learning point, the police two things."""
    add = (
        ("plan", "plan=2026-28", "title=The plan", "start=2026-04-01", "end=2028-03-31"),
        ("action", "plan=2026-28", "number=1.1", "title=Early help"),
        ("row", "of=2026-28/1.1", "in=leads", "party=CT"),
        ("key-action", "action=2026-28/1.1", "title=Team", "text==Set up a team", "target=2026-09-30"),
        ("key-action", "action=2026-28/1.1", "title=Profile", "text=Draw up a profile", "target=2026-12-31"),
        ("key-action", "action=2026-28/1.1", "title=Training", "update=Two courses\nran."),
        ("action-point", "ref=AP-0001", "title=Share the outcomes", "owner=POL", "target=2026-08-01"),
        ("learning-point", "ref=LP-0001", "text=Confirm that a referral arrived", "agencies=CT; POL"),
    )
    for words in add:
        done(tell("add", *words))
    done(tell("set", "register", "current_plan=2026-28", "--reason", "It runs"))
    done(tell("set", "police", "email=returns@police.example", "--reason", "Given"))
    out = tmp_path / "out"
    done(tell("round", "start", "Executive Board 8 July 2026", "--deadline", "6 July 2026", "--out", str(out)))
    return out
