"""Saving one record: objects, then the branch, then the working file, then git's index.

The branch's move is the only moment at which a change comes to be. Before it, nothing has
happened; after it, the change is recorded, and what is left (the working file, the index) is a
copy that can be made again. Whatever stops the program, the record is the old or the new one.
"""

import contextlib
import re
import stat
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from bscp_tui.store import files, indexing, signing
from bscp_tui.store.errors import HandEditError, IdentityError, ReadOnlyError, SaveError
from bscp_tui.store.git import GitError
from bscp_tui.store.locks import Intent, Told, Workshop
from bscp_tui.store.objects import NewObjects, Standing, blob_id, standing
from bscp_tui.store.repository import Repository

# Given the record's bytes as recorded (None: not there), the new bytes and the whole message.
Compose = Callable[[bytes | None], tuple[bytes, str]]
_TRIES = 3
_IDENTITY = re.compile(r"tell me who you are|auto-detect|no (email|name) was given|empty ident", re.IGNORECASE)
_LOCKED = re.compile(r"'([^']+\.lock)': File exists")


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


class _SigningError(GitError):
    """Git made no commit although it was asked to sign one."""


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
    if data != around.blob and not _same_but_for_line_ends(data, around.blob):
        what = "was deleted by hand" if data is None else "holds an edit that was made by hand"
        msg = (
            f"Nothing was recorded: {path} {what} and is not recorded. "
            "Record that edit as an entry of its own (bscp set REF --by-hand), or put it back "
            "(bscp set REF --put-back), then try again."
        )
        raise HandEditError(msg)


def working_bytes(root: Path, path: str) -> bytes | None:
    """Return a working file's bytes, None where it is not there; links are not followed, nor pipes waited for.

    Raises:
        HandEditError: The file, or a folder on the way to it, is a link or something special.

    """
    _refuse_linked_folders(root, path)
    return _plain_bytes(root / path)


def _refuse_linked_folders(root: Path, path: str) -> None:
    """A folder that is a link could lead a save out of the register."""
    folder = root
    for name in path.split("/")[:-1]:
        folder /= name
        if folder.is_symlink():
            msg = f"{folder.relative_to(root)} is a link, not a folder; nothing is read or written through it"
            raise HandEditError(msg)


def _plain_bytes(path: Path) -> bytes | None:
    try:
        if not stat.S_ISREG(path.lstat().st_mode):
            msg = f"{path.name} is a link or a special file, not a plain one; it is not followed"
            raise HandEditError(msg)
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None


def _same_but_for_line_ends(data: bytes | None, blob: bytes | None) -> bool:
    """Git on Windows may write line ends of its own into the working file."""
    return data is not None and blob is not None and data.replace(b"\r\n", b"\n") == blob


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
        _tidy(workshop)
        raise _explained(error) from error
    return commit if _moved(repository, workshop, plan, commit) else None


def _commit(repository: Repository, tree: str, plan: _Plan, key: signing.SigningKey | None) -> str:
    """Let git make the commit, signed where there is anything to sign with."""
    parents = ["-p", plan.around.commit] if plan.around.commit else []
    settings, signed = (key.settings, ["-S"]) if key else ((), [])
    try:
        given = plan.message.encode()
        made = repository.write(*settings, "commit-tree", tree, *parents, *signed, "-F", "-", given=given)
    except GitError as error:
        if key and not _IDENTITY.search(str(error)):
            raise _SigningError(str(error), error.status) from error
        raise
    return made.decode().strip()


def _moved(repository: Repository, workshop: Workshop, plan: _Plan, commit: str) -> bool:
    """Move the branch by compare-and-swap, then look: only what is seen there counts."""
    subject = plan.message.partition("\n")[0]
    old = plan.around.commit or "0" * 40
    refusal: Exception | None = None
    try:
        repository.write("update-ref", "--create-reflog", "-m", f"bscp: {subject}", plan.branch, commit, old)
    except (OSError, GitError) as error:
        refusal = error
    if _is_recorded(repository, commit, plan.branch):
        return True
    if _LOCKED.search(str(refusal)) or not workshop.leaves_locks():
        _tidy(workshop)
    if refusal is not None and repository.tip(plan.branch) == plan.around.commit:
        raise _explained(refusal) from refusal
    return False


def _is_recorded(repository: Repository, commit: str, branch: str) -> bool:
    """Whether the branch holds ``commit``; somebody's later entry may already stand on it."""
    if repository.tip(branch) == commit:
        return True
    try:
        repository.write("merge-base", "--is-ancestor", commit, branch)
    except GitError:
        return False
    return True


def _explained(error: Exception) -> SaveError:
    words = str(error)
    if isinstance(error, SaveError):
        return error
    if _IDENTITY.search(words):
        msg = (
            "Nothing was recorded: git does not know your name and e-mail, and an entry must say who made it. "
            'Set them once with: git config --global user.name "Your Name" and '
            "git config --global user.email you@example.org"
        )
        return IdentityError(msg)
    if isinstance(error, _SigningError):
        return SaveError(
            f"Nothing was recorded: an entry is signed, and signing failed ({files.in_plain_words(error)}). The "
            "register is as it was. “bscp trust key” says which key is used, and how to choose another."
        )
    lock = _LOCKED.search(words)
    if lock:
        return SaveError(_locked_by_other(Path(lock[1])))
    return files.not_saved(error)


def _locked_by_other(lock: Path) -> str:
    with contextlib.suppress(OSError):
        minutes = max(int((time.time() - lock.stat().st_mtime) / 60), 0)
        return (
            f"Nothing was recorded: another git program holds {lock.name}, for {minutes} minutes. Wait for it; if "
            f"no such program is running any more, delete {lock}, then try again."
        )
    return "Nothing was recorded: another git program was writing at that moment. Try again."


def _tidy(workshop: Workshop) -> None:
    with contextlib.suppress(OSError):
        workshop.done()


def _refreshed(repository: Repository, workshop: Workshop, plan: _Plan, beside: ThreadPoolExecutor) -> tuple[str, ...]:
    """Bring the working file and the index to what is recorded; say what could not be done."""
    file = beside.submit(_file_warning, repository, workshop, plan)
    ids = (plan.around.blob_id, blob_id(plan.data))
    told = [_branch_warning(workshop, plan), indexing.refresh(repository, workshop, plan.path, ids), file.result()]
    warnings = [warning for warning in told if warning]
    if not warnings and not workshop.leaves_locks():
        _tidy(workshop)
    return tuple(warnings)


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
    if now != plan.around.blob and not _same_but_for_line_ends(now, plan.around.blob):
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
