"""Hostile text is literal everywhere: no bracket of a record acts, no control character reaches the terminal."""

from pathlib import Path

import pytest
from textual.pilot import Pilot

from bscp_tui.model.shown_list import ShownList
from bscp_tui.sharing.joining import join
from bscp_tui.sharing.syncing import sync
from bscp_tui.store import own_views
from bscp_tui.store.register import open_register
from bscp_tui.tui.app import RegisterApp
from bscp_tui.tui.widgets.words import Lines
from tests.intake.converting import docx
from tests.tui.conftest import TODAY, all_done, current, git, on_screen, opened, wait_for
from tests.tui.hostile import AUTHOR, FILE, LITERAL, NAME, Wire, look, made_hostile, wired
from tests.tui.test_exchange import record, seated
from tests.tui.test_importing import ROWS, TITLE, read

DELIVERED = ("9.2", f"{LITERAL} \u202eall", LITERAL, LITERAL)


class Walk:
    """A walk through a hostile register, every screen looked at."""

    def __init__(self, pilot: Pilot[int], app: RegisterApp, wire: Wire) -> None:
        """Begin on Home."""
        self.pilot, self.app, self.wire = pilot, app, wire

    async def see(self, *shown: str) -> None:
        """Look at the screen once it shows the words, and those who read for it are done."""
        await self.pilot.pause()
        await all_done(self.pilot)
        await look(self.pilot, self.wire, *shown)

    async def press(self, keys: str, *shown: str) -> None:
        """Press keys, separated by spaces, and look."""
        await self.pilot.press(*keys.split())
        await self.see(*shown)

    async def go(self, kind: str, at: str) -> None:
        """Go to a record from Home."""
        self.app.go_home()
        self.app.open_list(kind, at=at)
        await wait_for(self.pilot, lambda: current(self.app) == at, at)


@pytest.fixture
def hostile(small: Path) -> Path:
    """A register that is hostile throughout, and a saved view of the person's own that is so too."""
    made_hostile(small)
    own_views.keep(ShownList(kind="key-action", title=LITERAL, filter="", columns=("ref", "title")))
    return small


async def test_records_and_dialogs_say_their_text_literally(hostile: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wire, app = wired(monkeypatch), opened(hostile)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        walk = Walk(pilot, app, wire)
        await walk.see(f"{LITERAL} [@click=app.quit]Zq[/] ␛[8;9;9")  # the partnership's own name, and a priority's
        await walk.press("z x", " found", "2025-27/9.1 ", f" {LITERAL} [@click=app.quit]Zq[/]")
        await walk.press("escape ctrl+p z x", f"{LITERAL} · saved view", f"2025-27/9  {LITERAL}")
        await walk.press("escape 0", "Every list")
        await all_done(pilot)  # the views are read beside it, and stand at the end
        await walk.press("G", f"{LITERAL} · mine")
        await walk.go("agency", "broken")
        await walk.press("b", "Put broken back?")
        await walk.press("escape k", f"{FILE.replace(chr(27), '␛').replace(chr(7), '␇')}.toml cannot be read")
        await walk.press("x ctrl+s", "On the clipboard")
        assert f"odd-agency\t{NAME[:40]}" in wire.clipboard
        assert "\x1b" not in wire.clipboard
        await walk.go("key-action", "2025-27/9.1.8")  # its title has 4,000 letters
        await walk.press("s", f"Status of 2025-27/9.1.8 {LITERAL}", "embedded")
        await walk.press("enter T o l d ctrl+s", "Recorded: 2025-27/9.1.8")
        await walk.press("h", "2 changes")
        await walk.press("enter", "Entry ", f"2025-27/9.1.8 {LITERAL}")
        await walk.go("key-action", "2025-27/9.1.9")
        await walk.press("e", f"Title *            {LITERAL}", f"Key action         {LITERAL}")
        await walk.press("tab x", f"Will be recorded: 2025-27/9.1.9 {LITERAL}")
        await walk.press("ctrl+t l", f"Links of 2025-27/9.1.9 {LITERAL}")
        await walk.press("escape w", f"Withdraw 2025-27/9.1.9 (it stays in the history): {LITERAL}")
        await walk.press("escape f", f"{LITERAL} · mine")
        await walk.go("audit", "AU-0Z09")
        await walk.press("+", f"Rows of AU-0Z09 {LITERAL}", "Findings")


async def test_screens_of_the_whole_register_say_their_text_literally(
    hostile: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wire, app = wired(monkeypatch), opened(hostile)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        walk = Walk(pilot, app, wire)
        app.open_history()
        await walk.see("added", "together")
        await walk.press("space down enter", "Entry zzzz-zzzz", f"decided at       {LITERAL}")
        app.go_home()
        await walk.press("t", "last entry 22 Nov 2026, [red]Zx")
        await walk.press("escape exclamation_mark", "Queries", "To mend", LITERAL)
        await walk.press("down down down a", "Add: acceptance")
        app.go_home()
        app.action_every_report()
        await walk.see("Board pack")
        app.screen.query_one("#list", Lines).highlighted = 10
        await walk.press("enter", "What is owed, by whom")
        await walk.press("pagedown", LITERAL)
        app.go_home()
        await walk.press("percent_sign", f"2025-27/9, {LITERAL}")
        await walk.go("meeting", "MT-0Z09")
        await walk.press("S", f"Sitting › {LITERAL}", "decided")
        app.go_home()
        app.action_update_round()
        await walk.see(LITERAL)
        app.go_home()
        app.action_check_that_this_history_is_whole()
        await walk.see("which is no record", "[red]Zx[@click")
        name = "[red]Zx[@click=app.quit]Zq.docx"
        (hostile.parent / name).write_bytes(docx([(f"{TITLE} {LITERAL}", [ROWS[0], [*DELIVERED, "[/]"]])]))
        await read(pilot, Path("~") / name)
        await walk.see(f"~/{name}", LITERAL)
        await walk.press("f4", "What this document holds")
        await walk.press("escape ctrl+s", "Recorded: 1 entry")


async def test_what_the_shared_copy_and_others_say_is_literal(
    hostile: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "[red]Zx[@click=app.quit]Zq.git"
    git(tmp_path, "init", "--quiet", "--bare", "--initial-branch=main", str(place))
    git(hostile, "remote", "add", "origin", str(place))
    assert sync(open_register(hostile, TODAY)).done
    with seated(AUTHOR):
        join(str(place), tmp_path / "other")
        record(tmp_path / "other", LITERAL, status="deferred", note=LITERAL)
        assert sync(open_register(tmp_path / "other", TODAY)).done
    record(hostile, "The first course ran.", status="in-progress")
    wire, app = wired(monkeypatch), opened(hostile)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        walk = Walk(pilot, app, wire)
        await wait_for(pilot, lambda: app.session.all_read, "every record read")
        await walk.press("y", "1 change of yours")
        await walk.press("y", "1 field was given two", f"{LITERAL} ␛]0;Zt")
        await walk.press("enter", f"“{LITERAL}”")
        await walk.press("ctrl+s", "Done: your copy and the shared one")
        assert "Meanwhile" not in on_screen(app)  # what one does oneself is no news
        hook = place / "hooks" / "pre-receive"
        hook.write_text(f"#!/bin/sh\nprintf '{LITERAL} \\033]0;Zt\\007\\n' >&2\nexit 1\n")
        hook.chmod(0o755)
        record(hostile, "Checked.", note="Checked")
        await walk.press("f5")
        await walk.press("y", "The shared copy refused", f"{LITERAL} ␛]0;Zt")


async def test_a_folder_that_is_no_register_is_named_literally(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wire, app = wired(monkeypatch), opened(tmp_path / FILE)
    async with app.run_test(size=(120, 24)) as pilot:
        await look(pilot, wire, "cannot be opened", "/[red]Zx", "␛]0;Zt␇ is not a register")
