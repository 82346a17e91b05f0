"""Draw the pictures of the documents from the starter register: ``make pictures``."""

import asyncio
import datetime as dt
import os
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path

from textual.pilot import Pilot

from bscp_tui.store import starter
from bscp_tui.store.identity import Identity
from bscp_tui.tui.app import RegisterApp
from tests.tui.conftest import current, on_screen, wait_for
from tests.tui.picture import picture

FOLDER = Path(__file__).parents[2] / "docs" / "pictures"
PERSON = Identity("Sam Lee", "sam.lee@example.org")


async def home(pilot: Pilot[int]) -> None:
    await wait_for(pilot, lambda: "people" in on_screen(pilot.app) or "person" in on_screen(pilot.app), "the changes")


async def record(pilot: Pilot[int]) -> None:
    app = pilot.app
    assert isinstance(app, RegisterApp)
    app.open_list("key-action", "plan=2025-27 priority=4", at="2025-27/4.1.3")
    await wait_for(pilot, lambda: current(app) == "2025-27/4.1.3" and "Last change" in on_screen(app), "the record")


async def status(pilot: Pilot[int]) -> None:
    await record(pilot)
    await pilot.press("s")
    await wait_for(pilot, lambda: "Reason" in on_screen(pilot.app), "the dialog")


SCREENS: dict[str, Callable[[Pilot[int]], Awaitable[None]]] = {"home": home, "record": record, "status": status}


async def draw(folder: Path) -> None:
    """Draw every picture."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, steps in SCREENS.items():
        app = RegisterApp.opened(folder, dt.date(2026, 6, 30))
        async with app.run_test(size=(120, 32)) as pilot:
            await steps(pilot)
            (FOLDER / f"{name}.svg").write_text(picture(app), encoding="utf-8")


def main() -> None:
    """Draw the pictures in a home of their own."""
    with tempfile.TemporaryDirectory() as home_folder:
        os.environ.update({"HOME": home_folder, "XDG_STATE_HOME": home_folder})
        folder = Path(home_folder) / "register"
        starter.make(folder, empty=False, today=dt.date(2026, 6, 30), person=PERSON)
        asyncio.run(draw(folder))


if __name__ == "__main__":
    main()
