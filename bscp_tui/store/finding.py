"""Finding records by what somebody types: part of a reference, title, owner or text; also when it is misspelt."""

import re
from collections.abc import Collection, Iterable, Sequence
from enum import Enum
from itertools import islice
from typing import NamedTuple

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


class Findable(NamedTuple):
    """Records with what they are found by, in small letters; in columns, since there may be tens of thousands.

    Attributes:
        views: The records and rows.
        names: The reference of each, its title, and who has to do with it.
        texts: What else is written in each.

    """

    views: Sequence[View]
    names: Sequence[str]
    texts: Sequence[str]

    @staticmethod
    def of(views: Iterable[View]) -> "Findable":
        """Return ``views`` with what they are found by."""
        every = list(views)
        return Findable(every, [_name(view) for view in every], [_text(view) for view in every])

    def of_kinds(self, kinds: Collection[str]) -> "Findable":
        """Return those of some kinds, by their names; none means all."""
        if not kinds:
            return self
        rows = zip(self.views, self.names, self.texts, strict=True)
        wanted = [row for row in rows if row[0].kind.name in kinds]
        views, names, texts = zip(*wanted, strict=True) if wanted else ((), (), ())
        return Findable(views, names, texts)


class Found(NamedTuple):
    """A record that was found.

    Attributes:
        view: The record or row.
        how: Why.
        words: The piece of its text in which the first word stands; "" where its name has them.

    """

    view: View
    how: How = How.NAME
    words: str = ""


def _name(view: View) -> str:
    who = " ".join(dict.fromkeys([*names_of(view), *_names(view, fields_of(type(view.item)).values())]))
    return f"{view.ref} {view.title} {who}".lower()


def _text(view: View) -> str:
    facts = fields_of(type(view.item))
    texts = (_said(getattr(view.item, name)) for name, one in facts.items() if one.shape in _TEXTS)
    return " ".join(filter(None, texts)).lower()


def find(
    every: Findable, text: str, *, kinds: Collection[str] = (), plan: str = "", limit: int = 60
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
    wanted = every.of_kinds(kinds)
    views, names, texts = wanted.views, wanted.names, wanted.texts
    named = [place for place, name in enumerate(names) if all(word in name for word in words)]
    closest = sorted((views[place] for place in named), key=lambda view: _closeness(view, short, f"{plan}/"))
    found = [Found(view) for view in closest[:limit]]
    if len(short) < LEAST:
        return found
    known, pairs = set(named), enumerate(zip(names, texts, strict=True))
    told = (place for place, (name, text) in pairs if all(word in text or word in name for word in words))
    in_text = islice((views[place] for place in told if place not in known), limit - len(found))
    found += [Found(view, How.TEXT, _piece(view, words)) for view in in_text]
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


def _piece(view: View, words: Sequence[str]) -> str:
    """Return a line of the record's own text around the first typed word that stands there."""
    facts = fields_of(type(view.item))
    for name, fact in facts.items():
        said = _said(getattr(view.item, name)) if fact.shape in _TEXTS and name != "title" else ""
        place = next((said.lower().find(word) for word in words if word in said.lower()), -1)
        if place >= 0:
            start = max(0, place - AROUND)
            return one_line(re.sub(r"\s+", " ", ("…" if start else "") + said[start : place + 2 * AROUND]))
    return ""


def _alike(wanted: Findable, short: str) -> list[Found]:
    from rapidfuzz import fuzz, process

    close = process.extract(short, wanted.names, scorer=fuzz.WRatio, limit=FEW, score_cutoff=ALIKE)
    places = [place for _, _, place in close] or _with_near_words(wanted.names, short.split())
    return [Found(wanted.views[place], How.ALIKE) for place in places]


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
