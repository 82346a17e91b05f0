"""The reports: one line each."""

from bscp_tui.reports.audits import audits
from bscp_tui.reports.budget import budget
from bscp_tui.reports.chain import chain
from bscp_tui.reports.chase import chase
from bscp_tui.reports.clocks import clocks
from bscp_tui.reports.disagreements import disagreements
from bscp_tui.reports.governance import governance
from bscp_tui.reports.learning_by_agency import learning_by_agency
from bscp_tui.reports.measures import measures
from bscp_tui.reports.report import ReportKind
from bscp_tui.reports.scrutiny import scrutiny
from bscp_tui.reports.summary import summary
from bscp_tui.reports.themes import themes
from bscp_tui.reports.training import training

# As people are offered them: what a board reads first, then by subject.
REPORTS: dict[str, ReportKind] = {
    kind.name: kind
    for kind in (
        summary,
        learning_by_agency,
        clocks,
        themes,
        audits,
        scrutiny,
        chase,
        chain,
        measures,
        training,
        budget,
        governance,
        disagreements,
    )
}
