"""Whether a copy holds the whole history, as it was recorded; where not, why it cannot vouch for it."""

import os

from bscp_tui.store.repository import Repository

LACKS = "lacks"  # among what a repository keeps: whether its history was found to lack something


def shortcomings(repository: Repository) -> tuple[str, ...]:
    """Return what keeps this copy from vouching for its history, in sentences; () where nothing does."""
    folder = repository.common_dir
    if folder is None:
        return ()
    found = []
    if (folder / "shallow").exists():
        found.append("it holds only the newest part (a shallow copy); fetch the rest with: git fetch --unshallow")
    if (folder / "info" / "grafts").exists():
        found.append(
            "somebody made it look as if entries followed each other otherwise (info/grafts); that is not read"
        )
    if _replaces(repository):
        found.append("somebody put other entries in place of recorded ones (refs/replace); those are not read")
    if repository.kept.get(LACKS):
        found.append("some of what its entries recorded is missing or damaged here; bscp verify tells what")
    return tuple(found)


def _replaces(repository: Repository) -> bool:
    folder = repository.common_dir
    if folder is None:
        return False
    packed = folder / "packed-refs"
    loose = folder / "refs" / "replace"
    if loose.is_dir() and any(os.scandir(loose)):
        return True
    try:
        return " refs/replace/" in packed.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
