"""Runs the saver in a process group of its own, with the N-th change of the disk going wrong."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import bscp_tui

ROOT = Path(bscp_tui.__file__).parents[1]
SAVER = Path(__file__).with_name("saver.py")
SOURCE = Path(__file__).with_name("shim.c")
IN_CI = bool(os.environ.get("CI"))
LONGEST = 60  # seconds after which a saver is taken to hang


@dataclass(frozen=True)
class Outcome:
    """What a saver did and said.

    Attributes:
        status: Its exit status; negative where a signal ended it.
        lines: What it said.
        errors: Its standard error.
        calls: The calls that change the disk, one a line: number, name, path.

    """

    status: int
    lines: tuple[str, ...]
    errors: str
    calls: tuple[str, ...] = ()

    def said(self, begins: str) -> str | None:
        """Return what follows ``begins`` in the first line that begins so."""
        return next((line.removeprefix(begins) for line in self.lines if line.startswith(begins)), None)


def environment(added: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return the environment in which a saver finds this program and writes nothing of its own."""
    return os.environ | {"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"} | dict(added or {})


def command(folder: Path, *arguments: str) -> list[str]:
    """Return the command line of a saver."""
    return [sys.executable, str(SAVER), str(folder), *arguments]


def started(folder: Path, *arguments: str) -> subprocess.Popen[str]:
    """Start a saver and return it, for tests that speak with it."""
    return subprocess.Popen(
        command(folder, *arguments),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        env=environment(),
        start_new_session=True,
    )


def finished(saver: subprocess.Popen[str]) -> Outcome:
    """Wait for a saver that was started, and return what it did."""
    out, errors = saver.communicate(timeout=LONGEST)
    return Outcome(saver.returncode, tuple(out.splitlines()), errors)


def saved(folder: Path, *arguments: str, added: Mapping[str, str] | None = None) -> Outcome:
    """Run a saver to its end."""
    done = subprocess.run(
        command(folder, *arguments),
        capture_output=True,
        check=False,
        encoding="utf-8",
        env=environment(added),
        start_new_session=True,
        timeout=LONGEST,
    )
    return Outcome(done.returncode, tuple(done.stdout.splitlines()), done.stderr)


class Nursery:
    """Savers that start at once: forked, under the shim, from one that has loaded everything."""

    def __init__(self, shim: "Shim") -> None:
        """Start the process that is forked from."""
        self._shim = shim
        self._process = subprocess.Popen(
            [sys.executable, str(SAVER)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
            env=environment({"LD_PRELOAD": str(shim.library)}),
        )

    def saved(self, folder: Path, *arguments: str, mode: str, at: int) -> Outcome:
        """Run a saver whose ``at``-th change of the disk goes wrong in the way of ``mode``."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        faults, log = self._shim.faults(folder, mode, at)
        self._process.stdin.write(json.dumps([faults, [str(folder), *arguments]]) + "\n")
        self._process.stdin.flush()
        status, said = json.loads(self._process.stdout.readline())
        return Outcome(status, tuple(said.splitlines()), "", tuple(log.read_text().splitlines()))

    def close(self) -> None:
        """End the process."""
        self._process.communicate(timeout=LONGEST)


@dataclass(frozen=True)
class Shim:
    """The compiled shim, and a folder for what it counts."""

    library: Path
    notes: Path

    def saved(self, folder: Path, *arguments: str) -> Outcome:
        """Run a saver without a fault, and list its changes of the disk."""
        faults, log = self.faults(folder, "", 0)
        outcome = saved(folder, *arguments, added={**faults, "LD_PRELOAD": str(self.library)})
        return Outcome(outcome.status, outcome.lines, outcome.errors, tuple(log.read_text().splitlines()))

    def faults(self, folder: Path, mode: str, at: int) -> tuple[dict[str, str], Path]:
        """Return the variables that make the shim do its work, and the file in which it lists the calls."""
        name = f"{mode or 'count'}-{folder.name}-{at}"
        counter, log = self.notes / f"{name}.counter", self.notes / f"{name}.log"
        counter.write_bytes(bytes(8))
        log.write_bytes(b"")
        told = {"FAULT_COUNTER": str(counter), "FAULT_LOG": str(log), "FAULT_MODE": mode, "FAULT_AT": str(at)}
        return told, log
