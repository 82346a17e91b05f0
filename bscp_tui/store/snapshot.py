"""All records as they stand in the folder, or stood at a commit; files are read when asked for."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from bscp_tui.model.audience import Withheld
from bscp_tui.model.document import Document
from bscp_tui.model.gates import Gate
from bscp_tui.model.kinds import KINDS, kinds_inside
from bscp_tui.model.ordering import natural
from bscp_tui.model.record import Kind
from bscp_tui.model.references import Named
from bscp_tui.model.settings import Settings
from bscp_tui.model.view import View
from bscp_tui.store.finding import Findable
from bscp_tui.store.kept import Kept
from bscp_tui.store.loading import Asked, Records, Unreadable, settings_in
from bscp_tui.store.naming import who_names
from bscp_tui.store.places import Places
from bscp_tui.store.referring import Referring
from bscp_tui.store.sources import Files, Raw


class NotYetReadError(Exception):
    """Something was asked that all records answer together, while they are being read."""


class Snapshot(Referring):
    """The register's records at one moment.

    Attributes:
        today: What counts as today, for what is derived.
        commit: The commit that is read, or that the working files are compared with.
        gate: What looks at a change before it is recorded; None where nothing does.
        past: Returns the records as they stood at the end of a day, None where they did not stand then.
        left_out: Path to why its record was left out of what was asked for so far.

    """

    def __init__(
        self,
        files: Files,
        prefix: str,
        today: dt.date,
        commit: str | None,
        kept: Callable[[], Kept] | None = None,
    ) -> None:
        """Read ``files``, of which those are records whose path begins with ``prefix``.

        Args:
            files: Where they are read from.
            prefix: What the path of every record begins with.
            today: What counts as today.
            commit: The commit that is read, or compared with.
            kept: Opens what was read before; None to read everything anew.

        """
        self.gate: Gate | None = None
        self.past: Callable[[dt.date], Snapshot | None] | None = None
        self._days: dict[dt.date, Snapshot] = {}
        self.today = today
        self.commit = commit
        self._files = files
        self._viewed: dict[tuple[object, ...], tuple[View, ...]] = {}
        self._stood: dict[str, View | Unreadable] = {}
        self._broken: dict[str, tuple[Unreadable, ...]] = {}
        self._places = Places(files, prefix)
        self._records = Records(files, self._places.place_of, kept)
        self._leaves_out: Callable[[View], Withheld | None] | None = None
        self._whole: Snapshot | None = None
        self._is_partial = False
        self._named_here: dict[str, Sequence[tuple[View, Named]]] = {}  # of the first reference that was asked for
        self.left_out: dict[str, Withheld] = {}

    def made_for(
        self, leaves_out: Callable[[View], Withheld | None], sort: "type[Snapshot] | None" = None
    ) -> "Snapshot":
        """Return the same records for readers from whom some are withheld.

        What is withheld is in no list, found by no reference, named by no link, and counted in no figure; nor is
        what cannot be read, since nobody can tell whom it is for.

        Args:
            leaves_out: Says why a record is withheld, None where it is not.
            sort: What the records are made as, where that is not just as these.

        """
        other = (sort or Snapshot)(self._files, self._places.prefix, self.today, self.commit)
        other._records, other._places = self._records, self._places  # noqa: SLF001 - another of its own sort
        other._leaves_out, other._whole = leaves_out, self  # noqa: SLF001
        return other

    def take_over(self, before: "Snapshot") -> None:
        """Use the records of an earlier snapshot wherever a file still holds the same bytes; before any is read."""
        self._records.take_over(before._records)  # noqa: SLF001 - another of its own sort

    def let_go(self) -> None:
        """Give back the records; whatever is asked of this snapshot after that is read anew.

        A snapshot and what it shows hold each other; ten thousand records would wait for Python to look for garbage,
        which takes the longer the more there is. Others may be asking meanwhile.
        """
        days = [found for found in self._days.values() if found is not self]
        self._viewed, self._stood, self._named_here, self._days = {}, {}, {}, {}
        self._places = Places(self._files, self._places.prefix)
        self._records = self._records.unread(self._places.place_of)
        for found in days:
            found.let_go()
        for name in ("findable", "_naming"):
            vars(self).pop(name, None)

    @property
    def whole(self) -> "Snapshot":
        """The same records with those that are withheld from the readers for whom this was made."""
        return self._whole or self

    def withholds(self, view: View) -> Withheld | None:
        """Return why a record is withheld from the readers for whom this was made; None where it is not."""
        return self._leaves_out(view) if self._leaves_out is not None else None

    @cached_property
    def settings(self) -> Settings:
        """What ``bscp.toml`` says of the register."""
        path = f"{self._places.prefix}bscp.toml"
        return settings_in(path, self._files.read([path])[path])

    def views(self, kind: Kind, *, withdrawn: bool = False, names: Mapping[str, str] | None = None) -> list[View]:
        """Return every readable record of ``kind``, by reference.

        Args:
            kind: The kind.
            withdrawn: Whether withdrawn ones are wanted too.
            names: What the path must say, ``{"plan": "2025-27"}``; other files are not even read.

        """
        return list(self._views(kind, withdrawn=withdrawn, names=names))

    def _views(
        self,
        kind: Kind,
        *,
        withdrawn: bool = False,
        names: Mapping[str, str] | None = None,
        only: frozenset[str] | None = None,
    ) -> tuple[View, ...]:
        """Return what ``views`` does, of some files ``only``; sorting ten thousand takes long: it is done once."""
        known, viewed = (kind.name, withdrawn, only, *sorted((names or {}).items())), self._viewed
        if known not in viewed:
            self._refuse_partial()
            every = viewed.get((kind.name, True, *known[2:])) if not withdrawn else None
            found = every if every is not None else self._sorted_views(kind, names=names, only=only)
            viewed[kind.name, True, *known[2:]] = tuple(found)
            viewed[known] = tuple(view for view in found if withdrawn or not view.withdrawn)
        return viewed[known]

    def _sorted_views(self, kind: Kind, *, names: Mapping[str, str] | None, only: frozenset[str] | None) -> list[View]:
        if kind.inside is not None:
            owners = self._views(KINDS[kind.inside[0]], withdrawn=True, names=names, only=only)
            found = [row for view in owners for row in self.rows_of(view, kind)]
        else:
            paths = [path for path in self._places.of_kind(kind, names or {}) if only is None or path in only]
            self._records.load(paths)
            found = [view for path in paths if (view := self._view(path)) is not None and self._shows(view)]
        return sorted(found, key=lambda view: natural(view.ref))

    def read_ahead(self, kinds: Iterable[str]) -> None:
        """Read the files of several kinds at once: git, and what is kept, are asked one time and not for each."""
        wanted = [KINDS[name] for name in kinds]
        owners = {KINDS[kind.inside[0]].name if kind.inside else kind.name for kind in wanted}
        self._records.load([path for path, (kind, _) in self._places.records.items() if kind.name in owners])

    def everything(self) -> list[View]:
        """Return every readable record and row that was not withdrawn, by path: as ``views`` of all kinds, unsorted."""
        paths = self.record_paths()
        self._records.load(paths)
        return [view for path in paths for view in self.views_at(path) if not view.withdrawn]

    def ask(
        self, of: Callable[[Sequence[str]], Asked], take: Callable[[Asked], None], first: Callable[[], None]
    ) -> None:
        """Ask something of the records in each file, in two processes while they are read where that is sooner.

        Args:
            of: What is asked of some files. Whatever it asks of all records together raises ``NotYetReadError`` while
                these are being read. Its answer can be pickled.
            take: Takes an answer; in whichever order they come.
            first: Something else to do before, or meanwhile.

        """
        paths = self.record_paths()

        def partly(some: Sequence[str]) -> Asked:
            self._is_partial = True
            try:
                return of(some)
            finally:
                self._is_partial = False

        if not self._records.ask(paths, partly, take, first):
            first()
            self._records.load(paths)
            take(of(paths))

    def record_paths(self) -> list[str]:
        """Return the files of all records, by path."""
        return sorted(self._places.records)

    def views_at(self, path: str) -> list[View]:
        """Return the record in the file at ``path``, and its rows that are records; nothing where it cannot be read."""
        view = self._view(path)
        if view is None or not self._shows(view):
            return []
        return [view, *(row for kind in kinds_inside(view.kind) for row in self.rows_of(view, kind))]

    def marked_views(self) -> list[View]:
        """Return the records whose files differ from what is recorded, by path."""
        paths = self.record_paths()
        self._records.load(paths)
        marks = self._records.marks()
        return [view for path in paths if path in marks and (view := self._view(path)) and self._shows(view)]

    def _refuse_partial(self) -> None:
        if self._is_partial:
            raise NotYetReadError

    def unreadable(self, kind: Kind) -> list[Unreadable]:
        """Return every file of ``kind`` (or that holds it) that cannot be read, by path."""
        if self._leaves_out is not None:
            return []
        owner = KINDS[kind.inside[0]] if kind.inside else kind
        if owner.name not in self._broken:
            paths = self._places.of_kind(owner, {})
            broken = self._records.broken(paths)
            broken += (stray for stray in self._places.strays if stray.kind is owner)
            self._broken[owner.name] = tuple(sorted(broken, key=lambda bad: bad.path))
        return list(self._broken[owner.name])

    def title_of(self, ref: str) -> str:
        """Return the title of the record of that full reference; empty where there is none."""
        return found.title if (found := self.view(ref)) else ""

    def view(self, ref: str) -> View | None:
        """Return the readable record or row of that full reference, None if there is none."""
        path = self._places.refs.get(ref) if self._leaves_out is None else None
        found = (self._stood.get(path) if path else None) or self._at(ref)  # asked for again and again, as plans are
        return found if isinstance(found, View) else None

    def of_kind(self, name: str) -> Sequence[View]:
        """Return the readable records of a kind by its name, read once: what derived values look through."""
        return self._views(KINDS[name])

    def linking(self, ref: str) -> Sequence[View]:
        """Return the records and rows that name ``ref``."""
        return tuple(dict.fromkeys(view for view, _ in self.naming(ref)))

    def on(self, day: dt.date | None) -> "Snapshot":
        """Return the records as they stood at the end of a past day; these ones where they did not stand then.

        What is withheld from the readers for whom these were made is withheld of that day, too.
        """
        past = self.whole.past
        if day is None or day >= self.today or past is None:
            return self
        self._refuse_partial()
        days = self._days
        if day not in days:
            found, why = past(day), self._leaves_out
            if found is not None:
                found.take_over(self)
            days[day] = self if found is None else found if why is None else found.made_for(why)
        return days[day]

    def naming(self, ref: str) -> Sequence[tuple[View, Named]]:
        """Return who names ``ref``, and what each says of it; the first time, just those who do are read."""
        self._refuse_partial()
        here = self._named_here
        if not here and not self._records.has_read(self._places.records):
            here[ref] = self._all_naming(self._records.naming(self._places.records, ref)).get(ref, [])
        return here[ref] if ref in here else self._naming.get(ref, ())

    @cached_property
    def _naming(self) -> Mapping[str, list[tuple[View, Named]]]:
        """Reference to who names it; reads every record, so it is asked for only where it is shown."""
        return self._all_naming(None)

    def _all_naming(self, only: frozenset[str] | None) -> Mapping[str, list[tuple[View, Named]]]:
        return who_names(view for kind in KINDS.values() for view in self._views(kind, only=only))

    def at_path(self, path: str) -> View | Unreadable | None:
        """Return the record in the file at ``path``, None if it is no record's."""
        found = self._standing(path) if path in self._places.records else None
        return found if self._leaves_out is None or (isinstance(found, View) and self._shows(found)) else None

    def document(self, path: str) -> Document:
        """Return what the file at ``path`` holds.

        Raises:
            UnreadableError: It cannot be read.

        """
        return self._records.document(path)

    def knows(self, ref: str) -> bool:
        """Whether a record of that full reference has a file."""
        return ref in self._places.refs

    def has_path(self, path: str) -> bool:
        """Whether a file lies, or is recorded, at ``path``."""
        return path in self._places.all_paths

    @property
    def prefix(self) -> str:
        """What the path of every record begins with, relative to the repository."""
        return self._places.prefix

    def all_paths(self) -> Sequence[str]:
        """Return every file under the records folder, records or not, by path."""
        return sorted(self._places.all_paths)

    def is_record(self, path: str) -> bool:
        """Whether a kind's records lie at ``path``."""
        return path in self._places.records

    def marked(self) -> list[str]:
        """Return the records' files that differ from what is recorded."""
        return self._records.marked(self._places.is_record)

    def raw(self, paths: Iterable[str]) -> Mapping[str, Raw]:
        """Return files as they lie there, or were recorded, unread."""
        return self._files.read(paths)

    @cached_property
    def findable(self) -> Findable:
        """Every readable record and row with what it is found by."""
        return Findable.of(view for kind in KINDS.values() for view in self.views(kind))

    def _view(self, path: str) -> View | None:
        standing = self._standing(path)
        return standing if isinstance(standing, View) else None

    def _standing(self, path: str) -> View | Unreadable:
        found = self._stood.get(path)
        if found is None:
            found = self._stood[path] = self._made(path)
        return found

    def _made(self, path: str) -> View | Unreadable:
        loaded = self._records.at(path)
        if isinstance(loaded, Unreadable):
            return loaded
        kind, names = self._places.records[path]
        return View(kind, self._places.ref_at(path), path, loaded.record, names, self, mark=loaded.mark)

    def rows_of(self, view: View, kind: Kind) -> Iterator[View]:
        """Yield the rows of a record that are of ``kind``."""
        assert kind.inside is not None  # noqa: S101 - for the type checker; callers have looked
        field = kind.inside[1]
        for row in getattr(view.item, field):
            number = str(getattr(row, "number", None) or row.id)
            ref = kind.reference.format(**view.names, item=number)
            inside = (field, f"#{row.id}")
            yield View(kind, ref, view.path, row, {**view.names, "item": number}, self, view, inside, view.mark)

    def _at(self, ref: str) -> View | Unreadable | None:
        found = self._anybodys(ref)
        return found if self._leaves_out is None or (isinstance(found, View) and self._shows(found)) else None

    def _shows(self, view: View) -> bool:
        """Whether a record is there for the readers; keeps why it is not."""
        why = self.withholds(view)
        if why is not None:
            self.left_out[view.path] = why
        return why is None

    def _anybodys(self, ref: str) -> View | Unreadable | None:
        """Return what ``ref`` is, whoever may read it."""
        path = self._places.refs.get(ref)
        if path is not None:
            return self._standing(path)
        outer, _, item = ref.rpartition(".")
        owner = self._anybodys(outer) if outer in self._places.refs and item else None
        if not isinstance(owner, View):
            return owner
        rows = (row for kind in kinds_inside(owner.kind) for row in self.rows_of(owner, kind))
        return next((row for row in rows if row.ref == ref), None)
