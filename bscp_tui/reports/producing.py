"""A report of a register on paper: made, put into the partnership's house style, ready for any form."""

import datetime as dt
from dataclasses import dataclass, replace

from bscp_tui.history.rows import row_facts
from bscp_tui.reports.forms.all_forms import Form
from bscp_tui.reports.forms.paper import Paper, paper_of
from bscp_tui.reports.house.styled import house_of, style_of, styled
from bscp_tui.reports.making import Made, Wanted, make
from bscp_tui.reports.statement import LABEL, NAME, WIDTH, statement_of
from bscp_tui.store.log import raw_commits
from bscp_tui.store.register import Register


@dataclass(frozen=True)
class Product:
    """A report, ready to take any form.

    Attributes:
        made: It, as it was made.
        paper: It, as every form writes it.

    """

    made: Made
    paper: Paper

    def written(self, form: Form) -> bytes:
        """Return it in a form."""
        return form.write(self.paper)


def produced(register: Register, wanted: Wanted, width: int = WIDTH, proof: str | None = None) -> Product:
    """Return a report of what is recorded, ready for any form.

    Args:
        register: The register.
        wanted: What is asked.
        width: How many columns its text may take.
        proof: A proof line to print in place of the newest one: that of a report that is made again.

    Raises:
        ReportError: There is no such report, or what is asked of it cannot be used.
        HouseError: The register's house style is not whole.

    """
    made = make(register, wanted)
    statement = statement_of(wanted, made, register.today, width)
    report = made.report
    facts = [(name, label, proof if proof and name == "proof" else value) for name, label, value in report.facts]
    facts.append((NAME, LABEL, str(statement)))
    style = style_of(made.asked.snapshot)
    report = styled(replace(report, facts=facts), style)
    commit = next(iter(raw_commits(register.repository, [made.commit])))
    paper = paper_of(report, made.asked.snapshot.settings.title, commit.recorded.astimezone(dt.UTC), house_of(style))
    return Product(made, replace(paper, width=width, beside=_beside(made)))


def _beside(made: Made) -> dict[str, object]:
    """Return what programs are given of a position: its day, and the changes that were recorded late."""
    position = made.asked.position
    if position is None:
        return {}
    return {"position": position.day, "recorded_late": [row_facts(row) for row in position.late]}
