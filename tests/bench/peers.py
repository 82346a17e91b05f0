"""Ours beside other programs that keep items in files, in one run: ``python -m tests.bench.run peers``.

Doorstop, Backlog.md and Taskwarrior are installed by name into a temporary folder; what cannot be
had is told and left out. Each gets a store of its own with as many items as our register has records
of one kind, or nearly: ours always has more. Doorstop and Backlog.md keep no history, so that git is
asked about theirs, in a history as long as ours. Nothing is promised here: the rows have no limits.
"""

import itertools
import json
import os
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.bench import large, registers
from tests.bench.figures import Figure, command, paired
from tests.bench.large import BSCP

SIZES = (1_000, 10_000)
CHANGES = 5  # of the one item whose history is asked for
RUNS = 3  # of what takes seconds
PATIENCE = 60.0  # seconds for asking each question once; a store where that takes longer is left out
UNTIL = 300  # seconds after which an installation has failed
LIST, SHOW, HISTORY = "list of all", "one item", "history of one item"
Words = list[str]


class AbsentError(Exception):
    """A program that cannot be had here; the text says why."""


@dataclass(frozen=True)
class Peer:
    """Another program: how it is had, and how a store of it is made.

    Attributes:
        name: what people call it.
        install: puts it into a folder and returns the words that start it; raises AbsentError.
        fill: given those words, an empty folder, how many items and how many entries, makes the store and
            returns the words of each question that the program has an answer to.

    """

    name: str
    install: Callable[[Path], Words]
    fill: Callable[[Words, Path, int, int], dict[str, Words]]


def figures(work: Path) -> tuple[list[Figure], list[str]]:
    """Measure every program that can be had, at both sizes.

    Args:
        work: an empty folder for programs, stores and registers.

    Returns:
        The rows, and sentences about versions and about what was left out.

    """
    programs: dict[str, Words] = {}
    told: list[str] = []
    for peer in PEERS:
        place = work / "programs" / peer.name
        place.mkdir(parents=True)
        try:
            program = peer.install(place)
            told.append(f"{peer.name}: version {_version(program)}.")
            programs[peer.name] = program
        except AbsentError as problem:
            told.append(f"{peer.name}: not measured; {problem}.")
    found: list[Figure] = []
    for items in SIZES if programs else ():
        rows, words = _beside(work / str(items), items, programs)
        found += rows
        told += words
    return found, told


def _beside(work: Path, items: int, programs: dict[str, Words]) -> tuple[list[Figure], list[str]]:
    """Make a register and a store a program, of one size, and measure them in turn."""
    work.mkdir()
    records, entries = items * 7 // 5, items * 14 // 5  # about five in seven of the invented records are actions
    register = large.demo(work / "register", records, entries)
    ours, actions = _ours(register)
    told = [f"{items:,} items: ours has {records:,} records, {actions:,} of them actions, and {entries:,} entries."]
    found: list[Figure] = []
    for peer in (peer for peer in PEERS if peer.name in programs):
        store = work / peer.name
        store.mkdir()
        asked = peer.fill(programs[peer.name], store, items, entries)
        theirs = {question: command(*words, cwd=store) for question, words in asked.items()}
        waited = sum(timed(0) for timed in theirs.values())
        if waited > PATIENCE:
            told.append(f"{peer.name}, {items:,} items: left out; asking once took {waited:.0f} s.")
            continue
        for (question, how), timed in ours.items():
            if question in theirs:
                row = f"{question}{how}, {items:,} / {peer.name}"
                found.append(Figure(row, *paired(timed, theirs[question], RUNS), None))
                print(f"{row}: {found[-1].ours:.1f} ms, {found[-1].baseline:.1f} ms", file=sys.stderr)
        told += [f"{peer.name} has no command for: {question}." for question in (LIST, SHOW) if question not in theirs]
    return found, told


def _ours(register: Path) -> tuple[dict[tuple[str, str], Callable[[int], float]], int]:
    """Return our questions, each with how it is asked, and how many actions there are."""
    done = subprocess.run([*BSCP, "list", "action", "--format", "json"], cwd=register, check=True, capture_output=True)
    refs = [action["ref"] for action in json.loads(done.stdout)]
    one = itertools.cycle(refs)
    limits = itertools.count(len(refs))  # all of them still, in other words each time

    def anew(verb: str) -> Callable[[int], float]:
        def timed(run: int) -> float:
            return command(*BSCP, verb, next(one), cwd=register)(run)

        return timed

    def another_list(run: int) -> float:
        return command(*BSCP, "list", "action", "--limit", str(next(limits)), cwd=register)(run)

    return {
        (LIST, ", asked before"): command(*BSCP, "list", "action", cwd=register),
        (LIST, ", not asked before"): another_list,
        (SHOW, ", another each time"): anew("show"),
        (HISTORY, ", another each time"): anew("history"),
    }, len(refs)


def _run(*words: str | Path, cwd: Path, data: str = "") -> str:
    """Run a program and return what it prints; AbsentError with its last words where it fails."""
    try:
        done = subprocess.run(words, cwd=cwd, input=data, capture_output=True, text=True, timeout=UNTIL, check=False)
    except FileNotFoundError:
        message = f"{Path(words[0]).name} is not there"
        raise AbsentError(message) from None
    except subprocess.TimeoutExpired:
        message = f"{Path(words[0]).name} took more than {UNTIL} s"
        raise AbsentError(message) from None
    if done.returncode:
        last = (done.stderr.strip() or done.stdout.strip() or "no words").splitlines()[-1]
        message = f"{Path(words[0]).name} failed: {last}"
        raise AbsentError(message)
    return str(done.stdout)


def _version(program: Words) -> str:
    with tempfile.TemporaryDirectory() as empty:
        return _run(program[0], "--version", cwd=Path(empty)).split()[-1].lstrip("v")


def _pip(place: Path) -> Words:
    _run(sys.executable, "-m", "venv", "venv", cwd=place)
    _run(place / "venv" / "bin" / "pip", "install", "--quiet", "doorstop", cwd=place)
    return [str(place / "venv" / "bin" / "doorstop")]


def _npm(place: Path) -> Words:
    _run("npm", "install", "backlog.md", "--prefix", place, "--no-audit", "--no-fund", cwd=place)
    return [str(place / "node_modules" / ".bin" / "backlog")]


def _debian(place: Path) -> Words:
    """Unpack Debian's package, so that nothing is installed for the computer; settings and tasks are the folder's."""
    if os.geteuid():
        message = "apt-get fetches it for the administrator (root) only"
        raise AbsentError(message)
    _run("apt-get", "download", "-o", "APT::Sandbox::User=root", "taskwarrior", cwd=place)
    for package in place.glob("*.deb"):
        _run("dpkg-deb", "-x", package, place / "unpacked", cwd=place)
    (place / "settings").write_text("confirmation=off\nverbose=nothing\n")
    return [str(place / "unpacked" / "usr" / "bin" / "task"), f"rc:{place / 'settings'}", "rc.data.location=."]


def _doorstop(program: Words, store: Path, items: int, entries: int) -> dict[str, Words]:
    _begin(store)
    _run(*program, "create", "REQ", "reqs", "--digits", "5", cwd=store)
    _run(*program, "add", "REQ", cwd=store)
    made = store / "reqs" / "REQ00001.yml"
    text = made.read_text().replace("text: ''", "text: |\n  Item 1")
    paths = _recorded(store, items, entries, lambda n: f"reqs/REQ{n:05}.yml", lambda n: text.replace(" 1\n", f" {n}\n"))
    return {LIST: [*program, "publish", "REQ"], HISTORY: ["git", "log", "-p", "--", paths(items // 2)]}


def _backlog(program: Words, store: Path, items: int, entries: int) -> dict[str, Words]:
    _begin(store)
    _run(*program, "init", "Peers", "--defaults", cwd=store)
    _run(*program, "task", "create", "Item 1", "-d", registers.TEXT, cwd=store)
    made = next((store / "backlog" / "tasks").iterdir())
    text = made.read_text()

    def path(number: int) -> str:
        return f"backlog/tasks/task-{number} - Item-{number}.md"

    def content(number: int) -> str:
        return text.replace("TASK-1\n", f"TASK-{number}\n").replace("Item 1\n", f"Item {number}\n")

    paths = _recorded(store, items, entries, path, content)
    one = items // 2
    return {
        LIST: [*program, "task", "list", "--plain"],
        SHOW: [*program, "task", "view", str(one), "--plain"],
        HISTORY: ["git", "log", "-p", "--", paths(one)],
    }


def _taskwarrior(program: Words, store: Path, items: int, _entries: int) -> dict[str, Words]:
    """Import tasks, then change one; its journal is its own, and is the length that this makes it."""
    tasks = [
        {"uuid": str(uuid.uuid4()), "description": f"Item {n}", "status": "pending", "entry": "20260101T000000Z"}
        for n in range(1, items + 1)
    ]
    _run(*program, "import", "-", cwd=store, data=json.dumps(tasks))
    one = str(items // 2)
    for change in range(CHANGES):
        _run(*program, one, "modify", f"project:Board{change}", cwd=store)
    return {LIST: [*program, "all"], SHOW: [*program, one, "export"], HISTORY: [*program, one, "info"]}


def _begin(store: Path) -> None:
    registers.git(store, "init", "-q", "-b", "main")
    registers.git(store, "config", "user.name", "Bench")
    registers.git(store, "config", "user.email", "bench@example.org")


def _recorded(
    store: Path, items: int, entries: int, path: Callable[[int], str], content: Callable[[int], str]
) -> Callable[[int], str]:
    """Record what the program made, its first item as often as is wanted, and one changed item an entry after that.

    Args:
        store: the repository, with the first item as the program wrote it.
        items: how many items there are to be.
        entries: how many commits there are to be, CHANGES of them about the item in the middle.
        path: where an item of a number lies, from ``store``.
        content: what an item of a number says.

    Returns:
        ``path``.

    """
    for number in range(1, items + 1):
        (store / path(number)).write_text(content(number))
    registers.git(store, "add", "-A")
    registers.git(store, "commit", "-q", "-m", "Made")
    stream = "".join(_changes(items, entries - 1, path, content))
    subprocess.run(["git", "fast-import", "--quiet"], cwd=store, input=stream.encode(), check=True)
    registers.git(store, "reset", "-q", "--hard")
    return path


def _changes(items: int, count: int, path: Callable[[int], str], content: Callable[[int], str]) -> Iterator[str]:
    """Yield commits for git's fast import, spread over all items; the one in the middle is changed CHANGES times."""
    one, every = items // 2, count // CHANGES
    others = itertools.cycle(number for number in range(1, items + 1) if number != one)
    now = int(time.time()) - count
    for entry in range(count):
        number = one if entry % every == every // 2 and entry < every * CHANGES else next(others)
        text = content(number).replace(f"Item {number}\n", f"Item {number}, version {entry}\n")
        begun = "from refs/heads/main^0\n" if entry == 0 else ""
        yield (
            f"commit refs/heads/main\ncommitter Bench <bench@example.org> {now + entry} +0000\n"
            f"data 7\nChanged\n{begun}M 100644 inline {path(number)}\ndata {len(text.encode())}\n{text}\n"
        )


PEERS = (
    Peer("doorstop", _pip, _doorstop),
    Peer("Backlog.md", _npm, _backlog),
    Peer("Taskwarrior", _debian, _taskwarrior),
)
