"""A new folder that is there whole, or not at all."""

import contextlib
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bscp_tui.store import git
from bscp_tui.store.errors import FolderTakenError, RegisterError


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
        msg = f"{folder} cannot be made: {error.strerror}"
        raise RegisterError(msg) from error
    try:
        work.chmod(0o755)
        yield work
        if folder.exists():
            folder.rmdir()
        work.rename(folder)
    except (OSError, git.GitError) as error:
        msg = f"{folder} cannot be made: {error}"
        raise RegisterError(msg) from error
    finally:
        shutil.rmtree(work, ignore_errors=True)
