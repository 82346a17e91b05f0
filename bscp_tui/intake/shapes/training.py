"""A training programme: each course with how it was delivered and how many modules were commissioned."""

import re

from bscp_tui.intake.rows import Gathered
from bscp_tui.intake.shapes.declared import shape_for
from bscp_tui.intake.shapes.shape import Shape, Stream
from bscp_tui.intake.wanted import Reading
from bscp_tui.model.kinds import KINDS

_MODE = re.compile(
    r"((?:virtual|in[\s-]person|face[\s-]to[\s-]face|online|webinar|e-?learning)"
    r"(?:\s*(?:&|and|/)\s*(?:virtual|in[\s-]person|face[\s-]to[\s-]face|online))*)(?:\s+training)?\s*:\s*(?=\S)",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b(20\d\d)\s*/\s*(?:20)?(\d\d)\b")
_HEADINGS = {
    "title": ("training module title and method of delivery", "training module title", "module title", "course title",
              "course", "training course", "training module", "training", "module"),
    "modules": ("number of modules commissioned", "modules commissioned", "number of modules", "modules",
                "number commissioned", "commissioned"),
    "mode": ("method of delivery", "delivery", "delivery method", "mode", "format"),
}  # fmt: skip


def shape() -> Shape | None:
    """Return the shape; None while the register keeps no training courses."""
    kind = KINDS.get("training")
    return shape_for(kind, _HEADINGS, _refined) if kind else None


def _refined(fields: dict[str, Reading], row: Gathered, stream: Stream) -> None:
    """Part the method of delivery from the title; the year stands in the heading above the table."""
    title = fields.get("title")
    found = _MODE.match(str(title.value)) if title else None
    if title and found and "mode" not in fields:
        mode = _mode_of(found[1])
        fields["title"] = Reading(str(title.value)[found.end() :].strip(), "what stands behind the method of delivery",
                                  title.doubt)  # fmt: skip
        fields["mode"] = Reading(mode, f"printed as “{found[0].strip(' :')}”")
    commissioned = "commissioned" in " ".join(match.heading.lower() for match in row.layout.columns)
    if commissioned and "status" not in fields and "modules" in fields:
        fields["status"] = Reading("commissioned", "the heading says commissioned", only_new=True)
    years = [f"{year[1]}/{year[2]}" for line in reversed(stream.above) if (year := _YEAR.search(line))]
    if years and "year" not in fields:
        fields["year"] = Reading(years[0], "the heading above the table")


def _mode_of(text: str) -> str:
    words = text.lower()
    apart = "virtual" in words or "online" in words
    there = "person" in words or "face" in words
    if apart and there:
        return "virtual-and-in-person"
    if "webinar" in words:
        return "webinar"
    return "elearning" if "learning" in words else "in-person" if there else "virtual"
