"""The file in which a publishing is remembered; told apart from what is in it, to be opened soon.

Nothing is loaded here that a look at the pages does without.
"""

import hashlib
from pathlib import Path

from bscp_tui.store.derived import DamagedError, Derived, Shelf, open_derived
from bscp_tui.store.fingerprint import program_fingerprint
from bscp_tui.store.repository import Repository
from bscp_tui.store.stamps import unpacked
from bscp_tui.store.standing import stamped

FORMAT = "3"
STATE, COLUMNS, PIECES = Shelf("state", str), Shelf("columns", str), Shelf("pieces", str)
ROWS, SITES = Shelf("rows", str), Shelf("sites", str)


def open_memory(repository: Repository, audience: str) -> Derived:
    """Open the file of a register for an audience; what another version of the program remembered is thrown away."""
    version = f"{FORMAT} {program_fingerprint()}"
    return open_derived(repository, f"pages-{audience}.sqlite", version, (STATE, COLUMNS, PIECES, ROWS, SITES))


def sum_of(row: bytes) -> bytes:
    """Return what tells the stamps that are remembered of a site from any others."""
    return hashlib.blake2b(row, digest_size=16).digest()


def look(repository: Repository, audience: str, folder: Path) -> tuple[bytes, set[str]] | None:
    """Look at every page of a site; return those that have not the stamp that is remembered, and what that was told by.

    None where that cannot be told.
    """
    memory = open_memory(repository, audience)
    try:
        row = memory.get(SITES, str(folder)) or b""
        looks = stamped(str(folder), "")
        return sum_of(row), {name for name, (stamp, _) in unpacked(row).items() if looks.get(name) != stamp}
    except (DamagedError, ValueError, OSError):
        return None
    finally:
        memory.close()
