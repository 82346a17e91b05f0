"""Options that several commands share, and what is said of them."""

import argparse
import os
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001 - argparse has no other name for them

_DIGITS = 9  # of a number of rows
KINDS_TOLD = "plan, priority, action, key-action, agency, …; a wrong word is answered with all of them"
FORMATS_TOLD = "table (on a terminal), plain (elsewhere), json, csv, markdown, html, or another of tabulate's"
WHEN_TOLD = "a date (the end of that day), a date and time, or a register version (commit)"
POSITION_TOLD = "what was true on that day, by effective dates, as known at --as-of (default: now)"
DATE_TOLD = "31 March 2026, 31/03/2026 or 2026-03-31"


def register_options(parser: argparse.ArgumentParser, default: object) -> None:
    """Add the options that stand before a command, and may stand behind it too."""
    parser.add_argument("--register", metavar="PATH", default=default, help="the register's folder")
    parser.add_argument(
        "--today", metavar="DATE", default=default, help="what counts as today; also $BSCP_TODAY. Times of entries stay"
    )
    parser.add_argument("--read-only", action="store_true", default=default, help="open it for reading only")


class Layout(argparse.HelpFormatter):
    """Help as wide as the terminal; argparse asks a large module for that, at every option that is declared."""

    def __init__(self, prog: str) -> None:
        """Lay out the help of ``prog``."""
        super().__init__(prog, width=WIDTH)


class Parser(argparse.ArgumentParser):
    """The parser of the program and of each command; what it finds wrong is told in brief."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the words on the command line, and end with status 2."""
        from bscp_tui.model.text import in_brief, shown

        super().error(shown(in_brief(message)))


def how_many(text: str) -> int:
    """Return how many rows are asked for."""
    if not text.isascii() or not text.isdecimal() or len(text) > _DIGITS:
        msg = f"“{text}” is no number of rows. Write 0, 1, 2 …"
        raise argparse.ArgumentTypeError(msg)
    return int(text)


def _width() -> int:
    """Return how many columns help may take, as ``shutil.get_terminal_size`` would tell it."""
    told = os.environ.get("COLUMNS", "")
    if told.isdecimal() and int(told):
        return int(told) - 2
    try:
        return (os.get_terminal_size(1).columns or 80) - 2
    except OSError:
        return 78


WIDTH = _width()


def command(commands: "Commands", name: str, told: str) -> argparse.ArgumentParser:
    """Declare a command; ``told`` says in one line what it does."""
    description = f"{told[0].upper()}{told[1:]}."
    parser = commands.add_parser(name, help=told, description=description, formatter_class=Layout)
    register_options(parser, default=argparse.SUPPRESS)
    return parser


def output_options(parser: argparse.ArgumentParser) -> None:
    """Add how, and where to, rows are printed."""
    parser.add_argument("--format", metavar="FORMAT", help=FORMATS_TOLD)
    parser.add_argument("--out", metavar="FILE", help="write to FILE; its ending names the format")


def audience_option(parser: argparse.ArgumentParser) -> None:
    """Add whom an output is made for."""
    parser.add_argument(
        "--audience",
        choices=("public", "partnership", "group"),
        help="leave out what these readers may not have, or not yet (embargo), and say how many; default: everything",
    )


def privacy_reason(parser: argparse.ArgumentParser) -> None:
    """Add why the privacy guard may let a text through."""
    parser.add_argument(
        "--privacy-reason", metavar="TEXT", help="why a text that looks like somebody's particulars may stand"
    )


def circumstances(parser: argparse.ArgumentParser) -> None:
    """Add what every change may be told with: why, when, what shows it, who decided."""
    parser.add_argument("--reason", metavar="TEXT", help="why, in your words (“reason awaited” is one)")
    parser.add_argument("--on", metavar="DATE", help=f"the day from which it counts: {DATE_TOLD} (default: today)")
    parser.add_argument(
        "--evidence",
        metavar="TEXT",
        help="what shows it; kept with the record, dated as --on; “impact: …” where it shows a difference made",
    )
    parser.add_argument("--decided-at", metavar="MEETING", help="the meeting that decided it: its reference, or text")
    privacy_reason(parser)
    parser.add_argument("--dry-run", action="store_true", help="say what would be recorded, and record nothing")
    parser.add_argument("--format", metavar="FORMAT", choices=("text", "json"), default="text", help="text or json")
