"""What the screens know of the register: one snapshot, read anew when the register moved on."""

import datetime as dt
import threading
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from bscp_tui.history.ticking import ticks
from bscp_tui.model.filters import Term, matches, names_in
from bscp_tui.model.kinds import KINDS
from bscp_tui.model.record import Kind
from bscp_tui.model.text import one_line
from bscp_tui.model.view import View
from bscp_tui.store.finding import Found, find
from bscp_tui.store.garbage import leave_out, unhurried
from bscp_tui.store.loading import Unreadable
from bscp_tui.store.moments import Moment, Ticks
from bscp_tui.store.naming import UnknownReferenceError
from bscp_tui.store.register import Register
from bscp_tui.store.snapshot import Snapshot
from bscp_tui.tui.shared_state import SharedState

if TYPE_CHECKING:
    from bscp_tui.checks.running import Identities
    from bscp_tui.history.position import Position
    from bscp_tui.history.rows import HistoryRow
    from bscp_tui.tui.seals import Seals

Row = View | Unreadable
AT_ONCE = 1_000  # files of a register up to which its screens work at once; of a larger one beside their thread


@dataclass(frozen=True)
class Past:
    """The register at another day.

    Attributes:
        moment: The moment.
        snapshot: Its records, fully read.
        position: What was true on a day and what was recorded late, where that was asked for.

    """

    moment: Moment
    snapshot: Snapshot
    position: "Position | None" = None


@dataclass
class Session:
    """An open register as it is shown.

    Attributes:
        register: The register.
        present: Its records as last read.
        first_start: Whether this start made the register.
        writing: Held while a change is recorded.
        all_read: Whether every file of the snapshot was read; Home's first figures do not wait for that.
        seals: What is known of whether the history is whole; None until somebody looked.
        shared: How the register stands to the shared copy.
        head: The newest commit when the register was last read; None before somebody asked for it.
        new_queries: How many queries came after the register was made, as far as somebody looked.
        queries_before: The identities of those that were there when it was made, once somebody looked.

    """

    register: Register
    present: Snapshot = field(init=False)
    first_start: bool = False
    writing: threading.Lock = field(default_factory=threading.Lock)
    all_read: bool = False
    seals: "Seals | None" = None
    shared: SharedState = field(default_factory=SharedState)
    new_queries: int = 0
    queries_before: "Identities" = field(default_factory=dict)
    head: str | None = None
    _past: Past | None = None
    _counted: tuple[Snapshot | None, dict[tuple[str, tuple[Term, ...]], int]] = (None, {})
    _ticks: tuple[str | None, Ticks] | None = None

    def __post_init__(self) -> None:
        """Read the register."""
        self.stamp = self.look()
        self.present = self.register.snapshot()

    @property
    def snapshot(self) -> Snapshot:
        """The records as they are shown: as they are now, or as they were at a past moment."""
        return self._past.snapshot if self._past else self.present

    @property
    def moment(self) -> Moment | None:
        """The past moment that the screens show; None for the present."""
        return self._past.moment if self._past else None

    @property
    def today(self) -> dt.date:
        """What counts as today where the screens stand."""
        return self.snapshot.today

    @property
    def no_writing(self) -> str | None:
        """Why nothing can be recorded now, in a sentence; None where it can."""
        if self.moment is not None:
            return (
                f"Nothing can be recorded here: this is the register {self.moment.shown}, and what is past "
                "stays as it was. Press t to go back to today."
            )
        if self.register.read_only:
            return f"Nothing can be recorded here: {self.register.read_only}."
        return None

    @property
    def tip(self) -> str | None:
        """The commit whose history is shown; None for the whole history."""
        return self.moment.commit if self.moment else None

    def ticks(self) -> Ticks:
        """Return every entry, the oldest first; read anew when there are others. For a worker thread."""
        head = self.register.head
        if self._ticks is None or self._ticks[0] != head:
            self._ticks = (head, ticks(self.register))
        return self._ticks[1]

    def visit(self, moment: Moment) -> Past:
        """Return the register as it stood at ``moment``, or the position that it asks for; for a worker thread."""
        if moment.position is not None:
            from bscp_tui.history.position import position

            found = position(self.register, moment.commit, moment.position)
            return Past(moment, _read_whole(found.snapshot), found)
        snapshot = self.register.snapshot_at(moment.commit)
        snapshot.today = moment.day
        snapshot.take_over(self.present)
        return Past(moment, _read_whole(snapshot))

    def stand_at(self, past: Past) -> None:
        """Show the past as ``visit`` read it, until ``stand_today``."""
        self._past, before = past, self._past
        if before is not None:
            before.snapshot.let_go()

    def stand_today(self) -> None:
        """Show the present again."""
        if self._past is not None:
            self._past.snapshot.let_go()
        self._past, self._counted = None, (None, {})

    def recorded_late(self, view: View) -> "Sequence[HistoryRow]":
        """Return what of a record was true on the position's day and was recorded after it; () in no position."""
        position = self._past.position if self._past else None
        return position.late_of(view) if position else ()

    @property
    def key(self) -> str:
        """What drafts know the register by."""
        return str(self.register.repository.folder)

    @cached_property
    def place(self) -> str:
        """The register's folder, as one line says it."""
        folder = self.register.repository.root
        home = Path.home()
        return one_line(f"~/{folder.relative_to(home)}" if folder.is_relative_to(home) else str(folder))

    def look(self) -> tuple[object, ...]:
        """Return what changes when anybody records anything; cheap enough to ask every two seconds."""
        git_dir, common = self.register.repository.git_dir, self.register.repository.common_dir
        if git_dir is None or common is None:
            return ()
        try:
            head = (git_dir / "HEAD").read_text(encoding="utf-8", errors="replace").strip()
        except OSError:
            head = ""
        seen: list[object] = [head]
        name = head.removeprefix("ref: ") if head.startswith("ref: ") else None
        branch = common / name if name else None
        sent = common / name.replace("refs/heads", "refs/remotes/origin", 1) if name else None
        for place in (branch, sent, common / "packed-refs"):
            try:
                found = place.stat() if place else None
            except OSError:
                found = None
            seen.append((found.st_mtime_ns, found.st_size, found.st_ino) if found else None)
        return tuple(seen)

    def read_again(self) -> tuple[Snapshot, tuple[object, ...]]:
        """Return a fresh snapshot, fully read, with what ``look`` said before; for a worker thread."""
        stamp = self.look()
        self.head = self.register.head
        self.shared.look(self.register)
        fresh = self.register.snapshot()
        fresh.take_over(self.present)
        return _read_whole(fresh), stamp

    def take(self, snapshot: Snapshot, stamp: tuple[object, ...]) -> None:
        """Take ``snapshot``, fully read, for the present."""
        if snapshot is not self.present:
            self.present.let_go()
        self.present, self.stamp, self.all_read = snapshot, stamp, True

    @property
    def is_large(self) -> bool:
        """Whether reading over all records takes so long that the screens' thread must not wait for it."""
        return len(self.snapshot.all_paths()) > AT_ONCE

    def count(self, kind: Kind, terms: Iterable[Term], snapshot: Snapshot | None = None) -> int:
        """Return how many readable records meet the conditions; counted once for each snapshot, by any thread.

        Args:
            kind: The records' kind.
            terms: The conditions.
            snapshot: The records; without it those that are shown.

        """
        terms, snapshot = tuple(terms), snapshot or self.snapshot
        counted = self._counted
        if counted[0] is not snapshot:
            counted = self._counted = (snapshot, {})
        counts, asked = counted[1], (kind.name, terms)
        if asked not in counts:
            views = snapshot.views(kind, names=names_in(terms, kind))
            counts[asked] = sum(matches(view, terms, snapshot.name_matches) for view in views)
        return counts[asked]

    def find(self, text: str, kinds: Collection[str] = (), limit: int = 60) -> Sequence[Found]:
        """Return the records that ``text`` names, or in whose text its words stand, the closest first.

        Args:
            text: The words.
            kinds: The kinds that are wanted; none means all.
            limit: How many at most.

        """
        plan = self.snapshot.settings.current_plan
        return find(self.snapshot.findable, text, kinds=kinds, plan=plan, limit=limit)

    def warm(self) -> None:
        """Read what is not read yet and what records are found by; for a worker thread."""
        self.head = self.head or self.register.head
        files = len(self.snapshot.all_paths())
        with unhurried(files):
            _read_whole(self.snapshot)
        if files > AT_ONCE:
            leave_out()
        self.shared.look(self.register)
        self.all_read = True

    def row_at(self, ref: str, path: str | None = None) -> Row | None:
        """Return the record that ``ref`` names now, None if it is gone."""
        try:
            return self.snapshot.resolve(ref)
        except UnknownReferenceError:
            return self.snapshot.at_path(path) if path else None


def _read_whole(snapshot: Snapshot) -> Snapshot:
    """Read all that the screens may ask of ``snapshot``, so that their own thread waits for no file."""
    _ = snapshot.settings, snapshot.findable
    for kind in KINDS.values():
        snapshot.unreadable(kind)
    return snapshot
