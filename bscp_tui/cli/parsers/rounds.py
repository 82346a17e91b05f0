"""How a plan is followed by the next, and updates are asked for, from the command line."""

from typing import TYPE_CHECKING

from bscp_tui.cli.parsers.common import circumstances, command

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
