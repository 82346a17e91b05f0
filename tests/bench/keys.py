"""Time key presses in a list, and what they set going: ``FOLDER``; prints the seconds of each press as JSON.

The terminal is Textual's own without a display. A press counts until the screen's thread is idle again.
"""

import asyncio
import datetime as dt
import gc
import json
import sys
import time
from pathlib import Path

from bscp_tui.tui.app import RegisterApp
from bscp_tui.tui.widgets.record_table import RecordTable

MOVES = ("down", "down", "pagedown", "up", "space", "space", "end", "home")
ROUNDS = 8


async def timed(folder: Path) -> list[float]:
    """Open the list of all key actions; return how long each key took."""
    app = RegisterApp.opened(folder, dt.date(2026, 6, 30))
    taken = []
    async with app.run_test(size=(80, 24)) as pilot:
        while not app.session.all_read or app.workers:
            await pilot.pause(0.01)
        app.open_list("key-action")
        while not any(table.count for table in app.screen.query(RecordTable)):
            await pilot.pause(0.01)
        for key in MOVES * ROUNDS:
            begun = time.perf_counter()
            await pilot.press(key)
            taken.append(time.perf_counter() - begun)
    return taken


if __name__ == "__main__":
    gc.set_threshold(2_000_000, 20, 20)  # as the program does
    print(json.dumps(asyncio.run(timed(Path(sys.argv[1])))))
