"""The position at a year end, by effective dates, as known at the register's version; what was recorded late."""

from bscp_tui.model.dates import in_words
from bscp_tui.reports.asked import Asked
from bscp_tui.reports.plans import counted, items_of, plan_title, progress_of
from bscp_tui.reports.recency import zone_of
from bscp_tui.reports.report import Content, ReportTable, Section, report, table_of

LATE = (("effective", "true from"), ("recorded", "recorded"), ("ref", "ref"), ("title", "what"),
        ("change", "what changed"), ("by", "by"), ("reason", "why"))  # fmt: skip
WORK = (("ref", "ref"), ("title", "key action"), ("lead", "lead"), ("due", "target"), ("status", "progress"),
        ("timeliness", "timeliness"))  # fmt: skip


@report(
    "position",
    "Position",
    reader="the yearly report, auditors and scrutineers",
    sections=("standing", "work", "late"),
    counts=("plan", "priority", "action"),
    takes=("plan",),
    at_year_end=True,
)
def position(asked: Asked) -> Content:
    """Return how a plan stood at the last year end, or the day asked for, and what was recorded of it only later.

    Raises:
        UnknownReferenceError: There is no such plan.

    """
    snapshot, plan, at = asked.snapshot, asked.plan, asked.position
    title, items = plan_title(snapshot, plan), items_of(snapshot, plan)
    zone, late = zone_of(asked), at.late if at else ()
    rows = [[row.effective, row.recorded.astimezone(zone).date(), row.ref, row.title, row.words, row.by, row.reason]
            for row in late]  # fmt: skip
    sections = [
        Section("standing", [progress_of(snapshot, plan, items)]),
        Section("work", [table_of("Each key action", WORK, items)]),
        Section("late", [ReportTable("Recorded after the day, and true by then", LATE, rows)]),
    ]
    facts = [("plan", "Plan", plan), ("known", "As known on", at.known if at else None),
             ("key_actions", "Key actions", len(items)), ("overdue", "Overdue", counted(items)[-1]),
             ("late_changes", "Changes recorded late", len(rows))]  # fmt: skip
    notes = [] if rows else ["Nothing that counts by the day was recorded after it."]
    day = f" on {in_words(at.day)}" if at else ""
    return Content(sections, facts, notes, f"{title}: position{day}")
