"""The screen's thread never waits for the disk or for git, and the first paint comes without git's library."""

import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bscp_tui.tui.screens.change import ChangeDialog
from bscp_tui.tui.screens.records import RecordsScreen
from tests.tui.conftest import current, on_screen, opened, wait_for

# What the screen's thread waits for, as Python's audit events name it.
WAITS = {"subprocess.Popen", "open", "os.listdir", "os.scandir", "fcntl.flock", "sqlite3.connect"}
_seen: list[str] | None = None


def _note(event: str, arguments: tuple[object, ...]) -> None:
    if _seen is None or event not in WAITS or threading.current_thread() is not threading.main_thread():
        return
    told = str(arguments[0]) if arguments else ""
    if "/" not in told or "/register/" in told or event == "subprocess.Popen":
        _seen.append(f"{event} {told}")


sys.addaudithook(_note)  # hooks stay for ever; this one looks only while it is asked to


@contextmanager
def watched() -> Iterator[list[str]]:
    """Note whatever the screen's thread does that waits for the disk, for git or for a lock."""
    global _seen  # noqa: PLW0603 - the hook outlives every test
    found: list[str] = []
    _seen = found
    try:
        yield found
    finally:
        _seen = None


async def test_the_screens_thread_waits_for_nothing_during_a_walk_and_a_save(register: Path) -> None:
    app = opened(register)
    waited: list[str] = []
    async with app.run_test(size=(120, 40)) as pilot:
        await wait_for(pilot, lambda: "records added" in on_screen(app), "Home whole")
        app.open_list("key-action", "plan=2025-27", at="2025-27/4.1.3")
        await wait_for(pilot, lambda: current(app).endswith("4.1.3"), "the list")
        with watched() as found:
            await pilot.press("j", "k", "G", "g", "slash", *" p=4")
            await wait_for(pilot, lambda: "12 of 44" in on_screen(app), "the filter")
            await pilot.press("enter", "j", "j", "k")
        waited += found
        await pilot.press("s")
        await wait_for(pilot, lambda: isinstance(app.screen, ChangeDialog) and app.focused, "the dialog")
        with watched() as found:
            await pilot.press("enter")
            await wait_for(pilot, lambda: app.focused is not None and app.focused.id == "reason", "the reason")
            await pilot.press(*"Posts filled", "ctrl+s")
            await wait_for(pilot, lambda: isinstance(app.screen, RecordsScreen), "the list again")
        waited += found
    assert waited == []


def test_the_first_screen_is_imported_without_gitpython() -> None:
    script = (
        "import sys, bscp_tui.tui.app, bscp_tui.tui.screens.home; "
        "print([name for name in ('git', 'tabulate', 'rapidfuzz', 'tomlkit') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
