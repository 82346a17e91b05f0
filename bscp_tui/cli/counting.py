"""How far a long work is, on a terminal; ctrl+c stops it where nothing is half done."""

import contextlib
import signal
import sys
import threading
from collections.abc import Iterator
from time import monotonic
from types import FrameType

from bscp_tui.intake.document import Progress, StoppedError

OFTEN = 0.2  # seconds between two words


@contextlib.contextmanager
def counted() -> Iterator[Progress]:
    """Give a progress function that tells how far the work is, and raises where the person pressed ctrl+c.

    Only a terminal is told; the first ctrl+c is kept until the work next says how far it is, the second acts at once.
    """
    told = _Told()
    main = threading.current_thread() is threading.main_thread()
    before = signal.signal(signal.SIGINT, told.stop) if main else None
    try:
        yield told
    finally:
        if main:
            signal.signal(signal.SIGINT, before)
        told.wipe()


class _Told:
    """Says how far the work is, on one line that is written over."""

    def __init__(self) -> None:
        self._stopped = False
        self._said = monotonic()
        self._width = 0

    def __call__(self, doing: str, done: int, of: int) -> None:
        if self._stopped:
            raise StoppedError
        if not sys.stderr.isatty() or monotonic() - self._said < OFTEN:
            return
        self._said = monotonic()
        words = f"{doing} {done:,} of {of:,} … (ctrl+c stops between two)"
        sys.stderr.write(f"\r{words.ljust(self._width)}")
        sys.stderr.flush()
        self._width = len(words)

    def stop(self, number: int, frame: FrameType | None) -> None:
        """Keep in mind that ctrl+c was pressed; the second time it acts at once."""
        del number, frame
        if self._stopped:
            raise KeyboardInterrupt
        self._stopped = True

    def wipe(self) -> None:
        """Leave an empty line where the words stood."""
        if self._width:
            sys.stderr.write(f"\r{' ' * self._width}\r")
            sys.stderr.flush()
