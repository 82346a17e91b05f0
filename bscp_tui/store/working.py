"""The working files as they lie: read with care, since a link or a pipe could lead anywhere."""

import stat
from pathlib import Path

from bscp_tui.store.errors import HandEditError


def working_bytes(root: Path, path: str) -> bytes | None:
    """Return a working file's bytes, None where it is not there; links are not followed, nor pipes waited for.

    Raises:
        HandEditError: The file, or a folder on the way to it, is a link or something special.

    """
    _refuse_linked_folders(root, path)
    return _plain_bytes(root / path)


def _refuse_linked_folders(root: Path, path: str) -> None:
    """A folder that is a link could lead a save out of the register."""
    folder = root
    for name in path.split("/")[:-1]:
        folder /= name
        if folder.is_symlink():
            msg = f"{folder.relative_to(root)} is a link, not a folder; nothing is read or written through it"
            raise HandEditError(msg)


def _plain_bytes(path: Path) -> bytes | None:
    try:
        if not stat.S_ISREG(path.lstat().st_mode):
            msg = f"{path.name} is a link or a special file, not a plain one; it is not followed"
            raise HandEditError(msg)
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None


def same_but_for_line_ends(data: bytes | None, blob: bytes | None) -> bool:
    """Whether a file is as recorded but for its line ends: git on Windows may write its own into the folder."""
    return data is not None and blob is not None and data.replace(b"\r\n", b"\n") == blob
