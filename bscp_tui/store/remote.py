"""The shared copy as git reaches it: what it holds, what is received from it, what is sent to it.

It is ``origin``, and the branch of the same name as the one that is checked out. Nothing here is ever
forced, and nothing decides: what was refused is told in git's words, for others to explain.
"""

import re
from dataclasses import dataclass
from pathlib import Path

from bscp_tui.store.git import GitError
from bscp_tui.store.reaching import talk
from bscp_tui.store.repository import Repository

NAME = "origin"
_ASKED = rf"^(core\.sshcommand|remote\.{NAME}\.(url|pushurl))$"
_FETCH = ("fetch", "--progress", "--no-tags", "--no-prune", "--no-recurse-submodules", "--no-auto-maintenance",
          "--no-write-fetch-head", "--refmap=")  # fmt: skip
_PUSH = ("push", "--progress", "--porcelain", "--no-follow-tags", "--no-signed", "--recurse-submodules=no")
_LOOPBACK = r"(localhost|127(\.\d{1,3}){3}|\[::1\])"
_ADDRESS = re.compile(
    rf"(https|ssh|file)://[^-\s][^\s]*|http://([^@/\s]*@)?{_LOOPBACK}([:/][^\s]*)?"
    r"|[\w.][\w.-]*@[\w.][\w.-]*:[^\s]+|[A-Za-z]:[\\/].*|[^-:][^:]*",
    re.IGNORECASE,
)
_REWRITTEN = re.compile(r"^ *! \[rejected\].*\(non-fast-forward\)", re.MULTILINE)
# Somebody else was quicker: said by our git, or by the other side's.
_OVERTAKEN = re.compile(
    r"^!\t[^\t]*\t\[(remote )?rejected\] \((fetch first|non-fast-forward|stale info|failed to (update|lock) ref"
    r"|incorrect old value provided|reference already exists|cannot lock ref.*|.*but expected.*)\)",
    re.MULTILINE,
)


@dataclass(frozen=True)
class Shared:
    """A shared copy, as this copy knows it.

    Attributes:
        repository: The person's own copy.
        branch: The branch that entries go to, "main".
        address: Where the shared copy lies.
        ssh: The command with which the person's settings reach other computers; None for the usual one.

    """

    repository: Repository
    branch: str
    address: str
    ssh: str | None

    @property
    def shown(self) -> str:
        """The address as people are told it: without a password."""
        return without_secret(self.address)

    @property
    def tracked(self) -> str:
        """The name under which git keeps what the shared copy was last seen to hold."""
        return f"refs/remotes/{NAME}/{self.branch}"

    @property
    def seen(self) -> str:
        """The name under which the program keeps it too, so that a git that forces cannot make it forget."""
        return f"refs/bscp/seen/{self.branch}"

    @property
    def head(self) -> str:
        """The branch's full name, here and there."""
        return f"refs/heads/{self.branch}"

    def receive(self) -> bool:
        """Fetch what the shared copy holds; return whether it has the branch at all.

        Raises:
            RewrittenError: It no longer holds what it held; nothing was taken.
            GitError: It cannot be reached, or refuses.

        """
        try:
            self._talk(*_FETCH, "--end-of-options", NAME, f"{self.head}:{self.tracked}")
        except GitError as error:
            if _REWRITTEN.search(str(error)):
                raise RewrittenError(str(error), error.status) from error
            if "couldn't find remote ref" in str(error):
                return False
            raise
        return True

    def send(self, commit: str) -> None:
        """Send the entries up to ``commit``, if the shared copy holds nothing that they do not build on.

        Raises:
            OvertakenError: Somebody else sent first.
            GitError: It cannot be reached, or refuses.

        """
        try:
            self._talk(*_PUSH, "--end-of-options", NAME, f"{commit}:{self.head}")
        except GitError as error:
            if _OVERTAKEN.search(str(error)):
                raise OvertakenError(str(error), error.status) from error
            raise

    def branches(self) -> list[str]:
        """Return the branches that the shared copy has; none where nobody has sent anything yet.

        Raises:
            GitError: It cannot be reached, or refuses.

        """
        out = self._talk("ls-remote", "--heads", "--end-of-options", NAME)
        found = (line.partition("\t")[2] for line in out.decode("utf-8", "replace").split("\n") if line)
        return [name.removeprefix("refs/heads/") for name in found]

    def chosen(self) -> str | None:
        """Return the branch that the shared copy itself names as its own; None where it names none.

        Raises:
            GitError: It cannot be reached, or refuses.

        """
        out = self._talk("ls-remote", "--symref", "--end-of-options", NAME, "HEAD").decode("utf-8", "replace")
        match = re.match(r"ref: refs/heads/(\S+)\tHEAD", out)
        return match[1] if match else None

    def last_seen(self) -> str | None:
        """Return the newest entry that the shared copy was seen to hold, from here alone."""
        return self.repository.tip(self.seen) or self.repository.tip(self.tracked)

    def take_note(self, commit: str) -> None:
        """Remember that the shared copy holds ``commit``.

        Raises:
            GitError: It could not be kept.

        """
        names = [name for name in (self.seen, self.tracked) if self.repository.tip(name) != commit]
        if names:
            given = "".join(f"update {name} {commit}\n" for name in names).encode()
            self.repository.write("update-ref", "--stdin", given=given)

    def _talk(self, *arguments: str) -> bytes:
        # Git would reach the shared copy by the programs that the settings name.
        if self.repository.doubts and not self.repository.trusted:
            raise GitError("the settings of this copy are not trusted, so nobody was asked through them", 1)
        where = (f"--git-dir={self.repository.git_dir}", f"--work-tree={self.repository.root}")
        return talk(self.repository.root, *where, *arguments, ssh=self.ssh)[0]


class RewrittenError(GitError):
    """The shared copy no longer holds what it was seen to hold."""


class OvertakenError(GitError):
    """Somebody else's entries arrived first."""


class AddressError(ValueError):
    """What cannot be the address of a shared copy."""


def shared(repository: Repository, branch: str) -> Shared | None:
    """Return the shared copy that ``repository`` belongs to; None where it belongs to none.

    Args:
        repository: The person's own copy.
        branch: The branch that is checked out, ``refs/heads/main``.

    """
    try:
        told = repository.write("config", "--null", "--get-regexp", _ASKED)
    except GitError:
        return None
    pairs = (line.partition("\n") for line in told.decode("utf-8", "replace").split("\0") if line)
    known = {name.lower(): value for name, _, value in pairs}
    address = known.get(f"remote.{NAME}.url")
    if not address:
        return None
    return Shared(repository, branch.removeprefix("refs/heads/"), address, known.get("core.sshcommand"))


def default_branch(copy: Shared) -> str | None:
    """Return the branch that the shared copy shows first: its own choice, else "main", else its only one.

    Raises:
        GitError: It cannot be reached, or refuses.

    """
    found = copy.branches()
    chosen = copy.chosen()
    if chosen in found:
        return chosen
    return copy.branch if copy.branch in found else found[0] if len(found) == 1 else None


def checked_address(text: str) -> str:
    """Return an address that git may be given: https, ssh, a file's, or a folder.

    Raises:
        AddressError: It is something else; nothing was asked of it.

    """
    address = text.strip()
    if _ADDRESS.fullmatch(address) and address.isprintable():
        return address
    msg = (
        f"“{text}” cannot be the address of a shared copy. It is an address that begins with https:// or ssh://, "
        "one like git@server.example:register.git, or a folder. Ask whoever looks after the shared copy."
    )
    raise AddressError(msg)


def without_secret(text: str) -> str:
    """Return an address, or words that hold one, without a password that somebody wrote into it."""
    return re.sub(r"(://[^:/@\s]*):[^@/\s]*@", r"\1:…@", text)


def absolute_address(address: str, folder: Path) -> str:
    """Return an address that still means the same when it is used from another folder than ``folder``."""
    if "://" in address or re.fullmatch(r"[A-Za-z]:[\\/].*", address) or ":" in address.partition("/")[0]:
        return address
    return str((folder / Path(address).expanduser()).resolve())
