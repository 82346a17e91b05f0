"""The promises about 10,000 records and 100,000 entries; registers are invented once for a run."""

import datetime as dt
import itertools
import json
import os
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from tests.bench.figures import HERE, Figure, command, first_paint, paired

BSCP = [str(Path(sys.executable).with_name("bscp"))]  # as people start it
FEW = 5  # runs of what takes seconds

HELD = 100.0  # milliseconds for which a callback may hold the screens' thread


def demo(folder: Path, records: int, entries: int) -> Path:
    """Invent a register, with the graph that lets plain git find a file's history by itself."""
    size = ["--records", str(records), "--entries", str(entries)]
    begun = time.perf_counter()
    subprocess.run([*BSCP, "demo", str(folder), *size], check=True, capture_output=True)
    print(f"demo of {records:,} records and {entries:,} entries: {time.perf_counter() - begun:.0f} s", file=sys.stderr)
    subprocess.run(["git", "commit-graph", "write", "--reachable", "--changed-paths"], cwd=folder, check=True)
    time.sleep(2.5)  # young files are not trusted, for two seconds at most; this is about older ones
    return folder


def lists(folder: Path, cache: Path) -> list[Figure]:
    """Measure lists of all actions: warm, cold, and as at a date."""
    bare = command(sys.executable, str(HERE / "bare_cli.py"), "list", cwd=folder)
    page = command(*BSCP, "list", "action", "--limit", "20", cwd=folder)
    everything = command(*BSCP, "list", "action", "--format", "json", cwd=folder)
    naive = command(sys.executable, str(HERE / "naive_reader.py"), str(folder / "records"), cwd=folder)
    all_files = command("sh", "-c", _ALL_FILES, cwd=folder)
    at_a_date = command(*BSCP, "list", "action", "--as-of", "2024-06-30", "--format", "json", cwd=folder)
    days = itertools.count()

    def cold(run: int) -> float:
        shutil.rmtree(cache, ignore_errors=True)
        return page(run)

    def another_question(_run: int) -> float:
        return command(*BSCP, "list", "action", f"days_late>{next(days)}", "--limit", "20", cwd=folder)(0)

    def another_date(_run: int) -> float:
        day = dt.date(2024, 1, 1) + dt.timedelta(days=next(days))
        return command(*BSCP, "list", "action", "--as-of", day.isoformat(), "--format", "json", cwd=folder)(0)

    return [
        Figure("cold list, 10,000 records, nothing kept / naive reading", *paired(cold, naive, FEW), 0.5),
        Figure("list, one page, asked before / bare argparse", *paired(page, bare), 4),
        Figure("list, all as JSON, asked before / bare argparse", *paired(everything, bare), 15),
        Figure("list, one page, a question not asked before / bare", *paired(another_question, bare, FEW), None),
        Figure("list as at a date, all as JSON / ls-tree, cat-file", *paired(at_a_date, all_files, FEW), 0.3),
        Figure("the same, a date not asked before", *paired(another_date, all_files, FEW), None),
    ]


def reports(folder: Path) -> list[Figure]:
    """Measure the board pack as text: asked before, and as another question."""
    bare = command(sys.executable, str(HERE / "bare_cli.py"), "list", cwd=folder)
    pack = command(*BSCP, "report", "board-pack", "--format", "plain", cwd=folder)
    days = itertools.count()

    def another_question(_run: int) -> float:
        return command(*BSCP, "report", "board-pack", "--within", str(next(days)), "--format", "plain", cwd=folder)(0)

    return [
        Figure("board pack as text, asked before / bare argparse", *paired(pack, bare), 15),
        Figure("board pack as text, a question not asked before / bare", *paired(another_question, bare, FEW), None),
    ]


def checks(folder: Path, cache: Path) -> list[Figure]:
    """Measure all queries of the register: with nothing kept but the history's index, after one edit, and asked before.

    Nothing kept but the index, since reading 100,000 entries is another promise (``ledger``). The baseline reads every
    record, as a check does. One row is the processor time of both of its processes, which a busy machine spoils less.
    """
    naive = command(sys.executable, str(HERE / "naive_all.py"), str(folder / "records"), cwd=folder)
    asked = command("sh", "-c", '"$0" check > /dev/null || test $? = 1', *BSCP, cwd=folder)
    spent, spent_naively = _processor_time(asked), _processor_time(naive)
    edited = next(iter(sorted(folder.glob("records/plans/2025-27/actions/*.toml"))))
    before = edited.read_bytes()

    def nothing_kept() -> None:
        for name in ("records", "answers"):
            for place in cache.rglob(f"{name}.sqlite*"):
                place.unlink()

    def cold(run: int) -> float:
        nothing_kept()
        return asked(run)

    def cold_spent(run: int) -> float:
        nothing_kept()
        return spent(run)

    def one_edited(run: int) -> float:
        edited.write_bytes(before + b"# %d\n" % run)
        return asked(run)

    rows = [
        Figure("cold check, 10,000 records, history's index kept / naive", *paired(cold, naive, 3), 0.5),
        Figure("the same, processor time", *paired(cold_spent, spent_naively, 3), None),
        Figure("check, one record edited since / naive reading", *paired(one_edited, naive, 3), None),
    ]
    edited.write_bytes(before)
    time.sleep(2.5)  # its stamp is to be trusted again
    return [*rows, Figure("check, asked before / naive reading", *paired(asked, naive, FEW), 0.2)]


def _processor_time(timed: Callable[[int], float]) -> Callable[[int], float]:
    """Return what tells the processor time, of all their processes, of the commands that ``timed`` runs."""

    def spent(run: int) -> float:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        timed(run)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    return spent


_ALL_FILES = (
    "c=$(git rev-list -1 --before=2024-07-01T00:00:00Z HEAD); "
    "git ls-tree -r $c records/ | cut -d' ' -f3 | cut -f1 | git cat-file --batch --buffer"
)


def ledger(folder: Path) -> list[Figure]:
    """Measure the history; what is measured after start-up is a process that has loaded the program."""
    path = next(iter(sorted(folder.glob("records/plans/2025-27/actions/*.toml")))).relative_to(folder)
    ref = f"2025-27/{path.stem}"
    found = command("git", "log", "--format=%H", "--", str(path), cwd=folder)
    whole = command(*BSCP, "history", ref, cwd=folder)
    everything = command("git", "log", "--raw", "--no-abbrev", "--no-renames", cwd=folder)
    year = command("git", "diff", "--name-only", "HEAD~12000", "HEAD", cwd=folder)
    compared = command(*BSCP, "compare", "2025-06-26", "2026-06-26", cwd=folder)
    figures = [Figure("history of one record, whole command / git log -- path", *paired(whole, found), 0.4)]
    running = _Running(folder, ref)
    figures.append(Figure("history of one record, after start-up", *paired(running, found), 0.02))
    figures.append(Figure("compare over a year / git diff --name-only", *paired(compared, year, FEW), None))
    tip = command("git", "rev-parse", "HEAD", cwd=folder)
    figures.append(
        Figure("ledger after one entry, after start-up / rev-parse", *paired(_one_more(folder, running), tip), 8)
    )
    running.end()

    def first(_run: int) -> float:
        shutil.rmtree(os.environ["BSCP_CACHE"])  # all of it: an answer that is kept would need no index
        return command(*BSCP, "history", "--limit", "1", cwd=folder)(0)

    figures.append(Figure("whole ledger, first build / git log --raw of all", *paired(first, everything, 3), 10))
    return figures


_QUESTION = """
import datetime as dt, sys, time
from pathlib import Path
from bscp_tui.history.ledger import Query, rows
from bscp_tui.store.register import open_register
register = open_register(Path(sys.argv[1]), dt.date(2026, 6, 30))
view = register.snapshot().resolve(sys.argv[2])
for _ in sys.stdin:
    begun = time.perf_counter()
    rows(register, Query(view=view))
    print(time.perf_counter() - begun, flush=True)
"""


class _Running:
    """A program that has started up, and answers a question whenever it is told to."""

    def __init__(self, folder: Path, ref: str) -> None:
        words = [sys.executable, "-c", _QUESTION, str(folder), ref]
        self._process = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def __call__(self, _run: int) -> float:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write("\n")
        self._process.stdin.flush()
        return float(self._process.stdout.readline())

    def end(self) -> None:
        self._process.communicate()


def _one_more(folder: Path, asked: Callable[[int], float]) -> Callable[[int], float]:
    """Return what records an entry by plain git, then times the next question of a running program."""

    def timed(run: int) -> float:
        path = next(iter(sorted(folder.glob("records/plans/2025-27/actions/*.toml"))))
        path.write_text(path.read_text() + f"# {run}\n")
        words = ["git", "-c", "user.name=Bench", "-c", "user.email=bench@example.org", "commit", "-qam", "One more"]
        subprocess.run(words, cwd=folder, check=True)
        return asked(run)

    return timed


def paints(small: Path, large: Path, starter: Path) -> list[Figure]:
    """Measure how much longer screens take on a large register than on a small one."""
    words = [sys.executable, "-m", "bscp_tui"]
    ours, hundred, own = (first_paint(words, b"overdue", folder) for folder in (large, small, starter))
    return [
        Figure("first paint of Home, 10,000 records / 100", *paired(ours, hundred, FEW), 1.5),
        Figure("first paint of Home, 10,000 records / starter", *paired(ours, own, FEW), 1.5),
        Figure("first paint of a list, 10,000 records / 100", *_opened(large, small, "list"), 1.5),
        Figure("first paint of History, 100,000 entries / 1,000", *_opened(large, small, "history"), 1.5),
    ]


def _opened(large: Path, small: Path, what: str) -> tuple[float, float]:
    """Measure from the key to a screen's first lines, in a program that has read everything."""

    def timed(folder: Path) -> Callable[[int], float]:
        words = [sys.executable, "-m", "tests.bench.opened_screens", str(folder), what]
        return lambda _run: float(subprocess.run(words, check=True, capture_output=True, text=True).stdout.split()[-1])

    return paired(timed(large), timed(small), FEW)


def keys(large: Path, small: Path) -> list[Figure]:
    """Measure key presses in a list of everything, at the median and at the 95th percentile."""
    taken: dict[Path, list[float]] = {large: [], small: []}
    for _ in range(3):
        for folder, times in taken.items():
            words = [sys.executable, "-m", "tests.bench.keys", str(folder)]
            times.extend(json.loads(subprocess.run(words, check=True, capture_output=True, text=True).stdout))
    median, late = ({folder: _at(times, share) for folder, times in taken.items()} for share in (0.5, 0.95))
    return [
        Figure("key press in a list, 10,000 records / 100, median", median[large], median[small], 1.5),
        Figure("key press in a list, 10,000 records / 100, 95th percentile", late[large], late[small], 1.5),
        *_longest_holds(large),
    ]


def _longest_holds(folder: Path) -> list[Figure]:
    """Measure the processor time of the longest callback of a walk through the screens, and of a look for garbage."""
    words = [sys.executable, "-m", "tests.bench.callbacks", str(folder)]
    callbacks, look = json.loads(subprocess.run(words, check=True, capture_output=True, text=True).stdout)
    return [
        Figure("longest hold of the screens' thread, 10,000 records / 100 ms", callbacks[0][0] * 1000, HELD, 1),
        Figure("a look for garbage when nobody is at the keys / 100 ms", look * 1000, HELD, None),
    ]


def _at(times: Sequence[float], share: float) -> float:
    """Return the time, in milliseconds, that a share of all times stays within."""
    return sorted(times)[min(len(times) - 1, int(len(times) * share))] * 1000


def memory(folder: Path) -> list[str]:
    """Return what lists of everything take at most, in megabytes."""
    told = []
    for words in (["list", "action", "--limit", "20"], ["list", "action", "overdue=yes", "--format", "json"]):
        probe = "import gc, resource, sys; gc.set_threshold(2_000_000, 20, 20); "  # as the program does
        probe += "from bscp_tui.__main__ import main; main(sys.argv[1:]); "
        probe += "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024, file=sys.stderr)"
        done = subprocess.run([sys.executable, "-c", probe, *words], cwd=folder, check=True, capture_output=True)
        told.append(f"memory at most, bscp {' '.join(words)}: {done.stderr.decode().split()[-1]} MB")
    return told


def working_days() -> list[Figure]:
    """Measure counting in working days against adding plain days, 10,000 times."""
    from bscp_tui.model.working_days import WorkingDays

    days = [dt.date(2024, 1, 1) + dt.timedelta(days=number % 900) for number in range(10_000)]
    calendar = WorkingDays()

    def ours(_run: int) -> float:
        begun = time.perf_counter()
        for day in days:
            calendar.add(day, 15)
        return time.perf_counter() - begun

    def plain(_run: int) -> float:
        begun = time.perf_counter()
        for day in days:
            _ = day + dt.timedelta(days=21)
        return time.perf_counter() - begun

    return [Figure("15 working days after 10,000 days / plain addition", *paired(ours, plain), 20)]
