"""``bscp publish`` and ``bscp calendar``: pages for scrutineers, and days for Outlook."""

import sys
from argparse import Namespace
from pathlib import Path
from time import monotonic

from bscp_tui.cli.main import DONE, say
from bscp_tui.cli.opening import register_of
from bscp_tui.cli.output import write_file
from bscp_tui.cli.usage import UsageError
from bscp_tui.model.fields import Audience
from bscp_tui.publishing.publish import publish
from bscp_tui.store.errors import RegisterError
from bscp_tui.store.register import Register

OFTEN = 0.5  # seconds between two words of progress


def run_publish(options: Namespace) -> int:
    """Write the pages; say how many there are and how many changed."""
    audience: Audience = "public" if options.public else options.audience or "partnership"
    register = register_of(options)
    done = publish(register, Path(options.folder), audience, _Told())
    for sentence in done.told:
        say(sentence)
    _warn(register)
    gone = f", {done.removed:,} removed" if done.removed else ""
    print(
        f"{done.folder}: {done.pages:,} files, {done.written:,} written{gone}. Begin with {done.folder / 'index.html'}"
    )
    return DONE


def run_calendar(options: Namespace) -> int:
    """Print the calendar file, or write it."""
    from bscp_tui.reports.calendar import calendar_of
    from bscp_tui.store.log import raw_commits

    if options.out and Path(options.out).suffix.lower() != ".ics":
        msg = f"{options.out}: a calendar file ends in .ics."
        raise UsageError(msg)
    register = register_of(options)
    commit = register.head
    if commit is None:
        msg = f"{register.repository.folder} has no history yet; a calendar tells only what is recorded."
        raise RegisterError(msg)
    snapshot = register.snapshot_at(commit)
    if options.audience:
        from bscp_tui.cli.for_readers import readers_of, snapshot_for

        snapshot = snapshot_for(register, options, snapshot)
    data = calendar_of(snapshot, next(raw_commits(register.repository, [commit])).recorded).decode()
    if options.audience:
        say(readers_of(register, options).told(snapshot.left_out.values()))
    if options.out:
        write_file(Path(options.out), data)
        print(f"Written to {Path(options.out).absolute()}")
    else:
        sys.stdout.write(data)
    return DONE


def _warn(register: Register) -> None:
    """Say what the pages leave out since it is not recorded."""
    edited = len(register.snapshot().marked())
    if edited:
        say(f"{edited} files were edited by hand and are not recorded; the pages tell what is recorded.")


class _Told:
    """Says how far it is, on a terminal, now and then."""

    def __init__(self) -> None:
        self._said = monotonic()

    def __call__(self, made: int, whole: int) -> None:
        if sys.stderr.isatty() and (monotonic() - self._said > OFTEN or made == whole):
            self._said = monotonic()
            end = "\n" if made == whole else ""
            print(f"\r{made:,} of {whole:,} files", end=end, file=sys.stderr, flush=True)
