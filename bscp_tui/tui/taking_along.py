"""What a list shows, made into a table that is pasted elsewhere or written as a file."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bscp_tui.model.audience import Readers
from bscp_tui.model.exchange import csv_cell
from bscp_tui.model.fields import Audience
from bscp_tui.model.record import Kind
from bscp_tui.model.text import one_line
from bscp_tui.model.view import View
from bscp_tui.model.words import NOT_RECORDED, in_people_words, label_of
from bscp_tui.store.snapshot import Snapshot
from bscp_tui.tui.session import Session

if TYPE_CHECKING:
    from bscp_tui.reports.forms.all_forms import Form
    from bscp_tui.reports.forms.paper import Paper
    from bscp_tui.reports.report import ReportTable

GROUP = "group"


@dataclass(frozen=True)
class Taken:
    """A list as it is shown.

    Attributes:
        kind: The kind of its records.
        title: Where the list lies: "Plan 2025-27 › Priority 4".
        filter: What it is narrowed by; "" for nothing.
        columns: Its columns, in order; those too that the screen had no room for.
        groups: The name of each group with the references in it, in order; one without a name where none are made.
        grouped_by: What it is grouped by; "" for nothing.
        broken: How many records it shows that cannot be read, and so are left out.

    """

    kind: Kind
    title: str
    filter: str
    columns: Sequence[str]
    groups: Sequence[tuple[str, Sequence[str]]]
    grouped_by: str = ""
    broken: int = 0

    @property
    def count(self) -> int:
        """How many records it has; one that stands in two groups counts once."""
        return len({ref for _, refs in self.groups for ref in refs})


def pasted(session: Session, taken: Taken, readers: Audience | None) -> str:
    """Return a list as text that a spreadsheet or a Word table takes; for a worker thread.

    What a spreadsheet would take for a formula is marked as text, as in every file.
    """
    table, _ = _table(session, taken, readers)
    lines = [[heading for _, heading in table.columns], *table.rows]
    return "".join("\t".join(_cell(value) for value in line) + "\n" for line in lines)


def written(session: Session, taken: Taken, readers: Audience | None, form: "Form") -> bytes:
    """Return a list as a file of a form; for a worker thread."""
    return form.write(_paper(session, taken, readers))


def _cell(value: object) -> str:
    return one_line(csv_cell(value)).replace("\t", " ")


def _table(session: Session, taken: Taken, readers: Audience | None) -> "tuple[ReportTable, str]":
    """Return the table for its readers, and the sentence that says for whom it is made."""
    from bscp_tui.history.for_readers import leaves_out
    from bscp_tui.reports.report import ReportTable

    snapshot, told = session.snapshot, ""
    if readers is not None:
        whom = Readers(readers, session.register.today)
        held = [why for view in _views(snapshot, taken) if (why := whom.withheld(view))]
        snapshot, told = snapshot.made_for(leaves_out(whom, session.present)), whom.told(held)
    names = list(dict.fromkeys(taken.columns))
    columns = [(name, label_of(taken.kind, name)) for name in names]
    if taken.grouped_by:
        columns = [(GROUP, label_of(taken.kind, taken.grouped_by)), *columns]
    rows: list[list[object]] = []
    for name, refs in taken.groups:
        lead = [name] if taken.grouped_by else []
        rows += [[*lead, *(_value(view, column) for column in names)] for view in _found(snapshot, refs)]
    return ReportTable(one_line(taken.title), columns, rows), told


def _views(snapshot: Snapshot, taken: Taken) -> list[View]:
    return list({view.ref: view for _, refs in taken.groups for view in _found(snapshot, refs)}.values())


def _found(snapshot: Snapshot, refs: Iterable[str]) -> Iterable[View]:
    return (view for ref in refs if (view := snapshot.view(ref)) is not None)


def _value(view: View, name: str) -> object:
    """Return a value as spreadsheets reckon with it where it is a number or a day, else in people's words."""
    value = view.value(name)
    if isinstance(value, (bool, int, float)) or hasattr(value, "isoformat"):
        return value
    said = in_people_words(view, name, short=False)
    return None if said == NOT_RECORDED else said


def _paper(session: Session, taken: Taken, readers: Audience | None) -> "Paper":
    import datetime as dt

    from bscp_tui.reports.forms.paper import paper_of
    from bscp_tui.reports.house.styled import house_of, style_of
    from bscp_tui.reports.report import Report, Section
    from bscp_tui.store.log import raw_commits

    table, told = _table(session, taken, readers)
    version = session.tip or session.register.head
    facts: list[tuple[str, str, object]] = [
        ("list", "List", taken.kind.plural),
        ("filter", "Filter", taken.filter or "none"),
        ("records", "Records", len(table.rows)),
        ("as_of", "As at", session.today),
        ("version", "Register version", (version or "")[:12]),
    ]
    left_out = [f"{taken.broken:,} more cannot be read; they are left out."] if taken.broken else []
    report = Report(
        "list", table.title, facts, [Section("list", [table])], [told] if told else [], left_out,
        session.snapshot.settings.caution,
    )  # fmt: skip
    commit = next(iter(raw_commits(session.register.repository, [version]))) if version else None
    made = commit.recorded.astimezone(dt.UTC) if commit else dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
    snapshot = session.snapshot
    return paper_of(report, snapshot.settings.title, made, house_of(style_of(snapshot)))
