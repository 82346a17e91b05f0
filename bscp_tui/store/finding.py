"""Finding records by what somebody types: part of a reference, title, owner or text; also when it is misspelt."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import islice

from bscp_tui.model.fields import FieldFacts, Shape, fields_of
from bscp_tui.model.text import one_line
from bscp_tui.model.view import View
from bscp_tui.store.naming import names_of

ALIKE = 78  # of 100: how alike what is typed and what a record is found by must be where nothing holds the words
FEW = 10  # records that are offered where nothing holds the words
WORDS = 8  # typed words that are compared one by one; nobody misspells more
LEAST = 3  # letters; fewer stand in every text, and are like too much
AROUND = 30  # letters of the text that are shown before what was found in it
_TEXTS = frozenset({Shape.LINE, Shape.LONG, Shape.LINES})
_BODIES = frozenset({Shape.BODY, Shape.BODIES})


class How(Enum):
    """Why a record was found: its name has the words, its text has them, or its name is like them."""

    NAME = "name"
    TEXT = "text"
    ALIKE = "alike"


@dataclass(frozen=True)
class Findable:
    """A record with what it is found by, in small letters.

    Attributes:
        view: The record or row.
        name: Its reference, title, and who has to do with it.
        text: What else is written in it.

    """

    view: View
    name: str
    text: str


@dataclass(frozen=True)
class Found:
    """A record that was found.

    Attributes:
        view: The record or row.
        how: Why.
        words: The piece of its text in which the first word stands; "" where its name has them.

    """

    view: View
    how: How = How.NAME
    words: str = ""


def findable(view: View) -> Findable:
    """Return a record with what it is found by."""
    facts = fields_of(type(view.item))
    who = " ".join(dict.fromkeys([*names_of(view), *_names(view, facts.values())]))
    texts = (_said(getattr(view.item, name)) for name, one in facts.items() if one.shape in _TEXTS)
    return Findable(view, f"{view.ref} {view.title} {who}".lower(), " ".join(filter(None, texts)).lower())


def find(
    every: Iterable[Findable], text: str, *, kinds: Collection[str] = (), plan: str = "", limit: int = 60
) -> Sequence[Found]:
    """Return the records that were meant, the closest first.

    Args:
        every: What can be found.
        text: What is typed: words that must all stand in a record's name or text.
        kinds: The kinds that are wanted; none means all.
        plan: The current plan, whose records come before others'.
        limit: How many at most.

    """
    words, short = text.lower().split(), text.strip().lower()
    if not words:
        return []
    wanted = [one for one in every if not kinds or one.view.kind.name in kinds]
    named = [one for one in wanted if all(word in one.name for word in words)]
    named.sort(key=lambda one: _closeness(one.view, short, f"{plan}/"))
    found = [Found(one.view) for one in named[:limit]]
    if len(short) < LEAST:
        return found
    known = {id(one) for one in named}
    told = (one for one in wanted if all(word in one.text or word in one.name for word in words))
    in_text = islice((one for one in told if id(one) not in known), limit - len(found))
    found += [Found(one.view, How.TEXT, _piece(one, words)) for one in in_text]
    return found or _alike(wanted, short)


def _closeness(view: View, short: str, current: str) -> tuple[bool, bool, bool]:
    """Return the order: what the reference begins with, what the title holds; the current plan first."""
    ref = view.ref.lower()
    begins = ref.rpartition("/")[2].startswith(short) or ref.startswith(short)
    return not begins, short not in view.title.lower(), not view.ref.startswith(current)


def _names(view: View, facts: Iterable[FieldFacts]) -> Iterable[str]:
    lead = view.value("lead") if view.has("lead") else None
    if lead:
        yield str(lead)
    for one in facts:
        value = getattr(view.item, one.name) if one.shape in _BODIES else None
        for slug in (value,) if isinstance(value, str) else value or ():
            yield view.name_of(slug)
            yield slug


def _said(value: object) -> str:
    return " ".join(str(one) for one in value) if isinstance(value, (list, tuple)) else str(value or "")


def _piece(one: Findable, words: Sequence[str]) -> str:
    """Return a line of the record's own text around the first typed word that stands there."""
    facts = fields_of(type(one.view.item))
    for name, fact in facts.items():
        said = _said(getattr(one.view.item, name)) if fact.shape in _TEXTS and name != "title" else ""
        place = next((said.lower().find(word) for word in words if word in said.lower()), -1)
        if place >= 0:
            start = max(0, place - AROUND)
            return one_line(re.sub(r"\s+", " ", ("…" if start else "") + said[start : place + 2 * AROUND]))
    return ""


def _alike(wanted: Sequence[Findable], short: str) -> list[Found]:
    from rapidfuzz import fuzz, process

    names = [one.name for one in wanted]
    close = process.extract(short, names, scorer=fuzz.WRatio, limit=FEW, score_cutoff=ALIKE)
    places = [place for _, _, place in close] or _with_near_words(names, short.split())
    return [Found(wanted[place].view, How.ALIKE) for place in places]


def _with_near_words(names: Sequence[str], typed: Sequence[str]) -> list[int]:
    """Return the places of the names that have, for every typed word, one that is spelt nearly so; the closest first.

    A misspelt word is far from a long name as a whole, however near it is to one word of it.
    """
    from rapidfuzz import fuzz, process

    held = [set(re.findall(r"\w+", name)) for name in names]
    every = list(dict.fromkeys(word for words in held for word in sorted(words)))
    scores = [0.0] * len(names)
    for one in typed[:WORDS]:
        close = process.extract(one, every, scorer=fuzz.ratio, score_cutoff=ALIKE, limit=None)
        near = {word: score for word, score, _ in close}
        best = [max((near[word] for word in words & near.keys()), default=0.0) for words in held]
        scores = [score + more if more and score >= 0 else -1.0 for score, more in zip(scores, best, strict=True)]
    found = [place for place, score in enumerate(scores) if score > 0]
    return sorted(found, key=lambda place: (-scores[place], len(names[place])))[:FEW]
