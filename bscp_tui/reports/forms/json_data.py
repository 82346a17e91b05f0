"""JSON, for programs: stable names, values as they are recorded."""

from bscp_tui.model.exchange import as_json
from bscp_tui.reports.forms.paper import Paper
from bscp_tui.reports.report import ReportTable


def write(paper: Paper) -> bytes:
    """Return the paper as JSON."""
    return (as_json(data_of(paper)) + "\n").encode()


def data_of(paper: Paper) -> dict[str, object]:
    """Return a report as programs read it: name, title, facts by name, tables with rows by column, notes."""
    report = paper.report
    return {
        "report": report.name,
        "title": report.title,
        **{name: value for name, _, value in report.facts},
        "partnership": paper.partnership,
        "opening": list(report.opening),
        "tables": [{"title": table.title, "rows": _by_name(table)} for table in report.tables],
        "sections": [
            {"name": section.name, "heading": section.heading, "paragraphs": list(section.paragraphs),
             "tables": [table.title for table in section.tables]}
            for section in report.sections
        ],
        "notes": report.all_notes,
        **paper.beside,
    }  # fmt: skip


def _by_name(table: ReportTable) -> list[dict[str, object]]:
    names = [name for name, _ in table.columns]
    return [dict(zip(names, row, strict=True)) for row in table.rows]
