"""Where records are read from: the working files, or a commit."""

import os
import stat
import time
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from typing import NamedTuple, Protocol

from bscp_tui.store.git import GitError
from bscp_tui.store.objects import blob_id, read_objects
from bscp_tui.store.repository import Repository, files_in
from bscp_tui.store.stamps import Stamped
from bscp_tui.store.standing import is_young, stamp_of, stamped
from bscp_tui.store.toml_text import LARGEST


class Raw(NamedTuple):
    """A file as it was found.

    Attributes:
        path: Relative to the repository.
        data: Its bytes, None where it cannot be read.
        fault: Why not.
        mark: How it differs from the last entry, None where it does not.
        blob: The id that git gives to the bytes; None where they cannot be read.

    """

    path: str
    data: bytes | None
    fault: str | None = None
    mark: str | None = None
    blob: str | None = None


class Known(NamedTuple):
    """A file whose content is known without opening it.

    Attributes:
        blob: The id of its bytes.
        mark: How it differs from the last entry, None where it does not.

    """

    blob: str
    mark: str | None


Stamps = Mapping[str, Stamped]  # by the paths of working files


class Files(Protocol):
    """A register's files."""

    @property
    def stamps(self) -> Stamps:
        """What tells the working files that were looked at; for a commit's files nothing needs to."""

    def paths(self) -> Iterable[str]:
        """Return every file under the records folder, relative to the repository."""

    def read(self, paths: Iterable[str]) -> Mapping[str, Raw]:
        """Return the named files."""

    def known(self, paths: Iterable[str], stamps: Callable[[], Stamps]) -> Mapping[str, Known]:
        """Return what is known of those named files that need not be opened; ``stamps`` returns what was seen."""

    def ids(self) -> Mapping[str, str]:
        """Return the ids of the bytes of those files of which they are known without opening them."""

    def unlike(self, stamps: Callable[[], Stamps]) -> Iterable[str]:
        """Return the files that may differ from what is recorded; ``stamps`` returns what was seen before."""

    def content(self, path: str, blob: str) -> bytes | None:
        """Return the bytes of a file as they were when their id was ``blob``; None where they are gone."""


_PLAIN = frozenset({"100644", "100755"})
FEW = 16  # files that are read by the process that reads objects anyway


class CommittedFiles:
    """The register's files as a commit holds them."""

    def __init__(self, repository: Repository, commit: str) -> None:
        """Read ``commit`` of ``repository``."""
        self.commit = commit
        self.stamps: Stamps = {}
        self._repository = repository

    @cached_property
    def blobs(self) -> Mapping[str, tuple[str, str]]:
        """Path to (mode, blob id); git is asked once of a commit that several moments are compared with."""
        commit, known = self._repository.listed
        if commit != self.commit:
            known = self._listed()
            self._repository.listed = self.commit, known
        return known

    def _listed(self) -> Mapping[str, tuple[str, str]]:
        early = self._repository.early.working(self.commit) if self._repository.early is not None else None
        return files_in(self._repository.listing(self.commit) if early is None else early.listing)

    def paths(self) -> Iterable[str]:
        """Return every file under the records folder."""
        return self.blobs

    def read(self, paths: Iterable[str]) -> Mapping[str, Raw]:
        """Return the named files, read with one process."""
        wanted = {path: self.blobs.get(path) for path in paths}
        names = [entry[1] for entry in wanted.values() if entry]
        objects = self._few(names) if len(names) <= FEW else read_objects(self._repository, names)
        found = {}
        for path, entry in wanted.items():
            blob = objects.get(entry[1]) if entry else None
            if entry and entry[0] not in _PLAIN:
                found[path] = Raw(path, None, "a link, not a file; it is not followed")
            elif blob is None:
                found[path] = Raw(path, None, "its content is missing from the repository, or damaged")
            else:
                found[path] = Raw(path, blob[2], blob=blob[1])
        return found

    def _few(self, names: list[str]) -> dict[str, tuple[str, str, bytes] | None]:
        """Return a few objects, read by the process that stays: another takes longer to begin than to read them."""
        try:
            return self._repository.objects(names)
        except OSError:
            return read_objects(self._repository, names)

    def known(self, paths: Iterable[str], stamps: Callable[[], Stamps]) -> Mapping[str, Known]:
        """Return the ids of the named files, all of which the commit tells."""
        del stamps
        entries = ((path, self.blobs.get(path)) for path in paths)
        return {path: Known(entry[1], None) for path, entry in entries if entry and entry[0] in _PLAIN}

    def ids(self) -> Mapping[str, str]:
        """Return the ids of all files that are no links, which the commit tells."""
        return {path: blob for path, (mode, blob) in self.blobs.items() if mode in _PLAIN}

    def unlike(self, stamps: Callable[[], Stamps]) -> Iterable[str]:
        """Return no file: a commit holds what is recorded."""
        del stamps
        return ()

    def content(self, path: str, blob: str) -> bytes | None:
        """Return the bytes with that id; they never change."""
        del path
        found = read_objects(self._repository, [blob])[blob]
        return found[2] if found else None


class WorkingFiles:
    """The register's files as they lie in the folder, compared with the newest commit."""

    EDITED = "edited by hand, not recorded"
    NEW = "added by hand, not recorded"
    GONE = "deleted by hand, not recorded"

    def __init__(self, repository: Repository, commit: str | None) -> None:
        """Read the folder of ``repository``, whose newest commit is ``commit``."""
        self._repository = repository
        self._committed = CommittedFiles(repository, commit) if commit else None
        self.stamps: dict[str, Stamped] = {}

    @cached_property
    def recorded(self) -> Mapping[str, tuple[str, str]]:
        """Path to (mode, blob id) as recorded; empty where there is no history."""
        return self._committed.blobs if self._committed else {}

    @cached_property
    def _present(self) -> frozenset[str]:
        return frozenset(_walk(os.fspath(self._repository.folder), self._repository.prefix))

    def paths(self) -> Iterable[str]:
        """Return every file that lies there or is recorded."""
        return [*self._present, *(path for path in self.recorded if path not in self._present)]

    def read(self, paths: Iterable[str]) -> Mapping[str, Raw]:
        """Return the named files; one deleted by hand is read as it was recorded, and marked."""
        wanted = list(paths)
        compared = wanted if self._committed else []
        gone = [path for path in compared if path not in self._present and path in self.recorded]
        found = dict(self._committed.read(gone)) if self._committed and gone else {}
        found = {path: Raw(path, raw.data, raw.fault, self.GONE, raw.blob) for path, raw in found.items()}
        for path in wanted:
            if path not in found:
                found[path] = self._read_one(path)
        return found

    def known(self, paths: Iterable[str], stamps: Callable[[], Stamps]) -> Mapping[str, Known]:
        """Return what is known of files that lie there as they did when they were last looked at."""
        found, seen_before = {}, stamps()
        root = f"{self._repository.root}/"
        for path in paths:
            seen = seen_before.get(path)
            if seen is not None and path in self._present and seen[0] == _stamp(root + path):
                self.stamps[path] = seen
                found[path] = Known(seen[1], self._mark(path, seen[1]))
        return found

    def ids(self) -> Mapping[str, str]:
        """Return no id: only with what was seen of them before is a working file known."""
        return {}

    def unlike(self, stamps: Callable[[], Stamps]) -> Iterable[str]:
        """Return the files that may differ from what is recorded: all but those whose stamps say that they do not."""
        committed, repository = self._committed, self._repository
        early = repository.early.working(committed.commit) if repository.early is not None and committed else None
        if early is not None:
            self._present = frozenset((self.recorded.keys() - early.absent) | early.added)
            return early.unlike
        seen_before = stamps()
        present = stamped(os.fspath(repository.folder), repository.prefix)
        self._present = frozenset(present)
        recorded = self.recorded if committed else None
        same = {
            path for path, stamp in present.items() if (one := seen_before.get(path)) is not None and one[0] == stamp
        }
        if recorded is not None:
            same = {path for path in same if path in recorded and recorded[path][1] == seen_before[path][1]}
        return [path for path in (*present, *self.recorded) if path not in same]

    def content(self, path: str, blob: str) -> bytes | None:
        """Return the file's bytes, or those that were recorded, if either still have that id."""
        raw = self._read_one(path)
        if raw.blob == blob:
            return raw.data
        return self._committed.content(path, blob) if self._committed else None

    def _read_one(self, path: str) -> Raw:
        place = f"{self._repository.root}/{path}"
        try:
            now = time.time_ns()
            facts = os.lstat(place)
            if stat.S_ISLNK(facts.st_mode):
                return Raw(path, None, "a link, not a file; it is not followed")
            if not stat.S_ISREG(facts.st_mode):
                return Raw(path, None, "no plain file; it is not opened, since that might never end")
            data = _bytes_in(place, facts.st_size)
        except OSError as error:
            return Raw(path, None, f"cannot be opened: {os.strerror(error.errno or 0).lower()}")
        blob = blob_id(data)
        mark = self._mark(path, blob)
        if mark == self.EDITED and b"\r\n" in data and not self._mark(path, blob_id(data.replace(b"\r\n", b"\n"))):
            return Raw(path, data, None, None, blob)  # only its line ends differ; it is looked at anew each time
        stamp = stamp_of(facts)
        if not is_young(stamp, now):
            self.stamps[path] = stamp, blob
        return Raw(path, data, None, mark, blob)

    def _mark(self, path: str, blob: str) -> str | None:
        if self._committed is None:
            return None
        entry = self.recorded.get(path)
        if entry is None:
            return self.NEW
        return None if blob == entry[1] else self.EDITED


def _bytes_in(place: str, expected: int) -> bytes:
    """Return what a file holds, of one that is too large only its beginning.

    Room is made for what is ``expected``, not for the largest that there may be: of many small files, that took longer
    than the reading. Nothing but the end of a file ends the reading: on a network's disk less may come at once.
    """
    room = min(expected, LARGEST) + 1
    handle = os.open(place, os.O_RDONLY | getattr(os, "O_BINARY", 0))  # Python's own files look at each again
    try:
        data = os.read(handle, room)
        while len(data) <= LARGEST and (more := os.read(handle, room)):
            data += more
        return data
    finally:
        os.close(handle)


def _stamp(place: str) -> tuple[int, ...] | None:
    try:
        return stamp_of(os.lstat(place))
    except OSError:
        return None


def last_good_commits(repository: Repository, path: str, tip: str = "HEAD") -> list[str]:
    """Return the commits that touched ``path``, newest first, to look for a version that can be read."""
    try:
        return repository.read("rev-list", "--topo-order", tip, "--", path).decode().split()
    except GitError:
        return []


def _walk(folder: str, inner: str) -> list[str]:
    """Return the files under ``folder``, with ``inner`` before their names; folders that are links are not entered."""
    found: list[str] = []
    for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            found += _walk(entry.path, f"{inner}{entry.name}/")
        else:
            found.append(inner + entry.name)
    return found
