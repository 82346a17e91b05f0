"""Send and receive on the screens: what will go, what came, two values for one field, nobody there, joining."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from bscp_tui.model.amendment import amend
from bscp_tui.model.view import Circumstances, View
from bscp_tui.sharing.joining import join
from bscp_tui.sharing.syncing import sync
from bscp_tui.store.own_register import own_folder
from bscp_tui.store.register import open_register
from bscp_tui.tui.app import RegisterApp
from bscp_tui.tui.screens.exchange import ExchangeScreen
from bscp_tui.tui.screens.two_values import TwoValuesDialog
from tests.tui.conftest import TODAY, git, on_screen, opened, wait_for
from tests.tui.terminal import Terminal


@contextmanager
def seated(name: str) -> Iterator[None]:
    """Sit somebody else at the computer."""
    with pytest.MonkeyPatch.context() as patch:
        for role in ("AUTHOR", "COMMITTER"):
            patch.setenv(f"GIT_{role}_NAME", name)
            patch.setenv(f"GIT_{role}_EMAIL", f"{name.split(maxsplit=1)[0].lower()}@example.org")
        yield


def record(folder: Path, reason: str, ref: str = "2.1.3", **values: object) -> None:
    """Record a change of a key action."""
    register = open_register(folder, TODAY)
    snapshot = register.snapshot()
    view = snapshot.resolve(ref)
    assert isinstance(view, View)
    assert register.record(amend(view, snapshot.document(view.path), values, Circumstances(reason, TODAY, None, None)))


@pytest.fixture
def bare(small: Path, tmp_path: Path) -> Path:
    """The small register, sent to a shared copy."""
    place = tmp_path / "share.git"
    git(tmp_path, "init", "--quiet", "--bare", "--initial-branch=main", str(place))
    git(small, "remote", "add", "origin", str(place))
    assert sync(open_register(small, TODAY)).done
    return place


@pytest.fixture
def bobs(bare: Path, tmp_path: Path) -> Path:
    """Bob's own copy."""
    with seated("Bob Best"):
        join(str(bare), tmp_path / "bob")
    return tmp_path / "bob"


def move(folder: Path, name: str) -> None:
    """Give a folder another name, as a share that is connected under another letter."""
    folder.rename(folder.with_name(name))


def heads(folder: Path) -> str:
    return git(folder, "rev-parse", "main").strip()


async def read_home(pilot: Pilot[int], app: RegisterApp) -> None:
    await wait_for(pilot, lambda: app.session.all_read and "reading" not in on_screen(app), "Home")


async def test_what_is_not_sent_yet_is_seen_everywhere_and_y_sends_it(small: Path, bare: Path) -> None:
    record(small, "Checked.", note="New.")
    record(small, "Checked again.", ref="2.1.2", note="New too.")
    app = opened(small)
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_for(pilot, lambda: "⇅   2 changes not yet sent" in on_screen(app), "Home's line")
        app.open_list("key-action")
        await wait_for(pilot, lambda: "⇅ 2 not yet sent" in on_screen(app), "the line above the list")
        await pilot.press("y")
        await wait_for(pilot, lambda: "2 changes of yours will go" in on_screen(app), "what will go")
        assert "2025-27/2.1.3" in on_screen(app)
        assert heads(bare) != heads(small)
        await pilot.press("y")
        await wait_for(pilot, lambda: "Done: your copy and the shared one hold the same" in on_screen(app), "sent")
        assert "Went: 2" in on_screen(app)
        assert heads(bare) == heads(small)
        await pilot.press("enter")
        await wait_for(pilot, lambda: "“Checked.”" in on_screen(app) or "Checked." in on_screen(app), "the entry")
        await pilot.press("escape", "escape")
        await wait_for(pilot, lambda: "not yet sent" not in on_screen(app), "the list again")


async def test_what_came_is_told_in_sentences_with_who(small: Path, bare: Path, bobs: Path) -> None:
    with seated("Bob Best"):
        record(bobs, "Agreed.", note="From [b]Bob[/b].")
        assert sync(open_register(bobs, TODAY)).done
    app = opened(small)
    async with app.run_test(size=(80, 24)) as pilot:
        await read_home(pilot, app)
        await pilot.press("y")
        await wait_for(pilot, lambda: "Nothing of yours waits" in on_screen(app), "what will go")
        await pilot.press("y")
        await wait_for(pilot, lambda: "Came: 1" in on_screen(app), "what came")
        assert "Bob Best" in on_screen(app)
        row = app.session.row_at("2025-27/2.1.3")
        assert isinstance(row, View)
        assert row.value("note") == "From [b]Bob[/b]."
    assert heads(small) == heads(bare)


async def parted(small: Path, bobs: Path) -> None:
    """Let Sam and Bob give one field different values; Bob sends first."""
    with seated("Bob Best"):
        record(bobs, "The [i]trainer[/i] left.", status="deferred")
        assert sync(open_register(bobs, TODAY)).done
    record(small, "The first course ran.", status="in-progress")


async def asked(pilot: Pilot[int], app: RegisterApp) -> None:
    """Come to the dialog that asks for one of two values."""
    await read_home(pilot, app)
    await pilot.press("y")
    await wait_for(pilot, lambda: "1 change of yours" in on_screen(app), "what will go")
    await pilot.press("y")
    await wait_for(pilot, lambda: "1 field was given two values" in on_screen(app), "the question")
    await pilot.press("enter")
    await wait_for(pilot, lambda: isinstance(app.screen, TwoValuesDialog) and app.focused, "the dialog")


@pytest.mark.parametrize(("keys", "kept"), [((), "in-progress"), (("down",), "deferred")])
async def test_of_two_values_one_is_chosen_and_the_other_stays_in_the_history(
    keys: tuple[str, ...], kept: str, small: Path, bare: Path, bobs: Path
) -> None:
    await parted(small, bobs)
    app = opened(small)
    async with app.run_test(size=(80, 24)) as pilot:
        await asked(pilot, app)
        for words in ("not started", "in progress", "deferred", "Sam Lee", "Bob Best", "“The first course ran.”",
                      "“The [i]trainer[/i] left.”"):  # fmt: skip
            assert words in on_screen(app), words
        await pilot.press(*keys, "ctrl+s")
        await wait_for(pilot, lambda: heads(small) == heads(bare), "sent once it was decided")
        await wait_for(pilot, lambda: isinstance(app.screen, ExchangeScreen) and "Done" in on_screen(app), "told")
        row = app.session.row_at("2025-27/2.1.3")
        assert isinstance(row, View)
        assert row.value("status") == kept
    told = git(small, "log", "--format=%B")
    assert "Concurrent:" in told
    assert "in-progress" in told
    assert "deferred" in told


async def test_a_third_value_is_typed_and_a_wrong_one_is_refused(small: Path, bare: Path, bobs: Path) -> None:
    await parted(small, bobs)
    app = opened(small)
    async with app.run_test(size=(80, 24)) as pilot:
        await asked(pilot, app)
        await pilot.press("down", "down", "enter")
        await wait_for(pilot, lambda: isinstance(app.focused, Input), "the field")
        await pilot.press(*"soon", "enter")
        await wait_for(pilot, lambda: "embedded" in on_screen(app), "what is allowed")
        assert isinstance(app.screen, TwoValuesDialog)
        for _ in "soon":
            await pilot.press("backspace")
        await pilot.press(*"not started", "ctrl+s")
        await wait_for(pilot, lambda: heads(small) == heads(bare), "sent")
        await wait_for(pilot, lambda: "Done" in on_screen(app), "told")
        row = app.session.row_at("2025-27/2.1.3")
        assert isinstance(row, View)
        assert row.value("status") == "not-started"


async def test_a_decision_is_put_off_and_the_work_goes_on(small: Path, bare: Path, bobs: Path) -> None:
    await parted(small, bobs)
    there = heads(bobs)
    app = opened(small)
    async with app.run_test(size=(80, 24)) as pilot:
        await asked(pilot, app)
        await pilot.press("escape", "escape")
        await wait_for(pilot, lambda: "1 field given two values" in on_screen(app), "Home's line")
        row = app.session.row_at("2025-27/2.1.3")
        assert isinstance(row, View)
        assert row.value("status") == "in-progress"
    assert heads(bare) == there
    record(small, "Meanwhile.", ref="2.1.2", note="Goes on.")
    app = opened(small)
    async with app.run_test(size=(80, 24)) as pilot:  # the next day it is still asked for
        await wait_for(pilot, lambda: "1 field given two values" in on_screen(app), "Home's line")


async def test_without_the_shared_copy_it_is_said_plainly_and_nothing_is_lost(small: Path, bare: Path) -> None:
    record(small, "Checked.", note="New.")
    move(bare, "unplugged")
    app = opened(small)
    async with app.run_test(size=(80, 24)) as pilot:
        await read_home(pilot, app)
        await pilot.press("y")
        await wait_for(pilot, lambda: "1 change of yours" in on_screen(app), "what will go")
        await pilot.press("y")
        await wait_for(pilot, lambda: "There is no shared copy at that address" in on_screen(app), "what is wrong")
        await pilot.press("escape")
        await wait_for(pilot, lambda: "1 change not yet sent" in on_screen(app), "Home's line")
        move(bare.with_name("unplugged"), bare.name)
        await pilot.press("y", "y")
        await wait_for(pilot, lambda: heads(bare) == heads(small), "sent")


async def test_a_register_that_is_not_shared_says_how_it_could_be(small: Path) -> None:
    app = opened(small)
    async with app.run_test(size=(80, 24)) as pilot:
        await read_home(pilot, app)
        assert "⇅" not in on_screen(app)
        await pilot.press("y")
        await wait_for(pilot, lambda: "is not shared" in on_screen(app), "what to do")


async def test_joining_keeps_what_was_here_and_goes_on_with_the_shared_register(
    small: Path, bare: Path, tmp_path: Path
) -> None:
    own = own_folder()
    own.parent.mkdir(parents=True, exist_ok=True)
    shutil.copytree(small, own)
    git(own, "remote", "remove", "origin")
    record(own, "Tried out.", note="My own.")
    before = heads(own)
    record(small, "Checked.", note="Shared.")
    assert sync(open_register(small, TODAY)).done
    app = opened(own)
    async with app.run_test(size=(80, 24)) as pilot:
        await read_home(pilot, app)
        app.action_join_a_shared_copy()
        await wait_for(pilot, lambda: isinstance(app.focused, Input), "the dialog")
        await pilot.press(*str(tmp_path / "nothing"), "enter")
        await wait_for(pilot, lambda: "There is no shared copy" in on_screen(app), "what is wrong")
        assert heads(own) == before
        app.screen.query_one("#address", Input).value = str(bare)
        await pilot.press("ctrl+s")
        await wait_for(pilot, lambda: heads(own) == heads(small), "joined")
        await wait_for(pilot, lambda: "Needs attention" in on_screen(app), "Home")
        row = app.session.row_at("2025-27/2.1.3")
        assert isinstance(row, View)
        assert row.value("note") == "Shared."
    kept = [path for path in own.parent.iterdir() if path.name.startswith("register-until-")]
    assert [heads(path) for path in kept] == [before]


def test_in_a_real_terminal_y_sends_and_what_others_wrote_does_nothing(small: Path, bare: Path, bobs: Path) -> None:
    (bobs / "notes.txt").write_text("By plain git.")
    git(bobs, "add", "notes.txt")
    git(bobs, "commit", "--quiet", "--cleanup=verbatim", "-m", "Notes \x1b]52;c;aGk=\x07\x1b[2J[/] of Bob")
    git(bobs, "push", "--quiet", "origin", "HEAD:main")
    record(small, "Checked.", note="New.")
    terminal = Terminal(small)
    terminal.shows("1 change not yet sent")
    terminal.press("y")
    terminal.shows("1 change of yours will go")
    terminal.press("y")
    terminal.shows("Done: your copy and the shared one hold the same.")
    terminal.shows("of Bob")
    terminal.press("q")
    assert terminal.end() == 0
    assert b"]52;c;" not in terminal.bytes.replace(b"\xe2\x90\x9b]52;c;", b"")
    assert heads(bare) == heads(small)
