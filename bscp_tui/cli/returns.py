"""``bscp round read``, and ``bscp import`` of a return: what comes back, beside what is recorded."""

import datetime as dt
import sys
from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path

from bscp_tui.cli.changing import introduce
from bscp_tui.cli.main import DONE, REFUSED, WRONG_USAGE, say
from bscp_tui.cli.opening import asked, register_of
from bscp_tui.cli.output import Table, emit
from bscp_tui.cli.usage import UsageError
from bscp_tui.intake.document import Document
from bscp_tui.model.dates import in_short, read_date
from bscp_tui.model.text import shortened, shown, typed
from bscp_tui.model.workflow import words
from bscp_tui.rounds.proposals import Proposal
from bscp_tui.rounds.receiving import Reading, Wanted, outcome_of, read_document, read_returns, wanted_of
from bscp_tui.rounds.together import record_together
from bscp_tui.store.register import Register
from bscp_tui.store.snapshot import Snapshot

COLUMNS = (
    ("ref", "ref"), ("kind", "kind"), ("field", "field"), ("old", "old"), ("new", "new"), ("state", "state"),
    ("why", "why"), ("sender", "sender"),
)  # fmt: skip
LONGEST = 60  # characters of a value in a table


def run_read(options: Namespace) -> int:
    """Read returns, show what they propose, record what is accepted."""
    register = register_of(options)
    came = read_date(options.received, today=register.today) if options.received else register.today
    snapshot = register.snapshot()
    return _handled(register, snapshot, read_returns(snapshot, [Path(path) for path in options.paths], came), options)


def import_return(register: Register, document: Document, options: Namespace) -> int:
    """Handle a filled-in return that ``bscp import`` was given, as ``bscp round read`` does."""
    snapshot = register.snapshot()
    came = read_date(options.on, today=register.today) if options.on else register.today
    reading = read_document(snapshot, document, came)
    if options.accept is None and sys.stdin.isatty() and sys.stderr.isatty():
        _show(reading.proposals, options)
        answer = asked("Record all of it, only what is sure, or nothing? (all, sure, none) ").strip().lower()
        options.accept = {"a": "all", "s": "sure"}.get(answer, answer if answer in {"all", "sure"} else "none")
    return _handled(register, snapshot, reading, options)


def _handled(register: Register, snapshot: Snapshot, reading: Reading, options: Namespace) -> int:
    aside = _named(reading.proposals, getattr(options, "set_aside", []))
    only = _named(reading.proposals, getattr(options, "only", []))
    accept: Wanted = getattr(options, "accept", None) or "none"
    taken = [each for each in wanted_of(reading.proposals, accept)
             if each not in aside and (not getattr(options, "only", []) or each in only)]  # fmt: skip
    status = DONE
    if accept != "none" or aside:
        register.refuse_read_only()
        status = _record(register, snapshot, reading, taken, aside, options)
    _show(reading.proposals, options)
    for told in reading.told:
        say(told)
    for name, why in reading.refused:
        say(f"Not read: {why if name in why else f'{name}: {why}'}")
    contradicted = [each for each in reading.proposals if each.contradicted]
    if contradicted and accept != "none":
        refs = ", ".join(dict.fromkeys(f"{each.ref} {each.field}" for each in contradicted))
        say(f"Contradictory answers were left alone: {refs}. To take one side, read that file alone.")
    if accept == "none" and not aside and any(each.recordable for each in reading.proposals):
        say("Nothing was recorded; --accept sure records what is certain, --accept all the doubtful too.")
    return WRONG_USAGE if reading.refused else status


def _record(
    register: Register,
    snapshot: Snapshot,
    reading: Reading,
    taken: Sequence[Proposal],
    aside: Sequence[Proposal],
    options: Namespace,
) -> int:
    decided = getattr(options, "decided_at", None)
    outcome = outcome_of(
        snapshot, reading, taken, set_aside=aside, told=lambda text: say(f"Take care: {text}"),
        decided_at=typed(decided, field="decided-at", lines=False) if decided else None,
    )  # fmt: skip
    introduce(register)
    entries = record_together(register, outcome.amendments, say)
    for entry in entries:
        say(f"Recorded: {shown(entry.sentence)}")
    if entries:
        say(f"{len(entries)} entries; taken back together by: bscp undo {entries[-1].entry}")
    else:
        say("Nothing to record.")
    for ref, why in outcome.refused:
        say(f"Not recorded: {ref}: {why}")
    return REFUSED if outcome.refused else DONE


def _named(made: Sequence[Proposal], names: Sequence[str]) -> list[Proposal]:
    """Return the proposals that ``REF`` or ``REF:FIELD`` name.

    Raises:
        UsageError: One names none of them.

    """
    found: list[Proposal] = []
    for name in names:
        ref, _, field = name.partition(":")
        hits = [each for each in made if ref in {each.ref, each.ref.rpartition("/")[2]} and field in {"", each.field}]
        if not hits:
            msg = f"No return answers “{name}”. Write REF or REF:FIELD as the rows name them."
            raise UsageError(msg)
        found += hits
    return found


def _show(made: Sequence[Proposal], options: Namespace) -> None:
    facts = [_facts(each) for each in made]
    names = [name for name, _ in COLUMNS]
    people = [[_words(fact[name], name) for name in names] for fact in facts]
    data = [[fact[name] for name in names] for fact in facts]
    emit(options, [Table("", COLUMNS, people, data)], facts)


def _facts(each: Proposal) -> dict[str, object]:
    return {
        "ref": each.ref, "kind": each.kind, "field": each.field, "old": each.old,
        "new": each.new if each.new is not None else each.written, "state": each.state, "why": each.why,
        "sender": each.sender, "return": each.back, "effective": each.effective, "document": each.document[0],
        "sha256": each.document[1], "place": each.place, "contradicted": each.contradicted,
    }  # fmt: skip


def _words(value: object, name: str) -> str:
    if value is None:
        return ""
    if isinstance(value, dt.date):
        return in_short(value)
    text = words(str(value)) if name in {"old", "new"} and "-" in str(value) and " " not in str(value) else str(value)
    return shortened(text, LONGEST) if name in {"old", "new"} else text
