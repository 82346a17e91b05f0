"""Taking an entry back with ctrl+z: by a new entry, with its sentence shown and its reason asked."""

from pathlib import Path

from textual.pilot import Pilot

from bscp_tui.tui.screens.history import HistoryScreen
from bscp_tui.tui.screens.home import HomeScreen
from bscp_tui.tui.screens.undo import UndoDialog
from tests.tui.conftest import git, on_screen, opened, sentence, wait_for


async def dialog(pilot: Pilot[int]) -> None:
    """Press ctrl+z and wait for the dialog."""
    await pilot.press("ctrl+z")
    await wait_for(pilot, lambda: isinstance(pilot.app.screen, UndoDialog), "the dialog")


async def test_the_last_own_entry_is_taken_back_by_a_new_one(lived: Path) -> None:
    app = opened(lived)
    last = git(lived, "log", "-1", "--format=%(trailers:key=Entry,valueonly)").strip()
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await dialog(pilot)
        await wait_for(pilot, lambda: "2025-27/2.1.3" in sentence(app) and "needs" not in sentence(app), "the sentence")
        assert "say why" in sentence(app)
        await pilot.press(*"By mistake.")
        await wait_for(pilot, lambda: "Will be recorded" in sentence(app), "the sentence, ready")
        await pilot.press("ctrl+s")
        await wait_for(pilot, lambda: isinstance(app.screen, HomeScreen), "Home")
        await wait_for(pilot, lambda: "Recorded: 2025-27/2.1.3" in on_screen(app), "what was recorded")
    message = git(lived, "log", "-1", "--format=%B")
    assert f"Undoes: {last}" in message
    assert "> By mistake." in message
    assert (
        'status = "in-progress"\ntarget = 2026-12-10' in (lived / "records/plans/2025-27/actions/2.1.toml").read_text()
    )


async def test_in_the_history_the_entry_under_the_cursor_is_taken_back_a_sitting_as_one(lived: Path) -> None:
    app = opened(lived)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("9")
        await wait_for(pilot, lambda: isinstance(app.screen, HistoryScreen), "the history")
        await wait_for(pilot, lambda: "▸ 2 changes" in on_screen(app), "the sitting")
        await pilot.press("down", "down")
        await dialog(pilot)
        await wait_for(
            pilot, lambda: "2025-27/2.1 " in sentence(app) and "2025-27/2 " in sentence(app), "both sentences"
        )
        await pilot.press(*"The board was not quorate.", "ctrl+s")
        await wait_for(pilot, lambda: isinstance(app.screen, HistoryScreen), "the history again")
    assert git(lived, "rev-list", "--count", "HEAD").strip() == "12"
    assert 'update = "Slow."' in (lived / "records/plans/2025-27/actions/2.1.toml").read_text()


async def test_what_stands_in_the_way_is_named_and_nothing_is_recorded(lived: Path) -> None:
    app = opened(lived)
    before = git(lived, "rev-parse", "HEAD")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("9")
        await wait_for(pilot, lambda: "18 Sep 2025" in on_screen(app), "the history")
        await pilot.press(*["down"] * 5)
        await dialog(pilot)
        await wait_for(pilot, lambda: "Later changes stand in the way" in sentence(app), "why not")
        await pilot.press(*"Never mind.", "ctrl+s")
        await wait_for(pilot, lambda: "Later changes stand in the way" in sentence(app), "why not, still")
        await pilot.press("escape", "escape")
        await wait_for(pilot, lambda: "typed, not recorded" in on_screen(app), "the reason, kept")
    assert git(lived, "rev-parse", "HEAD") == before


async def test_in_the_past_nothing_is_taken_back(lived: Path) -> None:
    app = opened(lived)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.press("t")
        await wait_for(pilot, lambda: "entries" in on_screen(app), "the bar")
        await pilot.press("up", "enter")
        await wait_for(pilot, lambda: "read only" in on_screen(app), "the past")
        await pilot.press("ctrl+z")
        await wait_for(pilot, lambda: "Nothing can be recorded here" in on_screen(app), "why not")


async def test_who_has_recorded_nothing_is_told_so(lived: Path) -> None:
    git(lived, "config", "user.email", "new@example.org")
    app = opened(lived)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.press("ctrl+z")
        await wait_for(pilot, lambda: "recorded nothing yet" in on_screen(app), "that there is none")
