"""Saved views: a list as somebody arranged it, for everybody or for oneself, opened from wherever it is looked for."""

from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from bscp_tui.cli.main import run
from bscp_tui.store import own_views
from bscp_tui.tui.app import RegisterApp
from bscp_tui.tui.screens.add import AddForm
from bscp_tui.tui.screens.choosing import ChooseDialog
from bscp_tui.tui.screens.every_list import EveryListScreen
from bscp_tui.tui.screens.naming import NameDialog
from bscp_tui.tui.screens.records import RecordsScreen
from bscp_tui.tui.widgets.record_table import RecordTable
from bscp_tui.tui.widgets.words import Lines
from tests.tui.conftest import current, git, on_screen, opened, wait_for


async def arranged(app: RegisterApp, pilot: Pilot[int]) -> None:
    """Show the key actions of priority 2 by date, the last first."""
    await wait_for(pilot, lambda: app.session.all_read, "every record read")
    app.open_list("key-action", "p=2")
    await wait_for(pilot, lambda: current(app), "the list")
    screen = app.screen
    assert isinstance(screen, RecordsScreen)
    screen.sort_by("due")
    screen.sort_by("due")
    await wait_for(pilot, lambda: current(app) and "Due ▼" in on_screen(app), "by date, the last first")


async def choose(app: RegisterApp, pilot: Pilot[int], words: str) -> None:
    """Press f and choose a line."""
    await pilot.press("f")
    await wait_for(pilot, lambda: isinstance(app.screen, ChooseDialog), "the views")
    lines = app.screen.query_one(Lines)
    lines.highlighted = next(place for place, line in enumerate(lines.lines) if words in line.text.plain)
    await pilot.press("enter")


def is_arranged(app: RegisterApp) -> bool:
    """Whether the list is shown as it was kept."""
    if not isinstance(app.screen, RecordsScreen) or not current(app):
        return False
    how = app.screen.query_one(RecordTable).arrangement
    return (how.sort, how.descending, app.screen.query_one("#filter", Input).value) == ("due", True, "p=2")


async def test_a_view_is_kept_in_the_register_for_everybody_and_opened_again(small: Path) -> None:
    app = opened(small)
    async with app.run_test(size=(120, 40)) as pilot:
        await arranged(app, pilot)
        await choose(app, pilot, "for everybody")
        await wait_for(pilot, lambda: isinstance(app.screen, NameDialog) and app.focused, "the name")
        await pilot.press(*"Priority 2 late first", "enter")
        await wait_for(pilot, lambda: isinstance(app.screen, AddForm) and app.screen.query("#reason"), "the form")
        app.screen.query_one("#reason", TextArea).load_text("The board asks for it.")
        await pilot.press("ctrl+s")
        await wait_for(pilot, lambda: isinstance(app.screen, RecordsScreen), "recorded")
        text = (small / "records/views/priority-2-late-first.toml").read_text()
        assert 'filter = "p=2"' in text
        assert "descending = true" in text
        await pilot.press("H", "0")
        await wait_for(pilot, lambda: isinstance(app.screen, EveryListScreen), "every list")
        lines = app.screen.query_one(Lines)
        await wait_for(pilot, lambda: "Priority 2 late first" in lines.lines[-1].text.plain, "below the lists")
        await pilot.press("G", "enter")
        await wait_for(pilot, lambda: is_arranged(app), "as it was kept")
        assert on_screen(app).startswith(" Priority 2 late first")
        await pilot.press("escape", "escape", "escape", "escape", "ctrl+p", *"late first")
        await wait_for(pilot, lambda: "view/priority-2-late-first" in on_screen(app), "in the palette")
        await pilot.press("down", "enter")
        await wait_for(pilot, lambda: is_arranged(app), "opened from the palette")
    assert "Entry:" in git(small, "log", "-1", "--format=%B")


async def test_a_view_of_ones_own_leaves_the_register_as_it_is(small: Path) -> None:
    before = git(small, "rev-parse", "HEAD")
    app = opened(small)
    async with app.run_test(size=(80, 24)) as pilot:
        await arranged(app, pilot)
        await choose(app, pilot, "for me alone")
        await wait_for(pilot, lambda: isinstance(app.screen, NameDialog) and app.focused, "the name")
        await pilot.press(*"Mine [/] first", "enter")
        await wait_for(pilot, own_views.own_views, "kept")
        await wait_for(pilot, lambda: isinstance(app.screen, RecordsScreen), "the list again")
        await choose(app, pilot, "Mine [/] first")
        await wait_for(pilot, lambda: is_arranged(app) and "Mine [/] first" in on_screen(app), "as it was kept")
        await pilot.press("ctrl+p", *"mine")
        await wait_for(pilot, lambda: "Mine [/] first · saved view" in on_screen(app), "in the palette")
    assert git(small, "rev-parse", "HEAD") == before
    assert git(small, "status", "--porcelain") == ""


def test_the_command_line_lists_as_a_view_shows(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["--register", str(small), "--today", "2026-11-22"]
    added = ["add", "view", "title=Late first", "list-of=key-action", "filter=p=2", "sort=due", "descending=yes",
             "columns=title;due", "slug=late-first", "--reason", "For the board"]  # fmt: skip
    assert run([*words, *added]) == 0
    assert run([*words, "list", "--view", "Late first", "--format", "csv"]) == 0
    assert run([*words, "list", "--view", "late-first", "status=complete", "--format", "csv"]) == 0
    told = capsys.readouterr().out
    whole, narrowed = told.partition('"title","due"\r\n')[2].split('"title","due"\r\n')

    assert "Workforce training" in whole.splitlines()[0]
    assert narrowed.splitlines() == ['"Local profile","2025-12-31"']
    assert run([*words, "list", "--view", "none such"]) == 2
    assert run([*words, "list", "plan", "--view", "Late first"]) == 2
    assert run([*words, "list"]) == 2


def test_a_view_that_asks_for_what_its_list_has_not_is_refused(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["--register", str(small), "--today", "2026-11-22", "add", "view", "--reason", "x", "title=V", "slug=v"]
    for fields, told in (
        (["list-of=no-such"], "there is no list"),
        (["list-of=key-action", "filter=colour=red"], "has no field “colour”"),
        (["list-of=key-action", "sort=colour"], "has no field “colour”"),
        (["list-of=key-action", "columns=due very wide"], "its columns cannot be read"),
    ):
        assert run([*words, *fields]) == 1
        assert told in capsys.readouterr().err
