"""Pages are made from the screens: asked for, told how far they are, and refused where they do not belong."""

from pathlib import Path

from textual.pilot import Pilot
from textual.widgets import Input, Select

from bscp_tui.tui.app import RegisterApp
from bscp_tui.tui.screens.publishing import PublishDialog
from tests.tui.conftest import opened, sentence, wait_for


async def asked(pilot: Pilot[int], folder: Path) -> PublishDialog:
    """Open the dialog by the palette's command, with a folder."""
    app = pilot.app
    assert isinstance(app, RegisterApp)
    await wait_for(pilot, lambda: hasattr(app, "session"), "the register")
    await app.run_action("make_pages_for_scrutineers")
    await wait_for(pilot, lambda: isinstance(app.screen, PublishDialog) and app.focused is not None, "the dialog")
    app.screen.query_one("#folder", Input).value = str(folder)
    assert isinstance(app.screen, PublishDialog)
    return app.screen


async def test_pages_are_made_for_whom_was_chosen(register: Path, tmp_path: Path) -> None:
    app = opened(register)
    async with app.run_test(size=(80, 24)) as pilot:
        dialog = await asked(pilot, tmp_path / "site")
        dialog.query_one("#whom", Select).value = "public"
        await pilot.press("ctrl+s")
        await wait_for(pilot, lambda: "Begin with" in sentence(app), "the pages")
        assert "Made for the public" in sentence(app)
        assert (tmp_path / "site" / "index.html").is_file()
        await pilot.press("escape")
        await wait_for(pilot, lambda: not isinstance(app.screen, PublishDialog), "closed")


async def test_a_folder_of_other_things_is_refused_and_stopping_leaves_whole_pages(
    register: Path, tmp_path: Path
) -> None:
    app = opened(register)
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "thesis.doc").write_text("mine")
    async with app.run_test(size=(80, 24)) as pilot:
        dialog = await asked(pilot, tmp_path / "full")
        await pilot.press("ctrl+s")
        await wait_for(pilot, lambda: "holds other things" in sentence(app), "refused")
        dialog.query_one("#folder", Input).value = str(tmp_path / "site")
        await pilot.press("ctrl+s")
        await wait_for(pilot, lambda: "holds other things" not in sentence(app), "begun")
        dialog.action_back()
        await wait_for(pilot, lambda: "Stopped" in sentence(app) or not dialog.is_current, "stopped, or made before")
        assert [path.name for path in (tmp_path / "full").iterdir()] == ["thesis.doc"]
