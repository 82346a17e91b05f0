"""Time how long a screen takes from the key to its first lines, in a program that has started: ``FOLDER list|history``.

Prints seconds. The terminal is Textual's own without a display, so that only this program is measured.
"""

import asyncio
import datetime as dt
import gc
import sys
import time
from pathlib import Path

from bscp_tui.tui.app import RegisterApp
from bscp_tui.tui.widgets.virtual_list import VirtualList


async def timed(folder: Path, what: str) -> float:
    """Open Home, let it read everything, then open the screen; return the seconds until it shows lines."""
    app = RegisterApp.opened(folder, dt.date(2026, 6, 30))
    async with app.run_test(size=(80, 24)) as pilot:
        while not app.session.all_read or app.workers:
            await pilot.pause(0.01)
        begun = time.perf_counter()
        if what == "list":
            app.open_list("action", "")
        else:
            await pilot.press("9")
        while not any(lines.count for lines in app.screen.query(VirtualList)):
            await pilot.pause(0.001)
        # The lines are there; they are painted with the next refresh. What is fetched after that, the record's
        # history and links, is no part of it.
        painted = asyncio.Event()
        app.screen.call_after_refresh(painted.set)
        await painted.wait()
        return time.perf_counter() - begun


if __name__ == "__main__":
    gc.set_threshold(2_000_000, 20, 20)  # as the program does
    print(asyncio.run(timed(Path(sys.argv[1]), sys.argv[2])))
