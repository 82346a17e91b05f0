"""Pictures: what people would rather look at than read, each with its table."""

from bscp_tui.model.kinds import KINDS
from bscp_tui.reports.asked import Asked
from bscp_tui.reports.chased import COUNTED as OWED
from bscp_tui.reports.due import due_section
from bscp_tui.reports.measures import series_of
from bscp_tui.reports.over_time import over_time
from bscp_tui.reports.plans import items_of, plan_title, progress_of
from bscp_tui.reports.report import Content, Section, report
from bscp_tui.reports.themes import frequencies


@report(
    "pictures",
    "Pictures of progress",
    reader="the board, and whoever would rather look than read",
    sections=("progress", "over-time", "calendar", "themes", "measures"),
    counts=tuple(dict.fromkeys(("plan", "priority", *OWED, "theme", "audit", "measure"))),
    takes=("plan",),
)
def pictures(asked: Asked) -> Content:
    """Return charts of a plan's progress by priority and over time, of what is due, of themes and of measures.

    Raises:
        UnknownReferenceError: There is no such plan.

    """
    snapshot, plan = asked.snapshot, asked.plan
    title = plan_title(snapshot, plan)
    sections = [
        Section("progress", [progress_of(snapshot, plan, items_of(snapshot, plan))], "Progress"),
        over_time(asked),
        due_section(snapshot),
        Section("themes", frequencies(snapshot), "Themes"),
        Section("measures", list(series_of(snapshot.views(KINDS["measure"]))), "Measures"),
    ]
    return Content([section for section in sections if section.shown], [("plan", "Plan", plan)],
                   title=f"{title}: pictures of progress")  # fmt: skip
