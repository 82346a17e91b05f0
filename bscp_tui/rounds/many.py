"""One change of many records: what each would be told as, what a rule refuses, and all of it recorded together."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from bscp_tui.model.amendment import Amendment, OvertakenError, amend
from bscp_tui.model.view import Circumstances, RefusedChangeError, View
from bscp_tui.store.register import Register
from bscp_tui.store.snapshot import Snapshot

# The values to be recorded of one record, by field.
Values = Callable[[View], Mapping[str, object]]


@dataclass(frozen=True)
class Planned:
    """What a change of many would do to one of them.

    Attributes:
        view: The record.
        amendment: Its change; None where it is refused, or says already what it is to say.
        sentence: What would be recorded; "" where nothing would.
        error: Why it is refused, None where it is not.

    """

    view: View
    amendment: Amendment | None
    sentence: str = ""
    error: RefusedChangeError | OvertakenError | None = None

    @property
    def told(self) -> str:
        """What would be recorded, or why nothing would, on one line."""
        if self.error is not None:
            told = str(self.error)
            return told if self.view.ref in told else f"{self.view.ref}: {told}"
        return self.sentence or f"{self.view.ref}: says so already"


def planned(
    register: Register,
    snapshot: Snapshot,
    views: Sequence[View],
    values: Values,
    why: Circumstances,
    wanted: Callable[[], bool] = lambda: True,
) -> list[Planned]:
    """Return what recording ``values`` on each of ``views`` would do; nothing is recorded.

    Args:
        register: The register.
        snapshot: Its records as they were read.
        views: The records, of one kind.
        values: What is to be recorded of each.
        why: Reason, effective date, evidence, decision: the same for all.
        wanted: Asked before each; once it says no, what was worked out so far is returned.

    """
    plans = []
    for view in views:
        if not wanted():
            break
        plans.append(_planned(register, snapshot, view, values, why))
    return plans


def _planned(register: Register, snapshot: Snapshot, view: View, values: Values, why: Circumstances) -> Planned:
    if view.mark:
        told = f"{view.ref}: its file was edited by hand. Record that first, or put it back."
        return Planned(view, None, error=RefusedChangeError(told))
    try:
        amendment = amend(view, snapshot.document(view.path), values(view), why)
        if not amendment.changes:
            return Planned(view, None)
        return Planned(view, amendment, register.preview(amendment))
    except (RefusedChangeError, OvertakenError) as error:
        return Planned(view, None, error=error)
