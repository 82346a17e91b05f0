"""What the main screens look like, at the two sizes that matter; the ids and the clock stand still."""

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode
from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from bscp_tui.cli.main import run
from bscp_tui.rounds.receiving import read_returns
from bscp_tui.tui.app import RegisterApp
from bscp_tui.tui.screens.answers import AnswersScreen
from bscp_tui.tui.screens.change import ChangeDialog
from tests.core.returns import fill_word, form_of
from tests.tui.conftest import TODAY, current, on_screen, opened, sentence, wait_for
from tests.tui.picture import picture
from tests.tui.test_sitting import with_meeting

Steps = Callable[[Pilot[int]], Awaitable[None]]


class Picture(SingleFileSnapshotExtension):
    """A picture in a file of its own, so that it can be looked at."""

    _file_extension = "svg"
    _write_mode = WriteMode.TEXT


SIZES = pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])


def app_of(pilot: Pilot[int]) -> RegisterApp:
    """Return the application, its cursors no longer blinking."""
    app = pilot.app
    assert isinstance(app, RegisterApp)
    for field in [*app.screen.query(Input), *app.screen.query(TextArea)]:
        field.cursor_blink = False
    return app


async def home(pilot: Pilot[int]) -> None:
    app = app_of(pilot)
    await wait_for(pilot, lambda: "by 1 person" in on_screen(app) and "not checked" in on_screen(app), "the changes")


async def key_actions(pilot: Pilot[int]) -> None:
    app = app_of(pilot)
    app.open_list("key-action", "p=2", at="2025-27/2.1.2")
    await wait_for(pilot, lambda: current(app) == "2025-27/2.1.2" and "Last change" in on_screen(app), "the list")
    await wait_for(pilot, lambda: app.session.all_read and "reading" not in on_screen(app), "every record read")


async def status(pilot: Pilot[int]) -> None:
    await key_actions(pilot)
    await pilot.press("s")
    app = app_of(pilot)
    await wait_for(pilot, lambda: isinstance(app.screen, ChangeDialog) and app.focused, "the dialog")
    await pilot.press("enter")
    await wait_for(pilot, lambda: "needs a reason" in sentence(app_of(pilot)), "the sentence")


async def form(pilot: Pilot[int]) -> None:
    await key_actions(pilot)
    await pilot.press("e")
    app = app_of(pilot)
    await wait_for(pilot, lambda: "Nothing is changed" in sentence(app_of(pilot)) and app.focused, "the form")
    app_of(pilot)


async def history(pilot: Pilot[int]) -> None:
    app = app_of(pilot)
    await pilot.press("9")
    await wait_for(pilot, lambda: "register version" in on_screen(app) and "(not" in on_screen(app), "the history")


async def unreadable(pilot: Pilot[int]) -> None:
    app = app_of(pilot)
    app.action_go_to("agency")
    await wait_for(pilot, lambda: "last recorded version" in on_screen(app), "the last good version")


async def time_bar(pilot: Pilot[int]) -> None:
    await key_actions(pilot)
    app = app_of(pilot)
    await pilot.press("t")
    await wait_for(pilot, lambda: "entries" in on_screen(app), "the time bar")
    app_of(pilot)
    await pilot.press("up")
    await wait_for(pilot, lambda: "◆ Board 14 May 2026" in on_screen(app), "the board")


async def past(pilot: Pilot[int]) -> None:
    await key_actions(pilot)
    await pilot.press("t")
    app = app_of(pilot)
    await wait_for(pilot, lambda: "entries" in on_screen(app), "the time bar")
    await pilot.press(*"31 march 2026", "enter")
    await wait_for(pilot, lambda: "read only" in on_screen(app) and "Last change" in on_screen(app), "the past")
    await wait_for(pilot, lambda: "◷ due today" in on_screen(app), "what was due then")


async def position(pilot: Pilot[int]) -> None:
    await past(pilot)
    app = app_of(pilot)
    await pilot.press("T")
    await wait_for(pilot, lambda: "entries" in on_screen(app), "the time bar")
    await pilot.press("end", "p", *"1/3/2026")
    await wait_for(pilot, lambda: "position on 1 March 2026" in on_screen(app), "the day")
    await pilot.press("tab")
    app_of(pilot)


async def compare(pilot: Pilot[int]) -> None:
    app = app_of(pilot)
    await pilot.press("d")
    await wait_for(
        pilot, lambda: "2 differences" in on_screen(app) and "“No trainer" in on_screen(app), "the comparison"
    )


async def entry(pilot: Pilot[int]) -> None:
    app = app_of(pilot)
    await pilot.press("9")
    await wait_for(pilot, lambda: "together" in on_screen(app), "the history")
    await pilot.press("enter")
    await wait_for(pilot, lambda: "before" in on_screen(app), "the entry")


async def every_list(pilot: Pilot[int]) -> None:
    app = app_of(pilot)
    await pilot.press("0")
    await wait_for(pilot, lambda: "Every list" in on_screen(app) and "…" not in on_screen(app), "every list")


async def links(pilot: Pilot[int]) -> None:
    await key_actions(pilot)
    app = app_of(pilot)
    await pilot.press("l")
    await wait_for(pilot, lambda: "measured by" in on_screen(app) and "1 link" in on_screen(app), "the links")


async def rows(pilot: Pilot[int]) -> None:
    await key_actions(pilot)
    app = app_of(pilot)
    await pilot.press("+")
    await wait_for(pilot, lambda: "add to Stages" in on_screen(app), "the rows")


async def row_form(pilot: Pilot[int]) -> None:
    await key_actions(pilot)
    await pilot.press("v")
    app = app_of(pilot)
    await wait_for(pilot, lambda: "it is needed" in sentence(app) and app.focused, "the form of a row")
    app_of(pilot)


async def publishing(pilot: Pilot[int]) -> None:
    await key_actions(pilot)
    app = app_of(pilot)
    await settled(pilot, app)
    await pilot.press("P")
    await wait_for(pilot, lambda: "bscp add published-figure" in on_screen(app) and app.focused, "the form")
    app_of(pilot)


async def queries(pilot: Pilot[int]) -> None:
    app = app_of(pilot)
    await pilot.press("!")
    await wait_for(pilot, lambda: "To mend:" in on_screen(app), "the queries")


async def reports(pilot: Pilot[int]) -> None:
    app = app_of(pilot)
    await pilot.press("8")
    await wait_for(pilot, lambda: "every exception" in on_screen(app), "the reports")


async def report(pilot: Pilot[int]) -> None:
    await reports(pilot)
    await pilot.press("down", "enter")
    await wait_for(pilot, lambda: "Key actions: 3" in on_screen(app_of(pilot)), "the report")


async def burn_up(pilot: Pilot[int]) -> None:
    app = app_of(pilot)
    await pilot.press("%")
    await wait_for(pilot, lambda: "1 of" in on_screen(app), "the pictures")
    await pilot.press("right")
    await wait_for(pilot, lambda: "Done against what was due" in on_screen(app), "the second")


async def what_is_due(pilot: Pilot[int]) -> None:
    await burn_up(pilot)
    app = app_of(pilot)
    while "Due, day by day" not in on_screen(app):
        await pilot.press("right")
        await pilot.pause()


async def sitting(pilot: Pilot[int]) -> None:
    app = app_of(pilot)
    await pilot.press("7")
    await wait_for(pilot, lambda: "MT-0001" in on_screen(app) and "Last change" in on_screen(app), "the meeting")
    await settled(pilot, app)
    await pilot.press("S")
    await wait_for(pilot, lambda: "decided" in on_screen(app), "its agenda")
    await pilot.press("r", *"Agreed", "enter")
    app_of(pilot)


async def settled(pilot: Pilot[int], app: RegisterApp) -> None:
    """Wait until nothing on the screen is still on its way: two looks in a row find it at rest and the same.

    What a thread has read may start a timer, what a timer does may start a thread, and either sends messages;
    between the two looks all messages are handled.
    """
    app_of(pilot)
    before = ""

    def at_rest() -> bool:
        nonlocal before
        shown = on_screen(app)
        last, before = before, shown
        rests = app.session.all_read and not _is_at_work(app)
        return rests and shown == last and "reading" not in shown and "History …" not in shown

    await wait_for(pilot, at_rest, "a screen at rest")


def _is_at_work(app: RegisterApp) -> bool:
    """Whether a thread reads, a timer that rings once has not rung, a message waits, or something is to be drawn."""
    pumps = [app, *(node for screen in app.screen_stack for node in screen.walk_children(with_self=True))]
    timers = [timer for pump in pumps for timer in pump._timers if timer._repeat is not None]  # noqa: SLF001
    return (
        any(not worker.is_finished for worker in app.workers)
        or any(timer._task is not None and not timer._task.done() for timer in timers)  # noqa: SLF001
        or any(pump.message_queue_size or pump._next_callbacks for pump in pumps)  # noqa: SLF001
        or bool(app.screen._dirty_widgets or app.screen._callbacks)  # noqa: SLF001
        or app.screen._layout_required  # noqa: SLF001
    )


@SIZES
@pytest.mark.parametrize(
    "steps", [time_bar, past, compare, history, entry, burn_up, what_is_due], ids=lambda steps: steps.__name__
)
async def test_another_day_looks_as_it_did(
    steps: Steps, size: tuple[int, int], lived: Path, snapshot: SnapshotAssertion
) -> None:
    app = opened(lived)
    async with app.run_test(size=size) as pilot:
        await steps(pilot)
        await settled(pilot, app)
        assert picture(app) == snapshot(extension_class=Picture)


@SIZES
async def test_the_second_row_looks_as_it_did(size: tuple[int, int], late: Path, snapshot: SnapshotAssertion) -> None:
    app = opened(late)
    async with app.run_test(size=size) as pilot:
        await position(pilot)
        await settled(pilot, app)
        assert picture(app) == snapshot(extension_class=Picture)


@SIZES
@pytest.mark.parametrize(
    "steps",
    [
        home,
        key_actions,
        status,
        form,
        unreadable,
        every_list,
        links,
        rows,
        row_form,
        publishing,
        queries,
        sitting,
        reports,
        report,
    ],
    ids=lambda steps: steps.__name__,
)
async def test_the_screen_looks_as_it_did(
    steps: Steps, size: tuple[int, int], small: Path, snapshot: SnapshotAssertion
) -> None:
    if steps is unreadable:
        place = small / "records/agencies/anytown-police.toml"
        place.write_text(place.read_text() + "<<<<<<< HEAD\n")
    if steps is sitting:
        with_meeting(small)
    if steps is links:
        told = ["--register", str(small), "--today", "2026-11-22", "link", "2.1.2", "measured-by", "2.1.1"]
        run([*told, "--note", "[b]since[/b] June"])
    app = opened(small)
    async with app.run_test(size=size) as pilot:
        await steps(pilot)
        await settled(pilot, app)
        assert picture(app) == snapshot(extension_class=Picture)


async def update_round(pilot: Pilot[int]) -> None:
    app = app_of(pilot)
    app.action_update_round()
    await wait_for(pilot, lambda: "The Board" in on_screen(app) and "of 1 back" in on_screen(app), "the round")


async def answers(pilot: Pilot[int]) -> None:
    app = app_of(pilot)
    back = next(app.session.register.repository.root.glob("../*.docx"))
    reading = read_returns(app.session.snapshot, [back], TODAY)
    await app.push_screen(AnswersScreen(reading, None))
    await wait_for(pilot, lambda: "2 of 3 taken" in on_screen(app) and "Five of" in on_screen(app), "the answers")


@SIZES
@pytest.mark.parametrize("steps", [update_round, answers], ids=lambda steps: steps.__name__)
async def test_a_round_looks_as_it_did(
    steps: Steps, size: tuple[int, int], small: Path, tmp_path: Path, snapshot: SnapshotAssertion
) -> None:
    told = ["--register", str(small), "--today", "2026-11-22", "round", "start", "Board of December"]
    assert run([*told, "--deadline", "2026-12-04", "--out", str(tmp_path / "out")]) == 0
    filled = {
        ("2025-27/2.1.2", "update"): "Five of [b]six[/b] posts filled.",
        ("2025-27/2.1.3", "status"): "in progress",
        ("2025-27/2.1.3", "target"): "31 March 2027",
    }
    fill_word(form_of(tmp_path / "out", "board", ".docx"), filled, small.parent / "return.docx")
    app = opened(small)
    async with app.run_test(size=size) as pilot:
        await steps(pilot)
        await settled(pilot, app)
        assert picture(app) == snapshot(extension_class=Picture)
