"""Files that are handed to people: whole or not there, where they were asked for, and never over another unasked."""

import contextlib
import os
import secrets
from pathlib import Path

from bscp_tui.store.files import flush_folder, in_plain_words, write_durably


class HandOverError(ValueError):
    """A file that was not written; the message says why and what to do."""


def hand_over(path: Path, data: bytes, *, replace: bool = False) -> bool:
    """Write a file in one step: beside its place, flushed, then put there. Return whether another was replaced.

    A link at ``path`` is not followed: it counts as the file that is there.

    Args:
        path: Where the file goes.
        data: Its content.
        replace: Whether a file that is there may be replaced.

    Raises:
        HandOverError: Something is there already, there is no such folder, or the disk refused.

    """
    whole = path.absolute()
    existed = _looked_at(whole, path, replace=replace)
    beside = whole.with_name(f".bscp-{secrets.token_hex(6)}.new")
    try:
        write_durably(beside, data)
        try:
            _put(beside, whole, replace=replace)
        finally:
            with contextlib.suppress(FileNotFoundError):
                beside.unlink()
        with contextlib.suppress(OSError):
            flush_folder(whole.parent)
    except FileExistsError:
        raise HandOverError(_taken(path)) from None
    except (OSError, ValueError) as error:
        msg = f"{path} was not written: {in_plain_words(error)}. Choose another place, or make room there."
        raise HandOverError(msg) from error
    return existed


def _looked_at(whole: Path, path: Path, *, replace: bool) -> bool:
    """Return whether a file is there; refuse what cannot be replaced, so that nothing is made in vain."""
    if not whole.parent.is_dir():
        msg = f"{path} was not written: there is no folder {whole.parent}. Make it first, or name another."
        raise HandOverError(msg)
    if not os.path.lexists(whole):
        return False
    if whole.is_dir() and not whole.is_symlink():
        msg = f"{path} is a folder. Name a file in it, for instance {path / 'report.html'}."
        raise HandOverError(msg)
    if whole.exists() and not whole.is_file():
        msg = f"{path} is no plain file, and nothing is written into it. Name another file."
        raise HandOverError(msg)
    if not replace:
        raise HandOverError(_taken(path))
    return True


def _put(beside: Path, whole: Path, *, replace: bool) -> None:
    """Put the finished file in its place; where that must be free, somebody quicker keeps theirs."""
    if replace:
        os.replace(beside, whole)
        return
    try:
        os.link(beside, whole)
    except FileExistsError:
        raise
    except OSError:  # a disk that knows no second names: what came in between is looked for once more
        if os.path.lexists(whole):
            raise FileExistsError from None
        os.replace(beside, whole)


def _taken(path: Path) -> str:
    return (
        f"{path} is there already, and was left as it is. Name another file; a command writes over it with --replace."
    )
