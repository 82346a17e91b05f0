"""Pages made and written, each as it should be; thousands of them by two processes.

Both processes write pages; only this one writes the manifest. A page is the same whichever of them makes it, so where
no other process can be made, or it comes to grief, this one makes them all.
"""

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from bscp_tui.publishing.building import Building
from bscp_tui.publishing.kept import Added
from bscp_tui.publishing.page import Page, Unit
from bscp_tui.publishing.site import Site
from bscp_tui.store.apart import is_possible, share

IN_TWO = 400  # pages; so many are made sooner by two processes
Progress = Callable[[int, int], None]


class _OrphanedError(Exception):
    """Whoever began this process is gone, and perhaps begun again: it may write nothing more."""


class _Theirs(NamedTuple):
    """What another process did: the digests of its pages, how many it wrote, and what else came of them."""

    pages: Mapping[str, str]
    written: int
    added: Added


@dataclass
class Writer:
    """Sees to it that every page is there as it should be.

    Attributes:
        site: Where they go.
        known: The digests of the pages as they were before.
        whole: How many files there will be.
        progress: Called with (pages made, pages in all).
        pause: Called between two pages; stops by an error.
        pages: The digests of those that were seen to.
        written: How many files were written.

    """

    site: Site
    known: Mapping[str, str]
    whole: int
    progress: Progress | None
    pause: Callable[[], None]
    pages: dict[str, str] = field(default_factory=dict)
    written: int = 0

    def put(self, name: str, data: bytes) -> None:
        """Write a file, unless it is there already as it should be."""
        self.written += self.site.put(name, data)

    def settle_all(self, building: Building) -> None:
        """See to all pages of an edition: first those that stand alone, then those that are put together from them."""
        # Of the others, most of those that are not as their stamps say are made again, whatever is in them.
        records = building.records.values()
        standing = self.site.standing({name: self.known[name] for name in records if name in self.known})
        units = building.units(standing)
        made = {one.name for unit in units for one in unit}
        self.pages = {name: self.known[name] for name in records if name not in made}
        if building.is_afresh and sum(map(len, units)) >= IN_TWO and is_possible():
            self._settle_in_two(building, units)
        else:
            self._settle(units)
        self._settle([building.others()])

    def _settle(self, units: Iterable[Iterable[Page]]) -> None:
        for unit in units:
            for one in unit:
                self.pause()
                self._settle_one(one)

    def _settle_one(self, one: Page) -> None:
        known = self.known.get(one.name, "")
        if one.again or not self.site.stands(one.name, known):
            self.put(one.name, one.make())
            known = self.site.files[one.name]
        self.pages[one.name] = known
        self._tell()

    def _tell(self) -> None:
        if self.progress is not None:
            self.progress(len(self.pages), self.whole)

    def _settle_in_two(self, building: Building, units: Sequence[Unit]) -> None:
        this = os.getpid()

        def there(some: Sequence[Unit]) -> _Theirs:
            """Make pages in the other process, which is a copy of this one."""
            self.pages, self.written, self.progress = {}, 0, None
            self.pause = lambda: _look_for(this)
            self._settle(some)
            return _Theirs(self.pages, self.written, building.handed_over())

        def take(theirs: _Theirs) -> None:
            self.pages.update(theirs.pages)
            self.site.files.update(theirs.pages)
            self.written += theirs.written
            building.take(theirs.added)
            self._tell()

        try:
            share(units, self._settle, there, take)
        finally:
            self.site.sweep()  # the other process may have been ended in the midst of a page


def _look_for(process: int) -> None:
    if os.getppid() != process:
        raise _OrphanedError
