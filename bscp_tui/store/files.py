"""Files that are whole or not there: written beside, flushed, then put in place."""

import contextlib
import errno
import os
import re
from pathlib import Path

from bscp_tui.store.errors import SaveError

_PLAIN = {
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "your share of the disk is full",
    errno.EROFS: "the disk can only be read",
    errno.EACCES: "you may not write there",
    errno.EPERM: "you may not write there",
    errno.EIO: "the disk reports a fault",
}

# Where git's own words for a fault leave out the computer's.
# git names the file that a signature is handed over in only where that file could not be written or read.
_UNWRITTEN = re.compile(
    r"(couldn't|could not|unable to|failed to) (write|set|append|create|close|flush)|\.git_signing_buffer"
)


def flush_folder(folder: Path) -> None:
    """Make the names in ``folder`` durable; where folders cannot be opened (Windows) they are already."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_durably(path: Path, data: bytes, mode: int = 0o666) -> None:
    """Write a new file and flush it to the disk; on any fault the file is removed again.

    Raises:
        OSError: The disk refused.

    """
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), mode)
    try:
        try:
            _write_all(handle, data)
            os.fsync(handle)
        finally:
            os.close(handle)
    except BaseException:
        with contextlib.suppress(OSError):
            path.unlink()
        raise


def rewrite(path: Path, data: bytes) -> None:
    """Write a small file of our own in place and flush it; it may be torn, but never missing.

    Raises:
        OSError: The disk refused.

    """
    existed = path.exists()
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o666)
    try:
        _write_all(handle, data)
        os.ftruncate(handle, len(data))
        os.fsync(handle)
    finally:
        os.close(handle)
    if not existed:
        flush_folder(path.parent)


def replace(path: Path, data: bytes, beside: Path) -> None:
    """Put ``data`` at ``path`` in one step: readers see the old file or the new one, whole.

    Args:
        path: The file.
        data: Its new content.
        beside: A path on the same disk for the new file until it is whole.

    Raises:
        OSError: The disk refused; the old file is as it was.

    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with contextlib.suppress(FileNotFoundError):
        beside.unlink()
    write_durably(beside, data)
    try:
        os.replace(beside, path)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        sibling = path.with_name(f".{path.name}.new")
        with contextlib.suppress(FileNotFoundError):
            sibling.unlink()
        write_durably(sibling, data)
        os.replace(sibling, path)
        beside.unlink()
    flush_folder(path.parent)


def in_plain_words(error: BaseException) -> str:
    """Return what a fault of the disk means, as people say it."""
    if isinstance(error, OSError) and error.errno is not None:
        name = f" ({error.filename})" if error.filename else ""
        return _PLAIN.get(error.errno, os.strerror(error.errno).lower()) + name
    words = str(error)
    for code, plain in _PLAIN.items():
        if os.strerror(code) in words:
            return f"{plain} (git: {words.splitlines()[0]})"
    if _UNWRITTEN.search(words):
        return f"the disk would not take it (git: {words.splitlines()[0]})"
    return words


def refused_by_computer(error: OSError) -> str | None:
    """Return what to say where the disk or its rights kept something from being done; None for any other fault."""
    where = f" ({os.fspath(error.filename)!s})" if error.filename else ""
    if error.errno in {errno.EACCES, errno.EPERM}:
        return f"you may not read or write there{where}. Ask whoever looks after that folder, or name another."
    if error.errno == errno.ENAMETOOLONG:
        return f"a name is too long for the disk{where}. Choose a shorter one."
    if error.errno in _PLAIN:
        return f"{in_plain_words(error)}. What was recorded stays; make room or choose another place, then try again."
    return None


def not_saved(error: BaseException) -> SaveError:
    """Return the error that tells a person that a fault of the disk kept their change from being recorded."""
    return SaveError(f"Nothing was recorded: {in_plain_words(error)}. The register is as it was; try again.")


def _write_all(handle: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(handle, view) :]
