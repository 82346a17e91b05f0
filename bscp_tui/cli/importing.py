"""``bscp import``: a document's tables as proposed changes, shown before any is recorded."""

import sys
from argparse import Namespace
from pathlib import Path

from bscp_tui.cli.changing import introduce, privacy_reason
from bscp_tui.cli.counting import counted
from bscp_tui.cli.main import DONE, REFUSED, say
from bscp_tui.cli.opening import asked, register_of
from bscp_tui.cli.output import Table, emit
from bscp_tui.cli.reading import kind_named
from bscp_tui.cli.usage import UsageError
from bscp_tui.intake.document import Document
from bscp_tui.intake.mapping import read_map
from bscp_tui.intake.proposing import Choices, Preview, preview
from bscp_tui.intake.reading import read_document, read_file
from bscp_tui.intake.recording import everything, record, the_sure
from bscp_tui.intake.wanted import Line
from bscp_tui.model.dates import read_date
from bscp_tui.model.spoken import spoken
from bscp_tui.model.text import typed
from bscp_tui.model.view import Circumstances
from bscp_tui.rounds.returned import code_of
from bscp_tui.store.register import Register

COLUMNS = tuple((name, name) for name in ("ref", "kind", "field", "old", "new", "state", "why"))
ACCEPTS = {"all": everything, "sure": the_sure}


def run_import(options: Namespace) -> int:
    """Show what a document proposes, and record what is accepted of it; return 1 where something was refused."""
    register = register_of(options)
    document = _document(options.file)
    if code_of(document) is not None:
        from bscp_tui.cli.returns import import_return

        return import_return(register, document, options)
    choices = _choices(options)
    found = preview(document, register.snapshot(), choices)
    _show(found, options)
    accepted = options.accept or _asked(found)
    if accepted not in ACCEPTS:
        return DONE
    if not any(ACCEPTS[accepted](line) for line in found.lines):
        say(found.nothing or "Nothing was recorded: all of it is doubtful. Look at it, then say --accept all.")
        return DONE
    return _record(register, found, accepted, choices, options)


def _document(name: str) -> Document:
    if name == "-":
        return read_document(sys.stdin.buffer.read(), "pasted text")
    return read_file(Path(name).expanduser())


def _choices(options: Namespace) -> Choices:
    said = read_map(Path(options.map).expanduser()) if options.map else Choices()
    named = str(options.kind or said.kind or "")
    kind = kind_named(named).name if named else None
    return Choices(kind, options.plan or said.plan, said.columns, said.bodies)


def _show(found: Preview, options: Namespace) -> None:
    for table in found.tables:
        if table.shape is not None:
            told = (f"“{match.heading}” " + (f"as {match.role.name}" if match.role else "left out")
                    for match in table.columns if match.heading or match.role)  # fmt: skip
            columns = "; ".join(told)
            say(f"{table.place}: {table.why}, {table.rows} rows. {columns}.")
    for sentence in found.told:
        say(sentence)
    lines = found.lines
    rows = [[line.ref, line.kind, line.field, *map(_in_words, (line.old, line.new)), line.state, line.why]
            for line in lines]  # fmt: skip
    values = [[line.row[name] for name, _ in COLUMNS] for line in lines]
    emit(options, [Table("", COLUMNS, rows, values)], [line.row for line in lines])
    say(f"{_counted(lines)} in {len(found.proposals)} records.")


def _in_words(value: object) -> str:
    return "" if value is None else spoken(value)


def _counted(lines: list[Line]) -> str:
    states = ("new", "changed", "unchanged", "doubtful")
    counts = {state: sum(line.state == state for line in lines) for state in states}
    return ", ".join(f"{count} {state}" for state, count in counts.items() if count) or "nothing"


def _asked(found: Preview) -> str:
    """Ask on a terminal how much is accepted; elsewhere nothing is."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()) or not any(line.offered for line in found.lines):
        return "none"
    answer = asked("Record all of it, only what is sure, or nothing? (all, sure, none) ").strip().lower()
    return {"a": "all", "s": "sure"}.get(answer, answer)


def _record(register: Register, found: Preview, accepted: str, choices: Choices, options: Namespace) -> int:
    if options.file == "-" and options.accept is None:
        msg = "What is piped in is recorded with --accept all or --accept sure."
        raise UsageError(msg)
    introduce(register)
    why = Circumstances(
        reason=typed(options.reason, field="reason") if options.reason else None,
        effective=read_date(options.on, today=register.today) if options.on else register.today,
        privacy_reason=privacy_reason(options),
    )
    with counted() as progress:
        outcome = record(register, found, ACCEPTS[accepted], why, choices=choices, told=say, progress=progress)
    for refusal in outcome.refused:
        say(f"Not recorded: {refusal}")
    warnings = dict.fromkeys(warning for entry in outcome.entries for warning in entry.warnings)
    for warning in warnings:
        say(f"Take care: {warning}")
    say(f"{len(outcome.entries)} entries recorded, one for each record.")
    if outcome.left:
        say(f"Stopped: {outcome.left} more records wait. Import the same file again, and it goes on from there.")
    return REFUSED if outcome.refused or outcome.left else DONE
