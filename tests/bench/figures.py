"""How a ratio is measured: ours and a baseline in turn, in one run."""

import os
import pty
import statistics
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
RUNS = 11


@dataclass(frozen=True)
class Figure:
    """One line of the table: medians in milliseconds, and the ratio that is allowed; None where none is promised."""

    name: str
    ours: float
    baseline: float
    allowed: float | None

    @property
    def ratio(self) -> float:
        """Ours over the baseline."""
        return self.ours / self.baseline

    @property
    def kept(self) -> bool:
        """Whether the promise is kept."""
        return self.allowed is None or self.ratio <= self.allowed


def paired(ours: Callable[[int], float], baseline: Callable[[int], float], runs: int = RUNS) -> tuple[float, float]:
    """Return the medians, in milliseconds, of two measurements run in turn after one warm-up each."""
    ours(-1), baseline(-1)
    pairs = [(ours(run), baseline(run)) for run in range(runs)]
    return statistics.median(a for a, _ in pairs) * 1000, statistics.median(b for _, b in pairs) * 1000


def command(*words: str, cwd: Path) -> Callable[[int], float]:
    """Return what times a whole process, in seconds."""

    def timed(_run: int) -> float:
        begun = time.perf_counter()
        subprocess.run(words, cwd=cwd, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
        return time.perf_counter() - begun

    return timed


def first_paint(words: list[str], wanted: bytes, cwd: Path) -> Callable[[int], float]:
    """Return what times a program in a pseudo-terminal until it has shown ``wanted``, in seconds."""

    def timed(_run: int) -> float:
        begun = time.perf_counter()
        process, terminal = pty.fork()
        if process == 0:
            os.chdir(cwd)
            os.environ.update({"COLUMNS": "80", "LINES": "24", "TERM": "xterm-256color"})
            os.execv(words[0], words)  # noqa: S606 - a program of our own
        seen = b""
        while wanted not in seen:
            seen += os.read(terminal, 65536)
        passed = time.perf_counter() - begun
        os.kill(process, 9)
        os.waitpid(process, 0)
        os.close(terminal)
        return passed

    return timed
