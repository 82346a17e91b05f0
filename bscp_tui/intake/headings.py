"""The rows that may hold a table's headings: one row, or two where the upper one heads several columns at once."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from bscp_tui.intake.document import Row


class Headings(NamedTuple):
    """What may head a table's columns.

    Attributes:
        texts: The heading of each column.
        last: The place of the last row that they stand in, from 0.

    """

    texts: tuple[str, ...]
    last: int


def headings_of(rows: Sequence[Row]) -> Iterator[Headings]:
    """Yield what may be the headings among a table's first rows; what two rows say together comes after each."""
    for number, row in enumerate(rows):
        yield Headings(row.texts, number)
        if number and _spans(rows[number - 1], row):
            yield Headings(_together(rows[number - 1], row), number)


def _spans(upper: Row, lower: Row) -> bool:
    """Whether cells of the upper row reach over several columns, or down into the lower one."""
    across = any(cell.merged == "left" for cell in upper.cells)
    down = any(cell.merged == "up" for cell in lower.cells)
    return (across or down) and len({text for text in upper.texts if text}) > 1


def _together(upper: Row, lower: Row) -> tuple[str, ...]:
    texts, above = [], ""
    for over, under in zip(upper.cells, lower.cells, strict=True):
        above = above if over.merged == "left" else over.text
        texts.append(under.text if above == under.text else f"{above} {under.text}".strip())
    return tuple(texts)
