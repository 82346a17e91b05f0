"""What several rules look at: parts inside a record, its plan and years, its source, dates in prose."""

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from bscp_tui.checks.rule import Steps
from bscp_tui.model.fields import FieldFacts, Shape, fields_of
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


@dataclass(frozen=True)
class _Inside:
    """The fields of a model that hold tables, each with whether it holds several."""

    tables: tuple[tuple[str, bool], ...]


@cache
def _inside(model: type[Part]) -> _Inside:
    tables = [
        (name, facts.shape is Shape.PARTS)
        for name, facts in fields_of(model).items()
        if facts.part is not None and not getattr(facts.part, "stands_alone", False)
    ]
    return _Inside(tuple(tables))


def parts_in(item: Part) -> Iterator[tuple[Steps, Part]]:
    """Yield ``item`` and every table inside it with its place; rows that are records of their own are left out."""
    yield (), item
    for name, several in _inside(type(item)).tables:
        value = getattr(item, name)
        if not value:
            continue
        rows = enumerate(value) if several else [(None, value)]
        for place, row in rows:
            here: Steps = (name,) if place is None else (name, place)
            for steps, part in parts_in(row):
                yield (*here, *steps), part


def declared(item: Part) -> Mapping[str, FieldFacts]:
    """Return the fields of a record or row by name."""
    return fields_of(type(item))


def rows_of(item: Any, table: str) -> tuple[Any, ...]:
    """Return the rows of a table that a record may have; none where its kind has no such table."""
    rows: tuple[Any, ...] = getattr(item, table, ())
    return rows


@cache
def fields_shaped(model: type[Part], *shapes: Shape) -> tuple[FieldFacts, ...]:
    """Return the fields of ``model`` that have one of ``shapes``."""
    return tuple(facts for facts in fields_of(model).values() if facts.shape in shapes)


def plan_of(view: View) -> Any:
    """Return the plan that a record belongs to, None where it belongs to none."""
    name = view.names.get("plan")
    found = view.register.view(name) if name else None
    return found.item if found is not None else None


def last_day_of_year(plan: Any, year: int) -> dt.date | None:
    """Return the last day of a plan's n-th year; None where the plan says no start."""
    start = getattr(plan, "start", None)
    if start is None or not 1 <= year <= 50:
        return None
    return dt.date(start.year + year, start.month, 1) - dt.timedelta(days=1)


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
    found = []
    for match in sorted([*_WHEN.finditer(text), *_NUMBERS.finditer(text)], key=lambda match: match.start()):
        span = _span(match.groupdict())
        if span is not None:
            found.append(span)
    return found


def years_in(text: str) -> list[str]:
    """Return the years of two that ``text`` names, as ``2024/25``."""
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
