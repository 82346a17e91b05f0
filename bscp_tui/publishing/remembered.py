"""What is known of every record of an edition: as it is remembered from before, and as it was looked at since.

What is remembered of ten thousand records is a text for each thing that is remembered, with a line for each record: a
search through one such text finds the few records that matter, and nothing else is taken apart.
"""

import json
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from bscp_tui.model.audience import Withheld
from bscp_tui.publishing.records import Naming, search_of
from bscp_tui.publishing.watching import Token

UNREADABLE: Literal["unreadable"] = "unreadable"
Why = Withheld | Literal["unreadable", ""]
Columns = Mapping[str, str]  # what is remembered of all records: a text for each thing
Cells = dict[str, str]  # the same of one record
_WHOLE = ("paths", "blobs", "whys")  # lists of short texts
_LINES = ("rows", "named", "told", "asked")  # a line for each record


@dataclass(slots=True)
class Remembered:
    """What a record's page was made from.

    Attributes:
        blob: The id of its file's bytes.
        why: Why it is left out: "audience", "embargo", or "unreadable"; "" where it is not.
        rows: (kind, reference, whether it stands) of it and its rows; a withdrawn one does not stand.
        named: Whom it and its rows name.
        told: Month to the positions of the entries that changed it and may be told.
        asked: What was asked for while its page was made.

    """

    blob: str
    why: Why = ""
    rows: list[tuple[str, str, bool]] = field(default_factory=list)
    named: list[Naming] = field(default_factory=list)
    told: dict[str, list[int]] = field(default_factory=dict)
    asked: set[Token] = field(default_factory=set)

    @property
    def positions(self) -> set[int]:
        """The positions of the entries that changed it and may be told."""
        return {at for some in self.told.values() for at in some}


@dataclass
class Totals:
    """What is counted over all records.

    Attributes:
        standing: Kind to how many records, and rows of them, stand in its list.
        kinds: Kind to how many there are, those that were withdrawn with them.
        searched: File by which the search finds records to how many of them it finds.
        months: Month to how many changes are told of it.
        whys: Reason to how many records are left out for it.

    """

    standing: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    searched: Counter[str] = field(default_factory=Counter)
    months: Counter[str] = field(default_factory=Counter)
    whys: Counter[str] = field(default_factory=Counter)

    def count(self, one: Remembered, by: int) -> None:
        """Count a record once more (``by`` 1), or once less (-1)."""
        for kind, ref, _ in one.rows[:1]:
            self.searched[search_of(kind, ref)] += by
        for kind, _, stands in one.rows:
            self.kinds[kind] += by
            self.standing[kind] += by * stands
        for month, positions in one.told.items():
            self.months[month] += by * len(positions)
        if one.why:
            self.whys[one.why] += by

    def told(self) -> dict[str, dict[str, int]]:
        """Return it as it is kept."""
        return {name: dict(+counter) for name, counter in vars(self).items()}

    @staticmethod
    def of(told: Mapping[str, Mapping[str, int]]) -> "Totals":
        """Return what ``told`` gave."""
        return Totals(**{name: Counter(counted) for name, counted in told.items()})


class Known:
    """What is known of every record: of most as it is remembered, of some as it was looked at since."""

    def __init__(self, columns: Columns | None = None, totals: Totals | None = None) -> None:
        """Begin with what is remembered, or with nothing.

        Raises:
            ValueError: What is remembered is not whole.

        """
        self.totals = totals or Totals()
        self._whole: dict[str, list[str]] = {name: json.loads(columns[name]) if columns else [] for name in _WHOLE}
        self._texts = {name: columns[name] if columns else "" for name in _LINES}
        self._lines: dict[str, list[str]] = {}
        paths = self._whole["paths"]
        self._place = dict(zip(paths, range(len(paths)), strict=True))
        if any(len(some) != len(paths) for some in self._whole.values()) or any(
            text.count("\n") + bool(paths) != len(paths) for text in self._texts.values()
        ):
            msg = "what is remembered of the records is not whole"
            raise ValueError(msg)
        self._fresh: dict[str, Remembered] = {}
        self._gone: set[str] = set()
        self._files_in: dict[str, list[str]] = {}  # of what was looked at: month to files
        self._naming: dict[str, list[Naming]] = {}  # of the same: reference to who names it
        self._cells: dict[str, Cells] = {}

    def __bool__(self) -> bool:
        """Whether anything was remembered."""
        return bool(self._place)

    def blobs(self) -> dict[str, str]:
        """Return file to the id of its bytes, as remembered."""
        return dict(zip(self._whole["paths"], self._whole["blobs"], strict=True))

    def before(self, path: str) -> Remembered | None:
        """Return what is remembered of a record."""
        at = self._place.get(path)
        return None if at is None else self._remembered(at)

    def __getitem__(self, path: str) -> Remembered:
        """Return what is known of a record."""
        found = self._fresh.get(path) or (None if path in self._gone else self.before(path))
        if found is None:
            raise KeyError(path)
        return found

    def get(self, path: str) -> Remembered | None:
        """Return what is known of a record, None where it is no more."""
        return self[path] if path in self._fresh or (path in self._place and path not in self._gone) else None

    def take(self, path: str, one: Remembered) -> None:
        """Know ``one`` of a record from now on."""
        self.drop(path)
        self._fresh[path] = one
        self._gone.discard(path)
        self.totals.count(one, 1)
        for month in one.told:
            self._files_in.setdefault(month, []).append(path)
        for named in one.named:
            self._naming.setdefault(named.target, []).append(named)

    def pack(self, path: str) -> Cells:
        """Return what is to be remembered of a record that was looked at, as texts."""
        self._cells[path] = _told(path, self._fresh[path])
        return self._cells[path]

    def take_packed(self, path: str, cells: Cells) -> None:
        """Take over what another process packed."""
        self._cells[path] = cells

    def drop(self, path: str) -> None:
        """Know that there is no such record any more."""
        one = self.get(path)
        if one is not None:
            self.totals.count(one, -1)
        again = self._fresh.pop(path, None)
        if again is not None:
            for month in again.told:
                self._files_in[month].remove(path)
            for named in again.named:
                self._naming[named.target].remove(named)
        self._gone.add(path)

    def asking(self, tokens: Collection[Token]) -> set[str]:
        """Return the files, of those only that are as remembered, for whose pages one of ``tokens`` was asked."""
        text, paths = self._texts["asked"], self._whole["paths"]
        found = {paths[at] for token in tokens for at in _lines_with(text, _cell(token))}
        return found - self._fresh.keys() - self._gone

    def naming(self, ref: str) -> list[Naming]:
        """Return who names a reference, in no order."""
        cell = _cell(ref)
        known = [one for at in self._holding("named", cell) for one in self._remembered(at).named]
        return [*(one for one in known if one.target == ref), *self._naming.get(ref, ())]

    def files_in(self, month: str) -> list[str]:
        """Return the files of which something is told in a month, by path."""
        paths = self._whole["paths"]
        known = [paths[at] for at in self._holding("told", f"{_cell(month)}:")]
        return sorted([*known, *self._files_in.get(month, ())])

    def files_at(self) -> dict[int, list[str]]:
        """Return position to the files of which something is told there, by path."""
        found: dict[int, list[str]] = {}
        for path in self.paths():
            for at in sorted(self[path].positions):
                found.setdefault(at, []).append(path)
        return found

    def paths(self) -> list[str]:
        """Return the files of all records, in order."""
        return sorted((self._place.keys() | self._fresh.keys()) - self._gone)

    def shown(self) -> list[str]:
        """Return the files of the records that have pages, in order."""
        known = zip(self._whole["paths"], self._whole["whys"], strict=True)
        other = self._fresh.keys() | self._gone
        found = [path for path, why in known if not why and path not in other]
        return sorted([*found, *(path for path, one in self._fresh.items() if not one.why)])

    def columns(self) -> dict[str, str]:
        """Return everything that is known, to be remembered; what did not change is the very same text."""
        paths = self.paths()
        if paths == self._whole["paths"]:
            return self._amended()
        cells: dict[str, list[str]] = {name: [] for name in (*_WHOLE, *_LINES)}
        for path in paths:
            at = self._place.get(path)
            told = self._told_at(at) if path not in self._fresh and at is not None else self._cells_of(path)
            for name, cell in told.items():
                cells[name].append(cell)
        whole = {name: _packed(cells[name]) for name in _WHOLE}
        return whole | {name: "\n".join(cells[name]) for name in _LINES}

    def _amended(self) -> dict[str, str]:
        """Return everything that is known, where the records are those that are remembered."""
        for path in self._fresh:
            at = self._place[path]
            for name, cell in self._cells_of(path).items():
                if name in _WHOLE:
                    self._whole[name][at] = cell
                elif self._line(name)[at] != cell:
                    self._line(name)[at] = cell
                    self._texts[name] = ""
        lines = {name: text or "\n".join(self._line(name)) for name, text in self._texts.items()}
        return {name: _packed(some) for name, some in self._whole.items()} | lines

    def _line(self, name: str) -> list[str]:
        if name not in self._lines:
            self._lines[name] = self._texts[name].split("\n")
        return self._lines[name]

    def _holding(self, name: str, sought: str) -> Iterator[int]:
        """Yield the numbers of those records, of those only that are as remembered, of which a line has a text."""
        paths = self._whole["paths"]
        for at in _lines_with(self._texts[name], sought):
            if paths[at] not in self._fresh and paths[at] not in self._gone:
                yield at

    def _cells_of(self, path: str) -> Cells:
        return self._cells.get(path) or self.pack(path)

    def _told_at(self, at: int) -> Cells:
        whole = {name: some[at] for name, some in self._whole.items()}
        return whole | {name: self._line(name)[at] for name in _LINES}

    def _remembered(self, at: int) -> Remembered:
        rows, named, told, asked = (json.loads(self._line(name)[at]) for name in _LINES)
        why: Any = self._whole["whys"][at]
        return Remembered(
            self._whole["blobs"][at], why, [(a, b, c) for a, b, c in rows], [Naming(*one) for one in named],
            told, set(asked),
        )  # fmt: skip


def _told(path: str, one: Remembered) -> Cells:
    named = [[each.source, each.target, each.label, each.inverse] for each in one.named]
    return {
        "paths": path, "blobs": one.blob, "whys": one.why, "rows": _packed(one.rows), "named": _packed(named),
        "told": _packed(one.told), "asked": _packed(sorted(one.asked)),
    }  # fmt: skip


def _lines_with(text: str, sought: str) -> Iterator[int]:
    """Yield the numbers of the lines that hold a text, each once; no line is taken out of the text for that."""
    line = counted = start = 0
    while (place := text.find(sought, start)) >= 0:
        line += text.count("\n", counted, place)
        yield line
        counted, start = place, text.find("\n", place)
        if start < 0:
            return


def _packed(told: object) -> str:
    return _ENCODER.encode(told)


_cell = json.JSONEncoder(ensure_ascii=False).encode  # a text as it stands in a line
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))  # made once: every record is packed
