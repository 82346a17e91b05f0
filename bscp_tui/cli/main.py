"""Run one command: say what went wrong in plain words, and end with the right status."""

import contextlib
import os
import sys
from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

DONE, REFUSED, WRONG_USAGE, UNREADABLE = 0, 1, 2, 3
# The module that does each command; none is imported before it is asked for.
MODULES = {
    "init": "making",
    "list": "reading",
    "show": "reading",
    "set": "changing",
    "status": "changing",
    "add": "adding",
    "withdraw": "changing",
    "link": "adding",
    "suggest": "suggesting",
    "sitting": "sitting",
    "history": "telling",
    "compare": "comparing",
    "who": "answering",
    "undo": "undoing",
    "sync": "sharing",
    "join": "sharing",
    "rollover": "rolling_over",
    "round": "rounds",
    "merge-driver": "for_git",
    "as-lines": "for_git",
    "report": "reporting",
    "publish": "publishing",
    "calendar": "publishing",
    "house": "housing",
    "check": "checking",
    "proof": "verifying",
    "verify": "verifying",
    "trust": "trusting",
    "backup": "keeping",
    "restore": "keeping",
    "import": "importing",
    "demo": "demonstrating",
    None: "screens",
}
# What the person was told beside the output.
SAID: list[str] = []
# What this process holds to its end: to take apart what is large, only to end, would take longer than a page.
HELD: list[object] = []


def run(arguments: list[str]) -> int:
    """Run the command line and return the exit status."""
    _stand_in()
    _speak_utf8()
    SAID.clear()
    HELD.clear()
    try:
        status = _done(arguments)
        sys.stdout.flush()
    except BrokenPipeError:
        _let_go_of_output()  # the reader (head, less) has seen enough; nothing is said
        return DONE
    except KeyboardInterrupt:
        say("Stopped; nothing was left half done.")
        return 130
    except Exception as error:  # noqa: BLE001 - a person never sees a traceback
        return _unwritten(error) or _explained(error)
    return status


def _done(arguments: list[str]) -> int:
    """Give a kept answer again, or read the words and run their command; return the exit status."""
    from bscp_tui.cli import remembered

    question = None if "_ARGCOMPLETE" in os.environ else remembered.asked(arguments)
    known = remembered.given_again(question) if question is not None else None
    if known is not None:
        return known
    try:
        options = _options(arguments)
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else WRONG_USAGE
    status = _command(options)(options)
    if question is not None and not SAID:
        sys.stdout.flush()
        remembered.keep(question, options, status)
    return status


def say(text: str) -> None:
    """Say something to the person, beside the output."""
    from bscp_tui.model.text import in_brief, shown

    SAID.append(text)
    with contextlib.suppress(OSError):
        print(shown(in_brief(text)), file=sys.stderr)


def _options(arguments: list[str]) -> "Namespace":
    """Return what the arguments ask for; a shell that wants its words completed is answered instead."""
    from bscp_tui.cli.parser import build

    if "_ARGCOMPLETE" not in os.environ:
        return _parsed(build(arguments), arguments)
    from bscp_tui.cli.completion import complete

    parser = build()
    complete(parser)
    return _parsed(parser, arguments)


def _parsed(parser: "ArgumentParser", arguments: list[str]) -> "Namespace":
    """Read the arguments; FIELD=VALUE and filters may stand behind options too, which argparse alone refuses."""
    options, rest = parser.parse_known_args(arguments)
    if "" in [value for value in vars(options).values() if isinstance(value, str)]:
        parser.error(f"{_empty(arguments)} is empty. Give it a value, or leave it out.")
    listed = next((name for name in ("values", "filters", "text") if hasattr(options, name)), None)
    if rest and (listed is None or any(word.startswith("-") for word in rest)):
        parser.error(f"unrecognised: {' '.join(rest)}")
    if rest and listed:
        setattr(options, listed, [*getattr(options, listed), *rest])
    return options


def _empty(arguments: list[str]) -> str:
    """Return which option was given nothing, as ``--out "$FILE"`` is where FILE is not set."""
    from itertools import pairwise

    named = [word for word, following in pairwise(arguments) if word.startswith("--") and not following]
    named += [word[:-1] for word in arguments if word.startswith("--") and word.endswith("=")]
    return named[0] if named else "what is asked for"


def _command(options: "Namespace") -> "Callable[[Namespace], int]":
    """Return the function of the command's own module."""
    from bscp_tui.store import environment

    environment.make_safe()
    module = import_module(f"bscp_tui.cli.{MODULES[options.command]}")
    command: Callable[[Namespace], int] = getattr(
        module, f"run_{options.command.replace('-', '_')}" if options.command else "run_screens"
    )
    return command


def _explained(error: Exception) -> int:
    """Say what went wrong; return the exit status that it has."""
    from bscp_tui.cli import faults

    status, words = faults.explained(error)
    say(f"bscp: {words}")
    return status


def _unwritten(error: Exception) -> int | None:
    """Say why the output could not be written, and return the status; None where something else went wrong."""
    if not isinstance(error, OSError) or error.filename or not _arose_here(error):
        return None
    from bscp_tui.store.files import in_plain_words

    _let_go_of_output()
    say(
        f"bscp: the output could not be written: {in_plain_words(error)}. What was recorded, or written into files, "
        "stays; make room, or send the output elsewhere."
    )
    return WRONG_USAGE


def _arose_here(error: Exception) -> bool:
    """Whether a fault arose in this folder, which opens no files: what it writes to is the output alone."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return trace is not None and os.path.dirname(trace.tb_frame.f_code.co_filename) == os.path.dirname(__file__)  # noqa: PTH120


def _let_go_of_output() -> None:
    """Write the rest of the output nowhere, and keep Python from complaining at the end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _stand_in() -> None:
    """Put something in place of what whoever started us closed, before a file of ours comes to lie there."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(os.open(os.devnull, os.O_RDWR), mode, encoding="utf-8"))


def _speak_utf8() -> None:
    """Print UTF-8 whatever the computer's locale; what cannot be encoded is shown as its code."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError, ValueError):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
