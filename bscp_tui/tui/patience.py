"""Telling of a wait that grows long, and only of one that still goes on."""

from collections.abc import Callable

from textual.message_pump import MessagePump

PATIENCE = 0.2  # seconds after which a wait is told


class Patience:
    """The wait of one screen for what is read in a thread."""

    def __init__(self, screen: MessagePump, tell: Callable[[str], object]) -> None:
        """Tell of a long wait by ``tell``, which is given the words."""
        self._screen, self._tell = screen, tell
        self._wait = 0
        self._told = ""

    def begin(self, words: str) -> None:
        """Begin to wait; ``words`` are told unless the wait soon ends."""
        self._wait += 1
        self._told = words
        wait = self._wait
        self._screen.set_timer(PATIENCE, lambda: self._long(wait))

    def end(self) -> None:
        """The wait is over; nothing more is told of it, even if the time has just run out."""
        self._wait += 1

    def _long(self, wait: int) -> None:
        if wait == self._wait:
            self._tell(self._told)
