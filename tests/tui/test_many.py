"""Changing many records at once: every sentence first, one entry each, one undo for all."""

from pathlib import Path

from textual.pilot import Pilot
from textual.widgets import Select, TextArea

from bscp_tui.tui.app import RegisterApp
from bscp_tui.tui.screens.home import HomeScreen
from bscp_tui.tui.screens.many import CANCEL, LEAVE_OUT, ManyDialog
from bscp_tui.tui.screens.records import RecordsScreen
from tests.tui.conftest import current, git, on_screen, opened, sentence, wait_for


async def marked(app: RegisterApp, pilot: Pilot[int], *keys: str) -> ManyDialog:
    """Open the small register's key actions, press keys that mark, and ask to change what is marked."""
    await wait_for(pilot, lambda: app.session.all_read, "every record read")
    app.open_list("key-action")
    await wait_for(pilot, lambda: current(app) == "2025-27/2.1.1", "the list")
    await pilot.press(*keys, "m")
    await wait_for(pilot, lambda: isinstance(app.screen, ManyDialog) and app.focused, "the dialog")
    assert isinstance(app.screen, ManyDialog)
    return app.screen


def fill(dialog: ManyDialog, status: str, reason: str, refused: str = CANCEL) -> None:
    """Choose a status for all, and say why."""
    dialog.query_one("#f_status", Select).value = status
    dialog.query_one("#refused", Select).value = refused
    dialog.query_one("#reason", TextArea).load_text(reason)


def rested(dialog: ManyDialog) -> bool:
    """Whether no sentence is still to come."""
    timer = dialog._timer  # noqa: SLF001 - nothing else tells
    task = timer._task if timer is not None else None  # noqa: SLF001
    return (task is None or task.done()) and all(worker.is_finished for worker in dialog.app.workers)


def entries(folder: Path) -> int:
    """Return how many commits there are."""
    return int(git(folder, "rev-list", "--count", "HEAD"))


async def test_marked_records_are_changed_as_one_group_and_taken_back_by_one_undo(small: Path) -> None:
    app, before = opened(small), entries(small)
    async with app.run_test(size=(80, 24)) as pilot:
        dialog = await marked(app, pilot, "j", "space", "shift+down")
        fill(dialog, "deferred", "The board put both off.")
        await wait_for(pilot, lambda: "2 will be recorded" in sentence(app), "the sentences")
        told = [plan.told for plan in dialog.plans]
        assert told == [
            "2025-27/2.1.2 Youth violence team: in progress → deferred",
            "2025-27/2.1.3 Workforce training: not started → deferred",
        ]
        assert told[0] in on_screen(app)
        await pilot.press("ctrl+s")
        await wait_for(pilot, lambda: isinstance(app.screen, RecordsScreen), "the list again")
        await wait_for(pilot, lambda: on_screen(app).count("◌ deferred") >= 2, "both deferred")
        assert "marked" not in on_screen(app).splitlines()[0], "the marks are let go"
    assert entries(small) == before + 2
    groups = git(small, "log", "-2", "--format=%(trailers:key=Group,valueonly)").split()
    assert len(groups) == 2
    assert len(set(groups)) == 1
    from bscp_tui.cli.main import run

    entry = git(small, "log", "-1", "--format=%(trailers:key=Entry,valueonly)").strip()
    words = ["--register", str(small), "--today", "2026-11-22", "undo", entry, "--reason", "Decided otherwise."]
    assert run(words) == 0
    text = (small / "records/plans/2025-27/actions/2.1.toml").read_text()
    assert "deferred" not in text
    assert entries(small) == before + 4


async def test_what_a_rule_refuses_is_told_and_nothing_is_recorded_unless_it_is_left_out(small: Path) -> None:
    app, before = opened(small), entries(small)
    async with app.run_test(size=(120, 40)) as pilot:
        dialog = await marked(app, pilot, "asterisk")
        fill(dialog, "deferred", "The board put all off.")
        await wait_for(pilot, lambda: "1 refused" in sentence(app), "the refusal")
        assert "✗ " in on_screen(app), "a complete key action cannot be deferred"
        fill(dialog, "deferred", "The board put them all off.")  # whose sentences are still to come
        await pilot.press("ctrl+s")
        await wait_for(pilot, lambda: "Nothing was recorded" in sentence(app), "nothing recorded")
        await wait_for(pilot, lambda: rested(dialog), "no sentence to come")
        assert "Nothing was recorded" in sentence(app), "it stays until something is changed"
        assert entries(small) == before
        fill(dialog, "deferred", "The board put all off.", LEAVE_OUT)
        await pilot.press("ctrl+s")
        await wait_for(pilot, lambda: isinstance(app.screen, RecordsScreen), "the list again")
    assert entries(small) == before + 2


async def test_what_says_so_already_is_not_recorded_again(small: Path) -> None:
    app, before = opened(small), entries(small)
    async with app.run_test(size=(80, 24)) as pilot:
        dialog = await marked(app, pilot, "j", "space", "shift+down")
        fill(dialog, "in-progress", "Both are under way.")
        await wait_for(pilot, lambda: "1 say so already" in sentence(app), "the sentences")
        await pilot.press("ctrl+s")
        await wait_for(pilot, lambda: isinstance(app.screen, RecordsScreen), "the list again")
    assert entries(small) == before + 1


async def test_a_missing_reason_and_an_empty_form_are_told_before_anything_is_recorded(small: Path) -> None:
    app, before = opened(small), entries(small)
    async with app.run_test(size=(80, 24)) as pilot:
        dialog = await marked(app, pilot, "j", "space", "shift+down")
        await wait_for(pilot, lambda: "Nothing is changed yet" in sentence(app), "nothing typed")
        dialog.query_one("#f_status", Select).value = "deferred"
        await wait_for(pilot, lambda: "needs a reason" in sentence(app), "the reason")
        await pilot.press("ctrl+s")
        await wait_for(pilot, lambda: "Nothing was recorded" in sentence(app), "refused")
    assert entries(small) == before


async def test_what_is_typed_for_many_is_kept_and_opened_again_from_home(small: Path) -> None:
    app = opened(small)
    async with app.run_test(size=(80, 24)) as pilot:
        dialog = await marked(app, pilot, "j", "space", "shift+down")
        fill(dialog, "deferred", "Half a sentence")
        await wait_for(pilot, lambda: "2 will be recorded" in sentence(app), "the sentences")
        await pilot.press("escape")
        await wait_for(pilot, lambda: isinstance(app.screen, RecordsScreen), "closed")
        await pilot.press("H")
        await wait_for(pilot, lambda: isinstance(app.screen, HomeScreen), "Home")
        await wait_for(pilot, lambda: "typed, not recorded" in on_screen(app), "the draft")
        lines = app.screen.query_one("#attention")
        lines.highlighted = len(lines.lines) - 1  # type: ignore[attr-defined]
        app.screen.set_focus(lines)
        await pilot.press("enter")
        await wait_for(pilot, lambda: isinstance(app.screen, ManyDialog), "the dialog again")
        await wait_for(pilot, lambda: "2 will be recorded" in sentence(app), "what was typed")


async def test_s_changes_the_marked_records_where_some_are_marked(small: Path) -> None:
    app = opened(small)
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_for(pilot, lambda: app.session.all_read, "every record read")
        app.open_list("key-action")
        await wait_for(pilot, lambda: current(app) == "2025-27/2.1.1", "the list")
        await pilot.press("m")
        await wait_for(pilot, lambda: any("Nothing is marked" in each.message for each in app._notifications), "how")  # noqa: SLF001
        await pilot.press("asterisk", "s")
        await wait_for(pilot, lambda: isinstance(app.screen, ManyDialog), "all at once")
        await wait_for(pilot, lambda: "bscp set 2025-27/2.1.1,2025-27/2.1.2" in on_screen(app), "the command's words")
