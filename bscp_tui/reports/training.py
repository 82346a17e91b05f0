"""Training: courses and how full they were, sessions, who came from where, events, evaluation."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from bscp_tui.model.kinds import KINDS
from bscp_tui.model.training import utilisation
from bscp_tui.model.view import View
from bscp_tui.model.workflow import words
from bscp_tui.reports.asked import Asked
from bscp_tui.reports.report import Chart, Content, ReportTable, Shown, each, report, table_of

COUNTED = ("training", "training-event")
OTHER = "other"
NO_YEAR = "not dated"
REST = "not broken down"


@report(
    "training",
    "Training",
    reader="the board and the group that sees training",
    sections=("courses", "sessions", "agencies", "events", "evaluation", "years"),
    counts=COUNTED,
)
def training(asked: Asked) -> Content:
    """Return the training programme with its places, attendance and evaluation."""
    snapshot = asked.snapshot
    courses, sessions = snapshot.views(KINDS["training"]), snapshot.views(KINDS["session"])
    events = snapshot.views(KINDS["training-event"])
    both = [view for view in courses if view.value("utilisation") is not None]
    places, attended = _sum(both, "places_offered"), _sum(both, "people")
    facts = [
        ("courses", "Courses", len(courses)),
        ("modules", "Modules", _sum(courses, "modules")),
        ("sessions", "Sessions", len(sessions)),
        ("places", "Places", places),
        ("attended", "Attended", attended),
        ("utilisation", "Places taken, %", utilisation(places, attended)),
        ("completions", "eLearning completions", _sum(events, "completions")),
        ("delegates", "Delegates of events", _sum(events, "delegates")),
    ]
    shown: Shown = {
        "courses": _courses(courses),
        "sessions": _sessions(sessions),
        "agencies": _by_agency(sessions),
        "events": _events(events),
        "evaluation": _evaluated(courses, events),
        "years": _years(courses),
    }
    notes = [] if courses or events else ["No training is recorded yet."]
    return Content(each(shown), facts, notes)


def _sum(views: Sequence[View], name: str) -> int | None:
    """Return the sum of what is recorded; None where nothing is."""
    known = [value for view in views if isinstance(value := view.value(name), int)]
    return sum(known) if known else None


def _years(courses: Sequence[View]) -> Chart:
    """Courses, modules, places and how full they were, year by year; places count where attendance is known too."""
    columns = (("year", "year"), ("courses", "courses"), ("modules", "modules"), ("places", "places"),
               ("attended", "attended"), ("utilisation", "places taken, %"))  # fmt: skip
    rows: list[Sequence[object]] = []
    for year in sorted({str(view.value("year") or NO_YEAR) for view in courses}):
        own = [view for view in courses if str(view.value("year") or NO_YEAR) == year]
        both = [view for view in own if view.value("utilisation") is not None]
        places, attended = _sum(both, "places_offered"), _sum(both, "people")
        rows.append([year, len(own), _sum(own, "modules"), places, attended, utilisation(places, attended)])
    return Chart("bars", ReportTable("Course utilisation, by year", columns, rows), ("year",), ("utilisation",))


def _courses(courses: Sequence[View]) -> ReportTable:
    columns = (("ref", "ref"), ("title", "course"), ("year", "year"), ("mode", "delivered"), ("modules", "modules"),
               ("places_offered", "places"), ("people", "attended"), ("utilisation", "places taken, %"),
               ("status", "status"))  # fmt: skip
    return table_of("Courses", columns, courses)


def _sessions(sessions: Sequence[View]) -> ReportTable:
    columns = (("ref", "ref"), ("date", "date"), ("mode", "mode"), ("places", "places"), ("overbooked", "overbooked"),
               ("attended", "attended"), ("late_cancelled", "cancelled late"), ("no_show", "did not come"),
               ("observed", "observed"), ("utilisation", "places taken, %"))  # fmt: skip
    return table_of("Sessions", columns, sessions)


def _by_agency(sessions: Sequence[View]) -> Chart:
    """How many came from each agency, those who said “other”, and those whose agency is not recorded."""
    counted: Counter[str] = Counter()
    for view in sessions:
        item: Any = view.item
        for row in item.attendance:
            counted[view.name_of(row.agency) if row.agency else OTHER] += row.attended
        rest = (item.attended or 0) - sum(row.attended for row in item.attendance)
        if rest > 0:
            counted[REST] += rest
    rows = sorted(counted.items(), key=lambda pair: (pair[0] == REST, pair[0] == OTHER, -pair[1], pair[0]))
    table = ReportTable("Attended, by agency", (("agency", "agency"), ("attended", "attended")), rows)
    return Chart("bars", table, ("agency",), ("attended",))


def _events(events: Sequence[View]) -> ReportTable:
    columns = (("ref", "ref"), ("title", "event"), ("type", "type"), ("when", "date"), ("held", "held"),
               ("delegates", "delegates"), ("completions", "completions"), ("precision", "precision"),
               ("status", "status"))  # fmt: skip
    return table_of("Events and eLearning", columns, events)


def _evaluated(courses: Sequence[View], events: Sequence[View]) -> Chart:
    columns = (("ref", "ref"), ("level", "level"), ("date", "date"), ("question", "asked about"),
               ("responses", "answers"), ("positive", "high or very high, %"), ("rating", "rating"),
               ("rating_of", "out of"))  # fmt: skip
    rows: list[Sequence[object]] = []
    for view in (*courses, *events):
        item: Any = view.item
        rows += [[view.ref, words(row.level), row.date, row.question, row.responses, row.positive, row.rating,
                  row.rating_of] for row in item.evaluations]  # fmt: skip
    return Chart("bars", ReportTable("Evaluation", columns, rows), ("ref", "question", "level"), ("positive",))
