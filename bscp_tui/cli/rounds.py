"""``bscp round``: begin an update round, see who replied, read what came back, remind the others."""

import datetime as dt
from argparse import Namespace
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from bscp_tui.cli.changing import circumstances, finish, introduce
from bscp_tui.cli.main import DONE, say
from bscp_tui.cli.opening import register_of, register_to_change
from bscp_tui.cli.output import Table, emit
from bscp_tui.cli.usage import UsageError
from bscp_tui.model.amendment import amend
from bscp_tui.model.dates import in_short, in_words, read_date
from bscp_tui.model.fields import BODY_KINDS
from bscp_tui.model.text import shown, typed
from bscp_tui.model.update_round import UPDATE_RETURN
from bscp_tui.model.view import View
from bscp_tui.model.workflow import words
from bscp_tui.rounds.starting import (
    Asked,
    as_begun,
    forms_of,
    round_begun,
    round_named,
    waiting,
    whom_to_ask,
    write_forms,
)
from bscp_tui.store.fresh import fresh_folder
from bscp_tui.store.register import Register
from bscp_tui.store.snapshot import Snapshot

COLUMNS = (
    ("ref", "ref"),
    ("party", "asked of"),
    ("items", "about"),
    ("status", "status"),
    ("returned", "came in"),
    ("sender", "filled in by"),
    ("chased_on", "last chased"),
    ("late", "late"),
)


def run_round(options: Namespace) -> int:
    """Do what the second word says."""
    from bscp_tui.cli.returns import run_read

    doing: dict[str, Callable[[Namespace], int]] = {
        "start": _start, "forms": _forms, "chase": _chase, "status": _status, "close": _close, "read": run_read,
    }  # fmt: skip
    return doing[options.what](options)


def _start(options: Namespace) -> int:
    """Record a round and write its forms; neither without the other."""
    register = register_to_change(options)
    snapshot = register.snapshot()
    only = [_party(snapshot, name) for name in options.party]
    asked, nobody = whom_to_ask(snapshot, only)
    why = circumstances(register, options, needs_reason=False)
    meeting = typed(options.meeting, field="MEETING", lines=False).strip()
    deadline = read_date(options.deadline, today=register.today)
    amendment = round_begun(snapshot, meeting, deadline, asked, why, prefix=register.repository.prefix)
    if nobody and not only:
        refs = ", ".join(view.ref for view in nobody[:8]) + (" …" if len(nobody) > 8 else "")
        say(f"{len(nobody)} things are owed by nobody who is named, so nobody is asked about them: {refs}.")
    if options.dry_run:
        _tell_asked(asked)
        return finish(register, amendment, options)
    introduce(register)
    with fresh_folder(Path(options.out)) as work:
        forms = forms_of(snapshot, as_begun(snapshot, amendment))
        names = write_forms(work, snapshot, forms, [each.party for each in asked], say)
        status = finish(register, amendment, options)
    if options.format != "json":
        _tell_asked(asked)
        print(f"{len(names)} files for {len(forms)} returns are in {Path(options.out).expanduser().absolute()}")
    return status


def _party(snapshot: Snapshot, name: str) -> str:
    found = snapshot.reference(name, BODY_KINDS)
    if found is None:
        near = ", ".join(snapshot.nearest(name, BODY_KINDS))
        msg = f"There is no agency, group or person “{name}”.{f' Did you mean {near}?' if near else ''}"
        raise UsageError(msg)
    return found


def _tell_asked(asked: Sequence[Asked]) -> None:
    for each in asked:
        about = len(each.lines)
        print(shown(f"{each.name}: {about} {'thing' if about == 1 else 'things'}"))


def _forms(options: Namespace) -> int:
    """Write every form of a round again."""
    register = register_of(options)
    snapshot = register.snapshot()
    view = round_named(snapshot, options.round)
    _write(register, snapshot, view, options, chasing=False)
    return DONE


def _write(register: Register, snapshot: Snapshot, view: View, options: Namespace, *, chasing: bool) -> None:
    del register
    rows = waiting(view) if chasing else list(getattr(view.item, "returns", ()))
    forms = forms_of(snapshot, view, rows)
    with fresh_folder(Path(options.out)) as work:
        names = write_forms(work, snapshot, forms, [row.party for row in rows], say, chasing=chasing)
    if getattr(options, "format", None) != "json":
        print(f"{len(names)} files for {len(forms)} returns are in {Path(options.out).expanduser().absolute()}")


def _chase(options: Namespace) -> int:
    """Write the forms of those who have not replied, with reminders, and record that they were chased."""
    register = register_to_change(options)
    snapshot = register.snapshot()
    view = round_named(snapshot, options.round)
    rows = waiting(view)
    if not rows:
        print(f"Everybody who was asked in {view.ref} has replied.")
        return DONE
    why = circumstances(register, options, needs_reason=False)
    names = ", ".join(row.title for row in rows)
    why = replace(why, reason=why.reason or f"Chased: {names}.")
    values: dict[str, object] = {}
    for row in rows:
        values |= {f"returns.#{row.id}.status": "chased", f"returns.#{row.id}.chased_on": why.effective}
    amendment = amend(view, snapshot.document(view.path), values, why)
    if not options.dry_run:
        introduce(register)
        _write(register, snapshot, view, options, chasing=True)
    return finish(register, amendment, options)


def _close(options: Namespace) -> int:
    """Record that nothing more is expected of a round."""
    register = register_to_change(options)
    snapshot = register.snapshot()
    view = round_named(snapshot, options.round)
    still = len(waiting(view))
    why = circumstances(register, options)
    if still:
        say(f"{still} of {len(getattr(view.item, 'returns', ()))} have not replied.")
    return finish(register, amend(view, snapshot.document(view.path), {"status": "closed"}, why), options)


def _status(options: Namespace) -> int:
    """Print who was asked, replied, had nothing to report, was chased."""
    snapshot = register_of(options).snapshot()
    view = round_named(snapshot, options.round)
    rows = [row for row in snapshot.views(UPDATE_RETURN) if row.parent is not None and row.parent.ref == view.ref]
    facts = [_facts(row) for row in rows]
    names = [name for name, _ in COLUMNS]
    people = [[_words(fact[name]) for name in names] for fact in facts]
    data = [[fact[name] for name in names] for fact in facts]
    deadline = view.value("deadline")
    heading = [f"{view.ref} {view.title}, returns due by {in_words(deadline)}",  # type: ignore[arg-type]
               f"{view.value('back')} of {view.value('parties')} came back"]  # fmt: skip
    emit(options, [Table("", COLUMNS, people, data)], facts, heading)
    return DONE


def _facts(row: View) -> dict[str, object]:
    facts = {name: row.value(name) for name in ("ref", "items", "status", "returned", "sender", "chased_on", "late")}
    return {"ref": row.ref, "party": row.title, **facts, "asked_about": list(getattr(row.item, "asks", {}))}


def _words(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "late" if value else ""
    if isinstance(value, dt.date):
        return in_short(value)
    return words(str(value)) if value in UPDATE_RETURN.workflow.statuses else str(value)  # type: ignore[union-attr]
