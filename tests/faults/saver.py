"""A small program that records changes, for tests that kill it, starve it or set it against another.

    saver.py FOLDER status REF STATUS          one key action's status, with a reason and evidence
    saver.py FOLDER add SLUG                   a new agency
    saver.py FOLDER many REF TEXT COUNT        COUNT updates, one entry each
    saver.py FOLDER hold                       hold the register for writing until the input ends
    saver.py                                   do each line of its input, a process each (see ``nurse``)

It says "saved COMMIT" or "refused: WHY" on a line each, and ends with 0 or 1.
"""

import json
import os
import sys
from pathlib import Path

from bscp_tui.model.amendment import Amendment, OvertakenError
from bscp_tui.model.view import RefusedChangeError
from bscp_tui.store.errors import RegisterError, SaveError
from bscp_tui.store.locks import Workshop
from bscp_tui.store.register import Register
from bscp_tui.store.toml_text import UnreadableError
from tests.support import PERSON, addition, because, change, opened

REFUSALS = (SaveError, RegisterError, RefusedChangeError, OvertakenError, UnreadableError)


def say(line: str) -> None:
    """Say one line at once, so that a kill cannot take back what was said."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def save(register: Register, amendment: Amendment) -> None:
    """Record one change and say so."""
    entry = register.record(amendment, told=lambda sentence: say(f"waiting: {sentence}"))
    say(f"saved {entry.commit}" if entry else "nothing to save")
    for warning in entry.warnings if entry else ():
        say(f"warning: {warning}")


def hold(register: Register) -> None:
    """Hold the register for writing until standard input ends."""
    with Workshop(register.repository).locked(PERSON.name):
        say("holding")
        sys.stdin.read()


def run(folder: Path, command: str, *arguments: str) -> None:
    """Do what the command line says."""
    register = opened(folder)
    if command == "status":
        ref, status = arguments
        save(register, change(register, ref, because(evidence="Minutes of the group."), status=status))
    elif command == "add":
        save(register, addition(*arguments))
    elif command == "hold":
        hold(register)
    else:
        ref, text, count = arguments
        for number in range(int(count)):
            save(register, change(register, ref, update=f"{text} {number}"))


def main(arguments: list[str]) -> int:
    """Do one command and return the exit status."""
    try:
        run(Path(arguments[0]), *arguments[1:])
    except REFUSALS as refusal:
        say(f"refused: {refusal}")
        return 1
    return 0


def nurse() -> None:
    """Do what each line of the input asks, in a process group of its own, forked with everything loaded.

    A line is [environment, arguments]; the answer is [exit status, what was said], once the last
    process of the group has ended.
    """
    for line in sys.stdin:
        environment, arguments = json.loads(line)
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            os.setsid()
            os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
            os.dup2(writing, 1)
            os.dup2(writing, 2)
            os.closerange(3, 64)
            os.environ.update(environment)
            sys.exit(main(arguments))
        os.close(writing)
        with os.fdopen(reading, encoding="utf-8") as told:
            said = told.read()
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        say(json.dumps([status, said]))


if __name__ == "__main__":
    if sys.argv[1:]:
        sys.exit(main(sys.argv[1:]))
    nurse()
