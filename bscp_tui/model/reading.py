"""What people type into a field, read by its declaration: forms and the command line agree."""

import datetime as dt
import re
from collections.abc import Callable
from typing import Protocol

from bscp_tui.model.dates import DateError, read_date
from bscp_tui.model.fields import FieldFacts, Shape
from bscp_tui.model.text import TypedTextError, shortened, typed
from bscp_tui.model.workflow import token, words

UNSET = frozenset({"", "none"})
YES = frozenset({"yes", "y", "true", "1"})
NO = frozenset({"no", "n", "false", "0"})
_WHOLE = r"(?:[0-9]{1,3}(?:,[0-9]{3}){1,4}|[0-9]{1,12})"
_FIGURE = re.compile(rf"([+-]?{_WHOLE}(?:\.[0-9]{{1,12}})?)")
_MONEY = re.compile(rf"([+-]?)£?\s?({_WHOLE}(?:\.[0-9]{{1,2}})?)")


class Finder(Protocol):
    """Finds the records that people name in their own words."""

    def reference(self, text: str, kinds: tuple[str, ...] = ()) -> str | None:
        """Return the full reference of the one record of ``kinds`` (any without) that ``text`` names."""

    def nearest(self, text: str, kinds: tuple[str, ...] = ()) -> tuple[str, ...]:
        """Return what may have been meant, the closest first."""


class ValueReadError(ValueError):
    """A typed value that its field cannot hold; the message names the field and what is allowed."""

    def __init__(self, facts: FieldFacts, told: str, allowed: tuple[str, ...] = ()) -> None:
        """Put the field's name before what is wrong; ``allowed`` holds the values of a choice."""
        super().__init__(f"{facts.label}: {told}")
        self.field = facts.name
        self.allowed = allowed


def read_value(facts: FieldFacts, text: str, *, today: dt.date, finder: Finder) -> object:
    """Return the value that ``text`` means for a field; None where it unsets the field.

    Args:
        facts: The field's declaration.
        text: As typed: "" or "none" unsets; several lines are separated by line ends, or by ";"
            where it is one line; numbers by commas or spaces; choices in any case.
        today: What counts as today, for "today" and "tomorrow".
        finder: Finds agencies, groups, people and other records by reference or name.

    Raises:
        ValueReadError: The field cannot hold it.

    """
    if text.strip().lower() in UNSET:
        if facts.required:
            raise ValueReadError(facts, "it is needed, so it cannot be left empty.")
        return None
    if facts.shape is Shape.DAY:
        return _day(facts, text, today)
    if facts.shape in {Shape.BODY, Shape.RECORD}:
        return _reference(facts, text, finder)
    if facts.shape in {Shape.BODIES, Shape.RECORDS}:
        return _references(facts, text, finder)
    reader = _READERS.get(facts.shape)
    if reader is None:
        raise ValueReadError(facts, f"it holds {facts.shape.value} and is changed by commands of its own.")
    return reader(facts, text)


def _typed(facts: FieldFacts, text: str, *, lines: bool) -> str:
    try:
        return typed(text, field=facts.label, lines=lines)
    except TypedTextError as error:
        raise ValueReadError(facts, str(error).removeprefix(f"{facts.label}: ")) from None


def _line(facts: FieldFacts, text: str) -> str:
    return _typed(facts, text, lines=False)


def _long(facts: FieldFacts, text: str) -> str:
    return _typed(facts, text, lines=True)


def _lines(facts: FieldFacts, text: str) -> tuple[str, ...] | None:
    """Line ends separate where there are any, so that an item in a form may hold a semicolon."""
    whole = _typed(facts, text, lines=True)
    parts = whole.split("\n") if "\n" in whole else whole.split(";")
    return tuple(part.strip() for part in parts if part.strip()) or None


def _choice(facts: FieldFacts, text: str) -> str:
    chosen = token(text)
    if chosen not in facts.choices:
        allowed = ", ".join(words(choice) for choice in facts.choices)
        raise ValueReadError(facts, f"{_quoted(text)} is not one of: {allowed}.", facts.choices)
    return chosen


def _number(facts: FieldFacts, text: str) -> int:
    if not re.fullmatch(r"[+-]?[0-9]{1,9}", text.strip()):
        raise ValueReadError(facts, f"{_quoted(text)} is not a whole number.")
    return int(text)


def _amount(facts: FieldFacts, text: str) -> int | float:
    figure = _FIGURE.fullmatch(text.strip())
    if figure is None:
        told = f"{_quoted(text)} is not a number. Write the figure alone, such as 1,905 or 4.43; its unit stands apart."
        raise ValueReadError(facts, told)
    return _figure(figure[1])


def _money(facts: FieldFacts, text: str) -> int | float:
    figure = _MONEY.fullmatch(text.strip())
    if figure is None:
        told = f"{_quoted(text)} is not an amount in pounds, such as £120,037 or 67931.50, with two decimals at most."
        raise ValueReadError(facts, told)
    return _figure(f"{figure[1]}{figure[2]}")


def _figure(text: str) -> int | float:
    """Whole figures stay whole, so that a file says 68 and not 68.0."""
    value = float(text.replace(",", ""))
    return int(value) if value.is_integer() else value


def _numbers(facts: FieldFacts, text: str) -> tuple[int, ...]:
    return tuple(_number(facts, part) for part in re.split(r"[,;\s]+", text.strip()) if part)


def _flag(facts: FieldFacts, text: str) -> bool:
    word = text.strip().lower()
    if word not in YES | NO:
        raise ValueReadError(facts, f"{_quoted(text)} is neither yes nor no.", ("yes", "no"))
    return word in YES


def _day(facts: FieldFacts, text: str, today: dt.date) -> dt.date:
    try:
        return read_date(text, today=today)
    except DateError as error:
        raise ValueReadError(facts, str(error)) from None


def _reference(facts: FieldFacts, text: str, finder: Finder) -> str:
    wanted = _line(facts, text).strip()
    found = finder.reference(wanted, facts.kinds)
    if found is None:
        near = finder.nearest(wanted, facts.kinds)
        meant = f" Did you mean {', '.join(near)}?" if near else ""
        told = f"there is no {_one_of(facts)} {_quoted(text)} in the register.{meant} Write its name or reference."
        raise ValueReadError(facts, told)
    return found


def _references(facts: FieldFacts, text: str, finder: Finder) -> tuple[str, ...] | None:
    """Names are separated by line ends or ";", and by commas where these stand in no record's name."""
    names: list[str] = []
    for name in _lines(facts, text) or ():
        whole = "," not in name or finder.reference(name, facts.kinds) is not None
        names += [name] if whole else [part.strip() for part in name.split(",") if part.strip()]
    return tuple(dict.fromkeys(_reference(facts, name, finder) for name in names)) or None


def _one_of(facts: FieldFacts) -> str:
    kinds = [kind.replace("-", " ") for kind in facts.kinds] or ["record"]
    return kinds[0] if len(kinds) == 1 else f"{', '.join(kinds[:-1])} or {kinds[-1]}"


def _quoted(text: str) -> str:
    return f"“{shortened(text.strip(), 60)}”"


_READERS: dict[Shape, Callable[[FieldFacts, str], object]] = {
    Shape.LINE: _line,
    Shape.LONG: _long,
    Shape.LINES: _lines,
    Shape.CHOICE: _choice,
    Shape.NUMBER: _number,
    Shape.NUMBERS: _numbers,
    Shape.AMOUNT: _amount,
    Shape.MONEY: _money,
    Shape.FLAG: _flag,
}
