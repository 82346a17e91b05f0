"""What is still to be decided, to be sent and to be received: told from what is known here, and decided."""

from collections.abc import Iterable

from bscp_tui.sharing import problems
from bscp_tui.sharing.conflicts import Decision, Decisions, SharedConflict
from bscp_tui.sharing.lines import Lines, lines
from bscp_tui.sharing.outcome import Status, moved
from bscp_tui.sharing.problems import Problem
from bscp_tui.sharing.standing import standing
from bscp_tui.store.git import GitError
from bscp_tui.store.locks import Workshop
from bscp_tui.store.raw_history import RawHistory
from bscp_tui.store.register import Register
from bscp_tui.store.remote import Shared, shared


def pending(register: Register) -> Lines | None:
    """Return where the copy and the shared one part, as far as is known here; None where they do not.

    Raises:
        RegisterError: The history cannot be read.

    """
    copy = _shared(register)
    tip = copy.repository.tip(copy.tracked) if copy else None
    head = register.repository.head()
    if copy is None or tip is None or head is None or tip == head:
        return None
    return lines(copy.repository, RawHistory(copy.repository), head, tip)


def conflicts(register: Register) -> list[SharedConflict]:
    """Return the fields that are still to be decided on, as far as is known here; no other computer is asked.

    Raises:
        RegisterError: The history cannot be read.

    """
    parting = pending(register)
    if parting is None or not parting.own or not parting.received or parting.base is None:
        return []
    known = decisions(register).all()
    return [conflict for conflict in parting.conflicts if conflict.key not in known]


def decisions(register: Register) -> Decisions:
    """Return where a copy's decisions are kept until they are sent."""
    return Decisions(Workshop(register.repository).folder)


def decide(register: Register, decided: Iterable[Decision]) -> None:
    """Keep what a person decided; it is recorded in the entries that the next sending makes.

    Raises:
        OSError: It could not be kept.

    """
    decisions(register).keep(decided)


def status(register: Register, *, ask: bool = True) -> Status:
    """Return how the copy stands to the shared one.

    Args:
        register: The person's own copy.
        ask: Whether to ask the shared one if it can be reached; without it the answer comes at once.

    Raises:
        RegisterError: The history cannot be read.

    """
    now = standing(register)
    copy = _shared(register)
    if copy is None:
        return Status(now, problem=now.why_not)
    parting = pending(register)
    own = [moved(commit) for commit in parting.own] if parting else []
    received = [moved(commit) for commit in parting.received] if parting else []
    if parting is None and now.unsent:
        head = register.repository.head() or ""
        history = RawHistory(register.repository)
        own = [moved(commit) for commit in history.back_from(head)]
    doubtful = now.why_not if now.why_not is not None and now.why_not.code == "doubts" else None
    problem = doubtful or (_asked(copy) if ask else None)
    reachable = problem is None if ask and doubtful is None else None
    return Status(now, tuple(own), tuple(received), tuple(conflicts(register)), reachable, problem)


def _asked(copy: Shared) -> Problem | None:
    """Return why the shared copy does not answer; None where it does."""
    try:
        copy.branches()
    except GitError as error:
        return problems.explained(error)
    return None


def _shared(register: Register) -> Shared | None:
    branch = register.repository.branch()
    return shared(register.repository, branch) if branch else None
