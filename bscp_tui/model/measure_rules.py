"""The rules of a measure: its unit, its parts and its whole, what each status asks for."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING

from bscp_tui.model.dates import in_short
from bscp_tui.model.rules import EVIDENCE_NOT_IN_FUTURE, Rule, Step
from bscp_tui.model.workflow import words

if TYPE_CHECKING:
    from bscp_tui.model.measure import MeasureValue

HUNDRED = 100
SMALL = 5  # people; fewer may be recognised, so that a figure below it may point at a child
ROUNDED = 1.0  # percentage points by which a published percentage may differ from its two parts


def _new_rows(step: Step) -> "Iterator[MeasureValue]":
    """Yield the values that the step brings or changes; all of them where the measure's unit changes."""
    before = () if step.old is None or step.changes("unit") else getattr(step.old.item, "values", ())
    yield from (row for row in getattr(step.new.item, "values", ()) if row not in before)


def _in_another_unit(step: Step) -> str | None:
    unit = str(step.new.value("unit"))
    wrong = (fault for row in _new_rows(step) if (fault := _unit_fault(row, unit)))
    return next(wrong, None)


def _unit_fault(row: "MeasureValue", unit: str) -> str | None:
    figure = row.figure
    if row.unit is not None and row.unit != unit:
        return f"the value of {row.named} is in {words(row.unit)}; this measure is in {unit}."
    if figure is None:
        return f"the value of {row.named} has no figure: give value, or numerator and denominator."
    if unit == "percent" and not 0 <= figure <= HUNDRED:
        return f"the value of {row.named} is {figure}; a percentage lies between 0 and 100."
    if unit == "number" and (figure < 0 or not float(figure).is_integer()):
        return f"the value of {row.named} is {figure}; a number counts whole things, none below nought."
    if unit == "days" and figure < 0:
        return f"the value of {row.named} is {figure} days; there are none below nought."
    return None


def _parts_above_whole(step: Step) -> str | None:
    for row in _new_rows(step):
        if row.numerator is not None and row.denominator is not None and row.numerator > row.denominator:
            return f"{row.named}: {row.numerator:,} of {row.denominator:,} is more than the whole."
    if not step.changes("values"):
        return None
    return next(_sums_above(getattr(step.new.item, "values", ()), str(step.new.value("unit"))), None)


def _sums_above(rows: "tuple[MeasureValue, ...]", unit: str) -> Iterator[str]:
    """Yield what is wrong where the groups of a characteristic are together more than the figure for all."""
    names = ("value",) if unit in {"number", "pounds"} else ("numerator", "denominator")
    whole = {row.date: row for row in rows if row.characteristic is None}
    sums: dict[tuple[dt.date, str, str], float] = defaultdict(int)
    for row in rows:
        if row.characteristic is not None and row.date in whole:
            for name in names:
                sums[row.date, row.characteristic, name] += getattr(row, name) or 0
    for (day, characteristic, name), total in sums.items():
        limit = getattr(whole[day], name)
        if limit is not None and total > limit:
            told = words(characteristic)
            yield f"{in_short(day)}: the groups by {told} make {total:,}, more than the {limit:,} of all."


def _disagrees(step: Step) -> str | None:
    if step.new.value("unit") != "percent":
        return None
    for row in _new_rows(step):
        if row.value is not None and row.numerator is not None and row.denominator:
            share = row.numerator * HUNDRED / row.denominator
            if abs(share - row.value) > ROUNDED:
                return f"{row.named} is told as {row.value}%, but its parts make {share:.1f}%."
    return None


def _to_come(step: Step) -> str | None:
    late = next((row for row in _new_rows(step) if row.date > step.new.today), None)
    return (
        None if late is None else f"the value of {late.named} is dated {in_short(late.date)}, which is still to come."
    )


def _small(step: Step) -> str | None:
    if step.new.value("unit") != "number":
        return None
    for row in _new_rows(step):
        if row.characteristic is not None and row.figure is not None and 0 < row.figure < SMALL:
            return f"{row.named} counts {row.figure:g}; so few may be recognised. Put groups together, or leave it out."
    return None


def _no_baseline(step: Step) -> str | None:
    if not step.becomes("baselined") or step.new.value("baseline") is not None:
        return None
    return "the baseline is missing: record it with the change (baseline=FIGURE)."


def _no_value(step: Step) -> str | None:
    if not step.becomes("reported", "reviewed") or step.new.value("latest") is not None:
        return None
    return "it has no dated value yet: add one first."


VALUE_IN_UNIT = Rule(
    "value-in-unit", "A value is in its measure's unit, and can be one of that unit.", _in_another_unit, field="values"
)
PARTS_WITHIN_WHOLE = Rule(
    "parts-within-whole", "Parts are together no more than the whole.", _parts_above_whole, field="values"
)
VALUE_AGREES_WITH_PARTS = Rule(
    "value-agrees-with-parts", "A percentage is the share that its numerator has in its denominator.", _disagrees,
    "warn", "values",
)  # fmt: skip
VALUE_NOT_IN_FUTURE = Rule("value-not-in-future", "A value tells of a day that has passed.", _to_come, "warn", "values")
SMALL_NUMBERS = Rule(
    "small-numbers", "A breakdown does not count so few that a child may be recognised.", _small, "warn", "values"
)
BASELINED_NEEDS_BASELINE = Rule(
    "baselined-needs-baseline", "Baselined is recorded with the baseline.", _no_baseline, field="baseline"
)
REPORTED_NEEDS_VALUE = Rule(
    "reported-needs-value", "A measure is reported once it has a dated value.", _no_value, field="values"
)

MEASURE_RULES = (
    PARTS_WITHIN_WHOLE,
    VALUE_IN_UNIT,
    VALUE_AGREES_WITH_PARTS,
    VALUE_NOT_IN_FUTURE,
    SMALL_NUMBERS,
    BASELINED_NEEDS_BASELINE,
    REPORTED_NEEDS_VALUE,
    EVIDENCE_NOT_IN_FUTURE,
)
