"""What is gathered while a history is read, and whether it still holds what is known of it from elsewhere."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bscp_tui.history.tree import Tree
from bscp_tui.store.raw_history import FileStep, RawCommit
from bscp_tui.trust.heads import leaf_of
from bscp_tui.trust.judging import Finding
from bscp_tui.trust.proof import Proof
from bscp_tui.trust.seen import Seen
from bscp_tui.trust.standing import utc_day

REDACTED = "redacted"
_WRONG_PROOF = "Or the line was mistyped: compare it with the minutes"


@dataclass
class Reading:
    """What is gathered while entries are judged, oldest first.

    Attributes:
        tree: The tree over all entries so far.
        order: The entries judged in this reading.
        leaves: Their leaves, by commit.

    """

    tree: Tree = field(default_factory=Tree)
    order: list[RawCommit] = field(default_factory=list)
    leaves: dict[str, bytes] = field(default_factory=dict)

    def take(self, commit: RawCommit, steps: Sequence[FileStep], files: Mapping[str, bytes]) -> None:
        """Add an entry that was judged."""
        self.leaves[commit.identifier] = leaf = leaf_of(commit, steps, files)
        self.order.append(commit)
        self.tree = self.tree.grown(leaf)

    def head_up_to(self, commit: str) -> tuple[int, str]:
        """Return how many entries lead up to ``commit``, and the tree head over them."""
        parents = {one.identifier: one.parents for one in self.order}
        wanted, waiting = set[str](), [commit]
        while waiting:
            one = waiting.pop()
            if one not in wanted:
                wanted.add(one)
                waiting += parents[one]
        tree = Tree()
        for entry in self.order:
            if entry.identifier in wanted:
                tree = tree.grown(self.leaves[entry.identifier])
        return tree.size, tree.head.hex()


def proof_faults(reading: Reading, proofs: Sequence[Proof], again: Mapping[str, str]) -> Iterator[Finding]:
    """Yield where the history is not the one that a proof line was made from.

    Args:
        reading: What was read.
        proofs: The proof lines.
        again: The entries that were written anew, by the id of what they stand for.

    """
    first = reading.order[0].identifier
    for proof in proofs:
        line = f"the proof line of {proof.day}"
        if any(old.startswith(proof.version) for old in again):
            yield Finding("", "", REDACTED, f"what {line} covers was redacted since")
            continue
        if not first.startswith(proof.origin):
            told = f"{line} belongs to another register, or this one's first entry was replaced"
            yield Finding("", "", "proof", told)
            continue
        named = next((one for one in reading.order if one.identifier.startswith(proof.version)), None)
        if named is None:
            told = (
                f"{line} names {proof.entries:,} entries up to the register version {proof.version}, which is not here"
            )
            yield Finding("", "", "proof", f"{told}: entries were cut away or rewritten since. {_WRONG_PROOF}")
            continue
        size, head = reading.head_up_to(named.identifier)
        if (size, head) != (proof.entries, proof.head):
            told = (
                f"the {size:,} entries up to register version {proof.version} are not those of {line}. {_WRONG_PROOF}"
            )
            yield Finding(named.identifier, named.identifier[:12], "proof", told)
        elif utc_day(named.committer.at).isoformat() != proof.day:
            told = f"{line} gives another day than its last entry has. {_WRONG_PROOF}"
            yield Finding(named.identifier, named.identifier[:12], "proof", told)


def seen_faults(reading: Reading, found: Sequence[Seen], again: Mapping[str, str]) -> Iterator[Finding]:
    """Yield what this person saw before and what is no longer there; ``again`` as above."""
    here = {commit.identifier for commit in reading.order}
    for one in found:
        if one.tip in again:
            yield Finding("", "", REDACTED, f"what was seen on {one.day} was redacted since")
            continue
        forget = "If that is right, let it be forgotten with: bscp verify --forget"
        if one.first not in here:
            told = f"another register, which began with {one.first[:12]}, was seen here on {one.day}. {forget}"
            yield Finding("", "", "seen", told)
        elif one.tip not in here:
            told = (
                f"the register version {one.tip[:12]} ({one.entries:,} entries), seen on {one.day}, is no longer here"
            )
            yield Finding("", "", "seen", f"{told}: entries were cut away or rewritten. {forget}")
