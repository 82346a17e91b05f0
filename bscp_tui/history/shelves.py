"""What the ledger's index keeps, and how far it goes."""

from dataclasses import dataclass

from bscp_tui.history.packing import packed, unpacked
from bscp_tui.history.tree import Tree
from bscp_tui.store.derived import Shelf

ENTRIES, LOOKUP, STATE = Shelf("entries", int), Shelf("lookup", str), Shelf("state", str)
OUTLINES = Shelf("outlines", int)  # what the time bar shows of each entry, many in a row
SHELVES = (ENTRIES, LOOKUP, STATE, OUTLINES)
IN_A_ROW = 250
_EMPTY = Tree()


@dataclass(frozen=True)
class State:
    """How far the index goes.

    Attributes:
        count: How many entries it holds.
        tip: The commit of the last one.
        whole: Whether that one was the newest when it was added.
        chain: A digest over the ids of all commits, in order.
        tree: The tree over all entries; None where something is missing from the repository.
        cut: What says which parents are not in this copy.

    """

    count: int = 0
    tip: str = ""
    whole: bool = False
    chain: str = ""
    tree: Tree | None = _EMPTY
    cut: str = ""

    def packed(self) -> bytes:
        """Return the state as bytes."""
        tree = None if self.tree is None else [self.tree.size, [peak.hex() for peak in self.tree.peaks]]
        return packed([self.count, self.tip, self.whole, self.chain, tree, self.cut])

    @staticmethod
    def unpacked(data: bytes) -> "State":
        """Return the state that ``packed`` made the bytes of."""
        count, tip, whole, chain, tree, cut = unpacked(data)
        grown = None if tree is None else Tree(tree[0], tuple(bytes.fromhex(peak) for peak in tree[1]))
        return State(count, tip, whole, chain, grown, cut)
