"""What the program is at this moment, so that nothing derived by another version of it is ever used."""

import hashlib
import os
import sys
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).parent.parent


@cache
def program_fingerprint() -> str:
    """Return a digest of the program's files as they are installed, of its libraries' folders, and of Python.

    Files are told by name, size and times, not read: a change of any of them changes the digest.
    """
    told = [sys.version, str(PACKAGE)]
    # A library that is installed, removed or replaced changes the folder that it lies in.
    told += [f"{folder} {Path(folder).stat().st_mtime_ns}" for folder in sys.path if folder.endswith("-packages")]
    told += sorted(_sources(os.fspath(PACKAGE)))
    return hashlib.sha256("\n".join(told).encode("utf-8", "surrogateescape")).hexdigest()[:32]


def _sources(folder: str) -> list[str]:
    found = []
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.endswith(".py"):
                facts = entry.stat()
                found.append(f"{entry.path} {facts.st_size} {facts.st_mtime_ns} {facts.st_ctime_ns}")
            elif entry.is_dir() and not entry.name.startswith("_") and entry.name != "starter":
                found += _sources(entry.path)
    return found
