"""What is made for others to read: pages and a calendar."""

from typing import TYPE_CHECKING

from bscp_tui.cli.parsers.common import audience_option, command

if TYPE_CHECKING:
    from bscp_tui.cli.parsers.common import Commands


def offer_publish(commands: "Commands") -> None:
    """Offer ``publish``."""
    parser = command(
        commands, "publish", "write the scrutineers' web pages into a folder; only what changed is written"
    )
    parser.add_argument("folder", metavar="DIR", help="a new or empty folder, or one that was published into before")
    whom = parser.add_mutually_exclusive_group()
    whom.add_argument(
        "--audience",
        choices=("public", "partnership", "group"),
        help="whom the pages are for; what these readers may not have, or not yet, is left out (default: partnership)",
    )
    whom.add_argument(
        "--public",
        action="store_true",
        help="the same as --audience public: no names of people, and no small counts of people, either",
    )


def offer_calendar(commands: "Commands") -> None:
    """Offer ``calendar``."""
    parser = command(commands, "calendar", "targets, clocks and meetings as a calendar file for Outlook (.ics)")
    parser.add_argument("--out", metavar="FILE", help="write to FILE; it must end in .ics")
    audience_option(parser)
