"""Finding one's way: from Home to a key action and back."""

from pathlib import Path

import pytest
from textual.widgets import Input

from bscp_tui.tui.screens.home import HomeScreen
from bscp_tui.tui.screens.records import RecordsScreen
from bscp_tui.tui.widgets.record_detail import RecordDetail
from bscp_tui.tui.widgets.record_table import RecordTable
from tests.tui.conftest import current, on_screen, opened, wait_for


async def test_home_shows_the_figures_at_once(register: Path) -> None:
    app = opened(register)
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_for(pilot, lambda: "35 key actions overdue" in on_screen(app), "the figures")
        shown = on_screen(app)
        assert "11 rows with no RAG recorded" in shown
        assert "0/18 15" in shown
        assert "~/register" in shown
        await wait_for(pilot, lambda: "records added" in on_screen(app), "the latest changes")


async def test_a_person_walks_from_home_to_4_1_3_and_back_with_the_keyboard(register: Path) -> None:
    app = opened(register)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("1")
        await wait_for(pilot, lambda: current(app) == "2025-27", "the current plan")
        await pilot.press("enter")
        await wait_for(pilot, lambda: current(app) == "2025-27/1", "the priorities")
        await pilot.press("G", "enter")
        await wait_for(pilot, lambda: current(app) == "2025-27/4.1", "the actions of priority 4")
        await pilot.press("enter")
        await wait_for(pilot, lambda: current(app) == "2025-27/4.1.1", "its key actions")
        await pilot.press("j", "down", "k", "j")
        await wait_for(pilot, lambda: current(app) == "2025-27/4.1.3", "4.1.3")
        assert "Priority 4 › Action 4.1" in on_screen(app)
        assert "7 of 44" in on_screen(app)
        await pilot.press("g")
        await wait_for(pilot, lambda: current(app) == "2025-27/4.1.1", "the first")
        for _ in range(4):
            await pilot.press("escape")
        await wait_for(pilot, lambda: isinstance(app.screen, HomeScreen), "Home")


async def test_every_line_of_home_opens_its_list_narrowed(register: Path) -> None:
    app = opened(register)
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_for(pilot, lambda: app.focused is not None and app.focused.id == "attention", "the first panel")
        await pilot.press("enter")
        await wait_for(pilot, lambda: "35 of 44" in on_screen(app), "the overdue key actions")
        await pilot.press("escape", "tab", "enter")
        await wait_for(pilot, lambda: "priority=1" in on_screen(app), "the first priority's actions")


async def test_typing_part_of_a_title_on_home_finds_the_record(register: Path) -> None:
    app = opened(register)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*"serious y")
        await wait_for(pilot, lambda: "Serious Youth Violence Team" in on_screen(app), "the record")
        await pilot.press("enter")
        await wait_for(pilot, lambda: current(app) == "2025-27/4.1.3", "the record's list, at the record")


async def test_a_reference_or_a_lead_finds_too(register: Path) -> None:
    app = opened(register)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("slash", *"4.1.3")
        await wait_for(pilot, lambda: "Serious Youth Violence Team" in on_screen(app), "by reference")
        app.screen.query_one("#find", Input).value = "exploitation sub-group"
        await wait_for(pilot, lambda: "2025-27/4.1.2" in on_screen(app), "by lead")


async def test_a_filter_narrows_the_list_and_says_so(register: Path) -> None:
    app = opened(register)
    async with app.run_test(size=(80, 24)) as pilot:
        app.action_go_to("key-action")
        await wait_for(pilot, lambda: isinstance(app.screen, RecordsScreen), "the list")
        await pilot.press("slash", *"p=4")
        await wait_for(pilot, lambda: "12 of 44" in on_screen(app), "12 of 44")
        await pilot.press(*" nothing-like-it")
        await wait_for(pilot, lambda: "Nothing fits this filter" in on_screen(app), "nothing")
        await pilot.press("escape")
        await wait_for(pilot, lambda: current(app) != "", "the list again")


async def test_a_filter_that_cannot_be_read_says_which_fields_there_are(register: Path) -> None:
    app = opened(register)
    async with app.run_test(size=(80, 24)) as pilot:
        app.action_go_to("key-action")
        await wait_for(pilot, lambda: isinstance(app.screen, RecordsScreen), "the list")
        await pilot.press("slash", *"colour=red")
        await wait_for(pilot, lambda: "has no field “colour”" in on_screen(app), "the explanation")


async def test_list_and_record_stand_beside_each_other_when_wide(register: Path) -> None:
    app = opened(register)
    async with app.run_test(size=(120, 40)) as pilot:
        app.action_go_to("agency")
        await wait_for(pilot, lambda: current(app) != "", "the agencies")
        assert app.screen.query_one(RecordDetail).region.x > app.screen.query_one(RecordTable).region.x
        await pilot.resize_terminal(80, 24)
        detail, table = app.screen.query_one(RecordDetail), app.screen.query_one(RecordTable)
        await wait_for(pilot, lambda: detail.region.x == table.region.x, "one below the other")
        assert detail.region.y > table.region.y


async def test_the_mouse_chooses_a_row_and_opens_it(register: Path) -> None:
    app = opened(register)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("1")
        await wait_for(pilot, lambda: current(app) == "2025-27", "the plans")
        await pilot.click("#list", offset=(4, 1))
        await wait_for(pilot, lambda: current(app).startswith("2023-25"), "the other plan")


async def test_the_palette_finds_records_and_commands(register: Path) -> None:
    app = opened(register)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("ctrl+p", *"4.1.3")
        await wait_for(pilot, lambda: "Serious Youth" in on_screen(app), "the record in the palette")
        await pilot.press("down", "enter")
        await wait_for(pilot, lambda: current(app) == "2025-27/4.1.3", "the record")


async def test_help_lists_every_command_with_its_key(register: Path) -> None:
    app = opened(register)
    async with app.run_test(size=(120, 40)) as pilot:
        app.action_go_to("agency")
        await wait_for(pilot, lambda: current(app) != "", "the agencies")
        await pilot.press("question_mark")
        await wait_for(pilot, lambda: "Change status" in on_screen(app), "the commands of the list")
        await pilot.press(*"withdr")
        await wait_for(pilot, lambda: "Change status" not in on_screen(app), "fewer commands")
        assert "Withdraw record" in on_screen(app)


async def test_an_empty_register_says_what_to_do_next(empty: Path) -> None:
    app = opened(empty)
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_for(pilot, lambda: "This register is empty" in on_screen(app), "the advice")
        app.action_go_to("agency")
        await wait_for(pilot, lambda: "There are no agencies here yet" in on_screen(app), "the empty list's advice")


async def test_a_record_of_any_kind_can_be_opened(register: Path) -> None:
    app = opened(register)
    async with app.run_test(size=(80, 24)) as pilot:
        for kind in ("plan", "priority", "action", "key-action", "agency", "group", "person"):
            app.open_list(kind)
            await wait_for(pilot, lambda: current(app) != "", f"the list of {kind}")
            app.go_home()
            await wait_for(pilot, lambda: isinstance(app.screen, HomeScreen), "Home")


async def test_a_folder_that_is_no_register_is_explained_with_what_to_do(tmp_path: Path) -> None:
    app = opened(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_for(pilot, lambda: "The register cannot be opened" in on_screen(app), "the explanation")
        await pilot.press("q")
    assert app.return_code == 3


async def test_a_reference_typed_on_home_is_found_although_digits_open_the_menu(
    register: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bscp_tui.tui.screens.home.MENU_WAIT", 60.0)  # a busy machine is a slow typist
    app = opened(register)
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_for(pilot, lambda: "overdue" in on_screen(app), "Home")
        await pilot.press("4", ".", "1", ".", "3")
        await wait_for(pilot, lambda: "1 found" in on_screen(app), "what was found")
        await pilot.press("enter")
        await wait_for(pilot, lambda: current(app) == "2025-27/4.1.3", "the record")


async def test_one_digit_alone_opens_the_menus_list(register: Path) -> None:
    app = opened(register)
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_for(pilot, lambda: "overdue" in on_screen(app), "Home")
        await pilot.press("2")
        await wait_for(pilot, lambda: "Learning points" in on_screen(app) and current(app), "the learning points")
