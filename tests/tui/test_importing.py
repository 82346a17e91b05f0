"""A document is taken over on the screen: chosen, looked at line by line, accepted, recorded."""

from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion
from textual.pilot import Pilot
from textual.widgets import Input, Select

from bscp_tui.tui.app import RegisterApp
from bscp_tui.tui.screens.importing import FileSuggester, ImportScreen
from bscp_tui.tui.screens.matching import ColumnsDialog
from bscp_tui.tui.screens.particulars import ParticularsDialog
from bscp_tui.tui.widgets.virtual_list import VirtualList
from tests.intake.converting import docx
from tests.tui.conftest import all_done, git, on_screen, opened, wait_for
from tests.tui.picture import picture
from tests.tui.test_pictures import SIZES, Picture, app_of

TITLE = "Improvement Plan 2025-27 (1 April 2025 – 31 March 2027)"
ROWS = [
    ["Ref", "Key actions", "Lead", "Target", "Sky"],
    [
        "9.1",
        "New [bold]teams[/] @click:\n1. Meet\n2. Report",
        "Operational Lead: QIO (K.A: 1,2)",
        "31.07.2025\n31.03.2030",
        "blue",
    ],
]


def document(folder: Path) -> Path:
    path = folder / "plan.docx"
    path.write_bytes(docx([(TITLE, ROWS)]))
    return path


async def read(pilot: Pilot[int], path: Path) -> ImportScreen:
    app = pilot.app
    assert isinstance(app, RegisterApp)
    app.action_import_document()
    await wait_for(pilot, lambda: isinstance(app.screen, ImportScreen) and app.focused is not None, "the screen")
    screen = app.screen
    assert isinstance(screen, ImportScreen)
    screen.query_one("#document", Input).value = str(path)
    await pilot.press("enter")
    await wait_for(pilot, lambda: "accepted" in on_screen(app), "the proposals")
    return screen


async def test_a_document_becomes_entries_after_a_look(register: Path, tmp_path: Path) -> None:
    app = opened(register)
    before = int(git(register, "rev-list", "--count", "HEAD"))
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await read(pilot, document(tmp_path))
        assert "[bold]teams[/]" in on_screen(app)  # literally
        assert "“Target” → target" in on_screen(app)
        await pilot.press("ctrl+s")
        await wait_for(
            pilot, lambda: "Recorded: 1 entry" in on_screen(app) or "Recorded: 2" in on_screen(app), "the entry"
        )
    assert int(git(register, "rev-list", "--count", "HEAD")) > before
    assert "SHA-256" in git(register, "log", "-1", "--format=%B")
    text = (register / "records/plans/2025-27/actions/9.1.toml").read_text()
    assert "2025-07-31" in text
    assert "target = 2030-03-31" not in text  # doubtful: it lies after the plan's end


async def test_rows_that_are_no_records_are_not_told_of_as_known_already(register: Path, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("Ref,Key action,Status,Update\n4.1.1,Local profile,Complete,Published\n")
    app = opened(register)
    async with app.run_test(size=(120, 40)) as pilot:
        await read(pilot, path)
        await wait_for(pilot, lambda: "Nothing to record: no row was taken for a record" in on_screen(app), "why")
        assert "line 2 was not read" in on_screen(app)
        assert "says all of it already" not in on_screen(app)


async def test_what_looks_like_particulars_is_asked_about_a_few_at_a_time(register: Path, tmp_path: Path) -> None:
    path = tmp_path / "plan.docx"
    texts = ["Publish it", *(f"Ring 0121 496 000{digit}" for digit in range(4))]
    rows = [[f"9.{at + 1}", text, "", "31.07.2025", ""] for at, text in enumerate(texts)]
    path.write_bytes(docx([(TITLE, [ROWS[0], *rows])]))
    app = opened(register)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        screen = await read(pilot, path)
        await pilot.click("#all")
        await pilot.press("ctrl+s")
        await wait_for(pilot, lambda: isinstance(app.screen, ParticularsDialog), "the first three")
        assert all(f"9.{at}" in on_screen(app) for at in (2, 3, 4))
        assert "9.5" not in on_screen(app)
        assert "496" not in on_screen(app)
        first = app.screen
        await pilot.press(*"An office", "enter")
        await wait_for(pilot, lambda: isinstance(app.screen, ParticularsDialog) and app.screen is not first, "the last")
        assert "9.5" in on_screen(app)
        await pilot.press("escape")
        await wait_for(pilot, lambda: app.screen is screen and "2025-27/9.5" in on_screen(app), "what is left")
    kept = [place.stem for place in (register / "records/plans/2025-27/actions").glob("9.*.toml")]
    assert sorted(kept) == ["9.1", "9.2", "9.3", "9.4"]
    assert git(register, "log", "--format=%B").count("Privacy-Reason: An office") == 3


async def test_a_line_is_taken_or_left_by_itself(register: Path, tmp_path: Path) -> None:
    app = opened(register)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await read(pilot, document(tmp_path))
        sure = screen.accepted_of()
        await wait_for(pilot, lambda: isinstance(app.focused, VirtualList), "the list")
        await pilot.press("enter")
        await wait_for(pilot, lambda: f"{sure[0] - 1} of {sure[1]} accepted" in on_screen(app), "one fewer")
        await pilot.press("enter")
        await wait_for(pilot, lambda: f"{sure[0]} of {sure[1]} accepted" in on_screen(app), "as before")
        await pilot.click("#none")
        await wait_for(pilot, lambda: f"0 of {sure[1]} accepted" in on_screen(app), "none")
        await pilot.click("#all")
        await wait_for(pilot, lambda: f"{sure[1]} of {sure[1]} accepted" in on_screen(app), "all")


async def test_columns_are_corrected_and_remembered(register: Path, tmp_path: Path) -> None:
    app = opened(register)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await read(pilot, document(tmp_path))
        await pilot.press("f4")
        await wait_for(pilot, lambda: isinstance(app.screen, ColumnsDialog), "the columns")
        app.screen.query_one("#column-4", Select).value = "update"
        await pilot.press("ctrl+s")
        await wait_for(pilot, lambda: "“Sky” → update" in on_screen(app), "the correction")
        await pilot.press("ctrl+s")
        await wait_for(pilot, lambda: "Recorded" in on_screen(app), "the entry")
    assert 'field = "update"' in (register / "records/bscp.toml").read_text()
    assert 'update = "blue"' in (register / "records/plans/2025-27/actions/9.1.toml").read_text()


async def test_the_kind_and_the_plan_are_chosen(register: Path, tmp_path: Path) -> None:
    path = tmp_path / "names.csv"
    path.write_text("Name,Remark\nNorthfield Trust,new\nSouthfield Trust,new\n", encoding="utf-8")
    app = opened(register)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        app.action_import_document()
        await wait_for(pilot, lambda: isinstance(app.screen, ImportScreen) and app.focused is not None, "the screen")
        app.screen.query_one("#document", Input).value = str(path)
        await pilot.press("enter")
        await wait_for(pilot, lambda: "f4" in on_screen(app) and "understood" in on_screen(app), "the way out")
        await pilot.press("f4")
        await wait_for(pilot, lambda: isinstance(app.screen, ColumnsDialog), "the choices")
        app.screen.query_one("#kind", Select).value = "agency"
        await pilot.press("ctrl+s")
        await wait_for(pilot, lambda: "northfield-trust" in on_screen(app), "the agencies")
        assert "“Remark” → left out" in on_screen(app)
        await pilot.press("f4")
        await wait_for(pilot, lambda: isinstance(app.screen, ColumnsDialog), "the choices again")
        assert app.screen.query_one("#kind", Select).value == "agency"
        await pilot.press("escape")


async def test_a_plan_is_named_for_a_document_that_names_none(register: Path, tmp_path: Path) -> None:
    app = opened(register)
    path = tmp_path / "plan.docx"
    path.write_bytes(docx([("", ROWS)]))
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await read(pilot, path)
        assert "2025-27/9.1" in on_screen(app)
        await pilot.press("f4")
        await wait_for(pilot, lambda: isinstance(app.screen, ColumnsDialog), "the choices")
        app.screen.query_one("#new-plan", Input).value = "2027-29"
        await pilot.press("ctrl+s")
        await wait_for(pilot, lambda: "2027-29/9.1" in on_screen(app), "the other plan")


async def test_a_filled_in_return_is_shown_as_answers(register: Path, tmp_path: Path) -> None:
    app = opened(register)
    path = tmp_path / "back.csv"
    headings = "Reference,What was asked,Due,Recorded so far,Progress now,Since which day,Update on progress"
    path.write_text(f"Return,UR-K7QX.1,,,,,\n{headings}\n2025-27/4.1.3,x,,,in progress,,Going on\n", encoding="utf-8")
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        app.action_import_document()
        await wait_for(pilot, lambda: isinstance(app.screen, ImportScreen) and app.focused is not None, "the screen")
        app.screen.query_one("#document", Input).value = str(path)
        await pilot.press("enter")
        await wait_for(pilot, lambda: "did not ask for" in on_screen(app), "what it is")


async def test_what_cannot_be_read_says_why_and_esc_leads_back(register: Path, tmp_path: Path) -> None:
    app = opened(register)
    bad = tmp_path / "x.docx"
    bad.write_bytes(b"%PDF-1.7")
    async with app.run_test(size=(80, 24)) as pilot:
        app.action_import_document()
        await wait_for(pilot, lambda: isinstance(app.screen, ImportScreen) and app.focused is not None, "the screen")
        app.screen.query_one("#document", Input).value = str(bad)
        await pilot.press("enter")
        await wait_for(pilot, lambda: "is a PDF" in on_screen(app), "the reason")
        await pilot.press("escape")
        await wait_for(pilot, lambda: not isinstance(app.screen, ImportScreen), "the screen before")


@SIZES
async def test_the_screen_looks_as_it_did(
    size: tuple[int, int], register: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, snapshot: SnapshotAssertion
) -> None:
    document(tmp_path)
    monkeypatch.chdir(tmp_path)
    app = opened(register)
    async with app.run_test(size=size) as pilot:
        await read(pilot, Path("plan.docx"))
        await wait_for(pilot, lambda: isinstance(app.focused, VirtualList), "the list")
        app_of(pilot)
        await all_done(pilot)
        await pilot.pause()
        assert picture(app) == snapshot(extension_class=Picture)


async def test_file_names_are_completed(tmp_path: Path) -> None:
    document(tmp_path)
    suggester = FileSuggester()
    assert await suggester.get_suggestion(f"{tmp_path}/pl") == f"{tmp_path}/plan.docx"
    assert await suggester.get_suggestion(f"{tmp_path}/zz") is None
    assert await suggester.get_suggestion("/nowhere/at/all") is None
