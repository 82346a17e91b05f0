"""What kept entries from going or coming, in plain words: what happened, and what to do."""

import re
from dataclasses import dataclass
from typing import NamedTuple

from bscp_tui.model.text import shown
from bscp_tui.store.reaching import NoAnswerError
from bscp_tui.store.remote import without_secret

_MOST_LINES = 8
# What git says on its way that tells a person nothing.
_NOISE = re.compile(
    r"^(To |From |Done$|hint: |warning: redirecting|Please make sure you have the correct access rights$"
    r"|and the repository exists\.$|\(use|Everything up-to-date|remote: (Enumerating|Counting|Compressing|Total)"
    r"|(Enumerating|Counting|Compressing|Writing|Receiving|Resolving|Unpacking) (objects|deltas)|Delta compression"
    r"|Total \d+|error: failed to push some refs|Warning: Permanently added)"
)


@dataclass(frozen=True)
class Problem:
    """Something that kept entries from going or coming.

    Attributes:
        code: A word for programs: "unreachable", "rights", "rewritten", …
        words: What happened.
        advice: What to do.
        said: The other side's own words, cleaned; "" where it said nothing.

    """

    code: str
    words: str
    advice: str
    said: str = ""

    def __str__(self) -> str:
        """Return it as a person is told."""
        said = f" The answer was: {self.said}." if self.said else ""
        return f"{self.words}{said} {self.advice}"


_LATER = "Your entries are safe here; they go when you next send and receive (bscp sync)."


class _Known(NamedTuple):
    """A refusal that is known: what it looks like, and what it means."""

    code: str
    pattern: str
    words: str
    advice: str


_KNOWN = (
    _Known(
        "host-changed",
        r"REMOTE HOST IDENTIFICATION HAS CHANGED",
        "The server that keeps the shared copy shows another host key than before, so it was not talked to.",
        "Ask whoever looks after the server whether its key was changed. Go on only when they say so.",
    ),
    _Known(
        "host-unknown",
        r"Host key verification failed|No (RSA|ECDSA|ED25519) host key is known",
        "The server that keeps the shared copy is not known to this computer yet, so it was not talked to.",
        "Ask for the server's host key and compare it: connect once with ssh by hand, then try again.",
    ),
    _Known(
        "owner",
        r"dubious ownership",
        "The folder of the shared copy belongs to another user of the computer, and git does not open such a folder "
        "unless you say that you trust it.",
        "If you do: git config --global --add safe.directory FOLDER, with the folder that is named in the answer.",
    ),
    _Known(
        "certificate",
        r"SSL certificate|certificate verif|server certificate|TLS",
        "The server of the shared copy could not prove who it is.",
        "Ask your IT service; never switch the check off.",
    ),
    _Known(
        "disk",
        r"No space left on device|Disk quota exceeded|disk is full|unable to write (loose object|file|sha1)",
        "The disk that the shared copy or your own lies on is full.",
        f"Have room made, then try again. {_LATER}",
    ),
    _Known(
        "credentials",
        r"could not read (Username|Password)|terminal prompts disabled|Authentication failed|HTTP 401|error: 401"
        r"|Permission denied \((publickey|password|keyboard)",
        "The server does not know you: git and ssh on this computer have no credentials that it accepts.",
        "Give git your password or token once through its credential helper, or add your key to the ssh agent "
        "(ssh-add); then try again.",
    ),
    _Known(
        "rights",
        r"DENIED|[Pp]ermission denied|error: 403|HTTP 403|not allowed|insufficient permission|Permission to .* denied"
        r"|access denied|read-only|unpacker error",
        "You may not do that on the shared copy.",
        f"Ask its administrator for the right to send. {_LATER}",
    ),
    _Known(
        "refused",
        r"\[remote rejected\]|hook declined|pre-receive",
        "The shared copy refused what you sent.",
        f"Show its answer to the administrator. {_LATER}",
    ),
    _Known(
        "missing",
        r"not appear to be a git repository|[Rr]epository .*not found|does not exist|No such file or directory"
        r"|error: 404|not a git repository",
        "There is no shared copy at that address.",
        "Look at the address (bscp sync --status); a folder on a share must be connected first.",
    ),
    _Known(
        "busy",
        r"cannot lock ref|Unable to create '.*\.lock'|File exists",
        "Another program is at work on the shared copy, or on yours, at this moment.",
        "Wait a moment, then try again; if it stays so, show the answer to the administrator.",
    ),
    _Known(
        "tool",
        r"unable to find remote helper|cannot run|command not found|transport '.*' not allowed",
        "Git on this computer cannot reach an address of that kind.",
        "Ask your IT service for the part of git, or for ssh, that is missing.",
    ),
    _Known(
        "unreachable",
        r"Could not resolve|Connection (refused|timed out|reset|closed)|Network is unreachable|No route to host"
        r"|Failed to connect|unable to access|timed out|Operation too slow|hung up|early EOF"
        r"|Could not read from remote",
        "The shared copy cannot be reached at this moment.",
        f"Are you connected to the network? {_LATER}",
    ),
)


def explained(error: Exception) -> Problem:
    """Return what a refusal of git, or of the other side, means."""
    words = str(error)
    if isinstance(error, NoAnswerError):
        told = f"The shared copy cannot be reached at this moment: {words}."
        return Problem("unreachable", told, f"Are you connected to the network? {_LATER}")
    for known in _KNOWN:
        if re.search(known.pattern, words):
            return Problem(known.code, known.words, known.advice, cleaned(words))
    return Problem("unknown", "It did not work.", f"Show the answer to the administrator. {_LATER}", cleaned(words))


def cleaned(words: str) -> str:
    """Return what git and the other side said, without its noise and without anything that could act."""
    kept = []
    for line in re.split(r"[\r\n]+", without_secret(words)):
        text = re.sub(r"^(fatal|error): ", "", line.removeprefix("remote: ").strip())
        text = re.sub(r"^!\t[^\t]*\t", "", text)
        if text.strip("@-!= ") and not _NOISE.search(text):
            kept.append(shown(text).rstrip("."))
    told = list(dict.fromkeys(kept))
    more = "; …" if len(told) > _MOST_LINES else ""
    return "; ".join(told[:_MOST_LINES]) + more
