"""How records are changed from the command line."""

from typing import TYPE_CHECKING

from bscp_tui.cli.parsers.common import DATE_TOLD, KINDS_TOLD, circumstances, command, output_options

if TYPE_CHECKING:
    from bscp_tui.cli.parsers.common import Commands


def offer_set(commands: "Commands") -> None:
    """Offer ``set``."""
    parser = command(commands, "set", "change fields of one record: one entry; of several: one each, one undo for all")
    parser.add_argument("ref", metavar="REF", help="a reference; several with commas between: 4.1.1,4.1.3")
    parser.add_argument(
        "values",
        metavar="FIELD=VALUE",
        nargs="*",
        help="“FIELD=” removes; lists are separated by “;”, “FIELD+=VALUE” adds to one; stages.2.status=complete",
    )
    parser.add_argument("--by-hand", action="store_true", help="record the edit that was made to its file by hand")
    parser.add_argument(
        "--correct", metavar="SOURCE", help="with target=DATE: the printed target was a misprint, as SOURCE shows"
    )
    parser.add_argument("--put-back", action="store_true", help="undo the edit that was made to its file by hand")
    circumstances(parser)


def offer_status(commands: "Commands") -> None:
    """Offer ``status``."""
    parser = command(commands, "status", "record a new status: one entry")
    parser.add_argument("ref", metavar="REF")
    parser.add_argument("status", metavar="STATUS", help="not-started, in-progress, complete, embedded, deferred, …")
    parser.add_argument(
        "values", metavar="FIELD=VALUE", nargs="*", help="fields that belong to the status: superseded_by=4.2.1"
    )
    circumstances(parser)


def offer_add(commands: "Commands") -> None:
    """Offer ``add``."""
    parser = command(commands, "add", "add a record: one entry")
    parser.add_argument("kind", metavar="KIND", help=f"{KINDS_TOLD}; “row” with of=REF in=TABLE for a row of a table")
    parser.add_argument("values", metavar="FIELD=VALUE", nargs="*")
    circumstances(parser)


def offer_withdraw(commands: "Commands") -> None:
    """Offer ``withdraw``."""
    parser = command(commands, "withdraw", "withdraw a record; it is never deleted")
    parser.add_argument("ref", metavar="REF")
    circumstances(parser)


def offer_link(commands: "Commands") -> None:
    """Offer ``link``."""
    parser = command(commands, "link", "link a record to another; the link is shown from both ends")
    parser.add_argument("ref", metavar="REF")
    parser.add_argument(
        "type",
        metavar="TYPE",
        help="leads-to, measured-by, trained-by, re-audited-by, follows-from, part-of, same-as or relates-to",
    )
    parser.add_argument("other", metavar="OTHER", help="the reference of the other record")
    parser.add_argument("--note", metavar="TEXT", help="what the link means")
    circumstances(parser)


def offer_undo(commands: "Commands") -> None:
    """Offer ``undo``."""
    parser = command(commands, "undo", "take an entry back by a new entry; a sitting or bulk change as one")
    parser.add_argument("entry", metavar="ENTRY", help="the entry's id (7f3k-92qm), or its register version")
    circumstances(parser)


def offer_sitting(commands: "Commands") -> None:
    """Offer ``sitting``."""
    parser = command(commands, "sitting", "show a meeting's agenda, or record its decisions as one group of entries")
    parser.add_argument("meeting", metavar="MEETING", help="the meeting's reference or title")
    parser.add_argument(
        "--decisions",
        metavar="FILE",
        help="record the decisions of a CSV file (- reads the input): a column ref, and one a field: "
        "status, target, update, …; reason and evidence where a decision has its own",
    )
    parser.add_argument("--reason", metavar="TEXT", help="why, for every decision that gives no reason of its own")
    parser.add_argument(
        "--on", metavar="DATE", help=f"the day from which they count (default: the meeting's): {DATE_TOLD}"
    )
    parser.add_argument("--held", action="store_true", help="record too that the meeting was held")
    parser.add_argument("--dry-run", action="store_true", help="say what would be recorded, and record nothing")
    output_options(parser)


def offer_house(commands: "Commands") -> None:
    """Offer ``house``."""
    parser = command(commands, "house", "the house style of reports: say which counts, or record another")
    parser.add_argument("file", metavar="FILE", nargs="?", help="a style file (docs/house-style.md), or none")
    circumstances(parser)
