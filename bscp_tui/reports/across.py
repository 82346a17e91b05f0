"""Charts over time for the terminal: moments run from left to right above an axis, figures from nought upwards."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

from wcwidth import wcswidth

from bscp_tui.model.dates import MONTHS
from bscp_tui.reports.cells import told
from bscp_tui.reports.report import Chart, Series
from bscp_tui.reports.signs import (
    ASCII_FILLS,
    ASCII_POINTS,
    ASCII_SEVERAL,
    FILLS,
    POINTS,
    SEVERAL,
    legend,
)

HEIGHT = 12  # lines between the top and the axis
SLOT = 4  # the most columns that a moment takes
_GAP = 2  # columns at least between two words below the axis


def across(chart: Chart, width: int, height: int = HEIGHT, *, ascii_only: bool = False) -> list[str]:
    """Return a chart whose labels are days as lines; none where it has nothing above nought to draw.

    Args:
        chart: The chart: "stacked" fills columns with a sign for each part, any other has a sign for each point.
        width: The most columns that a line takes.
        height: How many lines stand above the axis.
        ascii_only: Whether it is drawn with ASCII signs.

    """
    stacked = chart.drawn == "stacked"
    used = [
        series for series in chart.series if any(number if stacked else number is not None for number in series.numbers)
    ]
    low, high = _reach(used, stacked=stacked)
    if high <= 0:
        return []
    marks = _marks(low, high, height, stacked=stacked)
    margin = max(map(wcswidth, marks.values())) + 2
    days = list(chart.days or ())
    slot = min(SLOT, max(1, (width - margin) // max(len(days), 1)))
    places = [at * slot for at in range(len(days))]
    if places and places[-1] + slot > width - margin:  # more moments than columns
        places = [at * (width - margin) // len(days) for at in range(len(days))]
    signs = (ASCII_FILLS if ascii_only else FILLS) if stacked else (ASCII_POINTS if ascii_only else POINTS)
    cells = [[" "] * (width - margin) for _ in range(height)]
    if stacked:
        _fill(cells, used, places, signs, (high, max(slot - 1, 1)))
    else:
        _points(cells, used, places, signs, (low, high, slot, ascii_only))
    names, shown = [_named(series) for series in used], _repeated(signs, len(used))
    meeting = ASCII_SEVERAL if ascii_only else SEVERAL
    if not stacked and any(meeting in line for line in cells):
        names, shown = [*names, "several at once"], f"{shown}{meeting}"
    return [*_framed(cells, marks, margin, ascii_only=ascii_only), _below(days, places, margin, width),
            *legend(names, shown, width)]  # fmt: skip


def _reach(used: Sequence[Series], *, stacked: bool) -> tuple[float, float]:
    """Return the lowest and the highest figure that must find room; nought is always among them."""
    columns = list(zip(*(series.numbers for series in used), strict=True))
    if stacked:
        return 0, max((sum(number for number in column if number) for column in columns), default=0)
    numbers = [number for column in columns for number in column if number is not None]
    return min([0, *numbers]), max([0, *numbers])


def _marks(low: float, high: float, height: int, *, stacked: bool) -> dict[int, str]:
    """Return the figures that stand beside the axis by their line from above: the highest, a middle one, the lowest."""
    whole = isinstance(low, int) and isinstance(high, int)
    middle = (low + high) // 2 if whole else round((low + high) / 2, 2)
    share = (middle - low) / (high - low)
    line = height - max(round(share * height), 1) if stacked else height - 1 - round(share * (height - 1))
    return {line: told(middle)} | {0: told(high), height - 1: told(low)}


def _fill(
    cells: list[list[str]], used: Sequence[Series], places: Sequence[int], signs: str, size: tuple[float, int]
) -> None:
    """Fill a column for each moment, from below; what is not nothing has one cell at least."""
    high, wide = size
    for at, place in enumerate(places):
        numbers = [max(series.numbers[at] or 0, 0) for series in used]
        parts = [max(round(number * len(cells) / high), 1) if number else 0 for number in numbers]
        while sum(parts) > len(cells):
            largest = max(parts)
            parts[parts.index(largest)] -= 1
            if largest <= 1:
                break
        row = 0
        for sign, part in zip(_repeated(signs, len(parts)), parts, strict=True):
            for _ in range(part):
                cells[-1 - row][place : place + wide] = sign * min(wide, len(cells[0]) - place)
                row += 1


def _points(
    cells: list[list[str]],
    used: Sequence[Series],
    places: Sequence[int],
    signs: str,
    reach: tuple[float, float, int, bool],
) -> None:
    """Put a sign for each figure; where several meet, one that says so."""
    low, high, slot, ascii_only = reach
    for series, sign in zip(used, _repeated(signs, len(used)), strict=True):
        for number, place in zip(series.numbers, places, strict=True):
            if number is None:
                continue
            row = round((number - low) / (high - low) * (len(cells) - 1))
            held = cells[-1 - row]
            column = min(place + slot // 2, len(held) - 1)
            both = held[column] not in {" ", sign}
            held[column] = (ASCII_SEVERAL if ascii_only else SEVERAL) if both else sign


def _framed(cells: list[list[str]], marks: Mapping[int, str], margin: int, *, ascii_only: bool) -> Iterator[str]:
    """Yield the lines with the axis at their left, three figures beside it, and the axis below."""
    upright, corner, flat = ("|", "+", "-") if ascii_only else ("│", "└", "─")
    for place, line in enumerate(cells):
        said = marks.get(place, "")
        yield f"{' ' * (margin - 2 - wcswidth(said))}{said} {upright}{''.join(line)}".rstrip()
    yield f"{' ' * (margin - 1)}{corner}{flat * len(cells[0])}"


def _below(days: Sequence[dt.date], places: Sequence[int], margin: int, width: int) -> str:
    """Return the line below the axis: "Apr 25" wherever a month begins and there is room for it."""
    names = [f"{MONTHS[day.month - 1][:3]} {day.year % 100:02}" for day in days]
    line, before = " " * margin, ""
    for place, name in zip(places, names, strict=True):
        start = margin + place
        if name != before and (len(line) + _GAP <= start or not line.strip()) and start + len(name) <= width:
            line, before = f"{line:<{start}}{name}", name
    return line


def _named(series: Series) -> str:
    """Return a series' name with its last figure."""
    known = [number for number in series.numbers if number is not None]
    return f"{series.name} ({told(known[-1])})" if known else series.name


def _repeated(signs: str, count: int) -> str:
    return (signs * (count // len(signs) + 1))[:count]
