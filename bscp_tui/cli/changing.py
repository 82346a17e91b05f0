"""``bscp set``, ``status`` and ``withdraw``: one change, one entry."""

import sys
from argparse import Namespace

from bscp_tui.cli.main import DONE, say
from bscp_tui.cli.opening import asked, person_of, register_to_change
from bscp_tui.cli.output import as_json
from bscp_tui.cli.usage import UsageError
from bscp_tui.cli.values import row_named, split, stored_name, value_for
from bscp_tui.model.additions import row_removed
from bscp_tui.model.amendment import Amendment, amend, withdraw
from bscp_tui.model.dates import read_date
from bscp_tui.model.entry import Entry
from bscp_tui.model.meeting import NoMeetingError, decided_at
from bscp_tui.model.text import shown, typed
from bscp_tui.model.view import Circumstances, RefusedChangeError, View
from bscp_tui.store import identity
from bscp_tui.store.loading import Unreadable
from bscp_tui.store.register import Register
from bscp_tui.store.snapshot import Snapshot


def run_set(options: Namespace) -> int:
    """Change fields of one record, or record or undo an edit that was made by hand."""
    register = register_to_change(options)
    snapshot = register.snapshot()
    if "," in options.ref:
        from bscp_tui.cli.changing_many import run_set_many, several

        refs = several(snapshot, options.ref)
        if refs:
            return run_set_many(register, snapshot, refs, options)
    if options.by_hand or options.put_back:
        return _by_hand(register, snapshot, options)
    if not options.values and not options.evidence:
        msg = "Say what to change: bscp set REF FIELD=VALUE --reason TEXT."
        raise UsageError(msg)
    view = found(snapshot, options.ref)
    removed = _removed_row(options)
    if removed:
        row = row_named(view, *removed)
        why = circumstances(register, options, snapshot)
        return finish(register, row_removed(view, snapshot.document(view.path), removed[0], row, why), options)
    values = {stored_name(view, name): value_for(view, name, operator, text, register.today, snapshot)
              for name, operator, text in map(split, options.values)}  # fmt: skip
    amendment = amend(view, snapshot.document(view.path), values, circumstances(register, options, snapshot))
    return finish(register, amendment, options)


def _removed_row(options: Namespace) -> tuple[str, str] | None:
    """Return the table and row of ``links.k7qx=``, which takes a row away; None for any other change."""
    if len(options.values) != 1:
        return None
    name, operator, text = split(options.values[0])
    table, _, row = name.partition(".")
    return (table, row) if row and "." not in row and operator == "=" and not text.strip() else None


def run_status(options: Namespace) -> int:
    """Record a new status."""
    register = register_to_change(options)
    snapshot = register.snapshot()
    view = found(snapshot, options.ref)
    if not view.has("status"):
        msg = f"{view.ref}: a {view.kind.name} has no status."
        raise UsageError(msg)
    values = {"status": value_for(view, "status", "=", options.status, register.today, snapshot)}
    values |= {name: value_for(view, name, operator, text, register.today, snapshot)
               for name, operator, text in map(split, options.values)}  # fmt: skip
    amendment = amend(view, snapshot.document(view.path), values, circumstances(register, options, snapshot))
    return finish(register, amendment, options)


def run_withdraw(options: Namespace) -> int:
    """Withdraw a record or a row of one."""
    register = register_to_change(options)
    snapshot = register.snapshot()
    view = found(snapshot, options.ref)
    amendment = withdraw(view, snapshot.document(view.path), circumstances(register, options, snapshot))
    return finish(register, amendment, options)


def found(snapshot: Snapshot, ref: str) -> View:
    """Return the readable record that ``ref`` names.

    Raises:
        RefusedChangeError: It cannot be read, so it cannot be changed.

    """
    view = snapshot.resolve(ref)
    if isinstance(view, Unreadable):
        msg = f"{view.path}, line {view.line}: {view.reason}. Mend the file, or put it back, before it is changed."
        raise RefusedChangeError(msg)
    return view


def circumstances(
    register: Register, options: Namespace, snapshot: Snapshot | None = None, *, needs_reason: bool = True
) -> Circumstances:
    """Return why and when, from the options; a missing reason is asked for on a terminal.

    A meeting may be named by its reference or title; the entry then names its reference.

    Raises:
        UsageError: The reason is missing, and nobody can be asked, or there is no such meeting.

    """
    reason = options.reason
    if needs_reason and not (reason and reason.strip()):
        if not (sys.stdin.isatty() and sys.stderr.isatty()):
            msg = "The reason is missing. Say why with --reason TEXT (“reason awaited” is one)."
            raise UsageError(msg)
        reason = asked("Why? (“reason awaited” is an answer) ")
        if not reason.strip():
            msg = "Nothing was recorded: a change needs a reason."
            raise UsageError(msg)
    return Circumstances(
        reason=typed(reason, field="reason") if reason else None,
        effective=read_date(options.on, today=register.today) if options.on else register.today,
        evidence=typed(options.evidence, field="evidence") if options.evidence else None,
        decided_at=_meeting(register, options, snapshot),
        according_to=_according_to(options),
        privacy_reason=privacy_reason(options),
    )


def _meeting(register: Register, options: Namespace, snapshot: Snapshot | None) -> str | None:
    if not options.decided_at:
        return None
    text = typed(options.decided_at, field="decided-at", lines=False)
    try:
        return decided_at(text, snapshot or register.snapshot())
    except NoMeetingError as error:
        raise UsageError(str(error)) from None


def privacy_reason(options: Namespace) -> str | None:
    """Return why texts that look like somebody's particulars may stand; empty words are none."""
    text = (getattr(options, "privacy_reason", None) or "").strip()
    return typed(text, field="privacy-reason", lines=False) if text else None


def _according_to(options: Namespace) -> str | None:
    """Return the source that shows a target to be a misprint, where that is said.

    Raises:
        UsageError: Something else than a target is corrected.

    """
    source = getattr(options, "correct", None)
    if not source:
        return None
    if not any(text.startswith("target=") for text in options.values):
        msg = "--correct mends a misprinted target: bscp set REF target=DATE --correct SOURCE --reason TEXT."
        raise UsageError(msg)
    return typed(source, field="correct")


def finish(register: Register, amendment: Amendment, options: Namespace) -> int:
    """Record ``amendment``, or with ``--dry-run`` say what would be recorded."""
    if amendment.base is not None and not amendment.changes:
        print("Nothing to record: that is what the register says already.")
        return DONE
    if options.dry_run:
        sentence = register.preview(amendment)
        print(as_json({"sentence": sentence, "recorded": False}) if options.format == "json" else shown(sentence))
        for caution in amendment.cautions:
            say(f"Take care: {caution}")
        if options.format != "json":
            say("Nothing was recorded: --dry-run.")
        return DONE
    introduce(register)
    return told(register.record(amendment, say), options)


def introduce(register: Register) -> None:
    """Ask a person on a terminal who they are, where git does not know; remember it for this register."""
    if register.read_only is None and identity.known(register.repository) is None:
        person = person_of(register.repository.root)
        if person is not None:
            identity.remember(register.repository, person.name, person.email)


def told(entry: Entry | None, options: Namespace) -> int:
    """Say what was recorded."""
    if entry is None:
        print("Nothing to record: that is what the register says already.")
        return DONE
    if options.format == "json":
        fields = [{"field": change.field, "old": change.old, "new": change.new} for change in entry.changes]
        told = {"entry": entry.entry, "commit": entry.commit, "sentence": entry.sentence, "changes": fields}
        print(as_json({**told, "recorded": True}))
    else:
        print(shown(entry.sentence))
        print(f"Entry {entry.entry}, register version {entry.commit[:12]}")
    for warning in entry.warnings:
        say(f"Take care: {warning}")
    return DONE


def _by_hand(register: Register, snapshot: Snapshot, options: Namespace) -> int:
    path = snapshot.resolve(options.ref).path
    if options.put_back:
        register.put_back(path)
        print(f"Put back: {path} is as it was recorded.")
        return DONE
    why = circumstances(register, options)
    if why.evidence:
        msg = "Record the edit by hand first, as it is; then add the evidence: bscp set REF --evidence TEXT."
        raise UsageError(msg)
    introduce(register)
    return told(register.record_hand_edit(path, why), options)
