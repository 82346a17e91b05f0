"""Work left to a copy of the process: nobody waits for it, and it neither holds anything back nor outlives its use."""

import fcntl
import os
import select
import subprocess
import sys
from pathlib import Path

import pytest

from bscp_tui.store.apart import leave

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are copied on Linux only")
LONG = 60.0  # seconds; a fault shows as this, nothing else waits so long

_LEAVES = """
import fcntl, sys
from pathlib import Path
from bscp_tui.store.apart import leave
gate, kept, lock = map(Path, sys.argv[1:])
held = lock.open("w")
fcntl.flock(held, fcntl.LOCK_EX)
def work():
    gate.read_text()  # until somebody opens it to write
    kept.write_text("kept")
leave(work)
print("answered")
"""

_IS_KILLED = """
import os, signal
from bscp_tui.store import apart
def first():
    os.kill(os.getpid(), signal.SIGKILL)
apart.share(range(100_000), list, lambda some: b"x" * 100_000, list, first)
"""


def _ended(reading: int) -> bool:
    """Whether everybody who had the other end of a pipe has let go of it."""
    ready, _, _ = select.select([reading], [], [], LONG)
    return bool(ready) and os.read(reading, 1) == b""


def test_whoever_reads_the_answer_does_not_wait_for_what_is_left(tmp_path: Path) -> None:
    gate, kept, lock = tmp_path / "gate", tmp_path / "kept", tmp_path / "lock"
    os.mkfifo(gate)
    os.mkfifo(kept)
    ran = subprocess.run(
        [sys.executable, "-c", _LEAVES, str(gate), str(kept), str(lock)],
        check=True, capture_output=True, text=True, timeout=LONG,
    )  # fmt: skip
    assert ran.stdout == "answered\n"
    with lock.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)  # the process that is left holds none of the other's locks
    reading = os.open(kept, os.O_RDONLY | os.O_NONBLOCK)
    gate.write_text("go on")
    ready, _, _ = select.select([reading], [], [], LONG)
    assert ready, "what was left was never done"
    assert os.read(reading, 10) == b"kept"
    os.close(reading)


def test_where_no_process_can_be_made_the_work_is_done_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused() -> int:
        raise BlockingIOError(11, "no more processes")

    monkeypatch.setattr(os, "fork", refused)
    done: list[bool] = []
    leave(lambda: done.append(True))
    assert done == [True]


def test_a_copy_ends_when_the_process_that_it_works_for_is_killed() -> None:
    reading, writing = os.pipe()
    ran = subprocess.Popen([sys.executable, "-c", _IS_KILLED], pass_fds=[writing])
    os.close(writing)
    assert ran.wait(LONG) == -9
    assert _ended(reading), "the copy waits for a reader who is gone"
    os.close(reading)


_WRITES_ON = """
import os, sys
from pathlib import Path
from bscp_tui.store.apart import leave
gate, kept = map(Path, sys.argv[1:])
reading, writing = os.pipe()
def work():
    with gate.with_name("opened").open("wb", buffering=0) as opened:
        os.write(writing, b"what was meant for a pipe")  # which had this number
        opened.write(b"mine")
    kept.write_bytes(gate.with_name("opened").read_bytes() + b"|" + os.read(reading, 10))
leave(work)
"""


def test_what_is_written_to_a_pipe_that_is_gone_reaches_no_file_that_is_opened_since(tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    os.mkfifo(kept)
    reading = os.open(kept, os.O_RDONLY | os.O_NONBLOCK)
    subprocess.run([sys.executable, "-c", _WRITES_ON, str(tmp_path / "gate"), str(kept)], check=True, timeout=LONG)
    ready, _, _ = select.select([reading], [], [], LONG)
    assert ready, "what was left was never done"
    assert os.read(reading, 100) == b"mine|"
    os.close(reading)
