"""The proof line of a register as it is shared."""

from dataclasses import dataclass

from bscp_tui.history.index import Index
from bscp_tui.history.tree import Tree
from bscp_tui.store.errors import RegisterError
from bscp_tui.store.git import GitError
from bscp_tui.store.log import cut_of
from bscp_tui.store.raw_history import RawHistory
from bscp_tui.store.repository import Repository
from bscp_tui.trust.heads import leaves_of
from bscp_tui.trust.kept import Covered, keep_covered, load_covered
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
    shared = shared_tip(repository) if commit is None else _older(repository, commit)
    last = shared or tip
    unsent = 0 if last == tip else int(repository.read("rev-list", "--count", tip, f"^{last}"))
    return Proven(proof_at(repository, last), unsent)


def proof_at(repository: Repository, commit: str) -> Proof:
    """Return the proof line up to one entry, shared or not.

    Raises:
        RegisterError: The history cannot be read.

    """
    history = RawHistory(repository)
    day = utc_day(history.commit(commit).committer.at).isoformat()
    known = _indexed(repository, commit)
    if known is not None:
        first, entries, head = known
        return proof_of(first, commit, entries, head, day)
    covered = _covered(repository, history, commit)
    return proof_of(covered.first, commit, covered.tree.size, covered.tree.head.hex(), day)


def _indexed(repository: Repository, commit: str) -> tuple[str, int, str] | None:
    """Return (first entry, how many entries, tree head) up to ``commit`` as the history's index has it.

    The index looked at every object's id when it read it, as is done here. None where it cannot say: the commit lies
    beside the newest one's main line, or something of the history is missing or was damaged when it was read.
    """
    if cut_of(repository):
        return None
    index = Index(repository, repository.head() or commit)

    def question() -> tuple[str, int, str] | None:
        place = index.place_of(commit)
        if place is None or not place[1]:
            return None
        first, last = index.entries_at((0, place[0]))
        return None if last.head is None else (first.commit, place[0] + 1, last.head)

    try:
        return index.answer(question)
    except RegisterError:
        return None
    finally:
        index.close()


def _older(repository: Repository, commit: str) -> str | None:
    """Return the newest shared entry that lies before or at ``commit``."""
    shared = shared_tip(repository)
    if shared is None or shared == commit:
        return shared
    try:
        return repository.read("merge-base", shared, commit).decode().strip()
    except GitError:
        return None


def _covered(repository: Repository, history: RawHistory, last: str) -> Covered:
    """Return the tree up to ``last``, from what the last line covered where entries simply follow it."""
    before = load_covered(repository)
    new = history.since(last, before.tip) if before else None
    if before is None or new is None:
        new = history.back_from(last)
    first, tree = (before.first, before.tree) if before and (not new or new[0].parents) else (new[0].identifier, Tree())
    for leaf in leaves_of(history, new):
        tree = tree.grown(leaf)
    covered = Covered(first, last, tree)
    if new:
        keep_covered(repository, covered)
    return covered
