"""What a copy of this process looks at while this one still loads the program: thousands of files, and git's list.

Loading takes as long as such looks, and they need none of it. The copy is made before anything large is loaded; it only
looks, and decides nothing. What it does not bring, or what is of another commit, is looked at here as ever.
"""

import contextlib
import os
from collections.abc import Callable, Iterator
from functools import cache, partial
from pathlib import Path
from typing import NamedTuple

from bscp_tui.store.apart import meanwhile
from bscp_tui.store.errors import RegisterError
from bscp_tui.store.git import GitError
from bscp_tui.store.kept_file import open_kept, stamps_in
from bscp_tui.store.repository import Repository, files_in, find
from bscp_tui.store.standing import stamped

Pages = tuple[bytes, set[str]] | None  # as :func:`bscp_tui.publishing.memory_file.look` gives it


class Working(NamedTuple):
    """How the working files stood against a commit.

    Attributes:
        commit: The commit.
        listing: Its files, as git lists them.
        unlike: Those that may differ from it; all others are known not to.
        absent: Those of its files that were not there.
        added: Those that were there, and are none of its files.

    """

    commit: str
    listing: bytes
    unlike: list[str]
    absent: set[str]
    added: set[str]


class Early:
    """What was looked at while the program was loaded."""

    def __init__(self, ask: Callable[[], tuple[Working | None, Pages] | None] = lambda: None) -> None:
        """Know what ``ask`` returns, which is asked for once it is needed."""
        self._found = cache(ask)

    def working(self, commit: str) -> Working | None:
        """Return how the working files stood against a commit; None where that is not known."""
        found = self._found()
        working = found[0] if found is not None else None
        return working if working is not None and working.commit == commit else None

    def pages(self) -> Pages:
        """Return what a look at the pages gave."""
        found = self._found()
        return found[1] if found is not None else None


@contextlib.contextmanager
def looking(register: Path, look: Callable[[Repository], Pages]) -> Iterator[Early]:
    """Let a copy of this process look at the working files of a register, and, by ``look``, at its pages."""
    with meanwhile(partial(_look, register, look)) as answer:
        yield Early(answer)


def _look(register: Path, look: Callable[[Repository], Pages]) -> tuple[Working | None, Pages]:
    try:
        repository = find(register)
        return _working(repository), look(repository)
    except (RegisterError, OSError):
        return None, None


def _working(repository: Repository) -> Working | None:
    """Compare the working files; git is asked only where it needs no shadow, which would be left behind."""
    if repository.git_dir is None or repository.doubts:
        return None
    try:
        commit = repository.head()
        listing = repository.listing(commit) if commit is not None else b""
    except (GitError, RegisterError, OSError):
        return None
    if commit is None:
        return None
    kept = open_kept(repository)
    try:
        stamps = stamps_in(kept)
    finally:
        kept.close()
    present = stamped(os.fspath(repository.folder), repository.prefix)
    recorded = files_in(listing)
    same = {
        path
        for path, (_, blob) in recorded.items()
        if (seen := stamps.get(path)) is not None and seen[1] == blob and seen[0] == present.get(path)
    }
    added = present.keys() - recorded.keys()
    unlike = [path for path in (*present, *recorded) if path not in same]
    return Working(commit, listing, unlike, recorded.keys() - present.keys(), added)
