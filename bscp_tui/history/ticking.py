"""When every entry was made, for the time bar: from the index, in the history's own order."""

import datetime as dt
from functools import partial

from bscp_tui.history.index import Index, in_memory
from bscp_tui.store.moments import Ticks, zone_of
from bscp_tui.store.register import Register


def ticks(register: Register, tip: str | None = None) -> Ticks:
    """Return every entry up to the commit ``tip`` (the newest without one), the oldest first.

    Raises:
        RegisterError: The history cannot be read.

    """
    head = register.head
    if head is None:
        return Ticks()
    index = Index(register.repository, head)
    try:
        found = index.answer(partial(_ticks, index, register, tip or head))
    finally:
        index.close()
    if found is None:  # a commit beside the newest one's history
        index = in_memory(register.repository, tip or head)
        found = index.answer(partial(_ticks, index, register, tip or head))
    return found or Ticks()


def _ticks(index: Index, register: Register, tip: str) -> Ticks | None:
    """Return the entries up to ``tip``; None where it is not on the first parents' line of what is indexed."""
    place = index.place_of(tip)
    if place is None or not place[1]:
        return None
    zone = zone_of(register)
    commits, recorded, *others = zip(*index.outlines(place[0] + 1), strict=True)
    return Ticks(commits, [dt.datetime.fromtimestamp(seconds, zone) for seconds in recorded], *others)
