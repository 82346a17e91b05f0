"""Context statistics: what others published of the area and its children, with its source and its period."""

import datetime as dt
from typing import Literal

from bscp_tui.model.dated import happened, in_order
from bscp_tui.model.fields import Amount, BodyRef, Line, LongText, asked, required
from bscp_tui.model.parts import Record
from bscp_tui.model.record import declare, derived
from bscp_tui.model.rules import Rule, Step
from bscp_tui.model.view import View

WHOLE = 100  # per cent


def _beyond_the_whole(step: Step) -> str | None:
    if step.new.value("unit") != "per-cent":
        return None
    for name in ("value", "compared_with"):
        share = step.new.value(name)
        if isinstance(share, (int, float)) and not 0 <= share <= WHOLE:
            return f"{name} is {share} per cent of a whole. A rise or fall has the unit per-cent-change."
    return None


def _compared_with_nobody(step: Step) -> str | None:
    if step.new.value("compared_with") is None or step.new.value("compared_to"):
        return None
    return "what it is compared with is not named (compared_to=TEXT): the national mean, the year before."


SHARE_OF_WHOLE = Rule(
    "share-of-whole", "A percentage lies between 0 and 100; a change has a unit of its own.", _beyond_the_whole,
    field="value",
)  # fmt: skip
COMPARATOR_NAMED = Rule(
    "comparator-named", "A figure for comparison says whose it is.", _compared_with_nobody, field="compared_to"
)


class Statistic(Record):
    """One figure about the area that the partnership quotes and did not count itself."""

    held_to = (SHARE_OF_WHOLE, COMPARATOR_NAMED, happened("as_at", "published"), in_order("period_from", "period_to"))

    title: Line = required("What it counts")
    value: Amount | None = asked("Value", people="figure")
    unit: Literal["number", "per-cent", "per-cent-change"] = required("Unit")
    value_as_told: Line | None = asked("Value, as told", hint="“over 1.14 million”")
    area: Line | None = asked("Area", hint="where it is not the whole area")
    compared_with: Amount | None = asked("Compared with", people="share")
    compared_to: Line | None = asked("Compared to", hint="the national mean, the year before")
    as_at: dt.date | None = asked("As at")
    period: Line | None = asked("Period", hint="as the source says: 2023/24")
    period_from: dt.date | None = asked("Period from")
    period_to: dt.date | None = asked("Period to")
    publisher: BodyRef | None = asked("Published by")
    publication: Line | None = asked("Publication")
    published: dt.date | None = asked("Published on")
    text: LongText | None = asked("Note on what it means")

    @derived
    def told(self, view: View) -> str | None:
        """The figure in words: as its source told it, else the value with its unit."""
        del view
        if self.value_as_told or self.value is None:
            return self.value_as_told
        plain = f"{self.value:,}"
        said = {"number": plain, "per-cent": f"{plain}%", "per-cent-change": f"{'+' if self.value > 0 else ''}{plain}%"}
        return said[self.unit]


STATISTIC = declare(
    "statistic",
    Statistic,
    plural="Context statistics",
    where="statistics/{block}/ST-{code}.toml",
    reference="ST-{code}",
    columns=("ref", "title", "told", "area", "period", "publisher"),
)
