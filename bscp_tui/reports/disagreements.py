"""Professional disagreements: which are open and at which stage, how long the resolved ones took, about what."""

from collections import Counter
from collections.abc import Sequence
from statistics import median

from bscp_tui.model.kinds import KINDS
from bscp_tui.model.view import View
from bscp_tui.reports.asked import Asked
from bscp_tui.reports.report import Content, ReportTable, Shown, each, report, table_of
from bscp_tui.store.snapshot import Snapshot

OPEN = (("ref", "ref"), ("title", "about"), ("raised", "raised"), ("stage", "stage"), ("stage_since", "since"),
        ("due", "last day"), ("days_to_next_stage", "working days left"))  # fmt: skip
RESOLVED = (("ref", "ref"), ("title", "about"), ("raised", "raised"), ("resolved", "resolved"), ("stage", "stage"),
            ("working_days_to_resolve", "working days"), ("learning", "learned"))  # fmt: skip


@report(
    "disagreements",
    "Professional disagreements",
    reader="the board and the group that sees escalations",
    sections=("open", "resolved", "themes"),
    counts=("disagreement",),
)
def disagreements(asked: Asked) -> Content:
    """Return the open disagreements by stage, the resolved ones with their time, and how often each theme came."""
    snapshot = asked.snapshot
    found = snapshot.views(KINDS["disagreement"])
    waiting = [view for view in found if view.value("open") is True]
    settled = [view for view in found if view.value("open") is not True]
    days = [day for view in settled if isinstance(day := view.value("working_days_to_resolve"), int)]
    facts = [("open", "Open", len(waiting)), ("resolved", "Resolved", len(settled)),
             ("overdue", "Later than their stage allows", sum(view.value("overdue") is True for view in waiting)),
             ("median_working_days", "Working days to resolve, median", median(days) if days else None)]  # fmt: skip
    shown: Shown = {
        "open": table_of("Open", OPEN, waiting),
        "resolved": table_of("Resolved", RESOLVED, settled),
        "themes": _themes(snapshot, found),
    }
    notes = [] if found else ["No disagreement is recorded."]
    notes += _stages(snapshot)
    return Content(each(shown), facts, notes)


def _themes(snapshot: Snapshot, found: Sequence[View]) -> ReportTable:
    named = (themes for view in found if isinstance(themes := view.value("themes"), tuple))
    counted = Counter(str(theme) for themes in named for theme in themes)
    rows = [[snapshot.title_of(theme) or theme, count] for theme, count in counted.most_common()]
    return ReportTable("Themes", (("theme", "theme"), ("count", "disagreements")), rows)


def _stages(snapshot: Snapshot) -> list[str]:
    """Say which stages the register sets, and where it sets no days."""
    told = [
        f"{stage.number} {stage.title} ({stage.days} working days)" if stage.days is not None
        else f"{stage.number} {stage.title} (no days set)"
        for stage in snapshot.settings.stages
    ]  # fmt: skip
    return [f"Stages: {'; '.join(told)}."]
