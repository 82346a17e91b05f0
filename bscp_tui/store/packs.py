"""Whether git's packed files are still as git wrote them.

Git takes what a pack holds at its word when it compares folders: one bit that flipped on the disk may name
another folder of the same size, and nobody would be told. Every packed file ends with a digest over all that
stands before it, so that one look tells.
"""

import hashlib
from functools import lru_cache
from pathlib import Path

from bscp_tui.store.errors import RegisterError
from bscp_tui.store.lost import WHAT_TO_DO
from bscp_tui.store.repository import Repository

_DIGEST = 20  # bytes at the end of a packed file
_PART = 1 << 20


def refuse_damaged(repository: Repository) -> None:
    """Look through the packed files of a repository, once in a run.

    Raises:
        RegisterError: One of them is not as it was written, or cannot be read.

    """
    folder = (repository.common_dir or repository.root) / "objects" / "pack"
    for path in sorted([*folder.glob("*.pack"), *folder.glob("*.idx")]):
        try:
            facts = path.stat()
            whole = _is_whole(path, facts.st_size, facts.st_mtime_ns)
        except FileNotFoundError:
            continue  # git packed anew meanwhile
        except OSError as error:
            msg = f"the history cannot be read: {path} cannot be opened ({error.strerror}). {WHAT_TO_DO}"
            raise RegisterError(msg) from error
        if not whole:
            msg = f"the history cannot be read: {path} is damaged: it is not as git wrote it. {WHAT_TO_DO}"
            raise RegisterError(msg)


@lru_cache(maxsize=256)
def _is_whole(path: Path, size: int, _written: int) -> bool:
    """Whether a file ends with the digest over what stands before; asked anew where its size or time changed."""
    told = hashlib.sha1(usedforsecurity=False)
    left = size - _DIGEST
    with path.open("rb") as handle:
        while left > 0 and (part := handle.read(min(left, _PART))):
            told.update(part)
            left -= len(part)
        return left == 0 and told.digest() == handle.read()
