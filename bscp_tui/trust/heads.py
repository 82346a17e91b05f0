"""The leaves of the tree over a history's entries, from objects that were hashed when they were read."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence

from bscp_tui.history.tree import entry_leaf
from bscp_tui.store.raw_history import FileStep, RawCommit, RawHistory

_AT_ONCE = 100  # entries whose files are held in memory together


def leaf_of(commit: RawCommit, steps: Sequence[FileStep], files: Mapping[str, bytes]) -> bytes:
    """Return the leaf of one entry, from the files that it brings and their bytes by id."""
    brought = [
        (step.path.encode("utf-8", "surrogateescape"), hashlib.sha256(files[step.new.identifier]).digest())
        for step in steps
        if step.new is not None and step.new.identifier in files
    ]
    return entry_leaf(commit.data, brought)


def leaves_of(history: RawHistory, commits: Sequence[RawCommit]) -> Iterator[bytes]:
    """Yield the leaves of ``commits``, read from the register.

    Raises:
        DamagedError: Part of the history is missing or damaged.

    """
    for start in range(0, len(commits), _AT_ONCE):
        some = commits[start : start + _AT_ONCE]
        brought = history.brought(some)
        sides = [step.new for steps in brought for step in steps]
        files = history.files({side.identifier for side in sides if side and side.mode != "160000"})
        for commit, steps in zip(some, brought, strict=True):
            yield leaf_of(commit, steps, files)
