"""The reports: one line each."""

from bscp_tui.reports.agency import agency
from bscp_tui.reports.audits import audits
from bscp_tui.reports.board_pack import board_pack
from bscp_tui.reports.budget import budget
from bscp_tui.reports.chain import chain
from bscp_tui.reports.chase import chase
from bscp_tui.reports.clocks import clocks
from bscp_tui.reports.delivery_plan import delivery_plan
from bscp_tui.reports.disagreements import disagreements
from bscp_tui.reports.exceptions import exceptions
from bscp_tui.reports.governance import governance
from bscp_tui.reports.history import history
from bscp_tui.reports.learning_by_agency import learning_by_agency
from bscp_tui.reports.little_or_no_progress import little_or_no_progress
from bscp_tui.reports.measures import measures
from bscp_tui.reports.pictures import pictures
from bscp_tui.reports.position import position
from bscp_tui.reports.progress import progress
from bscp_tui.reports.promises import promises
from bscp_tui.reports.report import ReportKind
from bscp_tui.reports.scrutiny import scrutiny
from bscp_tui.reports.summary import summary
from bscp_tui.reports.themes import themes
from bscp_tui.reports.time_in_status import time_in_status
from bscp_tui.reports.training import training
from bscp_tui.reports.yearly_report import yearly_report

# As people are offered them: what a board reads first, then by subject.
REPORTS: dict[str, ReportKind] = {
    kind.name: kind
    for kind in (
        board_pack,
        summary,
        pictures,
        exceptions,
        delivery_plan,
        progress,
        little_or_no_progress,
        time_in_status,
        position,
        promises,
        chase,
        agency,
        learning_by_agency,
        clocks,
        themes,
        audits,
        chain,
        scrutiny,
        measures,
        training,
        budget,
        governance,
        disagreements,
        yearly_report,
        history,
    )
}
