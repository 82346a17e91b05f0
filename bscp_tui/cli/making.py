"""``bscp init``: make a register."""

import sys
from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from bscp_tui.checks.at_the_gate import open_guarded
from bscp_tui.cli.main import DONE, say
from bscp_tui.cli.opening import asked, person_of, today_of
from bscp_tui.cli.usage import UsageError
from bscp_tui.model.text import shown, typed
from bscp_tui.store import signing, starter
from bscp_tui.store.toml_text import UnreadableError, parse

if TYPE_CHECKING:
    from bscp_tui.model.beginning import Beginning

LARGEST = 1_000_000  # bytes of a file of answers


def run_init(options: Namespace) -> int:
    """Make a register in a new folder."""
    folder = Path(options.folder).expanduser().absolute()
    begins = _begins(options)
    person = person_of(Path.cwd())
    today = today_of(options)
    starter.make(folder, empty=options.empty, today=today, person=person, begins=begins)
    register = open_guarded(folder, today)
    print(f"Made the register of {shown(register.snapshot().settings.name)} in {folder}")
    if begins is not None and begins.records:
        print(f"It begins with {len(begins.records)} records. Go on with: bscp --register {folder}")
    if person is None:
        say("Its first entries are the program's own, since git does not know your name yet.")
    unsigned = signing.once_told()
    if unsigned is not None:
        say(unsigned)
    for warning in register.warnings:
        say(f"Take care: {warning}")
    return DONE


def _begins(options: Namespace) -> "Beginning | None":
    """Return what an empty register begins with: from a file, asked on a terminal, or its name alone.

    Raises:
        UsageError: The options contradict each other, or an answer cannot stand.

    """
    if not options.empty:
        if options.name or options.answers:
            msg = "--name and --answers are for a register of another partnership: add --empty."
            raise UsageError(msg)
        return None
    from bscp_tui.model.beginning import AnswerError, beginning

    named = {"name": typed(options.name, field="name", lines=False)} if options.name else {}
    try:
        if options.answers:
            return beginning(_from_file(Path(options.answers)) | named)
        if sys.stdin.isatty() and sys.stderr.isatty():
            return _from_terminal(named)
        return beginning(named)
    except AnswerError as error:
        raise UsageError(str(error)) from None


def _from_file(path: Path) -> dict[str, object]:
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        msg = f"{path} cannot be read: {error.strerror}."
        raise UsageError(msg) from None
    if len(data) > LARGEST:
        msg = f"{path} is larger than answers can be ({LARGEST:,} bytes)."
        raise UsageError(msg)
    try:
        return dict(parse(data))
    except UnreadableError as error:
        msg = f"{path}: {error}"
        raise UsageError(msg) from None


def _from_terminal(named: dict[str, str]) -> "Beginning":
    """Ask question by question; an answer that cannot stand is asked for again."""
    from bscp_tui.model.beginning import QUESTIONS, AnswerError, beginning

    say("A few questions; Enter alone leaves one out, and everything can be changed later.")
    answers: dict[str, object] = dict(named)
    for question in QUESTIONS:
        if question.name in answers or (
            question.name.startswith(("plan_", "prior", "legend")) and "plan" not in answers
        ):
            continue
        while True:
            answer = _answer(question.label, question.hint, several=question.several)
            try:
                beginning(answers | {question.name: answer})
            except AnswerError as error:
                say(str(error))
                continue
            if answer:
                answers[question.name] = answer
            break
    return beginning(answers)


def _answer(label: str, hint: str, *, several: bool) -> str:
    told = f"{label}{f' ({hint})' if hint else ''}"
    if not several:
        return asked(f"{told}: ").strip()
    lines = [asked(f"{told}, one a line, Enter alone ends:\n  ").strip()]
    while lines[-1]:
        lines.append(asked("  ").strip())
    return "\n".join(lines[:-1])
