"""What is remembered of a publishing, so that the next one makes only the pages that can have changed.

It lies in the person's own cache folder, sealed and disposable, one file for each audience. It is used only where
everything that touches every page is the same: program, settings, day, readers, and what is withheld.
"""

import json
import os
import time
from array import array
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from bscp_tui.model.fields import Audience
from bscp_tui.publishing.memory_file import COLUMNS, PIECES, ROWS, SITES, STATE, open_memory, sum_of
from bscp_tui.publishing.remembered import Cells, Known, Totals
from bscp_tui.publishing.site import Site
from bscp_tui.publishing.sorted_rows import Entry
from bscp_tui.publishing.watching import Token
from bscp_tui.store.derived import DamagedError
from bscp_tui.store.repository import Repository
from bscp_tui.store.stamps import Packed, Stamped
from bscp_tui.store.standing import is_young, stamp_of

Piece = list[Entry]  # what a record adds to the pages that tell of many
_DIGEST = 64  # signs of a digest


class Made(NamedTuple):
    """What came of making a record's page.

    Attributes:
        piece: What it adds to other pages.
        packed: The piece, as bytes.
        cells: All that is remembered of the record.

    """

    piece: Piece
    packed: bytes
    cells: Cells


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
        given: What small pages were made from, as digests.

    """

    key: str = ""
    commit: str = ""
    recorded: Sequence[float] = ()
    crooked: list[int] = field(default_factory=list)
    pages: dict[str, str] = field(default_factory=dict)
    months: dict[str, list[str]] = field(default_factory=dict)
    intervals: dict[str, list[Any]] = field(default_factory=dict)
    parts: dict[str, tuple[list[Token], Any]] = field(default_factory=dict)
    given: dict[str, str] = field(default_factory=dict)


class Memory:
    """What is remembered of the last publishing of a register for an audience."""

    def __init__(self, repository: Repository, audience: Audience) -> None:
        """Open it, or begin anew."""
        self._open = partial(open_memory, repository, audience)
        self._derived = self._open()
        self.state = State()
        self.records = Known()
        self._state: dict[str, bytes] = {}
        self._columns: Mapping[str, str] = {}
        self._sites: dict[Path, bytes] = {}

    def read(self, key: str) -> None:
        """Read what is remembered, where ``key`` is what it was made under; else nothing is."""
        try:
            self._state = {str(name): data for name, data in self._derived.items(STATE)}
            told = json.loads(self._state.get("state", b"null"))
            if told is None or told["key"] != key:
                return
            recorded = array("d", self._state["recorded"])
            pages = _pages(self._state["names"], self._state["digests"])
            columns = {str(name): _text(data) for name, data in self._derived.items(COLUMNS)}
            self.records = Known(columns, Totals.of(told.pop("totals")))
            self.state, self._columns = State(**told, recorded=recorded, pages=pages), columns
        except (DamagedError, ValueError, TypeError, KeyError, AttributeError):
            self._derived.discard()
            self.forget()

    def forget(self) -> None:
        """Begin anew."""
        self.state, self.records, self._columns = State(), Known(), {}

    def pieces(self, paths: Iterable[str]) -> dict[str, Piece]:
        """Return what some records add to other pages.

        Raises:
            DamagedError: What is remembered is not whole.

        """
        wanted = list(paths)
        found = self._derived.get_many(PIECES, wanted)
        if len(found) < len(set(wanted)):
            msg = "pieces are missing"
            raise DamagedError(msg)
        return {str(path): [Entry(*one) for one in json.loads(data)] for path, data in found.items()}

    def rows(self, page: str) -> bytes | None:
        """Return where the rows lie in a page that was put together from records; None where that is not known.

        Raises:
            DamagedError: What is remembered is not whole.

        """
        return self._derived.get(ROWS, page) if self._columns else None

    def keep(self, state: State, gone: Collection[str], made: Mapping[str, Made], rows: Mapping[str, bytes]) -> None:
        """Remember a publishing that is whole, with what is known of the records now.

        Args:
            state: It as a whole.
            gone: The files of the records that have pages no more.
            made: What came of making the pages of those that were looked at again.
            rows: Page to where its rows lie, of those pages that were put together again.

        """
        fresh = not self._columns
        columns = self.records.columns()
        small = {**vars(state), "totals": self.records.totals.told()}
        recorded, (names, digests) = array("d", small.pop("recorded")).tobytes(), _told_pages(small.pop("pages"))

        def put() -> None:
            if not fresh and self._derived.get(STATE, "state") != self._state.get("state"):
                return  # another publishing ended meanwhile, and remembers other things
            if fresh:
                for shelf in (COLUMNS, PIECES, ROWS):
                    self._derived.clear(shelf)
            self._derived.remove(PIECES, gone)
            changed = ((name, _bytes(text)) for name, text in columns.items() if text != self._columns.get(name))
            self._derived.put(COLUMNS, changed)
            # In the order of the keys, so that neighbours are written together.
            self._derived.put(PIECES, ((path, made[path].packed) for path in sorted(made)))
            self._derived.put(ROWS, rows.items())
            told = {"state": packed(small), "recorded": recorded, "names": names, "digests": digests}
            self._derived.put(
                STATE, [(key, data) for key, data in told.items() if fresh or data != self._state.get(key)]
            )

        self._change(put)

    def stamps(self, folder: Path) -> Packed:
        """Return what told each file of a site when it was last known to be as it was written."""
        try:
            self._sites[folder] = row = self._derived.get(SITES, str(folder)) or b""
            return Packed(row)
        except (DamagedError, ValueError):
            self._derived.discard()
            return Packed()

    def moved(self, folder: Path, early: tuple[bytes, set[str]] | None) -> set[str] | None:
        """Return what an early look found of a site, where it went by the stamps that are remembered."""
        return early[1] if early is not None and early[0] == sum_of(self._sites.get(folder, b"")) else None

    def keep_stamps(self, site: Site) -> None:
        """Remember what tells each of a site's files now, which are as their digests say."""
        now, stamps = time.time_ns(), site.stamps
        known = stamps.known()
        same = {name for name in site.seen if known[name] == site.files.get(name)}
        told: dict[str, Stamped] = {}
        for name in site.files.keys() - same:
            try:
                stamp = stamp_of(os.lstat(f"{site.folder}/{name}"))
            except OSError:
                continue
            if not is_young(stamp, now):
                told[name] = (stamp, site.files[name])
        gone = known.keys() - same - told.keys()
        if gone or told:
            row = stamps.amended(told, gone)
            self._change(lambda: self._derived.put(SITES, [(str(site.folder), row)]))

    def reopen(self) -> None:
        """Open the file anew, which was let go of: what one process opened, a copy of it may not use."""
        self._derived = self._open()

    def close(self) -> None:
        """Let go of the file."""
        self._derived.close()

    def _change(self, work: Any) -> None:
        try:
            self._derived.change(work)
        except DamagedError:
            self._derived.discard()


def packed(told: object) -> bytes:
    """Return something as it is remembered."""
    return _bytes(_ENCODER.encode(told))


def _pages(names: bytes, digests: bytes) -> dict[str, str]:
    """Return the digest of each page by its name.

    Raises:
        ValueError: There are more of the one than of the other.

    """
    text = _text(digests)
    told = [text[at : at + _DIGEST] for at in range(0, len(text), _DIGEST)]
    return dict(zip(json.loads(names or b"[]"), told, strict=True))


def _told_pages(pages: Mapping[str, str]) -> tuple[bytes, bytes]:
    """Return the names of pages, and their digests, as they are remembered."""
    return packed(list(pages)), _bytes("".join(pages.values()))


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogatepass")


_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))  # made once: every record is packed
