"""How a plan is followed by the next, and updates are asked for, from the command line."""

import argparse
from typing import TYPE_CHECKING

from bscp_tui.cli.parsers.common import DATE_TOLD, circumstances, command, output_options

if TYPE_CHECKING:
    from bscp_tui.cli.parsers.common import Commands


def offer_rollover(commands: "Commands") -> None:
    """Offer ``rollover``."""
    parser = command(commands, "rollover", "close a plan, carry what is open forward, open the next: one step")
    parser.add_argument("old", metavar="OLD", help="the plan that ends, 2023-25")
    parser.add_argument("new", metavar="NEW", help="the plan that follows, 2025-27; it is added if it is not there")
    parser.add_argument("--title", metavar="TEXT", help="the new plan's title (default: its reference)")
    parser.add_argument("--start", metavar="DATE", help="the new plan's first day")
    parser.add_argument("--end", metavar="DATE", help="the new plan's last day")
    parser.add_argument(
        "--carry",
        metavar="REF",
        action="append",
        help="an action or key action that goes on; may be repeated; “open” (the default) is all that is open, "
        "“unrecorded” what has no progress recorded, “none” nothing",
    )
    parser.add_argument("--leave", metavar="REF", action="append", default=[], help="one that stays behind")
    circumstances(parser)


def offer_round(commands: "Commands") -> None:
    """Offer ``round``."""
    parser = command(commands, "round", "update rounds: forms to every lead or agency, and what comes back")
    kinds = parser.add_subparsers(dest="what", metavar="WHAT", title="what", required=True)
    start = command(
        kinds, "start", "begin a round: a form in Word and Excel and an e-mail draft for everybody who owes"
    )
    start.add_argument("meeting", metavar="MEETING", help="the meeting: its reference, or its name and date in words")
    start.add_argument("--deadline", metavar="DATE", required=True, help=f"until when returns are wanted: {DATE_TOLD}")
    start.add_argument("--party", metavar="NAME", action="append", default=[], help="only this agency, group or person")
    forms = command(kinds, "forms", "write the forms of a round again, as the register stands now")
    chase = command(kinds, "chase", "remind those who have not replied: their forms and drafts again")
    status = command(kinds, "status", "who was asked, replied, had nothing to report, was chased")
    close = command(kinds, "close", "close a round")
    for one in (forms, chase, status, close):
        one.add_argument("round", metavar="ROUND", nargs="?", help="its reference, UR-K7QX (default: the open one)")
    for one in (start, forms, chase):
        one.add_argument("--out", metavar="DIR", required=True, help="the folder for the forms; new, or empty")
    for one in (start, chase, close):
        circumstances(one)
    output_options(status)
    read = command(kinds, "read", "read returns: what they propose, and with --accept what is recorded of it")
    read.add_argument("paths", metavar="FILE | FOLDER", nargs="+", help="returns, or folders that hold some")
    answers_accepted(read)
    output_options(read)


def answers_accepted(parser: argparse.ArgumentParser) -> None:
    """Add what says which answers of returns are recorded."""
    parser.add_argument(
        "--accept",
        choices=("all", "sure", "none"),
        default="none",
        help="all: also what is doubtful, but never what contradicts; sure: not that; none (default): look only",
    )
    parser.add_argument("--only", metavar="REF[:FIELD]", action="append", default=[], help="only these answers")
    parser.add_argument(
        "--set-aside", metavar="REF[:FIELD]", action="append", default=[], help="not these; they are not proposed again"
    )
    parser.add_argument("--received", metavar="DATE", help="the day on which they came in (default: today)")
    parser.add_argument("--decided-at", metavar="TEXT", help="the meeting that decided it")
