"""When every entry was made, for the time bar: from the index, in the history's own order."""

import datetime as dt
from collections.abc import Sequence
from functools import partial

from bscp_tui.history.index import Index, in_memory
from bscp_tui.store.moments import Tick, zone_of
from bscp_tui.store.register import Register


def ticks(register: Register, tip: str | None = None) -> Sequence[Tick]:
    """Return every entry up to the commit ``tip`` (the newest without one), the oldest first.

    Raises:
        RegisterError: The history cannot be read.

    """
    head = register.head
    if head is None:
        return ()
    index = Index(register.repository, head)
    try:
        found = index.answer(partial(_ticks, index, register, tip or head))
    finally:
        index.close()
    if found is None:  # a commit beside the newest one's history
        index = in_memory(register.repository, tip or head)
        found = index.answer(partial(_ticks, index, register, tip or head))
    return found or ()


def _ticks(index: Index, register: Register, tip: str) -> list[Tick] | None:
    """Return the entries up to ``tip``; None where it is not on the first parents' line of what is indexed."""
    place = index.place_of(tip)
    if place is None or not place[1]:
        return None
    zone = zone_of(register)
    return [
        Tick(commit, dt.datetime.fromtimestamp(recorded, zone), by, sentence, decided_at, counts)
        for commit, recorded, by, sentence, decided_at, counts in index.outlines(place[0] + 1)
    ]
