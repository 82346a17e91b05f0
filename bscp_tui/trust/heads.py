"""The tree head over a history's entries: one short text that no other history has.

A Merkle tree as in RFC 6962, section 2.1, over the entries in the history's own order. A leaf is
SHA-256(0x00, the commit's bytes, then for each file that the entry added or changed against its
first parent, in path order: the path, a zero byte, the SHA-256 of its bytes). So the head does
not rest on git's SHA-1.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bscp_tui.store.raw_history import FileStep, RawCommit, RawHistory

_AT_ONCE = 100


@dataclass(frozen=True)
class Frontier:
    """The tree over the first ``size`` entries, as far as it is needed to go on.

    Attributes:
        size: How many entries it covers.
        peaks: The heads of the full trees in it, the largest first.

    """

    size: int = 0
    peaks: tuple[bytes, ...] = ()

    def grown(self, leaf: bytes) -> "Frontier":
        """Return the tree with one entry more."""
        peaks, size = [*self.peaks, leaf], self.size
        while size & 1:
            right, left = peaks.pop(), peaks.pop()
            peaks.append(hashlib.sha256(b"\x01" + left + right).digest())
            size >>= 1
        return Frontier(self.size + 1, tuple(peaks))

    def head(self) -> str:
        """Return the tree head, in hexadecimal."""
        if not self.peaks:
            return hashlib.sha256(b"").hexdigest()
        head = self.peaks[-1]
        for peak in reversed(self.peaks[:-1]):
            head = hashlib.sha256(b"\x01" + peak + head).digest()
        return head.hex()


def leaf_of(commit: RawCommit, steps: Sequence[FileStep], files: Mapping[str, bytes]) -> bytes:
    """Return the leaf of one entry, from the files that it changed and their bytes by id."""
    digest = hashlib.sha256(b"\x00" + commit.data)
    for step in sorted(steps, key=lambda step: step.path.encode("utf-8", "surrogateescape")):
        if step.new is not None and step.new.identifier in files:
            digest.update(step.path.encode("utf-8", "surrogateescape") + b"\0")
            digest.update(hashlib.sha256(files[step.new.identifier]).digest())
    return digest.digest()


def leaves_of(history: RawHistory, commits: Sequence[RawCommit]) -> Iterable[bytes]:
    """Yield the leaves of ``commits``, read from the register.

    Raises:
        DamagedError: Part of the history is missing or damaged.

    """
    trees = {commit.identifier: commit.tree for commit in commits}
    for start in range(0, len(commits), _AT_ONCE):
        some = commits[start : start + _AT_ONCE]
        pairs = []
        for commit in some:
            first = commit.parents[0] if commit.parents else None
            before = None if first is None else trees.get(first) or history.commit(first).tree
            pairs.append((before, commit.tree))
        steps = history.steps(pairs)
        sides = [step.new for listed in steps for step in listed]
        files = history.files({side.identifier for side in sides if side and side.mode != "160000"})
        for commit, listed in zip(some, steps, strict=True):
            yield leaf_of(commit, listed, files)
