"""How a register stands, told in a digest without opening a record: the history's tips and the working files.

A file is told by its time stamps, size and number on the disk. An edit that keeps its size, and puts
the time of the last change back, still moves the time at which the disk took note of it (``ctime``).
A stamp so young that a further edit could bear the same one is not trusted, as git does not.
"""

import hashlib
import os
import time
from array import array
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from bscp_tui.store.repository import Repository

Stamp = tuple[int, int, int, int, int]  # what tells a file from what it was before
YOUNG = 2_000_000_000  # nanoseconds: the coarsest time stamp of a file system in use (FAT) is 2 seconds
# Nanoseconds: where a file system notes fractions of a millisecond, stamps move with the clock's ticks, of which the
# slowest in use are 10 milliseconds (1/64 of a second on Windows).
YOUNG_IF_FINE = 100_000_000
_MILLISECOND = 1_000_000


class Standing(NamedTuple):
    """A register's state.

    Attributes:
        digest: The same for the same state, another for every other.
        settled: Whether every stamp is old enough to be trusted.

    """

    digest: str
    settled: bool


def standing_of(repository: Repository) -> Standing:
    """Return how the register stands now.

    Raises:
        OSError: A folder cannot be read.

    """
    told = hashlib.blake2b(digest_size=16)
    for part in _history(repository):
        told.update(len(part).to_bytes(8, "big") + part)
    now = time.time_ns()
    names: list[str] = []
    numbers = array("q")
    _gather(os.fspath(repository.folder), names, numbers)
    told.update("\0".join(names).encode("utf-8", "surrogateescape"))
    told.update(numbers.tobytes())
    youngest = max(numbers[0::5], default=0), max(numbers[1::5], default=0)
    return Standing(told.hexdigest(), not is_young(youngest, now))


def standing_of_history(repository: Repository, files: Iterable[Path]) -> Standing:
    """Return how the history stands, and of the working files only ``files``, where they are there.

    Raises:
        OSError: One of them cannot be looked at.

    """
    told = hashlib.blake2b(b"history", digest_size=16)
    for part in _history(repository):
        told.update(len(part).to_bytes(8, "big") + part)
    now, settled = time.time_ns(), True
    for path in files:
        stamp = stamp_of(path.lstat())
        settled = settled and not is_young(stamp, now)
        told.update(f"{path}\0{stamp}\0".encode("utf-8", "surrogateescape"))
    return Standing(told.hexdigest(), settled)


def stamps_in(folder: str) -> tuple[dict[str, Stamp], list[str]]:
    """Return what tells each file in a folder, and the folders in it; what begins with a dot is left out.

    Raises:
        OSError: The folder cannot be read.

    """
    handle = os.open(folder, os.O_RDONLY) if os.scandir in os.supports_fd else None
    found: dict[str, Stamp] = {}
    inner = []
    try:
        # Through its handle, a folder's files are found without walking the whole path again for each.
        with os.scandir(folder if handle is None else handle) as entries:
            for entry in entries:
                name = entry.name
                if name[0] == ".":
                    continue
                if entry.is_dir(follow_symlinks=False):
                    inner.append(name)
                else:
                    # On Windows a folder's own list tells other times of a file than the file does, and no number.
                    facts = entry.stat(follow_symlinks=False) if handle is not None else os.lstat(entry.path)
                    found[name] = stamp_of(facts)
    finally:
        if handle is not None:
            os.close(handle)
    return found, inner


def stamped(folder: str, inner: str) -> dict[str, Stamp]:
    """Return what tells each file under ``folder``, by its name with ``inner`` before it."""
    files, folders = stamps_in(folder)
    found = {inner + name: stamp for name, stamp in files.items()}
    for name in folders:
        found |= stamped(f"{folder}/{name}", f"{inner}{name}/")
    return found


def _gather(folder: str, names: list[str], numbers: "array[int]") -> None:
    """Add the names of the files below ``folder``, and what tells each; this is done for every file of a register."""
    names.append(f"{folder}/")
    found, inner = stamps_in(folder)
    names += found
    for stamp in found.values():
        numbers.extend(stamp)
    for name in inner:
        _gather(f"{folder}/{name}", names, numbers)


def stamp_of(facts: os.stat_result) -> Stamp:
    """Return what tells a file from what it was before: times, size, number, mode."""
    # A number on the disk can take all 64 bits, one more than a signed number has.
    return facts.st_mtime_ns, facts.st_ctime_ns, facts.st_size, facts.st_ino & 0x7FFFFFFFFFFFFFFF, facts.st_mode


def is_young(stamp: tuple[int, ...], now: int) -> bool:
    """Whether a file with that stamp may have been changed once more without showing it."""
    changed, noted = stamp[:2]
    # When the disk took note cannot be set by anybody, so that it tells how fine the file system's stamps are.
    return max(changed, noted) + (YOUNG_IF_FINE if noted % _MILLISECOND else YOUNG) >= now


def _history(repository: Repository) -> Iterator[bytes]:
    """Yield what names the history: the tip that is checked out, every branch and mark, and what cuts it short."""
    if repository.git_dir is None or repository.common_dir is None:
        return
    common = repository.common_dir
    for path in (repository.git_dir / "HEAD", common / "packed-refs", common / "shallow", common / "info" / "grafts"):
        yield _bytes(path)
    for folder, inner, files in os.walk(common / "refs"):
        inner.sort()
        for name in sorted(files):
            path = Path(folder, name)
            yield os.fsencode(path)
            yield _bytes(path)


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""
