"""The history as bytes: every commit, folder and file that it is made of, each hashed when it is read.

Verification trusts nothing that git derived (its graph file, its index, replacements): commits are
read one by one from the newest back, folders are compared here, and every object's bytes must
give the id by which it was asked for.
"""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass

from bscp_tui.store.errors import RegisterError
from bscp_tui.store.git import is_whole
from bscp_tui.store.log import LAST
from bscp_tui.store.objects import tree_entries
from bscp_tui.store.repository import Repository

_AT_ONCE = 200  # objects asked for in one go: few enough that neither side waits for the other
_KEPT_FOLDERS = 20_000


class DamagedError(RegisterError):
    """An object of the history is missing, or is not what its name says."""


@dataclass(frozen=True)
class Stamp:
    """Who, and when, in seconds since 1970."""

    name: str
    email: str
    at: int


@dataclass(frozen=True)
class RawCommit:
    """A commit, taken apart.

    Attributes:
        identifier: Its id.
        data: Its bytes.
        parents: The ids of the commits before it.
        tree: The id of its top folder.
        author: Who made the change.
        committer: Who recorded it.
        message: What it says.
        signature: Its signature, None where it has none.
        signed: The bytes that were signed: all but the signature.

    """

    identifier: str
    data: bytes
    parents: tuple[str, ...]
    tree: str
    author: Stamp
    committer: Stamp
    message: str
    signature: str | None
    signed: bytes


@dataclass(frozen=True)
class Content:
    """What a folder names: its mode as git writes it, ``100644``, and its id."""

    mode: str
    identifier: str


@dataclass(frozen=True)
class FileStep:
    """A file that a commit changed, against the commit before; None where it is not there."""

    path: str
    old: Content | None
    new: Content | None


def parsed(identifier: str, data: bytes) -> RawCommit:
    """Return the commit that ``data`` holds.

    Raises:
        DamagedError: It is no whole commit, or says something twice.

    """
    head, _, message = data.partition(b"\n\n")
    fields: dict[bytes, list[bytes]] = {}
    kept: list[bytes] = []
    name = b""
    for line in head.split(b"\n"):
        if line.startswith(b" ") and name:
            fields[name][-1] += b"\n" + line[1:]
        else:
            name, _, value = line.partition(b" ")
            fields.setdefault(name, []).append(value)
        if name != b"gpgsig":
            kept.append(line)
    single = (b"tree", b"author", b"committer")
    if any(len(fields.get(one, ())) != 1 for one in single) or len(fields.get(b"gpgsig", ())) > 1:
        msg = f"the entry {identifier[:12]} is not written as git writes one"
        raise DamagedError(msg)
    signature = fields.get(b"gpgsig")
    return RawCommit(
        identifier=identifier,
        data=data,
        parents=tuple(parent.decode("ascii", "replace") for parent in fields.get(b"parent", ())),
        tree=fields[b"tree"][0].decode("ascii", "replace"),
        author=_stamp(identifier, fields[b"author"][0]),
        committer=_stamp(identifier, fields[b"committer"][0]),
        message=message.decode("utf-8", "surrogateescape"),
        signature=signature[0].decode("ascii", "replace") if signature else None,
        signed=b"\n".join(kept) + b"\n\n" + message,
    )


class RawHistory:
    """Reads the objects of one register."""

    def __init__(self, repository: Repository) -> None:
        """Read ``repository``, through its harmless shadow where it is not trusted."""
        self._repository = repository
        self._folders: dict[str, Mapping[str, Content]] = {}
        self._trees: dict[str, str] = {}

    def commit(self, identifier: str) -> RawCommit:
        """Return one commit.

        Raises:
            DamagedError: It is missing or damaged.

        """
        commit = parsed(identifier, self._read([identifier], "commit")[identifier])
        self._trees[identifier] = commit.tree
        return commit

    def tree_of(self, commit: str) -> str:
        """Return the top folder of a commit.

        Raises:
            DamagedError: The commit is missing or damaged.

        """
        return self._trees.get(commit) or self.commit(commit).tree

    def brought(self, commits: Sequence[RawCommit]) -> list[list[FileStep]]:
        """Return the files that each commit brings: new, gone, or other than in each of its parents.

        Raises:
            DamagedError: Something is missing or damaged.

        """
        pairs: list[tuple[str | None, str | None]] = []
        for commit in commits:
            pairs += [(self.tree_of(parent), commit.tree) for parent in commit.parents] or [(None, commit.tree)]
        each = iter(self.steps(pairs))
        found = []
        for commit in commits:
            first, *others = (next(each) for _ in range(max(len(commit.parents), 1)))
            paths = [{step.path for step in other} for other in others]
            found.append([step for step in first if all(step.path in other for other in paths)])
        return found

    def back_from(self, tip: str, known: Container[str] = frozenset()) -> list[RawCommit]:
        """Return the commits from the oldest to ``tip``, without those that are ``known``, which lie before.

        The order: a commit stands behind all that it builds on; what came by the first parent stands
        before what a merge brought in. It grows only at its end when entries are added.

        Raises:
            DamagedError: One of them is missing or damaged.

        """
        found: dict[str, RawCommit] = {}
        ordered: list[RawCommit] = []
        waiting: list[tuple[str, bool]] = [(tip, False)]
        while waiting:
            identifier, ready = waiting.pop()
            if identifier in known:
                continue
            if ready:
                ordered.append(found[identifier])
                continue
            if identifier in found:
                continue
            commit = found[identifier] = self.commit(identifier)
            waiting.append((identifier, True))
            waiting += [(parent, False) for parent in reversed(commit.parents)]
        return ordered

    def since(self, tip: str, known: str) -> list[RawCommit] | None:
        """Return the commits after ``known`` up to ``tip``, oldest first; None where they do not simply follow it.

        Raises:
            DamagedError: One of them is missing or damaged.

        """
        new: list[RawCommit] = []
        while tip != known:
            commit = self.commit(tip)
            if len(commit.parents) != 1:
                return None
            new.append(commit)
            tip = commit.parents[0]
        return new[::-1]

    def steps(self, pairs: Sequence[tuple[str | None, str | None]]) -> list[list[FileStep]]:
        """Return, for each (top folder before, top folder after), the files that differ, by path.

        Raises:
            DamagedError: A folder is missing or damaged.

        """
        found: list[list[FileStep]] = [[] for _ in pairs]
        open_pairs = [(place, "", old, new) for place, (old, new) in enumerate(pairs) if old != new]
        while open_pairs:
            folders = self._opened({tree for _, _, old, new in open_pairs for tree in (old, new) if tree})
            deeper: list[tuple[int, str, str | None, str | None]] = []
            for place, prefix, old, new in open_pairs:
                before, after = folders.get(old or "", {}), folders.get(new or "", {})
                names = {name for name, _ in before.items() ^ after.items()}
                for name in names:
                    self._step(found[place], deeper, place, f"{prefix}{name}", (before.get(name), after.get(name)))
            open_pairs = deeper
        for steps in found:
            steps.sort(key=lambda step: step.path)
        return found

    def files(self, identifiers: Iterable[str]) -> dict[str, bytes]:
        """Return the bytes of files by their ids.

        Raises:
            DamagedError: One of them is missing or damaged.

        """
        return self._read(sorted(set(identifiers)), "blob")

    def folder(self, tree: str) -> bytes:
        """Return the bytes of a folder.

        Raises:
            DamagedError: It is missing or damaged.

        """
        return self._read([tree], "tree")[tree]

    def _step(
        self,
        found: list[FileStep],
        deeper: list[tuple[int, str, str | None, str | None]],
        place: int,
        path: str,
        sides: tuple[Content | None, Content | None],
    ) -> None:
        """Note a file that differs, or go into a folder that does; a file may have become a folder."""
        files = [side if side and side.mode != "40000" else None for side in sides]
        folders = [side.identifier if side and side.mode == "40000" else None for side in sides]
        if any(files):
            found.append(FileStep(path, files[0], files[1]))
        if any(folders):
            deeper.append((place, f"{path}/", folders[0], folders[1]))

    def _opened(self, identifiers: set[str]) -> dict[str, Mapping[str, Content]]:
        missing = [identifier for identifier in identifiers if identifier not in self._folders]
        if len(self._folders) > _KEPT_FOLDERS:
            missing = list(identifiers)
            self._folders = {}
        for identifier, data in self._read(missing, "tree").items():
            self._folders[identifier] = _folder(identifier, data)
        return {identifier: self._folders[identifier] for identifier in identifiers}

    def _read(self, identifiers: Sequence[str], kind: str) -> dict[str, bytes]:
        found: dict[str, bytes] = {}
        for start in range(0, len(identifiers), _AT_ONCE):
            part = list(identifiers[start : start + _AT_ONCE])
            for identifier, answer in self._asked(part).items():
                if answer is None or answer[0] != kind or not is_whole(identifier, kind, answer[2]):
                    msg = f"a part of the history ({kind} {identifier[:12]}) is missing or damaged"
                    raise DamagedError(msg)
                found[identifier] = answer[2]
        return found

    def _asked(self, identifiers: list[str]) -> Mapping[str, tuple[str, str, bytes] | None]:
        try:
            return self._repository.objects(identifiers)
        except OSError as error:
            msg = f"the history cannot be read: {error}"
            raise DamagedError(msg) from error


def _folder(identifier: str, data: bytes) -> Mapping[str, Content]:
    try:
        named = [(entry.name.decode("utf-8", "surrogateescape"), entry) for entry in tree_entries(data)]
    except ValueError as error:
        msg = f"a folder of the history ({identifier[:12]}) is damaged"
        raise DamagedError(msg) from error
    folder = {name: Content(entry.mode.decode("ascii", "replace"), entry.identifier.hex()) for name, entry in named}
    if len(folder) != len(named):
        msg = f"a folder of the history ({identifier[:12]}) holds one name twice"
        raise DamagedError(msg)
    return folder


def _stamp(identifier: str, data: bytes) -> Stamp:
    text = data.decode("utf-8", "surrogateescape")
    name, _, rest = text.partition(" <")
    email, _, when = rest.partition("> ")
    seconds = when.partition(" ")[0]
    if not seconds.isdecimal():
        msg = f"the entry {identifier[:12]} does not say when it was recorded"
        raise DamagedError(msg)
    return Stamp(name, email, min(int(seconds[:18]), LAST))  # a clock, or a forger, can have said anything
