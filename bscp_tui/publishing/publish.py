"""Make the pages of a register for some readers, and write those that changed."""

import datetime as dt
import hashlib
import os
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bscp_tui.history.index import Index
from bscp_tui.model.audience import Readers
from bscp_tui.model.fields import Audience
from bscp_tui.model.kinds import KINDS
from bscp_tui.publishing import editions, ledger
from bscp_tui.publishing.building import Building, Page, Piece, net_of
from bscp_tui.publishing.edition import Edition, edition_for, names_of_people
from bscp_tui.publishing.frame import ASSETS, Frame, asset, page
from bscp_tui.publishing.ledger import Ledger, Told
from bscp_tui.publishing.overview import lists_told, overview
from bscp_tui.publishing.records import Naming, href_of
from bscp_tui.publishing.site import PublishError, Site, open_site
from bscp_tui.store.errors import RegisterError
from bscp_tui.store.register import Register

Progress = Callable[[int, int], None]
READERS = {"public": "the public", "partnership": "the partnership", "group": "the group"}


class StoppedError(Exception):
    """The person stopped it; what was written is whole, and the next publishing finishes it."""


@dataclass(frozen=True)
class Outcome:
    """What a publishing did.

    Attributes:
        folder: Where the site lies.
        pages: How many files it has, its manifest left out.
        written: How many of them were written, since they were not there as they should be.
        removed: How many were taken away, since they are no more.
        told: For whom it was made, and what was left out, in words.

    """

    folder: Path
    pages: int
    written: int
    removed: int
    told: tuple[str, ...]


def publish(
    register: Register,
    folder: Path,
    audience: Audience,
    progress: Progress | None = None,
    stopped: Callable[[], bool] = bool,
) -> Outcome:
    """Write the pages of ``register`` for an audience into ``folder``; only what changed is written.

    Args:
        register: The register; what is recorded counts, edits by hand do not.
        folder: A new or empty folder, or one that was published into before.
        audience: Whom the pages are for; to the public, no names of people and no small counts of people.
        progress: Called with (pages made, pages in all).
        stopped: Asked between two pages whether to stop.

    Raises:
        PublishError: The folder cannot be used.
        StoppedError: ``stopped`` said so.
        RegisterError: The register cannot be read.

    """
    commit = register.head
    if commit is None:
        msg = f"{register.repository.folder} has no history yet; pages tell only what is recorded."
        raise RegisterError(msg)
    place = _checked(register, folder)
    site = open_site(place)
    if site.facts.get("audience", audience) != audience:
        msg = (
            f"{place} holds pages for {READERS.get(str(site.facts['audience']), 'other readers')}; pages for "
            f"{READERS[audience]} go into a folder of their own, so that nobody finds what is for others."
        )
        raise PublishError(msg)
    work = Whole(register, commit, audience, site)
    return work.publish(progress, stopped)


def _checked(register: Register, folder: Path) -> Path:
    """Return the folder's full name; one inside the register's own records would become part of it.

    Raises:
        PublishError: It lies there.

    """
    place = Path(os.path.abspath(folder.expanduser()))  # noqa: PTH100 - a link is to stay one
    inside = place.resolve()
    forbidden = [register.repository.folder.resolve()]
    if register.repository.git_dir is not None:
        forbidden.append(register.repository.git_dir.resolve())
    if any(inside == one or one in inside.parents for one in forbidden):
        msg = f"{place} lies inside the register; pages there would become part of it. Name a folder elsewhere."
        raise PublishError(msg)
    return place


class Whole:
    """One publishing of everything."""

    def __init__(self, register: Register, commit: str, audience: Audience, site: Site) -> None:
        """Publish ``register`` as at ``commit`` into ``site``."""
        self._register, self._commit, self._site = register, commit, site
        self._readers = Readers(audience, register.today)
        self._written = self._made = 0

    def publish(self, progress: Progress | None, stopped: Callable[[], bool]) -> Outcome:
        """Make every page, and write those that changed."""
        read = self._read()
        edition, earlier = self._edition(read)
        building = Building(edition, self._frame(edition))
        views = list(building.views())
        own: dict[str, list[Naming]] = {view.path: building.linked(view) for view in views}
        for view in views:
            building.hear(view, read.rows.get(view.path, ()))
            if stopped():
                raise StoppedError
        boards = ledger.boards_of(edition)
        months = _by_month(building)
        names = self._names(edition, building, months, boards)
        self._site.begin(names, self._facts(edition))
        pieces: dict[str, list[Piece]] = {}

        def pages() -> Iterator[Page]:
            if edition.public:  # before any page is out, so that a later edition knows what was
                yield editions.NAME, editions.told(earlier)
            for view in views:
                yield building.record(view, own[view.path])
                pieces.setdefault(view.kind.name, []).append(building.piece(view, own[view.path]))
            yield from self._gathered(building, read, pieces, months, boards)

        for name, data in pages():
            if stopped():
                raise StoppedError
            self._put(name, data)
            if progress is not None:
                progress(self._made, len(names))
        removed = self._site.finish(names)
        told = (edition.readers.told(edition.snapshot.left_out.values()),)
        return Outcome(self._site.folder, len(self._site.files), self._written, removed, told)

    def _put(self, name: str, data: bytes) -> None:
        self._made += 1
        self._written += self._site.put(name, data)

    def _read(self) -> Ledger:
        index = Index(self._register.repository, self._commit)
        try:
            return index.answer(lambda: Ledger().take(index.entries()))
        finally:
            index.close()

    def _edition(self, read: Ledger) -> tuple[Edition, editions.Editions]:
        whole = self._register.snapshot_at(self._commit)
        edition = edition_for(self._register, self._commit, self._readers, whole)
        earlier = editions.read(self._site)
        if not edition.public:
            return edition, earlier
        return editions.reticent(edition, names_of_people(whole, read.authors), earlier)

    def _frame(self, edition: Edition) -> Frame:
        settings = edition.snapshot.settings
        return Frame(settings.name, READERS[self._readers.audience], tuple(settings.caution))

    def _facts(self, edition: Edition) -> dict[str, object]:
        return {
            "audience": edition.readers.audience,
            "as_at": edition.readers.today.isoformat(),
            "register_version": edition.commit[:12],
            "program": program(),
        }

    def _names(
        self, edition: Edition, building: Building, months: Mapping[str, list[Told]], boards: list[ledger.Board]
    ) -> list[str]:
        """Return the names of all files of the site, before any is made."""
        listed = [kind for kind in KINDS.values() if edition.snapshot.views(kind, withdrawn=True)]
        names = ["index.html", "search.html", "lists/index.html", "history/index.html", "changes/index.html"]
        names += [f"assets/{name}" for name in ASSETS]
        names += [href_of(path, building.prefix) for path in building.told]
        names += [f"lists/{kind.name}.html" for kind in listed]
        names += [f"search/{kind.name}.js" for kind in listed if kind.where]
        names += [f"history/{month}.html" for month in months]
        names += [f"changes/{after.key}.{ending}" for _, after in ledger.intervals(boards) for ending in ("html", "js")]
        return [*names, "calendar.ics", *([editions.NAME] if edition.public else [])]

    def _gathered(
        self,
        building: Building,
        read: Ledger,
        pieces: Mapping[str, list[Piece]],
        months: Mapping[str, list[Told]],
        boards: list[ledger.Board],
    ) -> Iterator[Page]:
        """Yield the pages that tell of many records."""
        from bscp_tui.reports.calendar import calendar_of

        edition, frame = building.edition, building.frame
        rows = [row for some in pieces.values() for piece in some for row in piece.rows]
        counts = Counter(row.kind for row in rows)
        for kind in KINDS.values():
            if edition.snapshot.views(kind, withdrawn=True):
                yield building.list_page(kind, [row for row in rows if row.kind == kind.name])
                if kind.where:
                    yield building.search_script(kind, pieces.get(kind.name, ()))
        lists = lists_told(counts)
        yield "lists/index.html", page(frame, "lists/index.html", "lists.html", lists=lists)
        yield from _history(building, months)
        yield from _changes(building, read, boards)
        found = sorted(name for name, kind in KINDS.items() if kind.where and pieces.get(name))
        yield "search.html", page(frame, "search.html", "search.html", indexes=found)
        yield from ((f"assets/{name}", asset(name)) for name in ASSETS)
        stamp = dt.datetime.fromtimestamp(read.recorded[-1], dt.UTC)
        yield "calendar.ics", calendar_of(edition.snapshot, stamp, edition.text)
        broken = sum(len(edition.snapshot.whole.unreadable(kind)) for kind in KINDS.values() if kind.where)
        told = {month: len(some) for month, some in months.items()}
        left_out = list(edition.snapshot.left_out.values())
        yield "index.html", overview(edition, frame, lists, told, left_out, broken)


def _by_month(building: Building) -> dict[str, list[Told]]:
    """Return what is told of each month, the newest first; the earliest month first."""
    found: dict[str, list[Told]] = {}
    for one in sorted((one for some in building.told.values() for one in some), key=lambda one: -one.position):
        found.setdefault(ledger.month_of(building.edition, one.row), []).append(one)
    return dict(sorted(found.items()))


def _history(building: Building, months: Mapping[str, list[Told]]) -> Iterator[Page]:
    order = ["", *months, ""]
    for at, (month, told) in enumerate(months.items(), start=1):
        yield building.month_page(month, told, (order[at - 1], order[at + 1]))
    listed = [(month, ledger.month_in_words(month), len(told)) for month, told in reversed(list(months.items()))]
    yield "history/index.html", page(building.frame, "history/index.html", "history.html", months=listed)


def _changes(building: Building, read: Ledger, boards: list[ledger.Board]) -> Iterator[Page]:
    ends = ledger.ends_of(building.edition, boards, read.recorded)
    by_position: dict[int, list[Told]] = {}
    for path in sorted(building.told):
        for one in building.told[path]:
            by_position.setdefault(one.position, []).append(one)
    counts = {}
    for (before, after), first, last in zip(ledger.intervals(boards), ends, ends[1:], strict=False):
        rows = net_of(building, read, first, last, by_position)
        counts[after.key] = len(rows)
        yield from building.interval_pages(before, after, rows)
    yield building.changes_page(boards, counts)


@cache
def program() -> str:
    """Return what tells this program's pages from those that another version of it makes."""
    root = Path(__file__).parent
    told = hashlib.sha256()
    for place in sorted(path for path in root.rglob("*") if path.suffix in {".py", ".html", ".css", ".js"}):
        told.update(f"{place.relative_to(root)}\0".encode() + place.read_bytes())
    return told.hexdigest()[:16]
