"""Terms: the glossary of the words and abbreviations that partners use."""

from typing import Annotated

from pydantic import Field

from bscp_tui.model.fields import Line, Lines, LongText, Refers, asked, required
from bscp_tui.model.parts import Record
from bscp_tui.model.record import declare

TermRef = Annotated[str, Refers(("term",))]


class Term(Record):
    """One word or abbreviation, and what it means here."""

    usual_audience = "public"

    title: Line = required("Term")
    short_name: Line | None = asked("Abbreviation")
    aliases: Lines = asked("Also written", default=())
    text: LongText | None = asked("Meaning")
    see: Annotated[tuple[TermRef, ...], Field(strict=False)] = asked("See also", default=())
    place: Line | None = asked("Where it is defined", hint="guidance, a law, a protocol")


TERM = declare(
    "term",
    Term,
    plural="Glossary",
    where="terms/{slug}.toml",
    reference="term/{slug}",
    columns=("ref", "title", "short_name", "text"),
)
