"""The seal: whether the history is vouched for, in History, on one entry, on Home; and the check itself."""

from pathlib import Path

from textual.command import CommandPalette
from textual.pilot import Pilot

from bscp_tui.tui.app import RegisterApp
from bscp_tui.tui.screens.history import HistoryScreen
from bscp_tui.tui.screens.home import HomeScreen
from bscp_tui.tui.screens.whole import WholeScreen
from tests.tui.conftest import git, on_screen, opened, wait_for

NOT_YET = "not checked on this computer yet"


async def check(pilot: Pilot[int], app: RegisterApp) -> None:
    """Choose the check in the palette and wait for its answer."""
    await pilot.press("ctrl+p")
    await wait_for(pilot, lambda: isinstance(app.screen, CommandPalette) and app.focused, "the palette")
    await pilot.press(*"history is whole")
    await wait_for(pilot, lambda: "Check that this history is whole" in on_screen(app), "the palette")
    await pilot.press("down", "enter")
    await wait_for(pilot, lambda: isinstance(app.screen, WholeScreen), "the check")


async def test_home_history_and_entry_say_so_once_the_history_was_checked(register: Path) -> None:
    app = opened(register)
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_for(pilot, lambda: NOT_YET in on_screen(app), "nobody has looked")
        await pilot.press("9")
        await wait_for(pilot, lambda: " changes" in on_screen(app), "the history")
        await pilot.press("space", "j")
        await wait_for(pilot, lambda: f"({NOT_YET})" in on_screen(app), "the change's seal")
        await check(pilot, app)
        await wait_for(pilot, lambda: "Matches: 3 entries by 1 person, whole" in on_screen(app), "the verdict")
        await pilot.press("escape")
        await wait_for(pilot, lambda: "(✓ vouched for)" in on_screen(app), "the change's seal")
        await pilot.press("enter")
        await wait_for(pilot, lambda: "says" in on_screen(app) and "(✓ vouched for)" in on_screen(app), "the entry's")
        app.go_home()
        await wait_for(pilot, lambda: "─ ✓ vouched for ─" in on_screen(app), "Home's seal")
    again = opened(register)
    async with again.run_test(size=(80, 24)) as pilot:
        await wait_for(pilot, lambda: "─ ✓ vouched for ─" in on_screen(again), "what was found is remembered")


async def test_an_entry_of_a_stranger_breaks_the_seal_and_the_reason_is_told(register: Path) -> None:
    place = register / "records/agencies/afruca.toml"
    place.write_text(place.read_text().replace('title = "AFRUCA"', 'title = "AFRUCA [x]"'))
    git(register, "-c", "commit.gpgsign=false", "commit", "-qam", "Edited [/b] without this program")
    app = opened(register)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("9")
        await wait_for(
            pilot, lambda: isinstance(app.screen, HistoryScreen) and "AFRUCA" in on_screen(app), "the history"
        )
        await check(pilot, app)
        await wait_for(pilot, lambda: "Does not match: entry" in on_screen(app), "the verdict")
        await pilot.press("escape")
        await wait_for(pilot, lambda: "✗ not vouched for:" in on_screen(app), "the change's seal, with the reason")
        await pilot.press("enter")
        await wait_for(pilot, lambda: "says" in on_screen(app) and "✗ not vouched for:" in on_screen(app), "the entry")
        app.go_home()
        await wait_for(pilot, lambda: "✗ does not match" in on_screen(app), "Home's seal")


async def test_a_history_that_nobody_vouches_for_says_how_that_is_mended(small: Path) -> None:
    git(small, "rm", "-q", "records/roster.toml")
    git(small, "commit", "-qm", "No roster")
    app = opened(small)
    async with app.run_test(size=(80, 24)) as pilot:
        await check(pilot, app)
        await wait_for(pilot, lambda: "Every entry is read" not in on_screen(app), "the verdict")
        assert "Does not match" in on_screen(app)


async def test_the_check_goes_on_behind_other_screens(register: Path) -> None:
    app = opened(register)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await check(pilot, app)
        await pilot.press("escape")
        await wait_for(pilot, lambda: isinstance(app.screen, HomeScreen), "Home")
        await wait_for(pilot, lambda: "─ ✓ vouched for ─" in on_screen(app), "Home's seal")
