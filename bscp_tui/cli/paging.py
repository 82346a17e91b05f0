"""``bscp publish``, once everything that it needs is loaded."""

import sys
from argparse import Namespace
from time import monotonic

from bscp_tui.cli.main import DONE, HELD, say
from bscp_tui.cli.opening import register_of
from bscp_tui.cli.publishing import audience_of, folder_of
from bscp_tui.publishing.publish import prepared
from bscp_tui.store.early import Early
from bscp_tui.store.register import Register

OFTEN = 0.5  # seconds between two words of progress


def publish_with(options: Namespace, early: Early) -> int:
    """Write the pages; say how many there are and how many changed.

    Args:
        options: What the person asked for.
        early: What was looked at while this was loaded.

    """
    register = register_of(options)
    register.repository.early = early
    work = prepared(register, folder_of(options), audience_of(options))
    HELD.append(work)
    done = work.publish(_Told())
    for sentence in done.told:
        say(sentence)
    _warn(register)
    gone = f", {done.removed:,} removed" if done.removed else ""
    print(
        f"{done.folder}: {done.pages:,} files, {done.written:,} written{gone}. Begin with {done.folder / 'index.html'}"
    )
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
