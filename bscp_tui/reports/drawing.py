"""Charts for the terminal: bars of blocks from nought, or of # where there is no Unicode; the figures stand beside."""

from collections.abc import Iterator, Sequence

from wcwidth import wcswidth

from bscp_tui.model.text import shown
from bscp_tui.reports.cells import told
from bscp_tui.reports.report import Chart, Series

LONGEST = 26  # cells of the longest bar: beside its name and figure it fits into 80 columns
NAME = 36
PAGE = 80
_PARTS = " ▏▎▍▌▋▊▉"  # eighths of a cell
# What tells the parts of a stacked bar apart, whoever sees no colour; a legend says which is which.
_FILLS, _ASCII_FILLS = "█▓▒░▚▞▤", "#=+-o.:"


def bar(share: float, *, ascii_only: bool = False) -> str:
    """Return a bar as long as ``share`` (0 to 1) of the longest; what is not nothing is always seen."""
    cells = max(0.0, min(share, 1.0)) * LONGEST
    if ascii_only:
        return "#" * max(round(cells), 1 if share > 0 else 0)
    whole, rest = divmod(round(cells * len(_PARTS)), len(_PARTS))
    drawn = "█" * whole + (_PARTS[rest] if rest else "")
    return drawn or ("▏" if share > 0 else "")


def drawn(chart: Chart, *, ascii_only: bool = False) -> list[str]:
    """Return a chart as lines of at most 80 columns; none where it has nothing above nought to draw.

    Bars begin at nought. A line over time is drawn as one bar for each moment, which a reader can compare without
    an axis. Names that are too long are cut with "…": the table beside the chart has them whole.
    """
    return list(
        _stacked(chart, ascii_only=ascii_only) if chart.drawn == "stacked" else _bars(chart, ascii_only=ascii_only)
    )


def _bars(chart: Chart, *, ascii_only: bool) -> Iterator[str]:
    """One bar for each figure; of several series each has a sign of its own, which the last line names."""
    longest = max((number or 0 for series in chart.series for number in series.numbers), default=0)
    if longest <= 0:
        return
    several, width = len(chart.series) > 1, _width(chart.labels)
    fills = _ASCII_FILLS if ascii_only else _FILLS
    for place, label in enumerate(chart.labels):
        for order, series in enumerate(chart.series):
            number = series.numbers[place]
            length = "" if number is None else bar(number / longest, ascii_only=ascii_only)
            if several:  # whole cells, since a part of a cell has no sign of its own
                length = fills[order % len(fills)] * (round(number * LONGEST / longest) or 1) if number else ""
            yield f"{_fitted('' if order else label, width)} {length}{' ' if length else ''}{told(number)}"
    if several:
        yield from _legend(chart.series, fills)


def _stacked(chart: Chart, *, ascii_only: bool) -> Iterator[str]:
    fills = _ASCII_FILLS if ascii_only else _FILLS
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
        yield f"{_fitted(label, width)} {pieces}{' ' if pieces else ''}{told(sums[place])}"
    yield from _legend([series for series, _ in used], [fill for _, fill in used])


def _legend(named: Sequence[Series], fills: Sequence[str]) -> Iterator[str]:
    """Yield which sign stands for which series, as many to a line as it takes."""
    line = ""
    for place, series in enumerate(named):
        one = f"{fills[place % len(fills)]} {_fitted(series.name, min(wcswidth(shown(series.name)), NAME))}"
        if line and wcswidth(line) + 2 + wcswidth(one) > PAGE:
            yield line
            line = ""
        line = f"{line}  {one}" if line else one
    yield line


def _lengths(numbers: Sequence[float], cells: int) -> list[int]:
    """Return how many cells each part gets; what is not nothing gets one at least."""
    whole = sum(numbers)
    return [max(round(number * cells / whole), 1) if number > 0 else 0 for number in numbers]


def _width(names: Sequence[str]) -> int:
    return min(max((wcswidth(shown(name)) for name in names), default=0), NAME)


def _fitted(name: str, width: int) -> str:
    """Return a name in exactly so many columns."""
    name = shown(name).replace("\n", " ")
    if wcswidth(name) > width:
        while name and wcswidth(name) > width - 1:
            name = name[:-1]
        name = f"{name.rstrip()}…"
    return name + " " * (width - wcswidth(name))
