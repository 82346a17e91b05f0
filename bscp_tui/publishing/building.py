"""All pages of an edition, each with its name in the site, whether it can have changed, and how it is made."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import Any

from markupsafe import Markup

from bscp_tui.model.fields import Shape, fields_of
from bscp_tui.model.kinds import KINDS
from bscp_tui.model.ordering import natural
from bscp_tui.model.record import Kind
from bscp_tui.model.words import label_of
from bscp_tui.publishing import between, changes, ledger
from bscp_tui.publishing.edition import Edition
from bscp_tui.publishing.frame import ASSETS, Frame, asset, escaped, page, script
from bscp_tui.publishing.kept import Added, Made, Piece
from bscp_tui.publishing.looking import Looked
from bscp_tui.publishing.overview import lists_told, overview
from bscp_tui.publishing.page import ALWAYS, Page, Unit
from bscp_tui.publishing.records import href_of, link_to, links_of, record_page, rows_inside
from bscp_tui.publishing.sheet import Sheet
from bscp_tui.publishing.slow_parts import SlowParts
from bscp_tui.publishing.telling import with_record
from bscp_tui.publishing.watching import naming
from bscp_tui.reports.calendar import calendar_from, events_of, written


@dataclass
class Building:
    """The pages of one edition.

    Attributes:
        looked: The records.
        frame: What stands around each page.
        parts: What takes long to work out, remembered from before or worked out now.

    """

    looked: Looked
    frame: Frame
    parts: SlowParts
    _made: dict[str, Made] = field(default_factory=dict)
    _pieces: dict[str, Piece] = field(default_factory=dict)

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
    def kinds(self) -> list[Kind]:
        """The kinds of which something is shown, in the order of the registry; a withdrawn record is shown, too."""
        shown = {kind for one in self.looked.records.values() for kind, _, _ in one.rows}
        return [kind for kind in KINDS.values() if kind.name in shown]

    @property
    def is_afresh(self) -> bool:
        """Whether every page is made, with the whole history at hand; else the history's index is asked for more."""
        return not self.looked.read.goes_on

    def units(self) -> list[Unit]:
        """Return the pages that stand alone, in any order; of a unit one makes what the next one needs, too."""
        again = self.looked.again
        records = [
            [Page(href_of(path, self.prefix), path in again, partial(self._record, path))]
            for path in self.looked.shown()
        ]
        return [*records, *([one] for one in self._months()), *self.changes.units()]

    def others(self) -> Unit:
        """Return the pages that are put together from what those that stand alone add, or that ask git for more."""
        return list(self._others())

    def added(self) -> Added:
        """Return what came of the pages that were made so far."""
        return Added(self._made, self.changes.counts)

    def handed_over(self) -> Added:
        """Return what came of pages since this was asked last, and keep nothing of it."""
        added = self.added()
        self._made, self._pieces, self.changes.counts = {}, {}, {}
        return added

    def take(self, added: Added) -> None:
        """Take over what came of pages that another process made."""
        self._made |= added.records
        self.changes.counts.update(added.counts)
        for path, made in added.records.items():
            self._pieces[path] = made.piece
            self.looked.records[path].events = made.events

    def _others(self) -> Iterator[Page]:
        for kind in self.kinds:
            yield Page(f"lists/{kind.name}.html", self._lists_again(kind), partial(self._list, kind))
            if kind.where:
                yield Page(f"search/{kind.name}.js", self._search_again(kind), partial(self._search, kind))
        yield self._always("lists/index.html", "lists.html", lists=lists_told(self._counts))
        listed = [
            (month, ledger.month_in_words(month), len(told)) for month, told in reversed(self.looked.months.items())
        ]
        yield self._always("history/index.html", "history.html", months=listed)
        yield from self.changes.others()
        found = sorted(kind.name for kind in self.kinds if kind.where)
        yield self._always("search.html", "search.html", indexes=found)
        yield from (Page(f"assets/{name}", ALWAYS, partial(asset, name)) for name in ASSETS)
        yield Page("calendar.ics", ALWAYS, self._calendar)
        yield Page("index.html", ALWAYS, self._overview)

    def names(self) -> list[str]:
        """Return the names of all pages, before any is made."""
        names = ["index.html", "search.html", "lists/index.html", "history/index.html", "calendar.ics"]
        names += [f"assets/{name}" for name in ASSETS]
        names += [href_of(path, self.prefix) for path in self.looked.shown()]
        names += [f"lists/{kind.name}.html" for kind in self.kinds]
        names += [f"search/{kind.name}.js" for kind in self.kinds if kind.where]
        names += [f"history/{month}.html" for month in self.looked.months]
        return names + self.changes.names()

    def _always(self, name: str, template: str, **told: object) -> Page:
        return Page(name, ALWAYS, partial(page, self.frame, name, template, **told))

    def _record(self, path: str) -> bytes:
        """Return the page of a record, and keep what it adds to others."""
        one = self.looked.records[path]
        with self.edition.snapshot.watched() as asked:
            view = self.looked.view(path)
            record, *rows = [Sheet(self.edition, each) for each in (view, *rows_inside(self.edition, view))]
            refs = [view.ref, *(row.view.ref for row in rows)]
            links = links_of(self.edition, one.named, self.looked.naming(refs))
            told = record_page(self.edition, self.frame, record, rows, links, self.looked.told(view))
            piece = self._pieces[path] = self._piece([record, *rows])
            kept = [each for each in (record, *rows) if not each.view.withdrawn]
            found = [event for each in kept for event in events_of(each.view, self.edition.text, each.worth)]
        one.events = [[event.day.isoformat(), event.summary, event.uid, written(event)] for event in found]
        one.asked |= asked | {naming(ref) for ref in refs}
        self._made[path] = Made(piece, one.events, one.packed(), piece.packed())
        return told

    def _piece(self, sheets: Sequence[Sheet]) -> Piece:
        search = [
            [one.view.ref, self.edition.title(one.view), link_to(one.view, self.prefix), one.searched()]
            for one in sheets
        ]
        return Piece([self._list_row(one) for one in sheets if not one.view.withdrawn], search)

    def _list_row(self, one: Sheet) -> list[object]:
        view = one.view
        cells = [one.value(name) for name in view.kind.columns]
        first, *others = map(escaped, cells)
        html = f'<tr><th scope="row"><a href="../{escaped(link_to(view, self.prefix))}">{first}</a></th>'
        html += "".join(f"<td>{cell}</td>" for cell in others) + "</tr>"
        choices = [cells[at] for at, name in enumerate(view.kind.columns) if _is_choice(view.kind, name)]
        return [view.kind.name, view.ref, html, choices]

    @cached_property
    def _before(self) -> dict[str, Piece]:
        """What the records that were looked at again, or are gone, added to other pages before."""
        known = self.looked.memory.records
        changed = [path for path in self.looked.again | self.looked.gone if path in known and not known[path].why]
        return self.looked.memory.pieces(changed)

    def _lists_again(self, kind: Kind) -> bool:
        return any(_of_kind(before, kind) != _of_kind(now, kind) for before, now in self._steps(_owner(kind)))

    def _search_again(self, kind: Kind) -> bool:
        return any((before and before.search) != (now and now.search) for before, now in self._steps(kind.name))

    def _steps(self, owner: str) -> Iterator[tuple[Piece | None, Piece | None]]:
        """Yield what each changed record of a kind added to other pages before, and adds now."""
        for path in self.looked.again | self.looked.gone:
            both = [some.get(path) for some in (self.looked.memory.records, self.looked.records)]
            if any(one and one.rows and one.rows[0][0] == owner for one in both):
                yield self._before.get(path), self._pieces.get(path)

    def _of(self, owner: str) -> list[Piece]:
        """Return what all records of a kind add to other pages."""
        paths = self._files_of.get(owner, [])
        self._pieces |= self.looked.memory.pieces(path for path in paths if path not in self._pieces)
        return [self._pieces[path] for path in paths]

    @cached_property
    def _files_of(self) -> dict[str, list[str]]:
        """Kind to the files of its records."""
        found: dict[str, list[str]] = {}
        for path, one in self.looked.records.items():
            if one.rows:
                found.setdefault(one.rows[0][0], []).append(path)
        return found

    def _list(self, kind: Kind) -> bytes:
        """Return the list of a kind, with its filter."""
        rows = [row for piece in self._of(_owner(kind)) for row in _of_kind(piece, kind)]
        columns = [label_of(kind, name) for name in kind.columns]
        chosen = [at for at, name in enumerate(kind.columns) if _is_choice(kind, name)]
        choices = [
            {"label": columns[at], "column": at, "choices": sorted({row[3][place] for row in rows})}
            for place, at in enumerate(chosen)
        ]
        ordered = sorted(rows, key=lambda row: natural(row[1]))
        return page(
            self.frame, f"lists/{kind.name}.html", "list.html", heading=kind.plural, columns=columns, choices=choices,
            rows=[Markup(row[2]) for row in ordered],  # noqa: S704 - each was escaped when it was made
        )  # fmt: skip

    def _search(self, kind: Kind) -> bytes:
        """Return what the search finds of a kind and its rows, as a script that works without a server."""
        rows = sorted((row for piece in self._of(kind.name) for row in piece.search), key=lambda row: natural(row[0]))
        return script("bscp.records", kind.plural, rows)

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

    def _calendar(self) -> bytes:
        stamp = dt.datetime.fromtimestamp(self.looked.read.recorded[-1], dt.UTC)
        found = sorted((event for one in self.looked.records.values() for event in one.events), key=lambda one: one[:3])
        name = self.edition.text(self.edition.snapshot.settings.name)
        return calendar_from(name, stamp, ((uid, rest) for _, _, uid, rest in found))

    def _overview(self) -> bytes:
        looked = self.looked
        lists = lists_told(self._counts)
        told = {month: len(positions) for month, positions in looked.months.items()}
        return overview(self.edition, self.frame, self.parts.progress, lists, told, looked.left_out_told())

    @cached_property
    def _counts(self) -> Counter[str]:
        """How many records, and rows of them, stand in the list of each kind."""
        return Counter(kind for one in self.looked.records.values() for kind, _, stands in one.rows if stands)


def _owner(kind: Kind) -> str:
    """Return the kind in whose files a kind's records stand."""
    return kind.inside[0] if kind.inside else kind.name


def _of_kind(piece: Piece | None, kind: Kind) -> list[list[Any]]:
    return [row for row in piece.rows if row[0] == kind.name] if piece else []


def _is_choice(kind: Kind, name: str) -> bool:
    facts = fields_of(kind.model).get(name)
    return facts is not None and facts.shape is Shape.CHOICE
