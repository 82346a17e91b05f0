"""How a register is shared from the command line."""

from typing import TYPE_CHECKING

from bscp_tui.cli.parsers.common import command

if TYPE_CHECKING:
    from bscp_tui.cli.parsers.common import Commands


def offer_sync(commands: "Commands") -> None:
    """Offer ``sync``."""
    parser = command(commands, "sync", "receive what others sent, and send what was recorded here")
    parser.add_argument("--status", action="store_true", help="say what is to go and to come; nothing goes or comes")
    parser.add_argument(
        "--take",
        nargs=3,
        action="append",
        metavar=("VALUE", "REF", "FIELD"),
        help="decide a field that was given two values: “mine”, “theirs” or another value; several are possible",
    )
    parser.add_argument("--format", metavar="FORMAT", choices=("text", "json"), default="text", help="text or json")


def offer_join(commands: "Commands") -> None:
    """Offer ``join``."""
    parser = command(commands, "join", "make a copy of your own of a register that others share")
    parser.add_argument("address", metavar="URL", help="where it lies: https://…, ssh://…, git@server:…, or a folder")
    parser.add_argument("folder", metavar="DIR", help="the folder for your copy; it must not exist, or be empty")


def offer_merge_driver(commands: "Commands") -> None:
    """Offer ``merge-driver``, which git calls; people are not told of it."""
    parser = commands.add_parser("merge-driver", description="Merge three versions of a record, for git.")
    for name in ("ancestor", "ours", "theirs", "path"):
        parser.add_argument(name)


def offer_as_lines(commands: "Commands") -> None:
    """Offer ``as-lines``, which git calls; people are not told of it."""
    parser = commands.add_parser("as-lines", description="Print a record, a field a line, for git.")
    parser.add_argument("file")
