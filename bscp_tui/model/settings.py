"""What ``bscp.toml`` says of a register: its name, its current plan, its rules, calendar and clocks, its layout."""

import datetime as dt
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field

from bscp_tui.model.fields import Line, Lines, LongText, Refers, asked, required, unchangeable
from bscp_tui.model.record import FieldPath, Item, Part, declare, derived
from bscp_tui.model.view import Circumstances, RefusedChangeError, View
from bscp_tui.model.working_days import WorkingDays

if TYPE_CHECKING:
    from bscp_tui.model.rules import Rule

LAYOUT = 1


class PublishedDocument(Item):
    """A document that starter records were taken from."""

    title: Line = required("Title")
    published: Line | None = asked("Published")
    effective: dt.date = required("Counts from")


class RuleSetting(Item):
    """How strictly the register holds to a rule; its ``id`` is the rule's name."""

    stands_alone = True

    level: Literal["refuse", "warn", "off"] = asked(
        "Strictness", default="refuse", hint="refuse: not recorded; warn: recorded, and the person is told; off"
    )
    limit: int | None = asked("Limit", hint="the number that the rule takes, if it takes one")

    @derived
    def means(self, view: View) -> str | None:
        """What the rule asks."""
        from bscp_tui.model.all_rules import RULES

        del view
        rule = RULES.get(self.id)
        return rule.means if rule else None

    @classmethod
    def names_allowed(cls) -> tuple[str, ...]:
        """A setting is named by its rule."""
        from bscp_tui.model.all_rules import RULES

        return tuple(RULES)

    @property
    def title(self) -> str:
        """What sentences call it beside its name."""
        return "rule"


class Milestone(Item):
    """An internal step on the way of a clock."""

    title: Line = required("Step")
    day: int = required("By working day")


class ClockSetting(Item):
    """A clock of the register: how many working days, counted from which event; its ``id`` names it."""

    stands_alone = True

    title: Line = required("What must be done")
    days: int = required("Working days")
    start_event: Line = required("Counts from")
    first_day: Literal["next-working-day", "same-day"] = asked(
        "Day 1 is", default="next-working-day", hint="the working day after the event, or the event's own day"
    )
    milestones: Annotated[tuple[Milestone, ...], Field(strict=False)] = asked("Milestones", default=())
    note: LongText | None = asked("Note")

    @classmethod
    def names_allowed(cls) -> tuple[str, ...]:
        """A setting is named by its clock."""
        return tuple(NATIONAL_CLOCKS)


class StageSetting(Item):
    """A stage of a professional disagreement: who tries to resolve it, and in how many working days."""

    stands_alone = True

    number: int = required("Stage")
    title: Line = required("Between")
    days: int | None = asked("Working days", hint="after which it goes to the next stage")
    note: LongText | None = asked("Note")


class ClosedDay(Item):
    """A day on which the partnership does not work, beside weekends and bank holidays."""

    date: dt.date = required("Day")
    title: Line | None = asked("Why")


class ImportColumn(Item):
    """What a person said that a column of imported tables holds."""

    heading: Line = required("Heading")
    field: Line = asked("Field", default="", hint="empty: the column is left out")


class ImportLayout(Item):
    """How tables with certain headings are imported, as a person corrected it."""

    kind: Line = required("Kind")
    headings: Lines = asked("Headings", default=())
    columns: Annotated[tuple[ImportColumn, ...], Field(strict=False)] = asked("Columns", default=())


class Settings(Part):
    """The register as a whole."""

    layout: int = unchangeable("Layout")
    name: Line = required("Name")
    short_name: Line | None = asked("Short name")
    starter: bool | None = asked("Starter", editable=False)
    synthetic: bool | None = asked("Synthetic", editable=False)
    current_plan: Line = asked("Current plan", default="")
    time_zone: Line = asked("Time zone", default="Europe/London")
    bank_holidays: Line = asked("Bank holidays of", default="GB-ENG", hint="GB-ENG, GB-WLS, GB-SCT or GB-NIR")
    closed_days: Annotated[tuple[ClosedDay, ...], Field(strict=False)] = asked("Closed days", default=())
    clocks: Annotated[tuple[ClockSetting, ...], Field(strict=False)] = asked("Clocks", default=())
    escalation: Annotated[tuple[StageSetting, ...], Field(strict=False)] = asked("Stages of disagreements", default=())
    rules: Annotated[tuple[RuleSetting, ...], Field(strict=False)] = asked("Rules", default=())
    documents: Annotated[tuple[PublishedDocument, ...], Field(strict=False)] = asked("Documents", default=())
    house_style: Annotated[str, Refers(("house-style",))] | None = asked("House style", hint="of reports")
    layouts: Annotated[tuple[ImportLayout, ...], Field(strict=False)] = asked("Layouts of imports", default=())

    @classmethod
    def amended(cls, view: View, name: str, value: object, why: Circumstances) -> dict[FieldPath, object]:
        """The current plan must be one that there is, the calendar one that is known."""
        if name == "current_plan" and isinstance(value, str) and not view.register.knows(value):
            msg = f"There is no plan “{value}” in the register. Add it first, or see: bscp list plan."
            raise RefusedChangeError(msg, field=name)
        if name == "bank_holidays" and isinstance(value, str):
            try:
                WorkingDays(value).is_working_day(why.effective)
            except ValueError as error:
                raise RefusedChangeError(str(error), field=name) from None
        return super().amended(view, name, value, why)

    @property
    def caution(self) -> tuple[str, ...]:
        """What stands above everything that is shown of the register; nothing above a real one."""
        return ("Synthetic register: its records are invented; nothing in it is real.",) if self.synthetic else ()

    @property
    def title(self) -> str:
        """The partnership's name, by which sentences call the register."""
        return self.name

    @cached_property
    def working_days(self) -> WorkingDays:
        """The partnership's working days."""
        return WorkingDays(self.bank_holidays, [closed.date for closed in self.closed_days])

    def clock(self, name: str) -> ClockSetting:
        """Return the clock of that name, as the register sets it or as national guidance does."""
        return next((clock for clock in self.clocks if clock.id == name), NATIONAL_CLOCKS[name])

    @property
    def stages(self) -> tuple[StageSetting, ...]:
        """The stages of a disagreement, as the register sets them or as is usual; the usual ones set no days."""
        return tuple(sorted(self.escalation, key=lambda stage: stage.number)) or USUAL_STAGES

    def strictness(self, rule: "Rule") -> tuple[Literal["refuse", "warn", "off"], int]:
        """Return how strictly the register holds to a rule, and the number that it gives it."""
        own = next((setting for setting in self.rules if setting.id == rule.name), None)
        limit = own.limit if own is not None and own.limit is not None else rule.limit
        return (own.level if own is not None else rule.level), limit or 0


# Working Together 2023, as far as it sets days; a register may count otherwise.
NATIONAL_CLOCKS = {
    clock.id: clock
    for clock in (
        ClockSetting(
            id="notification", title="Notify the National Panel", days=5, start_event="the authority became aware"
        ),
        ClockSetting(
            id="rapid-review", title="Submit the rapid review", days=15, start_event="the National Panel's notification"
        ),
        ClockSetting(
            id="panel-reply", title="The National Panel replies", days=15, start_event="the rapid review was submitted"
        ),
    )
}

# No guidance sets days for a disagreement: a partnership's own protocol does.
USUAL_STAGES = tuple(
    StageSetting(id=f"stage-{number}", number=number, title=title)
    for number, title in enumerate(
        ("practitioners", "their managers", "senior managers or safeguarding leads", "the safeguarding partners"), 1
    )
)

REGISTER = declare(
    "register",
    Settings,
    plural="The register",
    where="bscp.toml",
    reference="register",
    columns=("ref", "name", "current_plan", "time_zone"),
)
RULE = declare(
    "rule",
    RuleSetting,
    plural="Rules",
    inside=("register", "rules"),
    reference="register.{item}",
    columns=("ref", "level", "limit", "means"),
)
CLOCK = declare(
    "clock",
    ClockSetting,
    plural="Clocks",
    inside=("register", "clocks"),
    reference="register.{item}",
    columns=("ref", "title", "days", "start_event", "first_day"),
)
ESCALATION_STAGE = declare(
    "escalation-stage",
    StageSetting,
    plural="Stages of disagreements",
    inside=("register", "escalation"),
    reference="register.stage-{item}",
    columns=("ref", "number", "title", "days"),
)
