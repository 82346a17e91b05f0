"""Rows inside a record, on screen as on the command line: a legend, evidence, posts, stages, a key action."""

from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, Select, TextArea

from bscp_tui.cli.main import run
from bscp_tui.model.view import View
from bscp_tui.tui import drafts
from bscp_tui.tui.app import RegisterApp
from bscp_tui.tui.screens.change import ChangeDialog
from bscp_tui.tui.screens.records import RecordsScreen
from bscp_tui.tui.screens.rows import RowsScreen
from bscp_tui.tui.widgets.words import Lines
from tests.tui.conftest import current, git, on_screen, opened, sentence, wait_for


async def at(pilot: Pilot[int], app: RegisterApp, ref: str) -> None:
    """Go to a record."""
    row = app.session.row_at(ref)
    assert isinstance(row, View)
    app.open_record(row)
    await wait_for(pilot, lambda: current(app).endswith(ref) and app.focused is not None, "the record")


async def rows(pilot: Pilot[int], app: RegisterApp, ref: str) -> None:
    """Open the rows inside a record."""
    await at(pilot, app, ref)
    await pilot.press("+")
    await wait_for(pilot, lambda: isinstance(app.screen, RowsScreen) and app.focused is not None, "its rows")


async def choose(pilot: Pilot[int], app: RegisterApp, words: str, key: str) -> None:
    """Step down to the line with ``words`` and press a key that opens a dialog."""
    lines = app.screen.query_one(Lines)
    place = next(at for at, line in enumerate(lines.lines) if words in line.text.plain)
    await pilot.press("g")
    await wait_for(pilot, lambda: lines.highlighted is not None, "the first")
    while lines.highlighted != place:
        await pilot.press("j")
    await pilot.press(key)
    await wait_for(pilot, lambda: isinstance(app.screen, ChangeDialog) and app.focused is not None, "the dialog")


def fill(app: RegisterApp, **texts: str) -> None:
    """Put texts into fields by their names."""
    for name, text in texts.items():
        field = app.screen.query_one(f"#{name}")
        if isinstance(field, TextArea):
            field.load_text(text)
        elif isinstance(field, (Input, Select)):
            field.value = text


async def record(pilot: Pilot[int], app: RegisterApp, said: str) -> None:
    """Wait for the sentence, and record it."""
    await wait_for(pilot, lambda: said in sentence(app), said)
    await pilot.press("ctrl+s")
    await wait_for(pilot, lambda: not isinstance(app.screen, ChangeDialog), "recorded")


async def test_a_legend_is_adopted_and_a_colour_may_then_be_given(register: Path) -> None:
    app = opened(register)
    async with app.run_test(size=(80, 24)) as pilot:
        await rows(pilot, app, "2025-27")
        await choose(pilot, app, "add to RAG legend", "enter")
        fill(app, f_rag="amber", f_means="Moving, [later] than agreed.", reason="Adopted by the Board")
        await record(pilot, app, "legend added: amber")
        await wait_for(pilot, lambda: "• amber · Moving, [later] than agreed." in on_screen(app), "the legend")
        app.go_home()
        await at(pilot, app, "2025-27/4.1")
        await pilot.press("e")
        await wait_for(pilot, lambda: isinstance(app.screen, ChangeDialog), "the form")
        fill(app, f_rag="amber", reason="reason awaited")
        await wait_for(pilot, lambda: "has adopted no RAG legend" not in sentence(app) and "amber" in sentence(app),
                       "no rule against it")  # fmt: skip


async def test_evidence_is_added_with_one_key_and_counts(register: Path) -> None:
    app = opened(register)
    async with app.run_test(size=(80, 24)) as pilot:
        await at(pilot, app, "4.1.3")
        await pilot.press("v")
        await wait_for(pilot, lambda: isinstance(app.screen, ChangeDialog), "the form")
        await wait_for(pilot, lambda: "What it is: it is needed" in sentence(app), "what is missing")
        fill(app, f_date="1 June 2026", f_shows="impact", f_text="Fewer boys [sic] came to harm")
        await record(pilot, app, "evidence")
        row = app.session.row_at("4.1.3")
        assert isinstance(row, View)
        assert [(one.shows, one.text) for one in row.value("evidence")] == [  # type: ignore[attr-defined]
            ("impact", "Fewer boys [sic] came to harm")
        ]


async def test_a_row_is_changed_and_only_its_changed_field_is_recorded(register: Path) -> None:
    app = opened(register)
    async with app.run_test(size=(80, 24)) as pilot:
        await rows(pilot, app, "4.1.3")
        await choose(pilot, app, "Evaluate its impact", "enter")
        fill(app, f_title="Evaluate what it changed", reason="Clearer")
        await record(pilot, app, "stages")
        await wait_for(pilot, lambda: "Evaluate what it changed · year 2" in on_screen(app), "the new words")
    changed = [line for line in git(register, "show", "--format=", "-U0").splitlines() if line[:1] in "+-"]
    assert len([line for line in changed if not line.startswith(("+++", "---"))]) == 2


async def test_a_row_is_taken_away_with_a_reason_only(register: Path) -> None:
    app = opened(register)
    async with app.run_test(size=(80, 24)) as pilot:
        await rows(pilot, app, "4.1.3")
        await choose(pilot, app, "Evaluate its impact", "w")
        await wait_for(pilot, lambda: "Stages: 2025-27/4.1.3" in on_screen(app), "the question")
        assert "Evaluate its impact · year 2" in on_screen(app)
        await wait_for(pilot, lambda: "say why it is taken away" in sentence(app), "the wish for a reason")
        fill(app, reason="Printed twice")
        await record(pilot, app, "stages")
        await wait_for(pilot, lambda: "Evaluate its impact" not in on_screen(app), "gone from the rows")
    assert "Evaluate its impact" in git(register, "show")


@pytest.mark.parametrize(
    ("ref", "line", "texts", "said"),
    [
        ("register", "add to Closed days", {"f_date": "24 December 2026", "f_title": "Office closed"}, "24 December"),
        ("2025-27/4.1", "add to Leads", {"f_party": "Quality"}, "leads added"),
        ("AU-8KM2", "add to Grades", {"f_grade": "good", "f_area": "The child's voice"}, "grades added"),
        ("register.rapid-review", "add to Milestones", {"f_title": "Draft", "f_day": "10"}, "milestones added"),
    ],
)
async def test_any_table_of_any_record_can_be_added_to(
    ref: str, line: str, texts: dict[str, str], said: str, register: Path
) -> None:
    words = ["--register", str(register), "--today", "2026-11-22"]
    run([*words, "add", "audit", "ref=AU-8KM2", "title=Neglect"])
    if "rapid" in ref:
        clock = ("title=Submit", "days=15", "start_event=the notification")
        run([*words, "add", "clock", "ref=rapid-review", *clock])
    app = opened(register)
    async with app.run_test(size=(80, 24)) as pilot:
        await rows(pilot, app, ref)
        await choose(pilot, app, line, "a")
        fill(app, reason="Agreed", **texts)
        if "f_party" in texts:
            party = app.session.row_at("QIO")
            assert isinstance(party, View)
            fill(app, f_party=party.ref)
        await record(pilot, app, said)


async def test_a_key_action_is_added_from_its_list_to_the_action_that_it_stands_under(register: Path) -> None:
    app = opened(register)
    async with app.run_test(size=(80, 24)) as pilot:
        app.open_list("key-action", "plan=2025-27 action=2025-27/4.1")
        await wait_for(pilot, lambda: current(app).startswith("2025-27/4.1."), "the key actions")
        await pilot.press("a")
        await wait_for(pilot, lambda: isinstance(app.screen, ChangeDialog), "the form")
        assert app.screen.query_one("#f_owner_record", Input).value == "2025-27/4.1"
        fill(app, f_title="A new [step]", f_target="31 March 2027", reason="Agreed by the Board")
        await record(pilot, app, "2025-27/4.1.8 A new [step]: added")
        await wait_for(pilot, lambda: "A new [step]" in on_screen(app), "the key action in the list")
    assert git(register, "show", "--name-only", "--format=").strip() == "records/plans/2025-27/actions/4.1.toml"


async def test_a_rule_is_set_under_a_name_that_it_may_have(register: Path) -> None:
    app = opened(register)
    async with app.run_test(size=(80, 24)) as pilot:
        await rows(pilot, app, "register")
        await choose(pilot, app, "add to Clocks", "enter")
        assert not app.screen.query("#f_owner_record")
        fill(app, f_row_name="notification", f_title="Notify", f_days="5", f_start_event="the authority knew")
        await wait_for(pilot, lambda: "added" in sentence(app), "the sentence")


async def test_what_is_typed_into_a_row_survives_a_crash(register: Path) -> None:
    app = opened(register)
    async with app.run_test(size=(80, 24)) as pilot:
        await at(pilot, app, "4.1.3")
        await pilot.press("v")
        await wait_for(pilot, lambda: isinstance(app.screen, ChangeDialog), "the form")
        fill(app, f_text="half a thought")
        await wait_for(pilot, lambda: drafts.all_of(app.session.key), "the draft on disk")
    again = opened(register)
    async with again.run_test(size=(80, 24)) as pilot:
        await wait_for(pilot, lambda: "typed, not recorded: 4.1.3" in on_screen(again), "Home offers it")
        await pilot.press("G", "enter")
        await wait_for(pilot, lambda: isinstance(again.screen, ChangeDialog), "the form")
        await wait_for(pilot, lambda: "half a thought" in on_screen(again), "the text")


async def test_a_record_without_evidence_says_so(register: Path) -> None:
    app = opened(register)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await at(pilot, app, "afruca")
        await pilot.press("v")
        await wait_for(pilot, lambda: "afruca: a record of" in on_screen(app), "why not")
        assert isinstance(app.screen, RecordsScreen)
