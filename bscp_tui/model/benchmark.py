"""Benchmarks: where the partnership stands against each recommendation of a national report or an inspection."""

import datetime as dt
from typing import Annotated, Literal

from pydantic import Field

from bscp_tui.model.dated import happened, in_order
from bscp_tui.model.fields import BodyRef, BodyRefs, Line, LongText, RecordRef, asked, required
from bscp_tui.model.owed import Owed
from bscp_tui.model.parts import Evidence, Record, Withdrawal
from bscp_tui.model.record import Item, declare, derived
from bscp_tui.model.rules import EVIDENCE_NOT_IN_FUTURE, Rule, Step
from bscp_tui.model.text import shortened
from bscp_tui.model.theme import ThemeRefs
from bscp_tui.model.view import View
from bscp_tui.model.workflow import Workflow


def _benchmarked_without_position(step: Step) -> str | None:
    if not step.becomes("closed"):
        return None
    rows: tuple[BenchmarkLine, ...] = getattr(step.new.item, "recommendations", ())
    left = [f"{step.new.ref}.{row.number}" for row in rows if row.withdrawn is None and row.status == "not-assessed"]
    return f"where the partnership stands on {', '.join(left)} is not recorded." if left else None


def _met_unsaid(step: Step) -> str | None:
    if not step.becomes("met", "partly-met", "not-met") or step.new.value("position"):
        return None
    return "where the partnership stands is not said: record it with the change (position=TEXT)."


POSITIONS_FIRST = Rule(
    "positions-first", "A benchmark is closed when the position on every recommendation is recorded.",
    _benchmarked_without_position,
)  # fmt: skip
POSITION_SAYS_WHAT = Rule(
    "position-says-what", "Whether a recommendation is met is said in words too.", _met_unsaid, "warn", field="position"
)


class BenchmarkLine(Owed, Item):
    """One recommendation of the report, where the partnership stands on it, and what it does about it."""

    workflow = Workflow(
        ("not-assessed", "not-met", "partly-met", "met", "not-applicable"),
        asks={"met": ("position",), "partly-met": ("position", "leads_to"), "not-met": ("position", "leads_to")},
    )
    held_to = (POSITION_SAYS_WHAT,)
    stands_alone = True
    settled_when = frozenset({"met", "not-applicable"})

    number: int = required("Number")
    text: LongText | None = asked("Recommendation")
    status: Literal["not-assessed", "not-met", "partly-met", "met", "not-applicable"] = asked(
        "Status", default="not-assessed"
    )
    position: LongText | None = asked("Where the partnership stands")
    owner: BodyRef | None = asked("Led by")
    due: dt.date | None = asked("By")
    leads_to: RecordRef | None = asked("Leads to")
    withdrawn: Withdrawal | None = asked("Withdrawn", editable=False)

    @property
    def title(self) -> str:
        """Its wording, shortened; its number where the wording is not recorded."""
        return shortened(self.text, 60) if self.text else f"Recommendation {self.number}"

    @derived
    def benchmark(self, view: View) -> str:
        """The reference of its benchmark."""
        return view.parent.ref if view.parent else ""

    @derived
    def open(self, view: View) -> bool:
        """Whether somebody who is named still owes something of it that is not chased elsewhere."""
        del view
        return self.status not in self.settled_when and self.owner is not None and self.leads_to is None


class Benchmark(Owed, Record):
    """The partnership held against a national report, an inspection or another area's practice."""

    workflow = Workflow(
        ("planned", "benchmarked", "workshop", "task-and-finish", "reported", "closed"),
        asks={"benchmarked": ("benchmarked",), "reported": ("reported", "reported_to")},
    )
    held_to = (
        POSITIONS_FIRST,
        happened("report_published", "benchmarked", "reported"),
        in_order("report_published", "benchmarked", "reported"),
        EVIDENCE_NOT_IN_FUTURE,
    )
    settled_when = frozenset({"reported", "closed"})

    title: Line = required("Report")
    type: Literal["national-report", "inspection", "national-review", "other-area"] = asked(
        "Type", default="national-report"
    )
    status: Literal["planned", "benchmarked", "workshop", "task-and-finish", "reported", "closed"] = asked(
        "Status", default="planned"
    )
    publisher: BodyRef | None = asked("Published by")
    report_published: dt.date | None = asked("Published on")
    report_published_as: Line | None = asked("Published, as told", hint="where only a month is known")
    owner: BodyRef | None = asked("Led by")
    groups: BodyRefs = asked("Groups involved", default=())
    benchmarked: dt.date | None = asked("Benchmarked on")
    due: dt.date | None = asked("Report due")
    reported: dt.date | None = asked("Reported on")
    reported_to: BodyRef | None = asked("Reported to")
    themes: ThemeRefs = asked("Themes", default=())
    text: LongText | None = asked("What it is about")
    update: LongText | None = asked("Update on progress")
    recommendations: Annotated[tuple[BenchmarkLine, ...], Field(strict=False)] = asked("Recommendations", default=())
    evidence: Annotated[tuple[Evidence, ...], Field(strict=False)] = asked("Evidence", default=())

    @derived
    def counted(self, view: View) -> int:
        """How many recommendations the report makes."""
        del view
        return sum(row.withdrawn is None for row in self.recommendations)

    @derived
    def met(self, view: View) -> int:
        """How many of them the partnership meets."""
        del view
        return sum(row.status == "met" and row.withdrawn is None for row in self.recommendations)

    @derived
    def not_assessed(self, view: View) -> int:
        """On how many the position is not recorded."""
        del view
        return sum(row.status == "not-assessed" and row.withdrawn is None for row in self.recommendations)


BENCHMARK = declare(
    "benchmark",
    Benchmark,
    plural="Benchmarks",
    where="benchmarks/{block}/BM-{code}.toml",
    reference="BM-{code}",
    columns=("ref", "title", "lead", "status", "counted", "met", "not_assessed"),
)
BENCHMARK_LINE = declare(
    "benchmark-line",
    BenchmarkLine,
    plural="Lines of benchmarks",
    inside=("benchmark", "recommendations"),
    reference="BM-{code}.{item}",
    columns=("ref", "title", "status", "position", "lead", "leads_to"),
)
