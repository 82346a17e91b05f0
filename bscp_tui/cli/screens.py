"""``bscp`` alone: open the screens."""

from argparse import Namespace

from bscp_tui.cli.opening import chosen_folder, today_of


def run_screens(options: Namespace) -> int:
    """Open the screens and return the exit status."""
    from bscp_tui.tui.app import run

    return run(chosen_folder(options), today_of(options), read_only=bool(options.read_only))
