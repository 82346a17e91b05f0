"""Themes: the one taxonomy over audits, reviews, learning points and feedback."""

from typing import Annotated, Literal

from pydantic import Field

from bscp_tui.model.fields import Line, Lines, LongText, Refers, asked, required
from bscp_tui.model.parts import Record
from bscp_tui.model.record import declare

ThemeRef = Annotated[str, Refers(("theme",))]
ThemeRefs = Annotated[tuple[ThemeRef, ...], Field(strict=False)]


class Theme(Record):
    """A subject that findings, learning points and feedback come back to."""

    usual_audience = "public"

    title: Line = required("Theme")
    aliases: Lines = asked("Also written", default=())
    type: Literal["improvement", "good-practice", "practice"] = asked(
        "Type", default="improvement", hint="what it was first recorded as; a finding may be either"
    )
    text: LongText | None = asked("What it covers")
    key_messages: Lines = asked("Key messages", default=())


THEME = declare(
    "theme",
    Theme,
    plural="Themes",
    where="themes/{slug}.toml",
    reference="{slug}",
    columns=("ref", "title", "type", "key_messages"),
)
