"""Git's objects for one save: the folder trees around a record, and new objects, flushed.

Git's own programs would cost one process an object. GitPython's object writer does not flush to
the disk, and its tree code decodes names, so that a folder with one odd name of somebody else's
could not be written back; here the other entries of a folder stay the bytes that they were.
"""

import contextlib
import hashlib
import os
import re
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from bscp_tui.store.errors import SaveError
from bscp_tui.store.files import flush_folder, write_durably
from bscp_tui.store.git import is_whole
from bscp_tui.store.log import LAST
from bscp_tui.store.repository import Repository

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future

FILE = b"100644"
FOLDER = b"40000"
_COMMITTED = re.compile(rb"^committer .*> (\d+) ", re.MULTILINE)


class TreeEntry(NamedTuple):
    """One name in a folder: its mode as git writes it, its bytes, the id of what it names."""

    mode: bytes
    name: bytes
    identifier: bytes


class Standing(NamedTuple):
    """What a commit holds around one path.

    Attributes:
        commit: The commit's id, None before the first.
        trees: The entries of each folder from the top down to the file's own.
        blob: The file's bytes, None where it is not there.
        blob_id: The id of those bytes.
        dated: When the commit was recorded, in seconds since 1970; 0 before the first.

    """

    commit: str | None
    trees: tuple[tuple[TreeEntry, ...], ...]
    blob: bytes | None
    blob_id: str | None
    dated: int = 0


def standing(repository: Repository, commit: str, path: str) -> Standing:
    """Return what a commit (or the branch that names it) holds around ``path``, read with one process.

    Raises:
        SaveError: Something on the way is no folder, is missing or is damaged, or the file is a link.

    """
    folders = path.split("/")[:-1]
    names = ["/".join(folders[:depth]) for depth in range(len(folders) + 1)]
    wanted = [f"{commit}:{name}" for name in [*names, path]]
    found = repository.objects([commit, *wanted])
    tip = found[commit]
    if tip is None:
        repository.refuse_lost()
        return Standing(None, ((),) * len(names), None, None)
    trees: list[tuple[TreeEntry, ...]] = []
    for depth, name in enumerate(names):
        above = _named(trees[-1], folders[depth - 1]) if depth else tip
        kind, _, data = _there(name, found[wanted[depth]], named=above is not None) or ("tree", "", b"")
        if kind != "tree":
            msg = f"{name} is a file in the register where a folder should be"
            raise SaveError(msg)
        trees.append(tuple(tree_entries(data)))
    entry = _named(trees[-1], path.rpartition("/")[2])
    if entry is not None and entry.mode != FILE:
        msg = f"{path} is a link or a program in the register, not a plain file; it is not written to"
        raise SaveError(msg)
    file = _there(path, found[wanted[-1]], named=entry is not None)
    dated = _COMMITTED.search(tip[2].partition(b"\n\n")[0])
    at = min(int(dated[1][:18]), LAST) if dated else 0
    return Standing(tip[1], tuple(trees), file[2] if file else None, file[1] if file else None, at)


def _named(folder: tuple[TreeEntry, ...], name: str) -> TreeEntry | None:
    own = name.encode()
    return next((entry for entry in folder if entry.name == own), None)


def _there(name: str, found: tuple[str, str, bytes] | None, *, named: bool) -> tuple[str, str, bytes] | None:
    """Return what was found of a name; what is recorded and not found is lost, and must not be taken for not there.

    Raises:
        SaveError: It is recorded, and is missing or damaged.

    """
    if found is None and named:
        msg = (
            f"Nothing was recorded: what the history holds of {name or 'the register'} is missing or damaged in this "
            "copy. Keep the folder as it is, and make a whole copy: from the shared one (bscp join), or from a "
            "backup (bscp restore). bscp verify tells what else is damaged."
        )
        raise SaveError(msg)
    return found


def read_objects(repository: Repository, names: list[str]) -> dict[str, tuple[str, str, bytes] | None]:
    """Return (type, id, bytes) of each named object, None for one that is missing or damaged."""
    data = repository.read("cat-file", "--batch", given="".join(f"{name}\n" for name in names).encode())
    found: dict[str, tuple[str, str, bytes] | None] = {}
    position = 0
    for name in names:
        end = data.index(b"\n", position)
        header = data[position:end].decode()
        if header.endswith((" missing", " ambiguous")):
            found[name], position = None, end + 1
            continue
        identifier, kind, size = header.split(" ")
        body = data[end + 1 : end + 1 + int(size)]
        found[name] = (kind, identifier, body) if is_whole(identifier, kind, body) else None
        position = end + 2 + int(size)
    return found


class NewObjects:
    """Writes the objects of one save; nothing refers to them until the branch is moved.

    They are written side by side, since each waits for the disk and none for another.
    """

    def __init__(self, objects: Path, beside: "Executor") -> None:
        """Write into the ``objects`` folder of a repository, in the threads of ``beside``."""
        self._objects = objects
        self._beside = beside
        self._folders = {objects}
        self._writing: list[Future[None]] = []

    def blob(self, data: bytes) -> str:
        """Write a file's content and return its id."""
        return self._store(b"blob", data)

    def tree(self, around: Standing, path: str, blob: str) -> str:
        """Write the folders from ``path`` up to the top, with ``blob`` at ``path``; return the top's id."""
        *folders, name = path.split("/")
        identifier, mode = blob, FILE
        for entries, inner in zip(reversed(around.trees), [name, *reversed(folders)], strict=True):
            changed = [entry for entry in entries if entry.name != inner.encode()]
            changed.append(TreeEntry(mode, inner.encode(), bytes.fromhex(identifier)))
            changed.sort(key=git_order)
            data = b"".join(b"%b %b\0%b" % (entry.mode, entry.name, entry.identifier) for entry in changed)
            identifier, mode = self._store(b"tree", data), FOLDER
        return identifier

    def wait(self) -> None:
        """Wait until every object is written and flushed.

        Raises:
            OSError: One of them could not be.

        """
        for writing in self._writing:
            writing.result()

    def flush(self, commit: str) -> None:
        """Make the names of all that was written durable, and that of the commit, which git wrote.

        Raises:
            OSError: The disk refused.

        """
        folders = self._folders | {self._objects / commit[:2]}
        for flushing in [self._beside.submit(flush_folder, folder) for folder in folders]:
            flushing.result()

    def _store(self, kind: bytes, data: bytes) -> str:
        whole = kind + b" " + str(len(data)).encode() + b"\0" + data
        identifier = hashlib.sha1(whole, usedforsecurity=False).hexdigest()
        folder = self._objects / identifier[:2]
        path = folder / identifier[2:]
        if not path.exists():
            self._folders.add(folder)
            self._writing.append(self._beside.submit(_write_object, path, whole))
        return identifier


def _write_object(path: Path, whole: bytes) -> None:
    with contextlib.suppress(FileExistsError):
        path.parent.mkdir()
    fresh = path.parent / f"tmp_obj_{os.urandom(6).hex()}"  # git's own name for such, so that it tidies them
    write_durably(fresh, zlib.compress(whole, 1), 0o444)
    os.replace(fresh, path)


def blob_id(data: bytes) -> str:
    """Return the id that git gives to a file's bytes."""
    return hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()


def tree_entries(data: bytes) -> Iterator[TreeEntry]:
    """Yield what a folder holds; ValueError where the bytes are no folder."""
    position = 0
    while position < len(data):
        space = data.index(b" ", position)
        end = data.index(b"\0", space)
        yield TreeEntry(data[position:space], data[space + 1 : end], data[end + 1 : end + 21])
        position = end + 21


def git_order(entry: TreeEntry) -> bytes:
    """Return what git sorts the names of a folder by."""
    return entry.name + b"/" if entry.mode == FOLDER else entry.name
