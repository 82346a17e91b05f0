"""A fault of the program itself: the person goes on working, and nothing that was typed is lost."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot

from bscp_tui.tui.app import RegisterApp
from bscp_tui.tui.screens.home import HomeScreen
from bscp_tui.tui.screens.status import StatusDialog
from bscp_tui.tui.widgets.typing_fields import TextField
from tests.tui.conftest import current, on_screen, opened, wait_for

NAMED = "Ada Example of 12 High Street"


class OddError(Exception):
    """What nobody foresaw."""


def fail() -> None:
    raise OddError(NAMED)


def fail_in_application(app: RegisterApp) -> None:
    app.call_later(fail)


def fail_in_screen(app: RegisterApp) -> None:
    app.screen.call_later(fail)


def fail_after_drawing(app: RegisterApp) -> None:
    app.screen.call_after_refresh(fail)


def fail_in_a_timer(app: RegisterApp) -> None:
    app.screen.set_timer(0.01, fail)


def fail_in_a_thread(app: RegisterApp) -> None:
    app.fetch("odd", fail, lambda _: None)


FAULTS = (fail_in_application, fail_in_screen, fail_after_drawing, fail_in_a_timer, fail_in_a_thread)


def enduring(folder: Path) -> RegisterApp:
    app = opened(folder)
    app.endures = True
    return app


async def typing(app: RegisterApp, pilot: Pilot[int], text: str) -> None:
    await pilot.press("slash", *"2.1.3", "enter")
    await wait_for(pilot, lambda: current(app) == "2025-27/2.1.3", "the key action")
    await pilot.press("s")
    await wait_for(pilot, lambda: isinstance(app.screen, StatusDialog) and app.focused, "the dialog")
    app.screen.query_one("#reason", TextField).load_text(text)


@pytest.mark.parametrize("fault", FAULTS)
async def test_the_program_goes_on_from_home_and_keeps_what_was_typed(
    small: Path, home: Path, fault: Callable[[RegisterApp], None]
) -> None:
    app = enduring(small)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await typing(app, pilot, "The trainer came back.")
        fault(app)
        await wait_for(pilot, lambda: isinstance(app.screen, HomeScreen), "Home")
        await wait_for(pilot, lambda: "went wrong" in on_screen(app), "the notice")
        await wait_for(pilot, lambda: "typed, not recorded: 2.1.3" in on_screen(app), "the draft")
        await pilot.press("1")
        await wait_for(pilot, lambda: current(app) == "2025-27", "a list, as before")
        await pilot.press("escape")
    told = [place.read_text() for place in home.rglob("fault-*.txt")]  # noqa: ASYNC240 - nothing waits for it
    assert told
    assert all("OddError" in text and "fail" in text and "Ada" not in text for text in told)


async def test_faults_that_follow_each_other_end_the_program_in_a_sentence(small: Path) -> None:
    app = enduring(small)
    async with app.run_test(size=(80, 24)):
        for _ in range(3):
            fail_in_screen(app)
        while app.return_code is None:  # noqa: ASYNC110 - the pilot cannot wait for a program that ends
            await asyncio.sleep(0)
    assert app.return_code == 3
