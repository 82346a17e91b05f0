"""``bscp report``: a report from what is recorded, in the form that was asked for."""

import locale
from argparse import Namespace
from collections.abc import Sequence
from dataclasses import replace

from bscp_tui.cli.main import DONE, REFUSED, say
from bscp_tui.cli.opening import register_of
from bscp_tui.cli.output import Table, emit
from bscp_tui.cli.telling import row_facts
from bscp_tui.cli.usage import UsageError
from bscp_tui.model.kinds import KINDS
from bscp_tui.reports.cells import told
from bscp_tui.reports.drawing import drawn
from bscp_tui.reports.making import Made, ReportError, Wanted, make, report_kind
from bscp_tui.reports.report import Chart, Report, ReportTable
from bscp_tui.store.moments import NoSuchMomentError
from bscp_tui.store.snapshot import Snapshot


def run_report(options: Namespace) -> int:
    """Print a report; return 1 if a record that it should count cannot be read."""
    try:
        wanted = _wanted(options)
        register = register_of(options)
        made = make(register, replace(wanted, today=register.today if options.today is not None else None))
    except (ReportError, NoSuchMomentError) as error:
        raise UsageError(str(error)) from None
    for sentence in made.told:
        say(sentence)
    emit(options, _tables(made.report), _data(made), _heading(made.report))
    return _warned(register.snapshot(), made.report)


def _wanted(options: Namespace) -> Wanted:
    """Return the question; what it is about may stand behind the report's name."""
    named = {"agency": options.agency, "record": options.record}
    if options.about:
        kind = report_kind(options.name)
        free = [name for name in named if name in kind.takes and named[name] is None]
        if not free:
            msg = f"The report “{kind.name}” takes nothing behind its name, or it was told already: “{options.about}”."
            raise UsageError(msg)
        named[free[0]] = options.about
    return Wanted(
        options.name,
        options.plan,
        options.as_of,
        options.position,
        options.since,
        options.within,
        named["agency"],
        named["record"],
        options.audience,
    )


def _heading(report: Report) -> list[str]:
    facts = [f"{label}: {told(value, name)}" for name, label, value in report.facts]
    said = [sentence for section in report.sections for sentence in section.paragraphs]
    return [report.title, *report.opening, *facts, *said, *report.all_notes]


def _tables(report: Report) -> list[Table]:
    shown = [one for section in report.sections for one in section.shown]
    ascii_only = "utf" not in locale.getencoding().lower()
    return [_table(one.table, drawn(one, ascii_only=ascii_only)) if isinstance(one, Chart) else _table(one)
            for one in shown]  # fmt: skip


def _table(table: ReportTable, lines: Sequence[str] = ()) -> Table:
    rows = [[told(cell, name) for cell, (name, _) in zip(row, table.columns, strict=True)] for row in table.rows]
    return Table(table.title, table.columns, rows, table.rows, lines)


def _data(made: Made) -> dict[str, object]:
    report, position = made.report, made.asked.position
    data: dict[str, object] = {
        "report": report.name,
        "title": report.title,
        **{name: value for name, _, value in report.facts},
        "tables": [{"title": table.title, "rows": _by_name(table)} for table in report.tables],
        "sections": [
            {"name": section.name, "heading": section.heading, "paragraphs": list(section.paragraphs),
             "tables": [table.title for table in section.tables]}
            for section in report.sections
        ],
        "notes": report.all_notes,
    }  # fmt: skip
    if position is not None:
        data |= {"position": position.day, "recorded_late": [row_facts(row) for row in position.late]}
    return data


def _by_name(table: ReportTable) -> list[dict[str, object]]:
    names = [name for name, _ in table.columns]
    return [dict(zip(names, row, strict=True)) for row in table.rows]


def _warned(folder: Snapshot, report: Report) -> int:
    """Say on standard error what the report leaves out: edits by hand, unreadable records."""
    kinds = [kind for kind in KINDS.values() if kind.where]
    edited = sum(view.mark is not None for kind in kinds for view in folder.views(kind, withdrawn=True))
    if edited:
        say(f"{edited} files were edited by hand and are not recorded; the report tells what is recorded.")
    return REFUSED if report.left_out else DONE
