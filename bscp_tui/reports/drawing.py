"""Charts for the terminal: bars of blocks from nought, or of # where there is no Unicode; the figures stand beside."""

from collections.abc import Iterator, Sequence

from wcwidth import wcswidth

from bscp_tui.model.text import shown
from bscp_tui.reports.across import HEIGHT, across
from bscp_tui.reports.cells import told
from bscp_tui.reports.report import Chart
from bscp_tui.reports.signs import ASCII_FILLS, FILLS, NAME, PAGE, fitted, legend

LONGEST = 26  # cells of the longest bar: beside its name and figure it fits into 80 columns
MOMENTS = 6  # from so many on, a chart over time has an axis
_PARTS = " ▏▎▍▌▋▊▉"  # eighths of a cell


def bar(share: float, *, ascii_only: bool = False) -> str:
    """Return a bar as long as ``share`` (0 to 1) of the longest; what is not nothing is always seen."""
    cells = max(0.0, min(share, 1.0)) * LONGEST
    if ascii_only:
        return "#" * max(round(cells), 1 if share > 0 else 0)
    whole, rest = divmod(round(cells * len(_PARTS)), len(_PARTS))
    drawn = "█" * whole + (_PARTS[rest] if rest else "")
    return drawn or ("▏" if share > 0 else "")


def drawn(chart: Chart, *, ascii_only: bool = False, width: int = PAGE, height: int = HEIGHT) -> list[str]:
    """Return a chart as lines; none where it has nothing above nought to draw.

    Bars begin at nought. What goes on over many moments runs from left to right above an axis; over a few, each moment
    has its bar, which a reader can compare without one. Names that are too long are cut with "…": the table beside the
    chart has them whole.

    Args:
        chart: The chart.
        ascii_only: Whether it is drawn with ASCII signs.
        width: The most columns that a line takes: a chart over time takes them, bars take 80 at most.
        height: How many lines a chart over time takes between its top and its axis.

    """
    if chart.days and len(chart.days) >= MOMENTS:
        return across(chart, width, height, ascii_only=ascii_only)
    return list(
        _stacked(chart, ascii_only=ascii_only) if chart.drawn == "stacked" else _bars(chart, ascii_only=ascii_only)
    )


def _bars(chart: Chart, *, ascii_only: bool) -> Iterator[str]:
    """One bar for each figure; of several series each has a sign of its own, which the last line names."""
    longest = max((number or 0 for series in chart.series for number in series.numbers), default=0)
    if longest <= 0:
        return
    several, width = len(chart.series) > 1, _width(chart.labels)
    fills = ASCII_FILLS if ascii_only else FILLS
    for place, label in enumerate(chart.labels):
        for order, series in enumerate(chart.series):
            number = series.numbers[place]
            length = "" if number is None else bar(number / longest, ascii_only=ascii_only)
            if several:  # whole cells, since a part of a cell has no sign of its own
                length = fills[order % len(fills)] * (round(number * LONGEST / longest) or 1) if number else ""
            yield f"{fitted('' if order else label, width)} {length}{' ' if length else ''}{told(number)}"
    if several:
        yield from legend([series.name for series in chart.series], fills)


def _stacked(chart: Chart, *, ascii_only: bool) -> Iterator[str]:
    fills = ASCII_FILLS if ascii_only else FILLS
    used = [(series, fills[place % len(fills)]) for place, series in enumerate(chart.series) if any(series.numbers)]
    sums = [sum(series.numbers[place] or 0 for series, _ in used) for place in range(len(chart.labels))]
    longest = max(sums, default=0)
    if longest <= 0:
        return
    width = _width(chart.labels)
    for place, label in enumerate(chart.labels):
        numbers = [series.numbers[place] or 0 for series, _ in used]
        lengths = _lengths(numbers, round(sums[place] * LONGEST / longest))
        pieces = "".join(fill * length for (_, fill), length in zip(used, lengths, strict=True))
        yield f"{fitted(label, width)} {pieces}{' ' if pieces else ''}{told(sums[place])}"
    yield from legend([series.name for series, _ in used], [fill for _, fill in used])


def _lengths(numbers: Sequence[float], cells: int) -> list[int]:
    """Return how many cells each part gets; what is not nothing gets one at least."""
    whole = sum(numbers)
    return [max(round(number * cells / whole), 1) if number > 0 else 0 for number in numbers]


def _width(names: Sequence[str]) -> int:
    return min(max((wcswidth(shown(name)) for name in names), default=0), NAME)
