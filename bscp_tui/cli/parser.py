"""What may be written on the command line; nothing is imported here that a command may not use."""

import argparse
from collections.abc import Sequence
from importlib import import_module

from bscp_tui import __version__
from bscp_tui.cli.parsers.common import Layout, Parser, register_options
from bscp_tui.cli.words import command_in

# Where each command is declared (a module in ``parsers/``, as ``offer_COMMAND``), in the order of the help.
FAMILIES = {
    "init": "making",
    "list": "reading",
    "show": "reading",
    "set": "changing",
    "status": "changing",
    "add": "changing",
    "withdraw": "changing",
    "link": "changing",
    "suggest": "reading",
    "history": "reading",
    "compare": "reading",
    "who": "reading",
    "undo": "changing",
    "sitting": "changing",
    "sync": "sharing",
    "join": "sharing",
    "rollover": "rounds",
    "round": "rounds",
    "merge-driver": "sharing",
    "as-lines": "sharing",
    "report": "reading",
    "publish": "publishing",
    "calendar": "publishing",
    "house": "changing",
    "check": "checking",
    "proof": "trusting",
    "verify": "trusting",
    "trust": "trusting",
    "backup": "making",
    "restore": "making",
    "import": "importing",
    "demo": "making",
}


def build(arguments: Sequence[str] = ()) -> argparse.ArgumentParser:
    """Return the parser of the command line; only of the command that ``arguments`` name, where they name one."""
    parser = Parser(
        prog="bscp",
        description="Keep a safeguarding partnership's plans and actions; every change is an entry in its history. "
        "Without a command the screens open.",
        epilog="Exit status: 0 done; 1 a change was refused or a record cannot be read; 2 wrong usage or bad input; "
        "3 the register cannot be read. verify has its own: see its help.",
        formatter_class=Layout,
    )
    parser.add_argument("--version", action="version", version=f"bscp {__version__}")
    register_options(parser, default=None)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", title="commands")
    named = command_in(arguments)
    for name in (named,) if named in FAMILIES else FAMILIES:
        family = import_module(f"bscp_tui.cli.parsers.{FAMILIES[name]}")
        getattr(family, f"offer_{name.replace('-', '_')}")(commands)
    return parser
