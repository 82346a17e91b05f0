"""What ``bscp.toml`` says of a register: its name, its current plan, its layout."""

import datetime as dt
from typing import Annotated

from pydantic import Field

from bscp_tui.model.fields import Line, asked, required, unchangeable
from bscp_tui.model.record import FieldPath, Item, Part, declare
from bscp_tui.model.view import Circumstances, RefusedChangeError, View

LAYOUT = 1


class PublishedDocument(Item):
    """A document that starter records were taken from."""

    title: Line = required("Title")
    published: Line | None = asked("Published")
    effective: dt.date = required("Counts from")


class Settings(Part):
    """The register as a whole."""

    layout: int = unchangeable("Layout")
    name: Line = required("Name")
    short_name: Line | None = asked("Short name")
    starter: bool | None = asked("Starter", editable=False)
    current_plan: Line = asked("Current plan", default="")
    time_zone: Line = asked("Time zone", default="Europe/London")
    documents: Annotated[tuple[PublishedDocument, ...], Field(strict=False)] = asked("Documents", default=())

    @classmethod
    def amended(cls, view: View, name: str, value: object, why: Circumstances) -> dict[FieldPath, object]:
        """The current plan must be one that there is."""
        if name == "current_plan" and isinstance(value, str) and not view.register.knows(value):
            msg = f"There is no plan “{value}” in the register. Add it first, or see: bscp list plan."
            raise RefusedChangeError(msg, field=name)
        return super().amended(view, name, value, why)

    @property
    def title(self) -> str:
        """The partnership's name, by which sentences call the register."""
        return self.name


REGISTER = declare(
    "register",
    Settings,
    plural="The register",
    where="bscp.toml",
    reference="register",
    columns=("ref", "name", "current_plan", "time_zone"),
)
