"""Garbage is looked for again after much was made, and never among what was left out at the beginning."""

import gc
import subprocess
import sys

from bscp_tui.store.garbage import MANY, unhurried

_LEFT_OUT = """
import gc
from bscp_tui.store.garbage import MANY, is_seldom, leave_out, unhurried
assert not is_seldom()
leave_out()
assert is_seldom()
held = gc.get_freeze_count()
with unhurried(MANY + 1):
    made = [[] for _ in range(MANY)]
assert gc.get_freeze_count() == held > 0
class Circle:
    def __init__(self):
        self.self = self
Circle()
assert gc.collect() >= 1
"""


def test_python_looks_for_garbage_again_after_much_was_made() -> None:
    with unhurried(MANY + 1):
        assert not gc.isenabled()
        with unhurried(MANY + 1):
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()
    with unhurried(MANY):
        assert gc.isenabled()


def test_what_was_left_out_stays_out_and_garbage_is_still_found() -> None:
    subprocess.run([sys.executable, "-c", _LEFT_OUT], check=True)  # once in a process's life
