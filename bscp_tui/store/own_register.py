"""Which register opens where nobody names one: the person's own, or another that they chose once."""

import os
from pathlib import Path

from bscp_tui.store import files
from bscp_tui.store.errors import NoRegisterError

NAME = "own-register"


def own_folder() -> Path:
    """Return where the register lies that opens where nobody names one.

    Raises:
        NoRegisterError: The one that was chosen is not there any more, or not now; nothing else opens in its place.

    """
    own = usual_folder()
    if own != first_folder() and not own.exists():
        msg = (
            f"The register that was chosen to open is not there now: {own}. If it lies on a drive of the network, "
            "connect it first. To open another: bscp --register FOLDER; to go back to your first one, delete the file "
            f"{_place()}."
        )
        raise NoRegisterError(msg)
    return own


def first_folder() -> Path:
    """Return where the register lies that the first start makes."""
    return _data() / "register"


def usual_folder() -> Path:
    """Return the folder that was chosen to open, else the first one, whether it is there or not."""
    try:
        told = os.fsdecode(_place().read_bytes()).strip()
    except OSError:
        return first_folder()
    return Path(told) if Path(told).is_absolute() else first_folder()


def choose(folder: Path) -> None:
    """Let the register in ``folder`` open from now on where nobody names one.

    Raises:
        OSError: That cannot be kept.

    """
    if folder == first_folder():
        _place().unlink(missing_ok=True)
        return
    files.replace(_place(), os.fsencode(folder) + b"\n", _place().with_suffix(".new"))


def _place() -> Path:
    return _data() / NAME


def _data() -> Path:
    import platformdirs

    return platformdirs.user_data_path("bscp", appauthor=False)
