"""``bscp backup`` and ``bscp restore``: a register in one file, and back."""

from argparse import Namespace
from pathlib import Path

from bscp_tui.checks.at_the_gate import open_guarded
from bscp_tui.cli.main import DONE, say
from bscp_tui.cli.opening import register_of, today_of
from bscp_tui.model.text import one_line
from bscp_tui.sharing import backup, restoring
from bscp_tui.tui import drafts


def run_backup(options: Namespace) -> int:
    """Write the register, with what is typed and not recorded, into one file that was restored once on trial."""
    register = register_of(options)
    kept = drafts.all_of(str(register.repository.folder))
    typed = [backup.Typed(one.ref, one.dialog, dict(one.values)) for one in kept]
    file = Path(options.file).expanduser().absolute()
    contents = backup.make(register, file, typed)
    print(f"{file}: {_said(contents, len(typed))}. It was restored once on trial, and is whole.")
    say("The key that signs your entries is not in it: on a new computer a new key is made, and put on the roster.")
    return DONE


def run_restore(options: Namespace) -> int:
    """Make the register of a backup in a new folder, and keep what was typed for it again."""
    folder = Path(options.folder).expanduser().absolute()
    contents, typed = restoring.restore(Path(options.file), folder)
    register = open_guarded(folder, today_of(options))
    for one in typed:
        drafts.keep(str(register.repository.folder), one.ref, one.dialog, one.values)
    print(f"{folder}: {_said(contents, len(typed))}, as at {contents.made}.")
    if contents.address:
        say(f"Its shared copy is {one_line(contents.address)}; “bscp sync” receives what others sent since.")
    return DONE


def _said(contents: backup.Contents, typed: int) -> str:
    """Say what is in a backup."""
    told = [f"the register of {one_line(contents.name)}, {contents.entries:,} entries"]
    if contents.edited:
        told.append(_counted(len(contents.edited), "file", "edited by hand and not recorded"))
    if typed:
        told.append(_counted(typed, "change", "typed and not recorded"))
    return ", ".join(told)


def _counted(count: int, what: str, how: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'} {how}"
