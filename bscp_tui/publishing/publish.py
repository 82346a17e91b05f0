"""Make the pages of a register for some readers, and write those that changed."""

import contextlib
import hashlib
import os
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import NamedTuple

from bscp_tui.history.index import Index
from bscp_tui.model.audience import Readers
from bscp_tui.model.fields import Audience
from bscp_tui.model.text import shown
from bscp_tui.publishing import editions, ledger
from bscp_tui.publishing.building import Building
from bscp_tui.publishing.edition import Edition, edition_for, files_of_people, names_of_people
from bscp_tui.publishing.frame import Frame
from bscp_tui.publishing.kept import Memory, State
from bscp_tui.publishing.looking import Looked
from bscp_tui.publishing.site import PublishError, Site, digest, open_site
from bscp_tui.publishing.slow_parts import SlowParts
from bscp_tui.publishing.writing import IN_TWO, Progress, Writer
from bscp_tui.store.apart import is_possible, leave
from bscp_tui.store.derived import DamagedError
from bscp_tui.store.errors import RegisterError
from bscp_tui.store.garbage import unhurried
from bscp_tui.store.register import Register

MANY = 10_000  # objects at least that are made for all pages, none of which is garbage
READERS = {"public": "the public", "partnership": "the partnership", "group": "the group"}


class StoppedError(Exception):
    """The person stopped it; what was written is whole, and the next publishing finishes it."""


class Outcome(NamedTuple):
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
    """Write the pages of ``register`` for an audience into ``folder``; see :func:`prepared`, :meth:`Whole.publish`."""
    return prepared(register, folder, audience).publish(progress, stopped)


def prepared(register: Register, folder: Path, audience: Audience) -> "Whole":
    """Return a publishing of ``register`` for an audience into ``folder``, of which nothing is written yet.

    Args:
        register: The register; what is recorded counts, edits by hand do not.
        folder: A new or empty folder, or one that was published into before.
        audience: Whom the pages are for; to the public, no names of people and no small counts of people.

    Raises:
        PublishError: The folder cannot be used.
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
    return Whole(register, commit, audience, site)


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
    """One publishing of everything; it holds all that it was made from until nobody holds it."""

    def __init__(self, register: Register, commit: str, audience: Audience, site: Site) -> None:
        """Publish ``register`` as at ``commit`` into ``site``."""
        self._register, self._commit, self._site = register, commit, site
        self._readers = Readers(audience, register.today)
        self._building: Building | None = None
        self._key = ""

    def publish(self, progress: Progress | None = None, stopped: Callable[[], bool] = bool) -> Outcome:
        """Make every page that can have changed, and write those that did.

        Args:
            progress: Called with (pages made, pages in all).
            stopped: Asked between two pages whether to stop.

        Raises:
            StoppedError: ``stopped`` said so.
            RegisterError: The register cannot be read.

        """
        index = Index(self._register.repository, self._commit)
        memory = Memory(self._register.repository, self._readers.audience)
        try:
            edition, earlier = self._edition(index)
            self._key = self._key_of(edition)
            memory.read(self._key)
            if not self._site.is_mostly(memory.state.pages):
                memory.forget()  # another folder, or a new one: all is read at once, and not page by page
            with unhurried(0 if memory.records else MANY):
                try:
                    return self._publish(index, edition, earlier, memory, progress, stopped)
                except DamagedError:  # what is remembered is not whole
                    memory.forget()
                    return self._publish(index, edition, earlier, memory, progress, stopped)
        finally:
            memory.close()
            index.close()

    def _publish(
        self,
        index: Index,
        edition: Edition,
        earlier: editions.Editions,
        memory: Memory,
        progress: Progress | None,
        stopped: Callable[[], bool],
    ) -> Outcome:
        def pause() -> None:
            if stopped():
                raise StoppedError

        before = memory.state
        read = ledger.read(index, before)
        if not read.goes_on:
            memory.forget()
            before = memory.state
        looked = Looked(edition, memory, read).look(pause)
        self._building = building = Building(looked, self._frame(edition), SlowParts(looked), self._site)
        extra = [editions.NAME] if edition.public else []
        names = [*building.names(), *extra]
        self._site.begin(names, self._facts(edition))
        early, stamps = self._register.repository.early, memory.stamps(self._site.folder)
        self._site.trust(stamps, memory.moved(self._site.folder, early.pages()) if early is not None else None)
        writer = Writer(self._site, before.pages, len(names), progress, pause)
        if edition.public:  # before any page is out, so that a later edition knows what was
            writer.put(editions.NAME, editions.told(earlier))
        with building.overview_meanwhile() if len(names) >= IN_TWO else contextlib.nullcontext():
            writer.settle_all(building)
        removed = self._site.finish(names)
        self._remember(memory, building, writer.pages)
        told = tuple(looked.left_out_told()[:1])
        return Outcome(self._site.folder, len(self._site.files), writer.written, removed, told)

    def _remember(self, memory: Memory, building: Building, pages: dict[str, str]) -> None:
        """Remember it for the next time; of many pages that were known before, where nobody waits for that."""
        # Worked out here: another process may ask neither git nor the index through what this one opened.
        state, made = self._state(building, pages), building.added().records
        gone = [path for path in building.looked.again | building.looked.gone if path not in made]

        def keep() -> None:
            memory.keep(state, gone, made, building.gathering.rows)
            memory.keep_stamps(self._site)

        def keep_apart() -> None:
            memory.reopen()
            keep()
            memory.close()

        if building.is_afresh or len(pages) < IN_TWO or not is_possible():
            keep()  # afresh, whoever publishes again at once waits less for this than for all pages once more
        else:
            memory.close()
            leave(keep_apart)

    def _edition(self, index: Index) -> tuple[Edition, editions.Editions]:
        whole = self._register.snapshot_at(self._commit)
        edition = edition_for(self._register, self._commit, self._readers, whole)
        earlier = editions.read(self._site)
        if not edition.public:
            return edition, earlier
        others = ledger.authors_of(index) | ledger.former_names(index, files_of_people(whole))
        return editions.reticent(edition, names_of_people(whole, others), earlier)

    def _key_of(self, edition: Edition) -> str:
        """Return what touches every page, as a digest: where any of it changes, all pages are made again."""
        snapshot = edition.snapshot
        settings = snapshot.raw([f"{snapshot.prefix}bscp.toml"])
        told = [program(), str(edition.readers), str(edition.zone), snapshot.prefix]
        told += [str(one.data) for one in settings.values()]
        told += [edition.names.known if edition.names else "", *sorted(edition.out)]
        return digest("\0".join(told).encode("utf-8", "surrogateescape"))

    def _frame(self, edition: Edition) -> Frame:
        settings = edition.snapshot.settings
        return Frame(shown(settings.name), READERS[self._readers.audience], tuple(map(shown, settings.caution)))

    def _facts(self, edition: Edition) -> dict[str, object]:
        return {
            "audience": edition.readers.audience,
            "as_at": edition.readers.today.isoformat(),
            "register_version": edition.commit[:12],
            "program": program(),
        }

    def _state(self, building: Building, pages: dict[str, str]) -> State:
        """Return what is remembered of this publishing as a whole."""
        read = building.looked.read
        return State(
            key=self._key,
            commit=self._commit,
            recorded=read.recorded,
            crooked=list(read.crooked),
            pages=pages,
            months=building.beside(),
            intervals=building.changes.remembered(),
            parts=building.parts.remembered,
            given=building.given,
        )


@cache
def program() -> str:
    """Return what tells this program's pages from those that another version of it makes."""
    root = Path(__file__).parent
    told = hashlib.sha256()
    for place in sorted(path for path in root.rglob("*") if path.suffix in {".py", ".html", ".css", ".js"}):
        told.update(f"{place.relative_to(root)}\0".encode() + place.read_bytes())
    return told.hexdigest()[:16]
