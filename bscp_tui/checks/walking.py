"""One walk over a record for all rules that look at every table and every value of it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum
from functools import cache
from typing import Any

from bscp_tui.checks.rule import Steps
from bscp_tui.model.fields import FieldFacts, Shape, fields_of
from bscp_tui.model.record import Part

_NAMING = frozenset({Shape.BODY, Shape.BODIES, Shape.RECORD, Shape.RECORDS})
_EMPTY: tuple[object, ...] = ()


@dataclass
class Walk:
    """What a record holds, in the order of its fields; rows that are records of their own are not entered.

    Attributes:
        item: The record or row.
        parts: It and every table inside it, with its place.
        days: Each date: where its part lies, its field, and itself.
        named: Each reference: its place, itself, and the kinds that it may name.
        lists: Each list of references: its place, and itself.
        texts: Each text: where its part lies, its place there, itself, and whether every such record has one.
        tables: Each table of several rows, entered or not: where its part lies, its field, and the rows.
        below: Each whole number below nought: where its part lies, its name, and itself.

    """

    item: Part | None
    parts: list[tuple[Steps, Part]] = field(default_factory=list)
    days: list[tuple[Steps, FieldFacts, Any]] = field(default_factory=list)
    named: list[tuple[Steps, str, tuple[str, ...]]] = field(default_factory=list)
    lists: list[tuple[Steps, Sequence[str]]] = field(default_factory=list)
    texts: list[tuple[Steps, Steps, str, bool]] = field(default_factory=list)
    tables: list[tuple[Steps, FieldFacts, Sequence[Any]]] = field(default_factory=list)
    below: list[tuple[Steps, str, int]] = field(default_factory=list)

    def enter(self, part: Part, steps: Steps) -> None:
        """Go over one table, and what lies in it."""
        self.parts.append((steps, part))
        plan = _plan(type(part))
        for name, value in vars(part).items():
            if value is None or value is _EMPTY:
                continue
            wanted = plan.get(name)
            if wanted is None:
                continue
            what, facts, deeper = wanted
            if what is _What.TEXT:
                self.texts.append((steps, (name,), value, facts.required))
            elif what is _What.DAY:
                self.days.append((steps, facts, value))
            elif what is _What.NUMBER:
                if type(value) is int and value < 0:
                    self.below.append((steps, name, value))
            elif what is _What.LINES:
                self.texts += [(steps, (name, place), text, False) for place, text in enumerate(value)]
            elif what is _What.NAMED:
                self._name(steps, facts, value)
            else:
                self._table(steps, facts, value, deeper=deeper)

    def _name(self, steps: Steps, facts: FieldFacts, value: Any) -> None:
        at = (*steps, facts.name)
        if isinstance(value, str):
            self.texts.append((steps, (facts.name,), value, facts.required))
            if value:
                self.named.append((at, value, facts.kinds))
            return
        self.lists.append((at, value))
        self.texts += [(steps, (facts.name, place), ref, False) for place, ref in enumerate(value)]
        self.named += [((*at, place), ref, facts.kinds) for place, ref in enumerate(value)]

    def _table(self, steps: Steps, facts: FieldFacts, value: Any, *, deeper: bool) -> None:
        if facts.shape is Shape.PART:
            if deeper:
                self.enter(value, (*steps, facts.name))
            return
        self.tables.append((steps, facts, value))
        if deeper:
            for place, row in enumerate(value):
                self.enter(row, (*steps, facts.name, place))


class _What(Enum):
    """How a field's values are looked at."""

    TEXT, DAY, NUMBER, LINES, NAMED, TABLE = range(6)


@cache
def _plan(model: type[Part]) -> dict[str, tuple[_What, FieldFacts, bool]]:
    """Return by name the fields that are looked at: how, their declaration, and whether a table is entered."""
    plan = {}
    for name, facts in fields_of(model).items():
        what = _what(facts)
        if what is not None:
            deeper = facts.part is not None and not getattr(facts.part, "stands_alone", False)
            plan[name] = (what, facts, deeper)
    return plan


def _what(facts: FieldFacts) -> _What | None:
    if facts.shape in _NAMING:
        return _What.NAMED
    if facts.part is not None:
        return _What.TABLE
    return {
        Shape.LINE: _What.TEXT, Shape.LONG: _What.TEXT, Shape.LINES: _What.LINES, Shape.DAY: _What.DAY,
        Shape.NUMBER: _What.NUMBER, Shape.AMOUNT: _What.NUMBER, Shape.MONEY: _What.NUMBER, Shape.CHOICE: _What.TEXT,
    }.get(facts.shape)  # fmt: skip


_last = Walk(None)


def walked(item: Part) -> Walk:
    """Return the walk over ``item``; the rules ask one after another for the same, which is walked once."""
    global _last  # noqa: PLW0603 - one record's walk at most is held; each caller reads it once
    walk = _last
    if walk.item is not item:
        walk = Walk(item)
        walk.enter(item, ())
        _last = walk
    return walk
