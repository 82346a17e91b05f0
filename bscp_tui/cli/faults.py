"""Faults in plain words, with the exit status that each has."""

import datetime as dt
from pathlib import Path

from bscp_tui.model.amendment import OvertakenError
from bscp_tui.model.dates import DateError
from bscp_tui.model.filters import FilterError
from bscp_tui.model.reading import ValueReadError
from bscp_tui.model.text import TypedTextError
from bscp_tui.model.view import RefusedChangeError
from bscp_tui.store.errors import FolderTakenError, RegisterError, SaveError
from bscp_tui.store.git import GitError
from bscp_tui.store.snapshot import UnknownReferenceError
from bscp_tui.store.toml_text import UnreadableError


class UsageError(ValueError):
    """The command was given something that it cannot use; the message says what is allowed."""


_BAD_INPUT = (
    UsageError,
    UnknownReferenceError,
    FilterError,
    DateError,
    TypedTextError,
    ValueReadError,
    FolderTakenError,
)


def explained(error: Exception) -> tuple[int, str]:
    """Return the exit status and the words for a fault; one that nobody foresaw is kept in a file."""
    if isinstance(error, (RegisterError, UnreadableError)):
        return 3, str(error)
    if isinstance(error, GitError):
        return 3, f"git could not read the register: {error}"
    if isinstance(error, _BAD_INPUT):
        return 2, str(error)
    if isinstance(error, (RefusedChangeError, OvertakenError, SaveError)):
        return 1, str(error)
    return 3, f"an unexpected fault ({type(error).__name__}). Nothing was left half done. {_kept(error)}"


def _kept(error: Exception) -> str:
    """Keep where a fault arose, without any text of records, for those who mend the program."""
    import traceback

    import platformdirs

    frames = traceback.extract_tb(error.__traceback__)
    lines = [f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames]
    folder = platformdirs.user_state_path("bscp", appauthor=False)
    path = folder / f"fault-{dt.datetime.now(tz=dt.UTC):%Y%m%d-%H%M%S}.txt"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join([type(error).__name__, *lines]) + "\n", encoding="utf-8")
    except OSError:
        return "What happened could not be kept in a file either."
    return f"What happened is kept in {path}; please send it to those who look after the program."
