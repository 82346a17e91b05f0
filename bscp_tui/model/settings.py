"""What ``bscp.toml`` says of a register: its name, its current plan, its layout."""

import datetime as dt
from typing import Annotated

from pydantic import Field

from bscp_tui.model.fields import Line, asked, required
from bscp_tui.model.record import Item, Part

LAYOUT = 1


class PublishedDocument(Item):
    """A document that starter records were taken from."""

    title: Line = required("Title")
    published: Line | None = asked("Published")
    effective: dt.date = required("Counts from")


class Settings(Part):
    """The register as a whole."""

    layout: int = required("Layout")
    name: Line = required("Name")
    short_name: Line | None = asked("Short name")
    starter: bool | None = asked("Starter")
    current_plan: Line = asked("Current plan", default="")
    time_zone: Line = asked("Time zone", default="Europe/London")
    documents: Annotated[tuple[PublishedDocument, ...], Field(strict=False)] = asked("Documents", default=())
