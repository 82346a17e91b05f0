"""``bscp sync`` and ``join``: one register, several copies."""

from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bscp_tui.checks.at_the_gate import open_guarded
from bscp_tui.cli.changing import introduce
from bscp_tui.cli.main import DONE, REFUSED, say
from bscp_tui.cli.opening import person_of, register_of, today_of
from bscp_tui.cli.output import as_json
from bscp_tui.cli.usage import UsageError
from bscp_tui.cli.values import value_for
from bscp_tui.model.spoken import spoken
from bscp_tui.model.text import one_line, shown
from bscp_tui.sharing.conflicts import MINE, THEIRS, Decision, SharedConflict, Side
from bscp_tui.sharing.deciding import conflicts, decide, status
from bscp_tui.sharing.joining import join
from bscp_tui.sharing.outcome import Moved, Outcome, Status
from bscp_tui.sharing.problems import Problem
from bscp_tui.sharing.syncing import sync
from bscp_tui.store import identity, signing
from bscp_tui.store.loading import Unreadable
from bscp_tui.store.register import Register


def run_join(options: Namespace) -> int:
    """Make a copy of a shared register in a new folder."""
    folder = Path(options.folder).expanduser().absolute()
    person = person_of(Path.cwd())
    join(options.address, folder)
    register = open_guarded(folder, today_of(options))
    if person is not None and identity.known(register.repository) is None:
        identity.remember(register.repository, person.name, person.email)
    print(f"Joined the register of {shown(register.settings.name)}; your copy is in {folder}")
    if person is None:
        say("Git does not know your name yet; it is asked for with your first entry.")
    unsigned = signing.once_told()
    for told in (unsigned, *(f"Take care: {warning}" for warning in register.warnings)):
        if told:
            say(told)
    return DONE


def run_sync(options: Namespace) -> int:
    """Receive what others sent, and send what was recorded here."""
    register = register_of(options)
    if options.status:
        return _status(register, options)
    if options.take:
        _decide(register, options.take)
    introduce(register)
    outcome = sync(register, told=say)
    if options.format == "json":
        print(as_json(_facts(outcome)))
    else:
        _print(outcome)
    if outcome.problem is not None:
        say(f"bscp: {outcome.problem}")
    return DONE if outcome.done else REFUSED


def _status(register: Register, options: Namespace) -> int:
    """Say how the copy stands to the shared one."""
    found = status(register)
    if options.format == "json":
        print(as_json(_status_facts(found)))
    else:
        _print_status(found)
    if found.problem is not None:
        say(f"bscp: {found.problem}")
    return DONE if found.problem is None and not found.conflicts else REFUSED


def _print_status(found: Status) -> None:
    print(f"Shared copy: {shown(found.standing.address or 'none')}")
    for title, entries in (("not yet sent", found.unsent), ("not yet taken over", found.unreceived)):
        print(f"{_entries(len(entries))} {title}{':' if entries else '.'}")
        for entry in entries:
            print(f"  {shown(entry.sentence)} ({shown(entry.by)})")
    for conflict in found.conflicts:
        print(_told(conflict))


def _decide(register: Register, choices: Sequence[Sequence[str]]) -> None:
    """Keep what was decided on the command line.

    Raises:
        UsageError: There is no such field to decide on, or it cannot have that value.

    """
    snapshot = register.snapshot()
    open_ones = conflicts(register)
    if not open_ones:
        sync(register, told=say)  # what there is to decide is known once it was fetched
        open_ones = conflicts(register)
    decided = []
    for takes, ref, field in choices:
        found = snapshot.resolve(ref)
        conflict = _meant(open_ones, found.ref, field)
        if takes.lower() in {MINE, THEIRS}:
            decided.append(Decision(conflict.key, takes.lower()))
            continue
        if isinstance(found, Unreadable) or not conflict.inner or conflict.inner.endswith(" (order)"):
            msg = f"{ref} {field}: only mine or theirs can be taken here."
            raise UsageError(msg)
        view = snapshot.resolve(conflict.ref)
        assert not isinstance(view, Unreadable)  # noqa: S101 - for the type checker; it was read a moment ago
        value = value_for(view, conflict.inner, "=", takes, register.today, snapshot)
        decided.append(Decision(conflict.key, "value", list(value) if isinstance(value, tuple) else value))
    decide(register, decided)


def _meant(open_ones: Sequence[SharedConflict], ref: str, field: str) -> SharedConflict:
    """Return the field to be decided on that a reference and a name mean.

    Raises:
        UsageError: There is none, or several.

    """
    name = field.replace("-", "_")
    near = [conflict for conflict in open_ones if conflict.ref == ref or conflict.ref.startswith(f"{ref}.")]
    exact = [one for one in near if name in (one.field, one.inner or "file") and (one.ref == ref or name == one.field)]
    found = exact or [one for one in near if one.field.endswith(f".{name}")]
    if len(found) == 1:
        return found[0]
    told = "; ".join(f"{one.ref} {one.inner or 'file'}" for one in found or open_ones) or "none"
    msg = f"{ref} {field}: {'several fields' if found else 'no such field'} to decide on. There are: {told}."
    raise UsageError(msg)


def _print(outcome: Outcome) -> None:
    for title, entries in (("Received", outcome.received), ("Sent", outcome.sent)):
        if entries:
            print(f"{title} {_counted(entries)}:")
        for entry in entries:
            print(f"  {shown(entry.sentence)} ({shown(entry.by)})")
    for conflict in outcome.conflicts:
        print(_told(conflict))
    for told in outcome.told:
        say(f"Take care: {shown(told)}")
    if outcome.conflicts:
        say("Nothing was sent yet. Decide each: bscp sync --take mine|theirs|VALUE REF FIELD. You can go on meanwhile.")
    elif outcome.done and not outcome.sent and not outcome.received:
        print("Nothing to send, nothing to receive: your copy and the shared one hold the same.")
    elif outcome.unsent:
        print(f"{_entries(outcome.unsent)} not yet sent.")


def _counted(entries: Sequence[Moved]) -> str:
    return _entries(len(entries))


def _entries(count: int) -> str:
    return f"{count:,} {'entry' if count == 1 else 'entries'}"


def _told(conflict: SharedConflict) -> str:
    """Return a field that two people gave different values, as a person reads it."""
    name = f"{conflict.ref} {one_line(conflict.title)}".strip()
    lines = [f"{name}: {conflict.inner or 'the file as a whole'} was given two values"]
    lines += [f"  before:  {one_line(spoken(conflict.ancestor))}"]
    for whose, side in (("mine", conflict.mine), ("theirs", conflict.theirs)):
        lines.append(f"  {whose + ':':8} {one_line(spoken(side.value))}{_by(side)}")
    return "\n".join(lines)


def _by(side: Side) -> str:
    if not side.by or side.made is None:
        return ""
    reason = f": {one_line(side.reason)}" if side.reason else ""
    return f"  ({shown(side.by)}, {side.made.astimezone():%d %B %Y %H:%M}{reason})"


def _facts(outcome: Outcome) -> dict[str, Any]:
    return {
        "received": [_moved(entry) for entry in outcome.received],
        "sent": [_moved(entry) for entry in outcome.sent],
        "unsent": outcome.unsent,
        "conflicts": [_conflict(conflict) for conflict in outcome.conflicts],
        "problem": _problem(outcome.problem),
        "told": list(outcome.told),
    }


def _status_facts(found: Status) -> dict[str, Any]:
    return {
        "remote": found.standing.address,
        "reachable": found.reachable,
        "unsent": [_moved(entry) for entry in found.unsent],
        "unreceived": [_moved(entry) for entry in found.unreceived],
        "conflicts": [_conflict(conflict) for conflict in found.conflicts],
        "problem": _problem(found.problem),
    }


def _moved(entry: Moved) -> dict[str, Any]:
    return {**vars(entry), "made": entry.made.isoformat()}


def _problem(problem: Problem | None) -> dict[str, str] | None:
    return None if problem is None else dict(vars(problem))


def _conflict(conflict: SharedConflict) -> dict[str, Any]:
    facts = {name: getattr(conflict, name) for name in ("ref", "title", "path", "field", "inner", "ancestor")}
    for name in ("mine", "theirs"):
        side: Side = getattr(conflict, name)
        facts[name] = {**vars(side), "made": side.made.isoformat() if side.made else None}
    return facts
