"""Values as people read them: in tables, details and documents."""

import datetime as dt

from bscp_tui.model.dates import in_short, in_words
from bscp_tui.model.fields import Shape, fields_of
from bscp_tui.model.record import Kind, Part
from bscp_tui.model.view import View
from bscp_tui.model.workflow import words

NOT_RECORDED = "not recorded"
# Tuples: an enumeration's members are slow to hash, and this is asked for every value of a register.
_OF_BODIES, _FIGURES = (None, Shape.BODIES), (Shape.AMOUNT, Shape.MONEY)
_PLAIN = (Shape.LINE, Shape.LONG, Shape.BODY, Shape.BODIES, Shape.DAY, Shape.CHOICE)
_LABELS = {
    "ref": "ref",
    "kind": "kind",
    "path": "file",
    "mark": "note",
    "due": "due",
    "days_late": "days late",
    "days_late_original": "days late against the original target",
    "target_from": "target shared from",
    "original_target": "original target",
    "revised": "times revised",
}


def label_of(kind: Kind, name: str) -> str:
    """Return a field's or derived value's name as a column's heading."""
    facts = fields_of(kind.model).get(name)
    if name in _LABELS:
        return _LABELS[name]
    return facts.label.lower() if facts else name.replace("_", " ")


def in_people_words(view: View, name: str, *, short: bool = True) -> str:
    """Return a field or derived value of ``view`` as people read it.

    Args:
        view: The record or row.
        name: The field or derived value.
        short: Whether dates are for a column ("31 Mar 2026") or a sentence.

    """
    value = view.value(name)
    if name == "target" and value is None:
        value = view.value("original_target")
    return value_in_words(value, view, view.shape(name), short=short)


def value_in_words(value: object, view: View, shape: Shape | None, *, short: bool) -> str:
    """Return a value of ``view``, which has the ``shape``, as people read it."""
    if isinstance(value, str):  # as most are
        return _text_in_words(value, view, shape)
    if value is None or value in ((), []):
        return NOT_RECORDED
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dt.date):
        return in_short(value) if short else in_words(value)
    if isinstance(value, (list, tuple)):
        # What a derived list names are bodies (leads); a stored one holds text or numbers unless it says so.
        inner = Shape.BODY if shape in _OF_BODIES else Shape.LINE
        return "; ".join(value_in_words(item, view, inner, short=short) for item in value)
    if isinstance(value, (int, float)) and shape in _FIGURES:
        return figure_in_words(value, shape)
    if isinstance(value, Part):
        return part_in_words(value, view, short=short)
    return _text_in_words(str(value), view, shape)


def _text_in_words(text: str, view: View, shape: Shape | None) -> str:
    if shape is Shape.CHOICE:
        return words(text)
    return view.name_of(text) if shape is Shape.BODY else text


def figure_in_words(value: float, shape: Shape) -> str:
    """Return a figure with its thousands apart, an amount of money with its sign: "£929,371"."""
    if shape is Shape.AMOUNT:
        return f"{value:,}"
    pounds = f"{abs(value):,.2f}".removesuffix(".00")
    return f"{'-' if value < 0 else ''}£{pounds}"


def part_in_words(part: Part, view: View, *, short: bool = True) -> str:
    """Return a table's row as one line: its values, named where they do not speak for themselves."""
    told = []
    for facts in fields_of(type(part)).values():
        value = getattr(part, facts.name)
        if facts.name == "id" or value is None or value == ():
            continue
        words_of = value_in_words(value, view, facts.shape, short=short)
        told.append(words_of if facts.shape in _PLAIN else f"{facts.label.lower()} {words_of}")
    return ", ".join(told)
