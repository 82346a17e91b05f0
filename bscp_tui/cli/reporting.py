"""``bscp report``: a report from what is recorded, in the form that was asked for."""

import datetime as dt
from argparse import Namespace
from collections.abc import Callable
from dataclasses import replace

from bscp_tui.cli.main import DONE, REFUSED, say
from bscp_tui.cli.opening import as_of_day, commit_of, position_of, register_of
from bscp_tui.cli.output import Table, emit
from bscp_tui.cli.telling import row_facts
from bscp_tui.cli.usage import UsageError
from bscp_tui.model.dates import in_words
from bscp_tui.model.kinds import KINDS
from bscp_tui.model.words import NOT_RECORDED
from bscp_tui.model.workflow import PROGRESS, words
from bscp_tui.reports.audits import audits
from bscp_tui.reports.budget import budget
from bscp_tui.reports.chain import chain
from bscp_tui.reports.chase import chase
from bscp_tui.reports.clocks import clocks
from bscp_tui.reports.disagreements import disagreements
from bscp_tui.reports.governance import governance
from bscp_tui.reports.learning_by_agency import learning_by_agency
from bscp_tui.reports.measures import measures
from bscp_tui.reports.report import Report, ReportTable
from bscp_tui.reports.scrutiny import scrutiny
from bscp_tui.reports.summary import summary
from bscp_tui.reports.themes import themes
from bscp_tui.reports.training import training
from bscp_tui.store.errors import RegisterError
from bscp_tui.store.register import Register
from bscp_tui.store.snapshot import Snapshot
from bscp_tui.trust.proving import current_proof

# One line a report.
REPORTS: dict[str, Callable[[Snapshot, str, dt.date, str], Report]] = {
    "summary": summary,
    "learning-by-agency": learning_by_agency,
    "clocks": clocks,
    "themes": themes,
    "audits": audits,
    "scrutiny": scrutiny,
    "chase": chase,
    "chain": chain,
    "measures": measures,
    "training": training,
    "budget": budget,
    "governance": governance,
    "disagreements": disagreements,
}


def run_report(options: Namespace) -> int:
    """Print a report; return 1 if a record that it should count cannot be read."""
    make = REPORTS.get(options.name)
    if make is None:
        msg = f"There is no report “{options.name}”. The reports are: {', '.join(REPORTS)}."
        raise UsageError(msg)
    register = register_of(options)
    commit = commit_of(register, options.as_of) if options.as_of else register.head
    if commit is None:
        msg = f"{register.repository.folder} has no history yet; a report tells only what is recorded."
        raise RegisterError(msg)
    position = position_of(register, options)
    snapshot = position.snapshot if position else register.snapshot_at(commit)
    snapshot.today = as_of_day(register, options)
    if options.audience and position is None:
        from bscp_tui.cli.for_readers import snapshot_for

        snapshot = snapshot_for(register, options, snapshot)
    made = make(snapshot, options.plan or snapshot.settings.current_plan, snapshot.today, commit[:12])
    made = _with_proof(made, register, commit)
    if options.audience:
        made = _with_readers(made, register, options, snapshot)
    data, heading = _data(made), [*register.settings.caution, *_heading(made)]
    if position is not None:
        place = len(register.settings.caution) + 1
        heading[place:place] = [position.title, *position.told]
        data |= {"position": position.day, "recorded_late": [row_facts(row) for row in position.late]}
    emit(options, [_table(table) for table in made.tables], data, heading)
    return _warned(register.snapshot(), made)


def _with_readers(made: Report, register: Register, options: Namespace, snapshot: Snapshot) -> Report:
    """Return the report with whom it was made for, and how many records it left out."""
    from bscp_tui.cli.for_readers import report_for

    told = report_for(register, options, snapshot)
    facts = (("audience", "Audience", options.audience), ("not_for_them", "Records left out", len(snapshot.left_out)))
    return replace(made, facts=(*made.facts, *facts), notes=(*made.notes, *told))


def _with_proof(report: Report, register: Register, commit: str) -> Report:
    """Return the report with the proof line of what it tells; what is provisional is said beside it, not in it."""
    try:
        proven = current_proof(register.repository, commit)
    except RegisterError as error:
        say(f"The report has no proof line: {error}.")
        return report
    if proven.unsent:
        say(proven.told)
    return replace(report, facts=(*report.facts, ("proof", "Proof line", str(proven.proof))))


def _heading(report: Report) -> list[str]:
    told = [f"{label}: {_words(value)}" for _, label, value in report.facts]
    return [report.title, *told, *report.left_out, *report.notes]


def _table(table: ReportTable) -> Table:
    rows = [[_words(cell, name) for cell, (name, _) in zip(row, table.columns, strict=True)] for row in table.rows]
    return Table(table.title, table.columns, rows, table.rows)


def _data(report: Report) -> dict[str, object]:
    tables = [{"title": table.title, "rows": _by_name(table)} for table in report.tables]
    facts = {name: value for name, _, value in report.facts}
    return {
        "report": report.name,
        "title": report.title,
        **facts,
        "tables": tables,
        "notes": [*report.left_out, *report.notes],
    }


def _by_name(table: ReportTable) -> list[dict[str, object]]:
    names = [name for name, _ in table.columns]
    return [dict(zip(names, row, strict=True)) for row in table.rows]


def _words(value: object, name: str = "") -> str:
    if value is None:
        return NOT_RECORDED
    if isinstance(value, dt.date):
        return in_words(value)
    if isinstance(value, (list, tuple)):
        return "; ".join(_words(item) for item in value)
    return words(str(value)) if name == "status" and value in PROGRESS.statuses else str(value)


def _warned(folder: Snapshot, report: Report) -> int:
    """Say on standard error what the report leaves out: edits by hand, unreadable records."""
    kinds = [kind for kind in KINDS.values() if kind.where]
    edited = sum(view.mark is not None for kind in kinds for view in folder.views(kind, withdrawn=True))
    if edited:
        say(f"{edited} files were edited by hand and are not recorded; the report tells what is recorded.")
    return REFUSED if report.left_out else DONE
