"""The register's commits as git keeps them: their one order, their bytes, and the files that each changed.

The order is the history's own and the same on every computer: an entry comes after everything that it
rests on; where it merges several, what lies behind its first parent comes first, then what the second
adds, and so on. Entries made on top of a history therefore never move those that it holds already. Dates
play no part in it: they are what a computer's clock said.
"""

import contextlib
import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

from bscp_tui.store import packs
from bscp_tui.store.errors import RegisterError
from bscp_tui.store.git import GitError
from bscp_tui.store.lost import WHAT_TO_DO
from bscp_tui.store.repository import Repository

NOTHING = b"0" * 40
_IDENT = re.compile(rb"(.*?) ?<([^<>]*)> (-?\d+) ([+-])(\d\d)(\d\d)")
_LIST = ("diff-tree", "--stdin", "-r", "-m", "-z", "--root", "--no-renames", "--no-abbrev", "--no-ext-diff")
_TREE_ENTRY = re.compile(rb"(\d+) ([^\0]+)\0(.{20})", re.DOTALL)
_FOLDER, _PLAIN = b"40000", frozenset({b"100644", b"100755"})
FEW = 16  # commits; so few are read one by one, by the process that reads objects anyway
_UTC = dt.UTC
# A clock can have said anything; a calendar has years 1 to 9999, less a day for any zone: in seconds from 1970.
FIRST, LAST = -62_135_510_400, 253_402_214_400
_BEGINNING = dt.datetime(1970, 1, 1, tzinfo=_UTC)
_AT_ONCE = 500
Parents = Mapping[str, tuple[str, ...]]


class _MissingError(Exception):
    """Something that a commit holds is not in the repository."""


class RawCommit(NamedTuple):
    """A commit as it says of itself.

    Attributes:
        identifier: Its full id.
        parents: The ids of the commits before it.
        author: Who made the change, and their address.
        made: The author's time.
        recorded: The committer's time.
        message: The whole message.
        signature: Whether it carries one; whether that holds is for verification to say.
        data: Its bytes.

    """

    identifier: str
    parents: tuple[str, ...]
    author: tuple[str, str]
    made: dt.datetime
    recorded: dt.datetime
    message: str
    signature: Literal["unsigned", "signed"]
    data: bytes


class RawChange(NamedTuple):
    """A file that a commit changed against all that it rests on.

    Attributes:
        path: As git has it; bytes that are no UTF-8 are kept as surrogates.
        olds: The id of its content in each parent, None where it was not there; one None for a first commit.
        new: The id of its content; None where it is gone.
        plain: Whether the new content is a plain file's, not a link or another repository.

    """

    path: str
    olds: tuple[str | None, ...]
    new: str | None
    plain: bool


def parents_of(repository: Repository, tip: str, known: str | None = None) -> dict[str, tuple[str, ...]]:
    """Return each commit that ``tip`` holds, and ``known`` does not, with its parents.

    Raises:
        RegisterError: The history cannot be read, or one of the two is not there.

    """
    limit = [f"^{known}"] if known else []
    try:
        listed = repository.read("rev-list", "--parents", tip, *limit, "--").decode().split("\n")
    except GitError as error:
        msg = f"the history cannot be read: {error}"
        raise RegisterError(msg) from error
    found = (line.split(" ") for line in listed if line)
    return {commit: tuple(parents) for commit, *parents in found}


def straight_on(repository: Repository, tip: str, known: str) -> dict[str, tuple[str, ...]] | None:
    """Return the few commits that simply follow ``known`` up to ``tip``, with their parents, without a new process.

    None where they are many, where something was merged, or where one is missing: ``parents_of`` tells then.
    """
    found: dict[str, tuple[str, ...]] = {}
    while tip != known:
        data = _object_of(repository, tip, "commit")
        if data is None or len(found) >= FEW:
            return None
        heading = data.partition(b"\n\n")[0].split(b"\n")
        found[tip] = tuple(line[7:].decode() for line in heading if line.startswith(b"parent "))
        if len(found[tip]) != 1:
            return None
        tip = found[tip][0]
    return found


def first_parents(repository: Repository, tip: str, most: int = 20_000) -> frozenset[str]:
    """Return the last commits of the first parents' line up to ``tip``; none where it cannot be read."""
    try:
        listed = repository.read("rev-list", "--first-parent", f"--max-count={most}", tip, "--")
    except GitError:
        return frozenset()
    return frozenset(listed.decode().split())


def ordered(parents: Parents, tip: str) -> list[str]:
    """Return the commits of ``parents`` in the history's own order, the oldest first.

    Raises:
        RegisterError: An entry rests on itself.

    """
    order: list[str] = []
    done: set[str] = set()
    waiting = [tip] if tip in parents else []
    while waiting:
        commit = waiting[-1]
        before = next((parent for parent in parents[commit] if parent in parents and parent not in done), None)
        if before is not None:
            waiting.append(before)
            _refuse_circle(waiting, parents)
            continue
        waiting.pop()
        if commit not in done:
            done.add(commit)
            order.append(commit)
    return order


def main_line(parents: Parents, tip: str) -> list[str]:
    """Return the first parents from ``tip`` back, as far as ``parents`` goes, and the one where it ends.

    Raises:
        RegisterError: An entry rests on itself.

    """
    line = [tip]
    while line[-1] in parents and parents[line[-1]]:
        line.append(parents[line[-1]][0])
        _refuse_circle(line, parents)
    return line


def _refuse_circle(line: Sequence[str], parents: Parents) -> None:
    """Refuse a line of entries, each before the next, that is longer than there are entries.

    Git follows what a damaged commit says without a look at its name; one that says it rests on itself has no end.
    """
    if len(line) > len(parents) + 1:
        msg = f"the history cannot be read: the entry {line[-1][:12]} is damaged: it rests on itself. {WHAT_TO_DO}"
        raise RegisterError(msg)


def raw_commits(repository: Repository, commits: Sequence[str]) -> Iterator[RawCommit]:
    """Yield what the commits say of themselves, in the order given, read with one process.

    Raises:
        RegisterError: One of them is not there.

    """
    found = _objects(repository, commits)
    for name in commits:
        kept = found.get(name)
        if kept is None:
            msg = f"the history cannot be read: the entry {name[:12]} is missing from the repository"
            raise RegisterError(msg)
        yield _commit(name, kept[2])


def changes_of(repository: Repository, parents: Parents, commits: Sequence[str]) -> dict[str, list[RawChange]]:
    """Return the files that each commit changed, by path; none for one that changed nothing.

    A merge changed only what differs from all that it merges.

    Raises:
        RegisterError: Something that tells it is missing from the repository, or damaged.

    """
    if len(commits) <= FEW and all(len(parents[name]) == 1 for name in commits):
        with contextlib.suppress(_MissingError):  # what is there all the same is for git to say
            return {name: list(_against(repository, parents[name][0], name)) for name in commits}
    packs.refuse_damaged(repository)
    try:
        listed = repository.read(*_LIST, given="".join(f"{name}\n" for name in commits).encode())
    except GitError as error:
        told = f"what some entries changed is missing or damaged in this copy: {error}"
        msg = f"the history cannot be read: {told}. {WHAT_TO_DO}"
        raise RegisterError(msg) from error
    sides: dict[str, list[dict[str, tuple[bytes, bytes, bytes]]]] = {name: [] for name in commits}
    own: dict[str, tuple[bytes, bytes, bytes]] = {}
    fields = iter(listed.split(b"\0"))
    for field in fields:
        if field.startswith(b":"):
            _, mode, old, new, _ = field.split(b" ")
            own[next(fields).decode("utf-8", "surrogateescape")] = (old, new, mode)
        elif field:
            own = {}
            sides[field.decode()].append(own)
    return {name: _changed(found, max(len(parents[name]), 1)) for name, found in sides.items()}


def contents(repository: Repository, blobs: Sequence[str]) -> dict[str, bytes]:
    """Return the bytes of each named content that is there.

    Raises:
        RegisterError: Git cannot be asked.

    """
    return {name: found[2] for name, found in _objects(repository, blobs).items() if found}


def file_at(repository: Repository, commit: str, path: str) -> bytes | None:
    """Return a file's bytes as a commit holds them, None where it is not there.

    Raises:
        RegisterError: Git cannot be asked.

    """
    return files_at(repository, [(commit, path)])[commit, path]


def files_at(repository: Repository, places: Iterable[tuple[str, str]]) -> dict[tuple[str, str], bytes | None]:
    """Return the bytes of files by (commit, path), None for one that is not there.

    Raises:
        RegisterError: Git cannot be asked.

    """
    names = {place: f"{place[0]}:{place[1]}" for place in places}
    # A name with a line end in it would be two questions; no record has one.
    found = _objects(repository, [name for name in dict.fromkeys(names.values()) if "\n" not in name])
    contents = {name: told[2] for name, told in found.items() if told}
    return {place: contents.get(name) for place, name in names.items()}


def cut_of(repository: Repository) -> str:
    """Return the ids of the commits whose parents are not in this copy, "" where all are."""
    place = (repository.common_dir or repository.root) / "shallow"
    try:
        return place.read_text(encoding="ascii", errors="replace").strip()
    except OSError:
        return ""


def _objects(repository: Repository, names: Sequence[str]) -> dict[str, tuple[str, str, bytes] | None]:
    """Return named objects; so many are asked for at once as fit a pipe, since git answers while it is asked."""
    found: dict[str, tuple[str, str, bytes] | None] = {}
    try:
        for start in range(0, len(names), _AT_ONCE):
            found |= repository.objects(list(names[start : start + _AT_ONCE]))
    except OSError as error:
        msg = f"the history cannot be read: {error}. {WHAT_TO_DO}"
        raise RegisterError(msg) from error
    return found


def _against(repository: Repository, before: str, after: str) -> Iterator[RawChange]:
    """Yield the files in which a commit differs from the only one before it, by path, without a new process."""
    waiting = [(b"", (f"{before}^{{tree}}", f"{after}^{{tree}}"))]
    found: dict[bytes, tuple[bytes | None, bytes | None, bytes]] = {}
    while waiting:
        prefix, names = waiting.pop()
        old, new = (_folder(repository, name) for name in names)
        differing = old ^ new
        sides = [{name: (mode, identifier) for mode, name, identifier in side & differing} for side in (old, new)]
        for name in {name for _, name, _ in differing}:
            one, other = (side.get(name, (b"", b"")) for side in sides)
            files = [side[1] if side[0] not in {b"", _FOLDER} else None for side in (one, other)]
            folders = [side[1].hex() if side[0] == _FOLDER else "" for side in (one, other)]
            if any(files):
                found[prefix + name] = (files[0], files[1], other[0])
            if any(folders):
                waiting.append((prefix + name + b"/", (folders[0], folders[1])))
    paths = sorted((path.decode("utf-8", "surrogateescape"), facts) for path, facts in found.items())
    for path, (gone, came, mode) in paths:
        yield RawChange(path, (gone.hex() if gone else None,), came.hex() if came else None, mode in _PLAIN)


def _folder(repository: Repository, name: str) -> set[tuple[bytes, bytes, bytes]]:
    """Return (mode, name, id) of all that a folder holds; nothing for one that was not there."""
    if not name:
        return set()
    data = _object_of(repository, name, "tree")
    if data is None:
        raise _MissingError
    return set(_TREE_ENTRY.findall(data))


def _object_of(repository: Repository, name: str, kind: str) -> bytes | None:
    found = _objects(repository, [name])[name]
    return found[2] if found is not None and found[0] == kind else None


def _changed(sides: list[dict[str, tuple[bytes, bytes, bytes]]], expected: int) -> list[RawChange]:
    if len(sides) != expected:
        return []
    first = sides[0]
    return [
        RawChange(path, tuple(_present(side[path][0]) for side in sides), _present(new), mode in _PLAIN)
        for path, (_, new, mode) in sorted(first.items())
        if all(path in side for side in sides[1:])
    ]


def _commit(name: str, data: bytes) -> RawCommit:
    heading, _, body = data.partition(b"\n\n")
    lines = heading.split(b"\n")
    parents = tuple(line[7:].decode() for line in lines if line.startswith(b"parent "))
    facts = dict(line.partition(b" ")[::2] for line in reversed(lines) if not line.startswith(b" "))
    author, email, made = _ident(facts.get(b"author", b""))
    _, _, recorded = _ident(facts.get(b"committer", b""))
    return RawCommit(
        identifier=name,
        parents=parents,
        author=(author, email),
        made=made,
        recorded=recorded,
        message=_text(body, facts.get(b"encoding", b"utf-8").decode("ascii", "replace")),
        signature="signed" if b"gpgsig" in facts or b"gpgsig-sha256" in facts else "unsigned",
        data=data,
    )


def _text(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding, "replace")
    except LookupError:
        return data.decode("utf-8", "replace")


def _ident(line: bytes) -> tuple[str, str, dt.datetime]:
    match = _IDENT.search(line)
    if match is None:
        return line.decode("utf-8", "replace"), "", dt.datetime.fromtimestamp(0, _UTC)
    name, email, seconds, sign, hours, minutes = match.groups()
    moment = max(min(int(seconds[:18]), LAST), FIRST)
    made = (_BEGINNING + dt.timedelta(seconds=moment)).astimezone(_zone(sign, hours, minutes))
    return name.decode("utf-8", "replace"), email.decode("utf-8", "replace"), made


@lru_cache(maxsize=256)
def _zone(sign: bytes, hours: bytes, minutes: bytes) -> dt.timezone:
    east = dt.timedelta(hours=min(int(hours), 23), minutes=min(int(minutes), 59))
    return dt.timezone(-east if sign == b"-" else east)


def _present(identifier: bytes) -> str | None:
    return None if identifier == NOTHING else identifier.decode()
