"""The screen's thread is never held, and the first paint comes without git's library."""

import asyncio
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bscp_tui.tui.screens.change import ChangeDialog
from bscp_tui.tui.screens.records import RecordsScreen
from tests.tui.conftest import current, on_screen, opened, wait_for

LONGEST = 0.1  # seconds
ATTEMPTS = 3  # another program may take the processor for a moment; a fault of ours comes every time


@contextmanager
def watched() -> Iterator[list[tuple[float, str]]]:
    """Note every callback of the loop that takes longer than allowed; laying out a new screen is left out."""
    held: list[tuple[float, str]] = []
    run = asyncio.Handle._run  # noqa: SLF001 - asyncio offers no other way
    own = asyncio.current_task()  # looking at the screen is the test's work, not the program's

    def measured(self: asyncio.Handle) -> None:
        task = getattr(getattr(self, "_callback", None), "__self__", None)
        told = repr(task)[:200]
        started = time.perf_counter()
        run(self)
        took = time.perf_counter() - started
        # Painting ("screen_update") is Textual's own; everything that the screens do runs in a message pump.
        if took > LONGEST and task is not own and "message pump" in told:
            held.append((took, told))

    asyncio.Handle._run = measured  # type: ignore[method-assign]  # noqa: SLF001
    try:
        yield held
    finally:
        asyncio.Handle._run = run  # type: ignore[method-assign]  # noqa: SLF001


async def test_no_callback_holds_the_screen_during_a_walk_and_a_save(register: Path) -> None:
    worst: list[list[tuple[float, str]]] = []
    for attempt, status in enumerate(("down", "down down", "down down down")[:ATTEMPTS]):
        held = await walk_and_save(register, "4.1.3", f"attempt {attempt}", status.split())
        if not held:
            return
        worst.append(held)
    raise AssertionError(worst)


async def walk_and_save(register: Path, ref: str, reason: str, choice: list[str]) -> list[tuple[float, str]]:
    """Walk through a list, filter it, type and save; return what held the thread."""
    app = opened(register)
    found: list[tuple[float, str]] = []
    async with app.run_test(size=(120, 40)) as pilot:
        await wait_for(pilot, lambda: "records added" in on_screen(app), "Home whole")
        app.open_list("key-action", "plan=2025-27", at=f"2025-27/{ref}")
        await wait_for(pilot, lambda: current(app).endswith(ref), "the list")
        with watched() as held:
            await pilot.press("j", "k", "G", "g", "slash", *" p=4")
            await wait_for(pilot, lambda: "12 of 44" in on_screen(app), "the filter")
            await pilot.press("enter", "j", "j", "k")
        found += held
        await pilot.press("s")
        await wait_for(pilot, lambda: isinstance(app.screen, ChangeDialog) and app.focused, "the dialog")
        with watched() as held:
            await pilot.press(*choice, "enter")
            await wait_for(pilot, lambda: app.focused is not None and app.focused.id == "reason", "the reason")
            await pilot.press(*reason, "ctrl+s")
            await wait_for(pilot, lambda: isinstance(app.screen, RecordsScreen), "the list again")
        found += held
    return found


def test_the_first_screen_is_imported_without_gitpython() -> None:
    script = (
        "import sys, bscp_tui.tui.app, bscp_tui.tui.screens.home; "
        "print([name for name in ('git', 'tabulate', 'rapidfuzz', 'tomlkit') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
