"""Faults in plain words, with the exit status that each has."""

import errno

from bscp_tui.cli.usage import UsageError
from bscp_tui.history.finding import UnknownEntryError
from bscp_tui.intake.document import IntakeError
from bscp_tui.model.amendment import OvertakenError
from bscp_tui.model.dates import DateError
from bscp_tui.model.filters import FilterError
from bscp_tui.model.reading import ValueReadError
from bscp_tui.model.text import TypedTextError
from bscp_tui.model.view import RefusedChangeError
from bscp_tui.sharing.joining import JoinError
from bscp_tui.sharing.restoring import BackupError
from bscp_tui.store import files
from bscp_tui.store.errors import FolderTakenError, RegisterError, SaveError
from bscp_tui.store.faults import keep
from bscp_tui.store.git import EndedError, GitError
from bscp_tui.store.naming import UnknownReferenceError
from bscp_tui.store.remote import AddressError
from bscp_tui.store.toml_text import UnreadableError

_BAD_INPUT = (
    UsageError,
    UnknownReferenceError,
    UnknownEntryError,
    FilterError,
    DateError,
    TypedTextError,
    ValueReadError,
    FolderTakenError,
    BackupError,
    AddressError,
    IntakeError,
)


def explained(error: Exception) -> tuple[int, str]:
    """Return the exit status and the words for a fault; one that nobody foresaw is kept in a file."""
    if isinstance(error, (RegisterError, UnreadableError)):
        return 3, str(error)
    if isinstance(error, (GitError, EndedError)):
        return 3, f"git could not read the register: {error}"
    if isinstance(error, _BAD_INPUT):
        return 2, str(error)
    if isinstance(error, (RefusedChangeError, OvertakenError, SaveError, JoinError)):
        return 1, str(error)
    if isinstance(error, OSError):
        told = files.refused_by_computer(error)
        if told:
            return (2 if error.errno == errno.ENAMETOOLONG else 3), told
    return 3, f"an unexpected fault ({type(error).__name__}). Nothing was left half done. {keep(error)}"
