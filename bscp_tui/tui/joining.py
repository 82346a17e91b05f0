"""Joining a shared copy from the screens: in a new folder, or in place of the person's own register, which is kept."""

import contextlib
import datetime as dt
import tempfile
from pathlib import Path

from bscp_tui.checks.at_the_gate import open_guarded
from bscp_tui.store.errors import RegisterError
from bscp_tui.store.own_register import usual_folder
from bscp_tui.tui.session import Session


def join_here(address: str, folder: Path, today: dt.date) -> tuple[Session, Path | None]:
    """Join the register at ``address`` in ``folder``; for a worker thread.

    Where the folder is the person's own register, that one is put aside under another name and kept whole.

    Returns:
        The open register, and where the earlier own one lies now; None where there was none.

    Raises:
        AddressError: That cannot be an address.
        FolderTakenError: Something else is in the folder.
        RegisterError: The shared copy cannot be reached, or is no register; or the folder cannot be written.

    """
    own = usual_folder()
    aside = None
    if folder == own and own.exists():
        aside = _instead_of(own, address)
    else:
        _join(address, folder)
    return Session(open_guarded(folder, today)), aside


def _instead_of(own: Path, address: str) -> Path:
    """Join in a folder beside the person's own register, then let the two change places; return where that one lies."""
    with tempfile.TemporaryDirectory(prefix=".joining-", dir=own.parent) as place:
        joined = Path(place) / "register"
        _join(address, joined)
        aside = _free(own, dt.datetime.now().astimezone().date())
        own.rename(aside)
        try:
            joined.rename(own)
        except OSError:
            aside.rename(own)
            raise
    _move_memory(own, aside)
    return aside


def _join(address: str, folder: Path) -> None:
    from bscp_tui.sharing.joining import JoinError, join

    try:
        join(address, folder)
    except JoinError as error:
        raise RegisterError(str(error)) from error


def _free(own: Path, day: dt.date) -> Path:
    """Return a name that nothing has yet, for the register that is put aside."""
    names = (own.with_name(f"{own.name}-until-{day}{end}") for end in ("", *(f"-{count}" for count in range(2, 1000))))
    return next(name for name in names if not name.exists())


def _move_memory(own: Path, aside: Path) -> None:
    """Let what was seen of the earlier register be remembered where it lies now: another history lies in its place."""
    from bscp_tui.store.repository import find
    from bscp_tui.trust import seen

    repository = find(aside)
    with contextlib.suppress(OSError):
        known = seen.last_seen(own, "")
        seen.forget(own)
        for one in known[:1]:
            seen.remember(repository.root, one)
