"""``bscp init``: make a register."""

from argparse import Namespace
from pathlib import Path

from bscp_tui.cli.main import DONE, say
from bscp_tui.cli.opening import person_of, today_of
from bscp_tui.model.text import typed
from bscp_tui.store import signing, starter
from bscp_tui.store.register import open_register


def run_init(options: Namespace) -> int:
    """Make a register in a new folder."""
    folder = Path(options.folder).expanduser().absolute()
    name = typed(options.name, field="name", lines=False) if options.name else None
    person = person_of(Path.cwd())
    today = today_of(options)
    starter.make(folder, empty=options.empty, today=today, person=person, name=name)
    register = open_register(folder, today)
    print(f"Made the register of {register.snapshot().settings.name} in {folder}")
    if person is None:
        say("Its first entries are the program's own, since git does not know your name yet.")
    unsigned = signing.once_told()
    if unsigned is not None:
        say(unsigned)
    for warning in register.warnings:
        say(f"Take care: {warning}")
    return DONE
