"""Git's own short cut to a file's history, the commit-graph with changed paths, kept up beside the ledger.

It is for people who use plain git on the register, and for what the index does not hold. It is written
by a process of its own that nobody waits for, and it touches nothing but ``objects/info/commit-graphs``.
"""

import os
from typing import TYPE_CHECKING

from bscp_tui.store import git
from bscp_tui.store.errors import RegisterError
from bscp_tui.store.repository import Repository

if TYPE_CHECKING:
    import subprocess

DUE = 300  # entries since it was last written
_WORDS = ("commit-graph", "write", "--reachable", "--changed-paths", "--split", "--no-progress")
_BEGUN: "list[subprocess.Popen[bytes]]" = []


def keep_up(repository: Repository) -> None:
    """Begin to bring the commit-graph up to date; do nothing where the copy is not ours to write to, or not trusted."""
    if repository.common_dir is None or (repository.doubts and not repository.trusted):
        return
    _BEGUN[:] = [process for process in _BEGUN if process.poll() is None]
    if _BEGUN or not os.access(repository.common_dir / "objects" / "info", os.W_OK):
        return
    try:
        _BEGUN.append(git.left_alone(repository.root, f"--git-dir={repository.common_dir}", *_WORDS))
    except (OSError, RegisterError):
        return  # it is a short cut: without it everything is found all the same
