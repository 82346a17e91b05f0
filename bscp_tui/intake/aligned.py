"""Tables in plain text whose columns nothing but spaces, or drawn lines, hold apart: a mail, a page of a PDF."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

_SEGMENT = re.compile(r"\S+(?: \S+)*")
_FRAME = re.compile(r"\s*[|│┃║].*[|│┃║]\s*")
_BAR = re.compile(r"[|│┃║]")
RULE = re.compile(r"[\s|:+=│┃║─━═┌┬┐├┼┤└┴┘╒╤╕╞╪╡╘╧╛╔╦╗╠╬╣╚╩╝_-]*[-=─━═_][\s|:+=│┃║─━═┌┬┐├┼┤└┴┘╒╤╕╞╪╡╘╧╛╔╦╗╠╬╣╚╩╝_-]*")
_ITEM = re.compile(r"\(?\d{1,2}[.)]\s|[•▪◦–*-]\s|(?:K\.?\s?A\b|Operational|(?-i:[A-Z])[\w ]{1,30}:\s)", re.IGNORECASE)
_DATE = re.compile(r"\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b|\d{4}-\d{2}-\d{2}|\d{1,2} [A-Z][a-z]{2,8} \d{4}")
_HYPHEN = re.compile(r"[^\W\d_]-$")
_ON = re.compile(r"[a-z(),;&]")
NEAR = 2  # characters by which a cell may begin before its heading does
MOST_EMPTY = 3  # lines between two rows
MOST_ALIKE = 0.6  # the share of lines whose cells must stand below a heading


class Segment(NamedTuple):
    """Words that no two spaces part, and where they begin on their line."""

    start: int
    text: str

    @property
    def end(self) -> int:
        """Where they end."""
        return self.start + len(self.text)


def cells_by_line(lines: Sequence[str]) -> dict[int, list[str] | None]:
    """Return the cells of each line that is a row of such a table; None for lines that go on with the one above.

    Args:
        lines: The text's lines, without tabs; a line that is not named in the result is no row of a table.

    """
    found: dict[int, list[str] | None] = {}
    for framed in _framed(lines):
        found |= _together([(place, _between_bars(lines[place])) for place in framed])
    for block in _blocks(lines, found):
        found |= _together(block)
    return found


def is_framed(line: str) -> bool:
    """Whether a line is a row between drawn bars."""
    return _FRAME.fullmatch(line) is not None


def _framed(lines: Sequence[str]) -> Iterator[list[int]]:
    """Yield the lines of each table that is drawn with bars."""
    block: list[int] = []
    for place, line in enumerate([*lines, ""]):
        if is_framed(line) and not RULE.fullmatch(line):
            block.append(place)
        elif not RULE.fullmatch(line) and block:
            if len(block) > 1:
                yield block
            block = []


def _between_bars(line: str) -> list[str]:
    return [cell.strip() for cell in _BAR.split(line.strip())[1:-1]]


def _blocks(lines: Sequence[str], taken: dict[int, list[str] | None]) -> Iterator[list[tuple[int, list[str]]]]:
    """Yield the rows of each table that spaces hold apart: headings, and lines whose words stand below them."""
    place = 0
    while place < len(lines):
        headings = _segments(lines[place]) if place not in taken else []
        if len(headings) < 2 or any(map(_is_prose, headings)):
            place += 1
            continue
        rows, end = _below(lines, place, headings)
        if len(rows) > 1:
            yield [(place, [each.text for each in headings]), *rows] if rows[0][0] != place else rows
            place = end
        else:
            place += 1


def _below(lines: Sequence[str], first: int, headings: list[Segment]) -> tuple[list[tuple[int, list[str]]], int]:
    """Return the rows below headings, as far as most of them stand below these, and where they end."""
    rows = [(first, [each.text for each in headings])]
    well = wide = 0
    place = first + 1
    empty = 0
    while place < len(lines) and empty <= MOST_EMPTY:
        line = lines[place]
        segments = _segments(line)
        if not segments or RULE.fullmatch(line):
            empty += not segments
        elif len(segments) == 1 and not _stands_below(segments[0], headings[1:]) and not _is_first(segments, headings):
            if not _goes_on(lines, place + 1, headings):
                break
            empty = 0
            rows.append((place, [segments[0].text, *[""] * (len(headings) - 1)]))  # it heads the rows below it
        else:
            empty = 0
            if len(segments) > 1:
                wide += 1
                well += all(_stands_below(each, headings) for each in segments)
            rows.append((place, _cells(segments, headings)))
        place += 1
    if well < 1 or well < MOST_ALIKE * wide:
        return [], first
    return rows, place


def _is_prose(segment: Segment) -> bool:
    return len(segment.text) > 60 or (len(segment.text) > 5 and segment.text[-1] in ".!,;")


def _goes_on(lines: Sequence[str], place: int, headings: Sequence[Segment]) -> bool:
    """Whether rows of the table come again within two lines that say something."""
    below = [_segments(line) for line in lines[place : place + 6] if line.strip() and not RULE.fullmatch(line)][:2]
    return any(len(each) > 1 and all(_stands_below(one, headings) for one in each) for each in below)


def _segments(line: str) -> list[Segment]:
    return [Segment(match.start(), match[0]) for match in _SEGMENT.finditer(line.rstrip().replace("\xa0", " "))]


def _stands_below(segment: Segment, headings: Sequence[Segment]) -> bool:
    return any(abs(segment.start - each.start) <= NEAR or abs(segment.end - each.end) <= 1 for each in headings)


def _is_first(segments: Sequence[Segment], headings: Sequence[Segment]) -> bool:
    """Whether a line holds a word or two of the first column alone."""
    return abs(segments[0].start - headings[0].start) <= NEAR and segments[0].end < headings[1].start


def _cells(segments: Sequence[Segment], headings: Sequence[Segment]) -> list[str]:
    cells = [""] * len(headings)
    for segment in segments:
        column = max(range(len(headings)), key=lambda number: (_overlap(segment, headings, number), -number))
        cells[column] = f"{cells[column]} {segment.text}".strip()
    return cells


def _overlap(segment: Segment, headings: Sequence[Segment], column: int) -> int:
    begin = headings[column].start - NEAR if column else 0
    end = headings[column + 1].start - NEAR if column + 1 < len(headings) else 10_000
    return min(segment.end, end) - max(segment.start, begin)


def _together(rows: Sequence[tuple[int, list[str]]]) -> dict[int, list[str] | None]:
    """Put the lines of a cell together: a line without a first cell, right below another, goes on with its row."""
    found: dict[int, list[str] | None] = {}
    last: list[str] | None = None
    before = -9
    for place, cells in rows:
        goes_on = last is not None and place == before + 1 and len(cells) == len(last) \
            and (not cells[0] or bool(_ON.match(cells[0])))  # fmt: skip
        if goes_on and last is not None:
            for column, text in enumerate(cells):
                last[column] = _joined(last[column], text)
            found[place] = None
        else:
            last = list(cells)
            found[place] = last
        before = place
    return found


def _joined(above: str, below: str) -> str:
    if not above or not below:
        return above or below
    last = above.rpartition("\n")[2]
    if _HYPHEN.search(last) and below[0].isalpha():
        return above + below
    begins = _ITEM.match(below) and last.count("(") <= last.count(")")
    apart = begins or (_DATE.match(below) and _DATE.search(last))
    return f"{above}\n{below}" if apart else f"{above} {below}"
