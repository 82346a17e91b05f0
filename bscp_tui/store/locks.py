"""One writer at a time, and healing after one that was killed.

The lock is the operating system's own on a file in the git folder, so it goes when its process
does. Whoever holds it may therefore be sure that an intent found there is a dead writer's, and
may remove what that writer's git left locked.
"""

import contextlib
import json
import os
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from bscp_tui.store import files
from bscp_tui.store.errors import SaveError
from bscp_tui.store.repository import Repository

PATIENCE = 60.0  # seconds that a second writer waits for the first
_GRACE = 2.0  # seconds by which a file's time may lie before the intent's; some disks round it

Told = Callable[[str], None]


@dataclass(frozen=True)
class Intent:
    """What a writer is about to do, kept until it is done.

    Attributes:
        path: The record's file.
        branch: The branch to be moved, ``refs/heads/main``.
        old: The commit before, None for the first.
        new: The commit after.
        at: When it began, in seconds since 1970.

    """

    path: str
    branch: str
    old: str | None
    new: str | None
    at: float


class Workshop:
    """The program's own folder inside the git folder: lock, intent, files not yet in place."""

    def __init__(self, repository: Repository) -> None:
        """Use the folder of ``repository``; it is made when the first writer comes."""
        assert repository.git_dir is not None  # noqa: S101 - for the type checker; callers have looked
        self.git_dir = repository.git_dir
        self.common_dir = repository.common_dir or repository.git_dir
        self.folder = self.git_dir / "bscp"
        self.fresh_file = self.folder / "record.new"
        self.fresh_index = self.folder / "index.new"
        self.token = self.folder / "token"
        self._intent = self.folder / "intent.json"
        self._holder = self.folder / "holder.json"

    @contextlib.contextmanager
    def locked(self, who: str, told: Told | None = None, patience: float = PATIENCE) -> Iterator[None]:
        """Hold the register for writing; a second writer waits, and is told for whom.

        Raises:
            SaveError: The other writer did not finish in time, or the folder cannot be written to.

        """
        try:
            self.folder.mkdir(exist_ok=True)
            lock = FileLock(self.folder / "lock")
            self._acquire(lock, told, patience)
        except OSError as error:
            raise files.not_saved(error) from error
        try:
            with noted(self._holder, who):
                yield
        finally:
            lock.release()

    def intend(self, intent: Intent) -> None:
        """Keep ``intent`` on the disk before the branch is touched.

        It is written in place, with one flush; a torn one still tells that a writer was at work.
        """
        files.rewrite(self._intent, json.dumps(asdict(intent)).encode())

    def intent(self) -> Intent | None:
        """Return what a writer left unfinished, None where all is done."""
        try:
            data = self._intent.read_bytes()
        except FileNotFoundError:
            return None
        if not data:
            return None
        try:
            return Intent(**json.loads(data))
        except (ValueError, TypeError):
            return Intent("", "", None, None, self._intent.stat().st_mtime)

    def done(self) -> None:
        """Forget the intent."""
        if self._intent.exists():
            os.truncate(self._intent, 0)

    def remove_dead_locks(self, intent: Intent) -> None:
        """Remove the lock files that a killed writer's git left; others' are not touched."""
        for lock in self._dead_locks(intent):
            lock.unlink(missing_ok=True)
        index = self.git_dir / "index.lock"
        with contextlib.suppress(OSError):
            if index.exists() and self.token.exists() and index.samefile(self.token):
                index.unlink()
        for left in (self.fresh_file, self.fresh_index, self.fresh_index.with_name("index.new.lock"), self.token):
            left.unlink(missing_ok=True)

    def leaves_locks(self) -> bool:
        """Whether a git of this writer ended without unlocking; the intent is then kept for the next one."""
        intent = self.intent()
        return intent is not None and bool(self._dead_locks(intent))

    def _dead_locks(self, intent: Intent) -> list[Path]:
        locks = [self.git_dir / "HEAD.lock"]
        if intent.branch:
            locks.append(self.common_dir / f"{intent.branch}.lock")
        return [lock for lock in locks if self._is_dead(lock, intent)]

    def _is_dead(self, lock: Path, intent: Intent) -> bool:
        """Whether a lock holds nothing, or our commit, and came after the intent."""
        try:
            stat, text = lock.stat(), lock.read_text(errors="replace").strip()
        except OSError:
            return False
        ours = not text or (intent.new is not None and intent.new.startswith(text))
        return ours and stat.st_mtime >= intent.at - _GRACE

    def _acquire(self, lock: FileLock, told: Told | None, patience: float) -> None:
        try:
            lock.acquire(timeout=0)
        except Timeout:
            if told is not None:
                told(f"Waiting for {holder_in_words(self._holder)} to finish a change…")
            try:
                lock.acquire(timeout=patience, poll_interval=0.02)
            except Timeout as error:
                msg = (
                    f"Nothing was recorded: {holder_in_words(self._holder)} has held the register for more than "
                    f"{patience:.0f} seconds. Try again when that program has finished or was closed."
                )
                raise SaveError(msg) from error


@contextlib.contextmanager
def noted(note: Path, who: str) -> Iterator[None]:
    """Say in a file who holds a lock, since when, for as long as it is held."""
    with contextlib.suppress(OSError):
        note.write_text(json.dumps({"who": who, "pid": os.getpid(), "since": time.time()}))
    try:
        yield
    finally:
        with contextlib.suppress(OSError):
            note.unlink()


def holder_in_words(note: Path) -> str:
    """Return who holds a lock, and since when, as far as that was noted."""
    try:
        holder = json.loads(note.read_bytes())
        since = time.strftime("%H:%M", time.localtime(float(holder["since"])))
        return f"{holder['who']} (program {holder['pid']}, since {since})"
    except (OSError, ValueError, KeyError, TypeError):
        return "another program"
