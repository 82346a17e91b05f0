"""House style: how a partnership wants its reports to look, be worded and be ordered."""

from typing import Annotated

from pydantic import Field

from bscp_tui.model.fields import Line, Lines, LongText, asked, required
from bscp_tui.model.parts import Record
from bscp_tui.model.record import Item, declare


class ReportStyle(Item):
    """How one report is wanted."""

    report: Line = required("Report")
    title: Line | None = asked("Title")
    opening: LongText | None = asked("Opening", hint="what stands above its facts")
    closing: LongText | None = asked("Closing", hint="what stands at its end")
    sections: Lines = asked("Sections first", default=(), hint="by name, in this order; the others follow")
    left_out: Lines = asked("Sections left out", default=(), hint="by name; the report says so")


class HouseStyle(Record):
    """A house style, recorded whole; the register names the one that counts.

    It is never changed: another one is recorded, so that the history says which counted when.
    """

    usual_audience = "public"

    title: Line = required("Name")
    wording: Lines = asked("Wording", default=(), hint="the program's words = ours, for headings", editable=False)
    reports: Annotated[tuple[ReportStyle, ...], Field(strict=False)] = asked("Reports", default=(), editable=False)
    logo_told: Line | None = asked("Logo in words", editable=False)
    logo: LongText | None = asked("Logo, as base64", editable=False, last=True)
    word_template: LongText | None = asked("Word template, as base64", editable=False, last=True)
    opendocument_template: LongText | None = asked("OpenDocument template, as base64", editable=False, last=True)


HOUSE_STYLE = declare(
    "house-style",
    HouseStyle,
    plural="House styles",
    where="house/{slug}.toml",
    reference="house/{slug}",
    columns=("ref", "title", "logo_told"),
)
