"""What somebody owes until it is settled: who, by when, and whether that has passed."""

import datetime as dt
from typing import TYPE_CHECKING, ClassVar, Protocol, cast

from bscp_tui.model.record import Part, derived

if TYPE_CHECKING:
    from bscp_tui.model.view import View


class _HasOwner(Protocol):
    owner: str | None
    due: dt.date | None
    status: str


class Owed(Part):
    """What is owed by its ``owner`` by the day ``due``, as long as its ``status`` says that it is open."""

    chased: ClassVar[bool] = True
    # The statuses in which nothing more is expected of its owner.
    settled_when: ClassVar[frozenset[str]] = frozenset()

    @derived
    def lead(self, view: "View") -> str | None:
        """Who owes it, by name."""
        owner = cast("_HasOwner", self).owner
        return view.name_of(owner) if owner else None

    @derived
    def leads(self, view: "View") -> list[str]:
        """The reference of who owes it."""
        del view
        owner = cast("_HasOwner", self).owner
        return [owner] if owner else []

    @derived
    def open(self, view: "View") -> bool:
        """Whether something is still expected of its owner."""
        del view
        return cast("_HasOwner", self).status not in self.settled_when

    @derived
    def overdue(self, view: "View") -> bool:
        """Open after the day on which it was due; never true without one."""
        due = cast("_HasOwner", self).due
        return self.open(view) and due is not None and due < view.today


def days_between(earlier: dt.date | None, later: dt.date | None) -> int | None:
    """Return how many days lie between two days, None while one of them is not recorded."""
    return (later - earlier).days if earlier and later else None
