"""A new kind is one declaration: every screen works on it at once."""

from pathlib import Path

import pytest
from textual.widget import Widget
from textual.widgets import Input, Select, TextArea

from bscp_tui.model.kinds import KINDS
from bscp_tui.tui.app import RegisterApp
from bscp_tui.tui.screens.add import AddForm
from bscp_tui.tui.screens.change import ChangeDialog
from bscp_tui.tui.screens.form import EditForm
from bscp_tui.tui.screens.history import HistoryScreen
from bscp_tui.tui.screens.records import RecordsScreen
from bscp_tui.tui.screens.status import StatusDialog
from tests.toy_kind import PROMISE
from tests.tui.conftest import current, on_screen, opened, sentence, wait_for


async def test_every_screen_works_on_a_kind_that_is_declared_once(
    register: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(KINDS, "promise", PROMISE)
    app = opened(register)
    async with app.run_test(size=(120, 40)) as pilot:
        app.open_list("promise", "")
        await wait_for(pilot, lambda: isinstance(app.screen, RecordsScreen), "the list")
        await pilot.press("a")
        await wait_for(
            pilot, lambda: isinstance(app.screen, AddForm) and app.screen.query("#f_about"), "the form that adds"
        )
        _fill(app, slug="tell-parents", title="Tell [every] parent", by="QIO", about="4.1.3")
        await wait_for(pilot, lambda: "tell-parents Tell [every] parent: added" in sentence(app), "the sentence")
        await pilot.press("ctrl+s")
        await wait_for(pilot, lambda: current(app) == "tell-parents", "the record in its list")
        await wait_for(pilot, lambda: "Quality" in on_screen(app), "the body's name in the detail")
        await pilot.press("s")
        await wait_for(pilot, lambda: isinstance(app.screen, StatusDialog), "the status dialog")
        await pilot.press("down", "enter")
        await wait_for(pilot, lambda: app.focused is not None and app.focused.id == "reason", "the reason")
        await pilot.press(*"Not sent", "ctrl+s")
        await wait_for(pilot, lambda: not isinstance(app.screen, ChangeDialog), "the list again")
        await wait_for(pilot, lambda: "made → broken" in on_screen(app), "the status")
        await pilot.press("e")
        await wait_for(pilot, lambda: isinstance(app.screen, EditForm), "the form that changes")
        app.screen.query_one("#f_text", TextArea).load_text("By letter and by telephone")
        app.screen.query_one("#reason", TextArea).load_text("Agreed")
        await pilot.press("ctrl+s")
        await wait_for(pilot, lambda: isinstance(app.screen, RecordsScreen), "the form closed")
        await wait_for(pilot, lambda: "By letter and by telephone" in on_screen(app), "the text in the detail")
        await pilot.press("slash", *"status=kept")
        await wait_for(pilot, lambda: "0 of 1" in on_screen(app), "the filter")
        await pilot.press("escape", "escape")
        app.open_list("promise", "")
        await wait_for(pilot, lambda: current(app) == "tell-parents", "the whole list")
        await pilot.press("h")
        await wait_for(pilot, lambda: isinstance(app.screen, HistoryScreen), "the history")
        await wait_for(pilot, lambda: "made → brok" in on_screen(app), "its changes")


async def test_a_reference_to_nothing_is_answered_with_the_nearest(
    register: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(KINDS, "promise", PROMISE)
    app = opened(register)
    async with app.run_test(size=(120, 40)) as pilot:
        app.open_list("promise", "")
        await wait_for(pilot, lambda: isinstance(app.screen, RecordsScreen), "the list")
        await pilot.press("a")
        await wait_for(pilot, lambda: isinstance(app.screen, AddForm) and app.screen.query("#f_about"), "the form")
        _fill(app, slug="x", title="x", about="4.1.33")
        await wait_for(pilot, lambda: "Did you mean 2025-27/4.1.3" in sentence(app), "the nearest")


async def test_a_status_asks_for_what_belongs_to_it(register: Path) -> None:
    app = opened(register)
    async with app.run_test(size=(120, 40)) as pilot:
        app.open_list("key-action", "plan=2025-27", at="2025-27/4.1.3")
        await wait_for(pilot, lambda: current(app).endswith("4.1.3"), "the list")
        await pilot.press("s")
        await wait_for(pilot, lambda: isinstance(app.screen, StatusDialog), "the dialog")
        assert not app.screen.query_one("#f_superseded_by", Input).is_on_screen
        await pilot.press("G", "enter")
        await wait_for(pilot, lambda: app.screen.query_one("#f_superseded_by", Input).is_on_screen, "the field")
        app.screen.query_one("#reason", TextArea).load_text("Merged")
        await wait_for(pilot, lambda: "superseded-names-successor" in sentence(app), "the rule")
        app.screen.query_one("#f_superseded_by", Input).value = "4.2.1"
        await wait_for(pilot, lambda: "→ superseded" in sentence(app), "the sentence")
        assert not app.screen.query(Select)


async def test_embedded_asks_all_that_belongs_to_it_and_every_field_is_reached_by_keys_on_a_small_screen(
    register: Path,
) -> None:
    from bscp_tui.cli.main import run

    words = ["--register", str(register), "--today", "2026-11-22"]
    run([*words, "status", "4.1.3", "complete", "--reason", "Done", "--evidence", "Minutes"])
    app = opened(register)
    async with app.run_test(size=(80, 24)) as pilot:
        app.open_list("key-action", "plan=2025-27", at="2025-27/4.1.3")
        await wait_for(pilot, lambda: current(app).endswith("4.1.3"), "the list")
        await pilot.press("s")
        await wait_for(pilot, lambda: isinstance(app.screen, StatusDialog) and app.focused, "the dialog")
        await pilot.press("G", "k", "enter")
        await wait_for(pilot, lambda: "▶ ◉ embedded" in on_screen(app) or app.focused.id == "reason", "embedded")  # type: ignore[union-attr]
        await pilot.press("shift+tab", "shift+tab", "shift+tab")
        reached = []
        for name in ("confirmed_by_group", "confirmed_by", "confirmed_at", "reason", "effective", "evidence"):
            wanted = name if name in {"reason", "effective", "evidence"} else f"f_{name}"
            await wait_for(pilot, lambda wanted=wanted: app.focused is not None and app.focused.id == wanted, wanted)  # type: ignore[misc]
            await wait_for(pilot, lambda: app.focused is not None and _in_sight(app.focused), f"{wanted} in sight")
            reached.append(name)
            await pilot.press("tab")
        assert len(reached) == 6
        assert app.screen.query_one("#sentence").region.bottom <= 24
        assert app.screen.query_one("#record").region.bottom <= 23


def _fill(app: RegisterApp, **fields: str) -> None:
    """Type into the form that is open."""
    for name, text in fields.items():
        app.screen.query_one(f"#f_{name}", Input).value = text


def _in_sight(field: Widget) -> bool:
    """Whether a field lies whole inside the part of the dialog that scrolls."""
    around = field.screen.query_one(".questions").region
    return around.y <= field.region.y and field.region.bottom <= around.bottom and field.region.height > 0


async def test_home_tells_what_is_owed_outside_the_plan(register: Path) -> None:
    from bscp_tui.cli.main import run

    words = ["--register", str(register), "--today", "2026-11-22", "add"]
    run([*words, "action-point", "title=Share outcomes", "owner=QIO", "target=1 June 2026"])
    run([*words, "question", "about=4.1.3", "text=Why?", "owner=QIO"])
    run([*words, "review", "ref=2026-27-77", "title=Rapid review", "started=5 November 2026"])
    app = opened(register)
    async with app.run_test(size=(80, 24)) as pilot:
        for said in ("8 action points overdue", "1 question waits", "1 rapid review: day 11 of 15"):
            await wait_for(pilot, lambda said=said: said in " ".join(on_screen(app).split()), said)  # type: ignore[misc]
