"""Entries whose times no clock can have said, as only a forger writes them, keep nobody from the register."""

from pathlib import Path

import pytest

from bscp_tui.sharing.outcome import moved
from bscp_tui.store.commits import commit_at, seconds_told
from bscp_tui.store.log import FIRST, LAST
from bscp_tui.store.moments import instant
from bscp_tui.store.raw_history import RawHistory
from tests.cli.support import bscp
from tests.support import change, git, opened


@pytest.mark.parametrize(
    "said",
    ["A <a@example.org> 99999999999999999 +0000", "A <a@example.org> " + "9" * 5000 + " +0000",
     "A <a@example.org> -100000 +9999", "A <a@example.org> 1e5 x", "A <a@example.org> 1 -2500", "A", ""],
)  # fmt: skip
def test_a_time_that_no_clock_said_keeps_nobody_from_the_register(folder: Path, said: str) -> None:
    before = git(folder, "rev-parse", "HEAD").strip()
    tree = git(folder, "rev-parse", "HEAD^{tree}").strip()
    text = f"tree {tree}\nparent {before}\nauthor {said}\ncommitter {said}\n\nodd\n"
    odd = git(folder, "hash-object", "-w", "-t", "commit", "--literally", "--stdin", given=text).strip()
    git(folder, "update-ref", "HEAD", odd)
    register = opened(folder)
    told = bscp(folder, "list", "plan", "--as-of", "2099-01-01", "--format", "json")
    assert (told.status, told.err) == (0, "")
    assert commit_at(register.repository, instant(register, "2099-01-01")) in {before, odd}
    if said.startswith("A <a@example.org> 9"):
        assert moved(RawHistory(register.repository).commit(odd)).made.year == 9999
    assert register.record(change(register, status="in-progress"))


def test_a_time_is_kept_within_what_a_calendar_has() -> None:
    assert [seconds_told(text) for text in ("", "x", "7", "18446744073709451616", "9" * 40)] == [
        0,
        0,
        7,
        -100_000,
        LAST,
    ]
    assert FIRST < 0 < LAST
