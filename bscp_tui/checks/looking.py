"""What several rules look at: the fields of a record, its plan and years, its source, dates in prose."""

import datetime as dt
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from bscp_tui.model.fields import FieldFacts, fields_of
from bscp_tui.model.record import Part
from bscp_tui.model.view import View

MONTHS = {
    name: number
    for number, name in enumerate(
        ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
         "november", "december"), start=1,
    )
}  # fmt: skip
_MONTH = "|".join(MONTHS)
_WHEN = re.compile(rf"\b(?:(?P<day>[0-3]?\d)\s+)?(?P<month>{_MONTH})\s+(?P<year>(?:19|20)\d\d)\b", re.IGNORECASE)
_NUMBERS = re.compile(r"\b(?P<day>[0-3]?\d)\.(?P<month>[01]?\d)\.(?P<year>20\d\d)\b")
_YEARS = re.compile(r"\b(20\d\d)\s?[/–-]\s?(?:20)?(\d\d)\b")


def declared(item: Part) -> Mapping[str, FieldFacts]:
    """Return the fields of a record or row by name."""
    return fields_of(type(item))


def rows_of(item: Any, table: str) -> tuple[Any, ...]:
    """Return the rows of a table that a record may have; none where its kind has no such table."""
    rows: tuple[Any, ...] = vars(item).get(table, ())  # no attribute: those that are missing are asked for most
    return rows


def plan_of(view: View) -> Any:
    """Return the plan that a record belongs to, None where it belongs to none."""
    name = view.names.get("plan")
    if not name:
        return None
    found = view.register.view(name)
    return found.item if found is not None else None


@lru_cache(maxsize=256)
def _last_day(start: dt.date, year: int) -> dt.date:
    return dt.date(start.year + year, start.month, 1) - dt.timedelta(days=1)


def last_day_of_year(plan: Any, year: int) -> dt.date | None:
    """Return the last day of a plan's n-th year; None where the plan says no start."""
    start = getattr(plan, "start", None)
    if start is None or not 1 <= year <= 50:
        return None
    return _last_day(start, year)


def document_of(view: View) -> Any:
    """Return what the register knows of the document that a record was taken from; None where it says none."""
    whole = view.parent or view
    source = getattr(whole.item, "source", None)
    documents = view.register.settings.documents
    return next((one for one in documents if source is not None and one.title == source.document), None)


def as_at(view: View) -> dt.date:
    """Return the day that a record's words were written for: its document's, else today."""
    document = document_of(view)
    return document.effective if document is not None else view.today


def dates_in(text: str) -> list[tuple[dt.date, dt.date]]:
    """Return the days and months that ``text`` names, each as its first and last day, in their order."""
    found: list[tuple[dt.date, dt.date]] = []
    if "20" not in text and "19" not in text:
        return found  # no year, as in nearly every text
    for match in sorted([*_WHEN.finditer(text), *_NUMBERS.finditer(text)], key=lambda match: match.start()):
        span = _span(match.groupdict())
        if span is not None:
            found.append(span)
    return found


def years_in(text: str) -> list[str]:
    """Return the years of two that ``text`` names, as ``2024/25``."""
    if "20" not in text:
        return []
    found = [(int(first), int(second)) for first, second in _YEARS.findall(text)]
    return [f"{first}/{second:02}" for first, second in found if (first + 1) % 100 == second]


def year_span(text: str) -> tuple[dt.date, dt.date] | None:
    """Return the first and last day of a business year ``2024/25``; None for anything else."""
    years = years_in(text)
    if len(years) != 1 or len(text.strip()) > len("2024 / 2025"):
        return None
    first = int(years[0][:4])
    return dt.date(first, 4, 1), dt.date(first + 1, 3, 31)


def month_end(day: dt.date) -> dt.date:
    """Return the last day of a day's month."""
    following = dt.date(day.year + day.month // 12, day.month % 12 + 1, 1)
    return following - dt.timedelta(days=1)


def _span(told: Mapping[str, str | None]) -> tuple[dt.date, dt.date] | None:
    month = MONTHS.get((told["month"] or "").lower()) or int(told["month"] or 0)
    try:
        first = dt.date(int(told["year"] or 0), month, int(told["day"] or 1))
    except ValueError:
        return None
    return first, first if told["day"] else month_end(first)
