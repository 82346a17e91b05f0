"""Where records are read from: the working files, or a commit."""

import os
import stat
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Protocol

from bscp_tui.store.git import GitError
from bscp_tui.store.objects import blob_id, read_objects
from bscp_tui.store.repository import Repository
from bscp_tui.store.toml_text import LARGEST


@dataclass(frozen=True)
class Raw:
    """A file as it was found.

    Attributes:
        path: Relative to the repository.
        data: Its bytes, None where it cannot be read.
        fault: Why not.
        mark: How it differs from the last entry, None where it does not.

    """

    path: str
    data: bytes | None
    fault: str | None = None
    mark: str | None = None


class Files(Protocol):
    """A register's files."""

    def paths(self) -> Iterable[str]:
        """Return every file under the records folder, relative to the repository."""

    def read(self, paths: Iterable[str]) -> Mapping[str, Raw]:
        """Return the named files."""


class CommittedFiles:
    """The register's files as a commit holds them."""

    def __init__(self, repository: Repository, commit: str) -> None:
        """Read ``commit`` of ``repository``."""
        self.commit = commit
        self._repository = repository

    @cached_property
    def blobs(self) -> Mapping[str, tuple[str, str]]:
        """Path to (mode, blob id)."""
        folder = str(self._repository.records)
        arguments = [] if folder == "." else ["--", f"{folder}/"]
        listed = self._repository.read("ls-tree", "-r", "-z", "--full-tree", self.commit, *arguments)
        blobs = {}
        for line in listed.decode("utf-8", "surrogateescape").split("\0"):
            facts, _, path = line.partition("\t")
            if path:
                mode, _, identifier = facts.split(" ")
                blobs[path] = (mode, identifier)
        return blobs

    def paths(self) -> Iterable[str]:
        """Return every file under the records folder."""
        return self.blobs

    def read(self, paths: Iterable[str]) -> Mapping[str, Raw]:
        """Return the named files, read with one process."""
        wanted = {path: self.blobs.get(path) for path in paths}
        objects = read_objects(self._repository, [entry[1] for entry in wanted.values() if entry])
        found = {}
        for path, entry in wanted.items():
            blob = objects.get(entry[1]) if entry else None
            if entry and entry[0] not in {"100644", "100755"}:
                found[path] = Raw(path, None, "a link, not a file; it is not followed")
            elif blob is None:
                found[path] = Raw(path, None, "its content is missing from the repository")
            else:
                found[path] = Raw(path, blob[2])
        return found


class WorkingFiles:
    """The register's files as they lie in the folder, compared with the newest commit."""

    EDITED = "edited by hand, not recorded"
    NEW = "added by hand, not recorded"
    GONE = "deleted by hand, not recorded"

    def __init__(self, repository: Repository, commit: str | None) -> None:
        """Read the folder of ``repository``, whose newest commit is ``commit``."""
        self._repository = repository
        self._committed = CommittedFiles(repository, commit) if commit else None

    @cached_property
    def recorded(self) -> Mapping[str, tuple[str, str]]:
        """Path to (mode, blob id) as recorded; empty where there is no history."""
        return self._committed.blobs if self._committed else {}

    @cached_property
    def _present(self) -> frozenset[str]:
        return frozenset(_walk(self._repository.folder, self._repository.root))

    def paths(self) -> Iterable[str]:
        """Return every file that lies there or is recorded."""
        return [*self._present, *(path for path in self.recorded if path not in self._present)]

    def read(self, paths: Iterable[str]) -> Mapping[str, Raw]:
        """Return the named files; one deleted by hand is read as it was recorded, and marked."""
        wanted = list(paths)
        gone = [path for path in wanted if path not in self._present and path in self.recorded]
        found = dict(self._committed.read(gone)) if self._committed and gone else {}
        found = {path: Raw(path, raw.data, raw.fault, self.GONE) for path, raw in found.items()}
        for path in wanted:
            if path not in found:
                found[path] = self._read_one(path)
        return found

    def _read_one(self, path: str) -> Raw:
        place = self._repository.root / path
        try:
            mode = place.lstat().st_mode
            if stat.S_ISLNK(mode):
                return Raw(path, None, "a link, not a file; it is not followed")
            if not stat.S_ISREG(mode):
                return Raw(path, None, "no plain file; it is not opened, since that might never end")
            with place.open("rb") as handle:
                data = handle.read(LARGEST + 1)
        except OSError as error:
            return Raw(path, None, f"cannot be opened: {os.strerror(error.errno or 0).lower()}")
        return Raw(path, data, None, self._mark(path, data))

    def _mark(self, path: str, data: bytes) -> str | None:
        if self._committed is None:
            return None
        entry = self.recorded.get(path)
        if entry is None:
            return self.NEW
        if blob_id(data) == entry[1] or (b"\r\n" in data and blob_id(data.replace(b"\r\n", b"\n")) == entry[1]):
            return None
        return self.EDITED


def last_good_commits(repository: Repository, path: str) -> list[str]:
    """Return the commits that touched ``path``, newest first, to look for a version that can be read."""
    try:
        return repository.read("rev-list", "--topo-order", "HEAD", "--", path).decode().split()
    except GitError:
        return []


def _walk(folder: Path, root: Path) -> Iterable[str]:
    """Yield the files under ``folder``; folders that are links are not entered."""
    for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(Path(entry.path), root)
        else:
            yield Path(entry.path).relative_to(root).as_posix()
