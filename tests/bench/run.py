"""Measure the promises about speed as ratios within one run: ``make bench``.

Every figure is a median of eleven runs that alternate with the baseline's, so that a machine that
is busy for a while is busy for both. Nothing here is a test: a slow machine fails no build.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.bench import imports, large, pages, peers, registers, sharing, trust
from tests.bench.figures import HERE, Figure, command, first_paint, paired


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
    """Measure a status change, after start-up, against git's own commit in the same register; neither is signed."""
    import datetime as dt

    from bscp_tui.model.amendment import amend
    from bscp_tui.model.view import Circumstances, View
    from bscp_tui.store import saving, signing
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
    key_for, signing.key_for = signing.key_for, lambda repository: None  # noqa: ARG005 - the signed row is trust's
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
        saving._refreshed, signing.key_for = refreshed, key_for  # noqa: SLF001
    until_clean = statistics.median(whole[1:]) * 1000
    return [
        Figure(f"status change until durable, {records:,} records", ours_ms, theirs_ms, durable),
        Figure(f"status change until git status is clean, {records:,} records", until_clean, theirs_ms, clean),
    ]


def of_the_large(wanted: list[str], work: Path, starter: Path) -> tuple[list[Figure], list[str]]:
    """Measure what is promised of 10,000 records and 100,000 entries."""
    figures: list[Figure] = []
    told: list[str] = []
    whole = large.demo(work / "whole", 10_000, 100_000)
    if "large" in wanted:
        figures += large.lists(whole, work / "cache") + large.reports(whole) + large.checks(whole, work / "cache")
        few = large.demo(work / "few", 100, 1_000)
        figures += large.paints(few, whole, starter) + large.keys(whole, few)
        told += large.memory(whole)
    if "ledger" in wanted:
        figures += large.ledger(whole)
    if "pages" in wanted:
        figures += pages.figures(whole, work)
    return figures, told


def main(wanted: list[str]) -> int:
    """Print the table; return 1 if a promise is not kept.

    Args:
        wanted: ``small``, ``large``, ``ledger``, ``pages``, ``trust``, ``sharing``, ``import``; without any, all of
            these. ``peers`` installs other programs to compare with, so it is only run when named; ``all`` is all.

    """
    os.environ.setdefault("BSCP_TODAY", "2026-06-30")
    if not wanted or "all" in wanted:
        wanted = ["small", "large", "ledger", "pages", "trust", "sharing", "import", *(["peers"] if wanted else [])]
    figures: list[Figure] = []
    told: list[str] = []
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        os.environ["BSCP_CACHE"] = str(work / "cache")
        starter = work / "starter"
        subprocess.run([sys.executable, "-m", "bscp_tui", "init", str(starter)], check=True, capture_output=True)
        if "small" in wanted:
            figures += commands(starter) + screens(starter) + large.working_days()
            figures += saves(work / "r1", 1_000, 1.3, 1.6) + saves(work / "r10", 10_000, 0.5, 0.8)
        if {"large", "ledger", "pages"} & set(wanted):
            rows, words = of_the_large(wanted, work, starter)
            figures, told = figures + rows, told + words
        if "trust" in wanted:
            figures += [Figure(*row) for row in trust.rows(work / "trust")]
        if "sharing" in wanted:
            (work / "sharing").mkdir()
            figures += sharing.rows(work / "sharing")
        if "import" in wanted:
            figures += imports.figures(work)
        if "peers" in wanted:
            (work / "peers").mkdir()
            rows, words = peers.figures(work / "peers")
            figures += rows
            told += words
    _print(figures, told)
    return int(not all(figure.kept for figure in figures))


def _print(figures: list[Figure], told: list[str]) -> None:
    print(f"{'operation':<58} {'ours ms':>8} {'base ms':>8} {'ratio':>6} {'at most':>8}")
    for figure in figures:
        allowed = "told" if figure.allowed is None else f"{figure.allowed:.2f}"
        line = f"{figure.name:<58} {figure.ours:8.1f} {figure.baseline:8.1f} {figure.ratio:6.2f} {allowed:>8}"
        print(line + ("" if figure.kept else "  NOT KEPT"))
    print("\n".join([*told, f"load of the machine (1, 5, 15 minutes): {os.getloadavg()}"]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
