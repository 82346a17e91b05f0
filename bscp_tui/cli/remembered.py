"""Commands that only read: an answer that was given before is given again while nothing has changed.

This module loads nothing that a kept answer does without: no options, no models, no tables, no git.
"""

import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from bscp_tui.cli.words import command_in, is_plain, register_in

if TYPE_CHECKING:
    from argparse import Namespace

    from bscp_tui.store.answers import Question

# Commands whose answer depends on the register and their words alone.
READING = frozenset({"list", "show", "history", "check", "report"})
# Options of theirs whose answer depends on more than that: on another file, or on any name that git knows.
_ASIDE = ("--dr", "--s")


def asked(arguments: Sequence[str]) -> "Question | None":
    """Return the question that a command line asks; None where the answer must be made up anew in any case."""
    command = command_in(arguments)
    if command not in READING or not is_plain(arguments):
        return None
    if command == "check" and any(word.startswith(_ASIDE) for word in arguments):
        return None
    if command == "list" and any(word.startswith("--v") for word in arguments):
        return None  # a saved view may be the person's own, which lies outside the register
    from bscp_tui.cli.folders import chosen_folder
    from bscp_tui.store import answers
    from bscp_tui.store.errors import RegisterError
    from bscp_tui.store.repository import find

    folder = chosen_folder(register_in(arguments))
    if folder is None:
        return None
    try:
        repository = find(folder)
    except (RegisterError, OSError):
        return None
    intent = repository.git_dir / "bscp" / "intent.json" if repository.git_dir else None
    if intent is not None and intent.exists() and intent.stat().st_size:
        return None  # a killed writer's work is to be finished first
    size = _terminal() if sys.stdout.isatty() or any(word.startswith("--f") for word in arguments) else ""
    words = [*arguments, os.environ.get("BSCP_TODAY"), _today(), size, os.environ.get("COLUMNS"), str(repository.root)]
    # A report tells beside what it says of the past which files were edited by hand.
    dated = command != "report" and any(word.startswith("--as") for word in arguments)
    of_commits = command == "history" or dated
    return answers.asked(repository, repr(words), history=of_commits)


def given_again(question: "Question") -> int | None:
    """Print what the question was answered with, if that is kept and still holds; return its status, None if not."""
    from bscp_tui.store import answers

    known = answers.answer_to(question)
    if known is not None and question.history:
        known = answers.still_rests(known, question)
    if known is None:
        return None
    status, printed = answers.first_line(known)
    _print(printed)
    return int(status)


def keep(question: "Question", options: "Namespace", status: int) -> None:
    """Keep what the command printed, and the status that it ended with, as the answer to the question."""
    from bscp_tui.store import answers

    printed = getattr(options, "printed", None)
    if printed is None:
        return
    answer: bytes | None = b"%d\n" % status + printed.encode("utf-8", "backslashreplace")
    if answer is not None and question.history:
        files = getattr(options, "rests_on", None)
        answer = None if files is None else answers.resting_on(answer, question, files)
    if answer is not None:
        answers.keep(question, answer)


def _today() -> str:
    import time

    return time.strftime("%Y-%m-%d")


def _terminal() -> str:
    import shutil

    signs = [os.environ.get(name) for name in ("LC_ALL", "LC_CTYPE", "LANG")]  # what the terminal can show
    return f"{shutil.get_terminal_size()} {signs}"


def _print(answer: memoryview) -> None:
    below = getattr(sys.stdout, "buffer", None)
    if os.linesep == "\n" and below is not None:
        sys.stdout.flush()
        below.write(answer)
    else:
        sys.stdout.write(str(answer, "utf-8"))
