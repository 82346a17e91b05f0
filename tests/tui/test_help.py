"""Help for who is new: a page for every screen, the same in plain text, and a tour."""

import shlex
from functools import partial
from pathlib import Path

import pytest

from bscp_tui.cli.parser import FAMILIES
from bscp_tui.tui import commands as c
from bscp_tui.tui.screens.base import Hosted, RegisterScreen
from bscp_tui.tui.screens.help import HelpScreen
from bscp_tui.tui.screens.tour import PAGES, TourScreen
from tests.tui.conftest import current, on_screen, opened, wait_for


async def test_the_tour_is_left_at_any_time_or_read_to_its_end(small: Path) -> None:
    app = opened(small)
    async with app.run_test(size=(80, 24)) as pilot:
        for keys in (["enter"] * len(PAGES), ["right", "left", "escape"]):
            app.do(c.Tour)
            await wait_for(pilot, lambda: isinstance(app.screen, TourScreen), "the tour")
            await wait_for(pilot, lambda: f"1 of {len(PAGES)}" in on_screen(app), "the first page")
            await pilot.press(*keys)
            await wait_for(pilot, lambda: not isinstance(app.screen, TourScreen), "Home again")


@pytest.mark.parametrize("command", ["!", "y", "0", "9"])
async def test_help_says_what_the_screen_is_for_and_what_says_the_same_in_plain_text(small: Path, command: str) -> None:
    app = opened(small)
    async with app.run_test(size=(80, 24)) as pilot:
        home = app.screen
        await pilot.press(c.key_named(command) if command != "!" else "exclamation_mark")
        await wait_for(pilot, lambda: app.screen is not home, "the screen")
        screen = app.screen
        assert isinstance(screen, RegisterScreen)
        await pilot.press("question_mark")
        await wait_for(pilot, lambda: isinstance(app.screen, HelpScreen), "its help")
        shown = " ".join(on_screen(app).replace("│", " ").split())
        assert "The same in plain text: bscp " in shown
        assert " ".join((type(screen).__doc__ or "").split())[:60] in shown


async def test_what_a_record_s_screens_name_are_commands(small: Path) -> None:
    app = opened(small)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("slash", *"2.1.3", "enter")
        await wait_for(pilot, lambda: current(app) == "2025-27/2.1.3", "the key action")
        for key in ("s", "h", "l", "plus", "e"):
            before = app.screen
            await pilot.press(key)
            await wait_for(pilot, partial(lambda before: app.screen is not before, before), key)
            assert isinstance(app.screen, Hosted)
            program, command, *_ = shlex.split(app.screen.in_plain_text())
            assert program == "bscp"
            assert command in {*FAMILIES, "--help"}
            await pilot.press("escape")
            await wait_for(pilot, partial(lambda before: app.screen is before, before), "the list again")
