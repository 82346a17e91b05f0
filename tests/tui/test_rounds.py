"""An update round, the step to the next plan, and another partnership's register, with the keyboard."""

from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Button, Input, TextArea

from bscp_tui.cli.main import run
from bscp_tui.model.kinds import KINDS
from bscp_tui.reports.all_reports import REPORTS
from bscp_tui.store import own_register
from bscp_tui.tui.app import RegisterApp
from bscp_tui.tui.screens.answers import AnswerDialog, AnswersScreen
from bscp_tui.tui.screens.begin_empty import BeginEmptyDialog
from bscp_tui.tui.screens.begin_round import BeginRoundDialog, RemindDialog
from bscp_tui.tui.screens.read_returns import ReadReturnsDialog
from bscp_tui.tui.screens.records import RecordsScreen
from bscp_tui.tui.screens.rollover import RolloverDialog
from bscp_tui.tui.screens.update_round import UpdateRoundScreen
from tests.core.returns import fill_excel, fill_word, form_of
from tests.tui.conftest import git, on_screen, opened, sentence, wait_for


def put(app: RegisterApp, **values: str) -> None:
    """Type into the fields of the screen, as if pasted."""
    for name, value in values.items():
        field = app.screen.query_one(f"#{name}")
        if isinstance(field, TextArea):
            field.load_text(value)
        elif isinstance(field, Input):
            field.value = value


async def begun(pilot: Pilot[int], app: RegisterApp, folder: Path) -> None:
    """Begin a round from the palette's command."""
    app.action_update_round()
    await wait_for(pilot, lambda: "no update round yet" in on_screen(app), "the empty screen")
    await pilot.press("a")
    await wait_for(pilot, lambda: isinstance(app.screen, BeginRoundDialog) and app.focused, "the dialog")
    await pilot.press(*"Board", "tab", *"4 December 2026")
    put(app, folder=str(folder))
    await wait_for(pilot, lambda: "Will be recorded" in sentence(app), "the sentence")
    await pilot.press("ctrl+s")
    await wait_for(
        pilot, lambda: isinstance(app.screen, UpdateRoundScreen) and "The Board" in on_screen(app), "the round"
    )


async def test_a_round_is_begun_read_and_recorded_line_by_line(small: Path, tmp_path: Path) -> None:
    app = opened(small)
    async with app.run_test(size=(80, 24)) as pilot:
        await begun(pilot, app, tmp_path / "out")
        back = tmp_path / "back"
        back.mkdir()
        answers = {
            ("2025-27/2.1.2", "update"): "Five of [b]six[/b] posts filled.",
            ("2025-27/2.1.3", "status"): "in progress",
            ("2025-27/2.1.3", "target"): "31 March 2027",
        }
        fill_word(form_of(tmp_path / "out", "board", ".docx"), answers, back / "a.docx")
        other = {("2025-27/2.1.3", "status"): "deferred"}
        fill_excel(form_of(tmp_path / "out", "board", ".xlsx"), other, back / "b.xlsx")
        await pilot.press("u")
        await wait_for(pilot, lambda: isinstance(app.screen, ReadReturnsDialog), "the question")
        put(app, path=str(back))
        await pilot.press("ctrl+s")
        await wait_for(
            pilot, lambda: isinstance(app.screen, AnswersScreen) and "1 of 4 taken" in on_screen(app), "answers"
        )
        await wait_for(pilot, lambda: "Five of [b]six[/b] posts" in on_screen(app), "the answer whole")
        await pilot.press("j", "enter")
        await wait_for(pilot, lambda: "2 of 4 taken" in on_screen(app), "one side taken")
        await pilot.press("G", "enter")
        await wait_for(pilot, lambda: "doubt        " in on_screen(app), "why the answer is doubtful")
        await wait_for(
            pilot, lambda: "✓ ? 2025-27/2.1.3     status    deferred" in on_screen(app), "the other side taken"
        )
        assert "2 of 4 taken" in on_screen(app)
        await pilot.press("k", "w", "g", "e")
        await wait_for(pilot, lambda: isinstance(app.screen, AnswerDialog), "the question for another answer")
        put(app, answer="Six posts filled.")
        await pilot.press("ctrl+s")
        await wait_for(pilot, lambda: "Six posts filled." in on_screen(app), "the changed answer")
        await pilot.press("ctrl+s")
        await wait_for(
            pilot, lambda: isinstance(app.screen, UpdateRoundScreen) and "replied" in on_screen(app), "the round"
        )
        snapshot = app.session.snapshot
        two, three = snapshot.view("2025-27/2.1.2"), snapshot.view("2025-27/2.1.3")
        assert two is not None
        assert three is not None
        assert (two.value("update"), three.value("status")) == ("Six posts filled.", "deferred")
        assert three.value("due") != "2027-03-31"
        subjects = git(small, "log", "-4", "--format=%s").splitlines()
        assert len([line for line in subjects if "2.1." in line]) == 2
        await pilot.press("enter")
        await wait_for(pilot, lambda: isinstance(app.screen, RecordsScreen), "the return's own record")


async def test_a_round_is_begun_for_a_meeting_of_the_register(small: Path, tmp_path: Path) -> None:
    where = ("--register", str(small), "--today", "2026-11-01")
    assert run([*where, "add", "group", "title=Review Board", "slug=review-board", "type=board"]) == 0
    assert run([*where, "add", "meeting", "group=review-board", "date=2031-02-03"]) == 0
    app = opened(small)
    async with app.run_test(size=(80, 24)) as pilot:
        app.action_go_to("update-round")  # from their list too, a round is begun by asking somebody
        await wait_for(pilot, lambda: "no update rounds here yet" in on_screen(app), "the empty list")
        await pilot.press("a")
        await wait_for(pilot, lambda: isinstance(app.screen, BeginRoundDialog) and app.focused, "the dialog")
        await pilot.press("shift+tab", "enter", "end", "enter", "tab", "tab", *"4 December 2030")
        put(app, folder=str(tmp_path / "out"))
        await wait_for(pilot, lambda: "Will be recorded" in sentence(app), "the sentence")
        await pilot.press("ctrl+s")
        await wait_for(pilot, lambda: isinstance(app.screen, RecordsScreen) and "3 Feb" in on_screen(app), "it")


async def test_a_folder_that_is_not_there_and_a_file_that_is_none_are_said(small: Path, tmp_path: Path) -> None:
    app = opened(small)
    async with app.run_test(size=(80, 24)) as pilot:
        await begun(pilot, app, tmp_path / "out")
        await pilot.press("u")
        await wait_for(pilot, lambda: isinstance(app.screen, ReadReturnsDialog), "the question")
        put(app, path=str(tmp_path / "nowhere"))
        await pilot.press("ctrl+s")
        await wait_for(pilot, lambda: "There is nothing at" in sentence(app), "what is wrong")
        (tmp_path / "letter.txt").write_text("All is well.")
        put(app, path=str(tmp_path / "letter.txt"))
        await pilot.press("ctrl+s")
        await wait_for(pilot, lambda: "No return was read" in on_screen(app), "nothing read")
        await wait_for(pilot, lambda: "not one of the forms" in on_screen(app), "why")


async def test_those_who_have_not_replied_are_reminded(small: Path, tmp_path: Path) -> None:
    app = opened(small)
    async with app.run_test(size=(80, 24)) as pilot:
        await begun(pilot, app, tmp_path / "out")
        await pilot.press("R")
        await wait_for(pilot, lambda: "Will be recorded" in sentence(app), "the sentence")
        put(app, folder=str(tmp_path / "again"))
        await pilot.press("escape", "H")
        await wait_for(pilot, lambda: "typed, not recorded" in on_screen(app), "Home keeps it")
        app.open_draft(app.drafts.all_of(app.session.key)[0])
        await wait_for(pilot, lambda: "Will be recorded" in sentence(app), "the same dialog")
        assert isinstance(app.screen, RemindDialog)
        assert app.screen.query_one("#folder", Input).value == str(tmp_path / "again")
        await pilot.press("ctrl+s")
        await wait_for(
            pilot, lambda: isinstance(app.screen, UpdateRoundScreen) and "chased" in on_screen(app), "the round"
        )
        assert len(list((tmp_path / "again").iterdir())) == 3


async def test_the_next_plan_is_reached_in_one_step(small: Path) -> None:
    app = opened(small)
    async with app.run_test(size=(80, 20)) as pilot:
        app.action_step_to_the_next_plan()
        await wait_for(pilot, lambda: isinstance(app.screen, RolloverDialog) and app.focused, "the dialog")
        await pilot.press(*"2027-29", "tab", *"The next plan", "tab", *"1 April 2027")
        put(app, reason="Agreed by the partners.")
        await wait_for(pilot, lambda: "2027-29 The next plan: added" in sentence(app), "the sentences")
        buttons = app.screen.query(Button)
        await wait_for(
            pilot, lambda: all(app.screen.region.contains_region(each.region) for each in buttons), "buttons"
        )
        put(app, reason="")
        await wait_for(pilot, lambda: "Reason" in sentence(app), "what is missing")
        put(app, reason="Agreed by the partners.")
        await wait_for(pilot, lambda: "2027-29 The next plan: added" in sentence(app), "the sentences again")
        await pilot.press("ctrl+s")
        await wait_for(pilot, lambda: app.session.snapshot.settings.current_plan == "2027-29", "the next plan")
        carried = app.session.snapshot.view("2027-29/2.1.2")
        assert carried is not None
        assert carried.value("carried_forward_from") == "2025-27/2.1.2"


async def test_another_partnerships_register_shows_nothing_of_the_starter(
    register: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    app, folder = opened(register), tmp_path / "riverton"
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_for(pilot, lambda: "Birmingham" in on_screen(app), "Home")
        app.action_begin_an_empty_register()
        await wait_for(pilot, lambda: isinstance(app.screen, BeginEmptyDialog) and app.focused, "the form")
        put(app, folder=str(folder), q_name="Riverton SCP", q_plan="2026-28", q_plan_start="whenever")
        await pilot.press("ctrl+s")
        await wait_for(pilot, lambda: "cannot be read as a date" in sentence(app), "what is wrong")
        assert not folder.exists()
        put(app, q_plan_start="1 April 2026", q_agencies="Riverton Council (RC)\nHill Police", q_themes="Neglect")
        put(app, q_priorities="Early help", q_groups="Executive Board: board", q_legend="green: done\nred: late")
        await pilot.press("ctrl+s")
        await wait_for(pilot, lambda: "Riverton SCP" in on_screen(app) and app.session.all_read, "the new Home")
        await wait_for(pilot, lambda: "Birmingham" not in on_screen(app), "the old register gone")
        assert own_register.own_folder() == folder, "the next start opens what was opened last"
        seen = [on_screen(app)]
        for kind in KINDS.values():
            app.open_list(kind.name)
            await wait_for(pilot, lambda: isinstance(app.screen, RecordsScreen), kind.name)
            await pilot.pause()
            seen.append(on_screen(app))
            app.go_back()
        for show in (app.action_every_list, app.action_update_round, app.action_whole_history, app.action_help):
            show()
            await pilot.pause()
            seen.append(on_screen(app))
            app.go_back()
        assert any("Riverton Council" in screen for screen in seen)
    commands = [
        *(["list", kind] for kind in KINDS), ["show", "2026-28"], ["show", "register"], ["history"], ["proof"],
        *(["report", name] for name in REPORTS),
    ]  # fmt: skip
    for words in commands:
        run(["--register", str(folder), "--today", "2026-11-22", *words])
    told = capsys.readouterr()
    text = "\n".join([*seen, told.out, told.err]).lower()
    assert "riverton" in text
    theirs = ("birmingham", "bscpb", "empower-u")
    assert [line for line in text.splitlines() if any(word in line for word in theirs)] == []
