"""Work shared with a copy of this process, or left to one; whoever asks can always do all of it alone.

One process goes over the items from the front, the other from the back, until they meet, so that neither waits long
for the other however different the items are. What the other did comes through a pipe, a block at a time; where the
other fails, is killed, or cannot be made, its items are simply done here.
"""

import contextlib
import multiprocessing
import os
import pickle
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

T = TypeVar("T")
R = TypeVar("R")
BLOCK = 50  # items between two looks at what the other has done
_STREAMS = range(3)  # what is read, printed and said
_left: list[int] = []  # processes that nobody waits for; the next time, it is looked which of them have ended
ROOM = 1 << 20  # bytes in the pipe between the two; a block has room in it, so that neither waits for the other


def is_possible() -> bool:
    """Whether a second process would gain time and is safe to make: as a copy, which only a single thread may make."""
    if sys.platform != "linux" or threading.active_count() > 1:
        return False
    return len(os.sched_getaffinity(0)) > 1


def share(
    items: Sequence[T],
    here: Callable[[Sequence[T]], None],
    there: Callable[[Sequence[T]], R],
    take: Callable[[R], None],
    first: Callable[[], None] = lambda: None,
) -> None:
    """Do every item once, here or in a copy of this process.

    Args:
        items: What there is to do.
        here: Does some items in this process.
        there: Does some items in the other one; what it returns must be something that can be pickled.
        take: Takes over what ``there`` returned.
        first: Something else that this process does once the other is at work.

    """
    blocks = [items[start : start + BLOCK] for start in range(0, len(items), BLOCK)]
    with _copy(blocks, there) as done:
        first()
        mine, left = 0, len(blocks)
        while mine < left:
            here(blocks[mine])
            mine += 1
            while mine < left:
                come = _come(done)
                if come is None:
                    break
                take(come[0])
                left -= 1


@contextlib.contextmanager
def meanwhile(work: Callable[[], T]) -> "Iterator[Callable[[], T | None]]":
    """Give what returns an answer that a copy of this process works out meanwhile; None where none comes.

    Args:
        work: Works it out; what it returns must be something that can be pickled.

    """
    if not is_possible():
        yield lambda: None
        return
    with _copy([[None]], lambda _: work()) as done:

        def answer() -> T | None:
            come = _come(done, wait=True)
            return come[0] if come is not None else None

        yield answer


@contextlib.contextmanager
def _copy(blocks: Sequence[Sequence[T]], there: Callable[[Sequence[T]], R]) -> "Iterator[Connection]":
    """Let a copy of this process do the blocks, the last one first, and end it however one's own part ends."""
    import fcntl  # only where a process can be copied

    context = multiprocessing.get_context("fork")
    done, into = context.Pipe(duplex=False)
    with contextlib.suppress(OSError):  # a computer that allows no more room is only slower
        fcntl.fcntl(into.fileno(), fcntl.F_SETPIPE_SZ, ROOM)
    process = context.Process(target=_do, args=(blocks, there, done, into), daemon=True)
    with contextlib.suppress(OSError):  # the computer allows no more of them
        process.start()
    into.close()
    try:
        yield done
    finally:
        done.close()
        if process.pid is not None:
            process.kill()
            process.join()


def leave(work: Callable[[], None]) -> None:
    """Let a copy of this process do something that nobody waits for, and of which nothing is told.

    It holds nothing of this one: neither where this one prints, so that a reader of that sees its end, nor its locks.
    """
    _left[:] = filter(_is_at_work, _left)
    try:
        process = os.fork()
    except OSError:  # the computer allows no more of them
        work()
        return
    if process:
        _left.append(process)
        return
    try:
        nothing = os.open(os.devnull, os.O_RDWR)
        for stream in _STREAMS:
            os.dup2(nothing, stream)
        # Not all numbers that there may be: some computers allow a thousand million. They lead nowhere from now on, and
        # are not free: what still has one, a pipe to git, can then never write into a file that is opened later.
        for held in [int(path.name) for path in Path("/proc/self/fd").iterdir()]:
            if held >= len(_STREAMS) and held != nothing:
                with contextlib.suppress(OSError):
                    os.fstat(held)  # the look at the numbers had one of its own, which is gone
                    os.dup2(nothing, held)
        work()
    finally:
        os._exit(0)  # nothing that this copy holds is finished twice; what became of its work is nobody's to know


def _is_at_work(process: int) -> bool:
    try:
        return os.waitpid(process, os.WNOHANG) == (0, 0)
    except ChildProcessError:  # this is itself a copy of the one that made it
        return False


def _come(done: "Connection", *, wait: bool = False) -> tuple[Any] | None:
    """Return what the other process has told, and was not taken yet; None where it is at work still, or is no more.

    Args:
        done: From where it comes.
        wait: Whether to wait for it while the other is at work.

    """
    try:
        return (pickle.loads(done.recv_bytes()),) if wait or done.poll() else None  # noqa: S301 - from a copy of this process
    except (EOFError, OSError, pickle.UnpicklingError):
        return None


def _do(
    blocks: Sequence[Sequence[T]], there: Callable[[Sequence[T]], R], done: "Connection", into: "Connection"
) -> None:
    """Do one block after another and tell what each came to, until nobody listens."""
    done.close()  # the other's end: while this process has it too, it would never learn that the other is gone
    try:
        for block in reversed(blocks):
            into.send_bytes(pickle.dumps(there(block), pickle.HIGHEST_PROTOCOL))
    except BaseException:  # noqa: BLE001 - an interruption, too, is the other's to tell
        os._exit(1)
    os._exit(0)  # nothing that this copy holds open is finished twice
