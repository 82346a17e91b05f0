"""What a record names and what names it, both ends; and the chain from a finding to the proof that it helped."""

from collections.abc import Iterator
from dataclasses import dataclass

from bscp_tui.model.kinds import KINDS
from bscp_tui.model.parts import Link
from bscp_tui.model.references import named_by
from bscp_tui.model.view import View
from bscp_tui.store.snapshot import Snapshot


@dataclass(frozen=True)
class Linked:
    """The other end of a link, as seen from a record.

    Attributes:
        said: What is said of it: "leads to", "follows from".
        ref: Its reference.
        title: Its title; empty where it cannot be read.
        note: What was noted beside the link.
        owner: The record that keeps the link.
        row: The row that makes the link, which can be taken away; None where a field of the record makes it.

    """

    said: str
    ref: str
    title: str
    note: str | None
    owner: View
    row: Link | None = None


@dataclass(frozen=True)
class ChainPlace:
    """One place of a chain.

    Attributes:
        name: What stands there: "finding", "training".
        refs: The records, with their titles; none where it is missing.
        missing: What is said of the place where the chain breaks; empty elsewhere.

    """

    name: str
    refs: tuple[tuple[str, str], ...]
    missing: str = ""


@dataclass(frozen=True)
class Chain:
    """A finding and what follows from it.

    Attributes:
        places: From the finding to the re-audit.
        breaks: Where it breaks, in words; "whole" where it does not.

    """

    places: tuple[ChainPlace, ...]
    breaks: str


def links_of(snapshot: Snapshot, view: View) -> list[Linked]:
    """Return what ``view`` names, then what names it; reads every record, so it is for a worker thread."""
    return [*_named(snapshot, view), *_naming(snapshot, view)]


def chains_of(snapshot: Snapshot, view: View) -> list[Chain]:
    """Return the chains that ``view`` is a finding, the audit or a step of; for a worker thread."""
    from bscp_tui.reports.chain import chain_of

    found = []
    for finding in snapshot.views(KINDS["finding"]):
        if finding.value("type") != "improvement":
            continue
        row = chain_of(snapshot, finding)
        cells = [cell for cell in row[2:-1] if isinstance(cell, list)]
        here = {finding.ref, str(finding.value("audit")), *(ref for cell in cells for ref in cell)}
        if view.ref in here:
            found.append(_chain(snapshot, finding, cells, str(row[-1])))
    return found


def _chain(snapshot: Snapshot, finding: View, cells: list[list[str]], breaks: str) -> Chain:
    from bscp_tui.reports.chain import STEPS

    places = [ChainPlace("finding", ((finding.ref, finding.title),))]
    for step, cell in zip(STEPS, cells, strict=True):
        refs = tuple((ref, snapshot.title_of(ref)) for ref in cell)
        places.append(ChainPlace(step.heading, refs, breaks if step.missing == breaks else ""))
    return Chain(tuple(places), breaks)


def _named(snapshot: Snapshot, view: View) -> Iterator[Linked]:
    for row in getattr(view.item, "links", ()):
        yield Linked(row.said, row.to, snapshot.title_of(row.to), row.note, view, row)
    for named in named_by(view.item):
        if named.field != "links":
            yield Linked(named.label, named.ref, snapshot.title_of(named.ref), None, view)


def _naming(snapshot: Snapshot, view: View) -> Iterator[Linked]:
    for other, named in snapshot.naming(view.ref):
        rows = [
            row for row in getattr(other.item, "links", ()) if row.to == view.ref and row.said_back == named.inverse
        ]
        row = rows[0] if rows and named.field == "links" else None
        yield Linked(named.inverse, other.ref, other.title, row.note if row else None, other, row)
