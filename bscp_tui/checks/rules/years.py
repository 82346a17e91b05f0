"""Business years and a plan's years: what is marked for one of them falls into it."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from bscp_tui.checks.looking import last_day_of_year, plan_of, rows_of, year_span
from bscp_tui.checks.rule import About, Doubt, of_each
from bscp_tui.model.action import Action, KeyAction
from bscp_tui.model.dates import in_words
from bscp_tui.model.view import View


def _years_of(item: Any) -> list[int]:
    return [*item.years, *(stage.year for stage in rows_of(item, "stages") if stage.year)]


@of_each(
    About(
        "year-against-target",
        "warning",
        "The years that an action is marked with do not agree with its target.",
        "A step for year 2 that is due in year 1 is called late while its year has not begun, or never chased at all.",
        "A key action marked Year 2 is due on the last day of Year 1.",
        "Ask which is right; then set years or the target: bscp set {ref} years=1 --reason TEXT.",
    ),
    Action,
    KeyAction,
    needs=("years", "stages"),
)
def year_against_target(view: View, item: Any) -> Iterator[Doubt]:
    """Raise targets that fall before the last year marked, or after it."""
    years = _years_of(item) if not rows_of(item, "key_actions") else []
    plan: Any = plan_of(view) if years else None
    due = item.original_target(view) if plan is not None else None
    if not isinstance(due, dt.date):
        return
    start, before, last = plan.start, last_day_of_year(plan, max(years) - 1), last_day_of_year(plan, max(years))
    if start is None or due < start:
        return  # said by another rule
    if before is not None and due <= before:
        yield Doubt(view, f"it runs into Year {max(years)}, which begins after its target {in_words(due)}", ("years",))
    elif last is not None and due > last:
        yield Doubt(view, f"Year {max(years)} is its last, and ends before its target {in_words(due)}", ("years",))


@of_each(
    About(
        "year-outside-plan",
        "error",
        "A year is marked that the plan does not have.",
        "Work in a year that does not come is never due.",
        "A plan of two years marks an action with Year 3.",
        "Set the years that were meant: bscp set {ref} years=1,2 --reason TEXT.",
    ),
    Action,
    KeyAction,
    needs=("years", "stages"),
)
def year_outside_plan(view: View, item: Any) -> Iterator[Doubt]:
    """Raise years below 1 or beyond the plan's end."""
    plan = plan_of(view)
    if getattr(plan, "start", None) is None or getattr(plan, "end", None) is None:
        return
    count = -(-((plan.end - plan.start).days + 1) // 366)
    for place, year in enumerate(item.years):
        if not 1 <= year <= count:
            yield Doubt(view, f"Year {year} is marked; the plan has {count}", ("years", place))
    for place, stage in enumerate(rows_of(item, "stages")):
        if stage.year is not None and not 1 <= stage.year <= count:
            yield Doubt(view, f"Year {stage.year} is marked; the plan has {count}", ("stages", place, "year"))


@of_each(
    About(
        "date-outside-year",
        "warning",
        "A record is counted in a year in which its date does not lie.",
        "The same work is counted in two years' reports, or in none.",
        "An audit of the programme 2024/25 was held on 20 February 2024.",
        "Ask in which year it belongs, and set year or date: bscp set {ref} year=2023/24 --reason TEXT.",
    ),
    needs=("year",),
)
def date_outside_year(view: View, item: Any) -> Iterator[Doubt]:
    """Raise dates outside the business year that the record names, and reports of it before the year began."""
    year, day, told = (getattr(item, name, None) for name in ("year", "date", "reported"))
    span = year_span(year) if isinstance(year, str) else None
    if span is not None and isinstance(day, dt.date) and not span[0] <= day <= span[1]:
        yield Doubt(view, f"it counts in {year}, but is dated {in_words(day)}", ("date",))
    if span is not None and isinstance(told, dt.date) and told < span[0]:
        yield Doubt(view, f"it counts in {year}, but was reported before, on {in_words(told)}", ("reported",))


YEARS = (year_against_target, year_outside_plan, date_outside_year)
