"""The registry of the rules of plausibility: one line for each file of them."""

from collections.abc import Mapping

from bscp_tui.checks.messages import MESSAGES
from bscp_tui.checks.rule import About, Rule
from bscp_tui.checks.rules.dates import DATES
from bscp_tui.checks.rules.evidence import EVIDENCE
from bscp_tui.checks.rules.figures import FIGURES
from bscp_tui.checks.rules.governance import GOVERNANCE
from bscp_tui.checks.rules.held import HELD
from bscp_tui.checks.rules.names import NAMES
from bscp_tui.checks.rules.numbering import NUMBERING
from bscp_tui.checks.rules.ownership import OWNERSHIP
from bscp_tui.checks.rules.progress import PROGRESS_RULES
from bscp_tui.checks.rules.years import YEARS
from bscp_tui.checks.structure import STRUCTURE
from bscp_tui.checks.unexplained import UNEXPLAINED_CHANGES

ALL: tuple[Rule, ...] = (
    *DATES,
    *YEARS,
    *OWNERSHIP,
    *EVIDENCE,
    *PROGRESS_RULES,
    *NUMBERING,
    *NAMES,
    *FIGURES,
    *GOVERNANCE,
    *HELD,
)
ABOUT: Mapping[str, About] = {
    about.id: about for about in (*STRUCTURE, *MESSAGES, *UNEXPLAINED_CHANGES, *(rule.about for rule in ALL))
}  # fmt: skip
