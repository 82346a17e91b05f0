"""Which kinds lie below which: read from the declarations, so that a new kind finds its place."""

from bscp_tui.model.kinds import KINDS
from bscp_tui.model.record import Kind
from bscp_tui.model.view import View


def above(kind: Kind) -> frozenset[str]:
    """Return the names of the kinds that a record of ``kind`` says it belongs to.

    A kind belongs to another if it derives a value of that kind's name: a key action derives
    ``plan``, ``priority`` and ``action``.
    """
    names = {other: other.replace("-", "_") for other in KINDS if other != kind.name}
    return frozenset(other for other, name in names.items() if name in kind.model.derivations)


def below(kind: Kind) -> list[Kind]:
    """Return the kinds whose records lie directly below a record of ``kind``."""
    own = above(kind) | {kind.name}
    return [other for other in KINDS.values() if above(other) == own]


def filter_below(view: View, kind: Kind) -> str:
    """Return the filter that finds the records of ``kind`` that belong to ``view``."""
    terms = []
    for name in KINDS:
        field = name.replace("-", "_")
        if name in above(kind) and (name in above(view.kind) or name == view.kind.name):
            value = view.value(field) if view.has(field) else view.ref
            terms.append(f"{field}={value}")
    return " ".join(terms)


def filter_beside(view: View) -> str:
    """Return the filter that finds ``view`` and what lies in the same outermost place: its plan."""
    outermost = next((name for name in KINDS if name in above(view.kind)), None)
    if outermost is None:
        return ""
    field = outermost.replace("-", "_")
    return f"{field}={view.value(field)}"
