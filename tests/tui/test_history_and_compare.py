"""The history, one entry of it, and two days held against each other."""

from pathlib import Path

import pytest
from textual.pilot import Pilot

from bscp_tui.tui.app import RegisterApp
from bscp_tui.tui.screens.compare import CompareScreen
from bscp_tui.tui.screens.entry import EntryScreen
from bscp_tui.tui.screens.history import HistoryScreen
from bscp_tui.tui.screens.time_bar import TimeBar
from bscp_tui.tui.widgets.virtual_list import VirtualList
from tests.tui.conftest import clock, current, git, on_screen, opened, wait_for


def line_at(app: RegisterApp, words: str) -> int:
    """Return which line of the list shows ``words``."""
    rows = app.screen.query_one(VirtualList)
    shown = on_screen(app).splitlines()[rows.region.y + 1 : rows.region.bottom]
    return next(place for place, line in enumerate(shown) if words in line)


async def history(pilot: Pilot[int]) -> None:
    """Open the history from Home."""
    await pilot.press("9")
    await wait_for(pilot, lambda: isinstance(pilot.app.screen, HistoryScreen), "the history")


async def test_a_sitting_folds_to_one_line_and_unfolds(lived: Path) -> None:
    app = opened(lived)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("9")
        await wait_for(pilot, lambda: "▸ 2 changes to 2 records · Bo" in on_screen(app), "the sitting, folded")
        assert "update: Slow. → On course." not in on_screen(app)
        await pilot.press(*["down"] * line_at(app, "▸ 2 changes"), "enter")
        await wait_for(pilot, lambda: "update: Slow. → On course." in on_screen(app), "its changes")
        assert "published → draft" in on_screen(app)
        await pilot.press("j", "space")
        await wait_for(pilot, lambda: "update: Slow. → On course." not in on_screen(app), "folded again, from within")


async def test_one_entry_is_shown_whole_and_leads_to_its_record(lived: Path) -> None:
    app = opened(lived)
    async with app.run_test(size=(120, 40)) as pilot:
        await history(pilot)
        await pilot.press("slash", *"redacted", "enter")
        await wait_for(pilot, lambda: " 1 change" in on_screen(app), "the one change")
        await pilot.press("enter")
        await wait_for(pilot, lambda: "before" in on_screen(app), "the entry")
        shown = on_screen(app)
        for words in (
            "2025-27/2.1.1 Local profile: note: not recorded → Seen [/] by [redacted].",
            "Checked with the [b]team[/b].",
            "20 December 2025",
            "10:00 on 20 December 2025 by Sam Lee <sam.lee@example.org>",
            f"{git(lived, 'log', '-1', '--format=%h', '--abbrev=10', '--grep=redacted').strip()} (not checked",
            "records/plans/2025-27/actions/2.1.toml",
        ):
            assert words in shown
        await pilot.press("enter")
        await wait_for(pilot, lambda: current(app) == "2025-27/2.1.1", "the record")
        await pilot.press("escape", "h")
        await wait_for(pilot, lambda: isinstance(app.screen, HistoryScreen), "the record's history")
        await pilot.press("escape", "escape")
        await wait_for(pilot, lambda: "redacted" in on_screen(app) and "before" not in on_screen(app), "the history")


async def test_an_entry_of_many_changes_shows_both_sides_of_the_one_under_the_cursor(lived: Path) -> None:
    place = lived / "records/plans/2025-27/actions/2.1.toml"
    text = place.read_text().replace("Draw up a local profile and", "Draw up one profile and")
    place.write_text(text.replace('title = "Operational practice"', 'title = "Practice"'))
    git(lived, "commit", "-qam", "By hand\x1b[2J, with an editor")
    app = opened(lived)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("9")
        await wait_for(pilot, lambda: "10 Nov 2026" in on_screen(app), "the history")
        await pilot.press("enter")
        await wait_for(pilot, lambda: "2 changes" in on_screen(app) and "before" in on_screen(app), "the entry")
        assert "made without this program" in on_screen(app)
        assert "By hand␛[2J, with an editor" in on_screen(app)
        await pilot.press("home", "down")
        await wait_for(pilot, lambda: "Draw up one profile and keep it" in on_screen(app), "the text after")
        assert "Draw up a local profile and keep it" in on_screen(app)


async def test_filters_combine_and_one_that_cannot_be_read_is_explained(lived: Path) -> None:
    app = opened(lived)
    async with app.run_test(size=(120, 40)) as pilot:
        await history(pilot)
        await pilot.press("slash", *"by=sam field=status from=1/5/2026", "enter")
        await wait_for(pilot, lambda: "2 changes" in on_screen(app), "status changes since May")
        await pilot.press("slash", *" to=30/6/2026", "enter")
        await wait_for(pilot, lambda: "1 change " in on_screen(app), "of these, up to June")
        assert "status: published →" in on_screen(app)
        await pilot.press("slash", *" kind=nonsense")
        await wait_for(pilot, lambda: "There is no kind “nonsense”" in on_screen(app), "the explanation")


async def test_rows_beyond_the_first_page_come_as_the_cursor_goes_down(
    lived: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bscp_tui.tui.screens.history.PAGE", 3)
    app = opened(lived)
    async with app.run_test(size=(80, 14)) as pilot:
        await history(pilot)
        await wait_for(pilot, lambda: "newest" in on_screen(app), "no more pages than the screen needs")
        lines = app.screen.query_one(VirtualList)

        def at_the_end() -> bool:
            lines.action_last()
            return "▸ 2 records added" in on_screen(app)

        await wait_for(pilot, at_the_end, "the first entry of all")


async def test_a_page_that_folds_to_one_line_does_not_hide_what_lies_before_it(
    lived: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in range(12):
        (lived / f"records/agencies/agency-{name}.toml").write_text(f'title = "Agency {name}"\n')
    git(lived, "add", ".")
    git(lived, "commit", "-qm", "An import")
    monkeypatch.setattr("bscp_tui.tui.screens.history.PAGE", 3)
    app = opened(lived)
    async with app.run_test(size=(80, 24)) as pilot:
        await history(pilot)
        await wait_for(pilot, lambda: "▸ 12 records added" in on_screen(app), "the import in one line")
        await wait_for(pilot, lambda: "status: in progress → deferred" in on_screen(app), "what lies before it")


async def test_today_is_compared_with_the_last_board(lived: Path) -> None:
    app = opened(lived)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("d")
        await wait_for(pilot, lambda: "2 differences" in on_screen(app), "what changed since the board")
        shown = on_screen(app)
        assert "Compare · 14 May 2026 → today" in shown
        assert "status: in progress → deferred" in shown
        assert "On course" not in shown
        assert "10 Nov 2026  status: in progress → deferred: “No trainer to be found.”" in shown
        await pilot.press("enter")
        await wait_for(pilot, lambda: current(app) == "2025-27/2.1.3", "the record")


async def test_a_past_day_is_compared_with_today_and_any_other_day_can_be_chosen(lived: Path) -> None:
    app = opened(lived)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("T")
        await wait_for(pilot, lambda: "entries" in on_screen(app), "the bar")
        await pilot.press(*"31/3/2026", "enter")
        await wait_for(pilot, lambda: "read only" in on_screen(app), "the past")
        await pilot.press("d")
        await wait_for(pilot, lambda: "Compare · 31 March 2026 → today" in on_screen(app), "the comparison")
        await pilot.press("d")
        await wait_for(pilot, lambda: "Compare 31 March 2026 with which day?" in on_screen(app), "the question")
        await wait_for(pilot, lambda: "entries" in on_screen(app), "the bar")
        await pilot.press(*"1/9/2025", "enter")
        await wait_for(pilot, lambda: "Compare · 1 September 2025 → 31 March 2026" in on_screen(app), "the earlier day")
        await wait_for(pilot, lambda: "3 differences" in on_screen(app), "the differences")
        await pilot.press("slash", *"update")
        await wait_for(pilot, lambda: "1 of 3 differences" in on_screen(app), "narrowed")


async def test_net_differences_tell_every_step_and_withdrawn_records_their_sign(
    lived: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock(monkeypatch, "2026-11-20")
    place = lived / "records/agencies/anytown-police.toml"
    place.write_text(place.read_text() + '\n[withdrawn]\ndate = 2026-11-20\nreason = "Merged."\n')
    git(lived, "commit", "-qam", "Withdrawn with an editor")
    (lived / "records/agencies/new.toml").write_text('title = "New [agency]"\n')
    git(lived, "add", ".")
    git(lived, "commit", "-qm", "A new one")
    app = opened(lived)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await pilot.press("d")
        await wait_for(pilot, lambda: "4 differences" in on_screen(app), "the differences")
        assert "⊘  anytown-police" in on_screen(app)
        assert "+  new" in on_screen(app)
        assert "added: New [agency]" in on_screen(app)
        await pilot.press("d")
        await wait_for(pilot, lambda: "entries" in on_screen(app), "the bar")
        await pilot.press("home", "right", "enter")
        await wait_for(pilot, lambda: "Compare · 14 April 2025 → today" in on_screen(app), "since the beginning")
        await pilot.press("slash", *"update", "enter")
        await wait_for(pilot, lambda: "1 of 8 differences" in on_screen(app), "the net change")
        assert "update: On course." in on_screen(app)
        assert "in 2 steps, newest first" in on_screen(app)
        assert "update: Slow. → On course." in on_screen(app)


async def test_a_record_that_the_shown_day_does_not_have_is_not_opened_in_silence(
    lived: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock(monkeypatch, "2026-11-20")
    (lived / "records/agencies/new.toml").write_text('title = "New agency"\n')
    git(lived, "add", ".")
    git(lived, "commit", "-qm", "A new one")
    app = opened(lived)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.press("T")
        await wait_for(pilot, lambda: isinstance(app.screen, TimeBar), "the bar")
        await pilot.press("pageup", "enter")
        await wait_for(pilot, lambda: "read only" in on_screen(app), "the past")
        await pilot.press("d")
        await wait_for(pilot, lambda: "2 differences" in on_screen(app), "the differences")
        await pilot.press("enter")
        await wait_for(pilot, lambda: "new is not in the register" in on_screen(app), "the explanation")
        assert isinstance(app.screen, CompareScreen)


async def test_a_young_register_compares_with_its_beginning(small: Path) -> None:
    app = opened(small)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("d")
        await wait_for(pilot, lambda: "differences" in on_screen(app), "what was added since the register was made")
        await pilot.press("escape", "9")
        await wait_for(
            pilot, lambda: isinstance(app.screen, HistoryScreen) and "together" in on_screen(app), "the history"
        )
        await pilot.press("enter", "down", "enter")
        await wait_for(pilot, lambda: isinstance(app.screen, EntryScreen), "one of many in one entry")
        await wait_for(pilot, lambda: "before" in on_screen(app) or "was added" in on_screen(app), "its change")
