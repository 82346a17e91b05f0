"""Bars, drawn as a picture with its figures in words and in a table beside it."""

from collections.abc import Sequence
from typing import NamedTuple

WIDTH, LEFT, ROOM, STEP = 440, 150, 220, 28
_LONGEST = 20  # signs of a label that fit beside a bar


class Bar(NamedTuple):
    """One bar: where it stands, how long it is, and what it is called."""

    label: str
    told: str
    y: int
    width: float


class Chart(NamedTuple):
    """A chart of bars.

    Attributes:
        title: What it shows.
        told: The same in words, for who does not see it.
        bars: Its bars.
        columns: The headings of the table of its figures.
        rows: That table.

    """

    title: str
    told: str
    bars: Sequence[Bar]
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    width: int = WIDTH
    left: int = LEFT

    @property
    def height(self) -> int:
        """How high it is."""
        return len(self.bars) * STEP


def chart(title: str, columns: tuple[str, str], figures: Sequence[tuple[str, float, str]]) -> Chart:
    """Return a chart of (label, figure, figure in words) of each bar."""
    most = max((abs(figure) for _, figure, _ in figures), default=0) or 1
    bars = [
        Bar(_fitting(label), told, at * STEP, round(abs(figure) / most * ROOM, 1))
        for at, (label, figure, told) in enumerate(figures)
    ]
    words = "; ".join(f"{label}: {told}" for label, _, told in figures) or "nothing is recorded"
    return Chart(title, f"{title}. {words}.", bars, columns, [[label, told] for label, _, told in figures])


def _fitting(label: str) -> str:
    return label if len(label) <= _LONGEST else f"{label[: _LONGEST - 1]}…"
