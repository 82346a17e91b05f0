"""The question that should reproduce a published figure: the grammar of filters, with counting and adding.

A question is one part, or several with ``plus`` or ``minus`` between them. A part is

- ``count KIND FILTER …``: how many records there are: ``count learning-point status=completed``
- ``sum KIND.FIELD FILTER …``: what a field adds up to: ``sum training.modules year=2024/25``
- ``different KIND.FIELD FILTER …``: how many different values a field has
- ``share KIND FILTER … of FILTER …``: how many in a hundred: ``share learning-point status=completed``;
  also of two parts: ``share sum training.attended of sum training.places``
- a number.

Filters are those of lists (``model/filters.py``); words of several parts stand in quotation marks.
Withdrawn records do not count.
"""

import re
import shlex
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from bscp_tui.model.filters import FilterError, fields_for, matches, read_filter
from bscp_tui.model.record import Kind
from bscp_tui.model.view import Lookup, View

Number = int | float
_SIGNS = {"plus": 1, "minus": -1}
_NUMBER = re.compile(r"-?\d{1,12}(?:\.\d{1,6})?")
OVERDUE = frozenset({"overdue", "late", "days_late"})


class QuestionError(ValueError):
    """A question that cannot be read or answered; the message says which word, and what is allowed."""


@dataclass(frozen=True)
class Answer:
    """What the register answers.

    Attributes:
        number: The figure.
        rests_on: The records that it was counted from, those that met the filters.
        overdue: Whether the question asks for lateness.

    """

    number: Number
    rests_on: tuple[View, ...] = ()
    overdue: bool = False


def answer(question: str, register: Lookup, kinds: Mapping[str, Kind]) -> Answer:
    """Return what ``register`` answers to ``question``.

    Args:
        question: As described above.
        register: The records.
        kinds: The kinds by name.

    Raises:
        QuestionError: The question cannot be read, or divides by nothing.

    """
    try:
        words = shlex.split(question)
    except ValueError as error:
        msg = f"“{question}” cannot be read: {error}."
        raise QuestionError(msg) from None
    if not words:
        msg = "The question is empty. Begin with count, sum, different or share."
        raise QuestionError(msg)
    try:
        return _Reader(words, register, kinds).whole()
    except FilterError as error:
        raise QuestionError(str(error)) from None


class _Reader:
    """Reads the words of a question from left to right."""

    def __init__(self, words: Sequence[str], register: Lookup, kinds: Mapping[str, Kind]) -> None:
        self._words = list(words)
        self._register = register
        self._kinds = kinds

    def whole(self) -> Answer:
        found = self._part()
        number, rests, late = found.number, found.rests_on, found.overdue
        while self._words:
            word = self._words.pop(0)
            if word not in _SIGNS:
                msg = f"“{word}” is not understood. Between two parts stands plus or minus."
                raise QuestionError(msg)
            following = self._part()
            number = _plain(number + _SIGNS[word] * following.number)
            rests, late = (*rests, *following.rests_on), late or following.overdue
        return Answer(number, rests, late)

    def _part(self) -> Answer:
        word = self._words.pop(0) if self._words else ""
        readers: dict[str, Callable[[], Answer]] = {
            "count": self._count, "sum": self._sum, "different": self._different, "share": self._share,
        }  # fmt: skip
        if word in readers:
            return readers[word]()
        if _NUMBER.fullmatch(word):
            return Answer(_plain(float(word)))
        msg = f"“{word}” is not understood. A part begins with count, sum, different, share or a number."
        raise QuestionError(msg)

    def _count(self) -> Answer:
        kind = self._kind(self._next("a kind"))
        found, late = self._found(kind)
        return Answer(len(found), found, late)

    def _sum(self) -> Answer:
        kind, field = self._field()
        found, late = self._found(kind)
        values = [value for view in found for value in _numbers(view.value(field), field)]
        return Answer(_plain(sum(values)), found, late)

    def _different(self) -> Answer:
        kind, field = self._field()
        found, late = self._found(kind)
        values: set[str] = set()
        for view in found:
            value = view.value(field)
            values |= {str(one) for one in value} if isinstance(value, (list, tuple)) else {str(value)} - {"None"}
        return Answer(len(values), found, late)

    def _share(self) -> Answer:
        if self._words and (self._words[0] in {"count", "sum", "different"} or _NUMBER.fullmatch(self._words[0])):
            part = self._part()
            self._expect("of")
            whole = self._part()
            return _percent(part.number, whole.number, part)
        kind = self._kind(self._next("a kind"))
        some, late = self._found(kind)
        if self._words and self._words[0] == "of":
            self._words.pop(0)
        every, _ = self._found(kind)
        inside = tuple(view for view in some if any(view.ref == other.ref for other in every))
        return _percent(len(inside), len(every), Answer(len(inside), every, late))

    def _field(self) -> tuple[Kind, str]:
        word = self._next("a kind and its field, as in training.places")
        name, point, field = word.partition(".")
        kind = self._kind(name)
        field = field.replace("-", "_")
        if not point or field not in fields_for(kind):
            msg = f"A {kind.name} has no field “{field}”. It has: {', '.join(fields_for(kind))}."
            raise QuestionError(msg)
        self._no_circle(kind, field)
        return kind, field

    def _found(self, kind: Kind) -> tuple[tuple[View, ...], bool]:
        filters = []
        while self._words and self._words[0] not in {*_SIGNS, "of"}:
            filters.append(self._words.pop(0))
        terms = read_filter(filters, kind)
        for term in terms:
            self._no_circle(kind, term.field)
        views = self._register.of_kind(kind.name)
        found = tuple(view for view in views if matches(view, terms, self._register.name_matches))
        return found, any(term.field in OVERDUE for term in terms)

    def _no_circle(self, kind: Kind, field: str) -> None:
        """A figure computed from computed figures could ask for itself."""
        if getattr(kind.model, "asks_questions", False) and field in kind.model.derivations:
            msg = f"A question cannot ask for {kind.name}.{field}, which is itself computed."
            raise QuestionError(msg)

    def _kind(self, name: str) -> Kind:
        if name in self._kinds:
            return self._kinds[name]
        msg = f"There is no kind “{name}”. The kinds are: {', '.join(self._kinds)}."
        raise QuestionError(msg)

    def _next(self, wanted: str) -> str:
        if not self._words:
            msg = f"The question ends where {wanted} should stand."
            raise QuestionError(msg)
        return self._words.pop(0)

    def _expect(self, word: str) -> None:
        found = self._next(f"“{word}”")
        if found != word:
            msg = f"“{found}” stands where “{word}” should."
            raise QuestionError(msg)


def _numbers(value: object, field: str) -> list[Number]:
    if value is None:
        return []
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        msg = f"{field} holds no numbers, so it cannot be added up. Use count or different."
        raise QuestionError(msg)
    return [value]


def _percent(part: Number, whole: Number, rests: Answer) -> Answer:
    if whole == 0:
        msg = "A share of nothing cannot be told: no record meets the filters behind “of”."
        raise QuestionError(msg)
    return Answer(part * 100 / whole, rests.rests_on, rests.overdue)


def _plain(number: Number) -> Number:
    """Return whole numbers as such, so that 68 is not 68.0."""
    return int(number) if float(number).is_integer() else round(number, 6)
