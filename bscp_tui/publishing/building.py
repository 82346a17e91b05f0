"""All pages of an edition, each with its name in the site, whether it can have changed, and how it is made."""

import contextlib
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial

from markupsafe import Markup

from bscp_tui.publishing import between, changes, ledger
from bscp_tui.publishing.edition import Edition
from bscp_tui.publishing.frame import ASSETS, Frame, asset, page
from bscp_tui.publishing.gathering import Gathering, lists_told
from bscp_tui.publishing.kept import Added, Made, packed
from bscp_tui.publishing.looking import Looked
from bscp_tui.publishing.page import ALWAYS, Page, Unit
from bscp_tui.publishing.records import href_of, links_of, record_page, rows_inside
from bscp_tui.publishing.sheet import Sheet
from bscp_tui.publishing.site import Site, digest
from bscp_tui.publishing.slow_parts import Part, SlowParts
from bscp_tui.publishing.telling import with_record
from bscp_tui.publishing.watching import naming
from bscp_tui.store.apart import meanwhile


@dataclass
class Building:
    """The pages of one edition.

    Attributes:
        looked: The records.
        frame: What stands around each page.
        parts: What takes long to work out, remembered from before or worked out now.
        site: Where the pages lie.
        given: What small pages are made from, as digests.

    """

    looked: Looked
    frame: Frame
    parts: SlowParts
    site: Site
    given: dict[str, str] = field(default_factory=dict)
    _made: dict[str, Made] = field(default_factory=dict)
    _overview_come: Callable[[], tuple[bytes, Part] | None] = lambda: None

    @property
    def edition(self) -> Edition:
        """The edition."""
        return self.looked.edition

    @cached_property
    def prefix(self) -> str:
        """What every record's path begins with."""
        return self.edition.snapshot.prefix

    @cached_property
    def changes(self) -> changes.Changes:
        """What changed between boards."""
        return changes.Changes(self.looked, self.frame, between.boards_of(self.parts.days_of_boards))

    @cached_property
    def gathering(self) -> Gathering:
        """What records add to the pages that tell of many."""
        return Gathering(self.looked, self.frame, self.site)

    @property
    def is_afresh(self) -> bool:
        """Whether every page is made, with the whole history at hand; else the history's index is asked for more."""
        return not self.looked.read.goes_on

    def units(self, standing: Collection[str]) -> list[Unit]:
        """Return the pages that stand alone, in any order; of a unit one makes what the next one needs, too.

        Args:
            standing: The pages that are there as they were; of records, just the others are returned.

        """
        again = self.looked.again
        records = [
            [Page(name, ALWAYS, partial(self._record, path))]
            for path, name in self.records.items()
            if path in again or name not in standing
        ]
        return [*records, *([one] for one in self._months()), *self.changes.units()]

    def added(self) -> Added:
        """Return what came of the pages that were made so far."""
        return Added(self._made, self.changes.counts)

    def handed_over(self) -> Added:
        """Return what came of pages since this was asked last, and keep nothing of it."""
        added = self.added()
        self._made, self.changes.counts = {}, {}
        return added

    def take(self, added: Added) -> None:
        """Take over what came of pages that another process made."""
        self._made |= added.records
        self.changes.counts.update(added.counts)
        for path, made in added.records.items():
            self.gathering.take(path, made.piece)
            self.looked.records.take_packed(path, made.cells)

    def others(self) -> Iterator[Page]:
        """Yield the pages that are put together from what those that stand alone add, or that ask git for more.

        They come one by one: what a page is made from may be known only once those before it are made.
        """
        yield from self.gathering.pages()
        lists = lists_told(self.looked.records.totals.standing)
        yield self._small("lists/index.html", "lists.html", lists=lists)
        listed = [(month, ledger.month_in_words(month), count) for month, count in reversed(self.looked.months.items())]
        yield self._small("history/index.html", "history.html", months=listed)
        yield from self.changes.others()
        yield self._small("changes/index.html", "changes.html", **self.changes.index())
        yield self._small("search.html", "search.html", files=self.gathering.searched)
        yield from (Page(f"assets/{name}", ALWAYS, partial(asset, name)) for name in ASSETS)
        yield Page("index.html", ALWAYS, self._overview_settled)

    @cached_property
    def records(self) -> dict[str, str]:
        """File to the page of its record, of all that have one."""
        return {path: href_of(path, self.prefix) for path in self.looked.records.shown()}

    def names(self) -> list[str]:
        """Return the names of all pages, before any is made."""
        names = ["index.html", "search.html", "lists/index.html", "history/index.html", "changes/index.html"]
        names += [f"assets/{name}" for name in ASSETS]
        names += self.records.values()
        names += [f"history/{month}.html" for month in self.looked.months]
        return [*names, *self.gathering.names(), *self.changes.names()]

    def _small(self, name: str, template: str, **told: object) -> Page:
        """Return a page that is made again where what it is made from is another than before."""
        self.given[name] = digest(packed(told))
        again = self.looked.memory.state.given.get(name) != self.given[name]
        return Page(name, again, partial(page, self.frame, name, template, **told))

    def _record(self, path: str) -> bytes:
        """Return the page of a record, and keep what it adds to others."""
        one = self.looked.records[path]
        with self.edition.snapshot.watched() as asked:
            view = self.looked.view(path)
            record, *rows = [Sheet(self.edition, each) for each in (view, *rows_inside(self.edition, view))]
            refs = [view.ref, *(row.view.ref for row in rows)]
            links = links_of(self.edition, one.named, self.looked.naming(refs))
            told = record_page(self.edition, self.frame, record, rows, links, self.looked.told(view))
            piece = self.gathering.piece([record, *rows])
        if path in self.looked.again:
            one.asked |= asked | {naming(ref) for ref in refs}
            self.gathering.take(path, piece)
            self._made[path] = Made(piece, packed(piece), self.looked.records.pack(path))
        return told

    def _months(self) -> Iterator[Page]:
        changed = self.looked.changed_months()
        known = self.looked.memory.state.months
        for month, beside in self.beside().items():
            again = month in changed or known.get(month) != beside
            yield Page(f"history/{month}.html", again, partial(self._month, month, beside))

    def beside(self) -> dict[str, list[str]]:
        """Return the months before and after each month of the history, "" where there is none."""
        order = list(self.looked.months)
        return {
            month: [before, after] for before, month, after in zip(["", *order], order, [*order[1:], ""], strict=False)
        }

    def _month(self, month: str, beside: Sequence[str]) -> bytes:
        """Return a month of the history, the newest first; ``beside`` are the months before and after, "" for none."""
        told = sorted(self.looked.told_in(month), key=lambda one: -one.position)
        lines = "".join(with_record(self.edition, one, href_of(one.row.path, self.prefix)) for one in told)
        return page(
            self.frame, f"history/{month}.html", "month.html", heading=ledger.month_in_words(month), count=len(told),
            lines=Markup(lines),  # noqa: S704 - each was escaped when it was made
            before=beside[0], after=beside[1],
        )  # fmt: skip

    @contextlib.contextmanager
    def overview_meanwhile(self) -> Iterator[None]:
        """Let another process make the overview, where hundreds of records are asked anew for it."""
        if self.is_afresh or self.parts.is_known("progress"):
            yield
            return
        with meanwhile(lambda: (self._overview(), self.parts.remembered["progress"])) as self._overview_come:
            yield

    def _overview_settled(self) -> bytes:
        """Return the overview, made by whichever process."""
        come = self._overview_come()
        if come is None:
            return self._overview()
        told, self.parts.remembered["progress"] = come
        return told

    def _overview(self) -> bytes:
        from bscp_tui.publishing.overview import overview  # with reports and proofs, mostly for another process alone

        looked = self.looked
        lists = lists_told(looked.records.totals.standing)
        return overview(self.edition, self.frame, self.parts.progress, lists, looked.months, looked.left_out_told())
