"""Garbage of a large register's screens is looked for once nobody is busy, and once after each time somebody was."""

import gc
from pathlib import Path

import pytest

from bscp_tui.tui import tidying
from bscp_tui.tui.app import RegisterApp
from tests.tui.conftest import opened, wait_for

Looks = list[int]


@pytest.fixture
def looks(monkeypatch: pytest.MonkeyPatch) -> Looks:
    """The looks over everything that are taken, of a register so large that Python takes none by itself."""
    taken: Looks = []
    monkeypatch.setattr(tidying, "is_seldom", lambda: True)
    monkeypatch.setattr(gc, "collect", lambda: taken.append(1))
    return taken


def working(app: RegisterApp) -> bool:
    """Whether garbage is being looked for."""
    return any(worker.group == "garbage" for worker in app.workers)


async def test_garbage_is_looked_for_once_when_nobody_presses_a_key(
    small: Path, looks: Looks, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tidying, "QUIET", 1e9)
    app = opened(small)
    async with app.run_test() as pilot:
        monkeypatch.setattr(tidying, "QUIET", 0.0)
        app.tidy_up()
        assert not working(app), "nobody was busy yet"
        monkeypatch.setattr(tidying, "QUIET", 1e9)
        await pilot.press("3")
        app.tidy_up()
        assert not working(app), "somebody is busy"
        monkeypatch.setattr(tidying, "QUIET", 0.0)
        app.tidy_up()
        app.tidy_up()
        await wait_for(pilot, lambda: bool(looks) and not working(app), "the look")
    assert len(looks) == 1
