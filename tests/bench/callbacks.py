"""Walk through the screens, and time what holds their thread: ``FOLDER``; prints the longest as JSON.

Processor time of the screen's thread counts, so that a busy machine makes nothing longer, and that of looking for
garbage, which holds every thread. The first time that a screen is opened its modules are loaded; each is therefore
opened once before it counts. Where a register is large, most garbage is looked for when nobody is at the keys, as is
never so in this walk; one such look is timed by itself at its end.
"""

import asyncio
import datetime as dt
import gc
import json
import sys
import threading
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from textual.pilot import Pilot

from bscp_tui.model.amendment import amend
from bscp_tui.model.entry import Entry
from bscp_tui.model.kinds import KINDS
from bscp_tui.model.view import Circumstances, View
from bscp_tui.store.register import Register, open_register
from bscp_tui.tui import tidying
from bscp_tui.tui.app import COLLECT, RegisterApp

TODAY = dt.date(2026, 6, 30)
LONGEST = 8  # callbacks that are told
PRESSES = (
    ("4", ".", "1", ".", "3", "escape"), ("slash", *"sutainable", "escape"), ("d", "escape"), ("9", "down", "escape"),
    ("2", "slash", *"police", "enter", "O", "L", "escape"), ("0", "escape"), ("question_mark", "escape"),
    ("3", "e", "escape", "s", "escape", "a", "escape"), ("t", *"31 march 2026", "enter"), ("3", "t"),
    ("T", "up", "escape"),
)  # fmt: skip


class Watchdog:
    """Times every callback of the event loop while it watches."""

    def __init__(self) -> None:
        """Begin to stand by."""
        self.watching = False
        self.doing = ""
        self.taken: list[tuple[float, str]] = []
        self._run: Callable[..., Any] = asyncio.Handle._run  # noqa: SLF001 - asyncio tells of slow ones by wall clock only
        asyncio.Handle._run = self._timed  # type: ignore[method-assign,assignment]  # noqa: SLF001
        self._begun = 0.0
        gc.callbacks.append(self._looks_for_garbage)

    @property
    def _timed(self) -> Callable[[asyncio.Handle], None]:
        def run(handle: asyncio.Handle) -> None:
            begun = time.thread_time()
            self._run(handle)
            if self.watching:
                self.taken.append((time.thread_time() - begun, f"{self.doing}: {repr(handle)[:160]}"))

        return run

    def _looks_for_garbage(self, phase: str, facts: dict[str, int]) -> None:
        """Time a look for garbage, in whatever thread: none of the others moves meanwhile."""
        if phase == "start":
            self._begun = time.thread_time()
        elif self.watching:
            who = threading.current_thread().name
            told = f"{self.doing}: garbage of generation {facts['generation']}, by {who}"
            self.taken.append((time.thread_time() - self._begun, told))


async def idle(app: RegisterApp, pilot: Pilot[int]) -> None:
    """Let everything that was set going end."""
    while not app.session.all_read or any(not worker.is_finished for worker in app.workers):
        await pilot.pause(0.02)
    await pilot.pause()


def noted(register: Register, ref: str, note: str) -> Entry | None:
    """Record a note on a record, as a person's change or another program's."""
    snapshot = register.snapshot()
    view = snapshot.resolve(ref)
    if not isinstance(view, View):
        raise TypeError(ref)
    why = Circumstances("Measured.", TODAY)
    return register.record(amend(view, snapshot.document(view.path), {"note": note}, why))


async def changes(app: RegisterApp, pilot: Pilot[int], run: str) -> None:
    """Record a change on Home and in a list, and let another program record one behind each."""
    register, ref = app.session.register, app.session.snapshot.views(KINDS["key-action"])[-1].ref
    for place in ((), ("3",)):
        app.go_home()
        await pilot.press(*place)
        await idle(app, pilot)
        done: list[object] = []
        app.write(partial(noted, register, ref, f"Ours, {run}, {place}."), done.append)
        await idle(app, pilot)
        others = open_register(register.repository.root, TODAY)
        await asyncio.to_thread(noted, others, ref, f"Theirs, {run}, {place}.")
        app.look_for_others()
        await idle(app, pilot)
        if not done or isinstance(done[0], Exception):
            raise ValueError(done)


async def walked(folder: Path) -> tuple[list[tuple[float, str]], float]:
    """Walk twice, the second time watched.

    Returns:
        The longest callbacks in seconds, with what they were; and the seconds of a look for all garbage after it.

    """
    watchdog, tidying.QUIET = Watchdog(), float("inf")
    app = RegisterApp.opened(folder, TODAY)
    async with app.run_test(size=(80, 24)) as pilot:
        for watching in (False, True):
            await idle(app, pilot)
            watchdog.watching = watching
            for keys in PRESSES:
                watchdog.doing = " ".join(keys)
                app.go_home()
                for key in keys:
                    await pilot.press(key)
                await idle(app, pilot)
            watchdog.doing = "changes"
            await changes(app, pilot, f"{time.time_ns()}")
        watchdog.watching = False
        begun = time.thread_time()
        gc.collect()
        return sorted(watchdog.taken, reverse=True)[:LONGEST], time.thread_time() - begun


if __name__ == "__main__":
    gc.set_threshold(*COLLECT)  # as the program does
    print(json.dumps(asyncio.run(walked(Path(sys.argv[1])))))
