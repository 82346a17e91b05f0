"""Git's index after a save: brought to what is recorded, so that ``git status`` is clean.

The index is git's list of what the next commit by hand would hold. What somebody staged there
stays as it is; only the record that was saved follows its new content.
"""

import contextlib
import os
import time
from collections.abc import Iterator, Sequence

from bscp_tui.store import files
from bscp_tui.store.errors import RegisterError
from bscp_tui.store.git import GitError
from bscp_tui.store.locks import Workshop
from bscp_tui.store.repository import Repository

PATIENCE = 2.0  # seconds that we wait for somebody else's git to finish with the index


def refresh(repository: Repository, workshop: Workshop, path: str, ids: tuple[str | None, str]) -> str | None:
    """Bring the index to the new content of ``path``; return a warning, or None.

    Args:
        repository: The register.
        workshop: Where the new index is made.
        path: The record's file.
        ids: The content's id before (None: it was not there) and now.

    """
    old, new = ids
    index = workshop.git_dir / "index"
    try:
        with _locked(workshop) as locked:
            if not locked:
                return "Recorded, but git's index is locked by another program; “git status” shows a difference."
            data = index.read_bytes() if index.exists() else b""
            staged = _staged(repository, data, path)
            if staged != old:
                return None if staged == new else f"Recorded; what somebody staged of {path} stays as it was."
            if data:
                workshop.fresh_index.write_bytes(data)
            # Git itself does not flush the index unless told to: it can be made again from the commit.
            words = ("-c", "core.fsync=committed", "update-index", "--add", "--cacheinfo", f"100644,{new},{path}")
            repository.write(*words, index=workshop.fresh_index)
            os.replace(workshop.fresh_index, index)
    except (OSError, GitError, RegisterError) as error:
        return f"Recorded, but git's index could not be brought up to date: {files.in_plain_words(error)}."
    return None


Side = tuple[str, str] | None  # a file's mode and the id of its content; None where it is not there


def refresh_many(repository: Repository, workshop: Workshop, changed: Sequence[tuple[str, Side, Side]]) -> str | None:
    """Bring the index to the new content of many files; return a warning, or None.

    Args:
        repository: The register.
        workshop: Where the new index is made.
        changed: Each file's path, and what it was and is.

    """
    index = workshop.git_dir / "index"
    try:
        with _locked(workshop) as locked:
            if not locked:
                return "Received, but git's index is locked by another program; “git status” shows a difference."
            if index.exists():
                workshop.fresh_index.write_bytes(index.read_bytes())
            staged = _all_staged(repository)
            lines = [_line(path, new) for path, old, new in changed if staged.get(path) == old != new]
            left = [path for path, old, new in changed if staged.get(path) not in (old, new)]
            words = ("-c", "core.fsync=committed", "update-index", "-z", "--index-info")
            repository.write(
                *words, given="".join(lines).encode("utf-8", "surrogateescape"), index=workshop.fresh_index
            )
            os.replace(workshop.fresh_index, index)
    except (OSError, GitError, RegisterError) as error:
        return f"Received, but git's index could not be brought up to date: {files.in_plain_words(error)}."
    return f"Received; what somebody staged of {left[0]} stays as it was." if left else None


def _line(path: str, side: Side) -> str:
    mode, identifier = side or ("0", "0" * 40)
    return f"{mode} {identifier}\t{path}\0"


def _all_staged(repository: Repository) -> dict[str, Side]:
    listed = repository.write("ls-files", "--stage", "-z").decode("utf-8", "surrogateescape")
    found: dict[str, Side] = {}
    for line in filter(None, listed.split("\0")):
        facts, _, path = line.partition("\t")
        mode, identifier, stage = facts.split(" ")
        found[path] = (mode, identifier) if stage == "0" else ("several", "")
    return found


def _staged(repository: Repository, data: bytes, path: str) -> str | None:
    """Return the id of what the index holds of ``path``; None where it is not in it.

    In the usual form of the index the entry is found by its bytes, without a process and without
    reading all entries; for the rarer forms (compressed names, split indexes) git is asked.
    """
    version = int.from_bytes(data[4:8], "big")
    if data[:4] == b"DIRC" and version in {2, 3} and b"link" not in data[-4096:]:
        name = path.encode()
        place = data.find(name + b"\0")
        if place < 0:
            return None
        flags = int.from_bytes(data[place - 2 : place], "big")
        if flags == len(name):  # stage 0, no extended flags, and a name of just this length
            return data[place - 22 : place - 2].hex()
    listed = repository.write("ls-files", "--stage", "-z", "--", path).decode("utf-8", "surrogateescape")
    entries = [line.partition("\t")[0].split(" ") for line in listed.split("\0") if line]
    return entries[0][1] if len(entries) == 1 else ("several" if entries else None)


@contextlib.contextmanager
def _locked(workshop: Workshop) -> Iterator[bool]:
    """Take git's index lock in a way that is recognised as ours after a kill: a link to our token."""
    lock = workshop.git_dir / "index.lock"
    workshop.token.unlink(missing_ok=True)
    workshop.token.write_text(f"bscp {os.getpid()}\n")
    deadline = time.monotonic() + PATIENCE
    taken = False
    while not taken:
        try:
            os.link(workshop.token, lock)
            taken = True
        except FileExistsError:
            if time.monotonic() > deadline:
                break
            time.sleep(0.02)
    try:
        yield taken
    finally:
        if taken:
            lock.unlink(missing_ok=True)
        workshop.token.unlink(missing_ok=True)
