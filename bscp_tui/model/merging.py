"""Three versions of a record become one: field by field, from the version that both sides began with.

What one side alone changed is taken. Rows of a table are matched by their id, sets as sets, and what
both sides added is kept. Where both gave one field different values, nothing is chosen here: both
values are told, with the one before, and stay apart until somebody decides.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel

from bscp_tui.model.document import Document, by_key, row_name
from bscp_tui.model.fields import FieldFacts, Shape, fields_of
from bscp_tui.model.record import FieldPath

WITHDRAWN = "withdrawn"
_SETS = frozenset({Shape.BODIES, Shape.RECORDS, Shape.NUMBERS})


@dataclass(frozen=True)
class Conflict:
    """One field that both sides gave a value of their own.

    Attributes:
        path: Where in the document; for an order of rows, that of the table.
        field: The same as people and JSON name it, ``key_actions.3.status``.
        ancestor: The value that both began with; None where there was none.
        ours: The one side's value; None where it was removed.
        theirs: The other side's value; None where it was removed.

    """

    path: FieldPath
    field: str
    ancestor: object
    ours: object
    theirs: object


# Says which value a field takes that both sides changed.
Choose = Callable[[Conflict], object]


@dataclass(frozen=True)
class Merged:
    """What three versions become.

    Attributes:
        document: The record; it holds the other side's value in a field that is in conflict, unless one was chosen.
        conflicts: The fields that both sides gave a value of their own, in the file's order.
        renumbered: Rows of ours whose number the other side had given to a row of its own: (name, old, new).

    """

    document: Document
    conflicts: tuple[Conflict, ...] = ()
    renumbered: tuple[tuple[str, int, int], ...] = ()


def merged(
    ancestor: Document, ours: Document, theirs: Document, model: type[BaseModel] | None, choose: Choose | None = None
) -> Merged:
    """Return ``theirs`` with what ``ours`` changed since ``ancestor``.

    Args:
        ancestor: The version that both sides began with.
        ours: The one side: what is added on top.
        theirs: The other side: what stands first where both appended.
        model: The record's declaration, for what is a set and what is a table; None where it is not known.
        choose: Asked for the value of each field in conflict; without it the other side's value stays.

    """
    work = _Merge(choose or (lambda conflict: conflict.theirs))
    document = work.part(_Three(ancestor, ours, theirs), model, (), "")
    return Merged(document, tuple(work.conflicts), tuple(work.renumbered))


def alike(one: object, other: object) -> bool:
    """Whether two values say the same; the order of a table's keys means nothing, ``1`` and ``true`` are two values."""
    if type(one) is not type(other):
        return False
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(alike(value, other[key]) for key, value in one.items())
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(alike, one, other))
    return one == other


@dataclass(frozen=True)
class _Three:
    """A value, or a part, in the three versions; None where it is not there."""

    ancestor: Any
    ours: Any
    theirs: Any

    def at(self, key: str) -> "_Three":
        """Return what stands under a key of a table."""
        return _Three(*((each or {}).get(key) for each in (self.ancestor, self.ours, self.theirs)))

    def settled(self) -> "tuple[object] | None":
        """Return the value, in a tuple of one, where at most one side changed it; None where both did, differently."""
        if alike(self.ours, self.theirs) or alike(self.ancestor, self.ours):
            return (self.theirs,)
        return (self.ours,) if alike(self.ancestor, self.theirs) else None

    def are(self, test: Callable[[Any], bool]) -> bool:
        """Whether both sides pass ``test``, and the ancestor where there was one."""
        return test(self.ours) and test(self.theirs) and (self.ancestor is None or test(self.ancestor))


@dataclass
class _Merge:
    """One merge under way."""

    choose: Choose
    conflicts: list[Conflict] = field(default_factory=list)
    renumbered: list[tuple[str, int, int]] = field(default_factory=list)

    def part(self, three: _Three, model: type[BaseModel] | None, path: FieldPath, name: str) -> Document:
        """Return a record, or a table of one, key by key; theirs come first."""
        facts = fields_of(model) if model is not None else {}
        withdrawing = self._withdrawing(three)
        result: Document = {}
        for key in dict.fromkeys((*three.theirs, *three.ours)):
            place, label = (*path, key), f"{name}.{key}" if name else key
            if key == WITHDRAWN and withdrawing:
                value = self._conflict(three.at(key), place, label)
            else:
                value = self._value(three.at(key), facts.get(key), place, label)
            if value is not None:
                result[key] = value
        return result

    @staticmethod
    def _withdrawing(three: _Three) -> bool:
        """Whether one side withdrew what the other went on with."""
        withdrawn = three.at(WITHDRAWN)
        sides = ((withdrawn.ours, three.ours), (withdrawn.theirs, three.theirs))
        gone = [value is not None and not alike(value, withdrawn.ancestor) for value, _ in sides]
        went_on = [alike(value, withdrawn.ancestor) and not alike(side, three.ancestor or {}) for value, side in sides]
        return (gone[0] and went_on[1]) or (gone[1] and went_on[0])

    def _value(self, three: _Three, facts: FieldFacts | None, path: FieldPath, name: str) -> object:
        if facts is not None and facts.rises and three.are(_is_number) and three.ancestor is not None:
            return three.theirs + (three.ours - three.ancestor)
        settled = three.settled()
        if settled is not None:
            return settled[0]
        model = facts.part if facts is not None else None
        if three.are(_is_part):
            return self.part(three, model, path, name)
        lists = _Three(*([] if each is None else each for each in (three.ancestor, three.ours, three.theirs)))
        if lists.are(_is_table):
            return self._rows(lists, model, path, name) or None
        if facts is not None and lists.are(_is_list) and facts.shape in _SETS | {Shape.LINES}:
            return self._elements(lists, path, name, is_set=facts.shape in _SETS or bool(facts.choices)) or None
        return self._conflict(three, path, name)

    def _rows(self, three: _Three, model: type[BaseModel] | None, path: FieldPath, name: str) -> object:
        if any("id" not in row and "number" not in row for each in vars(three).values() for row in each):
            return self._elements(three, path, name, is_set=False)
        keyed = _Three(*(by_key(each) for each in (three.ancestor, three.ours, three.theirs)))
        kept: dict[str, Any] = {}
        for key in dict.fromkeys((*keyed.theirs, *keyed.ours)):
            row = keyed.at(key)
            rows = keyed.ours if key in keyed.ours else keyed.theirs
            label = f"{name}.{row_name(rows[key], rows, key)}"
            value = self._row(row, model, (*path, f"#{key}"), label)
            if value is not None:
                kept[key] = value
        self._number_anew(keyed, kept, model, name)
        order = self._order(keyed, kept, path, name)
        return [kept[key] for key in order]

    def _row(self, row: _Three, model: type[BaseModel] | None, path: FieldPath, name: str) -> object:
        settled = row.settled()
        if settled is not None:
            return settled[0]
        if row.ours is None or row.theirs is None:
            return self._conflict(row, path, name)
        return self.part(_Three(row.ancestor or {}, row.ours, row.theirs), model, path, name)

    def _number_anew(self, keyed: _Three, kept: dict[str, Any], model: type[BaseModel] | None, name: str) -> None:
        """Give a row that we added the next number, where the other side gave its number to a row that it added."""
        if model is None or "number" not in fields_of(model):
            return
        added = [row.get("number") for key, row in keyed.theirs.items() if key not in keyed.ancestor]
        theirs = {number for number in added if isinstance(number, int)}
        for key in [key for key in kept if key not in keyed.ancestor and key not in keyed.theirs]:
            old = kept[key].get("number")
            if not isinstance(old, int) or old not in theirs:
                continue
            new = max(row["number"] for row in kept.values() if isinstance(row.get("number"), int)) + 1
            kept[key] = {**kept[key], "number": new}
            self.renumbered.append((name, old, new))

    def _elements(self, three: _Three, path: FieldPath, name: str, *, is_set: bool) -> object:
        """Return a list whose elements are known by what they say alone."""
        keyed = _Three(*(_by_content(each) for each in (three.ancestor, three.ours, three.theirs)))
        gone = [set(keyed.ancestor) - set(side) for side in (keyed.ours, keyed.theirs)]
        new = [set(side) - set(keyed.ancestor) for side in (keyed.ours, keyed.theirs)]
        if not is_set and gone[0] & gone[1] and new[0] - new[1] and new[1] - new[0]:
            return self._conflict(three, path, name)  # both wrote one element anew, each in their own words
        kept = {
            key: value
            for key, value in {**keyed.theirs, **keyed.ours}.items()
            if key not in keyed.ancestor or (key in keyed.ours and key in keyed.theirs)
        }
        return [kept[key] for key in self._order(keyed, kept, path, name)]

    def _order(self, keyed: _Three, kept: Mapping[str, object], path: FieldPath, name: str) -> list[str]:
        """Return the keys that stay, in the order of the side that changed it; what the other added behind that."""
        shared = [key for key in keyed.ancestor if key in keyed.ours and key in keyed.theirs and key in kept]
        orders = [[key for key in side if key in shared] for side in (keyed.ours, keyed.theirs)]
        mine = orders[0] != shared
        if mine and orders[1] != shared and orders[0] != orders[1]:
            chosen = self._conflict(_Three(shared, *orders), path, f"{name} (order)")
            mine = chosen == orders[0]
        lead, other = (keyed.ours, keyed.theirs) if mine else (keyed.theirs, keyed.ours)
        return _woven([key for key in lead if key in kept], [key for key in other if key in kept], keyed.ancestor)

    def _conflict(self, three: _Three, path: FieldPath, name: str) -> object:
        conflict = Conflict(path, name, three.ancestor, three.ours, three.theirs)
        self.conflicts.append(conflict)
        return self.choose(conflict)


def _woven(lead: Sequence[str], other: Sequence[str], ancestor: Mapping[str, object]) -> list[str]:
    """Return ``lead`` with the other keys: what was appended at the end, the rest behind what it followed."""
    result = list(lead)
    last = max((place for place, key in enumerate(other) if key in ancestor), default=-1)
    for place, key in enumerate(other):
        if key in result:
            continue
        if place > last:
            result.append(key)
            continue
        before = next((one for one in reversed(other[:place]) if one in result), None)
        at = result.index(before) + 1 if before is not None else 0
        while at < len(result) and result[at] not in ancestor:
            at += 1
        result.insert(at, key)
    return result


def _by_content(values: Sequence[object]) -> dict[str, object]:
    """Return the elements of a list, each under what it says; one that stands there twice is two."""
    keyed: dict[str, object] = {}
    for value in values:
        text = f"{type(value).__name__} {json.dumps(value, default=repr, sort_keys=True)}"
        times = 0
        while f"{text}~{times}" in keyed:
            times += 1
        keyed[f"{text}~{times}"] = value
    return keyed


def _is_number(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_part(value: object) -> bool:
    return isinstance(value, dict)


def _is_list(value: object) -> bool:
    return isinstance(value, list)


def _is_table(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(row, dict) for row in value)
