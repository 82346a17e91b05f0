"""Which column holds which field: guessed from headings and from what the cells hold, corrected by a person."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bscp_tui.intake.document import Row

# Of a hundred: from here on a heading names a field; below, only what the cells hold can.
NAMES, SURELY = 76, 86
LEFT_OUT = ""
_REMEMBERED = 200  # characters: longer texts are cells, not headings that come again
_BRACKETS = re.compile(r"\([^()]*\)")
_YEARS = re.compile(r"\b(?:in )?years? \d\b(?:\s*(?:&|and|/)\s*\d\b)?|\b20\d\d(?:\s*[-–/]\s*\d{2,4})?\b")
_SIGNS = re.compile(r"[^a-z'&]+")


@dataclass(frozen=True)
class Role:
    """What a column may hold.

    Attributes:
        name: The field, or what stands for several of them ("leads").
        aliases: How headings call it, in small letters.
        holds: Whether a cell's text and colour look like it; None where that says nothing.
        told: What such cells hold, in words, for the reason.
        listed: Whether its cells hold lists, one item a line.

    """

    name: str
    aliases: tuple[str, ...]
    holds: Callable[[str, str | None], bool] | None = None
    told: str = ""
    listed: bool = False


@dataclass(frozen=True)
class Match:
    """One column's field.

    Attributes:
        column: Its number, from 0.
        heading: What heads it.
        role: The field's role; None where nothing fits, or a person left it out.
        why: Why it was taken for that.
        sure: Whether nobody need look at it.

    """

    column: int
    heading: str
    role: Role | None
    why: str
    sure: bool = True


def plain_heading(text: str) -> str:
    """Return a heading for comparison: small letters, without brackets, years, numbers and signs."""
    return _short_heading(text) if len(text) <= _REMEMBERED else _bare(text)


def _bare(text: str) -> str:
    bare = _BRACKETS.sub(" ", text.lower().replace("\n", " ").replace("’", "'"))
    bare = _YEARS.sub(" ", bare)
    return " ".join(_SIGNS.sub(" ", bare).replace("&", " and ").split())


_short_heading = lru_cache(maxsize=4096)(_bare)


def _likeness_of(wanted: str, role: Role) -> float:
    """Return how well a plain heading names a role, of a hundred; 0 where that is less than names a field."""
    return max([_likeness(wanted, alias) for alias in role.aliases], default=0)


@lru_cache(maxsize=16384)  # the kinds share most of their aliases, and the first rows are held against all of them
def _likeness(wanted: str, alias: str) -> float:
    if wanted == alias:
        return 100
    shorter, longer = sorted((len(wanted), len(alias)))
    # However its words are ordered, a text is like another at most as far as their lengths are.
    if 97 * 2 * shorter < NAMES * (shorter + longer) and len(alias) * 2 < len(wanted):
        return 0
    from rapidfuzz import fuzz

    whole = 0.97 * fuzz.token_sort_ratio(wanted, alias)
    within = len(alias) * 2 >= len(wanted) and set(alias.split()) <= set(wanted.split())
    score = max(whole, 88 if within else 0)
    return score if score >= NAMES else 0


def named_columns(texts: Sequence[str], roles: Sequence[Role]) -> dict[int, tuple[Role, float]]:
    """Return which columns of a row name a role as headings do, each role once."""
    scores: list[tuple[float, int, int]] = []
    for column, text in enumerate(texts):
        wanted = plain_heading(text) if text and len(text) < 120 else ""
        if wanted:
            likely = ((_likeness_of(wanted, role), -column, -place) for place, role in enumerate(roles))
            scores += [score for score in likely if score[0] >= NAMES]
    found: dict[int, tuple[Role, float]] = {}
    for score, column, place in sorted(scores, reverse=True):
        role = roles[-place]
        if -column not in found and all(role is not other for other, _ in found.values()):
            found[-column] = (role, score)
    return found


def matched(
    headings: Sequence[str], rows: Sequence[Row], roles: Sequence[Role], told: Mapping[str, str] | None = None
) -> list[Match]:
    """Return what each column holds.

    Args:
        headings: The heading of each column.
        rows: The rows below.
        roles: What columns may hold.
        told: What a person said: plain heading, or "column 3", to a role's name; "" leaves a column out.

    """
    found: dict[int, Match] = {}
    for column, heading in enumerate(headings):
        said = next((told[key] for key in (plain_heading(heading), f"column {column + 1}") if key in told), None) \
            if told else None  # fmt: skip
        if said is not None:
            role = next((role for role in roles if role.name == said), None)
            found[column] = Match(column, heading, role, "as the map says" if role else "left out, as the map says")
    free = [role for role in roles if all(match.role is not role for match in found.values())]
    open_texts = ["" if column in found else heading for column, heading in enumerate(headings)]
    for column, (role, score) in named_columns(open_texts, free).items():
        why = f"its heading “{_short(headings[column])}”" + ("" if score >= SURELY else f" is like “{role.aliases[0]}”")
        found[column] = Match(column, headings[column], role, why, score >= SURELY)
    free = [role for role in roles if all(match.role is not role for match in found.values())]
    whole = [row for row in rows[:300] if sum(map(bool, row.texts)) > 1]  # no headings of sections
    for column, heading in enumerate(headings):
        if column not in found:
            found[column] = _by_content(column, heading, whole, free)
            free = [role for role in free if role is not found[column].role]
    return [found[column] for column in sorted(found)]


def _by_content(column: int, heading: str, rows: Sequence[Row], roles: Sequence[Role]) -> Match:
    cells = [row.cells[column] for row in rows if column < len(row.cells)]
    cells = [cell for cell in cells if cell.text or cell.colour][:200]
    best, share = None, 0.0
    for role in roles:
        held = sum(role.holds(cell.text, cell.colour) for cell in cells) if role.holds else 0
        if cells and held / len(cells) > max(share, 0.6):
            best, share = role, held / len(cells)
    if best is None:
        return Match(column, heading, None, "neither its heading nor its cells fit a field", sure=not cells)
    return Match(column, heading, best, f"{best.told} stand in its cells", sure=share > 0.9)


def _short(heading: str) -> str:
    line = " ".join(heading.split())
    return line if len(line) <= 50 else line[:49] + "…"
