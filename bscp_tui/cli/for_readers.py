"""``--audience``: an output made for the public, the partnership or the group, and what it leaves out."""

from argparse import Namespace
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from bscp_tui.cli.main import say
from bscp_tui.history.comparison import Compared
from bscp_tui.history.for_readers import leaves_out, rows_for
from bscp_tui.history.rows import HistoryRow
from bscp_tui.model.audience import Readers, Withheld, embargo_of
from bscp_tui.model.dates import in_words
from bscp_tui.model.filters import Term, matches, names_in
from bscp_tui.model.record import Kind
from bscp_tui.model.view import View
from bscp_tui.store.loading import Unreadable
from bscp_tui.store.register import Register
from bscp_tui.store.snapshot import Snapshot

if TYPE_CHECKING:
    from bscp_tui.history.position import Position


def readers_of(register: Register, options: Namespace) -> Readers:
    """Return whom the output is made for; an embargo counts by today, whatever day the output tells of."""
    return Readers(options.audience, register.today)


def snapshot_for(register: Register, options: Namespace, snapshot: Snapshot) -> Snapshot:
    """Return ``snapshot`` as far as the readers whom ``--audience`` names may have it."""
    return snapshot.made_for(leaves_out(readers_of(register, options), register.snapshot()))


def history_for(register: Register, options: Namespace, found: Iterable[HistoryRow]) -> list[HistoryRow]:
    """Return the changes that the readers may have, and say what is left out."""
    readers = readers_of(register, options)
    kept, left_out = rows_for(readers, register, found)
    say(readers.told(left_out.values()))
    return kept


def position_for(register: Register, options: Namespace, position: "Position") -> "Position":
    """Return a position as far as the readers may have it, with what was recorded late."""
    late, _ = rows_for(readers_of(register, options), register, position.late)
    return replace(position, late=tuple(late), snapshot=snapshot_for(register, options, position.snapshot))


def list_for(
    register: Register, options: Namespace, snapshot: Snapshot, kind: Kind, terms: Sequence[Term]
) -> list[str]:
    """Return whom a list is for and how many of what was asked for it leaves out, and say it beside the list."""
    whole = snapshot.whole
    asked = whole.views(kind, withdrawn=options.withdrawn, names=names_in(terms, kind))
    why = [why for view in asked if (why := snapshot.withholds(view)) and matches(view, terms, whole.name_matches)]
    return _told(register, options, why, len(whole.unreadable(kind)))


def show_for(register: Register, options: Namespace, snapshot: Snapshot, found: View | Unreadable) -> View | None:
    """Return a record as the readers may have it; say why, and return None, where they may not."""
    if isinstance(found, Unreadable):
        say(f"{found.ref} cannot be read, so nobody can tell whom it is for. Mend it first, or leave --audience out.")
        return None
    why = snapshot.withholds(found)
    if why is not None:
        held = {
            "audience": "it is for fewer readers",
            "embargo": f"it is under embargo until {in_words(embargo_of(found) or register.today)}",
        }
        say(f"{found.ref} is not shown to the readers asked for ({options.audience}): {held[why]}.")
        return None
    return snapshot.view(found.ref)


def comparison_for(
    register: Register, options: Namespace, found: Iterable[Compared], moments: Sequence[str]
) -> list[Compared]:
    """Return what differs as far as the readers may have it, then and now, and say what is left out."""
    readers, told = readers_of(register, options), list(found)
    snapshots = [register.snapshot(), *(register.snapshot_at(commit) for commit in moments)]
    steps, _ = rows_for(readers, register, [step for each in told for step in each.steps])
    known = {(step.commit, step.path) for step in steps}
    kept: list[Compared] = []
    left_out: dict[str, Withheld] = {}
    for each in told:
        views = [view for snapshot in snapshots if (view := snapshot.at_path(each.path)) is not None]
        why: list[Withheld | None] = [
            readers.withheld(view) if isinstance(view, View) else "audience" for view in views
        ]
        if not views or any(why):
            left_out[each.path] = next((one for one in why if one), "audience")
        else:
            theirs = tuple(step for step in each.steps if (step.commit, step.path) in known)
            kept.append(replace(each, steps=theirs))
    say(readers.told(left_out.values()))
    return kept


def _told(register: Register, options: Namespace, withheld: Iterable[Withheld], broken: int) -> list[str]:
    told = [readers_of(register, options).told(withheld)]
    if broken:
        told.append(f"{broken} more cannot be read, so nobody can tell whom they are for; they are left out.")
    for sentence in told:
        say(sentence)
    return told
