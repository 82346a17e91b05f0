"""What may be asked of a register from the command line."""

import argparse
from typing import TYPE_CHECKING

from bscp_tui.cli.parsers.common import (
    KINDS_TOLD,
    POSITION_TOLD,
    WHEN_TOLD,
    audience_option,
    command,
    how_many,
    output_options,
)

if TYPE_CHECKING:
    from bscp_tui.cli.parsers.common import Commands

FORMS_TOLD = (
    "text (the default), markdown, csv, json, html, xlsx, ods, docx, odt, or plain, table and others of tabulate's"
)

REPORTS_TOLD = (
    "board-pack, summary, exceptions, delivery-plan, progress, little-or-no-progress, time-in-status, position, "
    "promises, chase, agency, learning-by-agency, clocks, themes, audits, chain, scrutiny, measures, training, budget, "
    "governance, disagreements, yearly-report or history"
)
SINCE_TOLD = (
    "what changed since a date, a register version, a meeting's reference, or “last meeting [of GROUP]” (the default)"
)


def offer_list(commands: "Commands") -> None:
    """Offer ``list``."""
    parser = command(commands, "list", "list the records of a kind, of all plans")
    parser.add_argument("kind", metavar="KIND", nargs="?", help=f"{KINDS_TOLD}; with --view it may be left out")
    parser.add_argument(
        "filters", metavar="FILTER", nargs="*", help="field=value, field~text, field<date, “due<30d”, or a word to find"
    )
    parser.add_argument("--as-of", metavar="WHEN", help=f"as the register stood: {WHEN_TOLD}")
    parser.add_argument("--position", metavar="DATE", help=POSITION_TOLD)
    parser.add_argument("--sort", metavar="FIELD", help="sort by a field")
    parser.add_argument("--descending", action="store_true", help="with --sort: the last first")
    parser.add_argument("--view", metavar="NAME", help="as a saved view shows it: its filter, columns and order")
    parser.add_argument("--columns", metavar="FIELD,…", help="the fields to show, in that order")
    parser.add_argument("--limit", metavar="N", type=how_many, help="at most so many rows")
    parser.add_argument("--withdrawn", action="store_true", help="withdrawn ones too")
    audience_option(parser)
    output_options(parser)


def offer_show(commands: "Commands") -> None:
    """Offer ``show``."""
    parser = command(commands, "show", "show one record whole, with what is derived from it")
    parser.add_argument("ref", metavar="REF", help="4.1, 4.1.3, 2023-25/4.10, or an agency, group or person")
    parser.add_argument("--as-of", metavar="WHEN", help=f"as the register stood: {WHEN_TOLD}")
    parser.add_argument("--position", metavar="DATE", help=POSITION_TOLD)
    audience_option(parser)
    output_options(parser)


def offer_history(commands: "Commands") -> None:
    """Offer ``history``."""
    parser = command(commands, "history", "who changed what, newest first, one row a change")
    parser.add_argument("ref", metavar="REF", nargs="?", help="a record; without it, everything")
    parser.add_argument("--field", metavar="FIELD", help="one field; its last part is enough (status)")
    parser.add_argument("--from", dest="since", metavar="DATE", help="recorded on that day or later")
    parser.add_argument("--to", dest="until", metavar="DATE", help="recorded on that day or before")
    parser.add_argument("--by", metavar="NAME", help="part of a person's name or address")
    parser.add_argument("--kind", metavar="KIND", help=KINDS_TOLD)
    parser.add_argument("--decided-at", metavar="MEETING", help="what that meeting decided: its reference, or the text")
    parser.add_argument("--text", metavar="WORDS", help="words that all stand in what the row says")
    parser.add_argument("--limit", metavar="N", type=how_many, help="at most so many rows")
    audience_option(parser)
    output_options(parser)


def offer_compare(commands: "Commands") -> None:
    """Offer ``compare``."""
    parser = command(commands, "compare", "what changed between two dates, by record and field, with who and why")
    parser.add_argument("earlier", metavar="WHEN1", help=WHEN_TOLD)
    parser.add_argument("rest", metavar="WHEN2 | KIND", nargs="*", help="the later moment (default: now), then kinds")
    parser.add_argument("--steps", action="store_true", help="every step between the two, below the net change")
    audience_option(parser)
    output_options(parser)


def offer_who(commands: "Commands") -> None:
    """Offer ``who``."""
    parser = command(commands, "who", "who changed what: each field, its value, who last changed it, when and why")
    parser.add_argument("ref", metavar="REF", help="4.1, 4.1.3, or another reference")
    audience_option(parser)
    output_options(parser)


def offer_suggest(commands: "Commands") -> None:
    """Offer ``suggest``."""
    parser = command(commands, "suggest", "name the themes of the records that a text resembles; records nothing")
    parser.add_argument("text", metavar="TEXT", nargs="+", help="the wording of a finding or learning point")
    audience_option(parser)
    output_options(parser)


def offer_report(commands: "Commands") -> None:
    """Offer ``report``."""
    parser = command(commands, "report", "a report from what is recorded, on the screen or as a file")
    parser.add_argument("name", metavar="NAME", nargs="?", help=f"{REPORTS_TOLD}; without it, what each holds")
    parser.add_argument("about", metavar="ABOUT", nargs="?", help="the agency or record, where the report is of one")
    parser.add_argument("--plan", metavar="PLAN", help="the plan (default: the register's current one)")
    parser.add_argument("--since", metavar="WHEN", help=SINCE_TOLD)
    parser.add_argument("--within", metavar="N", type=int, help="days that “due soon” and “no update” reach (30)")
    parser.add_argument("--agency", metavar="NAME", help="the agency, group or person that it is about")
    parser.add_argument("--record", metavar="REF", help="the record that it is about")
    parser.add_argument("--as-of", metavar="WHEN", help=f"as the register stood: {WHEN_TOLD}")
    parser.add_argument("--position", metavar="DATE", help=POSITION_TOLD)
    audience_option(parser)
    parser.add_argument("--width", metavar="N", type=_columns, help="how many columns text may take (80)")
    parser.add_argument("--format", metavar="FORMAT", help=FORMS_TOLD)
    parser.add_argument("--out", metavar="FILE", help="write to FILE; its ending names the format")
    parser.add_argument("--replace", action="store_true", help="write over a file that is there")
    parser.add_argument("--verify", metavar="FILE", help="say whether a text, HTML or CSV report is what is recorded")


def _columns(text: str) -> int:
    """Read how wide text may be: from 40 columns, below which words no longer fit."""
    if not (text.isascii() and text.isdecimal() and 40 <= int(text) <= 10_000):
        raise argparse.ArgumentTypeError("a number of columns from 40 to 10000")
    return int(text)
