"""How a copy stands to the shared one, from what is known here alone: quick, and offline."""

from bscp_tui.sharing.outcome import Standing
from bscp_tui.sharing.problems import Problem
from bscp_tui.store.git import GitError
from bscp_tui.store.register import Register
from bscp_tui.store.remote import NAME, Shared, shared
from bscp_tui.store.repository import Repository
from bscp_tui.store.whole import shortcomings

NOT_SHARED = Problem(
    "not-shared",
    "This register is not shared: it belongs to no shared copy.",
    "To work on a shared one: bscp join ADDRESS FOLDER. To share this one, its administrator names an empty shared "
    f"copy once: git remote add {NAME} ADDRESS; then: bscp sync.",
)


def standing(register: Register) -> Standing:
    """Return how many entries are to be sent; no other computer is asked.

    Raises:
        RegisterError: The history cannot be read.

    """
    repository = register.repository
    if not may_be_shared(repository):
        return Standing(None, why_not=NOT_SHARED)
    branch = repository.branch()
    head = repository.head()
    if branch is None or head is None:
        return Standing(None, why_not=why_not(register))
    copy = shared(repository, branch)
    if copy is None:
        return Standing(None, why_not=NOT_SHARED)
    unsent, unreceived = _counts(copy, head)
    return Standing(copy.shown, unsent, unreceived, why_not(register))


def why_not(register: Register) -> Problem | None:
    """Return why nothing can be sent or received here; None where it can."""
    repository = register.repository
    if repository.git_dir is None or register.asked_read_only or register.settings.starter:
        return Problem("read-only", f"Nothing is sent or received: {register.closed}.", "Open the register itself.")
    if repository.doubts and not repository.trusted:
        return Problem("doubts", f"Nothing is sent or received: {register.closed}.", "Then try again.")
    work = repository.under_way()
    if work is not None:
        told = f"Nothing is sent or received: {work} was begun with git in this folder."
        return Problem("under-way", told, "Finish or abort it, then try again.")
    if repository.branch() is None:
        told = "Nothing is sent or received: the register shows an older version (git calls it a detached HEAD)."
        return Problem("detached", told, "Switch back to the branch, for instance with “git switch main”.")
    for lack in shortcomings(repository):
        return Problem("incomplete", f"Nothing is sent or received: {lack}.", "Then try again.")
    return None


def may_be_shared(repository: Repository) -> bool:
    """Whether the copy's settings name a shared one at all: a look into one file, without asking git."""
    if repository.common_dir is None:
        return False
    try:
        return f'"{NAME}"' in (repository.common_dir / "config").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False


def _counts(copy: Shared, head: str) -> tuple[int, int]:
    """Return how many entries the copy has alone, and how many the shared one."""
    tip = copy.repository.tip(copy.tracked)
    if tip == head:
        return 0, 0
    try:
        if tip is None:
            return int(copy.repository.read("rev-list", "--count", "--no-merges", head)), 0
        told = copy.repository.read("rev-list", "--count", "--left-right", f"{head}...{tip}", "--").split()
    except GitError:
        return 0, 0
    return int(told[0]), int(told[1])
