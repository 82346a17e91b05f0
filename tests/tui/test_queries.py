"""The queries on screen: what is questionable, where it is, and how it is let stand."""

from pathlib import Path

from textual.widgets import Input, TextArea

from bscp_tui.tui.app import RegisterApp
from bscp_tui.tui.screens.add import AddForm
from bscp_tui.tui.screens.form import EditForm
from bscp_tui.tui.screens.home import HomeScreen
from bscp_tui.tui.screens.particulars import ParticularsDialog
from bscp_tui.tui.screens.queries import QueriesScreen
from bscp_tui.tui.screens.records import RecordsScreen
from tests.cli.support import bscp
from tests.tui.conftest import current, git, on_screen, opened, sentence, wait_for
from tests.tui.test_recording import at


async def test_a_query_opens_its_record_and_can_be_accepted(register: Path) -> None:
    app = opened(register)
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_for(pilot, lambda: isinstance(app.screen, HomeScreen) and app.session.all_read, "Home")
        await pilot.press("exclamation_mark")
        await wait_for(pilot, lambda: "To mend:" in on_screen(app), "the queries")
        screen = app.screen
        assert isinstance(screen, QueriesScreen)
        while "Nobody leads it" not in on_screen(app):
            await pilot.press("down")
            await pilot.pause()
        assert "2025-27/actions/1.3.toml, line 65" in on_screen(app).replace("\n", "")
        await pilot.press("a")
        await wait_for(pilot, lambda: isinstance(app.screen, AddForm), "the form")
        await wait_for(pilot, lambda: "no-lead" in on_screen(app), "the rule is filled in")
        await pilot.press("escape")
        await wait_for(pilot, lambda: app.screen is screen, "the queries again")
        await pilot.press("enter")
        await wait_for(pilot, lambda: isinstance(app.screen, RecordsScreen) and current(app), "its record")
        assert current(app) == "2025-27/1.3.3"


async def test_queries_are_worked_down_where_one_stands(register: Path) -> None:
    app = opened(register)
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_for(pilot, lambda: isinstance(app.screen, HomeScreen) and app.session.all_read, "Home")
        await pilot.press("exclamation_mark")
        await wait_for(pilot, lambda: "To mend:" in on_screen(app), "the queries")
        await pilot.press("down", "down", "a")
        await wait_for(pilot, lambda: isinstance(app.screen, AddForm) and app.focused, "the form")
        assert app.focused is not None
        assert app.focused.id == "f_reason"  # the first that is needed and not known
        assert "Reason of entry" in on_screen(app)
        about = app.screen.query_one("#f_about", Input).value
        await pilot.press(*"Printed so.", "tab", "tab", *"31/3/2027")
        await wait_for(pilot, lambda: "Will be recorded" in sentence(app), "the sentence")
        said = sentence(app).partition("Will be recorded: ")[2].split()[0]
        await pilot.press("escape")
        await wait_for(pilot, lambda: isinstance(app.screen, QueriesScreen), "left, and kept")
        await pilot.press("down", "a")
        await wait_for(pilot, lambda: isinstance(app.screen, AddForm) and app.focused, "the next one's form")
        assert app.screen.query_one("#f_about", Input).value != about  # not what was typed for the other
        await pilot.press("ctrl+t", "up", "a")
        await wait_for(pilot, lambda: isinstance(app.screen, AddForm) and "Printed so." in on_screen(app), "it is back")
        said = sentence(app).partition("Will be recorded: ")[2].split()[0]
        await pilot.press("ctrl+s")
        await wait_for(pilot, lambda: isinstance(app.screen, QueriesScreen) and "Accepted" in on_screen(app), "there")
        assert app.session.snapshot.view(said) is not None  # it is recorded as it was shown
        assert about in on_screen(app).rpartition("Accepted")[0]
        await pilot.press("e")
        await wait_for(pilot, lambda: isinstance(app.screen, EditForm) and app.focused, "the form of its record")
        assert app.focused.id == "f_figure"  # the field that the query is about


async def test_home_tells_only_of_queries_that_came_after_the_register_was_made(register: Path) -> None:
    app = opened(register)
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_for(pilot, lambda: isinstance(app.screen, HomeScreen) and app.session.all_read, "Home")
        await pilot.press("exclamation_mark", "n")
        await wait_for(pilot, lambda: "0 since the register was made" in on_screen(app), "nothing is new")
    assert bscp(register, "set", "4.1.1", "years=2", "--reason", "As the plan says.", today="2026-11-22").status == 0
    again = opened(register)
    async with again.run_test(size=(80, 24)) as pilot:
        await wait_for(pilot, lambda: "1 new query" in on_screen(again), "Home's line")
        while "1 new query" not in _highlighted(again):
            await pilot.press("down")
            await pilot.pause()
        await pilot.press("enter")
        await wait_for(pilot, lambda: "year-against-target" in on_screen(again), "the query")


async def test_particulars_are_asked_about_and_may_stand_with_a_reason(register: Path) -> None:
    app = opened(register)
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_for(pilot, lambda: isinstance(app.screen, HomeScreen) and app.session.all_read, "Home")
        view = app.session.snapshot.view("2025-27/4.1.1")
        assert view is not None
        app.ask("status", view)
        await wait_for(pilot, lambda: app.screen.query("#reason"), "the dialog")
        dialog = app.screen
        dialog.fill({"status": "in-progress", "reason": "Ring 0121 496 0000."})  # type: ignore[attr-defined]
        await wait_for(pilot, lambda: "a telephone number" in sentence(app), "the warning")
        await pilot.press("ctrl+s")
        await wait_for(pilot, lambda: isinstance(app.screen, ParticularsDialog), "the question")
        assert "496 0000" not in on_screen(app)
        await pilot.press(*"An office", "enter")
        await wait_for(pilot, lambda: isinstance(app.screen, HomeScreen), "it was recorded")
    assert "Privacy-Reason: An office" in git(register, "log", "-1", "--format=%B")


def _highlighted(app: RegisterApp) -> str:
    lines = app.screen.query_one("#attention")
    place = lines.highlighted  # type: ignore[attr-defined]
    return "" if place is None else str(lines.get_option_at_index(place).prompt)  # type: ignore[attr-defined]


async def test_a_reason_for_particulars_is_for_the_text_as_it_stood(register: Path) -> None:
    app = opened(register)
    async with app.run_test(size=(120, 40)) as pilot:
        await at(pilot, app, "4.1.3", "e")
        note = app.screen.query_one("#f_note", TextArea)
        note.load_text("NHS number 943 476 5919.")
        await wait_for(pilot, lambda: "NHS number" in sentence(app), "the warning")
        app.screen.may_stand = "Her own wish."  # type: ignore[attr-defined]  # then it was refused for something else
        note.load_text("Her brother's: 401 023 2137.")
        await pilot.press("ctrl+s")
        await wait_for(pilot, lambda: isinstance(app.screen, ParticularsDialog), "asked again")
    assert "401 023" not in git(register, "log", "-1", "-p")
