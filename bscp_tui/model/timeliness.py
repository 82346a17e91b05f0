"""Late or on time: derived from targets, revisions and the day, never typed."""

import datetime as dt
from typing import TYPE_CHECKING, Protocol, cast

from bscp_tui.model.document import new_item_ids
from bscp_tui.model.parts import Revision
from bscp_tui.model.record import FieldPath, Part, derived
from bscp_tui.model.workflow import DONE, OPEN

if TYPE_CHECKING:
    from bscp_tui.model.view import Circumstances, View


class _HasTarget(Protocol):
    target: dt.date | None
    revisions: tuple[Revision, ...]
    status: str | None


class Timed(Part):
    """What has a target, and revisions of it."""

    def inherited_target(self, view: "View") -> tuple[dt.date, str] | None:
        """Return a target that stands elsewhere and where; kinds that inherit none return None."""
        del view
        return None

    @derived
    def target_from(self, view: "View") -> str | None:
        """The reference of the row whose one target it shares; None where it has its own."""
        if cast("_HasTarget", self).target is not None:
            return None
        inherited = self.inherited_target(view)
        return inherited[1] if inherited else None

    @derived
    def original_target(self, view: "View") -> dt.date | None:
        """The target first set, a misprint corrected; revisions never change it."""
        corrections = getattr(self, "corrections", ())
        own = corrections[-1].target if corrections else cast("_HasTarget", self).target
        if own is not None:
            return own
        inherited = self.inherited_target(view)
        return inherited[0] if inherited else None

    @derived
    def due(self, view: "View") -> dt.date | None:
        """The date that counts today: the last revision's, else the original target."""
        revisions = cast("_HasTarget", self).revisions
        return revisions[-1].target if revisions else self.original_target(view)

    @derived
    def revised(self, view: "View") -> int:
        """How many times the target was revised."""
        del view
        return len(cast("_HasTarget", self).revisions)

    @property
    def owed(self) -> bool:
        """Whether it is still to be done here: what was carried forward is owed in the later plan."""
        return cast("_HasTarget", self).status in OPEN and getattr(self, "carried_forward_to", None) is None

    @derived
    def open(self, view: "View") -> bool:
        """Whether it is still to be done, as far as its status is recorded; carried forward, it is so elsewhere."""
        del view
        return self.owed

    @derived
    def overdue(self, view: "View") -> bool:
        """Open after the date that counts; never true without one."""
        due = self.due(view)
        return self.open(view) and due is not None and due < view.today

    @derived
    def days_late(self, view: "View") -> int | None:
        """Days since the date that counts, 0 while it is not late; None without a target."""
        return self._late(self.due(view), view)

    @derived
    def days_late_original(self, view: "View") -> int | None:
        """Days since the original target, 0 while it is not late; None without a target."""
        return self._late(self.original_target(view), view)

    @derived
    def timeliness(self, view: "View") -> str:
        """Late or not, in words."""
        status, due = cast("_HasTarget", self).status, self.due(view)
        if status in DONE:
            return "done"
        if status in {"deferred", "superseded"}:
            return str(status)
        if status in OPEN and not self.owed:
            return "carried forward"
        if due is None:
            return "no target"
        days = (due - view.today).days
        if not self.open(view):
            return "not recorded" if days >= 0 else "target has passed"
        if days < 0:
            return f"{-days} {_days(-days)} late"
        return in_days(days)

    @classmethod
    def amended(cls, view: "View", name: str, value: object, why: "Circumstances") -> dict[FieldPath, object]:
        """A second target is a revision, or corrects a misprint; the first is never overwritten."""
        if name == "target" and isinstance(value, dt.date):
            return _target_changes(view, value, why)
        return super().amended(view, name, value, why)

    def _late(self, target: dt.date | None, view: "View") -> int | None:
        if target is None:
            return None
        return max((view.today - target).days, 0) if self.open(view) else 0


def _target_changes(view: "View", value: dt.date, why: "Circumstances") -> dict[FieldPath, object]:
    """Return what recording a target changes: the first one is set, a misprint corrected, any other is a revision."""
    original = view.value("original_target")
    if not isinstance(original, dt.date):
        return {("target",): value}
    rows = (*getattr(view.item, "revisions", ()), *getattr(view.item, "corrections", ()))
    identifier = next(new_item_ids(row.id for row in rows))
    if why.according_to:
        row: dict[str, object] = {"id": identifier, "printed": original, "target": value, "date": why.effective}
        row |= {"according_to": why.according_to, **_agreed(why)}
        return {} if value == original else {("corrections", f"#{identifier}"): row}
    revisions = getattr(view.item, "revisions", ())
    if value == (revisions[-1].target if revisions else original):
        return {}
    row = {"id": identifier, "target": value, "date": why.effective, **_agreed(why)}
    return {("revisions", f"#{identifier}"): row}


def _agreed(why: "Circumstances") -> dict[str, object]:
    told: dict[str, object] = {"approved_by": why.decided_at} if why.decided_at else {}
    return told | {"reason": why.reason}


def in_days(days: int) -> str:
    """Return how far off a date is that has not passed: "due in 9 days"."""
    return "due today" if days == 0 else f"due in {days} {_days(days)}"


def _days(count: int) -> str:
    return "day" if count == 1 else "days"
