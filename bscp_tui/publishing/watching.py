"""Records that note what was asked of them, so that a page is made again when something that it was made from changed.

A page of one record tells of others: names of bodies, titles of what it is linked with, figures worked out from the
records that belong to it. What it looked at is noted while it is made, by references, so that no list
of such ties is kept by hand beside the code that follows them.
"""

import contextlib
import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from bscp_tui.model.audience import Withheld
from bscp_tui.model.kinds import KINDS, kinds_inside, place_of
from bscp_tui.model.record import Kind
from bscp_tui.model.references import Named
from bscp_tui.model.view import View
from bscp_tui.store.loading import Unreadable
from bscp_tui.store.snapshot import Snapshot

# What was asked for: a reference, a file, a list of a kind, who names a reference, or a past day.
Token = str
PAST: Token = "past:"


def of_kind(name: str) -> Token:
    """Return what is noted where all records of a kind were looked through."""
    return f"kind:{name}"


def naming(ref: str) -> Token:
    """Return what is noted where it was asked who names ``ref``."""
    return f"naming:{ref}"


def touched_by(path: str, prefix: str, rows: Sequence[str]) -> set[Token]:
    """Return what a change of the file at ``path`` touches.

    Args:
        path: The record's file.
        prefix: What every record's path begins with.
        rows: The references of its rows, before and after.

    """
    found = {path, *rows}
    place = place_of(path.removeprefix(prefix))
    if place is not None:
        kind, names = place
        found |= {
            kind.reference.format(**names),
            of_kind(kind.name),
            *(of_kind(one.name) for one in kinds_inside(kind)),
        }
    return found


class WatchedSnapshot(Snapshot):
    """Records at one moment, and what was asked of them since somebody began to watch."""

    def __init__(self, *given: Any, **named: Any) -> None:
        """Begin without anybody watching."""
        super().__init__(*given, **named)
        self._asked: set[Token] = set()
        self._names: dict[str, str] = {}  # asked for a hundred thousand times, of some hundred bodies
        self._why: dict[str, Withheld | None] = {}

    def withholds(self, view: View) -> Withheld | None:
        """Return why a record is withheld; worked out once, since a body is named by hundreds of others."""
        if view.path not in self._why:
            self._why[view.path] = super().withholds(view)  # for a row, as for the record that it stands in
        return self._why[view.path]

    def identities(self) -> Mapping[str, str]:
        """Return the id of the bytes of every record's file, whoever may read it; "" where it is not known unopened."""
        known = self._files.ids()
        return {path: known.get(path, "") for path in self._places.records}

    def strays(self) -> Sequence[Unreadable]:
        """Return the files in kinds' folders whose names do not fit them."""
        return self._places.strays

    def load(self, paths: Iterable[str]) -> None:
        """Read some records' files at once, those that are not read yet."""
        self._records.load(paths)

    @contextlib.contextmanager
    def watched(self) -> Iterator[set[Token]]:
        """Give what is asked inside, once it is left; watching inside watching belongs to the outer one, too."""
        outer, self._asked = self._asked, set()
        asked = self._asked
        try:
            yield asked
        finally:
            self._asked = outer
            outer |= asked

    def on(self, day: dt.date | None) -> Snapshot:
        """Return the records as they stood at the end of a past day."""
        if day is not None and day < self.today:
            self._asked.add(PAST)
        return super().on(day)

    def naming(self, ref: str) -> Sequence[tuple[View, Named]]:
        """Return who names ``ref``."""
        self._asked.add(naming(ref))
        with self._unwatched():  # all records are looked through, but only those that name it count
            found = super().naming(ref)
        self._asked.update(view.path for view, _ in found)
        return found

    def knows(self, ref: str) -> bool:
        """Whether a record of that full reference has a file."""
        self._asked.add(ref)
        return super().knows(ref)

    def name_of(self, slug: str) -> str:
        """Return the name of an agency, group or person."""
        self._asked.add(slug)
        if slug not in self._names:
            self._names[slug] = super().name_of(slug)
        return self._names[slug]

    def name_matches(self, slug: str, text: str) -> bool:
        """Whether ``text`` is a name of a body or theme."""
        self._asked.add(slug)
        return super().name_matches(slug, text)

    def at_path(self, path: str) -> View | Unreadable | None:
        """Return the record in the file at ``path``."""
        self._asked.add(path)
        return super().at_path(path)

    def _anybodys(self, ref: str) -> View | Unreadable | None:
        self._asked.add(ref)
        return super()._anybodys(ref)

    def _views(
        self,
        kind: Kind,
        *,
        withdrawn: bool = False,
        names: Mapping[str, str] | None = None,
        only: frozenset[str] | None = None,
    ) -> tuple[View, ...]:
        self._asked.add(of_kind(kind.name))
        if kind.inside is not None:
            self._asked.add(of_kind(KINDS[kind.inside[0]].name))
        return super()._views(kind, withdrawn=withdrawn, names=names, only=only)

    @contextlib.contextmanager
    def _unwatched(self) -> Iterator[None]:
        before, self._asked = self._asked, set()
        try:
            yield
        finally:
            self._asked = before
