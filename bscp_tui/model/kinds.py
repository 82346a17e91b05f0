"""The registry of kinds: one line each. A new kind is its file and its line here."""

from collections.abc import Iterable, Iterator
from functools import cache

from bscp_tui.model.acceptance import ACCEPTANCE
from bscp_tui.model.action import ACTION, KEY_ACTION
from bscp_tui.model.action_point import ACTION_POINT
from bscp_tui.model.agency_return import AGENCY_RETURN
from bscp_tui.model.audit import AUDIT, FINDING
from bscp_tui.model.benchmark import BENCHMARK, BENCHMARK_LINE
from bscp_tui.model.bodies import AGENCY, GROUP, PERSON
from bscp_tui.model.budget import BUDGET
from bscp_tui.model.challenge import CHALLENGE, COMMITMENT
from bscp_tui.model.communication import COMMUNICATION
from bscp_tui.model.disagreement import DISAGREEMENT
from bscp_tui.model.evidence_record import EVIDENCE
from bscp_tui.model.feedback import FEEDBACK
from bscp_tui.model.house import HOUSE_STYLE
from bscp_tui.model.incident import INCIDENT
from bscp_tui.model.learning_point import LEARNING_POINT, OWNER_LINE
from bscp_tui.model.measure import MEASURE
from bscp_tui.model.meeting import MEETING
from bscp_tui.model.milestone import MILESTONE
from bscp_tui.model.plan import PLAN, PRIORITY
from bscp_tui.model.published_figure import PUBLISHED_FIGURE
from bscp_tui.model.published_report import REPORT, REPORT_SECTION
from bscp_tui.model.record import Kind
from bscp_tui.model.review import REVIEW
from bscp_tui.model.roster import ROSTER
from bscp_tui.model.saved_view import VIEW
from bscp_tui.model.scrutiny import QUESTION, RECOMMENDATION, SCRUTINY
from bscp_tui.model.settings import CLOCK, ESCALATION_STAGE, REGISTER, RULE
from bscp_tui.model.statistic import STATISTIC
from bscp_tui.model.term import TERM
from bscp_tui.model.theme import THEME
from bscp_tui.model.training import SESSION, TRAINING_COURSE
from bscp_tui.model.training_event import TRAINING_EVENT
from bscp_tui.model.update_round import UPDATE_RETURN, UPDATE_ROUND
from bscp_tui.model.work_programme import WORK_ITEM, WORK_PROGRAMME

KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        PLAN,
        PRIORITY,
        ACTION,
        KEY_ACTION,
        ACTION_POINT,
        LEARNING_POINT,
        OWNER_LINE,
        REVIEW,
        INCIDENT,
        AUDIT,
        FINDING,
        AGENCY_RETURN,
        SCRUTINY,
        RECOMMENDATION,
        QUESTION,
        MEASURE,
        MEETING,
        WORK_PROGRAMME,
        WORK_ITEM,
        TRAINING_COURSE,
        SESSION,
        TRAINING_EVENT,
        BUDGET,
        EVIDENCE,
        FEEDBACK,
        CHALLENGE,
        COMMITMENT,
        DISAGREEMENT,
        BENCHMARK,
        BENCHMARK_LINE,
        MILESTONE,
        COMMUNICATION,
        STATISTIC,
        TERM,
        REPORT,
        REPORT_SECTION,
        THEME,
        UPDATE_ROUND,
        UPDATE_RETURN,
        PUBLISHED_FIGURE,
        ACCEPTANCE,
        VIEW,
        AGENCY,
        GROUP,
        PERSON,
        REGISTER,
        RULE,
        CLOCK,
        ESCALATION_STAGE,
        HOUSE_STYLE,
        ROSTER,
    )
}


def place_of(inner: str) -> tuple[Kind, dict[str, str]] | None:
    """Return the kind of the file at ``inner`` (a path inside ``records/``) and the names in its path."""
    for kind in _kinds_in(inner.partition("/")[0]):
        names = kind.names_in(inner)
        if names is not None:
            return kind, names
    return None


def places_of(inners: Iterable[str]) -> dict[str, tuple[Kind, dict[str, str]]]:
    """Return what :func:`place_of` does of each of many paths that is a record's."""
    under: dict[str, list[Kind]] = {}  # by folder; no path fits two kinds, and most files are of their neighbour's
    found = {}
    for inner in inners:
        folder = inner.rpartition("/")[0] or inner  # a file that lies in none has a kind of its own
        if folder not in under:
            under[folder] = list(_kinds_in(inner.partition("/")[0]))
        for at, kind in enumerate(under[folder]):
            names = kind.names_in(inner)
            if names is not None:
                found[inner] = (kind, names)
                if at:
                    under[folder].insert(0, under[folder].pop(at))
                break
    return found


def kinds_inside(kind: Kind) -> tuple[Kind, ...]:
    """Return the kinds that live inside ``kind``'s files."""
    return _inside(kind.name)


@cache
def _inside(name: str) -> tuple[Kind, ...]:
    return tuple(kind for kind in KINDS.values() if kind.inside and kind.inside[0] == name)


def _kinds_in(folder: str) -> Iterator[Kind]:
    """Yield the kinds whose files lie under a top folder; most files are then tried with one kind only."""
    return (kind for kind in KINDS.values() if kind.where and kind.where.partition("/")[0] == folder)
