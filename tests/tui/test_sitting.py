"""A sitting at 80x24 with keys alone, the chart of a measure, and what a meeting shows of its decisions."""

import datetime as dt
from pathlib import Path

from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from bscp_tui.model.additions import new_record
from bscp_tui.model.kinds import KINDS
from bscp_tui.model.view import Circumstances
from bscp_tui.reports.drawing import LONGEST, bar
from bscp_tui.store.register import open_register
from bscp_tui.tui.screens.records import RecordsScreen
from bscp_tui.tui.screens.sitting import SittingScreen
from bscp_tui.tui.screens.status import StatusDialog
from bscp_tui.tui.widgets.words import Lines
from tests.tui.conftest import TODAY, git, on_screen, opened, sentence, wait_for
from tests.tui.every_screen import EVERY_SCREEN

WHY = Circumstances("made", TODAY)


def add(folder: Path, kind: str, code: str, **values: object) -> None:
    """Add a record."""
    register = open_register(folder, TODAY)
    snapshot = register.snapshot()
    register.record(new_record(KINDS[kind], {"code": code}, values, WHY, prefix=register.repository.prefix,
                               taken=snapshot.has_path, register=snapshot))  # fmt: skip


def with_meeting(folder: Path) -> Path:
    """Return the small register with a board on 20 November 2026 and two action points that it owes."""
    add(folder, "meeting", "0001", group="the-board", date=dt.date(2026, 11, 20), agenda=("2025-27/2.1.3",))
    add(folder, "action-point", "0001", title="Share the profile", owner="the-board", target=dt.date(2026, 11, 1))
    return folder


async def test_an_agenda_is_worked_down_and_each_decision_is_an_entry_of_one_group(small: Path) -> None:
    app = opened(with_meeting(small))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("7")
        await wait_for(pilot, lambda: "MT-0001" in on_screen(app), "the meeting")
        await pilot.press("S")
        await wait_for(pilot, lambda: "0 of 3 decided" in on_screen(app), "its agenda")
        assert "on its agenda" in on_screen(app)
        assert "due 1 Nov 2026" in on_screen(app)
        await pilot.press("r", *"Agreed", "enter")
        agenda = (("2025-27/2.1.3", "in progress"), ("2025-27/2.1.2", "deferred"), ("AP-0001", "in progress"))
        for ref, choose in agenda:
            await wait_for(pilot, lambda ref=ref: _under_cursor(app) == ref, ref)  # type: ignore[misc]
            await pilot.press("enter")
            await wait_for(pilot, lambda: isinstance(app.screen, StatusDialog), "the status dialog")
            assert app.screen.query_one("#reason", TextArea).text == "Agreed"
            assert app.screen.query_one("#decided_at", Input).value == "MT-0001"
            assert app.screen.query_one("#effective", Input).value == "20 November 2026"
            await _choose(pilot, choose)
            await wait_for(pilot, lambda choose=choose: f"→ {choose}" in sentence(app), "the sentence")  # type: ignore[misc]
            await pilot.press("ctrl+s")
            await wait_for(pilot, lambda: isinstance(app.screen, SittingScreen), "back at the agenda")
        await wait_for(pilot, lambda: "3 of 3 decided" in on_screen(app), "all decided")
        await wait_for(pilot, lambda: _under_cursor(app) == "MT-0001", "the meeting itself")
        await pilot.press("escape")
        await wait_for(pilot, lambda: isinstance(app.screen, RecordsScreen), "the list of meetings")
        await pilot.press("escape")
    told = git(small, "log", "-3", "--format=%B")
    groups = [line for line in told.splitlines() if line.startswith("Group: ")]
    assert len(groups) == 3
    assert len(set(groups)) == 1
    assert told.count("Decided-At: MT-0001") == 3
    assert told.count("Effective: 2026-11-20") == 3
    assert told.count("> Agreed") == 3


async def test_meetings_are_offered_where_something_was_decided_and_words_of_ones_own_stand(small: Path) -> None:
    app = opened(with_meeting(small))
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_for(pilot, lambda: app.session.all_read, "every record read")
        for opener in (EVERY_SCREEN["status"], EVERY_SCREEN["returns"]):
            opener(app)
            await wait_for(pilot, lambda: app.screen.query("#decided_at, #decided"), "the dialog")
            field = app.screen.query_one("#decided_at, #decided", Input)
            app.screen.set_focus(field)
            for typed in ("board", "bord 20 novmber"):  # what it is called, and what is most like it
                await pilot.press("home", "ctrl+k", *typed)
                await wait_for(pilot, lambda: "MT-0001  The board, 20 Nov" in on_screen(app), f"{typed}: the meeting")
            await pilot.press("down", "enter")
            await wait_for(pilot, lambda field=field: field.value == "MT-0001", "its reference")  # type: ignore[misc]
            await pilot.press("home", "ctrl+k", *"A call with the chair", "tab", "tab")
            await wait_for(pilot, lambda: "MT-0001  The board" not in on_screen(app), "nothing offered any more")
            assert field.value == "A call with the chair"
            app.go_home()


async def _choose(pilot: Pilot[int], status: str) -> None:
    """Move to a status with the arrows, and choose it."""
    lines = pilot.app.screen.query_one("#statuses", Lines)
    place = next(place for place, line in enumerate(lines.lines) if line.means == status.replace(" ", "-"))
    for _ in range(10):
        if lines.highlighted == place:
            break
        await pilot.press("down")
    await pilot.press("enter")


def _under_cursor(app: object) -> object:
    screen = getattr(app, "screen", None)
    if not isinstance(screen, SittingScreen):
        return None
    lines = screen.query_one(Lines)
    return lines.meant(lines.highlighted)


async def test_s_anywhere_leads_to_the_meetings_and_what_is_typed_is_there_again(small: Path) -> None:
    app = opened(with_meeting(small))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("1")
        await wait_for(pilot, lambda: isinstance(app.screen, RecordsScreen) and app.screen.view, "the plans")
        await pilot.press("S")
        await wait_for(
            pilot, lambda: "Choose the meeting" in on_screen(app) and "MT-0001" in on_screen(app), "meetings"
        )
        await pilot.press("S")
        await wait_for(pilot, lambda: "0 of 3 decided" in on_screen(app), "the agenda")
        await pilot.press("r", *"Half", "escape", "escape")
        await wait_for(pilot, lambda: isinstance(app.screen, RecordsScreen), "the list again")
        await pilot.press("S")
        await wait_for(
            pilot, lambda: isinstance(app.screen, SittingScreen) and "Half" in on_screen(app), "what was typed"
        )


async def test_a_day_that_cannot_be_read_is_told_before_anything_is_decided(small: Path) -> None:
    app = opened(with_meeting(small))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("7")
        await wait_for(pilot, lambda: "MT-0001" in on_screen(app), "the meeting")
        await pilot.press("S")
        await wait_for(pilot, lambda: "0 of 3 decided" in on_screen(app), "the agenda")
        app.screen.query_one("#sitting-day", Input).value = "some day"
        await wait_for(pilot, lambda: "cannot be read as a date" in on_screen(app), "the fault")
        await pilot.press("enter")
        await wait_for(pilot, lambda: app.focused is not None and app.focused.id == "sitting-day", "the field")
        assert isinstance(app.screen, SittingScreen)


async def test_a_meeting_shows_what_was_decided_there(small: Path) -> None:
    with_meeting(small)
    register = open_register(small, TODAY)
    snapshot = register.snapshot()
    view = snapshot.view("AP-0001")
    assert view is not None
    from bscp_tui.model.amendment import amend

    why = Circumstances("Agreed", TODAY, None, "MT-0001")
    register.record(amend(view, snapshot.document(view.path), {"status": "deferred"}, why))
    app = opened(small)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("7")
        await wait_for(pilot, lambda: "Decided here" in on_screen(app), "what it decided")
        assert "AP-0001" in on_screen(app)


async def test_a_measure_is_drawn_above_its_values_at_80_by_24(register: Path) -> None:
    app = opened(register)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("6")
        await wait_for(pilot, lambda: "16,992" in on_screen(app), "the figures")
        drawn = [line for line in on_screen(app).splitlines() if "█" in line]
        assert [line.split("█")[0].strip() for line in drawn] == ["2023/24", "2024/25"]
        assert drawn[0].count("█") < drawn[1].count("█") == LONGEST
        assert drawn[0].rstrip().endswith("15,491")


def test_bars_are_drawn_in_ascii_where_there_is_no_unicode_and_something_small_is_seen() -> None:
    assert bar(0.5, ascii_only=True) == "#" * (LONGEST // 2)
    assert bar(0.001, ascii_only=True) == "#"
    assert bar(0.0) == bar(0.0, ascii_only=True) == ""
    assert bar(0.0001) == "▏"
    assert bar(2.0) == "█" * LONGEST
