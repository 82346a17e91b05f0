"""Garbage of a large register's screens is looked for while nobody presses a key."""

import gc
from time import monotonic

from textual import events

from bscp_tui.store.garbage import is_seldom
from bscp_tui.tui.work import Working

QUIET = 4.0  # seconds without a key or a movement of the mouse; whoever reads, reads on


class Tidying(Working):
    """The part of the application that knows whether anybody is at the keys.

    Looking through all that screens leave behind takes a tenth of a second or two where a register is large, and no
    thread moves meanwhile. So it is done, once after each time somebody was busy, in a moment at which nobody waits.
    """

    def __init__(self) -> None:
        """Begin with nothing to look for."""
        super().__init__()
        self._busy_at: float | None = None

    async def on_event(self, event: events.Event) -> None:
        """Take note of each key and each movement of the mouse."""
        if isinstance(event, events.InputEvent):
            self._busy_at = monotonic()
        await super().on_event(event)

    def tidy_up(self) -> None:
        """Look for garbage if somebody was busy, and is no more; to be asked every few seconds."""
        if self._busy_at is not None and monotonic() - self._busy_at >= QUIET and is_seldom():
            self._busy_at = None
            self.run_worker(_look_through, thread=True, exclusive=True, group="garbage", exit_on_error=False)


def _look_through() -> None:
    gc.collect()
