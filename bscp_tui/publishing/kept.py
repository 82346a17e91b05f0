"""What is remembered of a publishing, so that the next one makes only the pages that can have changed.

It lies in the person's own cache folder, sealed and disposable, one file for each audience. It is used only where
everything that touches every page is the same: program, settings, day, readers, and what is withheld.
"""

import json
import os
import time
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, NamedTuple

from bscp_tui.model.audience import Withheld
from bscp_tui.model.fields import Audience
from bscp_tui.publishing.records import Naming
from bscp_tui.publishing.site import Stamp
from bscp_tui.publishing.watching import Token
from bscp_tui.store.derived import DamagedError, Shelf, open_derived
from bscp_tui.store.repository import Repository
from bscp_tui.store.standing import is_young, stamp_of

FORMAT = "1"
UNREADABLE: Literal["unreadable"] = "unreadable"
Why = Withheld | Literal["unreadable", ""]
_FACTS, _PIECES, _STATE, _SITES = Shelf("facts", str), Shelf("pieces", str), Shelf("state", str), Shelf("sites", str)


@dataclass
class Remembered:
    """What a record's page was made from.

    Attributes:
        blob: The id of its file's bytes.
        why: Why it is left out: "audience", "embargo", or "unreadable"; "" where it is not.
        rows: (kind, reference, whether it stands) of it and its rows; a withdrawn one does not stand.
        named: Whom it and its rows name.
        told: Month to the positions of the entries that changed it and may be told.
        events: Its days in the calendar, as the calendar orders and writes them.
        asked: What was asked for while its page was made.

    """

    blob: str
    why: Why = ""
    rows: list[tuple[str, str, bool]] = field(default_factory=list)
    named: list[Naming] = field(default_factory=list)
    told: dict[str, list[int]] = field(default_factory=dict)
    events: list[list[str]] = field(default_factory=list)
    asked: set[Token] = field(default_factory=set)

    def packed(self) -> bytes:
        """Return it as bytes."""
        named = [[one.source, one.target, one.label, one.inverse] for one in self.named]
        return _packed([self.blob, self.why, self.rows, named, self.told, self.events, "\n".join(sorted(self.asked))])

    @staticmethod
    def unpacked(data: bytes) -> "Remembered":
        """Return what ``packed`` made the bytes of."""
        # What was asked for is the longest part by far, and one text is read sooner than a list of them.
        blob, why, rows, named, told, events, asked = json.loads(data)
        named = [Naming(*one) for one in named]
        return Remembered(blob, why, [(a, b, c) for a, b, c in rows], named, told, events, set(asked.split("\n")))


@dataclass
class Piece:
    """What a record adds to the pages that tell of many.

    Attributes:
        rows: It and its rows in the lists: kind, reference, the row as HTML, the cells that are chosen from.
        search: What finds them: reference, title, page, words.

    """

    rows: list[list[Any]] = field(default_factory=list)
    search: list[list[str]] = field(default_factory=list)

    def packed(self) -> bytes:
        """Return it as bytes."""
        return _packed([self.rows, self.search])


class Made(NamedTuple):
    """What came of making a record's page.

    Attributes:
        piece: What it adds to other pages.
        events: Its days in the calendar.
        facts: All that is remembered of it, as bytes.
        packed: The piece, as bytes.

    """

    piece: Piece
    events: list[list[str]]
    facts: bytes
    packed: bytes


@dataclass
class Added:
    """What came of making pages, apart from the pages.

    Attributes:
        records: File to what came of the record's page.
        counts: Board to how many changes its page tells.

    """

    records: dict[str, Made] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)


@dataclass
class State:
    """What is remembered of a whole publishing.

    Attributes:
        key: What touches every page.
        commit: The entry that it went up to.
        recorded: When each entry up to that one was recorded, in seconds.
        crooked: The positions of the entries that do not simply follow the one before.
        pages: The digest of every page, by its name.
        months: Month to those before and after it.
        intervals: Board to what its page of changes was made from.
        parts: Parts of pages that took long to work out, with what was asked for meanwhile.

    """

    key: str = ""
    commit: str = ""
    recorded: list[float] = field(default_factory=list)
    crooked: list[int] = field(default_factory=list)
    pages: dict[str, str] = field(default_factory=dict)
    months: dict[str, list[str]] = field(default_factory=dict)
    intervals: dict[str, list[Any]] = field(default_factory=dict)
    parts: dict[str, tuple[list[Token], Any]] = field(default_factory=dict)


class Memory:
    """What is remembered of the last publishing of a register for an audience."""

    def __init__(self, repository: Repository, audience: Audience, program: str) -> None:
        """Open it, or begin anew; what another version of the ``program`` remembered is thrown away."""
        shelves = (_FACTS, _PIECES, _STATE, _SITES)
        self._derived = open_derived(repository, f"pages-{audience}.sqlite", f"{FORMAT} {program}", shelves)
        self.state = State()
        self.records: dict[str, Remembered] = {}
        self._read: bytes | None = None

    def read(self, key: str) -> None:
        """Read what is remembered, where ``key`` is what it was made under; else nothing is."""
        try:
            self._read = self._derived.get(_STATE, "state")
            told = json.loads(self._read or b"null")
            if told is None or told["key"] != key:
                return
            records = {str(path): Remembered.unpacked(data) for path, data in self._derived.items(_FACTS)}
            if len(records) == told.pop("count"):  # else rows are missing
                self.state, self.records = State(**told), records
        except (DamagedError, ValueError, TypeError, KeyError):
            self._derived.discard()
            self.forget()

    def forget(self) -> None:
        """Begin anew."""
        self.state, self.records = State(), {}

    def pieces(self, paths: Iterable[str]) -> dict[str, Piece]:
        """Return what some records add to other pages.

        Raises:
            DamagedError: What is remembered is not whole.

        """
        wanted = list(paths)
        found = self._derived.get_many(_PIECES, wanted)
        if len(found) < len(set(wanted)):
            msg = "pieces are missing"
            raise DamagedError(msg)
        return {str(path): Piece(*json.loads(data)) for path, data in found.items()}

    def keep(
        self,
        state: State,
        again: Collection[str],
        gone: Collection[str],
        records: Mapping[str, Remembered],
        made: Mapping[str, Made],
    ) -> None:
        """Remember a publishing that is whole.

        Args:
            state: It as a whole.
            again: The files of the records that were looked at again.
            gone: The files that are no more.
            records: What is known of every record.
            made: What came of making the pages of those that were looked at again, and have pages.

        """
        fresh = not self.records

        def put() -> None:
            if not fresh and self._derived.get(_STATE, "state") != self._read:
                return  # another publishing ended meanwhile, and remembers other things
            if fresh:
                self._derived.clear(_FACTS)
                self._derived.clear(_PIECES)
            self._derived.remove(_PIECES, {*again, *gone})
            self._derived.remove(_FACTS, gone)
            # In the order of the keys, so that neighbours are written together.
            paths = sorted(again)
            facts = ((path, made[path].facts if path in made else records[path].packed()) for path in paths)
            self._derived.put(_FACTS, facts)
            self._derived.put(_PIECES, ((path, made[path].packed) for path in paths if path in made))
            self._derived.put(_STATE, [("state", _packed({**vars(state), "count": len(records)}))])

        self._change(put)

    def stamps(self, folder: Path) -> dict[str, Stamp]:
        """Return what told each file of a site when it was last known to be as it was written."""
        try:
            told = json.loads(self._derived.get(_SITES, str(folder)) or b"{}")
            return {name: (digest, tuple(stamp)) for name, (digest, stamp) in told.items()}
        except (DamagedError, ValueError, TypeError, AttributeError):
            self._derived.discard()
            return {}

    def keep_stamps(self, folder: Path, files: Mapping[str, str], known: Mapping[str, Stamp]) -> None:
        """Remember what tells each of a site's ``files`` now, which are as their digests say; some are ``known``."""
        now = time.time_ns()
        told = {name: stamp for name, stamp in known.items() if files.get(name) == stamp[0]}
        for name, digest in files.items():
            if name in told:
                continue
            try:
                stamp = stamp_of(os.lstat(f"{folder}/{name}"))
            except OSError:
                continue
            if not is_young(stamp, now):
                told[name] = (digest, stamp)
        self._change(lambda: self._derived.put(_SITES, [(str(folder), _packed(told))]))

    def close(self) -> None:
        """Let go of the file."""
        self._derived.close()

    def _change(self, work: Any) -> None:
        try:
            self._derived.change(work)
        except DamagedError:
            self._derived.discard()


def _packed(told: object) -> bytes:
    return _ENCODER.encode(told).encode("utf-8", "surrogatepass")


_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))  # made once: every record is packed
