"""Where a register lies: its folder, its git repository, and how far that is to be trusted."""

import contextlib
import os
import re
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from bscp_tui.store import git, lost
from bscp_tui.store.errors import NoRegisterError, RegisterError
from bscp_tui.store.prepared import Doubt, doubts

if TYPE_CHECKING:
    from bscp_tui.store.early import Early

CONFIG = "bscp.toml"
CLOUDS = ("onedrive", "dropbox", "google drive", "googledrive", "icloud", "my drive")
UNDER_WAY = {
    "MERGE_HEAD": "a merge",
    "CHERRY_PICK_HEAD": "a cherry-pick",
    "REVERT_HEAD": "a revert",
    "rebase-merge": "a rebase",
    "rebase-apply": "a rebase",
    "BISECT_LOG": "a bisection",
}


class Repository:
    """A register's place on disk; it is not changed once it is found.

    It is no dataclass, since making one takes longer than giving many an answer again.

    Attributes:
        root: The top of the work tree.
        records: The folder that holds ``bscp.toml``, relative to ``root``, in "/" form.
        git_dir: This work tree's git folder, None where the folder is not in git.
        common_dir: The git folder that work trees share.
        trusted: Whether a person trusts its settings.
        kept: What stays open between two questions, by name; whoever uses it takes it out, and puts it back.
        listed: The commit whose files were listed last, and path to mode and id of each.
        early: What was looked at while the program was loaded, of a command that did so.

    """

    def __init__(
        self,
        root: Path,
        records: PurePosixPath,
        git_dir: Path | None,
        common_dir: Path | None,
        *,
        trusted: bool = False,
    ) -> None:
        """Name the place; nothing is opened."""
        self.root, self.records = root, records
        self.git_dir, self.common_dir = git_dir, common_dir
        self.trusted = trusted
        self.kept: dict[str, object] = {}
        self.listed: tuple[str, Mapping[str, tuple[str, str]]] = ("", {})
        self.early: Early | None = None
        self._reader: dict[int, git.Reader] = {}  # by process: a copy of this one must not hear what this one asked

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Repository) and self._place == other._place

    def __hash__(self) -> int:
        return hash(self._place)

    def believed(self, *, trusted: bool) -> "Repository":
        """Return the same place with what a person says of its settings."""
        return Repository(self.root, self.records, self.git_dir, self.common_dir, trusted=trusted)

    @property
    def _place(self) -> tuple[object, ...]:
        return self.root, self.records, self.git_dir, self.common_dir, self.trusted

    @property
    def folder(self) -> Path:
        """The folder that holds ``bscp.toml``."""
        return self.root / self.records

    @property
    def prefix(self) -> str:
        """What the path of every record begins with: "records/", or nothing where the register is the whole copy."""
        return "" if str(self.records) == "." else f"{self.records}/"

    def inner(self, path: str) -> str | None:
        """Return a path as seen from the records folder; None for a file that lies outside it."""
        return path.removeprefix(self.prefix) if path.startswith(self.prefix) else None

    @property
    def cloud(self) -> str | None:
        """The folder on the way to it that a cloud service synchronises, None if there is none."""
        return next((part for part in self.root.parts if part.lower().startswith(CLOUDS)), None)

    @cached_property
    def doubts(self) -> tuple[Doubt, ...]:
        """What in the copy's git settings could run or redirect something."""
        if self.git_dir is None or self.common_dir is None:
            return ()
        return doubts(self.root, self.git_dir, self.common_dir)

    @cached_property
    def reading_dir(self) -> Path:
        """The git folder that is read: a harmless shadow of one that is not trusted."""
        if self.git_dir is None:
            msg = f"{self.folder} is not in a git repository, so it has no history."
            raise RegisterError(msg)
        if self.doubts and not self.trusted:
            return _shadow(self.git_dir, self.common_dir or self.git_dir)
        return self.git_dir

    def read(self, *arguments: str, given: bytes | None = None) -> bytes:
        """Run a git command that only reads what is recorded, and return what it prints.

        What somebody staged plays no part in it: git is given an index that is not there, since it gives up where
        the copy's own is damaged.

        Raises:
            GitError: Git refused.
            RegisterError: There is no git, or no repository.

        """
        index = {"GIT_INDEX_FILE": str(self.reading_dir / "bscp" / "no-index")}
        return git.run(self.root, f"--git-dir={self.reading_dir}", *arguments, given=given, environment=index)

    def listing(self, commit: str) -> bytes:
        """Return the register's files at a commit, each with mode and id, as git lists them.

        Raises:
            GitError: Git refused.
            RegisterError: There is no git, or no repository.

        """
        arguments = ["--", self.prefix] if self.prefix else []
        return self.read("ls-tree", "-r", "-z", "--full-tree", commit, *arguments)

    def write(
        self,
        *arguments: str,
        given: bytes | None = None,
        index: Path | None = None,
        environment: Mapping[str, str] | None = None,
    ) -> bytes:
        """Run a git command that writes, and return what it prints.

        Args:
            arguments: The command and its arguments.
            given: Its standard input.
            index: The index that it works on, in place of the copy's own.
            environment: Variables that it is given besides.

        Raises:
            GitError: Git refused.
            RegisterError: There is no git, or no repository.

        """
        added = dict(environment or {}) | ({"GIT_INDEX_FILE": str(index)} if index else {})
        where = (f"--git-dir={self.git_dir}", f"--work-tree={self.root}")
        return git.run(self.root, *where, *arguments, given=given, environment=added)

    def objects(self, names: list[str]) -> dict[str, tuple[str, str, bytes] | None]:
        """Return (type, id, bytes) of each of a few named objects, None for one that is missing or damaged.

        The process that reads them is kept for the next time; one that ended is replaced once.

        Raises:
            OSError: Git cannot be started, or ends again.

        """
        for reader in (self._reader.pop(os.getpid(), None), None):
            try:
                reader = reader or git.Reader(self.root, self.reading_dir)  # noqa: PLW2901
                found = reader.read(names)
            except git.EndedError:
                continue
            self._reader[os.getpid()] = reader
            return found
        raise git.EndedError

    def head(self) -> str | None:
        """Return the id of the newest commit, None before the first."""
        branch = self.branch()
        loose = self._loose(branch) if branch else None
        if loose is not None:
            return loose
        try:
            return self.read("rev-parse", "--verify", "--quiet", "HEAD^{commit}").decode().strip()
        except git.GitError as error:
            if error.status == 1:
                self.refuse_lost()
                return None
            msg = f"the history of {self.root} cannot be read: {error}"
            raise RegisterError(msg) from error

    def refuse_lost(self) -> None:
        """Refuse a copy whose branch names nothing although something was recorded: it would seem to be new.

        Raises:
            RegisterError: The file that names the newest entry is gone or damaged.

        """
        with contextlib.suppress(git.GitError):
            named = self.read("rev-parse", "--verify", "--quiet", "HEAD").decode().strip()
            msg = f"the history cannot be read: its newest entry {named[:12]} is missing or damaged. {lost.WHAT_TO_DO}"
            raise RegisterError(msg)
        lost.refuse(self.git_dir, self.common_dir, self.branch())

    def branch(self) -> str | None:
        """Return the branch that is checked out, ``refs/heads/main``; None where it is a commit (a detached HEAD)."""
        if self.git_dir is None:
            return None
        try:
            text = (self.git_dir / "HEAD").read_text(encoding="utf-8", errors="replace").strip()
        except OSError:
            return None
        return text.removeprefix("ref:").strip() if text.startswith("ref:") else None

    def tip(self, branch: str) -> str | None:
        """Return the commit that ``branch`` names, None where it has none yet."""
        loose = self._loose(branch)
        if loose is not None:
            return loose
        try:
            return self.read("rev-parse", "--verify", "--quiet", branch).decode().strip()
        except git.GitError:
            return None

    def _loose(self, branch: str) -> str | None:
        """Return what the branch's own file says; None where git must be asked, since it is packed or not there."""
        try:
            text = ((self.common_dir or self.root) / branch).read_text(encoding="ascii").strip()
        except (OSError, ValueError):
            return None
        return text if re.fullmatch(r"[0-9a-f]{40}", text) else None

    def under_way(self) -> str | None:
        """Return what somebody began with git here and has not finished, None if nothing."""
        if self.git_dir is None:
            return None
        return next((what for name, what in UNDER_WAY.items() if (self.git_dir / name).exists()), None)


def files_in(listing: bytes) -> dict[str, tuple[str, str]]:
    """Return path to mode and id of each file that git listed."""
    lines = [line.split("\t", 1) for line in listing.decode("utf-8", "surrogateescape").split("\0")[:-1]]
    # Before the path stand mode, sort and id with a space between each: cut out by place, which is soonest.
    return {path: (facts[:6], facts[facts.rindex(" ") + 1 :]) for facts, path in lines}


def find(folder: Path) -> Repository:
    """Return the register in ``folder``: one that holds ``records/bscp.toml`` or ``bscp.toml``.

    Raises:
        NoRegisterError: There is none.

    """
    folder = folder.expanduser().resolve()
    for candidate in (folder / "records", folder):
        if (candidate / CONFIG).is_file():
            if candidate.is_symlink():
                msg = f"{candidate} is a link, not a folder; a register is not opened through it."
                raise NoRegisterError(msg)
            return _place(candidate)
    msg = (
        f"{folder} is not a register: it holds neither records/{CONFIG} nor {CONFIG}. "
        "Name a register with --register, or make one with “bscp init DIR”."
    )
    raise NoRegisterError(msg)


def _place(records: Path) -> Repository:
    for root in (records, *records.parents):
        git_dir = _git_dir(root / ".git")
        if git_dir is not None:
            inside = PurePosixPath(records.relative_to(root).as_posix())
            common = git_dir / "commondir"
            shared = (git_dir / common.read_text().strip()).resolve() if common.is_file() else git_dir
            return Repository(root, inside, git_dir, shared)
    root = records.parent if records.name == "records" else records
    return Repository(root, PurePosixPath(records.relative_to(root).as_posix()), None, None)


def _git_dir(dot_git: Path) -> Path | None:
    if dot_git.is_dir() and (dot_git / "HEAD").exists():
        return dot_git
    if dot_git.is_file():
        text = dot_git.read_text(errors="replace").strip()
        target = (dot_git.parent / text.removeprefix("gitdir:").strip()).resolve()
        if text.startswith("gitdir:") and (target / "HEAD").exists():
            return target
    return None


def _shadow(git_dir: Path, common_dir: Path) -> Path:
    """Return a bare repository with settings of our own that borrows the objects of another.

    Git reads the settings of the repository that it works in, and some of them name programs to
    run. Reading through the shadow, git never sees those of a copy that is not trusted.
    """
    import atexit
    import shutil
    import tempfile

    shadow = Path(tempfile.mkdtemp(prefix="bscp-"))
    atexit.register(shutil.rmtree, shadow, ignore_errors=True)
    (shadow / "objects" / "info").mkdir(parents=True)
    objects = os.fspath((common_dir / "objects").resolve())
    (shadow / "objects" / "info" / "alternates").write_text(objects + "\n")
    (shadow / "config").write_text("[core]\n\trepositoryformatversion = 0\n\tbare = true\n")
    shutil.copyfile(git_dir / "HEAD", shadow / "HEAD")
    shutil.copytree(common_dir / "refs", shadow / "refs", symlinks=False, dirs_exist_ok=True)
    for name in ("packed-refs", "shallow"):
        if (common_dir / name).is_file():
            shutil.copyfile(common_dir / name, shadow / name)
    return shadow
