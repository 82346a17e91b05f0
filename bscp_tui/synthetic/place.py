"""What an inventor of a kind is made of, and what several of them share."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bscp_tui.model.document import Document
from bscp_tui.synthetic import words
from bscp_tui.synthetic.world import END, World

LASTS = 900  # days in which something is recorded of a record


@dataclass(frozen=True)
class Place:
    """Where a record lies, and when it can change.

    Attributes:
        names: What its path says.
        start: The day on which it can be added at the earliest.
        end: The day after which nothing more is recorded of it.

    """

    names: Mapping[str, str]
    start: dt.date
    end: dt.date


@dataclass(frozen=True)
class Inventor:
    """How the records of one kind are invented.

    Attributes:
        count: Of so many records in all, how many are of this kind.
        place: Where the n-th lies.
        document: What it holds when it is added.
        stands: Whether such records are there from the first day, and seldom change.

    """

    count: Callable[[int], int]
    place: Callable[[World, int], Place]
    document: Callable[[World, Place, int], Document]
    stands: bool = False


def few(most: int) -> Callable[[int], int]:
    """Return what counts a kind of which there are at most ``most``."""
    return lambda records: min(most, records // 8)


def share(part: float) -> Callable[[int], int]:
    """Return what counts a kind that makes up ``part`` (0 to 1) of all records."""
    return lambda records: int(records * part)


def numbered(world: World, number: int) -> Place:
    """Return the place of the n-th record of a kind that is named by a number: a hundred to a folder."""
    code = f"{number + 1:04}"
    start = world.day(world.begin, END - dt.timedelta(days=60))
    return Place({"block": code[:2], "code": code}, start, min(start + dt.timedelta(days=LASTS), END))


def title(world: World) -> str:
    """Return what is to be done, in a few words."""
    return f"{world.pick(words.VERBS)} {world.pick(words.THINGS)} on {world.pick(words.THEMES)}"


def ending(world: World, where: str, audience: str = "public") -> Document:
    """Return what every record ends with: its audience, and the note that it is invented."""
    return {"audience": audience, "source": world.source(where)}
