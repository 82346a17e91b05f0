"""Joining: a copy of one's own of a register that others share, there whole or not at all."""

from pathlib import Path, PurePosixPath

from bscp_tui.model.settings import LAYOUT
from bscp_tui.sharing import problems
from bscp_tui.sharing.problems import Problem
from bscp_tui.store import git, plain_git
from bscp_tui.store.errors import FolderTakenError
from bscp_tui.store.fresh import fresh_folder
from bscp_tui.store.git import GitError
from bscp_tui.store.remote import NAME, Shared, absolute_address, checked_address, default_branch, shared
from bscp_tui.store.repository import CONFIG, Repository
from bscp_tui.store.toml_text import UnreadableError, parse


class JoinError(Exception):
    """The shared copy could not be joined; nothing was left behind."""

    def __init__(self, problem: Problem) -> None:
        """Keep the problem beside its words."""
        super().__init__(str(problem))
        self.problem = problem


def join(address: str, folder: Path) -> None:
    """Make a copy of the register at ``address`` in ``folder``.

    Raises:
        AddressError: That cannot be an address; nothing was asked of it.
        FolderTakenError: Something is there already.
        JoinError: The shared copy cannot be reached, or is no register.
        RegisterError: The folder cannot be written.

    """
    address = absolute_address(checked_address(address), Path.cwd())
    folder = folder.expanduser().absolute()
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        msg = f"{folder} is not empty, so nothing is joined there. Name a folder that does not exist yet."
        raise FolderTakenError(msg)
    with fresh_folder(folder) as work:
        try:
            _fill(work, address)
        except GitError as error:
            raise JoinError(problems.explained(error)) from error


def _fill(work: Path, address: str) -> None:
    git.run(work, "init", "--quiet", "--template=", "--initial-branch=main", ".")
    git_dir = work / ".git"
    git.run(work, "config", "--local", f"remote.{NAME}.url", address)
    plain_git.set_up(work, joined=True)
    repository = Repository(work, PurePosixPath("records"), git_dir, git_dir)
    copy = shared(repository, "refs/heads/main")
    assert copy is not None  # noqa: S101 - its address was written a moment ago
    branch = default_branch(copy)
    if branch is None:
        told = "The shared copy is empty: nobody has sent anything yet."
        raise JoinError(Problem("empty", told, "Whoever holds the register sends it first (bscp sync); then join."))
    git.run(work, "symbolic-ref", "HEAD", f"refs/heads/{branch}")
    for name, value in (("remote", NAME), ("merge", f"refs/heads/{branch}")):
        git.run(work, "config", "--local", f"branch.{branch}.{name}", value)
    copy = Shared(repository, branch, address, copy.ssh)
    copy.receive()
    tip = repository.tip(copy.tracked) or ""
    _refuse_others(repository, tip)
    copy.take_note(tip)
    repository.write("update-ref", copy.head, tip, "")
    # Links become plain files, and no line end is changed: what lies in the folder is what was recorded.
    repository.write("-c", "core.symlinks=false", "-c", "core.autocrlf=false", "read-tree", "--reset", "-u", tip)


def _refuse_others(repository: Repository, tip: str) -> None:
    """Refuse what is no register, or one that this program cannot keep.

    Raises:
        JoinError: It is something else.

    """
    names = [f"{tip}:records/{CONFIG}", f"{tip}:{CONFIG}"]
    found = repository.objects(names)
    data = next((found[name] for name in names if found[name] is not None), None)
    if data is None or data[0] != "blob":
        told = f"What lies there is no register: it holds neither records/{CONFIG} nor {CONFIG}."
        raise JoinError(Problem("no-register", told, "Look at the address."))
    try:
        document = parse(data[2])
    except UnreadableError as error:
        told = f"The register there cannot be read: {CONFIG}: {error}."
        raise JoinError(Problem("no-register", told, "Ask its administrator.")) from error
    layout = document.get("layout")
    if isinstance(layout, int) and layout > LAYOUT:
        told = f"A newer version of the program made that register (layout {layout}; this one knows {LAYOUT})."
        raise JoinError(Problem("layout", told, "Ask for the newer version, then join."))
