"""The file in which records and the stamps of working files are kept; told apart from what is in it, to be opened soon.

Nothing is loaded here that a look at the working files does without.
"""

from bscp_tui.store.derived import DamagedError, Derived, Shelf, open_derived
from bscp_tui.store.fingerprint import program_fingerprint
from bscp_tui.store.repository import Repository
from bscp_tui.store.stamps import Stamped, unpacked

RECORDS, FILES = Shelf("records", str), Shelf("files", str)
STAMPS = "stamps"  # what tells the working files, on the shelf of files


def open_kept(repository: Repository) -> Derived:
    """Open the file of a register, or begin it."""
    return open_derived(repository, "records.sqlite", program_fingerprint(), (RECORDS, FILES))


def stamps_in(kept: Derived) -> dict[str, Stamped]:
    """Return what is kept of the working files; what is damaged is thrown away."""
    try:
        return unpacked(kept.get(FILES, STAMPS) or b"")
    except (DamagedError, ValueError):
        kept.discard()
        return {}
