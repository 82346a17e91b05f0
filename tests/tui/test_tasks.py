"""Eleven tasks of staff, by keys alone in a real terminal; the table of ``docs/tasks.md`` counts the same keys."""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest

from bscp_tui.cli.main import run
from bscp_tui.sharing.syncing import sync
from bscp_tui.store import starter
from bscp_tui.store.register import open_register
from tests.tui.conftest import SAM, TODAY, clock, git
from tests.tui.terminal import Terminal

DOCUMENT = Path(__file__).parents[2] / "docs" / "tasks.md"
SENT = {
    "Enter": "\r", "Tab": "\t", "Esc": "\x1b", "Space": " ", "Down": "\x1b[B", "Shift+Down": "\x1b[1;2B",
    "ctrl+s": "\x13", "ctrl+u": "\x15", "ctrl+z": "\x1a",
}  # fmt: skip
AT_HOME = "Needs attention"


@dataclass(frozen=True)
class Step:
    """One key, or a text that is recorded, and what is seen then; keys of what is found count one by one."""

    key: str = ""
    text: str = ""
    sees: str = ""

    @property
    def written(self) -> str:
        """The step as the document writes it."""
        return f"“{self.text}”" if self.text else f"`{self.key}`"


@dataclass(frozen=True)
class Task:
    """What somebody wants to do, beginning on Home."""

    name: str
    steps: tuple[Step, ...]
    at_most: int | None = None  # keys, where a number was promised

    @property
    def keys(self) -> int:
        """How many keys are pressed besides what is typed into the record."""
        return sum(bool(step.key) for step in self.steps)


def press(keys: str, sees: str = "") -> tuple[Step, ...]:
    """Return a step for each of the keys, which are separated by spaces; something is seen after the last."""
    *others, last = keys.split()
    return (*(Step(key) for key in others), Step(last, sees=sees))


def find(words: str, sees: str, found: str = " found") -> tuple[Step, ...]:
    """Return the steps that find a record on Home, letter by letter."""
    return (*press(" ".join(words), found), *press("Enter", sees))


def say(text: str, sees: str = "") -> tuple[Step, ...]:
    """Return the step that types what is recorded."""
    return (Step(text=text, sees=sees),)


TASKS = (
    Task(
        "Change a status, with what shows it",
        (
            *find("4.1.3", "2025-27/4.1.3 Serious"), *press("s", "Choose a status"), *press("Enter", "needs a reason"),
            *say("Posts filled.", "not started → in progress"), *press("Tab Tab"), *say("Rota of June", "Rota of June"),
            *press("ctrl+s", "Last change"),
        ),
        12,
    ),
    Task("See what changed since the last board", press("d", "difference"), 3),
    Task(
        "See one agency's overdue learning points",
        (
            *find("wmp", "west-midlands-police West Midlands Police"),
            *press("2", "Learning points"),
            *press("L", "1 of "),
        ),
        6,
    ),
    Task(
        "Revise a target",
        (
            *find("4.1.4", "2025-27/4.1.4 Independent"), *press("e", "Nothing is changed yet"),
            *press("Tab Tab Tab ctrl+u", "needs a reason"),
            *say("30 June 2027", "Target 30 June 2027"), *press("ctrl+s", "Reason why, in your words"),
            *say("No scrutineer yet.", "revised to 30 June 2027"), *press("ctrl+s", "Last change"),
        ),
    ),
    Task(
        "Say how a key action is going",
        (
            *find("4.1.5", "2025-27/4.1.5 Voice"), *press("e", "Nothing is changed yet"),
            *press("Tab Tab Tab Tab Tab"), *say("Two groups met.", "{+Two groups met.+}"),
            *press("ctrl+s", "Last change"),
        ),
    ),
    Task("Take back what you recorded last", (
        *press("ctrl+z", "Reason: say why"), *say("The wrong line.", "Will be recorded"),
        *press("ctrl+s", "⇅ 4 changes not yet sent"),
    )),
    Task("See the register as at a day", (
        *press("t", "position: as recorded"), *say("31/3/2026", "as at 31 March 2026"), *press("Enter", "read only"),
    )),
    Task("Find a record by a misspelt word", find("sutainable", "2025-27/4.2.3 Sustainable", "like them")),
    Task(
        "Sit a meeting and record a decision",
        (
            *press("7", "MT-0001"), *press("G", "MT-0099"), *press("S", "0 of "), *press("r"),
            *say("Agreed by all.", "Agreed by all."), *press("Enter", "enter open"), *press("Enter", "Choose a status"),
            *press("Enter", "Will be recorded"), *press("ctrl+s", "1 of "),
        ),
    ),
    Task(
        "Change three at once",
        (
            *press("Enter", "overdue=yes"), *press("Shift+Down Shift+Down", "3 marked"),
            *press("m", "what is to be the same"), *press("Enter", "deferred"),
            *press("Down Down Enter", "in progress"),
            *press("Tab Tab"), *say("All three have begun.", "3 will be recorded"), *press("ctrl+s", "3 changes"),
        ),
    ),
    Task("Send and receive", (*press("y", "will go"), *press("y", "sent"))),
)  # fmt: skip


@pytest.fixture
def shared(own_computer: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The starter register of January, shared, with a meeting to come and a learning point that is late."""
    clock(monkeypatch, "2026-01-12")
    register = own_computer / "register"
    starter.make(register, empty=False, today=dt.date(2026, 1, 12), person=SAM)
    clock(monkeypatch, "2026-11-22")
    told = ["--register", str(register), "--today", "2026-11-22"]
    assert run([*told, "set", "LP-0062", "target=1 September 2026", "status=pending", "--reason", "Reopened"]) == 0
    words = ["group=child-exploitation", "date=24 November 2026", "agenda=2025-27/4.2.1", "ref=MT-0099"]
    assert run([*told, "add", "meeting", *words, "--reason", "Called"]) == 0
    place = tmp_path / "share.git"
    git(tmp_path, "init", "--quiet", "--bare", "--initial-branch=main", str(place))
    git(register, "remote", "add", "origin", str(place))
    assert sync(open_register(register, TODAY)).done
    return register


def test_each_task_takes_the_keys_that_the_document_counts(shared: Path) -> None:
    terminal = Terminal(shared)
    terminal.shows("key actions overdue")
    for task in TASKS:
        sent = ""
        for step in task.steps:
            sent += step.text or SENT.get(step.key, step.key)
            if step.sees:
                terminal.press(sent)  # in one go, as fast as anybody types
                sent = ""
                terminal.wait_for(partial(_holds, step.sees), f"{task.name}: {step.written}: {step.sees}")
        back_home(terminal)
    terminal.press("q")
    assert terminal.end() == 0
    assert git(shared, "status", "--short") == ""
    assert git(shared, "log", "-1", "--format=%H", "origin/main") == git(shared, "log", "-1", "--format=%H")


def _holds(words: str, text: str) -> bool:
    """Whether the screen shows ``words``, wherever they wrap."""
    return words in " ".join(text.replace("│", " ").split())


def back_home(terminal: Terminal) -> None:
    """Go back to Home and to today; these keys belong to no task."""
    if "read only" in terminal.text:
        terminal.press("t")
        terminal.wait_for(lambda text: "read only" not in text, "today")
    if AT_HOME not in terminal.text:
        terminal.press("H")
        terminal.shows(AT_HOME)


def test_the_document_says_the_same_keys_and_counts() -> None:
    told = dict(rows_of(DOCUMENT.read_text(encoding="utf-8")))
    assert told == {task.name: (_written(task), task.keys) for task in TASKS}
    assert all(task.keys <= task.at_most for task in TASKS if task.at_most is not None)


def rows_of(document: str) -> Iterator[tuple[str, tuple[str, int]]]:
    """Yield each task of the document's table with its keys and their count."""
    for name, keys, count in re.findall(r"^\| ([^|]+?) \| ([^|]+?) \| (\d+) \|$", document, re.MULTILINE):
        yield name, (keys, int(count))


def _written(task: Task) -> str:
    return " ".join(step.written for step in task.steps)


if __name__ == "__main__":
    for each in TASKS:
        print(f"| {each.name} | {_written(each)} | {each.keys} |")
