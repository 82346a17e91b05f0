"""How a register is looked over for what is questionable, from the command line."""

from typing import TYPE_CHECKING

from bscp_tui.cli.parsers.common import WHEN_TOLD, command, output_options

if TYPE_CHECKING:
    from bscp_tui.cli.parsers.common import Commands


def offer_check(commands: "Commands") -> None:
    """Offer ``check``."""
    parser = command(commands, "check", "raise what a careful scrutineer would ask about; writes nothing")
    parser.epilog = "Exit status: 0 no query of severity error; 1 there are some; 2 wrong usage; 3 cannot be read."
    parser.add_argument("values", metavar="KIND | REF | RULE", nargs="*", help="only queries of these")
    parser.add_argument("--rules", action="store_true", help="say what every rule means, why, and how to mend it")
    parser.add_argument("--since", metavar="WHEN", help=f"only what came after: {WHEN_TOLD}")
    parser.add_argument("--as-of", metavar="WHEN", help=f"as the register stood: {WHEN_TOLD}")
    parser.add_argument(
        "--draft", metavar="FILE", help="a draft report (Word, text): is each number in it what the register says?"
    )
    output_options(parser)
