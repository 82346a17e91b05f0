"""Whatever call of a save fails, and however: the record is the old or the new one, whole."""

import os
import shutil
import threading
import tomllib
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from itertools import count as numbers
from pathlib import Path

import pytest

from bscp_tui.store.errors import SaveError
from tests.faults.harness import Nursery, Outcome, Shim
from tests.support import RECORD, addition, change, count, git, head, opened, status

MODES = ("kill", "lone", "torn", "full", "fault")
_PLAIN = ("the disk is full", "the disk reports a fault", "the disk would not take it", "git was stopped")
FRESH = "tmp" + "_obj_"  # how git names an object that is not whole yet
STEP = int(os.environ.get("BSCP_FAULT_STEP", "1"))  # 5 tries every fifth call only
WORKERS = 3  # runs at a time; each has a register of its own


@dataclass(frozen=True)
class Case:
    """A save to be disturbed: in which register, which file it touches, what it says."""

    base: Path
    path: str
    arguments: tuple[str, ...]
    old: str
    entries: int


def _case(base: Path, path: str, *arguments: str) -> Case:
    return Case(base, path, arguments, head(base), count(base))


@pytest.fixture
def status_change(folder: Path) -> Case:
    return _case(folder, RECORD, "status", "4.1.3", "in-progress")


@pytest.fixture
def first_record(empty_folder: Path) -> Case:
    return _case(empty_folder, "records/agencies/first.toml", "add", "first")


@pytest.mark.parametrize("mode", MODES)
def test_a_status_change_is_whole_or_not_there_whichever_call_fails(
    shim: Shim, status_change: Case, mode: str, tmp_path: Path
) -> None:
    assert _swept(shim, status_change, mode, tmp_path) == []


@pytest.mark.parametrize("mode", ["kill", "fault"])
def test_the_first_record_of_a_register_is_whole_or_not_there_whichever_call_fails(
    shim: Shim, first_record: Case, mode: str, tmp_path: Path
) -> None:
    assert _swept(shim, first_record, mode, tmp_path) == []


def test_all_that_a_save_writes_is_flushed_before_it_says_saved(shim: Shim, status_change: Case) -> None:
    outcome = shim.saved(status_change.base, *status_change.arguments)
    steps = [line.split(" ", 2)[1:] for line in outcome.calls]
    flushed = [path for name, path in steps if name == "fsync"]
    branch = next(n for n, (name, path) in enumerate(steps) if name == "rename" and path.endswith("refs/heads/main"))
    blob = git(status_change.base, "rev-parse", f"HEAD:{RECORD}")
    commit = head(status_change.base)
    before = [path for name, path in steps[:branch] if name == "fsync"]
    assert outcome.said("saved ") == commit
    assert any(f"/objects/{blob[:2]}/{FRESH}" in path for path in before), "the record's bytes"
    assert any(path.endswith(f"/objects/{blob[:2]}") for path in before), "their name"
    assert any(f"/objects/{commit[:2]}/{FRESH}" in path for path in before), "the commit"
    assert any(path.endswith(f"/objects/{commit[:2]}") for path in before), "its name"
    assert any(path.endswith("refs/heads/main.lock") for path in before), "the branch"
    assert any(path.endswith("refs/heads") for path in flushed), "the branch's name"
    assert any(path.endswith("bscp/record.new") for path in flushed), "the working file"
    assert any(path.endswith("plans/2025-27/actions") for path in flushed), "the working file's name"


def _swept(shim: Shim, case: Case, mode: str, tmp_path: Path) -> list[str]:
    """Disturb call 1, 2, 3 … until a save has fewer calls; return what broke a promise."""
    at, ended, broken = numbers(1, STEP), threading.Event(), list[str]()

    def work() -> None:
        with closing(Nursery(shim)) as nursery:
            while not ended.is_set():
                told, reached = _tried(nursery, case, mode, next(at), tmp_path)
                broken.extend(told)
                if not reached:
                    ended.set()

    with ThreadPoolExecutor(WORKERS) as pool:
        for worker in [pool.submit(work) for _ in range(WORKERS)]:
            worker.result()
    return broken


def _tried(nursery: Nursery, case: Case, mode: str, at: int, tmp_path: Path) -> tuple[list[str], bool]:
    folder = tmp_path / f"{mode}-{at}"
    shutil.copytree(case.base, folder)
    outcome = nursery.saved(folder, *case.arguments, mode=mode, at=at)
    reached = len(outcome.calls) >= at
    call = outcome.calls[at - 1] if reached else f"{at} (beyond the last)"
    told = [f"{call}: {what} {outcome.status} {outcome.lines}" for what in _broken(case, folder, mode, outcome)]
    if not told:
        shutil.rmtree(folder)
    return told, reached


def _broken(case: Case, folder: Path, mode: str, outcome: Outcome) -> list[str]:
    """Return the promises that do not hold after a disturbed save."""
    old, new = case.old, head(folder)
    recorded, claimed = new != old, outcome.said("saved ")
    told = _unsound(case, folder, recorded=recorded)
    if recorded and (git(folder, "rev-parse", "HEAD^") != old or _touched(folder) != [case.path]):
        told.append("the history is neither the old one nor that with one entry more")
    if claimed and claimed != new:
        told.append("it said “saved” of what is not recorded")
    if mode in {"full", "fault"} or outcome.status >= 0:
        told += _ill_explained(outcome, recorded=recorded)
    return told or _not_healed(folder, entries=case.entries + recorded + 1)


def _unsound(case: Case, folder: Path, *, recorded: bool) -> list[str]:
    told = []
    faults = [line for line in git(folder, "fsck", "--full", "--strict", check=False).splitlines() if line]
    if [line for line in faults if not line.startswith("dangling")]:
        told.append(f"git finds faults: {faults}")
    working, before = _bytes(folder / case.path), _bytes(case.base / case.path)
    after = git(folder, "show", f"HEAD:{case.path}").encode() + b"\n" if recorded else None
    if recorded and after is not None:
        tomllib.loads(after.decode())
    if working not in (before, after):
        told.append("the working file is neither the old nor the new one")
    return told


def _ill_explained(outcome: Outcome, *, recorded: bool) -> list[str]:
    refusal = outcome.said("refused: ")
    if recorded:
        return [] if outcome.said("saved ") and outcome.status == 0 else ["it was recorded and did not say so"]
    plain = refusal is not None and (any(words in refusal for words in _PLAIN))
    return [] if plain and outcome.status == 1 else ["it was not recorded, and did not say so in plain words"]


def _not_healed(folder: Path, *, entries: int) -> list[str]:
    """Record something else without faults; return what the disturbed save left in its way."""
    register = opened(folder)
    later = (
        change(register, update="The work goes on.") if (folder / RECORD).exists() else addition("later", role="None")
    )
    try:
        entry = register.record(later)
    except SaveError as refusal:
        return [f"the next save is refused: {refusal}"]
    told = [] if entry and entry.commit == head(folder) else ["the next save was not recorded"]
    if entry and entry.warnings:
        told.append(f"the next save warns: {entry.warnings}")
    if count(folder) != entries:
        told.append(f"{count(folder)} entries, not {entries}")
    if status(folder):
        told.append(f"left in the folder: {status(folder)}")
    locks = [path.name for path in (folder / ".git").rglob("*.lock")]
    return [*told, *(f"left locked: {name}" for name in locks)]


def _touched(folder: Path) -> list[str]:
    return git(folder, "diff", "--name-only", "HEAD^", "HEAD").splitlines()


def _bytes(path: Path) -> bytes | None:
    return path.read_bytes() if path.exists() else None
