"""What is told of one record or row: each value is worked out, and put into words, once for all the pages it is on."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from markupsafe import Markup
from pydantic import BaseModel

from bscp_tui.model.fields import FieldFacts, Shape, fields_of
from bscp_tui.model.kinds import KINDS
from bscp_tui.model.parts import Link
from bscp_tui.model.record import Part
from bscp_tui.model.text import shown
from bscp_tui.model.view import View
from bscp_tui.model.words import label_of, part_in_words, value_in_words
from bscp_tui.publishing.edition import Edition, row_of
from bscp_tui.publishing.frame import escaped
from bscp_tui.publishing.small_counts import key_of

# Values that people wrote, in which anything can stand; tuples, since an enumeration's members are slow to hash.
_FREE = (None, Shape.LINE, Shape.LONG, Shape.LINES, Shape.PARTS, Shape.PART)
_SEARCHED = (Shape.LINE, Shape.LONG, Shape.LINES, Shape.BODY, Shape.BODIES)
WITHHELD = "withheld, so that nobody can be recognised"
# What is told elsewhere on a record's page, or is for programs.
_SAID_OTHERWISE = frozenset({"leads", "open", "embargoed", "priority", "action"})
_NOWHERE: Mapping[str, Any] = {}


class Fact(NamedTuple):
    """One line of a record: its label, and what is recorded, one text or several."""

    label: str
    lines: Sequence[str]


class _Stored(NamedTuple):
    """A stored field as pages tell it: its name, label and shape, and whether it is named where nothing is recorded."""

    name: str
    label: str
    shape: Shape
    missed: bool


class _Layout(NamedTuple):
    """What pages tell of every record or row of a kind, in order.

    Attributes:
        first: (name, label) of the list's columns, reference and title left out.
        derived: (name, label) of what else is worked out.
        stored: What else is recorded.
        searched: The stored fields in whose words it is found.
        plain: The stored fields whose names mean nothing else to a view.
        shapes: The shapes of its stored fields.
        told_as: The shapes in which derived values are told.

    """

    first: Sequence[tuple[str, str]]
    derived: Sequence[tuple[str, str]]
    stored: Sequence[_Stored]
    searched: Sequence[str]
    plain: frozenset[str]
    shapes: Mapping[str, Shape]
    told_as: Mapping[str, Shape]


@cache
def _layout(kind: str, model: type[Part]) -> _Layout:
    columns = [name for name in KINDS[kind].columns if name not in {"ref", "title"}]
    fields = fields_of(model)
    derived = [name for name in model.derivations if name not in columns and name not in _SAID_OTHERWISE]
    stored = [name for name, facts in fields.items() if name not in {*columns, "title", "id"} and _is_told(facts)]
    return _Layout(
        first=[(name, _label(kind, name)) for name in columns],
        derived=[(name, _label(kind, name)) for name in derived],
        stored=[_stored(fields[name]) for name in stored],
        searched=[name for name, facts in fields.items() if name != "title" and facts.shape in _SEARCHED],
        plain=frozenset(fields) - {"ref", "kind", "path", "mark"},
        shapes={name: facts.shape for name, facts in fields.items()},
        told_as=model.told_as,
    )


def _stored(facts: FieldFacts) -> _Stored:
    return _Stored(facts.name, facts.label, facts.shape, facts.editable or facts.shape is Shape.PARTS)


def _is_told(facts: FieldFacts) -> bool:
    return facts.part is not Link and not getattr(facts.part, "stands_alone", False)


def _label(kind: str, name: str) -> str:
    told = label_of(KINDS[kind], name)
    return told.upper() if name == "rag" else f"{told[:1].upper()}{told[1:]}"


class Sheet:
    """One record or row of an edition."""

    def __init__(self, edition: Edition, view: View) -> None:
        """Tell ``view`` as the readers of ``edition`` may have it."""
        self._edition, self.view = edition, view
        self._layout = _layout(view.kind.name, type(view.item))
        self._values: dict[str, object] = {}  # those that were worked out
        self._short: dict[str, str] = {}
        self._long: dict[str, str] = {}

    def value(self, name: str, *, short: bool = True) -> str:
        """Return a field or derived value in words; ``short`` where dates are for a column."""
        known, other = (self._short, self._long) if short else (self._long, self._short)
        told = known.get(name)
        if told is None:
            told = known[name] = self._in_words(name, short=short)
            if isinstance(self.worth(name), (str, int, float)):
                other[name] = told  # only dates, and what holds them, are said otherwise in a column
        return told

    def facts(self) -> list[Fact]:
        """Return what is told: the list's columns, what else is derived, what else is recorded, what is not."""
        layout = self._layout
        told = [Fact(label, [self.value(name, short=False)]) for name, label in layout.first]
        due = self.worth("due")
        for name, label in layout.derived:
            value = self.worth(name)
            if value and value != due:
                told.append(Fact(label, [self.value(name, short=False)]))
        return told + self._recorded()

    def facts_told(self) -> Markup:
        """Return the same as a list of terms; put together here, since every record and row has one."""
        told = []
        for label, lines in self.facts():
            said = "".join([f"<dd>{escaped(line)}</dd>" for line in lines])
            told.append(f"<div><dt>{escaped(label)}</dt>{said}</div>\n")
        return Markup(f'<dl class="facts">\n{"".join(told)}</dl>\n')  # noqa: S704 - every text in it is escaped

    def searched(self) -> str:
        """Return the words by which it is found."""
        view = self.view
        told = [self.value("status")] if view.has("status") else []
        told += [self.value(name) for name in self._layout.searched if self.worth(name)]
        return " ".join(dict.fromkeys(" ".join(told).lower().split()))

    def worth(self, name: str) -> object:
        """Return a field or derived value as it is."""
        if name in self._layout.plain:
            return getattr(self.view.item, name)
        if name not in self._values:
            self._values[name] = self.view.value(name)
        return self._values[name]

    def _in_words(self, name: str, *, short: bool) -> str:
        view, edition = self.view, self._edition
        if edition.public and self._hides(name):
            return WITHHELD
        value = self.worth(name)
        if name == "target" and value is None:
            value = self.worth("original_target")
        shape = self._layout.shapes.get(name) or self._layout.told_as.get(name)
        told = value_in_words(value, view, shape, short=short)
        if edition.names is None or name in {"ref", "kind"}:
            return shown(told)
        return edition.text(told, view.path if shape in _FREE and name != "title" else None)

    def _recorded(self) -> list[Fact]:
        found, empty, edition, view = [], [], self._edition, self.view
        for name, label, shape, missed in self._layout.stored:
            value = getattr(view.item, name)
            if value is None or value in ((), []):
                empty += [label.lower()] if missed else []
            elif shape is Shape.PARTS:
                found.append(Fact(label, [self._part(name, row) for row in value]))
            elif shape is Shape.LINES:
                found.append(Fact(label, [edition.text(line, view.path) for line in value]))
            else:
                found.append(Fact(label, [self.value(name, short=False)]))
        if not edition.public:
            more = view.item.model_extra or _NOWHERE
            found += [Fact(shown(name), [shown(str(value))]) for name, value in more.items()]
        return [*found, Fact("Not recorded", [", ".join(empty)])] if empty else found

    def _part(self, name: str, row: object) -> str:
        """Return a table's row in words, without the figures that are withheld."""
        view, edition = self.view, self._edition
        if not isinstance(row, BaseModel):
            return edition.text(str(row), view.path)
        if not edition.public:
            return shown(part_in_words(row, view, short=False))  # type: ignore[arg-type]
        place = f"{row_of(view)}/{name}/{getattr(row, 'id', '')}"
        fields = fields_of(type(row))
        hidden = [one for one, facts in fields.items() if facts.somebody or key_of(place, one) in edition.out]
        if any(key.startswith(f"{place}/") for key in edition.out):
            hidden += [one for one, facts in fields.items() if facts.shape is Shape.PARTS]
        told = part_in_words(row.model_copy(update=dict.fromkeys(hidden)), view, short=False)  # type: ignore[arg-type]
        labels = [fields[one].label.lower() for one in dict.fromkeys(hidden) if getattr(row, one) is not None]
        return ", ".join([edition.text(told, view.path), *(f"{label}: {WITHHELD}" for label in labels)])

    def _hides(self, name: str) -> bool:
        """Whether a value is one of the counts that are withheld from the public, or is worked out from one."""
        view = self.view
        facts = view.field(name)
        if facts is not None:
            return facts.somebody or key_of(row_of(view), name) in self._edition.out
        if name not in view.item.derivations:
            return False
        value = self.worth(name)
        worked_out = isinstance(value, (int, float)) and not isinstance(value, bool)
        if any(each.people for each in fields_of(type(view.item)).values()) and view.item.asks_questions:
            of_people = getattr(view.item, "of_people", None) is True
            return name in {"computed", "difference", "agrees", "published"} and of_people
        return worked_out and self._edition.withholds_figures_of(view.path)
