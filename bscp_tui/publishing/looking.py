"""The records of an edition, as they were looked at for its pages or are remembered."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import get_args

from bscp_tui.model.audience import Withheld
from bscp_tui.model.ordering import natural
from bscp_tui.model.view import View
from bscp_tui.publishing import ledger
from bscp_tui.publishing.edition import Edition
from bscp_tui.publishing.kept import Memory
from bscp_tui.publishing.ledger import Ledger
from bscp_tui.publishing.records import Naming, names, rows_inside
from bscp_tui.publishing.remembered import UNREADABLE, Known, Remembered
from bscp_tui.publishing.telling import Told
from bscp_tui.publishing.watching import PAST, Token, naming, touched_by


@dataclass
class Looked:
    """The records of an edition, each with what its page is made from.

    Attributes:
        edition: The edition.
        memory: What is remembered of the publishing before.
        read: The history.
        again: The files of those records of which pages or parts of pages can have changed.
        gone: The files that are no more.
        touched: What else can have changed: references, lists, who names whom.

    """

    edition: Edition
    memory: Memory
    read: Ledger
    again: set[str] = field(default_factory=set)
    gone: set[str] = field(default_factory=set)
    touched: set[Token] = field(default_factory=set)
    _before: dict[str, Remembered | None] = field(default_factory=dict)
    _heard: dict[str, list[Told]] = field(default_factory=dict)

    @property
    def records(self) -> Known:
        """What is known of every record."""
        return self.memory.records

    def look(self, pause: Callable[[], None]) -> "Looked":
        """Look at every record that can have changed; ``pause`` is called between two."""
        snapshot, records = self.edition.snapshot, self.records
        blobs = snapshot.identities()
        known = records.blobs()
        paths = blobs.keys()
        changed = {path for path in paths if not blobs[path] or known.get(path) != blobs[path]}
        if self.read.goes_on:
            changed |= self.read.rows.keys() & paths
        self.gone = known.keys() - paths
        self._before = {path: records.before(path) for path in changed | self.gone}
        snapshot.load(changed)
        for path in self.gone:
            self._touch(path, self._before[path])
            records.drop(path)
        for path in sorted(changed):
            pause()
            self._touch(path, self._before[path])
            records.take(path, self._looked(path, blobs[path]))
            self._touch(path, records[path])
        others = records.asking({PAST, *self.touched})
        snapshot.load(others)
        for path in sorted(others):
            self._before[path] = before = records[path]
            records.take(path, self._looked(path, before.blob))
        self.again = changed | others
        return self

    def before(self, path: str) -> Remembered | None:
        """Return what was remembered of a record that was looked at again, or is gone."""
        return self._before.get(path)

    def is_touched(self, asked: Iterable[Token]) -> bool:
        """Whether something that was asked for can have another answer now."""
        return any(token == PAST or token in self.touched for token in asked)

    def view(self, path: str) -> View:
        """Return a record that the readers may have."""
        view = self.edition.snapshot.at_path(path)
        assert isinstance(view, View)  # noqa: S101 - only such records have pages
        return view

    def told(self, view: View) -> list[Told]:
        """Return what is told of a record's history, newest first."""
        if view.path not in self._heard:
            self._heard[view.path] = ledger.told_of(self.edition, view, self.read.rows_of(view.path))
        return self._heard[view.path]

    def naming(self, refs: Sequence[str]) -> list[Naming]:
        """Return who names a record or its rows, by their references."""
        return [one for ref in refs for one in sorted(self.records.naming(ref), key=lambda one: natural(one.source))]

    def left_out_told(self) -> list[str]:
        """Return what is left out, in sentences: what is not for the readers, and what nobody can read."""
        whys = Counter(self.records.totals.whys)
        broken = len(self.edition.snapshot.strays()) + whys.pop(UNREADABLE, 0)
        sentences = [self.edition.readers.told(why for why in get_args(Withheld) for _ in range(whys[why]))]
        if broken:
            sentences.append(f"{broken} more cannot be read, so nobody can tell whom they are for; they are left out.")
        return sentences

    def changed_positions(self) -> set[int]:
        """Return the positions of the entries of which something is told now that was not, or the other way round."""
        found = set()
        for path in self.again | self.gone:
            before, now = (one.positions if one else set() for one in (self.before(path), self.records.get(path)))
            found |= before ^ now
        return found

    def changed_months(self) -> set[str]:
        """Return the months of which something else is told than before."""
        found = set()
        for path in self.again | self.gone:
            before, now = (one.told if one else {} for one in (self.before(path), self.records.get(path)))
            found |= {month for month in before.keys() | now.keys() if before.get(month) != now.get(month)}
        return found

    def told_in(self, month: str) -> list[Told]:
        """Return what is told of the entries of a month, in their order."""
        found: dict[int, list[str]] = {}
        for path in self.records.files_in(month):
            for at in dict.fromkeys(self.records[path].told[month]):
                found.setdefault(at, []).append(path)
        return self._told_of({at: found[at] for at in sorted(found)})

    def told_at(self, positions: Iterable[int]) -> list[Told]:
        """Return what is told of the entries at some positions, in their order; of one entry by file."""
        return self._told_of({at: self.files_at[at] for at in sorted(positions) if at in self.files_at})

    def _told_of(self, wanted: Mapping[int, Sequence[str]]) -> list[Told]:
        """Return what is told of some files at some positions, which are in order."""
        others = ((at, {path for path in paths if path not in self._heard}) for at, paths in wanted.items())
        elsewhere = {at: paths for at, paths in others if paths}
        found = [
            (at, path, one)
            for at, paths in wanted.items()
            for path in paths
            for one in self._heard_at(path).get(at, ())
        ]
        found += [(at, row.path, Told(self.edition, at, row)) for at, row in self.read.rows_at(elsewhere)]
        return [one for _, _, one in sorted(found, key=lambda each: each[:2])]

    @cached_property
    def months(self) -> dict[str, int]:
        """Month to how many changes are told of it, in order."""
        return dict(sorted((+self.records.totals.months).items()))

    @cached_property
    def files_at(self) -> dict[int, list[str]]:
        """Position to the files of which something is told there, by path."""
        return self.records.files_at()

    def _heard_at(self, path: str) -> dict[int, list[Told]]:
        """Return the changes that are told of a file by the positions of their entries."""
        if path not in self._by_position:
            found = self._by_position[path] = {}
            for one in self._heard.get(path, ()):
                found.setdefault(one.position, []).append(one)
        return self._by_position[path]

    @cached_property
    def _by_position(self) -> dict[str, dict[int, list[Told]]]:
        return {}

    def _touch(self, path: str, one: Remembered | None) -> None:
        if not self.read.goes_on:
            return  # nothing is remembered that could be touched
        rows = [ref for _, ref, _ in one.rows] if one else []
        self.touched |= touched_by(path, self.edition.snapshot.prefix, rows)
        self.touched |= {naming(named.target) for named in one.named} if one else set()

    def _looked(self, path: str, blob: str) -> Remembered:
        """Return what is known of a record so far, and what was asked for it."""
        with self.edition.snapshot.watched() as asked:
            view = self.edition.snapshot.at_path(path)
            if not isinstance(view, View):
                standing = self.edition.snapshot.whole.at_path(path)
                why = self.edition.withheld(standing) if isinstance(standing, View) else UNREADABLE
                return Remembered(blob, why=why or "audience", asked=asked)
            rows = rows_inside(self.edition, view)
            one = Remembered(blob, asked=asked)
            one.rows = [(each.kind.name, each.ref, not each.withdrawn) for each in (view, *rows)]
            one.named = names(view, rows)
            for each in self.told(view):
                one.told.setdefault(each.month, []).append(each.position)
            return one
