"""Editing: what differs is seen before it is recorded, several names are completed, a line is taken back."""

import csv
import io
import os
from functools import partial
from pathlib import Path

import openpyxl
import pytest
from textual import events
from textual.pilot import Pilot
from textual.widgets import Input, Select, TextArea

from bscp_tui.reports.forms.all_forms import FORMS
from bscp_tui.tui.app import RegisterApp
from bscp_tui.tui.screens.change import ChangeDialog
from bscp_tui.tui.screens.export import ExportDialog
from bscp_tui.tui.screens.records import RecordsScreen
from bscp_tui.tui.screens.simple import ConfirmDialog
from bscp_tui.tui.widgets.differences import Differences
from bscp_tui.tui.widgets.record_table import RecordTable
from tests.tui.conftest import git, on_screen, opened, sentence, wait_for
from tests.tui.test_recording import at


def one_line(app: RegisterApp) -> str:
    """Return what the screen shows, its lines joined, so that wrapping does not matter."""
    return " ".join(on_screen(app).replace("│", " ").split())


def shows(app: RegisterApp, words: str) -> bool:
    """Whether ``words`` stand on the screen."""
    return words in on_screen(app)


async def test_what_goes_and_what_comes_is_seen_word_by_word_before_it_is_recorded(small: Path) -> None:
    app = opened(small)
    async with app.run_test(size=(80, 24)) as pilot:
        await at(pilot, app, "2.1.2", "e")
        text = app.screen.query_one("#f_text", TextArea)
        text.load_text(text.text.replace("a team", "two [b]teams[/b]") + " Told each spring." * 12)
        app.screen.query_one("#f_title", Input).value = "Youth harm team"
        await wait_for(pilot, lambda: "Title: Youth [-violence-]{+harm+} team" in one_line(app), "the title's words")
        assert "Set up [-a team-]" in one_line(app) or "[-a-]{+two+}" in one_line(app)
        differs = app.screen.query_one(Differences)
        assert differs.max_scroll_y > 0, "there is more than there is room for"
        differs.focus()
        await pilot.press("end")
        await wait_for(pilot, lambda: "spring+}." in one_line(app), "its end, by keys alone")
        assert "Record  ctrl+s" in on_screen(app)
        assert "[-" not in git(small, "log", "-1", "--format=%B")
        await pilot.press("ctrl+s")
        await wait_for(pilot, lambda: isinstance(app.screen, RecordsScreen), "the list again")
    assert "harm team" in git(small, "show", "HEAD:records/plans/2025-27/actions/2.1.toml")


async def test_a_status_alone_is_told_by_its_sentence(small: Path) -> None:
    app = opened(small)
    async with app.run_test(size=(80, 24)) as pilot:
        await at(pilot, app, "2.1.3", "s")
        await pilot.press("enter", *"Begun.")
        await wait_for(pilot, lambda: "not started → in progress" in sentence(app), "the sentence")
        assert not app.screen.query_one(Differences).display


async def test_several_names_are_completed_one_a_line_or_behind_commas(small: Path) -> None:
    for name, title in (("housing", "Housing Department"), ("health", "Health Trust")):
        (small / f"records/agencies/{name}.toml").write_text(f'title = "{title}"\n')
    git(small, "add", ".")
    git(small, "commit", "-qm", "More agencies")
    app = opened(small)
    async with app.run_test(size=(120, 40)) as pilot:
        await wait_for(pilot, lambda: app.session.all_read, "every record read")
        app.action_go_to("group")
        await wait_for(pilot, lambda: app.screen.query(RecordTable), "the groups")
        await pilot.press("e")
        await wait_for(pilot, lambda: isinstance(app.screen, ChangeDialog) and app.focused, "the form")
        field = app.screen.query_one("#f_members", TextArea)
        field.focus()
        for typed, offered in (("hosing", "Housing"), ("healt", "Health Trust")):
            await pilot.press(*typed)
            await wait_for(pilot, partial(shows, app, offered), f"{offered} is offered")
            await pilot.press("down", "enter")
            await wait_for(pilot, partial(_holds, field, offered), f"{offered} is taken")
        assert field.text == "Housing Department\nHealth Trust\n"
        await pilot.press(*"Anytown Police, hosing")
        await wait_for(pilot, lambda: "“hosing”" in sentence(app), "the unknown name")
        assert "Did you mean housing" in sentence(app)
        await wait_for(pilot, lambda: on_screen(app).count("Housing") > 1, "what it may mean, again")
        await pilot.press("down", "enter")
        await wait_for(pilot, lambda: "members" in sentence(app), "the sentence")
        assert field.text.endswith("Anytown Police, Housing Department")


async def test_what_was_typed_into_a_line_is_taken_back_and_brought_again(small: Path) -> None:
    app = opened(small)
    async with app.run_test(size=(80, 24)) as pilot:
        await at(pilot, app, "2.1.3", "e")
        line = app.screen.query_one("#f_title", Input)
        line.focus()
        await pilot.press("end", *" for all", "ctrl+u", *"New")
        seen = [line.value]
        for key in ("ctrl+z", "ctrl+z", "ctrl+z", "ctrl+z", "ctrl+z", "ctrl+z"):
            await pilot.press(key)
            seen.append(line.value)
        assert seen[:3] == ["New", "", "Workforce training for all"]
        assert seen[-1] == "Workforce training"
        assert isinstance(app.screen, ChangeDialog), "ctrl+z stays the line's, even with nothing left to take back"
        for _ in range(6):
            await pilot.press("ctrl+y")
        assert line.value == "New"


async def test_what_is_pasted_keeps_its_lines_however_the_terminal_ends_them(small: Path) -> None:
    app = opened(small)
    async with app.run_test(size=(80, 24)) as pilot:
        await at(pilot, app, "2.1.3", "e")
        text, line = app.screen.query_one("#f_note", TextArea), app.screen.query_one("#f_title", Input)
        for pasted in ("One\rtwo\r\rthree\tfour", "One\r\ntwo\r\n\r\nthree\tfour", "One\ntwo\n\nthree\tfour"):
            text.load_text("")
            text.focus()
            app.post_message(events.Paste(pasted))
            await wait_for(pilot, lambda: text.text == "One\ntwo\n\nthree\tfour", "every line")
            line.value, line.cursor_position = "The  end", 4
            line.focus()
            app.post_message(events.Paste(pasted))
            await wait_for(pilot, lambda: line.value == "The One two three four end", "every word on the one line")
        line.action_select_all()
        app.post_message(events.Paste(" kept\r"))
        await wait_for(pilot, lambda: line.value == " kept", "in place of what was selected")


async def export(pilot: Pilot[int], app: RegisterApp) -> ExportDialog:
    await pilot.press("x")
    await wait_for(pilot, lambda: isinstance(app.screen, ExportDialog) and app.focused, "the dialog")
    assert isinstance(app.screen, ExportDialog)
    return app.screen


async def test_a_list_as_it_is_shown_goes_to_the_clipboard_and_into_files(small: Path, tmp_path: Path) -> None:
    hostile = small / "records/agencies/aa.toml"
    hostile.write_text('title = "=HYPERLINK(\\"x\\") [b]"\nshort_name = "two\\tcells"\n')
    git(small, "add", ".")
    git(small, "commit", "-qm", "An odd name")
    app = opened(small)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        app.open_list("agency", "")
        await wait_for(pilot, lambda: "HYPERLINK" in on_screen(app), "the agencies")
        screen = app.screen
        assert isinstance(screen, RecordsScreen)
        screen.sort_by("title")
        await export(pilot, app)
        await pilot.press("ctrl+s")
        await wait_for(pilot, lambda: app.clipboard and "On the clipboard" in on_screen(app), "the clipboard")
        lines = [line.split("\t") for line in app.clipboard.splitlines()]
        assert [line[0] for line in lines] == ["ref", *(row.ref for row in screen.table.rows_shown)]
        assert any(cell.startswith("'=HYPERLINK") for line in lines for cell in line)
        assert {len(line) for line in lines} == {len(screen.arrangement.columns)}
        for form in FORMS.values():
            dialog = await export(pilot, app)
            dialog.query_one("#form", Select).value = form.name
            await wait_for(pilot, partial(_ends, app, form.ending), "the ending")
            _file(app).value = str(tmp_path / f"list{form.ending}")
            await pilot.press("ctrl+s")
            await wait_for(pilot, lambda: isinstance(app.screen, RecordsScreen), f"written as {form.name}")
            assert (tmp_path / f"list{form.ending}").stat().st_size > 0
    rows = list(csv.DictReader(io.StringIO((tmp_path / "list.csv").read_text())))
    assert [row["ref"] for row in rows if row["ref"]] == [line[0] for line in lines[1:]]
    sheet = openpyxl.load_workbook(tmp_path / "list.xlsx").worksheets[-1]
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    assert "HYPERLINK" in str([cell.value for row in sheet.iter_rows() for cell in row])


@pytest.mark.parametrize("answer", ["no", "yes"])
async def test_a_file_that_is_there_is_asked_about_and_readers_get_what_is_theirs(
    small: Path, tmp_path: Path, answer: str
) -> None:
    place = small / "records/reviews/2026-27-01.toml"
    place.parent.mkdir()
    place.write_text('title = "Review one"\naudience = "group"\n')
    git(small, "add", ".")
    git(small, "commit", "-qm", "A review")
    path = tmp_path / "list.csv"
    path.write_text("mine")
    app = opened(small)
    async with app.run_test(size=(80, 24)) as pilot:
        app.open_list("review", "")
        await wait_for(pilot, lambda: "Review one" in on_screen(app), "the reviews")
        dialog = await export(pilot, app)
        dialog.query_one("#form", Select).value = "csv"
        await wait_for(pilot, lambda: _file(app).value.endswith(".csv"), "the ending")
        _file(app).value = str(path)
        dialog.query_one("#whom", Select).value = "public"
        await pilot.press("ctrl+s")
        await wait_for(pilot, lambda: isinstance(app.screen, ConfirmDialog), "the question")
        await pilot.click(f"#{answer}")
        if answer == "no":
            await wait_for(pilot, lambda: isinstance(app.screen, ExportDialog), "the dialog again")
            assert path.read_text() == "mine"
        else:
            await wait_for(pilot, lambda: isinstance(app.screen, RecordsScreen), "written")
            assert "Review one" not in path.read_text()
            assert "Made for the public; 1 record" in path.read_text()
    assert [name for name in os.listdir(tmp_path) if "list" in name] == ["list.csv"]  # noqa: PTH208 - names are wanted


def _file(app: RegisterApp) -> Input:
    return app.screen.query_one("#file", Input)


def _ends(app: RegisterApp, ending: str) -> bool:
    return _file(app).value.endswith(ending)


def _holds(field: TextArea, words: str) -> bool:
    return words in field.text
