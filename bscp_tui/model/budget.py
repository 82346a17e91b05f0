"""The partnership's money: the budget of a year, where it comes from, what it is set aside for and spent on."""

import re
from collections.abc import Sequence
from typing import Annotated, Any, Literal

from pydantic import Field

from bscp_tui.model.fields import BodyRef, Line, LongText, Money, RecordRefs, Refers, Shape, asked, required
from bscp_tui.model.parts import Evidence, Record
from bscp_tui.model.record import declare, derived
from bscp_tui.model.rules import EVIDENCE_NOT_IN_FUTURE, Rule, Step
from bscp_tui.model.view import View
from bscp_tui.model.words import figure_in_words
from bscp_tui.model.workflow import Workflow

BudgetRef = Annotated[str, Refers(("budget",))]
INCOME = frozenset({"contribution", "carry-forward"})
FIGURES = ("amount", "committed", "spent", "carried")
_YEAR = re.compile(r"(\d{4})/(\d{2})")
HUNDRED = 100


def _no_financial_year(step: Step) -> str | None:
    year = str(step.new.value("year"))
    if not step.changes("year"):
        return None
    found = _YEAR.fullmatch(year)
    if found and (int(found[1]) + 1) % HUNDRED == int(found[2]):
        return None
    return f"“{year}” is no financial year. Write the year in which it begins and the next one's end: 2024/25."


def _below_nought(step: Step) -> str | None:
    below = next((name for name in FIGURES if (step.new.value(name) or 0) < 0), None)  # type: ignore[operator]
    return None if below is None else f"{below} is below nought; record what came in as income instead."


def _overspent(step: Step) -> str | None:
    item: Any = step.new.item
    taken = sum(getattr(item, name) or 0 for name in ("spent", "carried"))
    if item.amount is None or taken <= item.amount or not any(map(step.changes, FIGURES)):
        return None
    return f"{_pounds(taken)} spent and carried forward is more than the {_pounds(item.amount)} set."


def _parts_above_total(step: Step) -> str | None:
    """Income and allocations of a budget are each no more than it, whichever of them is changed."""
    item: Any = step.new.item
    if not any(map(step.changes, ("amount", "part_of", "type"))):
        return None
    total = step.new.register.view(item.part_of) if item.part_of else step.new
    if total is None or getattr(total.item, "amount", None) is None:
        return None
    lines = [view.item for view in _parts(total) if view.ref != step.new.ref] + ([item] if item.part_of else [])
    for told, types in (("income", INCOME), ("allocations", {"allocation"})):
        parts = sum(line.amount or 0 for line in lines if line.type in types)
        if parts > total.item.amount:  # type: ignore[attr-defined]
            whole = _pounds(total.item.amount)  # type: ignore[attr-defined]
            return f"the {told} of {total.ref} would make {_pounds(parts)}, more than its {whole}."
    return None


def _other_year(step: Step) -> str | None:
    item: Any = step.new.item
    total = step.new.register.view(item.part_of) if item.part_of else None
    year = getattr(total and total.item, "year", None)
    if year in {None, item.year} or not (step.changes("year") or step.changes("part_of")):
        return None
    return f"it is of {item.year}, and {item.part_of} of {year}."


def _unspent(step: Step) -> str | None:
    wanted = {"committed": "committed", "spent": "spent", "carried": "carried"}
    missing = next((name for status, name in wanted.items() if step.becomes(status)
                    and step.new.value(name) is None), None)  # fmt: skip
    return f"how much is not said: record {missing}=£… with the change." if missing else None


MONEY_HAS_YEAR = Rule(
    "money-has-year", "Money belongs to a financial year, written 2024/25.", _no_financial_year, field="year"
)
MONEY_FROM_NOUGHT = Rule("money-from-nought", "Sums are counted from nought.", _below_nought, field="amount")
SPENT_WITHIN_SET = Rule(
    "spent-within-set", "No more is spent and carried forward than was set.", _overspent, "warn", "spent"
)
BUDGET_WITHIN_TOTAL = Rule(
    "budget-within-total", "Parts of a budget are together no more than the whole.", _parts_above_total, field="amount"
)
BUDGET_OF_ONE_YEAR = Rule("budget-of-one-year", "A part of a budget is of the same year.", _other_year, field="year")
SPENT_SAYS_HOW_MUCH = Rule(
    "spent-says-how-much", "Committed, spent and carried are recorded with the sum.", _unspent, "warn", "spent"
)


class Budget(Record):
    """A line of the budget: the whole of a year, a source of income, or what is set aside."""

    workflow = Workflow(
        ("set", "committed", "spent", "carried"),
        asks={"committed": ("committed",), "spent": ("spent",), "carried": ("carried",)},
    )
    held_to = (
        MONEY_HAS_YEAR, MONEY_FROM_NOUGHT, SPENT_WITHIN_SET, BUDGET_WITHIN_TOTAL, BUDGET_OF_ONE_YEAR,
        SPENT_SAYS_HOW_MUCH, EVIDENCE_NOT_IN_FUTURE,
    )  # fmt: skip
    told_as = dict.fromkeys(("balance", "income", "allocated"), Shape.MONEY)

    title: Line = required("Budget line")
    year: Line = required("Financial year", hint="2024/25")
    type: Literal["budget", "contribution", "carry-forward", "allocation"] = asked(
        "Type", default="allocation", hint="budget: the whole of the year; the others are parts of it"
    )
    status: Literal["set", "committed", "spent", "carried"] = asked("Status", default="set")
    part_of: BudgetRef | None = asked("Part of")
    amount: Money | None = asked("Set")
    committed: Money | None = asked("Committed")
    spent: Money | None = asked("Spent")
    carried: Money | None = asked("Carried forward")
    agency: BodyRef | None = asked("Agency", hint="who contributes")
    group: BodyRef | None = asked("Held by")
    area: Line | None = asked("Business area")
    priorities: RecordRefs = asked("Priorities", default=())
    text: LongText | None = asked("What it is for")
    update: LongText | None = asked("Why it stands so")
    evidence: Annotated[tuple[Evidence, ...], Field(strict=False)] = asked("Evidence", default=())

    @derived
    def balance(self, view: View) -> float | None:
        """What is set less what is spent or carried forward; None where nothing of either is recorded."""
        del view
        if self.amount is None or self.type in INCOME or (self.spent is None and self.carried is None):
            return None
        return _exact(self.amount - (self.spent or 0) - (self.carried or 0))

    @derived
    def spent_share(self, view: View) -> float | None:
        """How many per cent of what is set are spent."""
        del view
        return None if not self.amount or self.spent is None else round(self.spent * HUNDRED / self.amount, 1)

    @derived
    def income(self, view: View) -> float | None:
        """What is recorded of where a year's budget comes from; None for its parts."""
        return self._sum_of(view, INCOME)

    @derived
    def allocated(self, view: View) -> float | None:
        """What of a year's budget is set aside; None for its parts."""
        return self._sum_of(view, frozenset({"allocation"}))

    @derived
    def lead(self, view: View) -> str | None:
        """Who contributes it or holds it, by name."""
        body = self.agency or self.group
        return view.name_of(body) if body else None

    def drawn(self, view: View) -> Sequence[tuple[str, float, str]]:
        """Return what is set, committed, spent and carried as bars."""
        del view
        told = ((name, getattr(self, name)) for name in FIGURES)
        bars = [("set" if name == "amount" else name, value, _pounds(value)) for name, value in told if value]
        return bars if len(bars) > 1 else ()

    def _sum_of(self, view: View, types: frozenset[str]) -> float | None:
        if self.type != "budget":
            return None
        sums = [part.item.amount for part in _parts(view) if part.item.type in types and part.item.amount is not None]  # type: ignore[attr-defined]
        return _exact(sum(sums)) if sums else None


def _parts(total: View) -> list[View]:
    return [view for view in total.register.of_kind("budget") if getattr(view.item, "part_of", None) == total.ref]


def _exact(value: float) -> float:
    """Return a sum of money without the tail that binary fractions leave."""
    found = round(value, 2)
    return int(found) if float(found).is_integer() else found


def _pounds(value: float) -> str:
    return figure_in_words(value, Shape.MONEY)


BUDGET = declare(
    "budget",
    Budget,
    plural="Budget",
    where="budget/{block}/BU-{code}.toml",
    reference="BU-{code}",
    columns=("ref", "title", "year", "type", "amount", "spent", "balance"),
)
