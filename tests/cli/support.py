"""The program run as a script runs it: a process of its own, no terminal, nothing typed."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

TODAY = "2026-07-01"


@dataclass(frozen=True)
class Ran:
    """What a command did."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """What it printed, read as JSON."""
        return json.loads(self.out)


def bscp(folder: Path | None, *words: str, today: str = TODAY, **environment: str) -> Ran:
    """Run ``bscp`` on the register in ``folder``."""
    where = ["--register", str(folder)] if folder else []
    done = subprocess.run(
        [sys.executable, "-m", "bscp_tui", "--today", today, *where, *words],
        check=False,
        capture_output=True,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
        env=os.environ | environment,
    )
    assert "Traceback" not in done.stderr, done.stderr
    return Ran(done.returncode, done.stdout, done.stderr)


def done(folder: Path, *words: str) -> Ran:
    """Run a command that must succeed."""
    ran = bscp(folder, *words)
    assert ran.status == 0, ran.err
    return ran
