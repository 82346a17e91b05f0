"""A number on a screen becomes a published figure with one key, and its question gives the number again."""

import shlex
from pathlib import Path

import pytest
from textual.widgets import Input, TextArea

from bscp_tui.model.filter_line import terms_of
from bscp_tui.model.kinds import KINDS
from bscp_tui.model.questions import answer
from bscp_tui.tui import figures, publishing_figures
from bscp_tui.tui.app import RegisterApp
from bscp_tui.tui.screens.add import AddForm
from bscp_tui.tui.screens.home import HomeScreen
from tests.cli.support import bscp
from tests.tui.conftest import on_screen, opened, sentence, wait_for


def _figures(folder: Path) -> list[dict[str, object]]:
    ran = bscp(folder, "list", "published-figure", "--format", "json", today="2026-11-22")
    rows: list[dict[str, object]] = ran.json
    return rows


def _field(app: RegisterApp, name: str) -> str:
    widget = app.screen.query_one(f"#f_{name}")
    return widget.text if isinstance(widget, TextArea) else widget.value if isinstance(widget, Input) else ""


async def test_the_count_of_a_narrowed_list_is_published_with_its_question(small: Path) -> None:
    app = opened(small)
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_for(pilot, lambda: isinstance(app.screen, HomeScreen) and app.session.all_read, "Home")
        app.open_list("key-action", 'status!=complete lead~"the board"')
        await wait_for(pilot, lambda: "Key actions" in on_screen(app), "the list")
        await pilot.press("P")
        await wait_for(pilot, lambda: isinstance(app.screen, AddForm), "the form")
        shown = app.session.count(
            KINDS["key-action"], terms_of('status!=complete lead~"the board"', KINDS["key-action"])
        )
        assert shown
        assert _field(app, "figure") == str(shown)
        assert _field(app, "as_at") == "22 November 2026"
        assert _field(app, "question") == "count key-action 'status!=complete' 'lead~the board'"
        assert _field(app, "place") == "List “Key actions” of the register"
        assert _field(app, "text")
        assert "bscp add published-figure" in on_screen(app)
        app.screen.query_one("#reason", TextArea).text = "For the yearly report."
        await wait_for(pilot, lambda: "added" in sentence(app), "the sentence")
        await pilot.press("ctrl+s")
        await wait_for(pilot, lambda: not isinstance(app.screen, AddForm), "recorded")
    (row,) = _figures(small)
    assert (row["published"], row["computed"], row["agrees"]) == (shown, shown, True)


def counted_on(app: RegisterApp) -> figures.Counted:
    """Return what Home shows, whatever lies over it."""
    home = next(screen for screen in app.screen_stack if isinstance(screen, HomeScreen))
    assert home.counted is not None
    return home.counted


async def test_a_count_of_home_and_the_progress_of_a_priority_are_published(small: Path) -> None:
    app = opened(small)
    async with app.run_test(size=(120, 40)) as pilot:
        await wait_for(pilot, lambda: isinstance(app.screen, HomeScreen) and app.session.all_read, "Home")
        app.screen.query_one("#priorities").focus()
        await pilot.press("down", "up", "P")
        await wait_for(pilot, lambda: isinstance(app.screen, AddForm), "the form")
        first = counted_on(app).priorities[0]
        assert _field(app, "figure") == str(first.done)
        assert answer(_field(app, "question"), app.session.snapshot, KINDS).number == first.done
        await pilot.press("escape")
        await wait_for(pilot, lambda: isinstance(app.screen, HomeScreen), "Home again")
        app.screen.query_one("#attention").focus()
        await pilot.press("P")
        await wait_for(pilot, lambda: isinstance(app.screen, AddForm), "the form")
        counted = counted_on(app).attention[0]
        assert _field(app, "figure") == str(counted.count)


async def test_every_count_of_home_has_a_question_that_gives_it_again_or_says_why_not(register: Path) -> None:
    app = opened(register)
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_for(pilot, lambda: isinstance(app.screen, HomeScreen) and app.session.all_read, "Home")
        session = app.session
        for counted in counted_on(app).attention:
            fields = publishing_figures.of_home(session, counted)
            if isinstance(counted.opens, figures.Place) and counted.opens.kind in KINDS:
                assert not isinstance(fields, str), counted
                assert answer(fields["question"], session.snapshot, KINDS).number == counted.count
            else:
                assert fields == publishing_figures.NO_QUESTION
        for priority in counted_on(app).priorities:
            fields = publishing_figures.of_priority(session, priority)
            assert not isinstance(fields, str)
            assert answer(fields["question"], session.snapshot, KINDS).number == priority.done


@pytest.mark.parametrize(
    ("kind", "narrowed"),
    [
        ("learning-point", "status=completed"), ("learning-point", "agency=VRP"), ("action", "neglect plan"),
        ("key-action", "due<30d overdue=no"), ("action", 'text~"child\'s voice"'), ("measure", ""),
    ],
)  # fmt: skip
async def test_the_question_and_the_command_of_a_list_give_its_count(register: Path, kind: str, narrowed: str) -> None:
    app = opened(register)
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_for(pilot, lambda: isinstance(app.screen, HomeScreen) and app.session.all_read, "Home")
        session = app.session
        fields = publishing_figures.of_list(session, KINDS[kind], narrowed)
        assert not isinstance(fields, str)
        expected = session.count(KINDS[kind], terms_of(narrowed, KINDS[kind]))
        assert int(fields["figure"]) == expected
        assert answer(fields["question"], session.snapshot, KINDS).number == expected
        words = shlex.split(publishing_figures.command(fields))
    ran = bscp(register, *words[1:-1], "For the report.", today="2026-11-22")
    assert ran.status == 0, ran.err
    assert [row["agrees"] for row in _figures(register) if row["title"] == fields["title"]] == [True]


async def test_nothing_is_published_of_a_filter_that_cannot_be_read(small: Path) -> None:
    app = opened(small)
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_for(pilot, lambda: isinstance(app.screen, HomeScreen) and app.session.all_read, "Home")
        told = publishing_figures.of_list(app.session, KINDS["action"], "colour=blue")
        assert isinstance(told, str)
        assert "colour" in told
