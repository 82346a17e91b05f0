"""How registers are made from the command line."""

from typing import TYPE_CHECKING

from bscp_tui.cli.parsers.common import command

if TYPE_CHECKING:
    from bscp_tui.cli.parsers.common import Commands


def offer_init(commands: "Commands") -> None:
    """Offer ``init``."""
    parser = command(commands, "init", "make a register in a new folder, from the starter records")
    parser.add_argument("folder", metavar="DIR", help="the folder; it must not exist, or be empty")
    parser.add_argument("--empty", action="store_true", help="leave the starter records out, for another partnership")
    parser.add_argument("--name", metavar="NAME", help="the partnership's name, for an empty register")
    parser.add_argument(
        "--answers",
        metavar="FILE",
        help="with --empty: a TOML file that answers what a terminal is asked (name, short_name, bank_holidays, "
        "closed_days, agencies, groups, themes, plan, plan_title, plan_start, plan_end, priorities, legend); "
        "without a terminal and without it nothing is asked",
    )


def offer_backup(commands: "Commands") -> None:
    """Offer ``backup``."""
    parser = command(commands, "backup", "write the register, with what is typed and not recorded, into one file")
    parser.add_argument("file", metavar="FILE", help="the file; it must not exist")


def offer_restore(commands: "Commands") -> None:
    """Offer ``restore``."""
    parser = command(commands, "restore", "make the register of a backup in a new folder")
    parser.add_argument("file", metavar="FILE", help="a file that “bscp backup” made")
    parser.add_argument("folder", metavar="DIR", help="the folder; it must not exist, or be empty")


def offer_demo(commands: "Commands") -> None:
    """Offer ``demo``."""
    parser = command(commands, "demo", "make a register of invented records with years of history, for training")
    parser.add_argument("folder", metavar="DIR", help="the folder; it must not exist, or be empty")
    parser.add_argument("--records", metavar="N", type=int, default=200, help="how many records (default: 200)")
    parser.add_argument("--entries", metavar="M", type=int, default=2000, help="how many entries (default: 2000)")
    parser.add_argument("--seed", metavar="S", type=int, default=1, help="the same seed gives the same bytes")
