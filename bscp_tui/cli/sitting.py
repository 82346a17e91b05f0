"""``bscp sitting``: a meeting's agenda, and its decisions recorded as one group, each an entry of its own."""

import csv
import io
import sys
from argparse import Namespace
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from bscp_tui.cli.changing import found, introduce
from bscp_tui.cli.main import DONE, say
from bscp_tui.cli.opening import register_of, register_to_change
from bscp_tui.cli.output import Table, as_json, emit
from bscp_tui.cli.usage import UsageError
from bscp_tui.cli.values import stored_name, value_for
from bscp_tui.history.ledger import Query, rows
from bscp_tui.model.amendment import Amendment
from bscp_tui.model.dates import read_date
from bscp_tui.model.entry import Entry, new_entry_id
from bscp_tui.model.reading import ValueReadError
from bscp_tui.model.sitting import Sitting
from bscp_tui.model.text import shown, typed
from bscp_tui.model.view import RefusedChangeError, View
from bscp_tui.model.words import in_people_words
from bscp_tui.reports.agenda import agenda
from bscp_tui.store.naming import UnknownReferenceError
from bscp_tui.store.register import Register
from bscp_tui.store.snapshot import Snapshot

OWN = ("reason", "evidence")  # columns that are no fields
COLUMNS = (("ref", "ref"), ("title", "title"), ("status", "status"), ("due", "due"), ("why", "why it is due"),
           ("decided", "decided there"))  # fmt: skip
LARGEST = 10_000_000  # characters of a file of decisions


def run_sitting(options: Namespace) -> int:
    """Print a meeting's agenda, or record its decisions."""
    if options.decisions is None:
        register = register_of(options)
        snapshot = register.snapshot()
        return _agenda(register, snapshot, _meeting(snapshot, options.meeting), options)
    register = register_to_change(options)
    snapshot = register.snapshot()
    meeting = _meeting(snapshot, options.meeting)
    made = list(_amendments(register, snapshot, meeting, options))
    if not made:
        print("Nothing to record: every decision is what the register says already.")
        return DONE
    if options.dry_run:
        _say_previews(register, made, options)
        return DONE
    introduce(register)
    return _recorded(register, made, options)


def _meeting(snapshot: Snapshot, name: str) -> View:
    view = found(snapshot, snapshot.reference(name, ("meeting",)) or name)
    if view.kind.name != "meeting":
        msg = f"{view.ref} is a {view.kind.name}, not a meeting. See: bscp list meeting."
        raise UsageError(msg)
    return view


def _agenda(register: Register, snapshot: Snapshot, meeting: View, options: Namespace) -> int:
    decided: dict[str, list[str]] = {}
    for row in rows(register, Query(decided_at=meeting.ref)):
        decided.setdefault(row.ref, []).append(row.words)
    people, facts = [], []
    for item in agenda(snapshot, meeting):
        view, done = item.view, "; ".join(reversed(decided.get(item.view.ref, [])))
        told = [in_people_words(view, name) if view.has(name) else "" for name in ("status", "due")]
        people.append([view.ref, view.title, *told, item.why, done])
        facts.append({"ref": view.ref, "kind": view.kind.name, "title": view.title, "status": view.value("status"),
                      "due": view.value("due"), "why": item.why, "decided": done or None})  # fmt: skip
    values = [[fact[name] for name, _ in COLUMNS] for fact in facts]
    emit(options, [Table(meeting.title, COLUMNS, people, values)], facts)
    if not facts:
        say(f"Nothing is due at {meeting.ref}. Name records with: bscp set {meeting.ref} agenda+=REF")
    return DONE


def _amendments(register: Register, snapshot: Snapshot, meeting: View, options: Namespace) -> Iterator[Amendment]:
    """Yield what the decisions record, all of them checked before any is recorded.

    Raises:
        UsageError: A line cannot be read; the message names it.
        RefusedChangeError: A rule forbids one of them.

    """
    day: Any = meeting.value("date")
    effective = read_date(options.on, today=register.today) if options.on else day
    sitting = Sitting(meeting.ref, new_entry_id(), effective, typed(options.reason, field="reason") if options.reason
                      else None)  # fmt: skip
    told: set[str] = set()
    for line, row in _lines(options.decisions):
        try:
            amendment = _decided(register, snapshot, sitting, row)
        except RefusedChangeError as error:
            raise RefusedChangeError(f"{_place(options)}, line {line}: {error}", field=error.field) from None
        except (UsageError, ValueReadError, UnknownReferenceError, ValueError) as error:
            raise UsageError(f"{_place(options)}, line {line}: {error}") from None
        if amendment.ref in told:
            raise UsageError(
                f"{_place(options)}, line {line}: {amendment.ref} is decided twice; put both into one line."
            )
        told.add(amendment.ref)
        if amendment.changes:
            yield amendment
        else:
            say(f"{amendment.ref}: nothing to record; that is what the register says already.")
    if options.held and meeting.value("status") == "scheduled":
        yield sitting.decision(meeting, snapshot.document(meeting.path), {"status": "held"},
                               reason=sitting.reason or "The meeting took place.")  # fmt: skip


def _decided(register: Register, snapshot: Snapshot, sitting: Sitting, row: Mapping[str, str]) -> Amendment:
    view = found(snapshot, row["ref"])
    texts = {name: text for name, text in row.items() if name not in {"ref", *OWN} and text.strip()}
    values = {stored_name(view, name): value_for(view, name, "=", text, register.today, snapshot)
              for name, text in texts.items()}  # fmt: skip
    reason, evidence = (typed(row.get(name) or "", field=name).strip() or None for name in OWN)
    return sitting.decision(view, snapshot.document(view.path), values, reason=reason, evidence=evidence)


def _lines(source: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield (line, decision by column) of a CSV file, or of standard input for ``-``.

    Raises:
        UsageError: It cannot be read, or has no column ``ref``.

    """
    name = "the input" if source == "-" else source
    try:
        text = sys.stdin.read(LARGEST) if source == "-" else Path(source).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeError) as error:
        raise UsageError(f"{name} cannot be read: {error}.") from None
    reader = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True)
    try:
        heading = [cell.strip().lower().replace(" ", "_").replace("-", "_") for cell in next(reader, [])]
        if "ref" not in heading or len(set(heading)) != len(heading):
            msg = (
                f"{name}: the first line names the columns, each once: ref, and fields such as status, reason, update."
            )
            raise UsageError(msg)
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            row = dict(zip(heading, cells, strict=False))
            if len(cells) > len(heading) or not row["ref"].strip():
                msg = f"{name}, line {reader.line_num}: it has {len(cells)} cells, of {len(heading)}, and needs a ref."
                raise UsageError(msg)
            yield reader.line_num, row
    except csv.Error as error:
        raise UsageError(f"{name}, line {reader.line_num}: {error}.") from None


def _place(options: Namespace) -> str:
    return "the input" if options.decisions == "-" else str(options.decisions)


def _say_previews(register: Register, made: list[Amendment], options: Namespace) -> None:
    sentences = [register.preview(amendment) for amendment in made]
    if options.format == "json":
        print(as_json([{"sentence": sentence, "recorded": False} for sentence in sentences]))
    else:
        print("\n".join(shown(sentence) for sentence in sentences))
        say("Nothing was recorded: --dry-run.")


def _recorded(register: Register, made: list[Amendment], options: Namespace) -> int:
    """Record every decision; where one fails, say which were recorded before it."""
    done: list[Entry] = []
    for amendment in made:
        try:
            entry = register.record(amendment, say)
        except Exception:
            if done:
                say(f"Recorded before the fault: {', '.join(one.entry for one in done)}. The others were not.")
            raise
        if entry is not None:
            done.append(entry)
            for warning in entry.warnings:
                say(f"Take care: {warning}")
    if options.format == "json":
        print(as_json([{"entry": one.entry, "commit": one.commit, "sentence": one.sentence, "recorded": True}
                       for one in done]))  # fmt: skip
        return DONE
    for one in done:
        print(shown(one.sentence))
    print(f"{len(done)} {'entry' if len(done) == 1 else 'entries'}, as one sitting ({made[0].group})")
    return DONE
