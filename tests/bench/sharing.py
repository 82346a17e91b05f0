"""Sending and receiving against plain git, on the same commits of one register."""

import datetime as dt
import shutil
import statistics
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

from bscp_tui.sharing.syncing import sync
from bscp_tui.store import signing
from bscp_tui.store.register import open_register
from tests.bench import registers
from tests.bench.figures import Figure

RECORDS, RECEIVED, UNSENT = 10_000, 1_000, 100
RUNS = 3  # each needs a fresh copy of everything on both sides
TODAY = dt.date(2026, 6, 30)


def rows(work: Path) -> list[Figure]:
    """Measure a sync with much to do, and one with nothing to do, against git."""
    key_for, signing.key_for = signing.key_for, lambda repository: None  # noqa: ARG005 - git's commits are unsigned too
    try:
        made = _made(work)
        ours, theirs = zip(*(_much(work, made, run) for run in range(RUNS)), strict=True)
        much = Figure(
            f"sync, {RECORDS:,} records, {RECEIVED:,} received, {UNSENT} unsent, against git pull --rebase",
            statistics.median(ours) * 1000, statistics.median(theirs) * 1000, 3,
        )  # fmt: skip
        return [much, _nothing(made["plain"])]
    finally:
        signing.key_for = key_for


def _made(work: Path) -> dict[str, Path]:
    """Make a register, a shared copy with a thousand entries more, and a copy with a hundred of its own."""
    seed, shared, mine = work / "seed", work / "shared.git", work / "mine"
    registers.make(seed, RECORDS)
    registers.git(work, "clone", "-q", "--bare", str(seed), str(shared))
    registers.git(work, "clone", "-q", str(shared), str(mine))
    registers.git(work, "clone", "-q", str(shared), str(work / "plain"))
    _entries(work / "plain", RECEIVED, "title = ", "Received")
    registers.git(work / "plain", "push", "-q", "origin", "main")
    _entries(mine, UNSENT, "audience = ", "Own")
    for folder in (mine, work / "plain"):
        registers.git(folder, "config", "user.name", "Bench")
        registers.git(folder, "config", "user.email", "bench@example.org")
    return {"shared": shared, "mine": mine, "plain": work / "plain"}


def _entries(folder: Path, count: int, field: str, who: str) -> None:
    """Make entries of one changed field each, with git's own way of taking in many."""
    lines = []
    for index in range(count):
        number = index * 7 % RECORDS
        plan, place = f"p{number // registers.A_FOLDER:03}", number % registers.A_FOLDER
        path = f"records/plans/{plan}/actions/{place // 10 + 1}.{place % 10 + 1}.toml"
        text = (folder / path).read_text()
        line = next(one for one in text.split("\n") if one.startswith(field))
        value = '"partnership"' if field.startswith("audience") else f'"{who} {index}"'
        data = text.replace(line, f"{field}{value}", 1).encode()
        told = f"{plan}/x: changed\n\nEntry: {who[0].lower()}{index:03}-0000\n".encode()
        begun = b"from refs/heads/main^0\n" if index == 0 else b""
        lines.append(
            b"commit refs/heads/main\ncommitter Bench <bench@example.org> %d +0000\ndata %d\n%b\n%bM 100644 inline %b\n"
            b"data %d\n%b\n" % (1_900_000_000 + index, len(told), told, begun, path.encode(), len(data), data)
        )
    subprocess.run(["git", "fast-import", "--quiet"], cwd=folder, input=b"".join(lines), check=True)
    registers.git(folder, "reset", "-q", "--hard")


def _much(work: Path, made: dict[str, Path], run: int) -> tuple[float, float]:
    """Return the seconds of a sync and of a pull, each in fresh copies."""

    def synced(folder: Path) -> None:
        outcome = sync(open_register(folder, TODAY))
        assert outcome.done, outcome.problem or outcome.conflicts
        assert (len(outcome.received), len(outcome.sent)) == (RECEIVED, UNSENT)

    def pulled(folder: Path) -> None:
        registers.git(folder, "pull", "-q", "--rebase")

    ways: list[Callable[[Path], None]] = [synced, pulled]
    taken: dict[int, float] = {}
    for way in sorted(range(2), reverse=bool(run % 2)):
        place = work / f"run{run}{way}"
        place.mkdir()
        shutil.copytree(made["shared"], place / "shared.git")
        shutil.copytree(made["mine"], place / "mine")
        registers.git(place / "mine", "remote", "set-url", "origin", str(place / "shared.git"))
        registers.git(place / "mine", "status", "--short")
        begun = time.perf_counter()
        ways[way](place / "mine")
        taken[way] = time.perf_counter() - begun
        shutil.rmtree(place)
    return taken[0], taken[1]


def _nothing(folder: Path) -> Figure:
    """Measure a sync with nothing to do, after start-up, against git fetch."""
    register = open_register(folder, TODAY)
    sync(register)
    ours, theirs = [], []
    for _ in range(11):
        begun = time.perf_counter()
        outcome = sync(register)
        ours.append(time.perf_counter() - begun)
        assert outcome.done
        begun = time.perf_counter()
        registers.git(folder, "fetch", "-q")
        theirs.append(time.perf_counter() - begun)
    told = f"sync with nothing to do, {RECORDS:,} records, against git fetch"
    return Figure(told, statistics.median(ours) * 1000, statistics.median(theirs) * 1000, 1.5)
