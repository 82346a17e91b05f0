"""``bscp report``: a report from what is recorded, in the form that was asked for."""

import locale
import sys
from argparse import Namespace
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from bscp_tui.cli.main import DONE, REFUSED, say
from bscp_tui.cli.opening import register_of
from bscp_tui.cli.output import Table, as_json, emit
from bscp_tui.cli.usage import UsageError
from bscp_tui.cli.verifying import STATUS
from bscp_tui.model.kinds import KINDS
from bscp_tui.model.text import shown
from bscp_tui.reports.all_reports import REPORTS
from bscp_tui.reports.cells import told
from bscp_tui.reports.drawing import drawn
from bscp_tui.reports.forms.all_forms import FORMS, Form, form_of
from bscp_tui.reports.house.templates import HouseError
from bscp_tui.reports.making import ReportError, Wanted, report_kind
from bscp_tui.reports.producing import produced
from bscp_tui.reports.report import Chart, Report, ReportTable
from bscp_tui.reports.statement import WIDTH
from bscp_tui.reports.verifying import Verdict, verified
from bscp_tui.store.errors import RegisterError
from bscp_tui.store.files import in_plain_words
from bscp_tui.store.handing_over import HandOverError, hand_over
from bscp_tui.store.moments import NoSuchMomentError
from bscp_tui.store.snapshot import Snapshot

MOST = 100_000_000  # bytes of a file that is verified


def run_report(options: Namespace) -> int:
    """Print or write a report; return 1 if a record that it should count cannot be read."""
    if options.verify:
        return _run_verify(options)
    if options.name is None:
        return _run_names(options)
    form, path = _form(options), Path(options.out) if options.out else None
    try:
        wanted = _wanted(options)
        register = register_of(options)
        wanted = replace(wanted, today=register.today if options.today is not None else None)
        product = produced(register, wanted, options.width or WIDTH)
    except (ReportError, HouseError, NoSuchMomentError) as error:
        raise UsageError(str(error)) from None
    for sentence in product.made.told:
        say(sentence)
    if form is None:
        emit(options, _tables(product.made.report), None, _heading(product.made.report))
    elif path is None:
        options.printed = product.written(form).decode()
        sys.stdout.write(options.printed)
    else:
        _hand_over(path, product.written(form), replaces=options.replace)
    return _warned(register.snapshot(), product.made.report)


def _run_names(options: Namespace) -> int:
    """Print which reports there are."""
    columns = (("name", "report"), ("title", "title"), ("reader", "for"), ("told", "what it holds"))
    rows = [[kind.name, kind.title, kind.reader, kind.told] for kind in REPORTS.values()]
    facts = [dict(zip((name for name, _ in columns), row, strict=True)) for row in rows]
    emit(options, [Table("", columns, rows, rows)], facts)
    return DONE


def _run_verify(options: Namespace) -> int:
    """Print whether a file is what the register gives; return 0, 1, or 2 where nothing can be said."""
    path = Path(options.verify)
    try:
        if path.stat().st_size > MOST:
            msg = f"{path} is larger than {MOST // 1_000_000} MB; no report that can be verified is."
            raise UsageError(msg)
        data = path.read_bytes()
    except OSError as error:
        msg = f"{path} cannot be read: {in_plain_words(error)}."
        raise UsageError(msg) from None
    try:
        verdict = verified(register_of(options), data, name=options.name)
    except RegisterError as error:
        verdict = Verdict("cannot tell", str(error))
    if options.format == "json":
        said = str(verdict.statement) if verdict.statement else None
        print(as_json({"verdict": verdict.outcome, "sentence": verdict.sentence, "places": list(verdict.places),
                       "made_with": said}))  # fmt: skip
    else:
        print(shown(verdict.sentence))
        for place in verdict.places:
            print(shown(f"  {place}"))
    return STATUS[verdict.outcome]


def _form(options: Namespace) -> Form | None:
    """Return the form that is asked for; None for one of tabulate's: on a terminal, a table with its charts."""
    named, path = options.format, Path(options.out) if options.out else None
    if not named and path is None and sys.stdout.isatty() and options.width is None:
        return None
    form = FORMS.get(named) if named else (form_of(path) if path else FORMS["text"])
    if form is None and path is not None and not named:
        allowed = ", ".join(each.ending for each in FORMS.values())
        msg = f"{path}: its ending names no form. Use {allowed}, or say --format."
        raise UsageError(msg)
    if form is not None and not form.printed and path is None:
        msg = f"{form.told} is no text, and no terminal shows it: say --out FILE{form.ending}."
        raise UsageError(msg)
    return form


def _hand_over(path: Path, data: bytes, *, replaces: bool) -> None:
    try:
        replaced = hand_over(path, data, replace=replaces)
    except HandOverError as error:
        raise UsageError(str(error)) from None
    print(f"Written to {path.absolute()}")
    if replaced:
        say(f"Replaced what was in {path}.")


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


def _warned(folder: Snapshot, report: Report) -> int:
    """Say on standard error what the report leaves out: edits by hand, unreadable records."""
    kinds = [kind for kind in KINDS.values() if kind.where]
    edited = sum(view.mark is not None for kind in kinds for view in folder.views(kind, withdrawn=True))
    if edited:
        say(f"{edited} files were edited by hand and are not recorded; the report tells what is recorded.")
    return REFUSED if report.left_out else DONE
