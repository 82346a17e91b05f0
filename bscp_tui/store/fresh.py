"""A new folder that is there whole, or not at all."""

import contextlib
import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bscp_tui.store import git
from bscp_tui.store.errors import FolderTakenError, RegisterError
from bscp_tui.store.files import in_plain_words

_NUMBER = re.compile(r"\[Errno (\d+)\]")


@contextlib.contextmanager
def fresh_folder(folder: Path) -> Iterator[Path]:
    """Lend a folder beside ``folder`` to be filled; it takes that name at the end, or is removed.

    Raises:
        FolderTakenError: Something is there already.
        RegisterError: It cannot be written.

    """
    folder = folder.expanduser().absolute()
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        msg = f"{folder} is not empty, so nothing is made there. Name a folder that does not exist yet."
        raise FolderTakenError(msg)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        work = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    except OSError as error:
        msg = f"{folder} cannot be made: {_why(error)}. Choose another place."
        raise RegisterError(msg) from error
    try:
        work.chmod(0o755)
        yield work
        if folder.exists():
            folder.rmdir()
        work.rename(folder)
    except (OSError, git.GitError) as error:
        msg = f"{folder} cannot be made: {_why(error)}. Nothing is left of it. Make room, or choose another place."
        raise RegisterError(msg) from error
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _why(error: Exception) -> str:
    """Return what kept a folder from being made; of many files that could not be copied, what it was for the first."""
    if isinstance(error, shutil.Error) and error.args and isinstance(error.args[0], list):
        _, place, words = error.args[0][0]
        number = _NUMBER.match(str(words))
        return in_plain_words(OSError(int(number[1]), str(words), str(place)) if number else OSError(str(words)))
    return in_plain_words(error)
