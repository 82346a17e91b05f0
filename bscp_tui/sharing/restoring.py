"""Restoring a backup: the register comes back whole, proven by its own proof line, or not at all."""

import hashlib
import json
import re
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any

from bscp_tui.sharing.backup import CONTENTS, EDITED, FORMAT, HISTORY, LARGEST_EDIT, TYPED, Contents, Typed
from bscp_tui.store import git, plain_git
from bscp_tui.store.fresh import fresh_folder
from bscp_tui.store.repository import find

_LARGEST_LIST = 10_000_000  # bytes of the list of contents, and of what was typed
_MOST = 100_000  # parts
_BLOCK = 1 << 20
_BRANCH = re.compile(r"refs/heads/[\w][\w./-]*")
_COMMIT = re.compile(r"[0-9a-f]{40}")
# A part of a path that no system reads otherwise than it is written.
_NAME = re.compile(r"[\w][\w. -]*(?<![. ])")


class BackupError(ValueError):
    """A file that is no backup, or not a whole one."""


def restore(file: Path, folder: Path) -> tuple[Contents, list[Typed]]:
    """Make the register of a backup in ``folder``, whole or not at all; return what was typed, to be kept again.

    Raises:
        BackupError: The file is no backup, or not whole; nothing is left behind.
        FolderTakenError: Something is in the folder already.
        RegisterError: It cannot be written.

    """
    with _opened(file) as packed, fresh_folder(folder) as work:
        contents = _whole(packed, file)
        _unpack(packed, contents, work)
        _prove(work, contents)
        for path in contents.edited:
            place = work / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(packed.read(f"{EDITED}{path}"))
        typed = [_typed(one) for one in json.loads(packed.read(TYPED))]
    return contents, typed


def try_out(file: Path, within: Path) -> None:
    """Restore a backup on trial, into a folder that goes away again.

    Raises:
        RegisterError: It could not be restored.

    """
    with tempfile.TemporaryDirectory(dir=within) as place:
        restore(file, Path(place) / "trial")


def _unpack(packed: zipfile.ZipFile, contents: Contents, work: Path) -> None:
    """Make a repository of the packed history; every object is checked on its way in."""
    bundle = work / ".history"
    with packed.open(HISTORY) as data, bundle.open("wb") as out:
        while block := data.read(_BLOCK):
            out.write(block)
    name = contents.branch.removeprefix("refs/heads/")
    git.run(work, "init", "--quiet", "--template=", f"--initial-branch={name}")
    checked = ("-c", "transfer.fsckObjects=true", "-c", "core.symlinks=false")
    take = ("+refs/heads/*:refs/heads/*", "+refs/remotes/*:refs/remotes/*")
    git.run(work, *checked, "fetch", "--quiet", "--update-head-ok", str(bundle), *take)
    bundle.unlink()
    git.run(work, "config", "core.symlinks", "false")
    git.run(work, "update-ref", contents.branch, contents.head)
    git.run(work, "reset", "--quiet", "--hard")
    if contents.address is not None:
        git.run(work, "remote", "add", "--", "origin", contents.address)
    plain_git.set_up(work, joined=contents.address is not None)


def _prove(work: Path, contents: Contents) -> None:
    """Compare the proof line of what was unpacked with the one that was written down when the backup was made."""
    from bscp_tui.trust.proving import proof_at

    repository = find(work)
    if repository.doubts:
        msg = f"the backup names an address that is not taken: {repository.doubts[0].value}"
        raise BackupError(msg)
    if str(proof_at(repository, contents.head)) != contents.proof:
        msg = "the history in the backup does not match the proof line that was written down when it was made"
        raise BackupError(msg)


def _opened(file: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(file.expanduser())
    except FileNotFoundError as error:
        msg = f"{file} is not there. Name a file that “bscp backup” made."
        raise BackupError(msg) from error
    except (OSError, zipfile.BadZipFile) as error:
        msg = f"{file} is no backup of a register, or not a whole one: {error}"
        raise BackupError(msg) from error


def _whole(packed: zipfile.ZipFile, file: Path) -> Contents:
    """Return what a backup says of itself, once every part of it is seen to be whole."""
    contents = _contents(packed, file)
    for name, (size, digest) in contents.parts.items():
        _check(packed, name, size, digest)
    return contents


def _contents(packed: zipfile.ZipFile, file: Path) -> Contents:
    try:
        facts = json.loads(_taken(packed, CONTENTS, _LARGEST_LIST))
        layout = facts["format"]
        texts = {name: str(facts[name]) for name in ("name", "made", "branch", "head", "proof")}
        address = None if facts["address"] is None else str(facts["address"])
        parts = {str(name): (int(size), str(digest)) for name, (size, digest) in facts["parts"].items()}
        contents = Contents(**texts, address=address, entries=int(facts["entries"]), parts=parts)
    except (KeyError, ValueError, TypeError, AttributeError, RuntimeError, zipfile.BadZipFile) as error:
        msg = f"{file} is no backup of a register: its list of contents cannot be read"
        raise BackupError(msg) from error
    if layout != FORMAT:
        msg = f"{file} was made by another version of the program (backup format {layout}); this one knows {FORMAT}"
        raise BackupError(msg)
    wrong = next(_wrong(packed, contents), None)
    if wrong is not None:
        msg = f"{file} is not a whole backup: {wrong}"
        raise BackupError(msg)
    return contents


def _wrong(packed: zipfile.ZipFile, contents: Contents) -> Iterator[str]:
    """Yield what no backup of ours says: a backup may come from anybody."""
    if not _BRANCH.fullmatch(str(contents.branch)) or ".." in contents.branch:
        yield "it names no branch"
    if not _COMMIT.fullmatch(str(contents.head)):
        yield "it names no newest entry"
    if not {HISTORY, TYPED} <= set(contents.parts) or len(contents.parts) > _MOST:
        yield "a part of it is missing"
    if sorted(packed.namelist()) != sorted([CONTENTS, *contents.parts]):
        yield "it holds other parts than it lists"
    elif packed.getinfo(HISTORY).compress_type != zipfile.ZIP_STORED:
        yield "its history is packed otherwise than a backup packs it"
    for path in contents.edited:
        names = PurePosixPath(path).parts
        plain = all(_NAME.fullmatch(name) and name.lower() != ".git" for name in names)
        if not names or not plain or contents.parts[f"{EDITED}{path}"][0] > LARGEST_EDIT:
            yield f"{path} cannot be a file of a register"
    if contents.parts.get(TYPED, (0, ""))[0] > _LARGEST_LIST:
        yield "what was typed is too long"


def _taken(packed: zipfile.ZipFile, name: str, most: int) -> bytes:
    with packed.open(name) as data:
        taken = data.read(most + 1)
    if len(taken) > most:
        msg = f"{name} is too long"
        raise BackupError(msg)
    return taken


def _check(packed: zipfile.ZipFile, name: str, size: int, digest: str) -> None:
    """Read a part to its end, and no further than it is said to be long."""
    found, left = hashlib.sha256(), size
    try:
        with packed.open(name) as data:
            while block := data.read(_BLOCK):
                left -= len(block)
                found.update(block)
                if left < 0:
                    break
    except (OSError, EOFError, RuntimeError, ValueError, zipfile.BadZipFile) as error:
        msg = f"the backup's part {name} cannot be read: {error}"
        raise BackupError(msg) from error
    if left or found.hexdigest() != digest:
        msg = f"the backup's part {name} is damaged: it is not what was written when the backup was made"
        raise BackupError(msg)


def _typed(facts: Any) -> Typed:
    try:
        values = {str(name): str(value) for name, value in facts["values"].items()}
        return Typed(str(facts["ref"]), str(facts["dialog"]), values)
    except (KeyError, TypeError, AttributeError) as error:
        msg = "what was typed cannot be read from the backup"
        raise BackupError(msg) from error
