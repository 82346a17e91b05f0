"""Texts as the public reads them: nobody's name or address, and no few people."""

import re
from collections.abc import Iterable

WITHHELD_NAME = "(name withheld)"
WITHHELD_ADDRESS = "(address withheld)"
WITHHELD_NUMBER = "(number withheld)"
_ADDRESS = re.compile(r"(?<![\w.+'-])[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
_FEW = re.compile(
    r"\b(?:one|two|three|four|[1-4])\b(?=(?:\s+[\w’'-]+){0,3}?\s+(?:child|children|people|person|persons|babies|baby|infants?"
    r"|toddlers?|girls?|boys?|families|family|siblings?|parents?|carers?|mothers?|fathers?|pupils?|students?|learners?"
    r"|teenagers?|adolescents?|youths?|women|woman|men|man|victims?|practitioners?|delegates?|attendees|participants?"
    r"|respondents?|learners|residents?|patients?|cases?)\b)",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"\b\d[\d,.]*%?|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|once|twice|half|third|quarter)\b",
    re.IGNORECASE,
)
_APART = r"[\s._-]+"
_TITLES = "Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Cllr|Councillor|Sir|Dame|Rev|Sgt|DI|DCI|DS|PC"


class Names:
    """Takes names of people out of texts."""

    def __init__(self, people: Iterable[str]) -> None:
        """Know ``people`` by every way in which the register or its history writes them."""
        told = {" ".join(re.split(r"[\s._-]+", name.strip())) for name in people}
        told = {name for name in told if len(name) > 2}
        self._whole = _any_of((re.escape(name).replace(r"\ ", _APART) for name in _longest(told)), re.IGNORECASE)
        self._parts = _any_of(_short_forms(told), 0)
        self.known = "\0".join(sorted(told))  # all of them, as one text: the same for the same people

    def without(self, text: str) -> str:
        """Return ``text`` without names, addresses and counts of few people."""
        text = _ADDRESS.sub(WITHHELD_ADDRESS, text)
        for pattern in (self._whole, self._parts):
            text = pattern.sub(WITHHELD_NAME, text) if pattern else text
        return _FEW.sub("fewer than 5", text)


def without_numbers(text: str) -> str:
    """Return ``text`` without any number: it stands in a record of which a figure is withheld."""
    return _NUMBER.sub(WITHHELD_NUMBER, text)


def _longest(names: Iterable[str]) -> list[str]:
    return sorted(names, key=lambda name: (-len(name), name))


def _any_of(patterns: Iterable[str], flags: int) -> re.Pattern[str] | None:
    listed = list(patterns)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(listed)})(?![\w])", flags) if listed else None


def _short_forms(names: Iterable[str]) -> list[str]:
    """Return how people are called for short: with a title, with initials, and by their first and last names alone."""
    found = set()
    for name in names:
        words = name.split()
        if len(words) < 2 or not words[-1][:1].isalpha():
            continue
        first, last = words[0], words[-1]
        found.add(rf"(?:{_TITLES})\.?\s+(?:[A-Z]\.?\s*)?{re.escape(last)}")
        found.add(rf"{re.escape(first[:1].upper())}\.?\s*{re.escape(last)}")
        if len(last) > 3:
            found.add(re.escape(last[:1].upper() + last[1:]))
    return _longest(found)
