"""Saving one record: objects, then the branch, then the working file, then git's index.

The branch's move is the only moment at which a change comes to be. Before it, nothing has
happened; after it, the change is recorded, and what is left (the working file, the index) is a
copy that can be made again. Whatever stops the program, the record is the old or the new one.
"""

import contextlib
import os
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

from bscp_tui.store import advancing, files, indexing, moving, signing
from bscp_tui.store.errors import HandEditError, ReadOnlyError, SaveError
from bscp_tui.store.git import GitError
from bscp_tui.store.locks import Intent, Told, Workshop
from bscp_tui.store.objects import NewObjects, Standing, blob_id, standing
from bscp_tui.store.repository import Repository
from bscp_tui.store.working import same_but_for_line_ends, working_bytes

# Given the record's bytes as recorded (None: not there), the new bytes and the whole message.
Compose = Callable[[bytes | None], tuple[bytes, str]]
_TRIES = 3
_FAR_OFF = 600  # seconds by which two computers' clocks may differ without a word


@dataclass(frozen=True)
class Saved:
    """What a save did.

    Attributes:
        commit: The entry's commit; None where nothing had to change.
        warnings: What could not be finished although the change is recorded.

    """

    commit: str | None
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Plan:
    """One attempt: what stands, and what is to stand."""

    path: str
    branch: str
    around: Standing
    data: bytes
    message: str


def save(  # noqa: PLR0913 - what a save is made of
    repository: Repository,
    path: str,
    compose: Compose,
    *,
    who: str,
    absorb: bool = False,
    told: Told | None = None,
    key: signing.SigningKey | None = None,
) -> Saved:
    """Record new content for one file as one commit that touches just that file.

    Args:
        repository: The register.
        path: The file, relative to the repository.
        compose: Makes the new bytes and the message from what is recorded now; called again
            if somebody else's commit comes between.
        who: Named to another writer that has to wait.
        absorb: Whether the working file is an edit by hand that is now being recorded.
        told: Called with a sentence while another writer is waited for.
        key: Signs the entry; without it, the person's usual key.

    Raises:
        SaveError: Nothing was recorded; the message says why.

    """
    if repository.git_dir is None:
        msg = f"{repository.folder} is not in a git repository, so nothing can be recorded."
        raise ReadOnlyError(msg)
    workshop = Workshop(repository)
    # What waits for the disk, or for git's answer, waits side by side.
    with workshop.locked(who, told), ThreadPoolExecutor(max_workers=6) as beside:
        recover(repository, workshop)
        for _ in range(_TRIES):
            plan = _planned(repository, path, compose, absorb=absorb)
            if plan is None:
                return Saved(None)
            signed_by = beside.submit(lambda: key or signing.key_for(repository))
            commit = _committed(repository, workshop, plan, signed_by, beside)
            if commit is not None:
                unsigned = signing.once_told()
                warnings = _refreshed(repository, workshop, plan, beside)
                return Saved(commit, (*warnings, unsigned) if unsigned else warnings)
    msg = "Nothing was recorded: other programs keep changing the register. Try again in a moment."
    raise SaveError(msg)


def recover(repository: Repository, workshop: Workshop) -> None:
    """Finish or forget what a killed writer left; the caller holds the lock."""
    intent = workshop.intent()
    if intent is None:
        return
    try:
        workshop.remove_dead_locks(intent)
        if intent.path and intent.new and intent.new == repository.head():
            _roll_forward(repository, workshop, intent)
        elif intent.new and intent.old and not intent.path:
            advancing.roll_forward(repository, workshop, intent)
        workshop.done()
    except OSError as error:
        raise files.not_saved(error) from error


def branch_of(repository: Repository) -> str:
    """Return the branch that entries go to.

    Raises:
        SaveError: None is checked out, or somebody's git work is not finished here.

    """
    work = repository.under_way()
    if work is not None:
        msg = f"Nothing was recorded: {work} was begun with git in this folder. Finish or abort it, then try again."
        raise SaveError(msg)
    branch = repository.branch()
    if branch is not None:
        return branch
    msg = (
        "Nothing was recorded: the register shows an older version (git calls it a detached HEAD). "
        "Switch back to the branch, for instance with “git switch main”, then try again."
    )
    raise SaveError(msg)


def _planned(repository: Repository, path: str, compose: Compose, *, absorb: bool) -> _Plan | None:
    try:
        branch = branch_of(repository)
        # Trees are read by the branch's name, a moment after its commit: if it moves in between, the
        # compare-and-swap refuses, and all is read again.
        around = standing(repository, branch, path)
        if not absorb:
            _refuse_hand_edit(repository, path, around)
        data, message = compose(around.blob)
        return None if data == around.blob else _Plan(path, branch, around, data, message)
    except (OSError, GitError) as error:
        raise files.not_saved(error) from error


def _refuse_hand_edit(repository: Repository, path: str, around: Standing) -> None:
    data = working_bytes(repository.root, path)
    if data != around.blob and not same_but_for_line_ends(data, around.blob):
        what = "was deleted by hand" if data is None else "holds an edit that was made by hand"
        msg = (
            f"Nothing was recorded: {path} {what} and is not recorded. "
            "Record that edit as an entry of its own (bscp set REF --by-hand), or put it back "
            "(bscp set REF --put-back), then try again."
        )
        raise HandEditError(msg)


def _committed(
    repository: Repository,
    workshop: Workshop,
    plan: _Plan,
    key: "Future[signing.SigningKey | None]",
    beside: ThreadPoolExecutor,
) -> str | None:
    """Make the commit and move the branch to it; None if somebody else moved it first."""
    try:
        objects = NewObjects(workshop.common_dir / "objects", beside)
        tree = objects.tree(plan.around, plan.path, objects.blob(plan.data))
        objects.wait()
        commit = _commit(repository, tree, plan, key.result())
        objects.flush(commit)
        workshop.intend(Intent(plan.path, plan.branch, plan.around.commit, commit, time.time()))
    except (OSError, GitError, SaveError) as error:
        moving.tidy(workshop)
        raise moving.explained(error) from error
    subject = plan.message.partition("\n")[0]
    moved = moving.move(repository, workshop, plan.branch, (plan.around.commit, commit), subject)
    return commit if moved else None


def _commit(repository: Repository, tree: str, plan: _Plan, key: signing.SigningKey | None) -> str:
    """Let git make the commit, signed where there is anything to sign with."""
    parents = ["-p", plan.around.commit] if plan.around.commit else []
    settings, signed = (key.settings, ["-S"]) if key else ((), [])
    try:
        given = plan.message.encode()
        words = (*settings, "commit-tree", tree, *parents, *signed, "-F", "-")
        made = repository.write(*words, given=given, environment=_not_before(plan.around.dated))
    except GitError as error:
        if key and not moving.is_about_identity(error):
            raise moving.SigningFailedError(str(error), error.status) from error
        raise
    return made.decode().strip()


def _not_before(dated: int) -> dict[str, str]:
    """Date an entry like the one that it stands on where this computer's clock is behind it: order is kept."""
    if "GIT_COMMITTER_DATE" in os.environ or dated <= time.time():
        return {}
    return {"GIT_COMMITTER_DATE": f"@{dated} {time.strftime('%z')}"}


def _clock_warning(dated: int) -> str | None:
    """Say where this computer's clock, or that of whoever recorded before, is far off."""
    ahead = dated - time.time()
    if ahead < _FAR_OFF or "GIT_COMMITTER_DATE" in os.environ:
        return None
    return (
        f"the entry before is dated {ahead / 60:.0f} minutes after this computer's time. Look at your clock; this "
        "entry is dated like that one, since none may be dated before the one that it stands on."
    )


def _refreshed(repository: Repository, workshop: Workshop, plan: _Plan, beside: ThreadPoolExecutor) -> tuple[str, ...]:
    """Bring the working file and the index to what is recorded; say what could not be done."""
    file = beside.submit(_file_warning, repository, workshop, plan)
    ids = (plan.around.blob_id, blob_id(plan.data))
    clock = _clock_warning(plan.around.dated)
    told = [_branch_warning(workshop, plan), indexing.refresh(repository, workshop, plan.path, ids), file.result()]
    warnings = [warning for warning in told if warning]
    if not warnings and not workshop.leaves_locks():
        moving.tidy(workshop)
    return tuple([*warnings, clock] if clock else warnings)


def _branch_warning(workshop: Workshop, plan: _Plan) -> str | None:
    """Make the branch's name durable, which git leaves to chance."""
    try:
        files.flush_folder((workshop.common_dir / plan.branch).parent)
    except OSError as error:
        return f"Recorded, but the disk does not confirm that it keeps it: {files.in_plain_words(error)}."
    return None


def _file_warning(repository: Repository, workshop: Workshop, plan: _Plan) -> str | None:
    try:
        _refresh_file(repository, workshop, plan)
    except (OSError, HandEditError) as error:
        return f"Recorded, but the file {plan.path} could not be brought up to date: {files.in_plain_words(error)}."
    return None


def _refresh_file(repository: Repository, workshop: Workshop, plan: _Plan) -> None:
    path = repository.root / plan.path
    now = working_bytes(repository.root, plan.path)
    if now == plan.data:
        return
    if now != plan.around.blob and not same_but_for_line_ends(now, plan.around.blob):
        msg = "somebody edited it by hand meanwhile, and that edit is left alone"
        raise HandEditError(msg)
    files.replace(path, plan.data, workshop.fresh_file)


def _roll_forward(repository: Repository, workshop: Workshop, intent: Intent) -> None:
    """The branch was moved before the kill: bring file and index after it, unless somebody edited the file."""
    after = standing(repository, intent.new or "HEAD", intent.path)
    if after.blob is None:
        return
    before = standing(repository, intent.old, intent.path) if intent.old else Standing(None, (), None, None)
    plan = _Plan(intent.path, intent.branch, before, after.blob, "")
    with contextlib.suppress(HandEditError):
        _refresh_file(repository, workshop, plan)
    indexing.refresh(repository, workshop, intent.path, (before.blob_id, after.blob_id or ""))
