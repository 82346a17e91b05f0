"""What of the register and its history may be in an output that is made for readers.

An older state can be wider than what has been decided since, and an older value narrower than its record is today;
so a record is held against its audience as it was and as it is, on the day on which the output is made.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from functools import partial

from bscp_tui.history.ledger import HistoryRow, Query, rows
from bscp_tui.model.audience import AUDIENCES, UNSET, Readers, Withheld, audience_of, whole
from bscp_tui.model.fields import Audience
from bscp_tui.model.kinds import place_of
from bscp_tui.model.view import View
from bscp_tui.store.register import Register
from bscp_tui.store.snapshot import Snapshot

AUDIENCE = ("audience",)
LeavesOut = Callable[[View], Withheld | None]


def leaves_out(readers: Readers, now: Snapshot) -> LeavesOut:
    """Return what says why a record is withheld from ``readers``, as it stood and as it stands ``now``."""
    return partial(_withheld, readers, now)


def _withheld(readers: Readers, now: Snapshot, view: View) -> Withheld | None:
    why = readers.withheld(view)
    if why is not None:
        return why
    standing = now.at_path(view.path)
    if isinstance(standing, View):
        return readers.withheld(standing)
    # What is gone, or cannot be read, may be for fewer readers by now.
    return "audience"


def rows_for(
    readers: Readers, register: Register, found: Iterable[HistoryRow]
) -> tuple[list[HistoryRow], dict[str, Withheld]]:
    """Return the changes that ``readers`` may have, and why the records of others are left out, by their files.

    A change that was made while its record was for fewer readers stays withheld when the record is opened later.
    """
    told, now = list(found), register.snapshot()
    withheld = {path: why for path in {row.path for row in told} if (why := _now(readers, now, path)) is not None}
    inner = _while_narrower(readers, register, now, {row.path for row in told} - withheld.keys())
    kept = [row for row in told if row.path not in withheld and (row.commit, row.path) not in inner]
    left_out = withheld | {row.path: "audience" for row in told if (row.commit, row.path) in inner}
    return kept, left_out


def _now(readers: Readers, now: Snapshot, path: str) -> Withheld | None:
    view = now.at_path(path)
    return readers.withheld(view) if isinstance(view, View) else "audience"


def _while_narrower(
    readers: Readers, register: Register, now: Snapshot, paths: Collection[str]
) -> set[tuple[str, str]]:
    """Return (commit, path) of the changes that were made while their records were for fewer readers."""
    changed = {row.path for row in rows(register, Query(field="audience")) if row.place == AUDIENCE}
    return {
        (commit, path)
        for path in changed & set(paths)
        for commit in while_narrower(readers, register, now.at_path(path), rows(register, Query(path=path)))
    }


def while_narrower(
    readers: Readers, register: Register, standing: object, history: Sequence[HistoryRow]
) -> frozenset[str]:
    """Return the commits that changed a record while it was for fewer readers.

    Args:
        readers: Whom the changes are told to.
        register: The register.
        standing: The record as it stands now; anything but a view where it cannot be read.
        history: All changes of the record, newest first.

    """
    after = audience_of(whole(standing)) if isinstance(standing, View) else AUDIENCES[-1]
    # Within one entry every change has the audience from before it, and the one that it leaves.
    began = {row.commit: _audience(row.old, register, row.path) for row in history if row.place == AUDIENCE}
    inner = set()
    for row in history:
        before = began.get(row.commit, after)
        if any(AUDIENCES.index(each) > AUDIENCES.index(readers.audience) for each in (before, after)):
            inner.add(row.commit)
        if row.place == AUDIENCE:
            after = before
    return frozenset(inner)


def _audience(value: object, register: Register, path: str) -> Audience:
    """Return an audience as a change tells it; what was not set was as is usual for the kind."""
    for audience in AUDIENCES:
        if value == audience:
            return audience
    place = place_of(register.repository.inner(path) or "")
    usual: Audience | None = getattr(place[0].model, "usual_audience", None) if place else None
    return usual or UNSET
