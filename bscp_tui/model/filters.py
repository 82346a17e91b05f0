"""One grammar for narrowing a list: commands, screens and published figures use it alike.

``field=value``, ``field!=value``, ``field~text``, ``field<date`` (and ``>``, ``<=``, ``>=``), several
together; a word alone is looked for in reference, title and lead. ``due<30d`` is within thirty
days, ``rag=none`` finds what is not recorded.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from bscp_tui.model.dates import DateError, read_date
from bscp_tui.model.fields import Shape, fields_of
from bscp_tui.model.record import Kind
from bscp_tui.model.view import View
from bscp_tui.model.workflow import token

SHORT = {"p": "priority", "plan": "plan", "late": "overdue"}
EMPTY = frozenset({"none", "null", "not recorded", "not-recorded", ""})
_TERM = re.compile(r"([A-Za-z_][\w-]*)\s*(!=|<=|>=|=|~|<|>)\s*(.*)", re.DOTALL)
_FIGURE = re.compile(r"£?[+-]?[0-9][0-9,]*(\.[0-9]+)?")
_YES = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}
# Whether a body (by its reference) goes by a name that somebody wrote.
SameBody = Callable[[str, str], bool]


class FilterError(ValueError):
    """A filter that cannot be read, or names a field that the kind does not have."""


@dataclass(frozen=True)
class Term:
    """One condition; an empty field is a word looked for anywhere."""

    field: str
    operator: str
    value: str


def read_filter(texts: Sequence[str], kind: Kind) -> list[Term]:
    """Return the conditions that ``texts`` name.

    Raises:
        FilterError: A field is unknown; the message lists those that there are.

    """
    terms = []
    for text in texts:
        match = _TERM.fullmatch(text.strip())
        if match is None:
            terms += [Term("", "~", word) for word in text.split()]
            continue
        name = match[1].replace("-", "_")
        terms.append(Term(_known(SHORT.get(name, name), kind), match[2], match[3].strip()))
    return terms


def matches(view: View, terms: Iterable[Term], same_body: SameBody) -> bool:
    """Whether ``view`` meets every condition.

    Raises:
        FilterError: A date or number in a condition cannot be read.

    """
    return all(_meets(view, term, same_body) for term in terms)


def names_in(terms: Iterable[Term], kind: Kind) -> dict[str, str]:
    """Return what ``terms`` ask of the path itself (``plan=2025-27``), so that other files need not be read."""
    stored = fields_of(kind.model)  # a key action's own number is not its action's
    asked = (term for term in terms if term.operator == "=" and term.field not in stored)
    return {term.field: term.value.lower() for term in asked if f"{{{term.field}}}" in kind.reference}


def fields_for(kind: Kind) -> list[str]:
    """Return the names that a filter, a sort or a column choice of ``kind`` may use."""
    names = ["ref", "title", *fields_of(kind.model), *kind.model.derivations, "agency", "mark"]
    return list(dict.fromkeys(names))


def bodies_of(view: View) -> list[str]:
    """Return the agencies, groups and people that a record is about, once each: who leads, who owns, who is named."""
    declared = [facts.name for facts in fields_of(type(view.item)).values() if facts.shape is Shape.BODY]
    names = ("leads", "agencies", *declared)
    return list(dict.fromkeys(body for name in names if view.has(name) for body in _bodies(view.value(name)) if body))


def _known(name: str, kind: Kind) -> str:
    if name in fields_for(kind):
        return name
    msg = f"A {kind.name} has no field “{name}”. It has: {', '.join(fields_for(kind))}."
    raise FilterError(msg)


def _meets(view: View, term: Term, same_body: SameBody) -> bool:
    if not term.field:
        told = f"{view.ref} {view.title} {view.value('lead') or ''} {view.value('aliases') or ''}"
        return term.value.lower() in told.lower()
    if term.field == "agency":
        return _any_body(view, term, same_body)
    value = view.value(term.field)
    if term.field == "target" and value is None:
        value = view.value("original_target")
    if term.operator in {"<", ">", "<=", ">="}:
        return _compares(value, term, view)
    if term.operator == "~":
        return term.value.lower() in _as_text(value).lower()
    return _equals(value, term, view, same_body) == (term.operator == "=")


def _any_body(view: View, term: Term, same_body: SameBody) -> bool:
    bodies = [view.ref, *bodies_of(view)]
    if term.operator == "~":
        return any(term.value.lower() in f"{body} {view.name_of(body)}".lower() for body in bodies)
    return any(same_body(body, term.value) for body in bodies) == (term.operator == "=")


def _bodies(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, (list, tuple)):
        return [row if isinstance(row, str) else str(getattr(row, "party", None) or "") for row in value]
    return []


def _equals(value: object, term: Term, view: View, same_body: SameBody) -> bool:
    wanted = term.value
    if value is None or value in ((), []):
        return wanted.lower() in EMPTY
    if isinstance(value, bool):
        return _YES.get(wanted.lower()) is value
    if isinstance(value, dt.date):
        return value == _day(wanted, view)
    if isinstance(value, (list, tuple)):
        return any(_equals(item, term, view, same_body) for item in value)
    if isinstance(value, (int, float)) and _FIGURE.fullmatch(wanted):
        return value == float(wanted.replace(",", "").removeprefix("£"))
    text = str(value)
    return text.lower() == wanted.lower() or text == token(wanted) or same_body(text, wanted)


def _compares(value: object, term: Term, view: View) -> bool:
    if value is None:
        return False
    if isinstance(value, dt.date):
        order: float = (value - _day(term.value, view)).days
    elif isinstance(value, (int, float)):
        order = value - _number(term)
    else:
        msg = f"{term.field} holds text; {term.operator} compares dates and numbers. Use = or ~."
        raise FilterError(msg)
    return {"<": order < 0, ">": order > 0, "<=": order <= 0, ">=": order >= 0}[term.operator]


def _day(text: str, view: View) -> dt.date:
    try:
        return read_date(text, today=view.today)
    except DateError as error:
        raise FilterError(str(error)) from None


def _number(term: Term) -> float:
    try:
        return float(term.value.replace(",", "").removeprefix("£"))
    except ValueError:
        msg = f"{term.field} is a number; “{term.value}” is none."
        raise FilterError(msg) from None


def _as_text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, (list, tuple)):
        return " ".join(_as_text(item) for item in value)
    return str(value)
