"""Commands that only read: an answer that was given before is given again while nothing has changed.

This module loads nothing that a kept answer does without: no models, no tables, no git.
"""

import datetime as dt
import json
import os
import sys
from argparse import Namespace
from collections.abc import Callable
from typing import TYPE_CHECKING

from bscp_tui.cli.main import DONE, SAID

if TYPE_CHECKING:
    from bscp_tui.store.answers import Question


def answered(options: Namespace, run: Callable[[Namespace], int]) -> int:
    """Answer from what is kept, or run the command and keep its answer; return the exit status."""
    from bscp_tui.store import answers

    question = _question(options)
    if question is None:
        return run(options)
    known = answers.answer_to(question)
    if known is not None and question.history:
        known = answers.still_rests(known, question)
    if known is not None:
        _print(known)
        return DONE
    status = run(options)
    printed = getattr(options, "printed", None)
    if status == DONE and printed is not None and not SAID:
        sys.stdout.flush()
        answer: bytes | None = printed.encode("utf-8", "backslashreplace")
        if answer is not None and question.history:
            files = getattr(options, "rests_on", None)
            answer = None if files is None else answers.resting_on(answer, question, files)
        if answer is not None:
            answers.keep(question, answer)
    return status


def _question(options: Namespace) -> "Question | None":
    """Return what is asked; None where the answer must be made up anew in any case."""
    from bscp_tui.cli.folders import chosen_folder
    from bscp_tui.store import answers
    from bscp_tui.store.errors import RegisterError
    from bscp_tui.store.repository import find

    folder = chosen_folder(options)
    if folder is None or options.out:
        return None
    try:
        repository = find(folder)
    except (RegisterError, OSError):
        return None
    intent = repository.git_dir / "bscp" / "intent.json" if repository.git_dir else None
    if intent is not None and intent.exists() and intent.stat().st_size:
        return None  # a killed writer's work is to be finished first
    asked = {name: value for name, value in vars(options).items() if name != "register"}
    size = _terminal() if sys.stdout.isatty() else None
    words = [asked, os.environ.get("BSCP_TODAY"), dt.date.today().isoformat(), size, str(repository.root)]
    told = json.dumps(words, default=str, sort_keys=True)
    return answers.asked(repository, told, history=options.command == "history")


def _terminal() -> tuple[int, int]:
    import shutil

    return shutil.get_terminal_size()


def _print(answer: bytes) -> None:
    below = getattr(sys.stdout, "buffer", None)
    if os.linesep == "\n" and below is not None:
        sys.stdout.flush()
        below.write(answer)
    else:
        sys.stdout.write(answer.decode())
