"""Records selected by a kind and a filter, written as one line: ``key-action plan=2025-27 overdue=yes``."""

import shlex
from collections.abc import Iterator, Sequence

from bscp_tui.model.filters import FilterError, Term, matches, read_filter
from bscp_tui.model.kinds import KINDS
from bscp_tui.model.record import Kind
from bscp_tui.model.view import Lookup, View


def selection(text: str) -> tuple[Kind, Sequence[Term]]:
    """Return the kind and the conditions that ``text`` names.

    Raises:
        FilterError: There is no such kind, or the filter cannot be read.

    """
    try:
        words = shlex.split(text)
    except ValueError as error:
        raise FilterError(f"{error}.") from None
    kind = KINDS.get(words[0]) if words else None
    if kind is None:
        msg = f"it begins with no kind of record. The kinds are: {', '.join(KINDS)}."
        raise FilterError(msg)
    return kind, read_filter(words[1:], kind)


def selected(register: Lookup, text: str) -> Iterator[View]:
    """Yield the records that ``text`` selects.

    Raises:
        FilterError: It cannot be read.

    """
    kind, terms = selection(text)
    for view in register.of_kind(kind.name):
        if matches(view, terms, register.name_matches):
            yield view
