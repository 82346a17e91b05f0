"""Measure the promises about speed as ratios within one run: ``make bench``.

Every figure is a median of eleven runs that alternate with the baseline's, so that a machine that
is busy for a while is busy for both. Nothing here is a test: a slow machine fails no build.
"""

import os
import pty
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.bench import registers

HERE = Path(__file__).parent
RUNS = 11


@dataclass(frozen=True)
class Figure:
    """One line of the table: medians in milliseconds and what is allowed."""

    name: str
    ours: float
    baseline: float
    allowed: float

    @property
    def ratio(self) -> float:
        """Ours over the baseline."""
        return self.ours / self.baseline


def paired(ours: Callable[[int], float], baseline: Callable[[int], float]) -> tuple[float, float]:
    """Return the medians, in milliseconds, of two measurements run in turn after one warm-up each."""
    ours(-1), baseline(-1)
    pairs = [(ours(run), baseline(run)) for run in range(RUNS)]
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


def commands(folder: Path) -> list[Figure]:
    """Measure the command line against a bare argparse program."""
    bscp = [sys.executable, "-m", "bscp_tui"]
    bare = command(sys.executable, str(HERE / "bare_cli.py"), "list", cwd=folder)
    told = command(sys.executable, str(HERE / "bare_cli.py"), "--help", cwd=folder)
    return [
        Figure("bscp --version", *paired(command(*bscp, "--version", cwd=folder), bare), 1.5),
        Figure("bscp --help", *paired(command(*bscp, "--help", cwd=folder), told), 1.5),
        Figure("bscp list key-action", *paired(command(*bscp, "list", "key-action", cwd=folder), bare), 12),
    ]


def screens(folder: Path) -> list[Figure]:
    """Measure the first paint of Home with its figures against a Textual hello-world."""
    home = first_paint([sys.executable, "-m", "bscp_tui"], b"overdue", folder)
    hello = first_paint([sys.executable, str(HERE / "bare_screen.py")], b"Hello, world", folder)
    return [Figure("first paint of Home", *paired(home, hello), 2.5)]


def saves(folder: Path, records: int, durable: float, clean: float) -> list[Figure]:
    """Measure a status change, after start-up, against git's own commit in the same register."""
    import datetime as dt

    from bscp_tui.model.amendment import amend
    from bscp_tui.model.view import Circumstances, View
    from bscp_tui.store import saving
    from bscp_tui.store.register import open_register

    refs = registers.make(folder, records)
    register = open_register(folder, dt.date(2026, 6, 30))
    why = Circumstances("Measured.", dt.date(2026, 6, 30))
    marks: list[float] = []
    refreshed = saving._refreshed  # noqa: SLF001 - the moment between durable and clean is wanted

    def marked(*arguments: object) -> tuple[str, ...]:
        marks.append(time.perf_counter())
        return refreshed(*arguments)  # type: ignore[arg-type]

    saving._refreshed = marked  # type: ignore[assignment]  # noqa: SLF001
    whole: list[float] = []

    def ours(run: int) -> float:
        snapshot = register.snapshot()
        view = snapshot.resolve(refs[(run + 1) * 7 % len(refs)])
        assert isinstance(view, View)
        change = amend(view, snapshot.document(view.path), {"status": "in-progress"}, why)
        begun = time.perf_counter()
        register.record(change)
        whole.append(time.perf_counter() - begun)
        return marks[-1] - begun

    def theirs(run: int) -> float:
        path = folder / "records" / "plans" / "p000" / "actions" / f"{(run + 1) % 10 + 1}.10.toml"
        path.write_text(path.read_text() + f"# {run}\n")
        begun = time.perf_counter()
        registers.git(folder, "-c", "core.fsync=all", "commit", "-q", "-m", "x", "--", str(path))
        return time.perf_counter() - begun

    try:
        ours_ms, theirs_ms = paired(ours, theirs)
    finally:
        saving._refreshed = refreshed  # noqa: SLF001
    until_clean = statistics.median(whole[1:]) * 1000
    return [
        Figure(f"status change until durable, {records:,} records", ours_ms, theirs_ms, durable),
        Figure(f"status change until git status is clean, {records:,} records", until_clean, theirs_ms, clean),
    ]


def main() -> int:
    """Print the table; return 1 if a promise is not kept."""
    os.environ.setdefault("BSCP_TODAY", "2026-06-30")
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        starter = work / "starter"
        subprocess.run([sys.executable, "-m", "bscp_tui", "init", str(starter)], check=True, capture_output=True)
        figures = commands(starter) + screens(starter)
        figures += saves(work / "r1", 1_000, 1.3, 1.6) + saves(work / "r10", 10_000, 0.5, 0.8)
    print(f"{'operation':<58} {'ours ms':>8} {'base ms':>8} {'ratio':>6} {'at most':>8}")
    for figure in figures:
        kept = "" if figure.ratio <= figure.allowed else "  NOT KEPT"
        line = f"{figure.name:<58} {figure.ours:8.1f} {figure.baseline:8.1f} {figure.ratio:6.2f} {figure.allowed:8.1f}"
        print(line + kept)
    return int(any(figure.ratio > figure.allowed for figure in figures))


if __name__ == "__main__":
    sys.exit(main())
