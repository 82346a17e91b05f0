"""A piece of work done beside one's own, in a copy of this process; whoever asks can always do it all alone."""

import contextlib
import multiprocessing
import os
import pickle
import sys
import threading
from collections.abc import Callable
from types import TracebackType
from typing import TYPE_CHECKING, Generic, Self, TypeVar

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

T = TypeVar("T")


def is_possible() -> bool:
    """Whether a second process would gain time and is safe to make: as a copy, which only a single thread may make."""
    if sys.platform != "linux" or threading.active_count() > 1:
        return False
    return len(os.sched_getaffinity(0)) > 1


class Apart(Generic[T]):
    """Work that is under way in another process; where none can be made, it comes to nothing."""

    def __init__(self, work: Callable[[], T]) -> None:
        """Begin ``work``; what it returns must be something that can be pickled."""
        context = multiprocessing.get_context("fork")
        self._here, there = context.Pipe(duplex=False)
        self._process = context.Process(target=_do, args=(work, there), daemon=True)
        with contextlib.suppress(OSError):  # the computer allows no more of them
            self._process.start()
        there.close()

    def __enter__(self) -> Self:
        """Go on with one's own part."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Wait for the other process; end it where its work is wanted no more."""
        self._here.close()
        if self._process.pid is None:
            return
        if value is not None:
            self._process.kill()
        self._process.join()

    def result(self) -> T | None:
        """Return what the work came to, once it is done; None where it failed or was killed."""
        try:
            told: T = pickle.loads(self._here.recv_bytes())  # noqa: S301 - from a copy of this very process
        except (EOFError, OSError, pickle.UnpicklingError):
            return None
        return told


def _do(work: Callable[[], object], there: "Connection") -> None:
    """Do the work and tell what it came to; whatever goes wrong, nothing is told, and the other does it again."""
    try:
        there.send_bytes(pickle.dumps(work(), pickle.HIGHEST_PROTOCOL))
    except BaseException:  # noqa: BLE001 - an interruption, too, is the other's to tell
        os._exit(1)
    os._exit(0)  # nothing that this copy holds open is finished twice
