"""Travelling through time: the bar, the frame, what may not be done there, and the way back."""

import datetime as dt
import os
import re
import threading
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from bscp_tui.store.snapshot import Snapshot
from bscp_tui.tui import figures
from bscp_tui.tui.app import RegisterApp
from bscp_tui.tui.screens.home import HomeScreen
from bscp_tui.tui.screens.records import RecordsScreen
from bscp_tui.tui.screens.time_bar import TimeBar
from bscp_tui.tui.session import Session
from bscp_tui.tui.timeline import BLOCKS
from bscp_tui.tui.widgets.record_detail import RecordDetail
from bscp_tui.tui.widgets.time_line import TimeLine
from bscp_tui.tui.widgets.true_line import TrueLine
from tests.tui.conftest import current, git, on_screen, opened, wait_for


async def key_actions(pilot: Pilot[int]) -> RegisterApp:
    app = pilot.app
    assert isinstance(app, RegisterApp)
    app.open_list("key-action", "p=2", at="2025-27/2.1.3")
    await wait_for(pilot, lambda: current(app) == "2025-27/2.1.3" and "Last change" in on_screen(app), "the list")
    return app


async def bar(pilot: Pilot[int], key: str = "t") -> TimeBar:
    await pilot.press(key)
    await wait_for(pilot, lambda: re.search(r"\d of \d+ entries", on_screen(pilot.app)), "the time bar")
    screen = pilot.app.screen
    assert isinstance(screen, TimeBar)
    return screen


async def go_to(pilot: Pilot[int], day: str) -> None:
    await bar(pilot, "T")
    await pilot.press(*day, "enter")
    await wait_for(pilot, lambda: "read only" in on_screen(pilot.app), "the past")


async def test_a_typed_date_shows_every_list_as_it_was_in_a_frame_that_says_so(lived: Path) -> None:
    app = opened(lived)
    async with app.run_test(size=(80, 24)) as pilot:
        await key_actions(pilot)
        await go_to(pilot, "14 april 2026")
        await wait_for(pilot, lambda: "due in 240 days" in on_screen(app), "the target as it was, counted from then")
        shown = on_screen(app)
        assert "◷ as at 14 April 2026 · read only · t back to today" in shown
        assert "31 Jan 2027" not in shown
        assert current(app) == "2025-27/2.1.3"
        await pilot.press("t")
        await wait_for(pilot, lambda: "31 Jan 2027" in on_screen(app), "today")
        assert "read only" not in on_screen(app)


@pytest.mark.parametrize(
    ("keys", "typed", "said"),
    [
        ([], "14 april 2026", "as at 14 April 2026"),
        (["p"], "20/8/2026", "position on 20 Aug 2026"),
        (["left", "left"], "", "as at 1 October 2026"),
        (["left"], "14 april 2026", "as at 14 April 2026"),
    ],
)
async def test_what_is_asked_for_before_the_entries_are_read_is_done_once_they_are(
    lived: Path, monkeypatch: pytest.MonkeyPatch, keys: list[str], typed: str, said: str
) -> None:
    ticks, gate = Session.ticks, threading.Event()

    def late(session: Session) -> object:
        gate.wait(20)
        return ticks(session)

    app = opened(lived)
    async with app.run_test(size=(80, 24)) as pilot:
        await key_actions(pilot)
        monkeypatch.setattr(Session, "ticks", late)
        await pilot.press("T")
        await wait_for(pilot, lambda: isinstance(app.screen, TimeBar) and app.focused, "the time bar")
        await pilot.press(*keys)
        await wait_for(pilot, lambda: isinstance(app.focused, TrueLine if "p" in keys else TimeLine), "the row")
        await pilot.press(*typed, "enter")
        await wait_for(pilot, lambda: app.screen.query_one("#when", Input).value == typed, "what was typed")
        gate.set()
        await wait_for(pilot, lambda: "read only" in on_screen(app), "the past")
        assert said in on_screen(app)


async def test_home_record_and_history_obey_the_day(lived: Path) -> None:
    app = opened(lived)
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_for(pilot, lambda: "1/3   1" in on_screen(app), "Home of today")
        await go_to(pilot, "31/12/2025")
        await wait_for(pilot, lambda: "1/3   0" in on_screen(app), "Home of then")
        await wait_for(pilot, lambda: "20 Dec 2.1.1 note" in on_screen(app), "the last changes of then")
        assert "Plan 2025-27 · 31 Dec 2025" in on_screen(app)
        await pilot.press("9")
        await wait_for(pilot, lambda: "20 Dec 2025" in on_screen(app), "the history of then")
        assert "2026" not in on_screen(app).replace("as at 31 December 2025", "")
        await pilot.press("escape")
        await wait_for(pilot, lambda: isinstance(app.screen, HomeScreen), "Home")
        app.open_list("key-action", "p=2", at="2025-27/2.1.3")
        await wait_for(pilot, lambda: "Nobody leads this yet" in on_screen(app), "the record's last change by then")
        assert "“No trainer" not in on_screen(app)


async def test_nothing_can_be_recorded_in_the_past_and_the_program_says_why(lived: Path) -> None:
    app = opened(lived)
    before = git(lived, "rev-parse", "HEAD")
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await key_actions(pilot)
        await go_to(pilot, "1/6/2026")
        for key in "sewaib":
            assert not app.screen.active_bindings[key].enabled
        await pilot.press("s")
        await wait_for(pilot, lambda: "Nothing can be recorded here" in on_screen(app), "why not")
        assert isinstance(app.screen, RecordsScreen)
        app.clear_notifications()
        await pilot.press("ctrl+p", *"withdraw record")
        await wait_for(pilot, lambda: "Withdraw record" in on_screen(app), "the palette")
        await pilot.press("enter")
        await wait_for(pilot, lambda: "what is past" in on_screen(app), "why not, from the palette")
        await pilot.press("t", "s")
        await wait_for(pilot, lambda: "Status of" in on_screen(app), "the dialog, today")
    assert git(lived, "rev-parse", "HEAD") == before


async def test_escape_leads_back_to_today_from_where_the_past_was_entered(lived: Path) -> None:
    app = opened(lived)
    async with app.run_test(size=(80, 24)) as pilot:
        await key_actions(pilot)
        await go_to(pilot, "1/6/2026")
        await pilot.press("h")
        await wait_for(pilot, lambda: "History" in on_screen(app), "the record's history")
        await pilot.press("escape")
        await wait_for(pilot, lambda: isinstance(app.screen, RecordsScreen), "the list, still in the past")
        assert "as at 1 June 2026" in on_screen(app)
        await pilot.press("escape")
        await wait_for(pilot, lambda: "read only" not in on_screen(app), "today")
        assert isinstance(app.screen, RecordsScreen)
        await go_to(pilot, "1/6/2026")
        await pilot.press("H")
        await wait_for(pilot, lambda: "Needs attention" in on_screen(app), "Home, in the past")
        await pilot.press("escape")
        await wait_for(pilot, lambda: "read only" not in on_screen(app), "Home of today")


@pytest.mark.parametrize(
    ("keys", "told"),
    [
        ("left", "as at 10 November 2026 · 10 of 10 entries"),
        ("left left right", "as at 10 November 2026 · 10 of 10"),
        ("up", "as at 14 May 2026 · 8 of 10 entries  ◆ Board 14 May 2026"),
        ("shift+left shift+left shift+left", "as at 18 September 2025 · 4 of 10"),
        ("home shift+right", "◆ Board 18 September 2025"),
        ("pageup", "as at 23 October 2026 · 9 of 10"),
        ("ctrl+left pagedown", "as at today, 22 November 2026 · 10 of 10"),
        ("home", "as at 14 April 2025 · 1 of 10"),
        ("home end", "as at today"),
        ("home left left", "as at 14 April 2025 · 1 of 10"),
    ],
)
async def test_keys_step_through_entries_decisions_and_months(lived: Path, keys: str, told: str) -> None:
    app = opened(lived)
    async with app.run_test(size=(80, 24)) as pilot:
        await bar(pilot)
        await pilot.press(*keys.split())
        await wait_for(pilot, lambda: told in on_screen(app), told)


async def test_an_entry_taken_shows_that_very_register_version(lived: Path) -> None:
    app = opened(lived)
    commit = git(lived, "log", "-1", "--format=%h", "--abbrev=7", "--grep=2.1.3.*: not started").strip()
    async with app.run_test(size=(80, 24)) as pilot:
        await bar(pilot)
        await pilot.press(*commit)
        await wait_for(pilot, lambda: "as at 31 March 2026" in on_screen(app), "the entry by its version")
        await pilot.press("enter")
        await wait_for(pilot, lambda: f"as at 31 March 2026, version {commit}" in on_screen(app), "the frame")


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("1/1/2020", "The register began on 14 April 2025"),
        ("1/1/2099", "lies ahead"),
        ("soon", "neither a date"),
        ("31/2/2026", "not in the calendar"),
    ],
)
async def test_a_date_that_cannot_be_shown_is_explained_and_can_be_mended(lived: Path, typed: str, told: str) -> None:
    app = opened(lived)
    async with app.run_test(size=(80, 24)) as pilot:
        await bar(pilot)
        await pilot.press(*typed, "enter")
        await wait_for(pilot, lambda: told in on_screen(app), told)
        assert app.screen.query_one("#when", Input).value == typed
        await pilot.press("escape")
        await wait_for(pilot, lambda: isinstance(app.screen, HomeScreen), "Home, of today")
        assert "read only" not in on_screen(app)


@pytest.mark.parametrize(
    ("keys", "told"),
    [
        ("p", "position: as recorded · step back, or type a date"),
        ("p p", "position: as recorded · p: what was true on another day"),
        ("p left", "position on 10 November 2026, as known today · 2 entries recorded later"),
        ("p left left left", "position on 20 August 2026, as known today · 2 entries recorded later"),
        ("p up", "position on 14 May 2026, as known today · 1 entry recorded later"),
        ("p up down", "position: as recorded"),
        ("p home", "position on 1 April 2025, as known today · 1 entry recorded later"),
        ("p home end", "position: as recorded"),
        ("p pageup pageup", "position on 23 September 2026, as known today · 2 entries recorded later"),
        ("up p 1 / 3 / 2 6", "position on 1 March 2026, as known on 14 May 2026 · nothing recorded later"),
        ("p 1 / 3 / 2 6", "position on 1 March 2026, as known today · 1 entry recorded later"),
        ("tab left", "position on 10 November 2026"),
        ("p 1 / 1 / 2 0 9 9 enter", "lies ahead"),
    ],
)
async def test_the_second_row_steps_through_the_days_on_which_things_became_true(
    late: Path, keys: str, told: str
) -> None:
    app = opened(late)
    async with app.run_test(size=(80, 24)) as pilot:
        await bar(pilot)
        await pilot.press(*["slash" if key == "/" else key for key in keys.split()])
        await wait_for(pilot, lambda: told in on_screen(app), told)


async def test_the_position_shows_what_was_true_in_a_frame_that_says_so(late: Path) -> None:
    app = opened(late)
    async with app.run_test(size=(80, 24)) as pilot:
        app.open_list("key-action", "p=2", at="2025-27/2.1.2")
        await wait_for(pilot, lambda: current(app) == "2025-27/2.1.2", "the list")
        await go_to(pilot, "1/3/2026")
        await wait_for(pilot, lambda: "◐ in progress" in on_screen(app), "as it was recorded then")
        await bar(pilot, "T")
        await pilot.press("end", "p", *"1/3/2026", "enter")
        framed = "◷ position on 1 Mar 2026, as known on 22 Nov 2026 · read only · t today"
        await wait_for(pilot, lambda: framed in on_screen(app), "the frame")
        assert not app.screen.active_bindings["s"].enabled
        await pilot.press("s")
        shown = app.session.snapshot.view("2025-27/2.1.2")
        assert shown is not None
        assert (shown.value("status"), shown.today) == ("deferred", dt.date(2026, 3, 1))
        detail = app.screen.query_one(RecordDetail)
        detail.scroll_end(animate=False)
        await wait_for(pilot, lambda: "True by then, recorded later" in on_screen(app), "what came later")
        await bar(pilot, "T")
        await wait_for(pilot, lambda: "position on 1 March 2026, as known today" in on_screen(app), "where one stands")
        await pilot.press("escape", "t")
        await wait_for(pilot, lambda: "read only" not in on_screen(app), "today")


async def test_the_mouse_picks_a_day_on_the_second_row(late: Path) -> None:
    app = opened(late)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await bar(pilot)
        row = screen.query_one(TrueLine).region
        blocks = [at for at, cell in enumerate(on_screen(app).splitlines()[row.y]) if cell in BLOCKS]
        await pilot.click(TrueLine, offset=(blocks[1] - row.x, 0))
        await wait_for(pilot, lambda: "February 2026, as known today" in on_screen(app), "a day near the block")
        await pilot.click(TrueLine, offset=(row.width - 1, 0))
        await wait_for(pilot, lambda: "position: as recorded" in on_screen(app), "as recorded")


async def test_days_are_compared_by_what_was_recorded_alone(late: Path) -> None:
    app = opened(late)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("d")
        await wait_for(pilot, lambda: "difference" in on_screen(app), "the comparison")
        screen = await bar(pilot, "d")
        assert not screen.query(TrueLine)
        await pilot.press("p")
        assert screen.query_one("#when", Input).value == "p"


async def test_the_mouse_picks_a_moment(lived: Path) -> None:
    app = opened(lived)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await bar(pilot)
        line = screen.query_one(TimeLine)
        place = on_screen(app).splitlines()[line.region.y + 1].index("◆") - line.region.x
        await pilot.click(TimeLine, offset=(place, 0))
        await wait_for(pilot, lambda: "as at 18 September 2025" in on_screen(app), "the first decision")
        await pilot.click(TimeLine, offset=(line.region.width - 1, 0))
        await wait_for(pilot, lambda: "as at today" in on_screen(app), "today")


async def test_what_others_record_meanwhile_is_seen_on_return_only(lived: Path) -> None:
    app = opened(lived)
    async with app.run_test(size=(80, 24)) as pilot:
        await key_actions(pilot)
        await go_to(pilot, "1/6/2026")
        place = lived / "records/plans/2025-27/actions/2.1.toml"
        place.write_text(place.read_text().replace("Workforce training", "Training of everyone"))
        git(lived, "commit", "-qam", "Another name")
        app.look_for_others()
        await wait_for(pilot, lambda: app.session.present.commit == app.session.register.head, "the news")
        await pilot.pause()
        assert "Training of everyone" not in on_screen(app)
        await pilot.press("t")
        await wait_for(pilot, lambda: "Training of everyone" in on_screen(app), "the new name")


async def test_home_of_a_large_register_is_counted_beside_the_screen_and_never_for_another_day(
    lived: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted, gate, asked = figures.counted, threading.Event(), list[threading.Thread]()

    def watched(session: Session, snapshot: Snapshot, *, whole: bool) -> figures.Counted:
        if whole:
            asked.append(threading.current_thread())
            gate.wait(20)
        return counted(session, snapshot, whole=whole)

    monkeypatch.setattr(figures, "counted", watched)
    monkeypatch.setattr("bscp_tui.tui.session.AT_ONCE", 0)
    overdue, later = "key action overdue", "target = 2027-03-31"
    app = opened(lived)
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_for(
            pilot, lambda: overdue in on_screen(app) and asked, "the plan's figures, and the rest on its way"
        )
        gate.set()
        home = app.screen
        assert isinstance(home, HomeScreen)
        await wait_for(pilot, lambda: home.counted and home.counted.whole, "all of them")
        gate.clear()
        before, place = len(asked), lived / "records/plans/2025-27/actions/2.1.toml"
        place.write_text(place.read_text().replace("target = 2026-03-31", later))
        git(lived, "commit", "-qam", "More time")
        app.look_for_others()
        await wait_for(pilot, lambda: len(asked) > before, "the new count on its way")
        assert overdue in on_screen(app)  # the old figures stay meanwhile
        gate.set()
        await wait_for(pilot, lambda: overdue not in on_screen(app), "the new figures")
        gate.clear()
        await go_to(pilot, "1/6/2026")
        await wait_for(pilot, lambda: on_screen(app).count("counting …") == 2, "no figures of another day")
        await wait_for(pilot, lambda: home.counted is None, "the old figures gone")
        gate.set()
        await wait_for(pilot, lambda: overdue in on_screen(app), "the figures of that day")
        assert home.counted == counted(app.session, app.session.snapshot, whole=True)
    assert threading.main_thread() not in asked


async def test_a_long_wait_is_told_and_escape_leads_out_of_it(
    lived: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate, programs = tmp_path / "gate", tmp_path / "programs"
    programs.mkdir()
    (programs / "git").write_text(f'#!/bin/sh\n[ -p "{gate}" ] && cat "{gate}" > /dev/null\nexec {_git()} "$@"\n')
    (programs / "git").chmod(0o755)
    monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")
    app = opened(lived)
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_for(pilot, lambda: "by 1 person" in on_screen(app) and app.session.all_read, "Home whole")
        os.mkfifo(gate)  # from now on git does not answer
        await pilot.press("d")
        await wait_for(pilot, lambda: "comparing …" in on_screen(app), "the wait")
        await pilot.press("escape")
        await wait_for(pilot, lambda: isinstance(app.screen, HomeScreen), "Home")
        threading.Thread(target=_open_for_good, args=(gate,)).start()


def _open_for_good(gate: Path) -> None:
    """Let every git that waits go on, and let none wait again."""
    waiting = gate.rename(gate.with_name("opened"))
    with waiting.open("w"):
        pass


def _git() -> str:
    return next(
        f"{folder}/git" for folder in os.environ["PATH"].split(os.pathsep) if os.access(f"{folder}/git", os.X_OK)
    )
