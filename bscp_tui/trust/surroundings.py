"""What around a history could make git show something else than what is recorded."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bscp_tui.store.git import GitError
from bscp_tui.store.repository import Repository


@dataclass(frozen=True)
class Trouble:
    """Something in the way of a verdict.

    Attributes:
        code: A word for programs.
        reason: For people.
        hides: Whether part of the history is not there to be looked at, so that nothing can be said.

    """

    code: str
    reason: str
    hides: bool


def troubles(repository: Repository) -> Iterator[Trouble]:
    """Yield what replaces, grafts, shortens or borrows in a copy; nothing of it is run."""
    common = repository.common_dir
    if common is None:
        return
    if _holds(common / "shallow"):
        told = "this copy is shallow: its older entries were left out when it was fetched. Ask for a whole copy"
        yield Trouble("shallow", told, hides=True)
    if _holds(common / "objects" / "info" / "alternates"):
        told = "part of this copy lies in another folder (git calls it alternates). Ask for a whole copy"
        yield Trouble("alternates", told, hides=True)
    if _holds(common / "info" / "grafts"):
        told = "a file of grafts (.git/info/grafts) makes git show another order of entries than is recorded"
        yield Trouble("graft", told, hides=False)
    if _replacements(common):
        told = "a replacement (refs/replace) makes git show something else than is recorded"
        yield Trouble("replace", told, hides=False)


def shared_tip(repository: Repository) -> str | None:
    """Return the newest entry that the shared copy has, too, as far as is known here; None if there is none.

    What the shared copy has is what was last sent or received (``origin``, the current branch).
    """
    branch = (repository.branch() or "").removeprefix("refs/heads/")
    name = f"refs/remotes/origin/{branch}"
    # The process that reads objects is asked: it stays, and most registers were never shared.
    found = repository.objects([name])[name] if branch else None
    if found is None or found[0] != "commit":
        return None
    there = found[1]
    head = repository.head()
    if there == head:
        return there
    try:
        return repository.read("merge-base", there, "HEAD").decode().strip() or None
    except GitError:
        return None


def _holds(path: Path) -> bool:
    try:
        return path.stat().st_size > 0
    except OSError:
        return False


def _replacements(common: Path) -> bool:
    folder = common / "refs" / "replace"
    if folder.is_dir() and any(path.is_file() for path in folder.rglob("*")):
        return True
    try:
        return " refs/replace/" in (common / "packed-refs").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
