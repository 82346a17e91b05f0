"""A copy whose branch names no entry although there were some: not a new register, but a damaged one.

A power cut can leave the small file that names a branch's newest entry empty, or filled with zeros. Git takes
such a branch for one that was never begun, and the next entry would begin a second history beside the first.
"""

import re
from pathlib import Path

from bscp_tui.store.errors import RegisterError

_MOVED = re.compile(r"^[0-9a-f]{40} ([0-9a-f]{40}) ", re.MULTILINE)
_NOTHING = "0" * 40
WHAT_TO_DO = (
    "Nothing was changed. Make a whole copy: from the shared one (bscp join), or from a backup (bscp restore). "
    "bscp verify tells what is damaged."
)


def refuse(git_dir: Path | None, common_dir: Path | None, branch: str | None) -> None:
    """Refuse a copy in which git found no newest entry, if there was one.

    Args:
        git_dir: The copy's git folder; None where there is none.
        common_dir: The one that it shares with other copies.
        branch: The branch that is checked out, None where it is no branch.

    Raises:
        RegisterError: There was one; the message names the last that is known.

    """
    if git_dir is None:
        return
    named = branch or "HEAD"
    place = (common_dir or git_dir) / named if branch else git_dir / named
    last = _last((common_dir or git_dir) / "logs" / named) or _last(git_dir / "logs" / "HEAD")
    if last is None and not place.is_file():
        return
    known = f" The last one that is known here is {last[:12]}: git update-ref {named} {last}" if last else ""
    msg = (
        f"the history cannot be read: {place} should name the newest entry, and does not; it is missing or damaged. "
        "Nothing was changed. Whoever looks after the register puts it right with git, or makes a whole copy "
        f"(bscp join, bscp restore).{known}"
    )
    raise RegisterError(msg)


def _last(log: Path) -> str | None:
    """Return the entry to which git's own record says that a branch moved last."""
    try:
        moved = _MOVED.findall(log.read_text(encoding="utf-8", errors="replace"))
    except OSError:
        return None
    return next((commit for commit in reversed(moved) if commit != _NOTHING), None)
