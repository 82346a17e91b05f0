"""Themes that a new text may belong to, explained by the records that it resembles; a person decides."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from bscp_tui.model.fields import Shape, fields_of
from bscp_tui.model.kinds import KINDS
from bscp_tui.model.record import Kind
from bscp_tui.model.theme import THEME
from bscp_tui.model.view import View

# Of a hundred: below it, two texts share little more than common words.
ALIKE = 55
NEIGHBOURS = 3
# Words that say nothing of what a text is about.
COMMON = frozenset(
    """
    a about all an and are as at be been by can children child for from had has have how in is it its may more not of
    on or other should so such than that the their them there these they this to was were what when where which who
    with within would agencies agency practitioners families family safeguarding
    """.split()  # noqa: SIM905 - read as a sentence
)


class Records(Protocol):
    """Records of the register, by kind."""

    def views(self, kind: Kind) -> list[View]:
        """Return the readable records of a kind."""


@dataclass(frozen=True)
class Suggestion:
    """A theme that may fit.

    Attributes:
        theme: Its reference.
        alike: How closely the nearest record resembles the text, of a hundred.
        because: The records that the text resembles, the closest first.

    """

    theme: str
    alike: float
    because: tuple[str, ...]


def suggested(records: Records, text: str) -> list[Suggestion]:
    """Return the themes of the records that ``text`` resembles, the closest first.

    What a theme itself says counts as a record of it. Texts are compared by the words that they
    share (rapidfuzz), offline; the same records and text give the same answer.
    """
    from rapidfuzz import fuzz

    wanted = _telling(text)
    if not wanted:
        return []
    scores: dict[str, list[tuple[float, str]]] = {}
    for ref, told, themes in _told(records):
        alike = fuzz.token_set_ratio(wanted, told)
        if alike >= ALIKE:
            for theme in themes:
                scores.setdefault(theme, []).append((-alike, ref))
    found = [
        Suggestion(theme, -min(close)[0], tuple(ref for _, ref in sorted(close)[:NEIGHBOURS]))
        for theme, close in scores.items()
    ]
    return sorted(found, key=lambda suggestion: (-suggestion.alike, suggestion.theme))


def _told(records: Records) -> Iterable[tuple[str, str, list[str]]]:
    """Yield (reference, telling words, themes) of the themes, and of every record that has one."""
    for view in records.views(THEME):
        yield view.ref, _telling(_words_of(view)), [view.ref]
    for kind in KINDS.values():
        if fields_of(kind.model).keys() & {"theme", "themes"}:
            for view in records.views(kind):
                themes = _themes(view)
                if themes:
                    yield view.ref, _telling(_words_of(view)), themes


def _themes(view: View) -> list[str]:
    one, several = view.value("theme"), view.value("themes")
    return [*([str(one)] if one else []), *(map(str, several) if isinstance(several, tuple) else ())]


def _words_of(view: View) -> str:
    shapes = {Shape.LINE, Shape.LONG, Shape.LINES}
    names = [name for name, facts in fields_of(type(view.item)).items() if facts.shape in shapes]
    values = (getattr(view.item, name) for name in names if name in {"title", "text", "key_messages", "finding"})
    return " ".join(" ".join(value) if isinstance(value, tuple) else value for value in values if value)


def _telling(text: str) -> str:
    words = "".join(letter if letter.isalnum() else " " for letter in text.lower().replace("’s", "").replace("'s", ""))
    return " ".join(word for word in words.split() if word not in COMMON)
