"""A document as intake sees it: its tables, cell by cell, with colours and places, and the text above each."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Literal

# Called with what is being done, how far it is and how much there is; raises to stop the work.
Progress = Callable[[str, int, int], None]


class IntakeError(ValueError):
    """A document that is not read; the message says what is wrong with it and what to do."""


class StoppedError(Exception):
    """Raised by a progress function: the person stopped the work."""


def silently(doing: str, done: int, of: int) -> None:
    """Show no progress."""
    del doing, done, of


@dataclass(frozen=True, slots=True)
class Cell:
    r"""One cell of a table.

    Attributes:
        text: What it says, cleaned; paragraphs, list items and line breaks are lines ("\n"). Numbers of
            numbered lists stand before their items ("1. …"); dates of spreadsheets are ISO (2026-03-31).
        colour: Its background as six hexadecimal digits in capitals ("00B050"), None without one.
        merged: "up" or "left" where it is part of a merged cell that begins above or to its left; its text is
            then empty, and what the merged cell says stands where it begins.
        unread: Why it could not be read, None where it could: a formula whose value was never calculated.

    """

    text: str
    colour: str | None = None
    merged: Literal["up", "left"] | None = None
    unread: str | None = None


EMPTY = Cell("")


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table.

    Attributes:
        cells: Its cells, from the left.
        place: Where it stands, in words: "table 2, row 5", "sheet “Plan”, row 7", "line 134".
        parted: Whether something that may be the foot of a page lies between it and the row above: an empty line.
        hidden: Whether people who open the document do not see it.

    """

    cells: tuple[Cell, ...]
    place: str
    parted: bool = False
    hidden: bool = False

    @property
    def texts(self) -> tuple[str, ...]:
        """What its cells say."""
        return tuple([cell.text for cell in self.cells])


@dataclass(frozen=True)
class Table:
    """One table.

    Attributes:
        rows: Its rows that hold something, from the top; all have the same number of cells.
        place: Where it stands, in words: "table 2", "sheet “Plan”", "lines 120 to 134".
        above: The lines of text between it and the table before, the nearest last; headings among them.
        hidden: Whether people who open the document do not see it: a hidden sheet.

    """

    rows: tuple[Row, ...]
    place: str
    above: tuple[str, ...] = ()
    hidden: bool = False

    @property
    def width(self) -> int:
        """How many columns it has."""
        return len(self.rows[0].cells) if self.rows else 0


@dataclass(frozen=True)
class Document:
    """A document that was read.

    Attributes:
        name: Its file's name, without the folder.
        form: What it is, in words: "Word document", "Excel workbook", "text".
        sha256: The SHA-256 of its bytes, 64 hexadecimal digits.
        tables: Its tables in order.
        told: What a person should know of how it was read: guesses, hidden sheets, characters taken out.
        below: The lines of text after the last table.

    """

    name: str
    form: str
    sha256: str
    tables: tuple[Table, ...]
    told: tuple[str, ...] = ()
    below: tuple[str, ...] = ()


def squared(rows: list[tuple[list[Cell], str, bool]], hidden: Collection[str] = ()) -> tuple[Row, ...]:
    """Return rows of equal length, those without anything in them left out, and empty columns at the right too.

    Args:
        rows: Each row's cells, place, and whether it is parted from the one above.
        hidden: The places of rows that people do not see.

    """
    kept = [row for row in rows if any(cell.text or cell.unread for cell in row[0])]
    width = max((_used(cells) for cells, _, _ in kept), default=0)
    return tuple(
        Row((*cells[:width], *([EMPTY] * (width - len(cells)))), place, parted, place in hidden)
        for cells, place, parted in kept
    )


def _used(cells: list[Cell]) -> int:
    for number in range(len(cells), 0, -1):
        cell = cells[number - 1]
        if cell.text or cell.unread or cell.merged:
            return number
    return 0
