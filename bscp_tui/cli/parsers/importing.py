"""How documents are imported from the command line."""

from typing import TYPE_CHECKING

from bscp_tui.cli.parsers.common import DATE_TOLD, KINDS_TOLD, command, output_options, privacy_reason

if TYPE_CHECKING:
    from bscp_tui.cli.parsers.common import Commands


def offer_import(commands: "Commands") -> None:
    """Offer ``import``."""
    parser = command(commands, "import", "take the tables of a Word, Excel or other document over into records")
    parser.add_argument(
        "file",
        metavar="FILE",
        help="a DOCX, ODT, XLSX, ODS, CSV, HTML or text file, or a filled-in return of an update round; - reads what "
        "is pasted or piped in",
    )
    parser.add_argument("--kind", metavar="KIND", help=f"what its rows are (default: guessed): {KINDS_TOLD}")
    parser.add_argument("--plan", metavar="PLAN", help="the plan that its actions belong to (default: as it says)")
    parser.add_argument(
        "--map",
        metavar="FILE",
        help="a TOML file that corrects the guess: kind, plan, [columns] “Heading” = “field” (empty: left out), "
        "[bodies] “Name as printed” = “reference”",
    )
    parser.add_argument(
        "--accept",
        metavar="WHAT",
        choices=("all", "sure", "none"),
        help="all; sure: what is not doubtful; none: show only (default: asks on a terminal, elsewhere none)",
    )
    parser.add_argument("--reason", metavar="TEXT", help="why, in your words; document, place and hash stand beside it")
    parser.add_argument("--on", metavar="DATE", help=f"the day from which it counts: {DATE_TOLD} (default: today)")
    privacy_reason(parser)
    output_options(parser)
