"""The history as an RFC 6962 Merkle tree: one short value that fixes every entry and their order.

A leaf's data is the entry's whole content: the bytes of the commit object, then for every file that
it brings (new, or other than in each of its parents; anywhere in the repository, not only among the
records), by path: the path's bytes, a zero byte, and the SHA-256 of the file's bytes. So the head rests
on SHA-256 all through, also where git's own ids do not. What the hashes are is RFC 6962, section 2.1:
a leaf is SHA-256(0x00 ‖ data), a node SHA-256(0x01 ‖ left ‖ right), the empty tree SHA-256 of nothing.
"""

import hashlib
from collections.abc import Iterable
from typing import NamedTuple


def leaf(data: bytes) -> bytes:
    """Return the hash of a leaf that holds ``data``."""
    return hashlib.sha256(b"\0" + data).digest()


def entry_leaf(commit: bytes, files: Iterable[tuple[bytes, bytes]]) -> bytes:
    """Return the leaf of an entry.

    Args:
        commit: The bytes of the commit object, without git's own heading.
        files: (path, SHA-256 of the content) of every file that the entry brings, in any order.

    """
    return leaf(commit + b"".join(path + b"\0" + digest for path, digest in sorted(files)))


class Tree(NamedTuple):
    """A tree that only grows: as many leaves as ``size``, kept as the heads of its full subtrees.

    Attributes:
        size: How many leaves it has.
        peaks: The heads of the full subtrees, the largest first; as many as ``size`` has bits set.

    """

    size: int = 0
    peaks: tuple[bytes, ...] = ()

    def grown(self, hashed: bytes) -> "Tree":
        """Return the tree with one leaf more, given as its hash."""
        peaks, size = [*self.peaks, hashed], self.size
        while size & 1:
            right = peaks.pop()
            peaks[-1] = _node(peaks[-1], right)
            size >>= 1
        return Tree(self.size + 1, tuple(peaks))

    @property
    def head(self) -> bytes:
        """The tree head, 32 bytes."""
        if not self.peaks:
            return hashlib.sha256(b"").digest()
        *others, head = self.peaks
        for peak in reversed(others):
            head = _node(peak, head)
        return head


def head_of(hashes: Iterable[bytes]) -> bytes:
    """Return the head of the tree over leaves that are given as their hashes, in order."""
    tree = Tree()
    for hashed in hashes:
        tree = tree.grown(hashed)
    return tree.head


def _node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\1" + left + right).digest()
