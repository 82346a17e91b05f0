"""Many objects made at once: contents, folders and entries, written together before anything refers to them."""

import hashlib
import re
import struct
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bscp_tui.store.objects import FILE, FOLDER, TreeEntry, blob_id, git_order, tree_entries
from bscp_tui.store.raw_history import Content, RawCommit, RawHistory
from bscp_tui.store.repository import Repository
from bscp_tui.store.signing import SigningKey

_KINDS = {"commit": 1, "tree": 2, "blob": 3}
_FEW = 100  # objects that are kept in files of their own, as git itself does; more become one file
_AUTHOR = re.compile(rb"^author (.*) <(.*)> (\d+ [+-]\d{4})$", re.MULTILINE)
PLAIN = FILE.decode()
_EMPTY = "4b825dc642cb6eb9a060e54bf8d69288fbee4904"  # git's id of a folder that holds nothing


@dataclass(frozen=True)
class Committer:
    """Who records, and when, as git was told: seconds since 1970, and the zone as git writes it."""

    name: str
    email: str
    at: int
    zone: str


def committer(repository: Repository) -> Committer:
    """Return who records now.

    Raises:
        GitError: Git does not know.

    """
    ident = repository.write("var", "GIT_COMMITTER_IDENT").decode("utf-8", "surrogateescape").strip()
    name, _, rest = ident.partition(" <")
    email, _, when = rest.partition("> ")
    seconds, _, zone = when.partition(" ")
    return Committer(name, email, int(seconds), zone)


class Composer:
    """Makes contents, folders and entries on top of what a register holds."""

    def __init__(self, repository: Repository, history: RawHistory) -> None:
        """Begin with nothing new; ``history`` reads what is there."""
        self._repository = repository
        self._history = history
        self._made: dict[str, tuple[str, bytes]] = {}
        self._folders: dict[str, dict[bytes, TreeEntry]] = {}

    def read(self, identifier: str) -> bytes:
        """Return the bytes of a file, made here or held by the register.

        Raises:
            DamagedError: It is missing or damaged.

        """
        if identifier in self._made:
            return self._made[identifier][1]
        return self._history.files([identifier])[identifier]

    def content(self, data: bytes) -> Content:
        """Make a plain file's content."""
        identifier = blob_id(data)
        self._made.setdefault(identifier, ("blob", data))
        return Content(PLAIN, identifier)

    def at(self, tree: str, path: str) -> Content | None:
        """Return what a folder holds at ``path``; None where it holds nothing there, or a folder."""
        *folders, name = path.encode("utf-8", "surrogateescape").split(b"/")
        for folder in folders:
            entry = self._opened(tree).get(folder)
            if entry is None or entry.mode != FOLDER:
                return None
            tree = entry.identifier.hex()
        entry = self._opened(tree).get(name)
        if entry is None or entry.mode == FOLDER:
            return None
        return Content(entry.mode.decode("ascii", "replace"), entry.identifier.hex())

    def tree_with(self, tree: str, changes: Mapping[str, Content | None]) -> str:
        """Return the id of the folder that ``tree`` becomes with ``changes``, files by path; None removes."""
        if not changes:
            return tree
        entries = dict(self._opened(tree))
        deeper: dict[bytes, dict[str, Content | None]] = {}
        for path, content in changes.items():
            first, slash, rest = path.partition("/")
            name = first.encode("utf-8", "surrogateescape")
            if slash:
                deeper.setdefault(name, {})[rest] = content
            elif content is None:
                entries.pop(name, None)
            else:
                entries[name] = TreeEntry(content.mode.encode(), name, bytes.fromhex(content.identifier))
        for name, inner in deeper.items():
            old = entries.get(name)
            folder = old.identifier.hex() if old is not None and old.mode == FOLDER else _EMPTY
            new = self.tree_with(folder, inner)
            if new == _EMPTY:
                entries.pop(name, None)
            else:
                entries[name] = TreeEntry(FOLDER, name, bytes.fromhex(new))
        return self._folder(entries)

    def store(self) -> None:
        """Write all that was made, and flush it.

        Raises:
            GitError: It could not be written.

        """
        if not self._made:
            return
        arguments = ("unpack-objects", "-q") if len(self._made) <= _FEW else ("index-pack", "--stdin")
        self._repository.write(*arguments, given=_packed(list(self._made.values())))
        self._made.clear()

    def entry(
        self, like: RawCommit, tree: str, parent: RawCommit, message: str, by: tuple[Committer, SigningKey | None]
    ) -> RawCommit:
        """Make an entry again on top of another one; its author and the author's time stay.

        Args:
            like: The entry as it was.
            tree: The folder that it leaves behind; it must be stored.
            parent: The entry before it; the new one is never dated before that.
            message: What it says.
            by: Who records it, and the key that signs it, None for no signature.

        Raises:
            GitError: Git refuses, or cannot sign.

        """
        who, key = by
        author = _AUTHOR.search(like.data)
        name, email, made = author.groups() if author else (b"", b"", b"")
        environment = {
            "GIT_AUTHOR_NAME": name.decode("utf-8", "surrogateescape"),
            "GIT_AUTHOR_EMAIL": email.decode("utf-8", "surrogateescape"),
            "GIT_AUTHOR_DATE": f"@{made.decode()}",
            "GIT_COMMITTER_NAME": who.name,
            "GIT_COMMITTER_EMAIL": who.email,
            "GIT_COMMITTER_DATE": f"@{max(who.at, parent.committer.at)} {who.zone}",
        }
        settings, signed = (key.settings, ["-S"]) if key else ((), [])
        made_id = self._repository.write(
            *settings, "commit-tree", tree, "-p", parent.identifier, *signed, "-F", "-",
            given=message.encode("utf-8", "surrogateescape"), environment=environment,
        )  # fmt: skip
        return self._history.commit(made_id.decode().strip())

    def _opened(self, tree: str) -> dict[bytes, TreeEntry]:
        if tree == _EMPTY:
            return {}
        if tree not in self._folders:
            self._folders[tree] = {entry.name: entry for entry in tree_entries(self._history.folder(tree))}
        return self._folders[tree]

    def _folder(self, entries: dict[bytes, TreeEntry]) -> str:
        ordered = sorted(entries.values(), key=git_order)
        data = b"".join(b"%b %b\0%b" % (entry.mode, entry.name, entry.identifier) for entry in ordered)
        identifier = hashlib.sha1(b"tree %d\0%b" % (len(data), data), usedforsecurity=False).hexdigest()
        if identifier not in self._folders:
            self._folders[identifier] = entries
            self._made[identifier] = ("tree", data)
        return identifier


def _packed(objects: Sequence[tuple[str, bytes]]) -> bytes:
    """Return objects as git hands them over: one after another, each compressed, and a checksum."""
    parts = [b"PACK" + struct.pack(">II", 2, len(objects))]
    for kind, data in objects:
        size = len(data)
        byte = (_KINDS[kind] << 4) | (size & 15)
        size >>= 4
        head = bytearray()
        while size:
            head.append(byte | 0x80)
            byte, size = size & 0x7F, size >> 7
        head.append(byte)
        parts += [bytes(head), zlib.compress(data, 1)]
    whole = b"".join(parts)
    return whole + hashlib.sha1(whole, usedforsecurity=False).digest()
