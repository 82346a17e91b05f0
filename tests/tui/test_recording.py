"""Recording: the person sees the sentence, one commit results, and nothing typed is lost."""

import datetime as dt
from pathlib import Path

from textual.pilot import Pilot
from textual.widgets import Input, Select, TextArea

from bscp_tui.model.amendment import amend
from bscp_tui.model.view import Circumstances, View
from bscp_tui.store.register import open_register
from bscp_tui.tui import drafts
from bscp_tui.tui.app import RegisterApp
from bscp_tui.tui.screens.change import ChangeDialog
from bscp_tui.tui.screens.form import EditForm
from bscp_tui.tui.screens.records import RecordsScreen
from bscp_tui.tui.screens.status import StatusDialog
from bscp_tui.tui.widgets.record_table import RecordTable
from tests.tui.conftest import TODAY, current, git, on_screen, opened, sentence, wait_for


async def at(pilot: Pilot[int], app: RegisterApp, ref: str, key: str) -> None:
    """Go to a record and press a key that opens a dialog."""
    row = app.session.row_at(ref)
    assert isinstance(row, View)
    app.open_record(row)
    await wait_for(pilot, lambda: current(app).endswith(ref) and app.focused is not None, "the record")
    await pilot.press(key)
    await wait_for(pilot, lambda: isinstance(app.screen, ChangeDialog) and app.focused is not None, "the dialog")


async def choose_in_progress(pilot: Pilot[int], app: RegisterApp) -> None:
    """Choose the status and go on to the reason."""
    await pilot.press("enter")
    await wait_for(pilot, lambda: app.focused is not None and app.focused.id == "reason", "the reason")


async def test_a_status_is_recorded_as_one_commit_and_the_history_shows_it(register: Path) -> None:
    app = opened(register)
    before = git(register, "rev-list", "--count", "HEAD")
    async with app.run_test(size=(120, 40)) as pilot:
        await at(pilot, app, "4.1.3", "s")
        assert "✗ Embedded follows complete" in on_screen(app)
        await choose_in_progress(pilot, app)
        await pilot.press(*"Posts filled [sic]")
        await wait_for(pilot, lambda: "not started → in progress" in sentence(app), "the sentence")
        app.screen.query_one("#decided_at", Input).value = "Executive Board, 8 July"
        await pilot.press("ctrl+s")
        await wait_for(pilot, lambda: isinstance(app.screen, RecordsScreen), "the list again")
        await wait_for(pilot, lambda: "status: not started → in" in on_screen(app), "the history pane")
    assert int(git(register, "rev-list", "--count", "HEAD")) == int(before) + 1
    told = git(register, "log", "-1", "--format=%B")
    assert told.startswith(
        "2025-27/4.1.3 Serious Youth Violence Team: not started → in progress\n\n> Posts filled [sic]\n"
    )
    assert "Decided-At: Executive Board, 8 July" in told
    assert git(register, "show", "--name-only", "--format=").strip() == "records/plans/2025-27/actions/4.1.toml"
    assert git(register, "status", "--short") == ""


async def test_a_missing_reason_is_asked_for_and_nothing_is_recorded(register: Path) -> None:
    app = opened(register)
    head = git(register, "rev-parse", "HEAD")
    async with app.run_test(size=(80, 24)) as pilot:
        await at(pilot, app, "4.1.3", "s")
        await choose_in_progress(pilot, app)
        await pilot.press("ctrl+s")
        await wait_for(pilot, lambda: "needs a reason" in on_screen(app), "the request")
        assert isinstance(app.screen, StatusDialog)
    assert git(register, "rev-parse", "HEAD") == head


async def test_an_impossible_date_is_refused_in_plain_words(register: Path) -> None:
    app = opened(register)
    async with app.run_test(size=(80, 24)) as pilot:
        await at(pilot, app, "4.1.3", "s")
        await choose_in_progress(pilot, app)
        app.screen.query_one("#effective", Input).value = "31 June 2026"
        await wait_for(pilot, lambda: "“31 June 2026” is not in the calendar" in on_screen(app), "the refusal")


async def test_an_action_with_key_actions_says_where_progress_is_recorded(register: Path) -> None:
    app = opened(register)
    async with app.run_test(size=(120, 40)) as pilot:
        await at(pilot, app, "2025-27/4.1", "s")
        await wait_for(pilot, lambda: "its progress is theirs" in on_screen(app), "the rule")


async def test_the_form_records_only_what_was_changed(register: Path) -> None:
    app = opened(register)
    async with app.run_test(size=(120, 40)) as pilot:
        await at(pilot, app, "4.1.3", "e")
        app.screen.query_one("#f_update", TextArea).load_text("Two posts filled;\nthe third is out.")
        await wait_for(pilot, lambda: "update" in sentence(app), "the sentence")
        await pilot.press("ctrl+s")
        await wait_for(pilot, lambda: isinstance(app.screen, RecordsScreen), "the list again")
    changed = [line for line in git(register, "show", "--format=", "-U0").splitlines() if line[:1] in "+-"]
    assert len([line for line in changed if not line.startswith(("+++", "---"))]) <= 4


async def test_what_a_field_cannot_hold_is_refused_by_name(register: Path) -> None:
    app = opened(register)
    async with app.run_test(size=(120, 40)) as pilot:
        await at(pilot, app, "4.1.3", "e")
        app.screen.query_one("#f_target", Input).value = "31/06/2026"
        await wait_for(pilot, lambda: "Target: “31/06/2026” is not in the calendar" in on_screen(app), "the refusal")


async def test_a_second_target_is_recorded_as_a_revision(register: Path) -> None:
    app = opened(register)
    async with app.run_test(size=(120, 40)) as pilot:
        await at(pilot, app, "4.1.3", "e")
        app.screen.query_one("#f_target", Input).value = "30 September 2026"
        app.screen.query_one("#reason", TextArea).load_text("The recruitment took longer.")
        await wait_for(pilot, lambda: "target revised to 30 September 2026" in sentence(app), "the sentence")


async def test_choices_are_offered_and_the_rule_that_holds_is_explained(register: Path) -> None:
    app = opened(register)
    async with app.run_test(size=(120, 40)) as pilot:
        await at(pilot, app, "2025-27/4.1", "e")
        select = app.screen.query_one("#f_rag", Select)
        select.value = "amber"
        app.screen.query_one("#reason", TextArea).load_text("reason awaited")
        await wait_for(pilot, lambda: "has adopted no RAG legend" in sentence(app), "the rule")


async def test_what_is_typed_survives_closing_and_a_crash(register: Path) -> None:
    app = opened(register)
    async with app.run_test(size=(80, 24)) as pilot:
        await at(pilot, app, "4.1.3", "s")
        await choose_in_progress(pilot, app)
        await pilot.press(*"kept text")
        await wait_for(pilot, lambda: "kept text" in repr(drafts.all_of(app.session.key)), "the draft on disk")
    again = opened(register)
    async with again.run_test(size=(80, 24)) as pilot:
        await wait_for(pilot, lambda: "typed, not recorded: 4.1.3" in on_screen(again), "Home offers it")
        await pilot.press("G", "enter")
        await wait_for(pilot, lambda: isinstance(again.screen, StatusDialog), "the dialog")
        await wait_for(pilot, lambda: "kept text" in on_screen(again), "the text")
        assert "▶ ◐ in progress" in on_screen(again)
        await pilot.press("ctrl+t")
        await wait_for(pilot, lambda: not drafts.all_of(again.session.key), "thrown away when asked")


async def test_what_was_typed_before_others_recorded_takes_nothing_of_theirs_back(register: Path) -> None:
    app = opened(register)
    async with app.run_test(size=(120, 40)) as pilot:
        await at(pilot, app, "4.1.3", "e")
        app.screen.query_one("#f_update", TextArea).load_text("Ours.")
        await wait_for(pilot, lambda: "Ours." in sentence(app), "the sentence")
        await pilot.press("escape")
        await wait_for(pilot, lambda: "Ours." in repr(drafts.all_of(app.session.key)), "the draft on disk")
        record_elsewhere(register, "2025-27/4.1.3", note="Theirs.")
        app.look_for_others()
        await wait_for(pilot, lambda: app.session.row_at("4.1.3").value("note") == "Theirs.", "the news")  # type: ignore[union-attr]
        await at(pilot, app, "4.1.3", "e")
        await wait_for(pilot, lambda: "update: not recorded → Ours." in sentence(app), "what was typed, alone")
        assert app.screen.query_one("#f_note", TextArea).text == "Theirs."
        await pilot.press("ctrl+s")
        await wait_for(pilot, lambda: isinstance(app.screen, RecordsScreen), "the list again")
    assert 'note = "Theirs."' in git(register, "show", "HEAD:records/plans/2025-27/actions/4.1.toml")


async def test_a_draft_is_gone_once_its_change_is_recorded(register: Path) -> None:
    app = opened(register)
    async with app.run_test(size=(80, 24)) as pilot:
        await at(pilot, app, "4.1.3", "s")
        await choose_in_progress(pilot, app)
        await pilot.press(*"done", "ctrl+s")
        await wait_for(pilot, lambda: isinstance(app.screen, RecordsScreen), "the list again")
        await wait_for(pilot, lambda: not drafts.all_of(app.session.key), "no draft")


async def test_two_people_change_the_same_field_and_both_values_are_shown(register: Path) -> None:
    app = opened(register)
    async with app.run_test(size=(120, 40)) as pilot:
        await at(pilot, app, "4.1.3", "s")
        await choose_in_progress(pilot, app)
        await pilot.press(*"mine")
        record_elsewhere(register, "2025-27/4.1.3", status="deferred")
        await pilot.press("ctrl+s")
        await wait_for(pilot, lambda: "now deferred, yours in-progress" in on_screen(app), "both values")
        assert app.screen.query_one("#reason", TextArea).text == "mine"
        await pilot.press("ctrl+s")
        await wait_for(pilot, lambda: isinstance(app.screen, RecordsScreen), "mine recorded over it")
    assert "deferred → in progress" in git(register, "log", "-1", "--format=%s")


async def test_what_others_record_appears_while_typing_goes_on(register: Path) -> None:
    app = opened(register)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await at(pilot, app, "4.1.3", "s")
        await choose_in_progress(pilot, app)
        await pilot.press(*"still here")
        record_elsewhere(register, "2025-27/4.1.4", status="in-progress")
        app.look_for_others()
        await wait_for(pilot, lambda: app.session.row_at("4.1.4").value("status") == "in-progress", "the news")  # type: ignore[union-attr]
        assert app.screen.query_one("#reason", TextArea).text == "still here"
        await wait_for(pilot, lambda: "Meanwhile" in on_screen(app), "who did what")
        assert "4.1.4 status" in on_screen(app)


async def test_who_is_working_is_asked_when_git_does_not_know(register: Path, own_computer: Path) -> None:
    (own_computer / "gitconfig").write_text("")
    app = opened(register)
    async with app.run_test(size=(120, 40)) as pilot:
        await at(pilot, app, "4.1.3", "s")
        await choose_in_progress(pilot, app)
        await pilot.press(*"why", "ctrl+s")
        await wait_for(pilot, lambda: "Who are you?" in on_screen(app), "the question")
        app.screen.query_one("#name", Input).value = "Kim Ode"
        app.screen.query_one("#email", Input).value = "kim.ode@example.org"
        await pilot.press("ctrl+s")
        await wait_for(pilot, lambda: isinstance(app.screen, RecordsScreen), "recorded after all")
    assert git(register, "log", "-1", "--format=%an <%ae>").strip() == "Kim Ode <kim.ode@example.org>"


async def test_a_record_is_withdrawn_with_a_reason_and_leaves_the_list(register: Path) -> None:
    app = opened(register)
    async with app.run_test(size=(120, 40)) as pilot:
        await at(pilot, app, "afruca", "w")
        await pilot.press(*"no longer a partner", "ctrl+s")
        await wait_for(pilot, lambda: isinstance(app.screen, RecordsScreen), "the list again")
        table = app.screen.query_one(RecordTable)
        await wait_for(pilot, lambda: all(row.ref != "afruca" for row in table.rows_shown), "gone from the list")


async def test_a_record_is_added_through_the_form(register: Path) -> None:
    app = opened(register)
    async with app.run_test(size=(120, 40)) as pilot:
        app.action_go_to("agency")
        await wait_for(pilot, lambda: isinstance(app.screen, RecordsScreen), "the agencies")
        await pilot.press("a")
        await wait_for(pilot, lambda: app.screen.query("#f_slug"), "the form")
        app.screen.query_one("#f_slug", Input).value = "youth-trust"
        app.screen.query_one("#f_title", Input).value = "Youth Trust"
        await wait_for(pilot, lambda: "youth-trust Youth Trust: added" in on_screen(app), "the sentence")
        await pilot.press("ctrl+s")
        await wait_for(pilot, lambda: isinstance(app.screen, RecordsScreen), "the list again")
    assert git(register, "show", "--name-only", "--format=").strip() == "records/agencies/youth-trust.toml"


async def test_an_edit_by_hand_is_shown_and_recorded_as_an_entry_of_its_own(register: Path) -> None:
    place = register / "records/agencies/afruca.toml"
    place.write_text(place.read_text().replace('title = "AFRUCA"', 'title = "AFRUCA Safeguarding"'))
    app = opened(register)
    async with app.run_test(size=(120, 40)) as pilot:
        await wait_for(pilot, lambda: "1 agency edited by hand" in on_screen(app), "Home says so")
        await at(pilot, app, "afruca", "i")
        await pilot.press(*"its new name", "ctrl+s")
        await wait_for(pilot, lambda: isinstance(app.screen, RecordsScreen), "the list again")
    assert "edit by hand recorded" in git(register, "log", "-1", "--format=%s")
    assert git(register, "status", "--short") == ""


async def test_an_edit_by_hand_can_be_put_back(register: Path) -> None:
    place = register / "records/agencies/afruca.toml"
    before = place.read_bytes()
    place.write_bytes(before + b"# mine\n")
    app = opened(register)
    async with app.run_test(size=(120, 40)) as pilot:
        app.action_go_to("agency")
        await wait_for(pilot, lambda: "edited by hand" in on_screen(app), "the mark")
        await pilot.press("b")
        await wait_for(pilot, lambda: "Put afruca back?" in on_screen(app), "the question")
        await pilot.press("shift+tab", "enter")
        await wait_for(pilot, lambda: place.read_bytes() == before, "the file as recorded")
        await wait_for(pilot, lambda: "edited by hand, not" not in on_screen(app), "no mark")


async def test_an_unreadable_record_is_a_row_with_file_line_and_reason(register: Path) -> None:
    place = register / "records/agencies/afruca.toml"
    place.write_text(place.read_text() + "\n<<<<<<< HEAD\n")
    app = opened(register)
    async with app.run_test(size=(120, 40)) as pilot:
        await wait_for(pilot, lambda: "1 agency cannot be read" in on_screen(app), "Home says so")
        app.action_go_to("agency")
        await wait_for(pilot, lambda: "✗ afruca" in on_screen(app), "the row")
        assert "records/agencies/afruca.toml, line" in on_screen(app)
        await wait_for(pilot, lambda: "last recorded version" in on_screen(app), "its last good version")
        await pilot.press("s")
        assert isinstance(app.screen, RecordsScreen)


async def test_a_register_for_reading_only_says_why_and_records_nothing(register: Path) -> None:
    app = RegisterApp.opened(register, TODAY, read_only=True)
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_for(pilot, lambda: "opened for reading only" in on_screen(app), "the reason")
        await pilot.press("1")
        await wait_for(pilot, lambda: isinstance(app.screen, RecordsScreen), "the plans")
        await pilot.press("s")
        assert isinstance(app.screen, RecordsScreen)


async def test_the_form_gives_every_value_back_as_it_was(register: Path) -> None:
    app = opened(register)
    async with app.run_test(size=(120, 40)) as pilot:
        await at(pilot, app, "2025-27/4.1", "e")
        form = app.screen
        assert isinstance(form, EditForm)
        form._first = {}  # noqa: SLF001  # as if every field had been typed anew
        changed = form._changed()  # noqa: SLF001
        for facts in form.facts():
            now = getattr(form.view.item, facts.name)
            assert changed.get(facts.name) == (now if now not in ((), None) else None), facts.name


def record_elsewhere(folder: Path, ref: str, **values: str) -> None:
    """Record a change as another person on the same computer would."""
    register = open_register(folder, TODAY)
    snapshot = register.snapshot()
    view = snapshot.resolve(ref)
    assert isinstance(view, View)
    why = Circumstances("elsewhere", dt.date(2026, 11, 21))
    register.record(amend(view, snapshot.document(view.path), values, why))
