"""Several programs on one register and one index: all tell the same, whatever the others are at."""

import json
import subprocess
import sys
from pathlib import Path

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
