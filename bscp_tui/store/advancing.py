"""The copy moved on by many entries at once: the branch, then the working files, then git's index.

As with a save, the branch's move is the only moment at which something comes to be. What was edited by
hand and is not recorded yet stays in its file, joined with what came; where that cannot be, nothing moves.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass

from bscp_tui.store import files, indexing, moving
from bscp_tui.store.errors import HandEditError, RegisterError
from bscp_tui.store.git import GitError
from bscp_tui.store.locks import Intent, Workshop
from bscp_tui.store.merging import merged_files, model_at
from bscp_tui.store.raw_history import Content, FileStep, RawHistory
from bscp_tui.store.repository import Repository
from bscp_tui.store.working import same_but_for_line_ends, working_bytes

_PLAIN, _PROGRAM = "100644", "100755"


@dataclass(frozen=True)
class Refresh:
    """What becomes of one working file.

    Attributes:
        step: The file before and after.
        data: What it is to hold; None removes it.
        stays: Whether it is as it should be already.

    """

    step: FileStep
    data: bytes | None
    stays: bool


def advance(repository: Repository, workshop: Workshop, branch: str, steps: tuple[str, str], told: str) -> list[str]:
    """Move the branch on to another commit, and all files with it; the caller holds the lock.

    Args:
        repository: The register.
        workshop: Its lock, held.
        branch: The branch's full name.
        steps: The commit that it names now, and the one that it is to name.
        told: What git's own record of the branch says.

    Returns:
        What could not be finished although the branch was moved.

    Raises:
        HandEditError: A file holds an edit by hand that what came does not go together with.
        MovedError: Somebody else moved the branch meanwhile.
        SaveError: The disk refused, or another program holds the branch.

    """
    old, new = steps
    try:
        planned = _planned(repository, steps)
        workshop.intend(Intent("", branch, old, new, time.time()))
    except (OSError, GitError) as error:
        moving.tidy(workshop)
        raise files.not_saved(error) from error
    if not moving.move(repository, workshop, branch, (old, new), told):
        raise MovedError
    warnings = _refreshed(repository, workshop, planned)
    if not warnings and not workshop.leaves_locks():
        moving.tidy(workshop)
    return warnings


class MovedError(Exception):
    """Somebody else moved the branch meanwhile; look again."""


def roll_forward(repository: Repository, workshop: Workshop, intent: Intent) -> None:
    """Finish the files after a kill, where the branch was moved before it; edits by hand stay as they are."""
    head = repository.head()
    if head is None or intent.old is None or intent.new is None or not _holds(repository, head, intent.new):
        return
    planned = []
    for step, versions in _versions(repository, (intent.old, intent.new)):
        try:
            planned.append(_one(repository, step, versions))
        except HandEditError:
            continue
    _refreshed(repository, workshop, planned)


def _holds(repository: Repository, head: str, commit: str) -> bool:
    if head == commit:
        return True
    try:
        repository.read("merge-base", "--is-ancestor", commit, head)
    except GitError:
        return False
    return True


def _planned(repository: Repository, steps: tuple[str, str]) -> list[Refresh]:
    """Return what becomes of each file.

    Raises:
        HandEditError: One holds an edit by hand that does not go together with what came.

    """
    return [_one(repository, step, versions) for step, versions in _versions(repository, steps)]


def _versions(
    repository: Repository, steps: tuple[str, str]
) -> list[tuple[FileStep, tuple[bytes | None, bytes | None]]]:
    history = RawHistory(repository)
    old, new = (history.tree_of(commit) for commit in steps)
    found = history.steps([(old, new)])[0]
    sides = [side for step in found for side in (step.old, step.new)]
    data = history.files({side.identifier for side in sides if side is not None and _is_file(side)})

    def of(side: Content | None) -> bytes | None:
        return data[side.identifier] if side is not None and _is_file(side) else None

    return [(step, (of(step.old), of(step.new))) for step in found]


def _is_file(side: Content | None) -> bool:
    return side is not None and side.mode in {_PLAIN, _PROGRAM}


def _one(repository: Repository, step: FileStep, versions: tuple[bytes | None, bytes | None]) -> Refresh:
    old, new = versions
    if not _is_safe(step.path) or any(side is not None and not _is_file(side) for side in (step.old, step.new)):
        return Refresh(step, None, stays=True)  # a link, another repository, git's own folder: never made
    now = working_bytes(repository.root, step.path)
    if now == new:
        return Refresh(step, new, stays=True)
    if now == old or same_but_for_line_ends(now, old):
        return Refresh(step, new, stays=False)
    found = merged_files((old, now, new), model_at(repository.inner(step.path)))
    if found.conflicts:
        what = "was deleted by hand" if now is None else "holds an edit that was made by hand and is not recorded"
        msg = (
            f"Nothing was received: {step.path} {what}, and others changed the same in it. Record that edit as an "
            "entry of its own (bscp set REF --by-hand), or put it back (bscp set REF --put-back), then try again."
        )
        raise HandEditError(msg)
    return Refresh(step, found.data, stays=found.data == now)


def _is_safe(path: str) -> bool:
    """Whether a name that others chose stays in the register's folder, and out of git's own."""
    parts = [part.casefold().rstrip(". ") for part in path.split("/")]
    return all(part and part not in {".git", "git~1"} and not set(part) & set("\\:\0") for part in parts)


def _refreshed(repository: Repository, workshop: Workshop, planned: Sequence[Refresh]) -> list[str]:
    """Bring the working files and the index to what is recorded; say what could not be done."""
    warnings = []
    for refresh in planned:
        if refresh.stays:
            continue
        try:
            _place(repository, workshop, refresh)
        except OSError as error:
            why = files.in_plain_words(error)
            warnings.append(f"Received, but the file {refresh.step.path} could not be brought up to date: {why}.")
    told = _indexed(repository, workshop, [refresh.step for refresh in planned])
    return [*warnings, *([told] if told else [])]


def _place(repository: Repository, workshop: Workshop, refresh: Refresh) -> None:
    path = repository.root / refresh.step.path
    if refresh.data is None:
        path.unlink(missing_ok=True)
        for folder in path.parents:
            if folder == repository.root or any(folder.iterdir()):
                break
            folder.rmdir()
        return
    files.replace(path, refresh.data, workshop.fresh_file)
    if refresh.step.new is not None and refresh.step.new.mode == _PROGRAM:
        path.chmod(0o755)


def _indexed(repository: Repository, workshop: Workshop, steps: Sequence[FileStep]) -> str | None:
    sides = [(step.path, _staged(step.old), _staged(step.new)) for step in steps if _is_safe(step.path)]
    try:
        return indexing.refresh_many(repository, workshop, sides)
    except RegisterError as error:
        return str(error)


def _staged(side: Content | None) -> tuple[str, str] | None:
    return None if side is None else (side.mode, side.identifier)
