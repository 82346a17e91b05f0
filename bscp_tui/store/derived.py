"""What can be derived again at any time, kept to save work: a disposable file beside the register.

It lies in the person's own cache folder (``$BSCP_CACHE`` names another), never inside a register: a
prepared folder could bring a lying one. Nothing of it is trusted. Every row carries a seal over its
shelf, key and value, which is looked at whenever the row is read, so that flipped bytes are noticed
where they matter, at a cost that does not grow with the file; rows that follow each other are counted.
What does not hold raises :class:`DamagedError`, and the owner starts anew. Where the file cannot be used
(another user's, a full or read-only disk, locked for too long) everything happens in memory.
"""

import contextlib
import hashlib
import os
import sqlite3
import stat
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple, TypeVar

from bscp_tui.store.repository import Repository

PATIENCE = 5.0  # seconds that a program waits for another one's write before it works in memory
_AT_ONCE = 500  # keys in one question; SQLite allows about a thousand
_BESIDE = ("", "-wal", "-shm", "-journal")
# What SQLite says of a file that is whole, but cannot be used now or here.
_UNUSABLE = frozenset(
    {
        sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH,
        sqlite3.SQLITE_NOMEM, sqlite3.SQLITE_PROTOCOL,
    }
)  # fmt: skip
# Pages that several rows fit into (records have some 2,000 bytes): half the file and half the time of SQLite's own
# size. And room in the file of what was written last for the pages that thousands of rows in a row touch.
_SETTINGS = (
    "page_size=16384",
    "trusted_schema=OFF",
    "cell_size_check=ON",
    "journal_mode=WAL",
    "synchronous=NORMAL",
    "wal_autocheckpoint=2000",
)
T = TypeVar("T")
Key = int | str


class DamagedError(Exception):
    """The file does not hold what was put there; call :meth:`Derived.discard` and derive it again."""


class Shelf(NamedTuple):
    """One table of rows.

    Attributes:
        name: Its name: small letters.
        keys: ``int`` for rows that follow each other, ``str`` for rows that are looked up.

    """

    name: str
    keys: type[int] | type[str]


_META = Shelf("meta", str)


class Derived:
    """Rows of bytes by key, on shelves; for one thread at a time.

    Attributes:
        place: The file; None in memory.

    """

    def __init__(self, place: Path | None, version: str, shelves: Sequence[Shelf]) -> None:
        """Open the file at ``place``, or begin one; one of another ``version`` is thrown away.

        Args:
            place: The file; None for memory.
            version: What the owner's rows mean; any change of that is a new version.
            shelves: The shelves that there are.

        """
        self.place = place
        self._version = version.encode()
        self._shelves = (_META, *shelves)
        self._unusable = False
        self._discarded = 0
        self._db = self._opened()

    def __del__(self) -> None:
        """Let go of the file where nobody did."""
        self.close()

    @property
    def is_there(self) -> bool:
        """Whether the file that is open is the one that lies in its place."""
        try:
            return self.place is not None and self._inode == self.place.stat().st_ino
        except OSError:
            return False

    @property
    def in_memory(self) -> bool:
        """Whether nothing is kept for the next time."""
        return self.place is None

    def get(self, shelf: Shelf, key: Key) -> bytes | None:
        """Return one value, None where there is none.

        Raises:
            DamagedError: The row is not as it was put.

        """
        return self.get_many(shelf, (key,)).get(key)

    def get_many(self, shelf: Shelf, keys: Iterable[Key]) -> dict[Key, bytes]:
        """Return the values of those keys that there are.

        Raises:
            DamagedError: A row is not as it was put.

        """
        wanted = list(keys)
        found: dict[Key, bytes] = {}
        for start in range(0, len(wanted), _AT_ONCE):
            some = wanted[start : start + _AT_ONCE]
            marks = ",".join("?" * len(some))
            found |= self._rows(shelf, f"WHERE key IN ({marks})", some)
        return found

    def items(self, shelf: Shelf) -> Iterator[tuple[Key, bytes]]:
        """Yield every row by key; nothing shows whether rows are missing.

        Raises:
            DamagedError: A row is not as it was put.

        """
        yield from self._rows(shelf, "ORDER BY key", ())

    def span(self, shelf: Shelf, first: int, end: int, *, backwards: bool = False) -> Iterator[tuple[int, bytes]]:
        """Yield the rows from ``first`` up to, and without, ``end``: all of them, or an error.

        Raises:
            DamagedError: A row is missing, or not as it was put.

        """
        expected = iter(range(end - 1, first - 1, -1) if backwards else range(first, end))
        order = "DESC" if backwards else "ASC"
        for key, value in self._rows(shelf, f"WHERE key >= ? AND key < ? ORDER BY key {order}", (first, end)):
            if key != next(expected, None):
                msg = f"rows are missing on the shelf {shelf.name}"
                raise DamagedError(msg)
            yield int(key), value
        if next(expected, None) is not None:
            msg = f"rows are missing at the end of the shelf {shelf.name}"
            raise DamagedError(msg)

    def put(self, shelf: Shelf, items: Iterable[tuple[Key, bytes]]) -> None:
        """Put rows in place of those with the same keys; inside :meth:`change` only."""
        sealed = ((key, value, _seal(shelf, key, value)) for key, value in items)
        with self._told():
            self._db.executemany(f'INSERT OR REPLACE INTO "{shelf.name}" VALUES (?, ?, ?)', sealed)  # noqa: S608

    def remove(self, shelf: Shelf, keys: Iterable[Key]) -> None:
        """Remove rows; inside :meth:`change` only."""
        with self._told():
            self._db.executemany(f'DELETE FROM "{shelf.name}" WHERE key = ?', ((key,) for key in keys))  # noqa: S608

    def make_room(self) -> None:
        """Take 48 MB of memory for pages: many thousands of rows are about to be put all over the file."""
        with self._told():
            self._db.execute("PRAGMA cache_size=-48000")

    def clear(self, shelf: Shelf) -> None:
        """Remove every row of a shelf; inside :meth:`change` only."""
        with self._told():
            self._db.execute(f'DELETE FROM "{shelf.name}"')  # noqa: S608 - our own names

    @contextlib.contextmanager
    def reading(self) -> Iterator[None]:
        """Let everything that is read inside be of one moment, whatever other programs write."""
        with self._told():
            self._db.execute("BEGIN")
        try:
            yield
        finally:
            with contextlib.suppress(sqlite3.Error):
                self._db.execute("COMMIT")

    def change(self, work: Callable[[], T]) -> T:
        """Do ``work`` whole or not at all, alone among the programs; in memory where the disk refuses.

        Args:
            work: Puts and removes rows; may be called a second time, after nothing came of the first.

        Raises:
            DamagedError: The file does not hold what was put there.

        """
        try:
            return self._transaction(work)
        except DamagedError:
            if not self._unusable or self.in_memory:
                raise
        self._retreat(keeping=True)
        return self._transaction(work)

    def discard(self) -> None:
        """Throw everything away and begin an empty file; in memory where that cannot be."""
        self._discarded += 1
        self.close()
        if self.place is not None and (self._unusable or self._discarded > 1 or not _removed(self.place)):
            self.place = None
        self._unusable = False
        self._db = self._opened()

    def close(self) -> None:
        """Let go of the file."""
        with contextlib.suppress(sqlite3.Error):
            self._db.close()

    def _transaction(self, work: Callable[[], T]) -> T:
        with self._told():
            self._db.execute("BEGIN IMMEDIATE")
        try:
            result = work()
            with self._told():
                self._db.execute("COMMIT")
        except BaseException:
            with contextlib.suppress(sqlite3.Error):
                self._db.execute("ROLLBACK")
            raise
        return result

    def _rows(self, shelf: Shelf, which: str, values: Sequence[Key]) -> Iterator[tuple[Key, bytes]]:
        with self._told():
            for key, value, seal in self._db.execute(f'SELECT * FROM "{shelf.name}" {which}', values):  # noqa: S608
                if type(key) is not shelf.keys or type(value) is not bytes or seal != _seal(shelf, key, value):
                    msg = f"a row on the shelf {shelf.name} is not as it was put"
                    raise DamagedError(msg)
                yield key, value

    @contextlib.contextmanager
    def _told(self) -> Iterator[None]:
        """Tell a fault of SQLite as one of ours, and remember whether the file may still be whole."""
        try:
            yield
        except sqlite3.Error as error:
            self._unusable = (getattr(error, "sqlite_errorcode", 0) & 0xFF) in _UNUSABLE
            raise DamagedError(str(error)) from error
        except (UnicodeError, OverflowError) as error:
            raise DamagedError(str(error)) from error

    def _opened(self) -> sqlite3.Connection:
        """Return the open file, made, checked for its version, and begun anew where that is needed."""
        for _ in range(2):
            if self.place is not None and not _is_ours(self.place):
                self.place = None
            try:
                return self._begun()
            except (sqlite3.Error, DamagedError):
                if self.place is not None and (self._unusable or not _removed(self.place)):
                    self.place = None
        self.place = None
        return self._begun()

    def _begun(self) -> sqlite3.Connection:
        self._unusable = False
        self._db = sqlite3.connect(
            self.place or ":memory:", timeout=PATIENCE, isolation_level=None, check_same_thread=False
        )
        try:
            with self._told():
                for setting in _SETTINGS:
                    self._db.execute(f"PRAGMA {setting}").fetchone()
            if not self._is_current():
                self._transaction(self._begin)
            self._inode = self.place.stat().st_ino if self.place else 0
        except BaseException:
            self.close()
            raise
        return self._db

    def _is_current(self) -> bool:
        with self._told():
            known = {name for (name,) in self._db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        if not known:
            return False
        if self.get(_META, "version") == self._version:
            return True
        msg = "the file is of another version"
        raise DamagedError(msg)

    def _begin(self) -> None:
        with self._told():
            for shelf in self._shelves:
                keys = "INTEGER" if shelf.keys is int else "TEXT"
                columns = f"key {keys} PRIMARY KEY NOT NULL, value BLOB, seal BLOB"
                kind = "" if shelf.keys is int else " WITHOUT ROWID"  # one tree of pages a shelf, not two
                self._db.execute(f'CREATE TABLE IF NOT EXISTS "{shelf.name}" ({columns}){kind}')
        self.put(_META, [("version", self._version)])

    def _retreat(self, *, keeping: bool) -> None:
        """Go on in memory, with what the file holds."""
        file, self.place = self._db, None
        self._begun()
        if keeping:
            with self._told():
                file.backup(self._db)
        with contextlib.suppress(sqlite3.Error):
            file.close()


def open_derived(repository: Repository, name: str, version: str, shelves: Sequence[Shelf]) -> Derived:
    """Open what is kept for ``repository`` under ``name``, for instance ``ledger.sqlite``.

    Whatever stands in the way (no cache folder, another user's, a full disk), the result can be used.
    """
    return Derived(_place(repository, name), version, shelves)


def cache_folder() -> Path:
    """Return the folder in which the program keeps what can be derived again."""
    named = os.environ.get("BSCP_CACHE")
    if named:
        return Path(named)
    import platformdirs

    return platformdirs.user_cache_path("bscp", appauthor=False)


def _place(repository: Repository, name: str) -> Path | None:
    """Return the file's place, one folder a register; None where it may not or cannot lie there."""
    try:
        # Each work tree has its own newest entry, and so a folder of its own.
        place = (repository.git_dir or repository.root).resolve()
        facts = place.stat()
        told = f"{place}\0{facts.st_dev}\0{facts.st_ino}\0{repository.records}"
        folder = cache_folder().absolute() / hashlib.sha256(os.fsencode(told)).hexdigest()[:24]
        if folder.resolve().is_relative_to(repository.root.resolve()):
            return None
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError:
        return None
    return folder / name if _is_private(folder.lstat(), stat.S_ISDIR) else None


def _is_ours(place: Path) -> bool:
    """Whether the file, made if need be, is a plain one of this user that nobody else may write."""
    try:
        with contextlib.suppress(FileExistsError):
            os.close(os.open(place, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        beside = [place.with_name(place.name + ending) for ending in _BESIDE]
        return all(_is_private(path.lstat(), stat.S_ISREG) for path in beside if os.path.lexists(path))
    except OSError:
        return False


def _is_private(facts: os.stat_result, is_kind: Callable[[int], bool]) -> bool:
    if not is_kind(facts.st_mode):
        return False
    if not hasattr(os, "geteuid"):
        return True  # Windows keeps owners otherwise; a profile's folders are its user's own
    return facts.st_uid == os.geteuid() and not facts.st_mode & 0o022


def _removed(place: Path) -> bool:
    try:
        for ending in _BESIDE:
            place.with_name(place.name + ending).unlink(missing_ok=True)
    except OSError:
        return False
    return True


def _seal(shelf: Shelf, key: Key, value: bytes) -> bytes:
    told = hashlib.blake2b(f"{shelf.name}\0{key}\0".encode(), digest_size=8)
    told.update(value)
    return told.digest()
