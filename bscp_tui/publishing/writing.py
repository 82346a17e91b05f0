"""Pages made and written, each as it should be; of thousands, every second one by another process.

Both processes write pages, each of them others; only this one writes the manifest. A page is the same
whichever of them makes it, so where no other process can be made, or it comes to grief, this one makes them all.
"""

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from bscp_tui.publishing.building import Building
from bscp_tui.publishing.kept import Added
from bscp_tui.publishing.page import Page, Unit
from bscp_tui.publishing.site import Site
from bscp_tui.store.apart import Apart, is_possible

IN_TWO = 400  # pages; so many are made sooner by two processes
Progress = Callable[[int, int], None]


class _OrphanedError(Exception):
    """Whoever began this process is gone, and perhaps begun again: it may write nothing more."""


@dataclass(frozen=True)
class _Half:
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
    _beside: int = 1  # how many processes are at it

    def put(self, name: str, data: bytes) -> None:
        """Write a file, unless it is there already as it should be."""
        self.written += self.site.put(name, data)

    def settle_all(self, building: Building) -> None:
        """See to all pages of an edition: first those that stand alone, then those that are put together from them."""
        units = building.units()
        if building.is_afresh and sum(map(len, units)) >= IN_TWO and is_possible():
            self._settle_in_two(building, units)
        else:
            self._settle(units)
        self._settle([building.others()])

    def _settle(self, units: Sequence[Unit]) -> None:
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
        if self.progress is not None:
            self.progress(min(len(self.pages) * self._beside, self.whole), self.whole)

    def _settle_in_two(self, building: Building, units: Sequence[Unit]) -> None:
        mine, theirs, us = units[::2], units[1::2], os.getpid()
        try:
            with Apart(lambda: self._half(building, theirs, us)) as apart:
                self._beside = 2
                self._settle(mine)
                half = apart.result()
        finally:
            self._beside = 1
            self.site.sweep()  # of a process that was stopped, or came to grief
        if half is None:
            self._settle(theirs)
            return
        self.pages.update(half.pages)
        self.site.files.update(half.pages)
        self.written += half.written
        building.take(half.added)

    def _half(self, building: Building, units: Sequence[Unit], of: int) -> _Half:
        """Make pages for the process ``of``, in a copy of it."""

        def pause() -> None:
            if os.getppid() != of:
                raise _OrphanedError

        building.edition.register.repository.set_aside()
        self.pages, self.written = {}, 0
        self.progress, self.pause = None, pause
        self._settle(units)
        return _Half(self.pages, self.written, building.added())
