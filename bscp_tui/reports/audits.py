"""Audits and returns: the programme, the share graded good or outstanding by year, what findings led to."""

from collections.abc import Iterable, Sequence

from bscp_tui.model.audit import GOOD
from bscp_tui.model.kinds import KINDS
from bscp_tui.model.view import View
from bscp_tui.reports.asked import Asked
from bscp_tui.reports.report import Chart, Content, ReportTable, Shown, each, report, table_of

COUNTED = ("audit", "agency-return")
NO_YEAR = "not dated"


@report(
    "audits",
    "Audits and returns",
    reader="the board and the group that sees audits",
    sections=("programme", "grades", "findings", "returns"),
    counts=COUNTED,
)
def audits(asked: Asked) -> Content:
    """Return the audit programme with its grades, findings and returns."""
    snapshot = asked.snapshot
    found, returns = snapshot.views(KINDS["audit"]), snapshot.views(KINDS["agency-return"])
    findings = snapshot.views(KINDS["finding"])
    waiting = sum(view.value("follows") == "nothing yet" for view in findings)
    facts = [("audits", "Audits", len(found)), ("returns", "Agency returns", len(returns)),
             ("findings", "Findings", len(findings)), ("open_findings", "Lead to nothing yet", waiting)]  # fmt: skip
    shown: Shown = {
        "programme": _programme(found),
        "grades": _shares(found, returns),
        "findings": _findings(findings),
        "returns": _returns(returns),
    }
    notes = [] if found or returns else ["No audit or return is recorded yet."]
    return Content(each(shown), facts, notes)


def _programme(found: Sequence[View]) -> ReportTable:
    columns = (("ref", "ref"), ("title", "audit"), ("year", "year"), ("when", "date"), ("status", "status"),
               ("good_share", "grades"), ("open_findings", "open findings"))  # fmt: skip
    return table_of("Programme", columns, found)


def _shares(found: Sequence[View], returns: Sequence[View]) -> Chart:
    """How many grades, of audits and of returns, were good or outstanding, year by year."""
    graded = [(view.value("year") or NO_YEAR, row.grade) for view in found for row in getattr(view.item, "grades", ())]
    graded += [(view.value("year") or NO_YEAR, view.value("grade")) for view in returns if view.value("grade")]
    columns = (("year", "year"), ("graded", "graded"), ("good", "good or outstanding"), ("share", "share, %"))
    rows = []
    for year in sorted({str(year) for year, _ in graded}):
        grades = [grade for own, grade in graded if own == year]
        good = sum(grade in GOOD for grade in grades)
        rows.append([year, len(grades), good, round(good * 100 / len(grades))])
    return Chart("bars", ReportTable("Graded good or outstanding", columns, rows), ("year",), ("share",))


def _findings(findings: Iterable[View]) -> ReportTable:
    columns = (("ref", "ref"), ("title", "finding"), ("type", "type"), ("theme", "theme"), ("follows", "leads to"))
    return table_of("Findings", columns, findings)


def _returns(returns: Iterable[View]) -> ReportTable:
    columns = (("ref", "ref"), ("title", "topic"), ("type", "type"), ("lead", "agency"), ("year", "year"),
               ("status", "status"), ("grade", "grade"))  # fmt: skip
    return table_of("Agency returns", columns, returns)
