"""Which register a command means, which day is today, and who is working."""

import datetime as dt
import os
import sys
from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from bscp_tui.checks.at_the_gate import open_guarded
from bscp_tui.cli.folders import chosen_folder
from bscp_tui.cli.main import say
from bscp_tui.cli.usage import UsageError
from bscp_tui.model.dates import read_date
from bscp_tui.model.record import Kind
from bscp_tui.store.errors import RegisterError
from bscp_tui.store.identity import Identity
from bscp_tui.store.register import Register
from bscp_tui.store.repository import Repository, find
from bscp_tui.store.snapshot import Snapshot

if TYPE_CHECKING:
    from bscp_tui.history.position import Position


def today_of(options: Namespace) -> dt.date:
    """Return what counts as today: ``--today``, ``$BSCP_TODAY``, or the computer's day."""
    told = options.today or os.environ.get("BSCP_TODAY")
    return read_date(told) if told else dt.date.today()


def register_of(options: Namespace) -> Register:
    """Open the register that the options, the environment, the folder or the person's own name.

    Raises:
        RegisterError: It cannot be opened.

    """
    today = today_of(options)
    register = open_guarded(_folder(options, today), today, read_only=bool(options.read_only))
    for warning in register.warnings:
        say(f"Take care: {warning}")
    return register


def register_to_change(options: Namespace, adding: Kind | None = None) -> Register:
    """Open the register for a change (``adding`` a record of a kind), which a dry run only tries.

    Raises:
        RegisterError: It cannot be opened.
        ReadOnlyError: It is open for reading only.

    """
    register = register_of(options)
    if not getattr(options, "dry_run", False):
        register.refuse_read_only(adding)
    return register


def repository_of(options: Namespace) -> Repository:
    """Return where the register lies that is meant, without reading what it holds: it may be damaged.

    Raises:
        RegisterError: There is none.

    """
    return find(_folder(options, today_of(options)))


def snapshot_of(register: Register, as_of: str | None) -> Snapshot:
    """Return the records as they lie in the folder, or as the register stood at ``as_of``.

    Raises:
        UsageError: ``as_of`` cannot be read, or lies before the register began.

    """
    if as_of is None:
        return register.snapshot()
    commit = commit_of(register, as_of)
    return register.snapshot_at(commit)


def commit_of(register: Register, when: str) -> str:
    """Return the last commit by a date (its end in the register's time zone), a moment, or the one named.

    Raises:
        UsageError: It cannot be read, or lies before the register began.

    """
    from bscp_tui.store import moments

    try:
        return moments.commit_of(register, when)
    except moments.NoSuchMomentError as error:
        raise UsageError(str(error)) from None


def position_of(register: Register, options: Namespace) -> "Position | None":
    """Return what was true on the day that ``--position`` names, as known at ``--as-of``; None without the option.

    Raises:
        UsageError: One of the two cannot be read, or lies before the register began.
        RegisterError: There is no history.

    """
    if not getattr(options, "position", None):
        return None
    from bscp_tui.history.position import position

    day = read_date(options.position, today=register.today)
    commit = commit_of(register, options.as_of) if options.as_of else register.head
    if commit is None:
        msg = f"{register.repository.folder} has no history yet; a position tells only what is recorded."
        raise RegisterError(msg)
    found = position(register, commit, day)
    if getattr(options, "audience", None):
        from bscp_tui.cli.for_readers import position_for

        found = position_for(register, options, found)
    for sentence in found.told:
        say(sentence)
    return found


def as_of_day(register: Register, options: Namespace) -> dt.date:
    """Return what counts as today in a view: ``--today``, else the as-at date, else today."""
    if options.today is None and getattr(options, "position", None):
        return read_date(options.position, today=register.today)
    if options.today is None and getattr(options, "as_of", None):
        from bscp_tui.store.moments import NoSuchMomentError, instant

        try:
            return instant(register, options.as_of).date()
        except NoSuchMomentError:
            return register.today
    return register.today


def text_given(text: str, mark: str) -> str:
    """Return a text that was given as such, or as the name of a file that holds it, or (-) on the input.

    Args:
        text: What stands on the command line.
        mark: How such a text begins, so that it is never taken for a file's name.

    Raises:
        UsageError: The file cannot be read.

    """
    if text == "-":
        return sys.stdin.read()
    if mark in text.lower():
        return text
    try:
        return Path(text).expanduser().read_text(encoding="utf-8", errors="replace") if Path(text).is_file() else text
    except (OSError, ValueError) as error:
        msg = f"{text} cannot be read: {error}"
        raise UsageError(msg) from error


def person_of(folder: Path | None = None) -> Identity | None:
    """Return who git knows is working; on a terminal, ask where it does not know."""
    from bscp_tui.store import identity

    known = identity.known_to_git(folder)
    if known is not None or not (sys.stdin.isatty() and sys.stderr.isatty()):
        return known
    say("Every entry says who made it, and git does not know you yet.")
    return identity.checked(asked("Your first and last name: "), asked("Your work e-mail: "))


def asked(question: str) -> str:
    """Ask the person a question on the terminal and return the answer."""
    print(question, end="", file=sys.stderr, flush=True)
    answer = sys.stdin.readline()
    if not answer:
        raise KeyboardInterrupt
    return answer.rstrip("\n")


def _folder(options: Namespace, today: dt.date) -> Path:
    chosen = chosen_folder(options.register)
    if chosen is not None:
        return chosen
    from bscp_tui.store import own_register, starter

    own = own_register.own_folder()
    if not own.exists():
        say(f"You have no register yet. One of your own is made from the starter records in {own}.")
        person = person_of()
        starter.make(own, empty=False, today=today, person=person)
    return own
