"""The menu: what staff do every week under its digits, and every kind under 0."""

from pathlib import Path

import pytest
from textual.command import CommandPalette
from textual.widgets import Input

from bscp_tui.model.kinds import KINDS
from bscp_tui.tui.screens.every_list import EveryListScreen
from bscp_tui.tui.screens.home import HomeScreen
from bscp_tui.tui.screens.records import RecordsScreen
from bscp_tui.tui.widgets.words import Lines
from tests.tui.conftest import on_screen, opened, wait_for


@pytest.mark.parametrize(
    ("digit", "shown"),
    [
        ("1", "Plans"),
        ("2", "Learning points"),
        ("3", "Audits"),
        ("4", "Reviews"),
        ("5", "Independent scrutiny"),
        ("6", "Measures"),
        ("7", "Meetings"),
        ("8", "Reports"),
        ("9", "History"),
        ("0", "Every list"),
    ],
)
async def test_every_digit_of_the_menu_opens_what_it_says(digit: str, shown: str, register: Path) -> None:
    app = opened(register)
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_for(pilot, lambda: f"{digit} " in "\n".join(on_screen(app).splitlines()[-5:-3]), "the menu")
        await pilot.press(digit)
        await wait_for(pilot, lambda: on_screen(app).lstrip().startswith(shown), shown)


async def test_every_kind_is_reached_from_0_with_arrows_and_enter(register: Path) -> None:
    app = opened(register)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("0")
        for place, kind in enumerate(KINDS.values()):
            await wait_for(pilot, lambda: isinstance(app.screen, EveryListScreen), "every list")
            await wait_for(pilot, lambda place=place: app.screen.query_one(Lines).highlighted == place, kind.plural)  # type: ignore[misc]
            await pilot.press("enter")
            await wait_for(pilot, lambda kind=kind: isinstance(app.screen, RecordsScreen) and app.screen.kind is kind,  # type: ignore[misc]
                           kind.plural)  # fmt: skip
            await wait_for(pilot, lambda: app.focused is not None and app.focused.id == "list", "its list")
            await pilot.press("escape")
            await wait_for(pilot, lambda: isinstance(app.screen, EveryListScreen), "every list")
            await pilot.press("down")


async def test_0_counts_the_records_of_each_kind(register: Path) -> None:
    app = opened(register)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("0")
        await wait_for(pilot, lambda: "Learning points           123" in on_screen(app), "the count")


async def test_the_mouse_opens_a_word_of_the_menu(register: Path) -> None:
    app = opened(register)
    async with app.run_test(size=(80, 24)) as pilot:
        words = list(app.screen.query(".menu-word"))
        await wait_for(
            pilot, lambda: words[-1].region.right <= 80 and words[-1].region.width, "the whole menu in sight"
        )
        await pilot.click(words[-1])
        await wait_for(pilot, lambda: isinstance(app.screen, EveryListScreen), "every list")


async def test_what_is_opened_right_behind_a_digit_stays_on_top(
    register: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bscp_tui.tui.screens.home.MENU_WAIT", 600.0)  # however slow the machine, the key comes in time
    app = opened(register)
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_for(pilot, lambda: app.session.all_read, "Home whole")
        await pilot.press("9", "ctrl+p")
        await wait_for(pilot, lambda: isinstance(app.screen, CommandPalette), "the palette")
        home = app.screen_stack[-2]
        assert isinstance(home, HomeScreen)
        await wait_for(pilot, lambda: home.query_one("#find", Input).value == "", "the digit is let go of")
        await pilot.press("escape")
        await wait_for(pilot, lambda: app.screen is home, "Home")


@pytest.mark.parametrize(("typed", "heading"), [("new audit", "Add: audit"), ("add key act", "Add: key action")])
async def test_a_record_is_added_by_the_words_for_it_wherever_one_is(lived: Path, typed: str, heading: str) -> None:
    app = opened(lived)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("ctrl+p")
        await wait_for(pilot, lambda: isinstance(app.screen, CommandPalette) and app.focused, "the palette")
        await pilot.press(*typed)
        await wait_for(pilot, lambda: heading.replace(":", "") in on_screen(app), "what adds one")
        await pilot.press("enter")
        await wait_for(pilot, lambda: heading in on_screen(app), "the form")
