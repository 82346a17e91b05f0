"""The page of one record: what is recorded, its rows, what it is linked with, and its history in words."""

from collections.abc import Sequence
from typing import NamedTuple

from markupsafe import Markup

from bscp_tui.model.kinds import kinds_inside
from bscp_tui.model.references import named_by
from bscp_tui.model.view import View
from bscp_tui.publishing.charts import Chart, chart
from bscp_tui.publishing.edition import Edition
from bscp_tui.publishing.frame import Frame, page
from bscp_tui.publishing.sheet import Sheet
from bscp_tui.publishing.small_counts import file_of
from bscp_tui.publishing.telling import Told, of_record


class RowTold(NamedTuple):
    """A row of a record that has a reference of its own, such as a key action."""

    anchor: str
    ref: str
    title: str
    facts: Markup


class Inside(NamedTuple):
    """The rows of one table of a record."""

    heading: str
    rows: Sequence[RowTold]


class LinkTold(NamedTuple):
    """The other end of a link; ``href`` is "" where it has no page."""

    said: str
    ref: str
    title: str
    href: str


class Naming(NamedTuple):
    """Who names whom.

    Attributes:
        source: The reference of the record or row that names.
        target: The named reference.
        label: What the one says of the other.
        inverse: What is said seen from the other end.

    """

    source: str
    target: str
    label: str
    inverse: str


def href_of(path: str, prefix: str) -> str:
    """Return where the page of the record in a file lies in the site."""
    return f"records/{path.removeprefix(prefix).removesuffix('.toml')}.html"


def search_of(kind: str, ref: str) -> str:
    """Return the name of the file by which the search finds a record and its rows; records of one plan share one."""
    owner, slash, _ = ref.rpartition("/")
    return f"search/{kind}{slash}{owner}.js"


def link_to(view: View, prefix: str) -> str:
    """Return where a record, or the row of one, is told."""
    place = href_of(view.path, prefix)
    return place if view.parent is None else f"{place}#{anchor_of(view.ref)}"


def anchor_of(ref: str) -> str:
    """Return the name of a row's place on its record's page."""
    return "r-" + "".join(sign if sign.isalnum() else "-" for sign in ref)


def rows_inside(edition: Edition, view: View) -> list[View]:
    """Return the rows of a record that have references of their own."""
    return [row for kind in kinds_inside(view.kind) for row in edition.snapshot.rows_of(view, kind)]


def names(view: View, rows: Sequence[View]) -> list[Naming]:
    """Return whom a record and its rows name, bodies left out."""
    return [
        Naming(one.ref, named.ref, named.label, named.inverse)
        for one in (view, *rows)
        for named in dict.fromkeys(named_by(one.item))
    ]


def record_page(
    edition: Edition,
    frame: Frame,
    record: Sheet,
    rows: Sequence[Sheet],
    links: Sequence[LinkTold],
    history: Sequence[Told],
) -> bytes:
    """Return the page of a record.

    Args:
        edition: The edition.
        frame: What stands around the page.
        record: The record.
        rows: Its rows that have references.
        links: What it names, and what names it.
        history: Its changes, newest first.

    """
    view = record.view
    tables: dict[str, list[RowTold]] = {}
    for one in rows:
        row = one.view
        told = RowTold(anchor_of(row.ref), row.ref, edition.title(row), one.facts_told())
        tables.setdefault(row.kind.plural, []).append(told)
    return page(
        frame,
        href_of(view.path, edition.snapshot.prefix),
        "record.html",
        ref=view.ref,
        heading=edition.title(view),
        kind=view.kind.name,
        list_heading=view.kind.plural,
        withdrawn=view.withdrawn,
        last=history[0].day if history else "",
        version=history[0].row.commit[:12] if history else "",
        facts=record.facts_told(),
        drawn=_drawn(edition, view),
        tables=[Inside(heading, mine) for heading, mine in tables.items()],
        links=links,
        changes=len(history),
        history=of_record(edition, view, history),
    )


def links_of(edition: Edition, own: Sequence[Naming], back: Sequence[Naming]) -> list[LinkTold]:
    """Return both ends of a record's links, as far as the readers may follow them."""
    prefix = edition.snapshot.prefix
    told = []
    for said, ref in [*((one.label, one.target) for one in own), *((one.inverse, one.source) for one in back)]:
        other = edition.snapshot.view(ref)
        if other is not None:
            told.append(LinkTold(said, other.ref, edition.title(other), link_to(other, prefix)))
        elif edition.snapshot.whole.view(ref) is None:  # there is none; one that is withheld is not told of
            told.append(LinkTold(said, edition.text(ref), "", ""))
    return list(dict.fromkeys(told))


def _drawn(edition: Edition, view: View) -> Chart | None:
    """Return what is drawn of a record, where none of its figures is withheld."""
    bars = view.item.drawn(view)
    if not bars or any(file_of(key) == view.path for key in edition.out):
        return None
    return chart(
        edition.title(view), ("Of", "Figure"), [(edition.text(label), figure, told) for label, figure, told in bars]
    )
