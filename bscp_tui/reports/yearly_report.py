"""The yearly report: the statutory duties with what the register holds for each, and every part of the report itself.

The duties are those of the national guidance on safeguarding partners' yearly reports (Working Together 2023, chapter
2), in our words. What was done and what difference it made are told apart throughout.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bscp_tui.model.kinds import KINDS
from bscp_tui.model.view import View
from bscp_tui.reports.asked import Asked
from bscp_tui.reports.audits import audits
from bscp_tui.reports.budget import budget
from bscp_tui.reports.clocks import clocks
from bscp_tui.reports.learning_by_agency import learning_by_agency
from bscp_tui.reports.little_or_no_progress import little_or_no_progress
from bscp_tui.reports.measures import measures
from bscp_tui.reports.over_time import over_time
from bscp_tui.reports.progress import progress
from bscp_tui.reports.report import Content, ReportKind, ReportTable, Section, report, table_of
from bscp_tui.reports.scrutiny import scrutiny
from bscp_tui.reports.summary import summary
from bscp_tui.reports.themes import themes
from bscp_tui.reports.training import training
from bscp_tui.store.snapshot import Snapshot

NOTHING, OUTPUT_ONLY, IMPACT = (
    "nothing recorded",
    "recorded; no evidence of impact",
    "recorded, with evidence of impact",
)


@dataclass(frozen=True)
class Duty:
    """Something that the yearly report must tell of.

    Attributes:
        title: What it asks, in words.
        kinds: The kinds whose records answer it.
        section: The part of this report that holds the answer.

    """

    title: str
    kinds: tuple[str, ...]
    section: str


DUTIES = (
    Duty("What was done on the shared priorities", ("priority", "action"), "progress"),
    Duty("What difference that made for children and families", ("measure", "evidence"), "impact"),
    Duty("Where there was little or no progress, and why", ("action",), "little-or-no-progress"),
    Duty("Decisions and actions that follow from reviews of practice", ("review", "learning-point"), "reviews"),
    Duty("Whether statutory time limits were kept", ("incident", "review"), "clocks"),
    Duty("What quality assurance found", ("audit", "agency-return"), "audits"),
    Duty("Multi-agency training, and what it changed", ("training", "training-event"), "training"),
    Duty("What independent scrutiny said, and the reply", ("scrutiny", "question"), "scrutiny"),
    Duty("What children and families said, and how it was used", ("feedback",), "voice"),
    Duty("What partners contributed, and what it cost", ("budget",), "budget"),
    Duty("How the partnership measures up to national reviews and reform", ("benchmark",), "benchmarks"),
    Duty("How the arrangements work, and who took part", ("group", "meeting"), "arrangements"),
)  # fmt: skip
# The parts that are reports of their own, in the order in which they are told.
PARTS: dict[str, tuple[ReportKind, ...]] = {
    "progress": (summary, progress),
    "little-or-no-progress": (little_or_no_progress,),
    "reviews": (learning_by_agency,),
    "clocks": (clocks,),
    "audits": (audits, themes),
    "training": (training,),
    "scrutiny": (scrutiny,),
    "budget": (budget,),
    "measures": (measures,),
}
COUNTED = tuple(dict.fromkeys(kind for duty in DUTIES for kind in duty.kinds))


@report(
    "yearly-report",
    "Yearly report",
    reader="the lead safeguarding partners, scrutineers, national bodies and the public",
    sections=("checklist", "writing", "impact", "output", "progress", "over-time", "little-or-no-progress", "reviews",
              "clocks", "audits", "training", "scrutiny", "voice", "budget", "measures", "benchmarks", "arrangements"),
    counts=(*COUNTED, "plan", "theme", "report"),
    takes=("plan",),
)  # fmt: skip
def yearly_report(asked: Asked) -> Content:
    """Return a checklist of what a yearly report must tell, what the register holds for each, and all of its parts.

    Raises:
        UnknownReferenceError: There is no such plan.

    """
    snapshot = asked.snapshot
    served = {what: _served(snapshot, what) for what in ("output", "impact")}
    lines = [_line(snapshot, duty, served) for duty in DUTIES]
    columns = (("duty", "what the report must tell"), ("section", "told under"), ("records", "records"),
               ("output", "with evidence of what was done"), ("impact", "with evidence of impact"),
               ("evidence", "evidence of impact"), ("state", "state"))  # fmt: skip
    sections = [
        Section("checklist", [ReportTable("What the report must tell", columns, lines)], "Duties"),
        Section("writing", [_writing(snapshot)], "The report as work"),
        Section("impact", [_shown(snapshot, "impact", "Evidence of a difference made")], "Impact"),
        Section("output", [_shown(snapshot, "output", "Evidence of what was done")], "Output"),
        over_time(asked),
        *(_part(asked, name, kinds) for name, kinds in PARTS.items()),
        *(Section(name, make(snapshot), heading) for name, heading, make in LISTS),
    ]
    order = {name: place for place, name in enumerate(yearly_report.sections)}
    sections.sort(key=lambda section: order[section.name])
    covered, shown = (sum(line[-1] in states for line in lines) for states in ({OUTPUT_ONLY, IMPACT}, {IMPACT}))
    facts = [("plan", "Plan", asked.plan), ("duties", "To be told", len(lines)),
             ("covered", "Of these, with records", covered),
             ("with_impact", "Of these, with evidence of impact", shown)]  # fmt: skip
    return Content(sections, facts)


def _part(asked: Asked, name: str, kinds: Sequence[ReportKind]) -> Section:
    """Return reports of their own as one part: their facts as sentences, their tables, their notes."""
    made = [kind(replace(asked, within=kind.days)) for kind in kinds]
    sections = [section for each in made for section in each.sections]
    told = [sentence for section in sections for sentence in section.paragraphs]
    notes = [note for each in made for note in (*each.notes, *(n for section in each.sections for n in section.notes))]
    shown = [one for section in sections for one in section.shown]
    return Section(name, shown, made[-1].title if len(made) == 1 else kinds[0].title, told, list(dict.fromkeys(notes)))


def _line(snapshot: Snapshot, duty: Duty, served: Mapping[str, set[str]]) -> list[object]:
    views = [view for kind in duty.kinds for view in snapshot.views(KINDS[kind])]
    output = sum(view.ref in served["output"] or bool(_evidence(view, "output")) for view in views)
    impact = [view.ref for view in views if view.ref in served["impact"] or _evidence(view, "impact")]
    state = NOTHING if not views else IMPACT if impact else OUTPUT_ONLY
    return [duty.title, duty.section, len(views), output, len(impact), impact or None, state]


def _served(snapshot: Snapshot, what: str) -> set[str]:
    """Return the records, and those of the rows, that evidence records serve."""
    refs: set[str] = set()
    for view in snapshot.views(KINDS["evidence"]):
        item: Any = view.item
        if item.shows == what:
            found = (snapshot.view(ref) for ref in item.supports)
            refs |= {view.ref, *(each.parent.ref if each.parent else each.ref for each in found if each)}
    return refs


def _evidence(view: View, what: str) -> list[tuple[Any, Any]]:
    """Return (the part, its evidence) of a record and its rows."""
    item: Any = view.item
    rows = [row for name in type(item).model_fields for row in _rows(getattr(item, name))]
    return [(part, each) for part in (item, *rows) for each in getattr(part, "evidence", ()) if each.shows == what]


def _rows(value: object) -> list[Any]:
    return [row for row in value if hasattr(row, "evidence")] if isinstance(value, tuple) else []


def _shown(snapshot: Snapshot, what: str, title: str) -> ReportTable:
    columns = (("ref", "ref"), ("title", "what"), ("date", "date"), ("evidence", "evidence"))
    rows: list[list[object]] = []
    for kind in (kind for kind in KINDS.values() if kind.where):
        for view in snapshot.views(kind):
            rows += [[_ref(view, part), getattr(part, "title", view.title), each.date, each.text]
                     for part, each in _evidence(view, what)]  # fmt: skip
    for view in snapshot.views(KINDS["evidence"]):
        if view.value("shows") == what:
            rows.append([view.ref, view.title, view.value("date"), view.value("text")])
    return ReportTable(title, columns, rows)


def _ref(view: View, part: Any) -> str:
    return view.ref if part is view.item else f"{view.ref}.{getattr(part, 'number', part.id)}"


def _writing(snapshot: Snapshot) -> ReportTable:
    """The reports that are being written or are out, each with its parts that are not endorsed."""
    columns = (("ref", "ref"), ("title", "report"), ("status", "status"), ("due", "due"),
               ("published_as", "published, as told"), ("signed_off", "signed off by"),
               ("sections_open", "parts not endorsed"))  # fmt: skip
    yearly = [view for view in snapshot.views(KINDS["report"]) if view.value("type") == "yearly-report"]
    return table_of("Yearly reports", columns, yearly)


def _voice(snapshot: Snapshot) -> list[ReportTable]:
    columns = (("ref", "ref"), ("title", "about"), ("who", "who spoke"), ("sample", "how many"), ("status", "status"),
               ("response", "what was done"), ("told_back", "told back on"))  # fmt: skip
    return [table_of("What was heard", columns, snapshot.views(KINDS["feedback"]))]


def _benchmarks(snapshot: Snapshot) -> list[ReportTable]:
    columns = (("ref", "ref"), ("title", "report"), ("type", "type"), ("status", "status"),
               ("counted", "recommendations"), ("met", "met"), ("not_assessed", "not assessed"))  # fmt: skip
    return [table_of("National reports and reviews", columns, snapshot.views(KINDS["benchmark"]))]


def _arrangements(snapshot: Snapshot) -> list[ReportTable]:
    columns = (("ref", "ref"), ("title", "group"), ("type", "type"), ("cadence", "meets"), ("last_met", "last met"))
    held = (("date", "date"), ("ref", "ref"), ("title", "meeting"), ("status", "status"), ("attended", "attended"))
    return [table_of("Groups", columns, snapshot.views(KINDS["group"])),
            table_of("Meetings", held, snapshot.views(KINDS["meeting"]))]  # fmt: skip


LISTS: tuple[tuple[str, str, Callable[[Snapshot], list[ReportTable]]], ...] = (
    ("voice", "Voice of children and families", _voice),
    ("benchmarks", "National reviews and reform", _benchmarks),
    ("arrangements", "Arrangements", _arrangements),
)
