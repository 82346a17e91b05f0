"""Lists: narrowing with what the register offers, sorting, columns, groups, marks."""

import datetime as dt
from pathlib import Path

from textual.pilot import Pilot
from textual.widgets import Input

from bscp_tui.model.kinds import KINDS
from bscp_tui.model.view import View
from bscp_tui.tui.app import RegisterApp
from bscp_tui.tui.screens.choosing import ChooseDialog
from bscp_tui.tui.screens.columns import ColumnsDialog
from bscp_tui.tui.screens.records import RecordsScreen
from bscp_tui.tui.widgets.record_table import RecordTable
from bscp_tui.tui.widgets.words import Lines
from tests.tui.conftest import current, on_screen, opened, wait_for


def table_of(app: RegisterApp) -> RecordTable:
    """Return the list that is shown."""
    return app.screen.query_one(RecordTable)


def shown(app: RegisterApp) -> list[str]:
    """Return the references in the list's order."""
    return [row.ref for row in table_of(app).rows_shown]


async def key_actions(app: RegisterApp, pilot: Pilot[int], narrowed: str = "") -> None:
    """Open the key actions, everything read."""
    await wait_for(pilot, lambda: app.session.all_read, "every record read")
    app.open_list("key-action", narrowed)
    await wait_for(pilot, lambda: isinstance(app.screen, RecordsScreen) and current(app), "the list")


async def choose(app: RegisterApp, pilot: Pilot[int], key: str, name: str) -> None:
    """Press a key and choose a line of what it asks."""
    await pilot.press(key)
    await wait_for(pilot, lambda: isinstance(app.screen, ChooseDialog) and app.focused, "the question")
    lines = app.screen.query_one(Lines)
    lines.highlighted = next(place for place, line in enumerate(lines.lines) if line.means == name)
    await pilot.press("enter")
    await wait_for(pilot, lambda: isinstance(app.screen, RecordsScreen), "the list again")


async def test_a_filter_is_completed_from_the_fields_and_values_of_the_register(register: Path) -> None:
    app = opened(register)
    async with app.run_test(size=(80, 24)) as pilot:
        await key_actions(app, pilot)
        await pilot.press("slash", *"prio")
        await wait_for(pilot, lambda: "priority=" in on_screen(app), "the field")
        await pilot.press("up", "enter")
        field = app.screen.query_one("#filter", Input)
        await wait_for(pilot, lambda: field.value == "priority=" and field.has_focus, "the field taken")
        await wait_for(pilot, lambda: "priority=4  12" in " ".join(on_screen(app).split("\n")), "its values, counted")
        await pilot.press("4")
        await wait_for(pilot, lambda: "12 of 44" in on_screen(app), "the fourth priority's")


async def test_a_condition_without_its_value_yet_hides_nothing(register: Path) -> None:
    app = opened(register)
    async with app.run_test(size=(80, 24)) as pilot:
        await key_actions(app, pilot)
        await pilot.press("slash", *"p=4 status=")
        await wait_for(pilot, lambda: "12 of 44" in on_screen(app), "what the finished condition leaves")
        await wait_for(pilot, lambda: "status=not-started" in on_screen(app), "the statuses, in their order")


async def test_slash_keeps_what_was_typed_and_escape_clears_it_before_it_leaves(register: Path) -> None:
    app = opened(register)
    async with app.run_test(size=(80, 24)) as pilot:
        await key_actions(app, pilot)
        await pilot.press("slash", *"p=4", "enter")
        await wait_for(pilot, lambda: "12 of 44" in on_screen(app) and app.focused is table_of(app), "narrowed")
        await pilot.press("slash")
        field = app.screen.query_one("#filter", Input)
        await wait_for(pilot, lambda: field.has_focus and field.value == "p=4", "what was typed")
        await pilot.press("escape")
        await wait_for(pilot, lambda: field.value == "" and len(shown(app)) == 44, "cleared")
        await pilot.press("escape")
        await wait_for(pilot, lambda: app.focused is table_of(app), "the list")
        await pilot.press("escape")
        await wait_for(pilot, lambda: not isinstance(app.screen, RecordsScreen), "Home")


async def test_a_list_is_sorted_by_a_column_and_the_other_way_round(register: Path) -> None:
    app = opened(register)
    async with app.run_test(size=(120, 40)) as pilot:
        await key_actions(app, pilot)
        first = shown(app)
        await choose(app, pilot, "o", "due")
        await wait_for(pilot, lambda: "Due ▲" in on_screen(app), "the sign")
        by_due = [(row.value("due"), row.ref) for row in table_of(app).rows_shown if isinstance(row, View)]
        known = [due for due, _ in by_due if isinstance(due, dt.date)]
        assert known == sorted(known)
        assert [due for due, _ in by_due[len(known) :]] == [None] * (len(by_due) - len(known))
        same = [ref for due, ref in by_due if due == known[0]]
        assert same == [ref for ref in first if ref in same], "equal dates keep the order of their references"
        await pilot.press("O")
        await wait_for(pilot, lambda: "Due ▼" in on_screen(app), "the other way round")
        last = table_of(app).rows_shown[0]
        assert isinstance(last, View)
        assert last.value("due") == max(known)
        assert isinstance(app.screen, RecordsScreen)
        assert app.screen.in_plain_text() == "bscp list key-action --sort due --descending"


async def test_a_click_on_a_heading_sorts_and_a_second_one_turns_round(register: Path) -> None:
    app = opened(register)
    async with app.run_test(size=(120, 40)) as pilot:
        await key_actions(app, pilot)
        before = shown(app)
        await pilot.click("#list", offset=(10, 0))
        await wait_for(pilot, lambda: "Title ▲" in on_screen(app), "by title")
        titles = [row.title for row in table_of(app).rows_shown]  # type: ignore[union-attr]
        assert titles[0].lower() <= titles[1].lower()
        await pilot.click("#list", offset=(10, 0))
        await wait_for(pilot, lambda: "Title ▼" in on_screen(app), "the other way round")
        assert sorted(shown(app)) == sorted(before)


async def test_columns_are_chosen_moved_and_widened_by_the_keyboard(register: Path) -> None:
    app = opened(register)
    async with app.run_test(size=(120, 40)) as pilot:
        await key_actions(app, pilot)
        await pilot.press("c")
        await wait_for(pilot, lambda: isinstance(app.screen, ColumnsDialog) and app.focused, "the columns")
        lines = app.screen.query_one(Lines)
        lines.highlighted = next(place for place, line in enumerate(lines.lines) if line.means == "due")
        await pilot.press("enter", "shift+up", "up")
        await pilot.press(*["right"] * 4, "ctrl+s")
        await wait_for(pilot, lambda: isinstance(app.screen, RecordsScreen), "the list again")
        arrangement = table_of(app).arrangement
        assert "due" not in arrangement.columns
        await wait_for(pilot, lambda: " Due " not in on_screen(app).splitlines()[1], "no dates in the list")
        assert len(arrangement.widths) == 1


async def test_the_mouse_widens_a_column_by_its_edge(register: Path) -> None:
    app = opened(register)
    async with app.run_test(size=(120, 40)) as pilot:
        await key_actions(app, pilot)
        width = table_of(app).widths["ref"]
        edge = width + 1
        await pilot.mouse_down("#list", offset=(edge, 0))
        await pilot.hover("#list", offset=(edge + 6, 0))
        await pilot.mouse_up("#list", offset=(edge + 6, 0))
        await wait_for(pilot, lambda: table_of(app).widths["ref"] == width + 6, "six cells wider")
        assert "ref" not in table_of(app).arrangement.sort, "a drag is no click"


async def test_groups_stand_below_headings_that_count_and_fold(register: Path) -> None:
    app = opened(register)
    async with app.run_test(size=(120, 40)) as pilot:
        await key_actions(app, pilot)
        await choose(app, pilot, "z", "priority")
        await wait_for(pilot, lambda: "▾ 1 " in on_screen(app) or "▾ 2025-27/1" in on_screen(app), "the groups")
        assert len(shown(app)) == 44
        await pilot.press("g", "enter")
        await wait_for(pilot, lambda: "▸ " in on_screen(app), "folded")
        assert "1.1.1 " not in on_screen(app).split("2025-27/2")[0]
        await pilot.press("Z")
        await wait_for(pilot, lambda: on_screen(app).count("▸ ") == 4, "all folded")
        await choose(app, pilot, "z", "")
        await wait_for(pilot, lambda: "▸ " not in on_screen(app) and current(app), "not grouped")


async def test_a_record_of_two_agencies_stands_with_both_and_counts_once(register: Path) -> None:
    app = opened(register)
    async with app.run_test(size=(120, 40)) as pilot:
        await wait_for(pilot, lambda: app.session.all_read, "every record read")
        app.open_list("learning-point")
        await wait_for(pilot, lambda: current(app), "the learning points")
        total = len(shown(app))
        await choose(app, pilot, "z", "agency")
        await wait_for(pilot, lambda: "▾ " in on_screen(app), "the groups")
        table = table_of(app)
        assert table.count > total + 1
        assert len(shown(app)) == total
        assert f" {total} " in f"{on_screen(app).splitlines()[0]} "


async def test_rows_are_marked_with_space_shift_and_star_and_let_go_with_escape(register: Path) -> None:
    app = opened(register)
    async with app.run_test(size=(80, 24)) as pilot:
        await key_actions(app, pilot)
        await pilot.press("space", "j", "shift+down")
        await wait_for(pilot, lambda: "3 marked" in on_screen(app), "three marked")
        assert "✓" in on_screen(app)
        await pilot.press("space")
        await wait_for(pilot, lambda: "2 marked" in on_screen(app), "one let go")
        await pilot.press("asterisk")
        await wait_for(pilot, lambda: "44 marked" in on_screen(app), "all marked")
        await pilot.press("escape")
        await wait_for(pilot, lambda: "marked" not in on_screen(app), "let go")
        assert isinstance(app.screen, RecordsScreen)


async def test_every_kind_can_be_sorted_and_grouped_by_all_that_is_offered(register: Path) -> None:
    from bscp_tui.tui.arranging import Arrangement, Asked, arranged, groupable, sortable

    app = opened(register)
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_for(pilot, lambda: app.session.all_read, "every record read")
        for kind in KINDS.values():
            every = {view.ref for view in app.session.snapshot.views(kind)}
            for name in sortable(kind):
                found = arranged(app.session.snapshot, Asked(kind, [], Arrangement(kind.columns, sort=name)))
                assert {row.ref for row in found.rows} == every
            for name in groupable(kind):
                found = arranged(app.session.snapshot, Asked(kind, [], Arrangement(kind.columns, group=name)))
                assert {row.ref for row in found.rows} == every
                assert len({group.name for group in found.groups}) == len(found.groups), f"{kind.name} by {name}"
