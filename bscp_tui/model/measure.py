"""Measures: what is counted, which way it should go, and its dated values with their breakdown."""

import datetime as dt
from collections.abc import Sequence
from typing import Annotated, Literal

from pydantic import Field

from bscp_tui.model.dates import in_short, months_after
from bscp_tui.model.fields import Amount, BodyRef, Line, LongText, Refers, Shape, asked, required
from bscp_tui.model.measure_rules import MEASURE_RULES
from bscp_tui.model.parts import Evidence, Record
from bscp_tui.model.record import Item, declare, derived
from bscp_tui.model.view import View
from bscp_tui.model.words import figure_in_words
from bscp_tui.model.workflow import Workflow, words

PriorityRefs = Annotated[tuple[Annotated[str, Refers(("priority",))], ...], Field(strict=False)]
ActionRefs = Annotated[tuple[Annotated[str, Refers(("action", "key-action"))], ...], Field(strict=False)]
Unit = Literal["number", "percent", "pounds", "days", "rate", "score"]
# The characteristics that the Equality Act 2010 protects, and what else a partnership breaks figures down by.
Characteristic = Literal[
    "age", "disability", "gender-reassignment", "marriage-and-civil-partnership", "pregnancy-and-maternity", "race",
    "religion-or-belief", "sex", "sexual-orientation", "area", "agency", "other",
]  # fmt: skip
MONTHS_BETWEEN = {"monthly": 1, "quarterly": 3, "twice-a-year": 6, "annually": 12}
STEADY = "unchanged"
DRAWN = 12  # values that a drawing shows, the newest ones


class MeasureValue(Item):
    """What was measured for one day or period; with a characteristic it is a part of the whole."""

    date: dt.date = required("As at", hint="the last day of the period")
    period: Line | None = asked("Period", hint="2024/25, where it covers one")
    value: Amount | None = asked(
        "Value", hint="the figure alone; left out, it follows from its two parts", people="figure"
    )
    numerator: Amount | None = asked("Numerator", people="count")
    denominator: Amount | None = asked("Denominator", people="count")
    unit: Unit | None = asked("Unit", hint="as told; it must be the measure's own")
    precision: Literal["about", "more-than", "less-than"] | None = asked("Precision", hint="where it is not exact")
    characteristic: Characteristic | None = asked("Broken down by", hint="none: the figure for all")
    group: Line | None = asked("Group", hint="with a breakdown: girls, age 10 to 14, …")
    note: LongText | None = asked("Note")

    @property
    def figure(self) -> float | None:
        """The value as told, else worked out from its parts; None where neither is there."""
        if self.value is not None:
            return self.value
        if self.numerator is None or not self.denominator:
            return None
        return round(self.numerator * 100 / self.denominator, 1)

    @property
    def named(self) -> str:
        """The period or day, and the group where it is a part of the whole."""
        when = self.period or in_short(self.date)
        return f"{when} {self.group or ''}".strip() if self.characteristic else when


class Measure(Record):
    """Something counted again and again, to see whether work makes a difference."""

    workflow = Workflow(
        ("proposed", "baselined", "reported", "reviewed"),
        asks={"baselined": ("baseline", "baseline_date")},
    )
    held_to = MEASURE_RULES
    chased = True
    told_as = dict.fromkeys(("latest", "change", "change_since_baseline"), Shape.AMOUNT)

    title: Line = required("Measure")
    status: Literal["proposed", "baselined", "reported", "reviewed"] = asked("Status", default="proposed")
    text: LongText | None = asked("Definition")
    unit: Unit = asked("Unit", default="number")
    counted: Line | None = asked("What is counted", hint="children, incidents, places, …")
    numerator: Line | None = asked("Numerator counts")
    denominator: Line | None = asked("Denominator counts")
    aim: Literal["increase", "decrease", "maintain"] | None = asked("Should", hint="which way it should go")
    frequency: Literal["monthly", "quarterly", "twice-a-year", "annually"] | None = asked("Reported")
    baseline: Amount | None = asked("Baseline", people="figure")
    baseline_date: dt.date | None = asked("Baseline as at")
    target: Amount | None = asked("Target")
    target_date: dt.date | None = asked("Target for")
    agency: BodyRef | None = asked("Figures come from")
    group: BodyRef | None = asked("Overseen by")
    priorities: PriorityRefs = asked("Priorities", default=())
    actions: ActionRefs = asked("Actions", default=())
    update: LongText | None = asked("What it tells")
    values: Annotated[tuple[MeasureValue, ...], Field(strict=False)] = asked("Values", default=())
    evidence: Annotated[tuple[Evidence, ...], Field(strict=False)] = asked("Evidence", default=())

    @derived
    def latest(self, view: View) -> float | None:
        """The newest value for all."""
        del view
        whole = self.whole
        return whole[-1].figure if whole else None

    @derived
    def latest_when(self, view: View) -> str | None:
        """The period or day of the newest value."""
        del view
        whole = self.whole
        return whole[-1].named if whole else None

    @derived
    def latest_numerator(self, view: View) -> float | None:
        """How many the newest value counts; None where only the figure is recorded."""
        del view
        whole = self.whole
        return whole[-1].numerator if whole else None

    @derived
    def latest_denominator(self, view: View) -> float | None:
        """How many the newest value is a share of; None where only the figure is recorded."""
        del view
        whole = self.whole
        return whole[-1].denominator if whole else None

    @derived
    def change(self, view: View) -> float | None:
        """The newest value less the one before; for percentages, in percentage points."""
        del view
        figures = self._figures()
        return _less(figures[-1], figures[-2]) if len(figures) > 1 else None

    @derived
    def direction(self, view: View) -> str | None:
        """Which way the newest value went from the one before: rising, falling, unchanged."""
        change = self.change(view)
        return None if change is None else _way(change)

    @derived
    def trend(self, view: View) -> str | None:
        """Whether that is the way it should go: improving, worsening, steady; "not judged" without an aim."""
        change = self.change(view)
        if change is None:
            return None
        if self.aim is None:
            return "not judged"
        if change == 0:
            return "steady"
        wanted = {"increase": change > 0, "decrease": change < 0, "maintain": False}[self.aim]
        return "improving" if wanted else ("moving" if self.aim == "maintain" else "worsening")

    @derived
    def change_since_baseline(self, view: View) -> float | None:
        """The newest value less the baseline; None where no baseline is recorded."""
        latest = self.latest(view)
        return None if self.baseline is None or latest is None else _less(latest, self.baseline)

    @derived
    def target_met(self, view: View) -> bool | None:
        """Whether the newest value reaches the target; None where target, aim or value is not recorded."""
        latest = self.latest(view)
        if self.target is None or latest is None or self.aim is None:
            return None
        return {"increase": latest >= self.target, "decrease": latest <= self.target}.get(
            self.aim, latest == self.target
        )

    @derived
    def lead(self, view: View) -> str | None:
        """Who the figures come from, by name."""
        return view.name_of(self.agency) if self.agency else None

    @derived
    def leads(self, view: View) -> list[str]:
        """The reference of who owes the next value."""
        del view
        return [self.agency] if self.agency else []

    @derived
    def due(self, view: View) -> dt.date | None:
        """When the next value is due: one interval after the newest one; None where no frequency is agreed."""
        del view
        whole = self.whole
        if self.frequency is None or not whole:
            return None
        return months_after(whole[-1].date, MONTHS_BETWEEN[self.frequency])

    @derived
    def open(self, view: View) -> bool:
        """Whether somebody owes its next value."""
        return self.due(view) is not None

    @derived
    def overdue(self, view: View) -> bool:
        """Whether the next value is late."""
        due = self.due(view)
        return due is not None and due < view.today

    def drawn(self, view: View) -> Sequence[tuple[str, float, str]]:
        """Return a bar for each of the newest values, then for the parts of the newest one."""
        del view
        bars = [(row.named, row.figure, self._said(row)) for row in self.whole if row.figure is not None][-DRAWN:]
        newest = max((row.date for row in self.values), default=None)
        parts = [row for row in self.values if row.characteristic and row.date == newest and row.figure is not None]
        bars += [(f"{words(row.characteristic or '')}: {row.group or '…'}", row.figure or 0, self._said(row))
                 for row in parts]  # fmt: skip
        return bars

    @property
    def whole(self) -> list[MeasureValue]:
        """The values for all that have a figure, oldest first."""
        rows = [row for row in self.values if row.characteristic is None and row.figure is not None]
        return sorted(rows, key=lambda row: row.date)

    def _figures(self) -> list[float]:
        return [row.figure for row in self.whole if row.figure is not None]

    def _said(self, row: MeasureValue) -> str:
        shape = Shape.MONEY if self.unit == "pounds" else Shape.AMOUNT
        figure = figure_in_words(row.figure or 0, shape)
        unit = {"percent": "%", "days": " days"}.get(self.unit, "")
        return f"{words(row.precision) + ' ' if row.precision else ''}{figure}{unit}"


def _less(new: float, old: float) -> float:
    """Return the difference without the tail that binary fractions leave: 67.8 less 66.1 is 1.7."""
    found = round(new - old, 6)
    return int(found) if float(found).is_integer() else found


def _way(change: float) -> str:
    return STEADY if change == 0 else "rising" if change > 0 else "falling"


MEASURE = declare(
    "measure",
    Measure,
    plural="Measures",
    where="measures/{block}/ME-{code}.toml",
    reference="ME-{code}",
    columns=("ref", "title", "latest", "unit", "latest_when", "direction", "trend", "status"),
)
