"""A meeting's agenda: the records that are due there, each with why it stands on it."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bscp_tui.model.dates import in_short
from bscp_tui.model.filters import FilterError
from bscp_tui.model.kinds import KINDS
from bscp_tui.model.selecting import selected
from bscp_tui.model.view import View
from bscp_tui.store.snapshot import Snapshot


@dataclass(frozen=True)
class AgendaItem:
    """A record that a meeting is to consider.

    Attributes:
        view: The record or row.
        why: What puts it on the agenda, in words.

    """

    view: View
    why: str


def agenda(snapshot: Snapshot, meeting: View) -> list[AgendaItem]:
    """Return the records due at ``meeting``, each once, by the first of these that holds.

    What its record names; what its papers are about; what its group must see; what its group owes,
    or leads, by that day.
    """
    found: dict[str, AgendaItem] = {}
    for view, why in (*_named(snapshot, meeting), *_seen(snapshot, meeting), *_owed(snapshot, meeting)):
        if not view.withdrawn and view.ref not in found:
            found[view.ref] = AgendaItem(view, why)
    return list(found.values())


def _named(snapshot: Snapshot, meeting: View) -> Iterator[tuple[View, str]]:
    item: Any = meeting.item
    named = [(ref, "on its agenda") for ref in item.agenda]
    named += [(ref, f"paper: {paper.title}") for paper in item.papers for ref in paper.about]
    for ref, why in named:
        view = snapshot.view(ref)
        if view is not None:
            yield view, why


def _seen(snapshot: Snapshot, meeting: View) -> Iterator[tuple[View, str]]:
    item: Any = meeting.item
    group = snapshot.view(item.group)
    for duty in getattr(group and group.item, "duties", ()):
        if not duty.selects:
            continue
        try:
            views = list(selected(snapshot, duty.selects))
        except FilterError:
            continue  # written by hand; the rule says so where it is next changed
        yield from ((view, f"must see: {duty.title}") for view in views)


def _owed(snapshot: Snapshot, meeting: View) -> Iterator[tuple[View, str]]:
    item: Any = meeting.item
    for kind in (kind for kind in KINDS.values() if kind.model.chased):
        for view in snapshot.views(kind):
            due, leads = view.value("due"), view.value("leads")
            owed = view.value("open") is True and isinstance(due, dt.date) and due <= item.date
            if owed and isinstance(leads, list) and item.group in leads:
                yield view, f"due {in_short(due)}"  # type: ignore[arg-type]
