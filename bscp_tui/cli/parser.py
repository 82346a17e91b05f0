"""What may be written on the command line; nothing is imported here that a command may not use."""

import argparse

from bscp_tui import __version__

KINDS_TOLD = "plan, priority, action, key-action, agency, …; a wrong word is answered with all of them"
FORMATS_TOLD = "table (on a terminal), plain (elsewhere), json, csv, markdown, html, or another of tabulate's"
WHEN_TOLD = "a date (the end of that day), a date and time, or a register version (commit)"
REPORTS_TOLD = "summary, learning-by-agency, clocks, themes, audits, scrutiny, chase or chain"
POSITION_TOLD = "what was true on that day, by effective dates, as known at --as-of (default: now)"
ROLES_TOLD = "editor, confirmer, administrator or scrutineer; several are possible"
DATE_TOLD = "31 March 2026, 31/03/2026 or 2026-03-31"


def build() -> argparse.ArgumentParser:
    """Return the parser of the whole command line."""
    parser = argparse.ArgumentParser(
        prog="bscp",
        description="Keep a safeguarding partnership's plans and actions; every change is an entry in its history. "
        "Without a command the screens open.",
        epilog="Exit status: 0 done; 1 a change was refused or a record cannot be read; 2 wrong usage or bad input; "
        "3 the register cannot be read. verify has its own: see its help.",
    )
    parser.add_argument("--version", action="version", version=f"bscp {__version__}")
    _global(parser, default=None)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", title="commands")
    _init(commands)
    _list(commands)
    _show(commands)
    _set(commands)
    _status(commands)
    _add(commands)
    _withdraw(commands)
    _link(commands)
    _suggest(commands)
    _history(commands)
    _compare(commands)
    _who(commands)
    _undo(commands)
    _report(commands)
    _proof(commands)
    _verify(commands)
    _trust(commands)
    _backup(commands)
    _demo(commands)
    return parser


def _global(parser: argparse.ArgumentParser, default: object) -> None:
    """Add the options that stand before a command, and may stand behind it too."""
    parser.add_argument("--register", metavar="PATH", default=default, help="the register's folder")
    parser.add_argument(
        "--today", metavar="DATE", default=default, help="what counts as today; also $BSCP_TODAY. Times of entries stay"
    )
    parser.add_argument("--read-only", action="store_true", default=default, help="open it for reading only")


def _command(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, told: str
) -> argparse.ArgumentParser:
    parser = commands.add_parser(name, help=told, description=f"{told[0].upper()}{told[1:]}.")
    _global(parser, default=argparse.SUPPRESS)
    return parser


def _output(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--format", metavar="FORMAT", help=FORMATS_TOLD)
    parser.add_argument("--out", metavar="FILE", help="write to FILE; its ending names the format")


def _circumstances(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--reason", metavar="TEXT", help="why, in your words (“reason awaited” is one)")
    parser.add_argument("--on", metavar="DATE", help=f"the day from which it counts: {DATE_TOLD} (default: today)")
    parser.add_argument(
        "--evidence",
        metavar="TEXT",
        help="what shows it; kept with the record, dated as --on; “impact: …” where it shows a difference made",
    )
    parser.add_argument("--decided-at", metavar="TEXT", help="the meeting that decided it")
    parser.add_argument("--dry-run", action="store_true", help="say what would be recorded, and record nothing")
    parser.add_argument("--format", metavar="FORMAT", choices=("text", "json"), default="text", help="text or json")


def _init(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = _command(commands, "init", "make a register in a new folder, from the starter records")
    parser.add_argument("folder", metavar="DIR", help="the folder; it must not exist, or be empty")
    parser.add_argument("--empty", action="store_true", help="leave the starter records out, for another partnership")
    parser.add_argument("--name", metavar="NAME", help="the partnership's name, for an empty register")


def _list(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = _command(commands, "list", "list the records of a kind, of all plans")
    parser.add_argument("kind", metavar="KIND", help=KINDS_TOLD)
    parser.add_argument(
        "filters", metavar="FILTER", nargs="*", help="field=value, field~text, field<date, “due<30d”, or a word to find"
    )
    parser.add_argument("--as-of", metavar="WHEN", help=f"as the register stood: {WHEN_TOLD}")
    parser.add_argument("--position", metavar="DATE", help=POSITION_TOLD)
    parser.add_argument("--sort", metavar="FIELD", help="sort by a field")
    parser.add_argument("--descending", action="store_true", help="with --sort: the last first")
    parser.add_argument("--columns", metavar="FIELD,…", help="the fields to show, in that order")
    parser.add_argument("--limit", metavar="N", type=int, help="at most so many rows")
    parser.add_argument("--withdrawn", action="store_true", help="withdrawn ones too")
    _output(parser)


def _show(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = _command(commands, "show", "show one record whole, with what is derived from it")
    parser.add_argument("ref", metavar="REF", help="4.1, 4.1.3, 2023-25/4.10, or an agency, group or person")
    parser.add_argument("--as-of", metavar="WHEN", help=f"as the register stood: {WHEN_TOLD}")
    parser.add_argument("--position", metavar="DATE", help=POSITION_TOLD)
    _output(parser)


def _set(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = _command(commands, "set", "change fields of one record: one entry")
    parser.add_argument("ref", metavar="REF")
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
    _circumstances(parser)


def _status(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = _command(commands, "status", "record a new status: one entry")
    parser.add_argument("ref", metavar="REF")
    parser.add_argument("status", metavar="STATUS", help="not-started, in-progress, complete, embedded, deferred, …")
    parser.add_argument(
        "values", metavar="FIELD=VALUE", nargs="*", help="fields that belong to the status: superseded_by=4.2.1"
    )
    _circumstances(parser)


def _add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = _command(commands, "add", "add a record: one entry")
    parser.add_argument("kind", metavar="KIND", help=f"{KINDS_TOLD}; “row” with of=REF in=TABLE for a row of a table")
    parser.add_argument("values", metavar="FIELD=VALUE", nargs="*")
    _circumstances(parser)


def _withdraw(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = _command(commands, "withdraw", "withdraw a record; it is never deleted")
    parser.add_argument("ref", metavar="REF")
    _circumstances(parser)


def _link(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = _command(commands, "link", "link a record to another; the link is shown from both ends")
    parser.add_argument("ref", metavar="REF")
    parser.add_argument(
        "type",
        metavar="TYPE",
        help="leads-to, measured-by, trained-by, re-audited-by, follows-from, part-of, same-as or relates-to",
    )
    parser.add_argument("other", metavar="OTHER", help="the reference of the other record")
    parser.add_argument("--note", metavar="TEXT", help="what the link means")
    _circumstances(parser)


def _suggest(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = _command(commands, "suggest", "name the themes of the records that a text resembles; records nothing")
    parser.add_argument("text", metavar="TEXT", nargs="+", help="the wording of a finding or learning point")
    _output(parser)


def _history(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = _command(commands, "history", "who changed what, newest first, one row a change")
    parser.add_argument("ref", metavar="REF", nargs="?", help="a record; without it, everything")
    parser.add_argument("--field", metavar="FIELD", help="one field; its last part is enough (status)")
    parser.add_argument("--from", dest="since", metavar="DATE", help="recorded on that day or later")
    parser.add_argument("--to", dest="until", metavar="DATE", help="recorded on that day or before")
    parser.add_argument("--by", metavar="NAME", help="part of a person's name or address")
    parser.add_argument("--kind", metavar="KIND", help=KINDS_TOLD)
    parser.add_argument("--text", metavar="WORDS", help="words that all stand in what the row says")
    parser.add_argument("--limit", metavar="N", type=int, help="at most so many rows")
    _output(parser)


def _compare(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = _command(commands, "compare", "what changed between two dates, by record and field, with who and why")
    parser.add_argument("earlier", metavar="WHEN1", help=WHEN_TOLD)
    parser.add_argument("rest", metavar="WHEN2 | KIND", nargs="*", help="the later moment (default: now), then kinds")
    parser.add_argument("--steps", action="store_true", help="every step between the two, below the net change")
    _output(parser)


def _who(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = _command(commands, "who", "who changed what: each field, its value, who last changed it, when and why")
    parser.add_argument("ref", metavar="REF", help="4.1, 4.1.3, or another reference")
    _output(parser)


def _undo(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = _command(commands, "undo", "take an entry back by a new entry; a sitting or bulk change as one")
    parser.add_argument("entry", metavar="ENTRY", help="the entry's id (7f3k-92qm), or its register version")
    _circumstances(parser)


def _report(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = _command(commands, "report", "a tabulated report, from what is recorded")
    parser.add_argument("name", metavar="NAME", help=REPORTS_TOLD)
    parser.add_argument("--plan", metavar="PLAN", help="the plan (default: the register's current one)")
    parser.add_argument("--as-of", metavar="WHEN", help=f"as the register stood: {WHEN_TOLD}")
    parser.add_argument("--position", metavar="DATE", help=POSITION_TOLD)
    _output(parser)


def _proof(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = _command(commands, "proof", "print the proof line: a line for the minutes that fixes every entry so far")
    parser.add_argument("--format", metavar="FORMAT", choices=("text", "json"), default="text", help="text or json")


def _verify(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = _command(
        commands, "verify", "say whether the history is whole, in order, signed, and not rewritten since a proof"
    )
    parser.epilog = "Exit status: 0 matches; 1 does not match; 2 cannot tell; 3 redacted."
    parser.add_argument(
        "--proof", metavar="TEXT", action="append", help="a proof line from the minutes, or a file that holds some"
    )
    parser.add_argument("--quick", action="store_true", help="judge only what came since the last good verdict")
    parser.add_argument("--forget", action="store_true", help="forget what was last seen of this register here")
    parser.add_argument("--format", metavar="FORMAT", choices=("text", "json"), default="text", help="text or json")


def _trust(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = _command(commands, "trust", "keys, the roster of who may do what, and which copies you trust")
    kinds = parser.add_subparsers(dest="what", metavar="WHAT", title="what", required=True)
    copy = _command(kinds, "copy", "trust this register's folder with the git settings that it has now")
    copy.add_argument("--forget", action="store_true", help="trust it no longer")
    _output(_command(kinds, "list", "who is on the roster, with roles and keys"))
    _command(kinds, "key", "which key signs your entries on this computer")
    request = _command(kinds, "join-request", "print a request to be put on the roster, for an administrator")
    request.add_argument("--out", metavar="FILE", help="write it to FILE")
    add = _command(kinds, "add", "put somebody on the roster, or give them a further key (administrators)")
    add.add_argument("request", metavar="REQUEST", help="the request, or a file that holds it; - reads it from input")
    add.add_argument("--role", metavar="ROLE", action="append", default=[], help=ROLES_TOLD)
    role = _command(kinds, "role", "say what somebody on the roster may do (administrators)")
    role.add_argument("who", metavar="WHO", help="an e-mail address, or a name")
    role.add_argument("roles", metavar="ROLE", nargs="+", help=ROLES_TOLD)
    remove = _command(kinds, "remove", "somebody leaves: their keys no longer count (administrators)")
    remove.add_argument("who", metavar="WHO", help="an e-mail address, or a name")
    remove.add_argument("--until", metavar="DATE", help="the first day on which they no longer count (default: today)")
    revoke = _command(kinds, "revoke", "a key was lost or stolen: it no longer counts (administrators)")
    revoke.add_argument("who", metavar="WHO", help="an e-mail address, or a name")
    revoke.add_argument("--key", metavar="FINGERPRINT", help="one key only, by the beginning of its fingerprint")
    revoke.add_argument("--since", metavar="DATE", help="the day from which somebody else may have used it")
    new = _command(kinds, "new-key", "sign with another key on this computer from now on")
    new.add_argument(
        "--use", metavar="FILE", help="an own key of OpenSSH (passphrase, agent, hardware); else one is made"
    )
    vouch = _command(kinds, "vouch", "vouch for an entry that nobody on the roster had signed (administrators)")
    vouch.add_argument("entry", metavar="ENTRY", help="the entry, or its register version")
    restore = _command(kinds, "restore", "put back the roster that is vouched for (administrators)")
    adopt = _command(kinds, "adopt", "take an unsigned register in hand: entries from now on are vouched for")
    adopt.add_argument("--anew", action="store_true", help="begin the roster anew: the last administrator is gone")
    for changing in (add, role, remove, revoke, new, vouch, restore, adopt):
        changing.add_argument("--reason", metavar="TEXT", help="why, in your words")


def _backup(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = _command(commands, "backup", "write the register, with what is typed and not recorded, into one file")
    parser.add_argument("file", metavar="FILE", help="the file; it must not exist")
    parser = _command(commands, "restore", "make the register of a backup in a new folder")
    parser.add_argument("file", metavar="FILE", help="a file that “bscp backup” made")
    parser.add_argument("folder", metavar="DIR", help="the folder; it must not exist, or be empty")


def _demo(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = _command(commands, "demo", "make a register of invented records with years of history, for training")
    parser.add_argument("folder", metavar="DIR", help="the folder; it must not exist, or be empty")
    parser.add_argument("--records", metavar="N", type=int, default=200, help="how many records (default: 200)")
    parser.add_argument("--entries", metavar="M", type=int, default=2000, help="how many entries (default: 2000)")
    parser.add_argument("--seed", metavar="S", type=int, default=1, help="the same seed gives the same bytes")
