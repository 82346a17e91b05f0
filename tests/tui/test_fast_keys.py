"""Keys faster than the screens: a dialog that has closed closes nothing else, and nothing is done twice."""

import re
import threading
from pathlib import Path

import pytest
from textual import events
from textual.command import CommandPalette
from textual.pilot import Pilot
from textual.widgets import Input

from bscp_tui.tui.app import RegisterApp
from bscp_tui.tui.screens.add import AddForm
from bscp_tui.tui.screens.help import HelpScreen
from bscp_tui.tui.screens.records import RecordsScreen
from bscp_tui.tui.screens.time_bar import TimeBar
from bscp_tui.tui.session import Session
from tests.tui.conftest import git, on_screen, opened, wait_for
from tests.tui.every_screen import EVERY_SCREEN, view


def press_at_once(app: RegisterApp, *keys: str) -> None:
    """Press keys before the first of them is heard."""
    for key in keys:
        app.post_message(events.Key(key, None))


async def on_a_list(pilot: Pilot[int], app: RegisterApp) -> None:
    """Open a list, below which Home lies."""
    app.open_list("key-action")
    await wait_for(pilot, lambda: isinstance(app.screen, RecordsScreen) and app.focused, "the list")


@pytest.mark.parametrize(
    "name", ["status", "columns", "returns", "join", "whole", "tour", "help", "choice", "time bar"]
)
async def test_a_key_that_closes_a_dialog_closes_only_that_however_often_it_is_pressed(lived: Path, name: str) -> None:
    app = opened(lived)
    async with app.run_test(size=(80, 24)) as pilot:
        await on_a_list(pilot, app)
        below = app.screen
        EVERY_SCREEN[name](app)
        await wait_for(pilot, lambda: app.screen is not below and app.screen.is_mounted, "the dialog")
        close = app.screen.action_back  # type: ignore[attr-defined]
        for _ in range(3):
            close()
        await wait_for(pilot, lambda: app.screen is below, "the list again")
        await pilot.pause()
        assert app.screen is below
        assert len(app.screen_stack) == 2, "Home and the list"


async def test_a_command_chosen_twice_in_help_is_done_once(lived: Path) -> None:
    app = opened(lived)
    async with app.run_test(size=(80, 24)) as pilot:
        await on_a_list(pilot, app)
        await pilot.press("question_mark")
        await wait_for(pilot, lambda: isinstance(app.screen, HelpScreen) and app.focused, "help")
        await pilot.press(*"withdraw")
        press_at_once(app, "enter", "enter", "enter")
        await wait_for(pilot, lambda: not isinstance(app.screen, HelpScreen), "the command")
        await pilot.pause()
        assert len(app.screen_stack) == 3, "Home, the list, one dialog"


async def test_there_is_one_palette_however_often_it_is_asked_for(lived: Path) -> None:
    app = opened(lived)
    async with app.run_test(size=(80, 24)) as pilot:
        await on_a_list(pilot, app)
        for _ in range(3):
            press_at_once(app, "ctrl+p", "ctrl+p")
            await wait_for(pilot, lambda: isinstance(app.screen, CommandPalette) and app.focused, "the palette")
            app.action_help()
            await pilot.pause()
            await pilot.press("ctrl+p", "escape", "escape")
            await wait_for(pilot, lambda: isinstance(app.screen, RecordsScreen), "the list")


@pytest.mark.parametrize("name", ["help", "choice", "status", "columns"])
async def test_a_dialog_that_is_closed_before_it_is_whole_is_no_fault(lived: Path, name: str) -> None:
    app = opened(lived)
    async with app.run_test(size=(80, 24)) as pilot:
        await on_a_list(pilot, app)
        below = app.screen
        EVERY_SCREEN[name](app)
        app.go_back()
        await pilot.pause()
        await wait_for(pilot, lambda: app.screen is below and not app.workers, "the list again, and nothing at work")


async def test_the_palette_looks_for_nothing_once_it_has_closed(lived: Path) -> None:
    app = opened(lived)
    async with app.run_test(size=(80, 24)) as pilot:
        await on_a_list(pilot, app)
        await pilot.press("ctrl+p")
        await wait_for(pilot, lambda: isinstance(app.screen, CommandPalette) and app.focused, "the palette")
        palette = app.screen
        assert isinstance(palette, CommandPalette)
        app.go_back()
        await pilot.pause()
        palette._gather_commands("audit")  # noqa: SLF001 - what a letter does that was on its way
        await pilot.pause()
        await wait_for(pilot, lambda: isinstance(app.screen, RecordsScreen) and not app.workers, "the list, at rest")


async def test_the_palette_finds_what_is_typed_while_the_saved_views_are_still_read(
    lived: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = threading.Event()

    def late() -> list[object]:
        gate.wait(20)
        return []

    monkeypatch.setattr("bscp_tui.store.own_views.own_views", late)
    app = opened(lived)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("ctrl+p")
        await wait_for(pilot, lambda: isinstance(app.screen, CommandPalette) and app.focused, "the palette")
        for letter in "new audit":
            await pilot.press(letter)
            await pilot.pause()
        gate.set()
        await wait_for(pilot, lambda: "Add audit" in on_screen(app), "what adds one")


async def test_the_palette_has_no_pages_where_there_is_no_room_for_any(lived: Path) -> None:
    app = opened(lived)
    async with app.run_test(size=(20, 3)) as pilot:
        await pilot.press("ctrl+p")
        await wait_for(pilot, lambda: isinstance(app.screen, CommandPalette) and app.focused, "the palette")
        await pilot.press("down", "pagedown", "pageup", "escape")
        await wait_for(pilot, lambda: not isinstance(app.screen, CommandPalette), "Home")


async def test_a_record_is_added_once_although_help_was_opened_while_it_was_recorded(lived: Path) -> None:
    app = opened(lived)
    before = int(git(lived, "rev-list", "--count", "HEAD"))
    async with app.run_test(size=(80, 24)) as pilot:
        await on_a_list(pilot, app)
        app.ask_add(view(app, "anytown-police").kind, "")
        await wait_for(pilot, lambda: isinstance(app.screen, AddForm) and app.focused, "the form")
        for name, text in (("f_slug", "housing"), ("f_title", "Housing")):
            app.screen.query_one(f"#{name}", Input).value = text
        await pilot.pause()
        app.screen.write = _behind_help(app, app.screen.write)  # type: ignore[attr-defined]
        await pilot.press("ctrl+s")
        await wait_for(pilot, lambda: app.session.row_at("housing") is not None, "recorded")
        assert isinstance(app.screen, HelpScreen), "what the person opened stays"
        await pilot.press("escape")
        await wait_for(pilot, lambda: isinstance(app.screen, RecordsScreen), "the form is gone with it")
    assert int(git(lived, "rev-list", "--count", "HEAD")) == before + 1


def _behind_help(app: RegisterApp, write: object) -> object:
    """Open help before what is recorded is heard of."""

    def first(record: object) -> None:
        app.action_help()
        write(record)  # type: ignore[operator]

    return first


@pytest.mark.parametrize("late", [False, True])
async def test_a_date_and_enter_may_come_in_one_go(lived: Path, monkeypatch: pytest.MonkeyPatch, late: bool) -> None:  # noqa: FBT001
    ticks, gate = Session.ticks, threading.Event()

    def read(session: Session) -> object:
        gate.wait(20)
        return ticks(session)

    monkeypatch.setattr(Session, "ticks", read)
    app = opened(lived)
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_for(pilot, lambda: "by 1 person" in on_screen(app), "Home")
        await pilot.press("T")
        await wait_for(pilot, lambda: isinstance(app.screen, TimeBar) and app.focused, "the time bar")
        if not late:
            gate.set()
            await wait_for(pilot, lambda: re.search(r"\d of \d+ entries", on_screen(app)), "the entries")
        for letter in "14/5/2026":
            app.post_message(events.Key("slash" if letter == "/" else letter, letter))
        app.post_message(events.Key("enter", "\r"))
        gate.set()
        await wait_for(pilot, lambda: "as at 14 May 2026" in on_screen(app) and "read only" in on_screen(app), "it")
