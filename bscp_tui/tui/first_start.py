"""The first start on a computer: who works here, then a register of one's own from the published plan."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from bscp_tui.checks.at_the_gate import open_guarded
from bscp_tui.store import starter
from bscp_tui.store.identity import Identity, known_to_git, remember
from bscp_tui.tui.safe_text import plain
from bscp_tui.tui.screens.simple import IdentityDialog, WaitScreen
from bscp_tui.tui.session import Session

if TYPE_CHECKING:
    from bscp_tui.tui.app import RegisterApp

MAKING = "Making your register from the starter records …"


def begin(app: "RegisterApp", folder: Path) -> None:
    """Ask what git does not know, make the register in ``folder``, show Home."""
    app.push_screen(WaitScreen(plain(MAKING), partial(app.fetch, "making", _who, partial(_known, app, folder))))


def _who() -> Identity | None:
    return known_to_git()


def _known(app: "RegisterApp", folder: Path, person: object) -> None:
    if isinstance(person, Exception):
        app.begun(person)
    elif isinstance(person, Identity):
        app.fetch("making", partial(_make, app, folder, person, asked=False), app.begun)
    else:
        app.push_screen(IdentityDialog(), partial(_asked, app, folder))


def _asked(app: "RegisterApp", folder: Path, person: Identity | None) -> None:
    if person is None:
        app.exit(0)
    else:
        app.fetch("making", partial(_make, app, folder, person, asked=True), app.begun)


def _make(app: "RegisterApp", folder: Path, person: Identity, *, asked: bool) -> Session:
    starter.make(folder, empty=False, today=app.today, person=person)
    register = open_guarded(folder, app.today)
    if asked:
        remember(register.repository, person.name, person.email)
    return Session(register, first_start=True)
