"""The overview that another process makes, and what is remembered where nobody waits: the pages are as ever."""

import contextlib
import os
import random
import signal
from pathlib import Path

import pytest

from bscp_tui.publishing import publish as publishing
from bscp_tui.publishing.building import Building
from bscp_tui.publishing.publish import publish
from bscp_tui.store import apart
from bscp_tui.store.derived import Derived
from tests.publishing.test_again import changed, invented, meddle, retitled, step  # noqa: F401 - a fixture
from tests.publishing.test_pages import bytes_of
from tests.support import opened

HERE = os.getpid()


@pytest.fixture
def apart_always(monkeypatch: pytest.MonkeyPatch) -> None:
    """Do for any site what is done for a large one."""
    monkeypatch.setattr(publishing, "IN_TWO", 0)
    monkeypatch.setattr(publishing, "is_possible", lambda: True)
    monkeypatch.setattr(apart, "is_possible", lambda: True)
    begun, told = Derived._opened, Derived._told  # noqa: SLF001 - which process uses what it opened

    def opened_here(derived: Derived) -> object:
        derived.opened_by = os.getpid()  # type: ignore[attr-defined]
        return begun(derived)

    def used_here(derived: Derived) -> object:
        assert derived.opened_by == os.getpid(), "SQLite allows no copy of a process what that one opened"  # type: ignore[attr-defined]
        return told(derived)

    monkeypatch.setattr(Derived, "_opened", opened_here)
    monkeypatch.setattr(Derived, "_told", used_here)


def end_of_what_was_left() -> int:
    """Wait until no process is left; return how many there were."""
    left, apart._left[:] = apart._left[:], []  # noqa: SLF001 - only they are waited for
    for process in left:
        with contextlib.suppress(ChildProcessError):
            os.waitpid(process, 0)
    return len(left)


def watched(fate: str, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Let the other process do well, fail, or be killed over the overview; tell of each that this one made itself."""
    made: list[str] = []
    overview = Building._overview  # noqa: SLF001 - where it comes to grief

    def told(building: Building) -> bytes:
        if os.getpid() == HERE:
            made.append(fate)
        elif fate == "killed":
            os.kill(os.getpid(), signal.SIGKILL)
        elif fate == "failed":
            raise ValueError(fate)
        return overview(building)

    monkeypatch.setattr(Building, "_overview", told)
    return made


@pytest.mark.usefixtures("apart_always")
@pytest.mark.parametrize("fate", ["well", "failed", "killed"])
@pytest.mark.parametrize("patient", [True, False], ids=["patient", "at-once"])
def test_pages_are_as_afresh_whatever_becomes_of_the_other_process(
    invented: Path,  # noqa: F811 - the fixture
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    fate: str,
    *,
    patient: bool,
) -> None:
    chance, site = random.Random(11), tmp_path / "site"  # noqa: S311 - the same each time
    here = watched(fate, monkeypatch)
    publish(opened(invented), site, "partnership")
    assert end_of_what_was_left() == 0  # afresh, it is remembered before anybody goes on
    here.clear()
    left = 0
    for number in range(6):
        action = chance.choice(sorted(invented.glob("records/plans/2025-27/actions/*.toml")))
        with contextlib.suppress(ValueError):  # a broken one
            changed(invented, action, retitled, chance)  # of the current plan, of which the overview tells
        step(invented, number, chance)
        meddle(site, chance)
        publish(opened(invented), site, "partnership")
        left += end_of_what_was_left() if patient else 0
    if patient:
        assert left >= 4
        assert publish(opened(invented), site, "partnership").written == 0
    end_of_what_was_left()
    assert len(here) < 6 if fate == "well" else len(here) >= 6
    monkeypatch.setenv("BSCP_CACHE", str(tmp_path / "nothing-kept"))
    publish(opened(invented), tmp_path / "afresh", "partnership")
    assert bytes_of(site) == bytes_of(tmp_path / "afresh")
