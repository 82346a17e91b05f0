"""In which order records stand in a list: commands and screens sort alike."""

import datetime as dt
import re
from collections.abc import Iterable

from bscp_tui.model.view import View

LONGEST = 1_000  # digits; longer rows of them are sorted as text
# Values of unlike types stand behind each other: numbers, dates, texts.
OrderKey = tuple[int, float, list[tuple[int, int, str]]]


def natural(text: str) -> list[tuple[int, int, str]]:
    """Return a key that sorts 4.2 before 4.10."""
    return [
        (0, int(part), "") if part.isdecimal() and len(part) < LONGEST else (1, 0, part)
        for part in re.split(r"(\d+)", text)
        if part
    ]


def order_of(value: object) -> OrderKey:
    """Return what a value is sorted by: a number by its size, a date by its day, all else as text, 4.2 before 4.10."""
    if isinstance(value, (bool, int, float)):
        return (0, value, [])
    if isinstance(value, dt.date):
        return (1, value.toordinal(), [])
    return (2, 0, natural(str(value)))


def ordered(views: Iterable[View], name: str, *, descending: bool = False) -> list[View]:
    """Return ``views`` by a field or derived value; equal ones keep their order, those without a value come last."""
    told = [(view.value(name), view) for view in views]
    known = [(order_of(value), view) for value, view in told if value is not None]
    known.sort(key=lambda pair: pair[0], reverse=descending)
    return [*(view for _, view in known), *(view for value, view in told if value is None)]
