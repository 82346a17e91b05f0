"""What a person prefers: colours, signs, keys; kept for them, and told when it cannot be."""

from functools import partial
from pathlib import Path

import pytest
from rich.style import Style
from textual.color import Color
from textual.pilot import Pilot

from bscp_tui.tui import preferences
from bscp_tui.tui.app import RegisterApp
from bscp_tui.tui.commands import ChangeStatus, EditRecord, Record
from bscp_tui.tui.preferences import Preferences, PreferencesError
from bscp_tui.tui.preferring import why_not
from bscp_tui.tui.screens.help import HelpScreen
from bscp_tui.tui.screens.history import HistoryScreen
from bscp_tui.tui.screens.keys import KeyDialog, KeysScreen
from bscp_tui.tui.screens.settings import SettingsScreen
from bscp_tui.tui.screens.status import StatusDialog
from bscp_tui.tui.themes import CONTRAST, READABLE, apart, draws_unicode
from tests.tui.conftest import current, on_screen, opened, wait_for


async def test_a_key_is_changed_and_holds_from_now_on_also_in_footer_and_help(small: Path) -> None:
    app = opened(small)
    async with app.run_test(size=(120, 40)) as pilot:
        app.action_settings()
        await wait_for(pilot, lambda: "Sam Lee <sam.lee@example.org>" in on_screen(app), "the settings")
        await pilot.press("down", "down", "enter")
        await wait_for(pilot, lambda: isinstance(app.screen, KeysScreen), "the keys")
        screen = app.screen
        assert isinstance(screen, KeysScreen)
        screen._ask(ChangeStatus)  # noqa: SLF001 - the line that the cursor would be moved to
        await wait_for(pilot, lambda: isinstance(app.screen, KeyDialog), "the question")
        await pilot.press("e")
        await wait_for(pilot, lambda: "“e” is Edit record already" in on_screen(app), "the clash")
        await pilot.press("j")
        await wait_for(pilot, lambda: "so it stays what it is" in on_screen(app), "what cannot be changed")
        await pilot.press("X")
        await wait_for(pilot, lambda: isinstance(app.screen, KeysScreen), "the keys again")
        await wait_for(pilot, lambda: "(its own: s)" in on_screen(app), "the new key")
    assert preferences.load() == Preferences(keys={"change-status": "X"})
    again = opened(small)
    async with again.run_test(size=(120, 40)) as pilot:
        again.prefer_what_is_kept()
        await pilot.press("slash", *"2.1.3", "enter")
        await wait_for(pilot, lambda: current(again) == "2025-27/2.1.3", "the key action")
        await wait_for(pilot, lambda: "X status" in on_screen(again), "the footer")
        await pilot.press("X")
        await wait_for(pilot, lambda: isinstance(again.screen, StatusDialog), "the dialog")


def test_a_key_that_types_records_or_leaves_is_not_given_away() -> None:
    chosen = Preferences(keys={"edit-record": "X", "send-and-receive": "Y"})
    assert why_not(ChangeStatus, "enter", chosen)
    assert why_not(ChangeStatus, "7", chosen)
    assert "Edit record" in why_not(ChangeStatus, "X", chosen)
    assert "Change answer" in why_not(ChangeStatus, "e", chosen)
    assert why_not(ChangeStatus, "y", chosen) == ""
    assert "letter" in why_not(Record, "R", chosen)
    assert why_not(Record, "f9", chosen) == ""
    assert why_not(EditRecord, "s", chosen)


async def test_help_is_found_by_words_and_done_with_enter(small: Path) -> None:
    app = opened(small)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("question_mark")
        await wait_for(pilot, lambda: isinstance(app.screen, HelpScreen) and app.focused, "help")
        assert "What needs attention" in on_screen(app)
        await pilot.press(*"history entry open")
        await wait_for(pilot, lambda: "No command has these words" in on_screen(app), "that there is none")
        await pilot.press(*["backspace"] * len(" entry open"), "enter")
        await wait_for(pilot, lambda: not isinstance(app.screen, HelpScreen), "what was asked for")
    app = opened(small)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("question_mark")
        await wait_for(pilot, lambda: isinstance(app.screen, HelpScreen) and app.focused, "help")
        await pilot.press(*"history of the whole", "enter")
        await wait_for(pilot, lambda: isinstance(app.screen, HistoryScreen), "the history")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("colours = \n", "line 1"),
        ('signs = "small"\n', "signs"),
        ("[keys]\nfly = 'x'\n", "there is no command “fly”"),
        ("colour = 'x'\n", "colour"),
        ("colours = 'puce'\n", "there are no colours “puce”"),
    ],
)
async def test_settings_that_cannot_be_used_are_told_and_left_alone(small: Path, text: str, told: str) -> None:
    place = preferences.place()
    place.parent.mkdir(parents=True)
    place.write_text(text)
    app = opened(small)
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        app.prefer_what_is_kept()
        await wait_for(pilot, lambda: told in on_screen(app), told)
    assert place.read_text() == text


def test_a_file_that_somebody_is_mending_is_not_written_over(home: Path) -> None:
    del home
    place = preferences.place()
    place.parent.mkdir(parents=True)
    place.write_text("colours = \n")
    with pytest.raises(PreferencesError, match="line 1"):
        preferences.save(Preferences("nord"))
    assert place.read_text() == "colours = \n"


async def test_a_terminal_without_unicode_gets_ascii_and_nothing_moves(small: Path) -> None:
    app = opened(small)
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_for(pilot, lambda: "1 key action overdue" in on_screen(app), "the figures")
        drawn = on_screen(app).split("\n")
        app.choose(Preferences(signs="plain"))
        await wait_for(pilot, lambda: on_screen(app).isascii(), "plain signs")
        plain = on_screen(app).split("\n")
        assert [len(line) for line in plain] == [len(line) for line in drawn]
        assert "!   1 key action overdue" in on_screen(app)
        await pilot.press("1")
        await wait_for(pilot, lambda: current(app) == "2025-27", "a list")
        assert on_screen(app).isascii()
    assert draws_unicode({})
    assert draws_unicode({"LANG": "C", "LC_ALL": "en_GB.utf8"})
    assert not draws_unicode({"LANG": "en_GB.ISO-8859-1"})


def faint(app: RegisterApp, least: float) -> set[tuple[str, float]]:
    """Return every text on the screen that stands less than ``least`` apart from what lies behind it."""
    found = set()
    strips = app.screen._compositor.render_strips()  # noqa: SLF001 - Textual offers no other way
    dialog = next((box.region for box in app.screen.query(".dialog")), app.screen.region)
    for strip in strips[dialog.y : dialog.bottom]:  # what shines through from behind a dialog is not read
        for segment in strip.crop(dialog.x, dialog.right):
            style = segment.style or Style()
            words = "".join(one for one in segment.text if one.isalnum())
            if not words or style.color is None or style.bgcolor is None:
                continue
            front, back = (Color.from_rich_color(part) for part in (style.color, style.bgcolor))
            told = apart(front, back) if not style.dim else apart(back.blend(front, 0.5), back)
            if told < least:
                found.add((segment.text.strip(), round(told, 1)))
    return found


async def told_apart(app: RegisterApp, pilot: Pilot[int], least: float) -> None:
    """Wait until no text on the screen stands less than ``least``:1 apart from what lies behind it."""
    for _ in range(50):
        if not faint(app, least):
            return
        await pilot.pause()
    raise AssertionError(f"{type(app.screen).__name__}: {sorted(faint(app, least))}")


@pytest.mark.parametrize(
    ("theme", "least"),
    [(theme.name, 7) for theme in CONTRAST] + [("textual-dark", READABLE), ("solarized-light", READABLE)],
)
async def test_every_text_on_the_screens_stands_apart_from_its_ground(lived: Path, theme: str, least: float) -> None:
    app = opened(lived)
    async with app.run_test(size=(120, 40)) as pilot:
        app.choose(Preferences(colours=theme))
        await told_apart(app, pilot, least)
        await pilot.press("slash", *"2.1.3", "enter")
        await wait_for(pilot, lambda: current(app) == "2025-27/2.1.3", "the key action")
        await told_apart(app, pilot, least)
        for key in ("s", "e", "question_mark", "h", "d", "l"):
            before = app.screen
            await pilot.press(key)
            await wait_for(pilot, partial(lambda before: app.screen is not before, before), key)
            await told_apart(app, pilot, least)
            await pilot.press("escape")
            await wait_for(pilot, partial(lambda before: app.screen is before, before), "the list again")
        app.action_settings()
        await wait_for(pilot, lambda: isinstance(app.screen, SettingsScreen), "the settings")
        await told_apart(app, pilot, least)
