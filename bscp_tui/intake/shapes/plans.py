"""Which plan a table belongs to: named by the person, by the lines above the table, or the current one."""

import datetime as dt
import re
from dataclasses import dataclass

from bscp_tui.intake import cells
from bscp_tui.intake.document import IntakeError
from bscp_tui.intake.rows import Gathered
from bscp_tui.intake.shapes.shape import Stream
from bscp_tui.intake.wanted import Reading, Wanted, WantedRow
from bscp_tui.model.kinds import KINDS
from bscp_tui.model.record import NAME

_PERIOD = re.compile(r"\b(20\d\d)\s*[-–/]\s*(?:20)?(\d\d)\b")
_PLAN = re.compile(r"plan\b[^.;]*?\b(20\d\d)\s*[-–/]\s*(?:20)?(\d\d)\b", re.IGNORECASE)
_RUNS = re.compile(r"\(([^()]*)\s(?:–|-|to)\s([^()]*)\)")
_LEGEND = re.compile(
    r"\b(red|amber|green|blue)\b\s*(?:[=:–-]|(?:indicates|shows|means|is)(?: that)?(?: the)?)\s*([^.;,]+)",
    re.IGNORECASE,
)
_TITLED = re.compile(r"^(?:Appendix\s+\w+\s*[:.–-]\s*)?(?P<title>[^.:;]*\bplan\b[^.:;]*)$", re.IGNORECASE)


@dataclass(frozen=True)
class PlanRead:
    """The plan of a table.

    Attributes:
        name: Its reference, "2025-27".
        start: Its first day, where that is known.
        end: Its last day.
        legend: The colours that it gives a meaning.
        wanted: The plan as the document tells it.

    """

    name: str
    start: dt.date | None
    end: dt.date | None
    legend: frozenset[str]
    wanted: Wanted


def plan_of(stream: Stream) -> PlanRead:
    """Return the plan that a table belongs to.

    Raises:
        IntakeError: Nothing says which; the message says how to name it.

    """
    name, why, doubt = _named(stream)
    if not re.fullmatch(NAME, name):
        raise IntakeError(f"“{name}” cannot name a plan. Use small letters, digits and hyphens, for instance 2025-27.")
    view = stream.snapshot.view(name)
    start, end = getattr(view and view.item, "start", None), getattr(view and view.item, "end", None)
    wanted = Wanted(KINDS["plan"], name, {"plan": name}, "the lines above the table", {})
    title = _title(stream, name)
    known = frozenset(entry.rag for entry in getattr(view and view.item, "legend", ()))
    if view is None:
        wanted.fields["title"] = Reading(title or f"Plan {name}", why if title else "named by its period", doubt)
        start, end = _period(stream, name)
        if start and end:
            wanted.fields |= {"start": Reading(start, "the heading"), "end": Reading(end, "the heading")}
    legend = {} if known else _legend(stream)
    if legend:
        wanted.rows["legend"] = [
            WantedRow({"rag": Reading(rag, ""), "means": Reading(means, "")}, ("rag",),
                      reading=Reading(f"{rag}: {means}", "the text above the table", told=f"{rag}: {means}"))
            for rag, means in legend.items()
        ]  # fmt: skip
    return PlanRead(name, start, end, known | legend.keys(), wanted)


def priority_of(plan: PlanRead, number: str, row: Gathered) -> Wanted:
    """Return the priority that a row stands under, as its heading tells it."""
    wanted = Wanted(KINDS["priority"], f"{plan.name}/{number}", {"plan": plan.name, "number": number}, row.place, {})
    heading = re.sub(r"^.*?priority\s+\d+\s*[:.–-]?\s*", "", " ".join((row.section or "").split()), flags=re.IGNORECASE)
    said = re.search(r"\d+", row.section or "")
    if not heading or (said is not None and said[0] != number):
        return wanted
    title, _, text = (part.strip() for part in re.split(r"(\s+[–-]\s+|\s*[–-]\s+)", heading, maxsplit=1)) \
        if re.search(r"\s[–-]\s|[–-]\s", heading) else (heading, "", "")  # fmt: skip
    wanted.fields["number"] = Reading(int(number), "the heading")
    wanted.fields["title"] = Reading(title, "the heading of its rows")
    if text:
        wanted.fields["text"] = Reading(text, "the heading of its rows")
    return wanted


def _named(stream: Stream) -> tuple[str, str, str | None]:
    """Return the plan's name, why it is that one, and what is doubtful about it."""
    if stream.plan is not None:
        return stream.plan.strip().lower(), "named for this import", None
    for line in [*reversed(stream.above), stream.document]:
        found = _PLAN.search(line)
        if found:
            return f"{found[1]}-{found[2]}", f"“{line[:60]}” stands above the table", None
    start, end = _period(stream)
    if start and end:
        return f"{start.year}-{end.year % 100:02d}", "the period in the heading", None
    for line in reversed(stream.above):
        found = _PERIOD.search(line)
        if found and int(found[2]) - int(found[1]) % 100 in range(1, 6):
            doubt = "the document does not call it a plan"
            return f"{found[1]}-{found[2]}", f"“{line[:60]}” stands above the table", doubt
    current = stream.snapshot.settings.current_plan
    if not current:
        raise IntakeError(
            "Nothing says which plan these actions belong to. Name it: --plan 2025-27, or f4 on the screen."
        )
    return current, "the register's current plan, since the document names none", None


def _period(stream: Stream, name: str | None = None) -> tuple[dt.date | None, dt.date | None]:
    """Return the first and last day that a heading gives a plan (of that name, where one is known)."""
    for line in reversed(stream.above):
        for found in _RUNS.finditer(line):
            first, last = cells.dates_in(found[1])[0], cells.dates_in(found[2])[0]
            if not (first and last and "plan" in line.lower() and (last[0].day - first[0].day).days > 300):
                continue
            if name is None or name == f"{first[0].day.year}-{last[0].day.year % 100:02d}":
                return first[0].day, last[0].day
    return None, None


def _title(stream: Stream, name: str) -> str | None:
    start, _, end = name.partition("-")
    for line in reversed(stream.above):
        found = _TITLED.match(line.lstrip("# ").strip())
        period = _PERIOD.search(line)
        if found and period and (period[1], period[2]) == (start, end):
            return re.sub(r"\s*\([^()]*\)$", "", " ".join(found["title"].split()))
    return None


def _legend(stream: Stream) -> dict[str, str]:
    """Return what each colour means, where a line above the table says it of at least two."""
    for line in reversed(stream.above):
        found = {match[1].lower(): " ".join(match[2].split()) for match in _LEGEND.finditer(line)}
        if len(found) > 1:
            return {rag: re.sub(r"\s+and$", "", means) for rag, means in found.items()}
    return {}
