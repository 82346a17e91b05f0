"""What days must be true of each other: what has happened is not to come, and an answer follows its question."""

import datetime as dt
from itertools import pairwise

from bscp_tui.model.dates import in_short
from bscp_tui.model.rules import Rule, Step


def happened(*names: str) -> Rule:
    """Return the rule that the days in fields ``names`` are past, or today: each tells of what has happened."""

    def broken(step: Step) -> str | None:
        for name in names:
            day = step.new.value(name)
            if isinstance(day, dt.date) and day > step.new.today and step.changes(name):
                return f"{_label(step, name)} is {in_short(day)}, which is still to come."
        return None

    return Rule(
        "happened-not-in-future",
        "A day on which something happened is past, or the day on which it is recorded.",
        broken,
        field=names[0],
    )


def in_order(*names: str) -> Rule:
    """Return the rule that the days in fields ``names``, as far as they are recorded, follow each other."""

    def broken(step: Step) -> str | None:
        told = [(name, day) for name in names if isinstance(day := step.new.value(name), dt.date)]
        for (first, earlier), (second, later) in pairwise(told):
            if later < earlier and (step.changes(first) or step.changes(second)):
                before = f"{_label(step, first)} {in_short(earlier)}"
                return f"{_label(step, second)} {in_short(later)} lies before {before}. Correct one of them."
        return None

    return Rule("days-in-order", "What follows from something is dated on its day or later.", broken, field=names[-1])


def _label(step: Step, name: str) -> str:
    facts = step.new.field(name)
    return facts.label if facts else name.replace("_", " ")
