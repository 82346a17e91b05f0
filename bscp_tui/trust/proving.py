"""The proof line of a register as it is shared."""

from dataclasses import dataclass

from bscp_tui.history.tree import Tree
from bscp_tui.store.errors import RegisterError
from bscp_tui.store.raw_history import RawHistory
from bscp_tui.store.repository import Repository
from bscp_tui.trust.heads import leaves_of
from bscp_tui.trust.proof import Proof, proof_of
from bscp_tui.trust.standing import utc_day
from bscp_tui.trust.surroundings import shared_tip


@dataclass(frozen=True)
class Proven:
    """A proof line, and what is not in it yet.

    Attributes:
        proof: The line.
        unsent: How many entries were recorded here and not yet sent.

    """

    proof: Proof
    unsent: int

    @property
    def told(self) -> str:
        """What a person is told of what is not in the line."""
        changes = "1 change is" if self.unsent == 1 else f"{self.unsent:,} changes are"
        return f"Provisional: {changes} not yet sent, and the proof line does not cover them."


def current_proof(repository: Repository, commit: str | None = None) -> Proven:
    """Return the proof line of the last shared entry; of the last one, in a register that was never shared.

    Args:
        repository: The register.
        commit: An older entry that the line must not go beyond.

    Raises:
        RegisterError: There are no entries, or they cannot be read.

    """
    tip = commit or (repository.head() if repository.git_dir else None)
    if tip is None:
        msg = f"{repository.folder} has no history yet, so there is nothing to prove."
        raise RegisterError(msg)
    history = RawHistory(repository)
    order = history.back_from(tip)
    shared = shared_tip(repository)
    here = {one.identifier for one in order}
    last = shared if shared in here else tip
    covered = order if last == tip else history.back_from(last or tip)
    tree = Tree()
    for leaf in leaves_of(history, covered):
        tree = tree.grown(leaf)
    newest = covered[-1]
    day = utc_day(newest.committer.at).isoformat()
    proof = proof_of(covered[0].identifier, newest.identifier, tree.size, tree.head.hex(), day)
    return Proven(proof, len(order) - len(covered))
