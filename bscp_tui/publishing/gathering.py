"""Pages that are put together from what every record adds: the lists, what the search finds, and the calendar."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import PurePosixPath

from markupsafe import Markup

from bscp_tui.model.fields import Shape, fields_of
from bscp_tui.model.kinds import KINDS
from bscp_tui.model.record import Kind
from bscp_tui.model.words import label_of
from bscp_tui.publishing.frame import MARK, Frame, as_script, escaped, page
from bscp_tui.publishing.kept import Piece
from bscp_tui.publishing.looking import Looked
from bscp_tui.publishing.page import Page
from bscp_tui.publishing.records import link_to, search_of
from bscp_tui.publishing.sheet import Sheet
from bscp_tui.publishing.site import Site
from bscp_tui.publishing.sorted_rows import Change, Entry, Rows, grouped
from bscp_tui.reports.calendar import UNDATED, around, dated, events_of, stamp_told, undated

CALENDAR = "calendar.ics"


Lists = Sequence[tuple[str, str, int]]


def lists_told(counts: Mapping[str, int]) -> Lists:
    """Return the lists that hold something, each with its heading and how many, in the order of the registry."""
    return [(name, kind.plural, counts[name]) for name, kind in KINDS.items() if counts.get(name)]


def list_of(kind: str) -> str:
    """Return the name of the page that lists a kind."""
    return f"lists/{kind}.html"


@dataclass
class Gathering:
    """What records add to the pages of an edition that tell of many.

    Attributes:
        looked: The records.
        frame: What stands around each page.
        site: Where the pages lie: of those that are there as they were written, only what changed is put in anew.
        rows: Page to where its rows lie, of the pages that were put together.

    """

    looked: Looked
    frame: Frame
    site: Site
    rows: dict[str, bytes] = field(default_factory=dict)
    _pieces: dict[str, Piece] = field(default_factory=dict)

    def piece(self, sheets: Sequence[Sheet]) -> Piece:
        """Return what a record adds, told by its sheet and those of its rows."""
        standing = [one for one in sheets if not one.view.withdrawn]
        days = [event for one in standing for event in events_of(one.view, self.looked.edition.text, one.worth)]
        owner = search_of(sheets[0].view.kind.name, sheets[0].view.ref)
        return [
            *map(self._listed, standing),
            *(self._found(owner, one) for one in sheets),
            *(Entry(CALENDAR, one.day.isoformat(), undated(one), []) for one in days),
        ]

    def take(self, path: str, piece: Piece) -> None:
        """Take what a record adds now."""
        self._pieces[path] = piece

    def names(self) -> list[str]:
        """Return the names of all these pages."""
        return [*(list_of(kind.name) for kind in self.kinds), *self.searched, CALENDAR]

    def pages(self) -> Iterator[Page]:
        """Yield these pages."""
        for kind in self.kinds:
            yield self._page(list_of(kind.name), partial(self._list, kind))
        for name in self.searched:
            yield self._page(name, partial(self._search, name))
        known = self.looked.memory.state.recorded
        moved = not known or self._stamp(known) != self._stamp(self.looked.read.recorded)
        yield Page(CALENDAR, moved or CALENDAR in self._changes, self._calendar)

    @cached_property
    def kinds(self) -> list[Kind]:
        """The kinds of which something is shown, in the order of the registry; a withdrawn record is shown, too."""
        return [kind for kind in KINDS.values() if self.looked.records.totals.kinds[kind.name] > 0]

    @cached_property
    def searched(self) -> list[str]:
        """The files by which the search finds what is shown."""
        return sorted(+self.looked.records.totals.searched)

    def _listed(self, one: Sheet) -> Entry:
        view = one.view
        cells = [one.value(name) for name in view.kind.columns]
        first, *others = map(escaped, cells)
        link = escaped(link_to(view, self.looked.edition.snapshot.prefix))
        html = "".join([f"<td>{cell}</td>" for cell in others])
        chosen = [cells[at] for at, name in enumerate(view.kind.columns) if _is_choice(view.kind, name)]
        text = f'<tr><th scope="row"><a href="../{link}">{first}</a></th>{html}</tr>\n'
        return Entry(list_of(view.kind.name), view.ref, text, chosen)

    def _found(self, owner: str, one: Sheet) -> Entry:
        view, edition = one.view, self.looked.edition
        told = [view.ref, edition.title(view), link_to(view, edition.snapshot.prefix), one.searched()]
        return Entry(owner, view.ref, f"{as_script(told)},\n", [])

    def _page(self, name: str, make: Callable[[], bytes]) -> Page:
        return Page(name, name in self._changes or name not in self.looked.memory.state.pages, make)

    def _list(self, kind: Kind) -> bytes:
        """Return the list of a kind, with its filter."""
        name = list_of(kind.name)
        rows = self._rows(name)
        columns = [label_of(kind, column) for column in kind.columns]
        chosen = [at for at, column in enumerate(kind.columns) if _is_choice(kind, column)]
        choices = [
            {"label": columns[at], "column": at, "choices": rows.values(place)} for place, at in enumerate(chosen)
        ]
        made = page(
            self.frame, name, "list.html", heading=kind.plural, columns=columns, choices=choices, count=len(rows),
            rows=Markup(MARK),  # noqa: S704 - the rows were escaped when they were made
        )  # fmt: skip
        head, _, tail = made.partition(MARK.encode())
        return self._whole(name, rows, head, tail)

    def _search(self, name: str) -> bytes:
        """Return what the search finds of some records and their rows, as a script that works without a server."""
        kind = KINDS[PurePosixPath(name).with_suffix("").parts[1]]
        return self._whole(name, self._rows(name), f"bscp.records({as_script(kind.plural)},[\n".encode(), b"]);\n")

    def _calendar(self) -> bytes:
        head, tail = around(self.looked.edition.text(self.looked.edition.snapshot.settings.name))
        known, now = self.looked.memory.state.recorded, self._stamp(self.looked.read.recorded)
        laid = self._stamp(known) if known else UNDATED
        whole = self._whole(CALENDAR, self._rows(CALENDAR, lambda text: dated(text, UNDATED, laid)), head, tail)
        for made in (UNDATED, laid):  # put together anew, or from the page as it lies there
            whole = dated(whole, made, now)
        return whole

    def _stamp(self, recorded: Sequence[float]) -> str:
        return stamp_told(dt.datetime.fromtimestamp(recorded[-1], dt.UTC))

    def _whole(self, name: str, rows: Rows, head: bytes, tail: bytes) -> bytes:
        self.rows[name] = rows.packed(len(head))
        return b"".join([head, rows.body, tail])

    def _rows(self, name: str, as_laid: Callable[[bytes], bytes] = bytes) -> Rows:
        """Return the rows of a page: those that lie in it with the changed ones put in, or all of them.

        Args:
            name: The page's name.
            as_laid: Returns a row, as it was made, as it lies in the page.

        """
        memory = self.looked.memory
        told = memory.rows(name)
        before = self.site.content(name, memory.state.pages.get(name, "")) if told is not None else None
        rows = Rows.unpacked(told, before) if told is not None and before is not None else None
        change = self._changes.get(name, Change([], []))
        laid = Change(*([one._replace(text=as_laid(one.text.encode()).decode()) for one in some] for some in change))
        if rows is not None and rows.change(laid):
            return rows
        return Rows(self._by_page.get(name, ()))

    @cached_property
    def _by_page(self) -> Mapping[str, list[Entry]]:
        """Page to what all records add to it; all that is remembered is read."""
        shown = self.looked.records.shown()
        self._pieces |= self.looked.memory.pieces(path for path in shown if path not in self._pieces)
        return grouped([one for path in shown for one in self._pieces[path]])

    @cached_property
    def _changes(self) -> Mapping[str, Change]:
        """Page to what was added to it before and is no more, and what is added to it now and was not."""
        looked = self.looked
        if not looked.read.goes_on:
            return {}
        paths = looked.again | looked.gone
        known = looked.memory.pieces(path for path in paths if (one := looked.before(path)) and not one.why)
        found: dict[str, Change] = {}
        for path in paths:
            before, now = (grouped(some.get(path, ())) for some in (known, self._pieces))
            for name in before.keys() | now.keys():
                if before.get(name) != now.get(name):
                    change = found.setdefault(name, Change([], []))
                    change.before.extend(before.get(name, ()))
                    change.now.extend(now.get(name, ()))
        return found


def _is_choice(kind: Kind, name: str) -> bool:
    facts = fields_of(kind.model).get(name)
    return facts is not None and facts.shape is Shape.CHOICE
