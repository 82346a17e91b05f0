"""Links between records: seen from both ends, followed with one key, added, taken away; and the chain."""

import threading
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, Select, TextArea

from bscp_tui.cli.main import run
from bscp_tui.tui.app import RegisterApp
from bscp_tui.tui.screens.change import ChangeDialog
from bscp_tui.tui.screens.links import LinksScreen
from bscp_tui.tui.session import Session
from bscp_tui.tui.widgets.words import Lines
from tests.tui.conftest import TODAY, current, git, on_screen, opened, sentence, wait_for


@pytest.fixture
def linked(register: Path) -> Path:
    """A register in which a finding leads to 4.1.3, whose text is not to be obeyed."""
    words = ["--register", str(register), "--today", "2026-11-22"]
    run([*words, "add", "audit", "ref=AU-8KM2", "title=Neglect [sic]", "year=2026/27"])
    run([*words, "add", "finding", "audit=AU-8KM2", "title=Plans [/b] are [@click=app.quit]old[/]", "leads_to=4.1.3"])
    return register


async def links(pilot: Pilot[int], app: RegisterApp, ref: str) -> None:
    """Go to a record and open its links."""
    await record(pilot, app, ref)
    await pilot.press("l")
    await wait_for(pilot, lambda: isinstance(app.screen, LinksScreen) and "link" in app.screen.query_one(
        "#top-right").said, "its links")  # type: ignore[attr-defined]  # fmt: skip


async def record(pilot: Pilot[int], app: RegisterApp, ref: str) -> None:
    """Go to a record's detail."""
    row = app.session.row_at(ref)
    app.open_record(row)  # type: ignore[arg-type]
    await wait_for(pilot, lambda: current(app).endswith(ref) and app.focused is not None, "the record")


async def test_a_record_tells_what_names_it_from_the_other_end(linked: Path) -> None:
    app = opened(linked)
    async with app.run_test(size=(120, 40)) as pilot:
        await record(pilot, app, "4.1.3")
        await wait_for(pilot, lambda: "follows from AU-8KM2.1" in on_screen(app), "the finding")
        assert "Plans [/b] are" in on_screen(app)


async def test_one_key_follows_a_link_and_escape_comes_back(linked: Path) -> None:
    app = opened(linked)
    async with app.run_test(size=(80, 24)) as pilot:
        await links(pilot, app, "4.1.3")
        assert "Plans [/b] are [@click=app.quit]old[/]" in on_screen(app)
        await pilot.press("enter")
        await wait_for(pilot, lambda: current(app) == "AU-8KM2.1", "the finding")
        await pilot.press("escape")
        await wait_for(pilot, lambda: isinstance(app.screen, LinksScreen), "the links again")


@pytest.mark.parametrize("ref", ["4.1.3", "AU-8KM2.1", "AU-8KM2"])
async def test_the_chain_is_told_with_the_place_where_it_breaks(ref: str, linked: Path) -> None:
    app = opened(linked)
    async with app.run_test(size=(80, 24)) as pilot:
        await links(pilot, app, ref)
        shown = on_screen(app)
        assert "From finding to proof: ▲ no training" in shown
        assert "→ training       ▲ it breaks here" in shown


async def measured_by(pilot: Pilot[int], app: RegisterApp) -> Input:
    """Ask by what 4.1.3 is measured, and return the field for the record's name."""
    await links(pilot, app, "4.1.3")
    await wait_for(pilot, lambda: app.session.all_read, "every record")
    await pilot.press("a")
    await wait_for(pilot, lambda: isinstance(app.screen, ChangeDialog) and app.focused, "the dialog")
    app.screen.query_one("#f_type", Select).value = "measured-by"
    return app.screen.query_one("#f_to", Input).focus()


async def test_a_link_is_added_from_what_is_offered_and_shown_at_the_other_end(linked: Path) -> None:
    app = opened(linked)
    async with app.run_test(size=(80, 24)) as pilot:
        await measured_by(pilot, app)
        await pilot.press(*"violence strat")
        first, other = "2025-27/4.2.2  Serious Violence", "violence-reduction-partnership  "
        await wait_for(pilot, lambda: first in on_screen(app) and other not in on_screen(app), "what is offered")
        await pilot.press("down", "enter")
        await wait_for(pilot, lambda: "link added: measured by 2025-27/4.2.2" in sentence(app), "the sentence")
        await pilot.press("ctrl+s")
        await wait_for(pilot, lambda: "measured by" in on_screen(app) and "2 links" in on_screen(app), "the link")
        app.go_home()
        await links(pilot, app, "4.2.2")
        assert "measures         2025-27/4.1.3" in on_screen(app)
    assert git(linked, "show", "--name-only", "--format=").strip() == "records/plans/2025-27/actions/4.1.toml"


async def test_nobody_is_taken_by_what_fitted_the_first_letters_only(
    linked: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    find, gate = Session.find, threading.Event()

    def late(session: Session, text: str, *rest: Any, **also: Any) -> Any:
        if text.endswith("strat"):
            gate.wait(20)
        return find(session, text, *rest, **also)

    monkeypatch.setattr(Session, "find", late)
    app = opened(linked)
    async with app.run_test(size=(80, 24)) as pilot:
        field = await measured_by(pilot, app)
        await pilot.press(*"violence")
        await wait_for(pilot, lambda: "violence-reduction-partnership" in on_screen(app), "what fits the first word")
        await pilot.press(*" strat", "down", "enter")
        await wait_for(pilot, lambda: "no record “violence strat”" in sentence(app), "nobody is taken")
        assert app.focused is field
        gate.set()
        await wait_for(pilot, lambda: app.focused is not field, "into what fits the whole")
        await pilot.press("enter")
        await wait_for(pilot, lambda: "link added: measured by 2025-27/4.2.2" in sentence(app), "the sentence")


async def test_a_name_that_nothing_has_is_answered_with_the_nearest(linked: Path) -> None:
    app = opened(linked)
    async with app.run_test(size=(80, 24)) as pilot:
        await links(pilot, app, "4.1.3")
        await pilot.press("a")
        await wait_for(pilot, lambda: isinstance(app.screen, ChangeDialog), "the dialog")
        app.screen.query_one("#f_to", Input).value = "4.1.33"
        await wait_for(pilot, lambda: "Did you mean 2025-27/4.1.3" in sentence(app), "the nearest")


async def test_a_link_is_taken_away_with_a_reason_from_either_end(linked: Path) -> None:
    run(["--register", str(linked), "--today", "2026-11-22", "link", "4.1.3", "part-of", "4.2.2"])
    app = opened(linked)
    async with app.run_test(size=(80, 24)) as pilot:
        await links(pilot, app, "4.2.2")
        await wait_for(
            pilot, lambda: "holds            2025-27/4.1.3" in on_screen(app), "the link, from its other end"
        )
        await pilot.press("w")
        await wait_for(pilot, lambda: isinstance(app.screen, ChangeDialog), "the question")
        await wait_for(pilot, lambda: "say why it is taken away" in sentence(app), "the wish for a reason")
        await pilot.press(*"Not so", "ctrl+s")
        await wait_for(pilot, lambda: "0 links" in on_screen(app), "no link")
    assert "> Not so" in git(linked, "log", "-1", "--format=%B")


async def test_what_a_field_says_is_not_taken_away_as_a_link(linked: Path) -> None:
    app = opened(linked)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await links(pilot, app, "AU-8KM2.1")
        assert "leads to         2025-27/4.1.3" in on_screen(app)
        await pilot.press("w")
        await wait_for(pilot, lambda: "change it there" in on_screen(app), "where it is changed")
        assert isinstance(app.screen, LinksScreen)


async def test_where_nothing_can_be_recorded_links_are_read_and_followed_only(linked: Path) -> None:
    app = RegisterApp.opened(linked, TODAY, read_only=True)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await links(pilot, app, "4.1.3")
        await pilot.press("a")
        await wait_for(pilot, lambda: "Nothing can be recorded here" in on_screen(app), "why not")
        assert isinstance(app.screen, LinksScreen)
        assert app.screen.query_one(Lines).lines
        assert not app.screen.query(TextArea)
