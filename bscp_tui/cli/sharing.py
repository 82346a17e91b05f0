"""``bscp sync`` and ``join``: one register, several copies."""

from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bscp_tui.cli.main import DONE, REFUSED, say
from bscp_tui.cli.opening import person_of, register_of, today_of
from bscp_tui.cli.output import as_json
from bscp_tui.model.spoken import spoken
from bscp_tui.model.text import one_line, shown
from bscp_tui.sharing.conflicts import SharedConflict, Side
from bscp_tui.sharing.joining import join
from bscp_tui.sharing.outcome import Moved, Outcome
from bscp_tui.sharing.problems import Problem
from bscp_tui.sharing.syncing import sync
from bscp_tui.store import identity, signing
from bscp_tui.store.register import open_register


def run_join(options: Namespace) -> int:
    """Make a copy of a shared register in a new folder."""
    folder = Path(options.folder).expanduser().absolute()
    person = person_of(Path.cwd())
    join(options.address, folder)
    register = open_register(folder, today_of(options))
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
    outcome = sync(register, told=say)
    if options.format == "json":
        print(as_json(_facts(outcome)))
    else:
        _print(outcome)
    if outcome.problem is not None:
        say(f"bscp: {outcome.problem}")
    return DONE if outcome.done else REFUSED


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


def _moved(entry: Moved) -> dict[str, Any]:
    return {**vars(entry), "made": entry.made.isoformat()}


def _problem(problem: Problem | None) -> dict[str, str] | None:
    return None if problem is None else dict(vars(problem))


def _conflict(conflict: SharedConflict) -> dict[str, Any]:
    facts = {name: getattr(conflict, name) for name in ("ref", "title", "path", "field", "ancestor")}
    for name in ("mine", "theirs"):
        side: Side = getattr(conflict, name)
        facts[name] = {**vars(side), "made": side.made.isoformat() if side.made else None}
    return facts
