"""Several programs on one register and one index: all tell the same, whatever the others are at."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bscp_tui.history.index import Index
from bscp_tui.history.shelves import State
from bscp_tui.history.ticking import ticks
from bscp_tui.store.derived import cache_folder
from tests.history.test_graph import grow
from tests.support import RECORD, change, git, opened

COMMAND = (sys.executable, "-m", "bscp_tui", "--read-only")


def started(folder: Path) -> "subprocess.Popen[str]":
    words = (*COMMAND, "--register", str(folder), "history", "--format", "json")
    return subprocess.Popen(words, stdout=subprocess.PIPE, text=True)


def answer(process: "subprocess.Popen[str]") -> list[tuple[str, str | None]]:
    told = process.communicate(timeout=120)[0]
    assert process.returncode == 0
    return [(row["commit"], row["field"]) for row in json.loads(told)]


def test_programs_that_read_for_the_first_time_at_once_tell_the_same(folder: Path) -> None:
    grow(folder, 2500)
    git(folder, "reset", "--hard", "-q")
    together = [answer(process) for process in [started(folder) for _ in range(3)]]
    alone = answer(started(folder))
    assert alone
    assert together == [alone] * 3


def test_what_another_program_records_is_told_by_one_that_runs_on(folder: Path) -> None:
    register = opened(folder)
    before = answer(started(folder))
    for status in ("in-progress", "deferred"):
        entry = register.record(change(register, "4.1.3", status=status))
        assert entry is not None
        before = [(entry.commit, "key_actions.3.status"), *before]
        assert answer(started(folder))[: len(before)] == before
    (folder / RECORD).write_text((folder / RECORD).read_text().replace("deferred", "complete"))
    git(folder, "commit", "-qam", "By hand")
    assert answer(started(folder))[0] == (git(folder, "rev-parse", "HEAD").strip(), "key_actions.3.status")


class Overtaken(Index):
    """An index that another program fills just before it looks, for the given time, how far it is."""

    def __init__(self, folder: Path, at: int) -> None:
        register = opened(folder)
        super().__init__(register.repository, str(register.head))
        self._folder, self._left = folder, at

    def _state(self) -> State:
        if not self._derived._db.in_transaction:  # noqa: SLF001 - no other program could write then
            self._left -= 1
            if self._left == 0:
                assert ticks(opened(self._folder))
        return super()._state()


@pytest.mark.parametrize("at", range(1, 9))
def test_whenever_another_program_is_quicker_each_entry_is_told_once(folder: Path, at: int) -> None:
    register = opened(folder)
    for status in ("in-progress", "deferred"):
        assert register.record(change(register, "4.1.3", status=status)) is not None
    shutil.rmtree(cache_folder(), ignore_errors=True)
    index = Overtaken(folder, at)
    told = index.answer(lambda: [entry.commit for entry in index.entries()])
    assert told == git(folder, "rev-list", "--topo-order", "--reverse", "HEAD").split()
