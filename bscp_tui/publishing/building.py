"""All pages of an edition, each with its name in the site."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import cached_property

from markupsafe import Markup

from bscp_tui.history.rows import HistoryRow
from bscp_tui.model.fields import Shape, fields_of
from bscp_tui.model.kinds import KINDS
from bscp_tui.model.ordering import natural
from bscp_tui.model.record import Kind
from bscp_tui.model.view import View
from bscp_tui.model.words import label_of
from bscp_tui.publishing import ledger
from bscp_tui.publishing.edition import Edition
from bscp_tui.publishing.frame import Frame, environment, page, script
from bscp_tui.publishing.ledger import Board, Ledger, Net, Told
from bscp_tui.publishing.records import (
    Naming,
    href_of,
    link_to,
    links_of,
    names,
    record_page,
    rows_inside,
    searched,
)

Page = tuple[str, bytes]


@dataclass(frozen=True)
class ListRow:
    """A record, or a row of one, as a list shows it.

    Attributes:
        kind: The list that it stands in.
        ref: Its reference.
        html: It as a row of the table.
        choices: The cells of the columns that are chosen from.

    """

    kind: str
    ref: str
    html: str
    choices: Sequence[str]


@dataclass(frozen=True)
class Piece:
    """What a record adds to the pages that tell of many.

    Attributes:
        rows: It and its rows in the lists.
        search: What finds them: reference, title, page, words.
        names: Whom it names.

    """

    rows: Sequence[ListRow]
    search: Sequence[Sequence[str]]
    names: Sequence[Naming]


@dataclass
class Building:
    """The pages of one edition, made from records, ledger and boards.

    Attributes:
        edition: The edition.
        frame: What stands around each page.
        told: File to the changes that are told of its record, newest first.
        back: Reference to who names it.

    """

    edition: Edition
    frame: Frame
    told: dict[str, list[Told]] = field(default_factory=dict)
    back: dict[str, list[Naming]] = field(default_factory=dict)

    @cached_property
    def prefix(self) -> str:
        """What every record's path begins with."""
        return self.edition.snapshot.prefix

    def views(self) -> Iterator[View]:
        """Yield every record that the readers may have, withdrawn ones too."""
        for kind in KINDS.values():
            if kind.where:
                yield from self.edition.snapshot.views(kind, withdrawn=True)

    def hear(self, view: View, rows: Sequence[tuple[int, HistoryRow]]) -> None:
        """Take what is told of a record's history."""
        self.told[view.path] = ledger.told_of(self.edition, view, rows)

    def linked(self, view: View) -> list[Naming]:
        """Take whom a record names, and return it."""
        found = names(view, rows_inside(self.edition, view))
        for one in found:
            self.back.setdefault(one.target, []).append(one)
        return found

    def record(self, view: View, own: Sequence[Naming]) -> Page:
        """Return the page of a record."""
        rows = rows_inside(self.edition, view)
        back = [one for each in (view, *rows) for one in self.back.get(each.ref, ())]
        history = [(told.row, told.words) for told in self.told.get(view.path, ())]
        links = links_of(self.edition, own, back)
        return href_of(view.path, self.prefix), record_page(self.edition, self.frame, view, rows, links, history)

    def piece(self, view: View, own: Sequence[Naming]) -> Piece:
        """Return what a record adds to lists and search."""
        views = [view, *rows_inside(self.edition, view)]
        rows = [self._list_row(one) for one in views if not one.withdrawn]
        search = [
            [one.ref, self.edition.title(one), link_to(one, self.prefix), searched(self.edition, one)] for one in views
        ]
        return Piece(rows, search, own)

    def _list_row(self, view: View) -> ListRow:
        cells = [self.edition.value(view, name) for name in view.kind.columns]
        href = link_to(view, self.prefix)
        html = environment().get_template("list_row.html").render(href=href, cells=cells).strip()
        choices = [cells[at] for at, name in enumerate(view.kind.columns) if _is_choice(view.kind, name)]
        return ListRow(view.kind.name, view.ref, html, choices)

    def list_page(self, kind: Kind, rows: Sequence[ListRow]) -> Page:
        """Return the list of a kind, with its filter."""
        columns = [label_of(kind, name) for name in kind.columns]
        chosen = [at for at, name in enumerate(kind.columns) if _is_choice(kind, name)]
        choices = [
            {"label": columns[at], "column": at, "choices": sorted({row.choices[place] for row in rows})}
            for place, at in enumerate(chosen)
        ]
        ordered = sorted(rows, key=lambda row: natural(row.ref))
        told = page(
            self.frame, f"lists/{kind.name}.html", "list.html", heading=kind.plural, columns=columns, choices=choices,
            rows=[Markup(row.html) for row in ordered],  # noqa: S704 - the template of a row escaped it
        )  # fmt: skip
        return f"lists/{kind.name}.html", told

    def search_script(self, kind: Kind, pieces: Sequence[Piece]) -> Page:
        """Return what the search finds of a kind and its rows, as a script that works without a server."""
        rows = sorted((row for piece in pieces for row in piece.search), key=lambda row: natural(row[0]))
        return f"search/{kind.name}.js", script("bscp.records", kind.plural, rows)

    def month_page(self, month: str, told: Sequence[Told], beside: tuple[str, str]) -> Page:
        """Return a month of the history; ``beside`` are the months before and after, "" where there are none."""
        rows = [
            {
                "ref": one.row.ref,
                "title": self.edition.text(one.row.title),
                "href": href_of(one.row.path, self.prefix),
                "told": one.words,
            }
            for one in told
        ]
        heading = ledger.month_in_words(month)
        name = f"history/{month}.html"
        return name, page(self.frame, name, "month.html", heading=heading, rows=rows, before=beside[0], after=beside[1])

    def interval_pages(self, before: Board, after: Board, rows: Sequence[Net]) -> Iterator[Page]:
        """Yield what changed from one board to the next: as a page, and as a script for any two boards."""
        heading = f"What changed after {before.label}, up to {after.label}"
        name = f"changes/{after.key}.html"
        yield name, page(self.frame, name, "interval.html", heading=heading, rows=rows)
        data = [[asdict(row)[field] for field in ledger.NAMES] for row in rows]
        yield f"changes/{after.key}.js", script("bscp.interval", after.key, ledger.NAMES, data)

    def changes_page(self, boards: Sequence[Board], counts: Mapping[str, int]) -> Page:
        """Return where any two boards are chosen."""
        steps = [
            {"key": after.key, "label": f"From {before.label} to {after.label}", "count": counts[after.key]}
            for before, after in ledger.intervals(boards)
        ]
        shown = boards if len(boards) > 1 else []
        return "changes/index.html", page(
            self.frame, "changes/index.html", "changes.html", boards=shown, steps=steps[::-1]
        )


def net_of(building: Building, read: Ledger, first: int, last: int, by_position: Mapping[int, list[Told]]) -> list[Net]:
    """Return what differs between the entries at two positions, the first of which is the state before."""
    if first == last:
        return []
    if first >= 0 and not all(read.straight[first + 1 : last + 1]):
        return ledger.net_by_files(building.edition, read.commits[first], read.commits[last], building.told)
    rows = [told.row for at in range(first + 1, last + 1) for told in by_position.get(at, ())]
    return ledger.net(building.edition, rows)


def _is_choice(kind: Kind, name: str) -> bool:
    facts = fields_of(kind.model).get(name)
    return facts is not None and facts.shape is Shape.CHOICE
