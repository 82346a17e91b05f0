"""What a partnership holds its records to: rules of the register, relaxed or tightened without code.

A rule is declared here or beside its kind, with what it means and how strict it is at first. The
register's ``bscp.toml`` may set each to ``refuse`` (the change is not recorded), ``warn`` (it is
recorded, and the person is told) or ``off``.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from bscp_tui.model.view import Circumstances, RefusedChangeError, View

Level = Literal["refuse", "warn", "off"]


@dataclass(frozen=True)
class Step:
    """A change as a rule looks at it.

    Attributes:
        old: The record, or the row of one, before; None for a new one.
        new: The same after.
        why: Reason, effective date, evidence, decision.
        limit: The number that the register gives the rule, if it takes one.

    """

    old: View | None
    new: View
    why: Circumstances
    limit: int = 0

    def becomes(self, *statuses: str) -> bool:
        """Whether the change brings one of ``statuses``."""
        now = self.new.value("status")
        return now in statuses and (self.old is None or self.old.value("status") != now)

    def changes(self, name: str) -> bool:
        """Whether the change gives a field another value."""
        before = self.old.value(name) if self.old is not None else None
        return self.new.value(name) != before


@dataclass(frozen=True)
class Rule:
    """A rule of the register.

    Attributes:
        name: As in ``bscp.toml`` and on the command line.
        means: What it asks, as a sentence.
        broken: Returns what is wrong with a step, None where nothing is.
        level: How strict it is unless the register says otherwise.
        field: The field that it is about.
        limit: The number that it takes, unless the register gives another; None where it takes none.
        statuses: The statuses without one of which nothing can break it; none where it is about more than those.
        needs: Fields without one of which nothing can break it; none where it is about more than those.

    """

    name: str
    means: str
    broken: Callable[[Step], str | None]
    level: Level = "refuse"
    field: str = "status"
    limit: int | None = None
    statuses: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()


def hold_to_rules(step: Step) -> tuple[str, ...]:
    """Return what the person is to be told of a change that the register's rules allow.

    Raises:
        RefusedChangeError: A rule that refuses is broken; the message explains the rule.

    """
    told = []
    for rule in (*step.new.item.held_to, *step.new.item.always_held_to):
        level, limit = step.new.register.settings.strictness(rule)
        if level == "off":
            continue
        wrong = rule.broken(Step(step.old, step.new, step.why, limit))
        if wrong is None:
            continue
        if level == "refuse":
            msg = f"{step.new.ref}: {wrong} The rule “{rule.name}”: {rule.means}"
            raise RefusedChangeError(msg, field=rule.field)
        told.append(f"{step.new.ref}: {wrong} (rule “{rule.name}”)")
    gate = step.new.register.gate
    return (*told, *(gate.brought(step) if gate is not None else ()))


def dated_evidence(view: View, *, shows: str | None = None, until: dt.date | None = None) -> bool:
    """Whether ``view`` has dated evidence, its own or a record that serves it.

    Args:
        view: A record or a row.
        shows: "impact" where only that counts.
        until: The last day that the evidence may be dated.

    """

    def serves(item: Any) -> bool:
        return (
            item.date is not None and (shows is None or item.shows == shows) and (until is None or item.date <= until)
        )

    if any(serves(item) for item in _evidence_of(view)):
        return True
    # Only where it has none of its own are all others looked at, which takes longer.
    return any(_is_evidence(other) and serves(other.item) for other in view.register.linking(view.ref))


def _evidence_of(view: View | None) -> Sequence[Any]:
    """Return the evidence that a record keeps; a record that is evidence is its own."""
    if view is None:
        return ()
    return (view.item,) if _is_evidence(view) else getattr(view.item, "evidence", ())


def _is_evidence(view: View) -> bool:
    return view.has("shows")


def _evidence_in_future(step: Step) -> str | None:
    before = _evidence_of(step.old)
    late = (item for item in _evidence_of(step.new) if item.date and item.date > step.new.today and item not in before)
    new = next(late, None)
    return None if new is None else f"evidence is dated {new.date:%d/%m/%Y}, which is still to come."


EVIDENCE_NOT_IN_FUTURE = Rule(
    "evidence-not-in-future",
    "Evidence shows what has happened; it may be dated up to the day on which it is recorded.",
    _evidence_in_future,
    field="evidence",
)
