"""``bscp`` alone: open the screens."""

import sys
from argparse import Namespace

from bscp_tui.cli.folders import chosen_folder
from bscp_tui.cli.opening import today_of
from bscp_tui.cli.usage import UsageError


def run_screens(options: Namespace) -> int:
    """Open the screens and return the exit status.

    Raises:
        UsageError: There is no terminal to show them on.

    """
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        msg = "The screens need a terminal. Without one use the commands; “bscp --help” lists them."
        raise UsageError(msg)
    from bscp_tui.store.signing import ask_on_screen_only
    from bscp_tui.tui.app import run

    ask_on_screen_only()
    return run(chosen_folder(options.register), today_of(options), read_only=bool(options.read_only))
