"""Months as grids of days for the terminal, a sign behind each day on which something is due."""

import calendar
import datetime as dt
from collections.abc import Mapping, Sequence

from bscp_tui.model.dates import MONTHS
from bscp_tui.reports.signs import PAGE, legend

LATE, COMING, TODAY = 0, 1, 2
SIGNS, ASCII_SIGNS = "▲◆◂", "!*<"
MEANS = ("overdue", "due", "today")
WIDE, GAP = 21, 3
MOST = 36  # months
_WEEK = "Mo Tu We Th Fr Sa Su"


def month_grid(
    due: Mapping[dt.date, bool], today: dt.date, *, width: int = PAGE, ascii_only: bool = False
) -> list[str]:
    """Return this month and later ones in which something is due, then earlier ones, as lines; none without any.

    Args:
        due: The days on which something is due: whether it is overdue.
        today: What counts as today.
        width: The most columns that a line takes; at least one month stands on it.
        ascii_only: Whether it is drawn with ASCII signs.

    """
    signs = ASCII_SIGNS if ascii_only else SIGNS
    if not due:
        return []
    months = sorted({(day.year, day.month) for day in (*due, today)})
    now = months.index((today.year, today.month))
    lines = [*legend(MEANS, signs, width), "", *_rows(months[now : now + MOST], due, today, width, signs)]
    if now:
        lines += ["", "From before this month:", "", *_rows(months[:now][-MOST:], due, today, width, signs)]
    return lines


def _rows(
    months: Sequence[tuple[int, int]], due: Mapping[dt.date, bool], today: dt.date, width: int, signs: str
) -> list[str]:
    """Return months as lines, as many beside each other as there is room for."""
    beside, lines = max(1, (width + GAP) // (WIDE + GAP)), []
    for first in range(0, len(months), beside):
        grids = [_month(year, month, due, today, signs) for year, month in months[first : first + beside]]
        height = max(map(len, grids))
        rows = ([grid[at] if at < len(grid) else " " * WIDE for grid in grids] for at in range(height))
        lines += [(" " * GAP).join(row).rstrip() for row in rows]
        lines.append("")
    return lines[:-1]


def _month(year: int, month: int, due: Mapping[dt.date, bool], today: dt.date, signs: str) -> list[str]:
    weeks = [[dt.date(year, month, number) if number else None for number in week]
             for week in calendar.Calendar().monthdayscalendar(year, month)]  # fmt: skip
    lines = [f"{MONTHS[month - 1]} {year}", _WEEK]
    lines += ["".join(_cell(day, due, today, signs) for day in week) for week in weeks]
    return [f"{line:<{WIDE}}" for line in lines]


def _cell(day: dt.date | None, due: Mapping[dt.date, bool], today: dt.date, signs: str) -> str:
    if day is None:
        return "   "
    sign = signs[LATE if due[day] else COMING] if day in due else signs[TODAY] if day == today else " "
    return f"{day.day:>2}{sign}"
