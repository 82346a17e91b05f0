"""Redaction: what had to be removed from the history, told in the open, by administrators.

What never should have been recorded can be removed only by writing the history anew from there
on. Each entry that was written anew names the one that it stands for (``Signed-Again``) and is
signed by an administrator; a later entry of an administrator gives the notice (``Redaction``). Older
proof lines then say *redacted* instead of *does not match*.
"""

import re

from bscp_tui.model.entry import trailers_of
from bscp_tui.store.raw_history import RawCommit

AGAIN, NOTICE = "Signed-Again", "Redaction"


def stands_for(commit: RawCommit) -> str | None:
    """Return the id of the commit that this one was written anew from; None where it was not."""
    named = trailers_of(commit.message).get(AGAIN, [])
    return named[0] if len(named) == 1 and re.fullmatch(r"[0-9a-f]{40}", named[0]) else None


def notice(commit: RawCommit) -> str | None:
    """Return what an entry says was redacted, and by whose decision; None where it gives no notice."""
    told = trailers_of(commit.message).get(NOTICE, [])
    return told[0] if len(told) == 1 else None
