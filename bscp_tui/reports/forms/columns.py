"""Columns of text: how wide each may be, and how words wrap in them; nothing is ever cut."""

import re
from collections.abc import Sequence
from itertools import groupby

from wcwidth import wcswidth

GAP = 2
_WORD = 16  # a longer word may be broken
# What gives way, step by step: (columns up to that stay whole, longer words than that are broken).
_WHOLE = 14  # a column, or a number with its unit, no wider than that stays whole while another can give way
_STEPS = ((_WHOLE, _WORD), (_WHOLE, 13), (_WHOLE, 12), (0, _WORD))
_COUNTED = re.compile(r"\d[\d,.]* [a-z]")


def width_of(text: str) -> int:
    """Return how many columns a line takes."""
    return max(wcswidth(text), 0)


def wrapped(text: str, width: int, hang: str = "") -> str:
    """Return ``text`` in lines of at most ``width`` columns, broken between words where that is possible.

    Args:
        text: What is wrapped; its own line ends stay.
        width: The most that a line takes.
        hang: What the second line of a paragraph, and those behind it, begin with.

    """
    lines: list[str] = []
    for paragraph in text.split("\n"):
        lines += _lines(paragraph, width, hang)
    return "\n".join(lines)


def _lines(paragraph: str, width: int, hang: str) -> list[str]:
    if width_of(paragraph) <= width:
        return [paragraph]
    lines, line = [], ""
    for word in paragraph.split(" "):
        longer = f"{line} {word}" if line else word
        if width_of(longer) <= width or not line.strip():
            line = longer
        else:
            lines.append(line)
            line = hang + word
        while width_of(line) > width:
            head = _head(line, width)
            lines.append(head)
            line = hang + line[len(head) :]
    return [*lines, line] if line.strip() else lines


def _head(line: str, width: int) -> str:
    """Return the beginning of a line that fits; at least one sign, so that every line has an end."""
    end = 1
    while end < len(line) and width_of(line[: end + 1]) <= width:
        end += 1
    return line[:end]


def fitting(rows: Sequence[Sequence[str]], room: int) -> list[int] | None:
    """Return a width for each column so that all fit into ``room`` columns; None where they cannot.

    Columns give way from the widest on: first long ones, down to their longest words, which may be broken; then short
    ones too.

    Args:
        rows: The cells, headings first.
        room: What the columns may take together, without the gaps between them.

    """
    columns = list(zip(*rows, strict=True))
    natural = [max(width_of(line) for cell in column for line in cell.split("\n")) for column in columns]
    words = [_longest_word(column) for column in columns]
    counted = [_counted(column) for column in columns]
    for whole, longest in _STEPS:
        least = [
            width if width <= whole else max(min(word, longest), number if whole else 0)
            for width, word, number in zip(natural, words, counted, strict=True)
        ]
        if sum(least) <= room:
            return _shrunk(natural, least, room)
    return None


def _longest_word(column: Sequence[str]) -> int:
    return max((width_of(word) for cell in column for word in cell.split()), default=0)


def _counted(column: Sequence[str]) -> int:
    """Return the width of the longest number with its unit that should stay on one line: "182 days late"."""
    lines = [line for cell in column for line in cell.split("\n") if _COUNTED.match(line)]
    return max((width for line in lines if (width := width_of(line)) <= _WHOLE), default=0)


def _shrunk(natural: Sequence[int], least: Sequence[int], room: int) -> list[int]:
    """Return the widths at which the widest columns have given way, each down to its least."""
    low, high = 0, max(natural, default=0)
    while low < high:  # the highest level at which all fit
        level = (low + high + 1) // 2
        if sum(_at(level, natural, least)) <= room:
            low = level
        else:
            high = level - 1
    widths = _at(low, natural, least)
    spare = room - sum(widths)
    for place, width in enumerate(widths):
        if spare and width < natural[place]:
            widths[place] += 1
            spare -= 1
    return widths


def _at(level: int, natural: Sequence[int], least: Sequence[int]) -> list[int]:
    return [max(low, min(width, level)) for width, low in zip(natural, least, strict=True)]


def split(rows: Sequence[Sequence[str]], room: int, keys: int = 1) -> list[list[int]]:
    """Return the columns of a table that is too wide, in parts that fit; each begins with the ``keys`` first ones.

    Args:
        rows: The cells, headings first.
        room: What a line may take, gaps and all.
        keys: How many columns name a row.

    """
    count = len(rows[0])
    least = [min(_WORD, _longest_word([row[place] for row in rows])) for place in range(count)]
    names = list(range(min(keys, count)))
    taken, part, number = sum(least[place] + GAP for place in names), 0, {}
    used = taken
    for place in range(len(names), count):
        if used + least[place] > room and used > taken:
            part, used = part + 1, taken
        used += least[place] + GAP
        number[place] = part
    return [[*names, *places] for _, places in groupby(number, key=number.__getitem__)]
