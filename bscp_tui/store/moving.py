"""The branch moves: the one moment at which what was made comes to be recorded.

Git moves it by compare-and-swap, under a lock of its own; what counts is what is seen there afterwards.
"""

import contextlib
import re
import time
from pathlib import Path

from bscp_tui.store import files
from bscp_tui.store.errors import IdentityError, SaveError
from bscp_tui.store.git import GitError
from bscp_tui.store.locks import Workshop
from bscp_tui.store.repository import Repository

_IDENTITY = re.compile(r"tell me who you are|auto-detect|no (email|name) was given|empty ident", re.IGNORECASE)
_LOCKED = re.compile(r"'([^']+\.lock)': File exists")


class SigningFailedError(GitError):
    """Git made no commit although it was asked to sign one."""


def is_about_identity(error: Exception) -> bool:
    """Whether git refused since it does not know who is recording."""
    return bool(_IDENTITY.search(str(error)))


def move(repository: Repository, workshop: Workshop, branch: str, steps: tuple[str | None, str], told: str) -> bool:
    """Move a branch by compare-and-swap, then look: only what is seen there counts.

    Args:
        repository: The register.
        workshop: Where the intent lies.
        branch: The branch's full name.
        steps: The commit that it names, None for none yet, and the one that it is to name.
        told: What git's own record of the branch says.

    Returns:
        Whether it was moved; not, where somebody else moved it first.

    Raises:
        SaveError: It could not be moved, and nobody else did.

    """
    old, commit = steps
    refusal: Exception | None = None
    try:
        repository.write("update-ref", "--create-reflog", "-m", f"bscp: {told}", branch, commit, old or "0" * 40)
    except (OSError, GitError) as error:
        refusal = error
    if _is_recorded(repository, commit, branch):
        return True
    if _LOCKED.search(str(refusal)) or not workshop.leaves_locks():
        tidy(workshop)
    if refusal is not None and repository.tip(branch) == old:
        raise explained(refusal) from refusal
    return False


def _is_recorded(repository: Repository, commit: str, branch: str) -> bool:
    """Whether the branch holds ``commit``; somebody's later entry may already stand on it."""
    if repository.tip(branch) == commit:
        return True
    try:
        repository.write("merge-base", "--is-ancestor", commit, branch)
    except GitError:
        return False
    return True


def explained(error: Exception) -> SaveError:
    """Return the error that tells a person why nothing was recorded."""
    words = str(error)
    if isinstance(error, SaveError):
        return error
    if _IDENTITY.search(words):
        msg = (
            "Nothing was recorded: git does not know your name and e-mail, and an entry must say who made it. "
            'Set them once with: git config --global user.name "Your Name" and '
            "git config --global user.email you@example.org"
        )
        return IdentityError(msg)
    if isinstance(error, SigningFailedError):
        return SaveError(
            f"Nothing was recorded: an entry is signed, and signing failed ({files.in_plain_words(error)}). The "
            "register is as it was. “bscp trust key” says which key is used, and how to choose another."
        )
    lock = _LOCKED.search(words)
    if lock:
        return SaveError(_locked_by_other(Path(lock[1])))
    return files.not_saved(error)


def _locked_by_other(lock: Path) -> str:
    with contextlib.suppress(OSError):
        minutes = max(int((time.time() - lock.stat().st_mtime) / 60), 0)
        return (
            f"Nothing was recorded: another git program holds {lock.name}, for {minutes} minutes. Wait for it; if "
            f"no such program is running any more, delete {lock}, then try again."
        )
    return "Nothing was recorded: another git program was writing at that moment. Try again."


def tidy(workshop: Workshop) -> None:
    """Forget the intent; if the disk refuses, the next writer does."""
    with contextlib.suppress(OSError):
        workshop.done()
