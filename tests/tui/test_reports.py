"""Reports and pictures by keys alone: read on the screen, asked otherwise, kept as files, published from."""

import datetime as dt
from pathlib import Path

import pytest
from docx import Document
from textual.pilot import Pilot
from textual.widgets import Input, Select, TextArea

from bscp_tui.reports.all_reports import REPORTS
from bscp_tui.reports.forms.all_forms import FORMS
from bscp_tui.reports.making import Wanted
from bscp_tui.reports.producing import produced
from bscp_tui.store.register import open_register
from bscp_tui.tui.app import RegisterApp
from bscp_tui.tui.screens.add import AddForm
from bscp_tui.tui.screens.ask_report import AskReportDialog
from bscp_tui.tui.screens.choosing import ChooseDialog
from bscp_tui.tui.screens.home import HomeScreen
from bscp_tui.tui.screens.keep_report import KeepReportDialog
from bscp_tui.tui.screens.pictures import PicturesScreen
from bscp_tui.tui.screens.report import ReportScreen
from bscp_tui.tui.screens.reports import ReportsScreen
from bscp_tui.tui.screens.simple import ConfirmDialog
from tests.cli.support import bscp
from tests.tui.conftest import TODAY, on_screen, opened, sentence, wait_for

DAY = "2026-11-22"


async def at_reports(pilot: Pilot[int], app: RegisterApp, name: str) -> None:
    """Go from Home to the line of a report, by keys."""
    await wait_for(pilot, lambda: isinstance(app.screen, HomeScreen) and app.session.all_read, "Home")
    await pilot.press("8")
    await wait_for(pilot, lambda: isinstance(app.screen, ReportsScreen) and app.focused, "the reports")
    await pilot.press(*["down"] * list(REPORTS).index(name))


async def read(pilot: Pilot[int], app: RegisterApp) -> ReportScreen:
    """Wait until a report stands on the screen."""
    await wait_for(pilot, lambda: isinstance(app.screen, ReportScreen) and app.screen.lines, "the report")
    screen = app.screen
    assert isinstance(screen, ReportScreen)
    await wait_for(pilot, lambda: "making" not in on_screen(app), "the report whole")
    return screen


async def typed_into(pilot: Pilot[int], app: RegisterApp, name: str, text: str) -> None:
    """Go to a field with Tab and type into it, in place of what stands there."""
    for _ in range(8):
        if app.focused is not None and app.focused.id == name:
            break
        await pilot.press("tab")
    field = app.screen.query_one(f"#{name}", Input)
    assert app.focused is field
    await pilot.press("end", "ctrl+u", *text)
    await wait_for(pilot, lambda: field.value == text, "the text")


async def test_a_board_pack_is_asked_read_and_kept_with_keys_alone_and_is_what_the_command_gives(
    register: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    app, file = opened(register), tmp_path / "pack.docx"
    async with app.run_test(size=(80, 24)) as pilot:
        await at_reports(pilot, app, "board-pack")
        await pilot.press("enter")
        screen = await read(pilot, app)
        assert all(len(line) <= 80 for line in on_screen(app).splitlines())
        await pilot.press("e")
        await wait_for(pilot, lambda: isinstance(app.screen, AskReportDialog), "the questions")
        assert [field.id for field in app.screen.query(Input)] == ["plan", "since", "within"]
        await typed_into(pilot, app, "within", "many")
        await pilot.press("ctrl+s")
        await wait_for(pilot, lambda: "no number of days" in sentence(app), "what is wrong")
        await typed_into(pilot, app, "within", "400")
        await pilot.press("ctrl+s")
        await wait_for(pilot, lambda: app.screen is screen and "Due in the next 400 days" in "\n".join(
            line.text for line in screen.lines), "the other report")  # fmt: skip
        assert screen.in_plain_text() == "bscp report board-pack --within 400"
        await pilot.press("ctrl+s")
        await wait_for(pilot, lambda: isinstance(app.screen, KeepReportDialog), "the form and the file")
        assert app.screen.query_one("#form", Select).value == "docx"
        await typed_into(pilot, app, "file", "nowhere/pack.docx")
        await pilot.press("ctrl+s")
        await wait_for(pilot, lambda: "there is no folder" in sentence(app), "why it cannot be written")
        assert "--out" not in sentence(app)
        await typed_into(pilot, app, "file", file.name)
        await pilot.press("ctrl+s")
        await wait_for(pilot, lambda: app.screen is screen and file.exists(), "the file")
        made = produced(open_register(register, TODAY), Wanted("board-pack", within=400))
        assert file.read_bytes() == made.written(FORMS["docx"])
        due = next(value for name, _, value in made.made.report.facts if name == "due_next")
        assert f"Due in the next 400 days: {due}" in [line.text for line in Document(str(file)).paragraphs]
        file.write_bytes(b"somebody's own")
        for answer, left in (("no", b"somebody's own"), ("yes", made.written(FORMS["docx"]))):
            await pilot.press("ctrl+s")
            await wait_for(pilot, lambda: isinstance(app.screen, KeepReportDialog), "the dialog")
            await typed_into(pilot, app, "file", file.name)
            await pilot.press("ctrl+s")
            await wait_for(pilot, lambda: isinstance(app.screen, ConfirmDialog), "the question")
            await pilot.press(*([] if answer == "no" else ["shift+tab"]), "enter")
            await wait_for(pilot, lambda: not isinstance(app.screen, ConfirmDialog), "the answer")
            if answer == "no":
                await pilot.press("escape")
            await wait_for(pilot, lambda left=left: app.screen is screen and file.read_bytes() == left, answer)  # type: ignore[misc]


async def test_what_a_report_must_know_is_asked_first_and_a_fault_keeps_what_was_read(register: Path) -> None:
    app = opened(register)
    async with app.run_test(size=(120, 40)) as pilot:
        await at_reports(pilot, app, "agency")
        await pilot.press("enter")
        await wait_for(pilot, lambda: isinstance(app.screen, AskReportDialog) and app.focused, "the question")
        await pilot.press("ctrl+s")
        await wait_for(pilot, lambda: "Agency: say which one" in sentence(app), "what is missing")
        await pilot.press(*"west midl pol")
        await wait_for(
            pilot, lambda: "Midlands Police" in on_screen(app) and "Midlands Vio" not in on_screen(app), "what fits"
        )
        await pilot.press("down", "enter", "ctrl+s")
        screen = await read(pilot, app)
        assert "West Midlands Police" in "\n".join(line.text for line in screen.lines[:4])
        before = list(screen.lines)
        await pilot.press("e")
        await wait_for(pilot, lambda: isinstance(app.screen, AskReportDialog) and app.focused, "the question")
        await typed_into(pilot, app, "agency", "nobody at all")
        await pilot.press("ctrl+s")
        await wait_for(pilot, lambda: "not made" in on_screen(app), "the fault")
        assert [line.text for line in screen.lines] == [line.text for line in before]
        await pilot.press("escape")
        await wait_for(pilot, lambda: isinstance(app.screen, ReportsScreen), "the reports")


async def test_a_number_of_a_report_is_published_with_its_question_and_one_without_is_told(small: Path) -> None:
    app = opened(small)
    async with app.run_test(size=(80, 24)) as pilot:
        await at_reports(pilot, app, "summary")
        await pilot.press("enter")
        screen = await read(pilot, app)
        places = {line.text: place for place, line in enumerate(screen.lines)}
        await pilot.press(*["down"] * places["Key actions: 3"], "P")
        await wait_for(pilot, lambda: isinstance(app.screen, AddForm), "the form")
        assert app.screen.query_one("#f_figure", Input).value == "3"
        app.screen.query_one("#reason", TextArea).text = "For the yearly report."
        await wait_for(pilot, lambda: "added" in sentence(app), "the sentence")
        await pilot.press("ctrl+s")
        await wait_for(pilot, lambda: app.screen is screen, "recorded")
        await pilot.press("home", "P")
        await wait_for(pilot, lambda: any("no number" in each.message for each in app._notifications), "told")  # noqa: SLF001
        row = next(place for place, line in enumerate(screen.lines) if line.row is not None and line.grid)
        await pilot.press(*["down"] * row, "P")
        await wait_for(pilot, lambda: isinstance(app.screen, ChooseDialog), "which of them")
        await pilot.press("enter")
        await wait_for(pilot, lambda: isinstance(app.screen, AddForm), "the form")
    (figure,) = bscp(small, "list", "published-figure", "--format", "json", today=DAY).json
    assert (figure["published"], figure["computed"], figure["agrees"]) == (3, 3, True)


async def test_every_picture_turns_to_its_figures_and_shows_the_day_that_is_shown(lived: Path) -> None:
    app = opened(lived)
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_for(pilot, lambda: isinstance(app.screen, HomeScreen) and app.session.all_read, "Home")
        await pilot.press("%")
        await wait_for(pilot, lambda: isinstance(app.screen, PicturesScreen) and app.screen.lines, "the pictures")
        screen = app.screen
        assert isinstance(screen, PicturesScreen)
        seen: list[str] = []
        while screen.heading not in seen:
            seen.append(screen.heading)
            picture = [line.text for line in screen.lines]
            assert any(line.sort in {"drawing", "months"} for line in screen.lines)
            assert all(len(line) <= 80 for line in picture)
            await pilot.press("#")
            assert any(line.sort == "table" for line in screen.lines)
            await pilot.press("enter")
            assert [line.text for line in screen.lines] == picture
            await pilot.press("right")
        assert len(seen) >= 5
        app._plain_signs.enabled = True  # noqa: SLF001 - as the settings do
        screen.lay_out()
        assert all(line.text.isascii() for line in screen.lines if line.sort in {"drawing", "months"})
        app._plain_signs.enabled = False  # noqa: SLF001
        await pilot.press("t")
        await wait_for(pilot, lambda: "entries" in on_screen(app), "the time bar")
        await pilot.press(*"31 march 2026", "enter")
        await wait_for(pilot, lambda: "read only" in on_screen(app), "the frame")
        march = dt.date(2026, 3, 31)
        await wait_for(pilot, lambda: screen.product and screen.product.made.asked.as_at == march, "that day's report")
        assert screen.in_plain_text() == "bscp report pictures --as-of 2026-03-31"
        await pilot.press("escape")
        await wait_for(pilot, lambda: screen.product and screen.product.made.asked.as_at == TODAY, "today's again")
