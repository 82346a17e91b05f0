"""What somebody owes, of every plan and kind; what several reports ask of it."""

import datetime as dt
from collections.abc import Sequence

from bscp_tui.model.kinds import KINDS
from bscp_tui.model.ordering import natural
from bscp_tui.model.view import View
from bscp_tui.store.snapshot import Snapshot

CHASED = tuple(kind for kind in KINDS.values() if kind.model.chased)
# The kinds whose files hold it.
COUNTED = tuple(dict.fromkeys(kind.inside[0] if kind.inside else kind.name for kind in CHASED))

# The questions that count it again.
OWED = " plus ".join(f"count {kind.name} open=yes" for kind in CHASED)
OVERDUE = " plus ".join(f"count {kind.name} open=yes overdue=yes" for kind in CHASED)


def owed_now(snapshot: Snapshot) -> list[View]:
    """Return everything that somebody still owes, of every plan and kind."""
    return [view for view in chased(snapshot) if view.value("open") is True]


def chased(snapshot: Snapshot) -> list[View]:
    """Return everything that somebody owes or owed, settled or not."""
    return [view for kind in CHASED for view in snapshot.views(kind)]


def parties_of(view: View) -> list[str]:
    """Return the references of who owes ``view``, each once; none where nobody is named by reference."""
    parties = view.value("leads")
    return list(dict.fromkeys(map(str, parties))) if isinstance(parties, list) else []


def is_overdue(view: View) -> bool:
    """Whether it is open after its date."""
    return view.value("overdue") is True


def is_soon(view: View, within: int) -> bool:
    """Whether its date is today, or lies at most so many days ahead."""
    due = due_of(view)
    return due is not None and 0 <= (due - view.today).days <= within


def due_of(view: View) -> dt.date | None:
    """Return the date that counts, None without one."""
    due = view.value("due")
    return due if isinstance(due, dt.date) else None


def kind_words(view: View) -> str:
    """Return what kind of thing it is, in words."""
    return view.kind.name.replace("-", " ")


def state_of(view: View, within: int) -> str:
    """Return whether it is late, due soon or to come, in words."""
    due = due_of(view)
    if due is None:
        return "no date"
    if is_overdue(view):
        days = (view.today - due).days
        return f"{days} day{'' if days == 1 else 's'} late"
    return "due soon" if is_soon(view, within) else "to come"


def late_first(views: Sequence[View]) -> list[View]:
    """Return them by date, what has none last."""
    return sorted(views, key=lambda view: (due_of(view) or dt.date.max, natural(view.ref)))
