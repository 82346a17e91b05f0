"""One walk over a record for all rules that look at every table and every value of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple

from bscp_tui.checks.rule import Steps
from bscp_tui.model.fields import FieldFacts, Shape, fields_of
from bscp_tui.model.record import Part

_NAMING = frozenset({Shape.BODY, Shape.BODIES, Shape.RECORD, Shape.RECORDS})
_TEXTS = frozenset({Shape.LINE, Shape.LONG, Shape.BODY, Shape.RECORD})
_LISTS = frozenset({Shape.LINES, Shape.BODIES, Shape.RECORDS})
_NUMBERS = frozenset({Shape.NUMBER, Shape.AMOUNT, Shape.MONEY})


@dataclass
class Walk:
    """What a record holds, in the order of its fields; rows that are records of their own are not entered.

    A rule names the lists that it goes through (``Rule.through``), and is not even asked where they are empty.

    Attributes:
        item: The record or row.
        parts: It and every table inside it, with its place.
        unknown: Each key that is not understood: where its part lies, and its name.
        days: Each date: where its part lies, its field, and itself.
        dated: Each part of several dates: its place, and its dates by the names of their fields.
        named: Each reference: its place, itself, and the kinds that it may name.
        blank: Each empty text of those that every such record has: where its part lies, and its field.
        odd: Each text of other than ASCII's printable characters: where its part lies, its place there, and itself.
        several: Each list of references, or table, of more than one: where its part lies, its field, and itself.
        numbered: Each table of numbered rows, entered or not, of the record itself: its field, and the rows.
        below: Each whole number below nought: where its part lies, its name, and itself.

    """

    item: Part | None
    parts: list[tuple[Steps, Part]] = field(default_factory=list)
    unknown: list[tuple[Steps, str]] = field(default_factory=list)
    days: list[tuple[Steps, FieldFacts, Any]] = field(default_factory=list)
    dated: list[tuple[Steps, dict[str, Any]]] = field(default_factory=list)
    named: list[tuple[Steps, str, tuple[str, ...]]] = field(default_factory=list)
    blank: list[tuple[Steps, FieldFacts]] = field(default_factory=list)
    odd: list[tuple[Steps, Steps, str]] = field(default_factory=list)
    several: list[tuple[Steps, FieldFacts, Sequence[Any]]] = field(default_factory=list)
    numbered: list[tuple[FieldFacts, Sequence[Any]]] = field(default_factory=list)
    below: list[tuple[Steps, str, int]] = field(default_factory=list)

    def enter(self, part: Part, steps: Steps) -> None:
        """Go over one table, and what lies in it."""
        self.parts.append((steps, part))
        if part.__pydantic_extra__:
            self.unknown += [(steps, name) for name in part.__pydantic_extra__]
        values = vars(part)
        plan = _plan(type(part), frozenset(part.__pydantic_fields_set__))
        self._texts(steps, plan, values)
        if plan.days:
            days = {facts.name: day for facts in plan.days if (day := values[facts.name]) is not None}
            self.days += [(steps, facts, days[facts.name]) for facts in plan.days if facts.name in days]
            if len(days) > 1:
                self.dated.append((steps, days))
        for name in plan.numbers:
            if type(values[name]) is int and values[name] < 0:
                self.below.append((steps, name, values[name]))
        for facts in plan.named:
            self._name(steps, facts, values[facts.name])
        for facts, deeper in plan.tables:
            self._table(steps, facts, values[facts.name], deeper=deeper)

    def _texts(self, steps: Steps, plan: "_Plan", values: Mapping[str, Any]) -> None:
        for name in plan.texts:
            text = values[name]
            if text is not None and not (text.isascii() and text.isprintable()):
                self.odd.append((steps, (name,), text))
        for facts in plan.always:
            if not values[facts.name].strip():
                self.blank.append((steps, facts))
        for name in plan.lines:
            self.odd += [(steps, (name, place), text) for place, text in enumerate(values[name] or ()) if _is_odd(text)]

    def _name(self, steps: Steps, facts: FieldFacts, value: Any) -> None:
        at = (*steps, facts.name)
        if isinstance(value, str):
            if value:
                self.named.append((at, value, facts.kinds))
        elif value:
            self.named += [((*at, place), ref, facts.kinds) for place, ref in enumerate(value)]
            if len(value) > 1:
                self.several.append((steps, facts, value))

    def _table(self, steps: Steps, facts: FieldFacts, value: Any, *, deeper: bool) -> None:
        if not value:
            return
        if facts.shape is Shape.PART:
            if deeper:
                self.enter(value, (*steps, facts.name))
            return
        if len(value) > 1:
            self.several.append((steps, facts, value))
        if not steps and "number" in vars(value[0]):
            self.numbered.append((facts, value))
        if deeper:
            for place, row in enumerate(value):
                self.enter(row, (*steps, facts.name, place))


class _Plan(NamedTuple):
    """Which fields of a table are looked at, and as what."""

    texts: tuple[str, ...]
    always: tuple[FieldFacts, ...]
    days: tuple[FieldFacts, ...]
    numbers: tuple[str, ...]
    lines: tuple[str, ...]
    named: tuple[FieldFacts, ...]
    tables: tuple[tuple[FieldFacts, bool], ...]


@lru_cache(maxsize=4096)
def _plan(model: type[Part], held: frozenset[str]) -> _Plan:
    """Return what is looked at in a table of ``model`` whose file holds just these fields; others hold nothing."""
    fields = [facts for name, facts in fields_of(model).items() if name in held]
    texts = [facts for facts in fields if facts.shape in _TEXTS]
    return _Plan(
        tuple(facts.name for facts in texts),
        tuple(facts for facts in texts if facts.required),
        tuple(facts for facts in fields if facts.shape is Shape.DAY),
        tuple(facts.name for facts in fields if facts.shape in _NUMBERS),
        tuple(facts.name for facts in fields if facts.shape in _LISTS),
        tuple(facts for facts in fields if facts.shape in _NAMING),
        tuple((facts, not getattr(facts.part, "stands_alone", False)) for facts in fields if facts.part is not None),
    )


def _is_odd(text: str) -> bool:
    return not (text.isascii() and text.isprintable())


@lru_cache(maxsize=4096)
def may_hold(model: type[Part], held: frozenset[str]) -> frozenset[str]:
    """Return the names of a walk's lists that may hold anything in a record whose file holds just these fields."""
    plan = _plan(model, held)
    found = {"parts", "unknown", "odd"}
    found |= {"blank"} if plan.always else set()
    found |= {"days"} if plan.days else set()
    found |= {"dated"} if len(plan.days) > 1 else set()
    found |= {"below"} if plan.numbers else set()
    found |= {"named", "several"} if plan.named else set()
    for facts, deeper in plan.tables:
        part: Any = facts.part
        found |= may_hold(part, frozenset(fields_of(part))) if deeper else set()
        found |= {"several", "numbered"} if facts.shape is Shape.PARTS else set()
    return frozenset(found)


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
