"""The page of one record: what is recorded, its rows, what it is linked with, and its history in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from bscp_tui.history.rows import HistoryRow
from bscp_tui.model.fields import Shape, fields_of
from bscp_tui.model.kinds import KINDS, kinds_inside
from bscp_tui.model.references import named_by
from bscp_tui.model.view import View
from bscp_tui.publishing.charts import Chart, chart
from bscp_tui.publishing.edition import Edition, Fact
from bscp_tui.publishing.frame import Frame, escaped, page
from bscp_tui.publishing.small_counts import file_of

_SEARCHED = (Shape.LINE, Shape.LONG, Shape.LINES, Shape.BODY, Shape.BODIES)


@dataclass(frozen=True)
class RowTold:
    """A row of a record that has a reference of its own, such as a key action."""

    anchor: str
    ref: str
    title: str
    facts: Markup


@dataclass(frozen=True)
class Inside:
    """The rows of one table of a record."""

    heading: str
    rows: Sequence[RowTold]


@dataclass(frozen=True)
class LinkTold:
    """The other end of a link; ``href`` is "" where it has no page."""

    said: str
    ref: str
    title: str
    href: str


@dataclass(frozen=True)
class Naming:
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


def facts_told(facts: Sequence[Fact]) -> Markup:
    """Return the lines of a record as a list of terms; put together here, since every record and row has one."""
    told = [
        f"<div><dt>{escaped(fact.label)}</dt>{''.join(f'<dd>{escaped(line)}</dd>' for line in fact.lines)}</div>\n"
        for fact in facts
    ]
    return Markup(f'<dl class="facts">\n{"".join(told)}</dl>\n')  # noqa: S704 - every text in it is escaped


def row_told(edition: Edition, row: HistoryRow) -> Markup:
    """Return one change of the history as pages tell it."""
    change = edition.change(row)
    reason = f'<p class="reason">Reason: {escaped(change.reason)}</p>' if change.reason else ""
    # As many as the history has changes: put together here, where a template takes ten times as long.
    return Markup(  # noqa: S704 - every text in it is escaped
        f'<p><time datetime="{change.iso}">{change.day}</time>: <strong>{escaped(change.words)}</strong></p>{reason}'
        f'<p class="quiet">{escaped(" · ".join(change.more))}</p>'
    )


def record_page(
    edition: Edition,
    frame: Frame,
    view: View,
    rows: Sequence[View],
    links: Sequence[LinkTold],
    history: Sequence[tuple[HistoryRow, Markup]],
) -> bytes:
    """Return the page of a record.

    Args:
        edition: The edition.
        frame: What stands around the page.
        view: The record.
        rows: Its rows that have references.
        links: What it names, and what names it.
        history: Its changes, newest first, each with the words that pages tell it in.

    """
    tables = []
    for kind in kinds_inside(view.kind):
        mine = [row for row in rows if row.kind is kind]
        if mine:
            told = [
                RowTold(anchor_of(row.ref), row.ref, edition.title(row), facts_told(edition.facts(row))) for row in mine
            ]
            tables.append(Inside(kind.plural, told))
    return page(
        frame,
        href_of(view.path, edition.snapshot.prefix),
        "record.html",
        ref=view.ref,
        heading=edition.title(view),
        kind=view.kind.name,
        list_heading=view.kind.plural,
        withdrawn=view.withdrawn,
        last=edition.change(history[0][0]) if history else None,
        version=history[0][0].commit[:12] if history else "",
        facts=facts_told(edition.facts(view)),
        drawn=_drawn(edition, view),
        tables=tables,
        links=links,
        history=[{"what": _what(edition, view, row), "told": told} for row, told in history],
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


def _what(edition: Edition, view: View, row: HistoryRow) -> str:
    return "" if row.ref == view.ref else f"{row.ref} {edition.text(row.title)}"


def _drawn(edition: Edition, view: View) -> Chart | None:
    """Return what is drawn of a record, where none of its figures is withheld."""
    bars = view.item.drawn(view)
    if not bars or any(file_of(key) == view.path for key in edition.out):
        return None
    return chart(
        edition.title(view), ("Of", "Figure"), [(edition.text(label), figure, told) for label, figure, told in bars]
    )


def searched(edition: Edition, view: View) -> str:
    """Return the words by which a record is found."""
    told = [edition.value(view, "status")] if view.has("status") else []
    for name, facts in fields_of(type(view.item)).items():
        value = getattr(view.item, name)
        if value and name != "title" and facts.shape in _SEARCHED:
            told.append(edition.value(view, name))
    return " ".join(dict.fromkeys(" ".join(told).lower().split()))


def kind_of(name: str) -> str:
    """Return what a record of a kind is called beside its title."""
    return KINDS[name].name.replace("-", " ")
