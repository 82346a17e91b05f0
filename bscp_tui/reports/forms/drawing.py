"""Charts as SVG: bars lie, so that long labels fit; patterns, signs and figures say what colours repeat."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

from bscp_tui.model.text import shown
from bscp_tui.reports.cells import told
from bscp_tui.reports.forms.columns import wrapped
from bscp_tui.reports.report import Chart, Series

WIDTH = 720
_LEFT, _RIGHT, _LINE, _BAR, _GAP = 240, 60, 16, 18, 10
_ROOM = WIDTH - _LEFT - _RIGHT
_AXIS = 90  # where a line begins: the words below its first point need so much
_LABEL = 34  # signs in a line of a label
ACCENTS = ("#3d85c0", "#c0672a", "#4d9a5b", "#8d6cc4", "#b0567f", "#7d7d2f")
FIGURES = 12  # points of a line beside which each figure finds room
_SIGNS = "●■▲◆▼✚"
_HATCH = ("", "M0,8 L8,0", "M0,4 L8,4", "M0,0 L8,8", "M4,0 L4,8", "M0,4 L8,4 M4,0 L4,8")


@dataclass(frozen=True)
class Ink:
    """What is drawn with.

    Attributes:
        text: The colour of lines and words; "currentColor" where the page decides.
        paper: The colour behind hatching.

    """

    text: str = "#000000"
    paper: str = "#ffffff"


def svg(chart: Chart, number: int = 1, ink: Ink | None = None) -> str:
    """Return a chart as an SVG picture with its text alternative.

    Args:
        chart: The chart.
        number: Its number in the document, by which its parts are named.
        ink: What is drawn with.

    """
    ink = ink or Ink()
    prefix = f"chart-{number}"
    drawn, height = (_line if chart.drawn == "line" else _bars)(chart, prefix, ink)
    legend, head = _legend(chart, prefix, ink)
    names = f'aria-labelledby="{prefix}-title {prefix}-told"'
    size = f'viewBox="0 0 {WIDTH} {head + height}" width="{WIDTH}" height="{head + height}"'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" {names} {size} font-family="sans-serif" font-size="13">',
        f'<title id="{prefix}-title">{_text(chart.title)}</title>',
        f'<desc id="{prefix}-told">{_text(chart.alternative)}</desc>',
        f"<defs>{''.join(_patterns(len(chart.series), prefix, ink))}</defs>",
        *legend,
        f'<g transform="translate(0 {head})">{"".join(drawn)}</g></svg>',
    ]
    return "".join(parts)


def height_of(chart: Chart) -> int:
    """Return how high the picture of a chart is, where it is ``WIDTH`` wide."""
    drawn = svg(chart)
    return int(drawn.partition('height="')[2].partition('"')[0])


def _patterns(count: int, prefix: str, ink: Ink) -> Iterator[str]:
    for place in range(count):
        colour, hatch = ACCENTS[place % len(ACCENTS)], _HATCH[place % len(_HATCH)]
        lines = f'<path d="{hatch}" stroke="{ink.paper}" stroke-width="2"/>' if hatch else ""
        yield (
            f'<pattern id="{prefix}-{place}" width="8" height="8" patternUnits="userSpaceOnUse">'
            f'<rect width="8" height="8" fill="{colour}"/>{lines}</pattern>'
        )


def _legend(chart: Chart, prefix: str, ink: Ink) -> tuple[list[str], int]:
    """Return the legend, one series a line, and how high it is; one series alone needs none."""
    if len(chart.series) < 2:
        return [], 4
    parts = []
    for place, series in enumerate(chart.series):
        y = place * _BAR
        swatch = (
            _sign(place, 10, y + 12, ink)
            if chart.drawn == "line"
            else f'<rect x="2" y="{y + 2}" width="14" height="12" fill="url(#{prefix}-{place})" stroke="{ink.text}"/>'
        )
        parts += [swatch, _words(series.name, 24, y + 13, ink)]
    return parts, len(chart.series) * _BAR + _GAP


def _bars(chart: Chart, prefix: str, ink: Ink) -> tuple[list[str], int]:
    stacked = chart.drawn == "stacked"
    low, high = _reach(chart, stacked=stacked)
    parts: list[str] = []
    y = 0.0
    for place, label in enumerate(chart.labels):
        lines = wrapped(shown(label), _LABEL).split("\n")
        rows = 1 if stacked else len(chart.series)
        parts += [_words(line, _LEFT - 8, y + 13 + at * _LINE, ink, "end") for at, line in enumerate(lines)]
        numbers = [series.numbers[place] for series in chart.series]
        draw = _stack if stacked else _group
        parts += draw(numbers, y, (low, high), prefix, ink)
        y += max(rows * _BAR, len(lines) * _LINE) + _GAP
    zero = _x(0, low, high)
    axis = f'<path d="M{zero:.1f},0 L{zero:.1f},{y:.0f}" stroke="{ink.text}"/>'
    return [*parts, axis], int(y) + 4


def _group(numbers: Sequence[float | None], y: float, reach: tuple[float, float], prefix: str, ink: Ink) -> list[str]:
    parts = []
    for place, number in enumerate(numbers):
        top = y + place * _BAR
        start, end = sorted((_x(0, *reach), _x(number or 0, *reach)))
        parts.append(_bar(start, top, end - start, f"{prefix}-{place}", ink))
        parts.append(_words(told(number), end + 4, top + 13, ink))
    return parts


def _stack(numbers: Sequence[float | None], y: float, reach: tuple[float, float], prefix: str, ink: Ink) -> list[str]:
    parts, sofar = [], 0.0
    for place, number in enumerate(numbers):
        width = _x(number or 0, *reach) - _x(0, *reach)
        parts.append(_bar(_x(0, *reach) + sofar, y, max(width, 0), f"{prefix}-{place}", ink))
        sofar += max(width, 0)
    return parts


def _bar(x: float, y: float, width: float, pattern: str, ink: Ink) -> str:
    size = f'x="{x:.1f}" y="{y:.0f}" width="{width:.1f}" height="{_BAR - 3}"'
    return f'<rect {size} fill="url(#{pattern})" stroke="{ink.text}"/>'


def _line(chart: Chart, prefix: str, ink: Ink) -> tuple[list[str], int]:
    del prefix
    low, high = _reach(chart, stacked=False)
    tall = 240
    step = (WIDTH - _AXIS - 60) / max(len(chart.labels) - 1, 1)
    parts = [f'<path d="M{_AXIS},10 L{_AXIS},{tall} L{WIDTH - 40},{tall}" fill="none" stroke="{ink.text}"/>']
    parts += [
        _words(told(_tidy(edge)), _AXIS - 6, _y(edge, low, high, tall) + 4, ink, "end")
        for edge in dict.fromkeys((low, high))
    ]
    for place, series in enumerate(chart.series):
        parts += _path(series, place, [_AXIS + at * step for at in range(len(chart.labels))], (low, high, tall), ink)
    longest = 0
    for at, label in enumerate(chart.labels):
        x, y = _AXIS + at * step, tall + 14
        turned = f'transform="rotate(-40 {x:.1f} {y})"'
        parts.append(f'<text x="{x:.1f}" y="{y}" text-anchor="end" fill="{ink.text}" {turned}>{_text(label)}</text>')
        longest = max(longest, len(label))
    return parts, tall + 30 + longest * 5


def _path(
    series: Series, place: int, across: Sequence[float], reach: tuple[float, float, int], ink: Ink
) -> Iterator[str]:
    """Yield a line broken where nothing is recorded, with a sign and the figure at each point."""
    colour = ACCENTS[place % len(ACCENTS)]
    points = [(x, _y(number, *reach), number) for x, number in zip(across, series.numbers, strict=True)
              if number is not None]  # fmt: skip
    places = [at for at, number in enumerate(series.numbers) if number is not None]
    moves = ["L" if at and places[at - 1] == places[at] - 1 else "M" for at in range(len(points))]
    path = " ".join(f"{move}{x:.1f},{y:.1f}" for move, (x, y, _) in zip(moves, points, strict=True))
    if path:
        yield f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="2"/>'
    told_at = set(places[-1:]) if len(points) > FIGURES else set(places)  # of many, the last
    for at, (x, y, number) in zip(places, points, strict=True):
        yield _sign(place, x, y + 5, ink)
        if at in told_at:
            yield _words(told(number), x, y - 8, ink, "middle")


def _reach(chart: Chart, *, stacked: bool) -> tuple[float, float]:
    """Return the smallest and the largest figure that must find room; nothing is always among them."""
    columns = list(zip(*(series.numbers for series in chart.series), strict=True))
    if stacked:
        totals = [sum(number for number in column if number) for column in columns]
    else:
        totals = [number for column in columns for number in column if number is not None]
    low, high = min([0, *totals]), max([0, *totals])
    return low, (high if high > low else low + 1)


def _x(number: float, low: float, high: float) -> float:
    return _LEFT + (number - low) / (high - low) * _ROOM


def _y(number: float, low: float, high: float, tall: int) -> float:
    return tall - (number - low) / (high - low) * (tall - 30)


def _tidy(number: float) -> float:
    return int(number) if math.isfinite(number) and number == int(number) else number


def _sign(place: int, x: float, y: float, ink: Ink) -> str:
    sign = _SIGNS[place % len(_SIGNS)]
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="middle" fill="{ink.text}">{sign}</text>'


def _words(text: str, x: float, y: float, ink: Ink, anchor: str = "start") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{ink.text}">{_text(text)}</text>'


def _text(text: str) -> str:
    return escape(shown(text))
