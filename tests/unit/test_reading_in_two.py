"""Two processes read the same as one, also where the second comes to nothing."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bscp_tui.store.importing import make_from
from bscp_tui.synthetic.story import story

# A process of its own, as commands are: only one with a single thread is ever copied. It tells how often that was
# done, and then everything that it read, twice: as read, and as it was kept.
_READ = """
import json, os, sys
from pathlib import Path
from bscp_tui.model.kinds import KINDS
from bscp_tui.store import apart, loading
from tests.support import opened
loading.MANY, loading.IN_TWO = 20, int(sys.argv[2])
loading.is_possible = lambda: True
made, told, share, come, way = [], [], loading.share, apart._come, sys.argv[3]
ends = {"killed": lambda _: os.kill(os.getpid(), 9), "fails": lambda _: 1 / 0}
def counted(items, here, there, take, first):
    made.append(items)
    share(items, here, ends.get(way, there), take, first)
loading.share, apart.BLOCK = counted, 10
def heard(done):
    done.poll(None)  # without waiting, one of the two might have done it all
    told.append(come(done))
    return told[-1]
apart._come = heard
if way == "refused":
    def refused():
        raise BlockingIOError(11, "no more processes")
    os.fork = refused
def read():
    register = opened(Path(sys.argv[1]))
    register.repository.objects(["HEAD"])  # git is asked through a pipe that a copy of the process has too
    snapshot = register.snapshot()
    owners = [kind for kind in KINDS.values() if kind.inside is None]
    snapshot.read_ahead([kind.name for kind in owners])
    views = [view.facts() for kind in KINDS.values() for view in snapshot.views(kind, withdrawn=True)]
    return [views, [str(bad) for kind in owners for bad in snapshot.unreadable(kind)]]
first = read()
while apart._left:
    os.waitpid(apart._left.pop(), 0)  # nobody else waits until all is kept
print(json.dumps([first, read(), len(made), len([one for one in told if one])], default=str))
"""


def _read(folder: Path, cache: Path, in_two: int, way: str) -> tuple[object, object, int, int]:
    words = [sys.executable, "-c", _READ, str(folder), str(in_two), way]
    ran = subprocess.run(
        words, check=True, capture_output=True, text=True, env={**os.environ, "BSCP_CACHE": str(cache)}
    )
    first, again, made, told = json.loads(ran.stdout)
    return first, again, made, told


@pytest.mark.skipif(sys.platform != "linux", reason="processes are copied on Linux only")
def test_two_processes_read_what_one_reads(tmp_path: Path) -> None:
    folder = tmp_path / "register"
    make_from(folder, story(150, 200, 5), lambda _: None)
    actions = sorted((folder / "records" / "plans").rglob("actions/*.toml"))
    actions[3].write_text("not = [toml")
    actions[4].write_text(f"{actions[4].read_text().replace('title', 'novel = 1979-05-27 # of a later version', 1)}")
    actions[5].write_text(f'unknown_key = "kept"\n{actions[5].read_text()}')
    for gone in actions[6::11]:
        gone.unlink()
    actions[7].unlink()
    actions[7].symlink_to(actions[8])
    alone = _read(folder, tmp_path / "alone", 1_000_000, "well")
    assert alone[2] == 0
    assert alone[0] == alone[1]
    for way in ("well", "killed", "fails", "refused"):
        told = _read(folder, tmp_path / way, 20, way)
        assert told[2] >= 1, "nothing was to be read in two"
        assert (told[3] > 5) == (way == "well"), way
        assert told[:2] == alone[:2], way
