"""The register's own rules, asked of records as they stand: an edit by hand can pass by what a change is held to."""

import datetime as dt
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from bscp_tui.checks.looking import document_of
from bscp_tui.checks.rule import About, Doubt, Rule, Severity
from bscp_tui.model.all_rules import RULES
from bscp_tui.model.record import Part
from bscp_tui.model.rules import Level, Step
from bscp_tui.model.rules import Rule as HeldRule
from bscp_tui.model.view import Circumstances, View

# Said by rules of plausibility, which name the row and the date.
SAID_ELSEWHERE = frozenset({
    "evidence-not-in-future", "target-within-plan", "revisions-at-most", "revision-needs-approval",
})  # fmt: skip
SEVERITY: dict[Level, Severity] = {"refuse": "error", "warn": "warning"}


@lru_cache(maxsize=8)
def _as_it_stands(today: dt.date) -> Circumstances:
    return Circumstances(None, today)


def _rule(held: HeldRule) -> Rule:
    about = About(
        held.name,
        SEVERITY.get(held.level, "info"),
        held.means,
        "The partnership holds every change to it; an edit by hand, an import or older work can pass it by.",
        f"A record that breaks it although no change may: see bscp show register.{held.name}.",
        "Record what is missing, or the status that is true: bscp set {ref} FIELD=VALUE --reason TEXT.",
    )

    def look(view: View, item: Any) -> Iterator[Doubt]:
        del item
        level, limit = view.register.settings.strictness(held)
        if level == "off" or vars((view.parent or view).item).get("status_basis") is not None:
            return
        wrong = held.broken(Step(None, view, _as_it_stands(view.today), limit))
        if wrong is not None:
            at = (held.field,) if view.field(held.field) is not None else ()
            # What was published so is kept as it was published; nobody recorded it against the rule.
            published = document_of(view) is not None
            yield Doubt(view, wrong, at, "warning" if published else SEVERITY[level])

    def holds(model: type[Part]) -> bool:
        return any(rule.name == held.name for rule in model.held_to)

    return Rule(
        about, each=look, held_as=held.name, only=holds, needs=frozenset(held.needs), statuses=frozenset(held.statuses)
    )


HELD = tuple(_rule(held) for held in RULES.values() if held.name not in SAID_ELSEWHERE)
