"""Proof lines: a line for the minutes that fixes every entry of a register up to a day."""

import re
from dataclasses import dataclass

MARK = "bscp1"
_SHORT = 12  # digits of an entry's id that the line gives; the tree head names all of it anyway
_LINE = re.compile(
    rf"{MARK}([0-9a-f]{{{_SHORT}}})([0-9]{{1,9}})([0-9a-f]{{{_SHORT}}})([0-9a-f]{{64}})(\d{{4}}-\d\d-\d\d)"
)
# What a word processor makes of a hyphen, or puts into a long word.
_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2212", "-") | dict.fromkeys("\u00ad\u200b\ufeff", ""))


class ProofError(ValueError):
    """Text that holds no proof line."""


@dataclass(frozen=True)
class Proof:
    """What a proof line says.

    Attributes:
        origin: The register: the beginning of its first entry's commit id.
        entries: How many entries it covers.
        version: The register version: the beginning of the last entry's commit id.
        head: The tree head over these entries, in hexadecimal.
        day: The day, by UTC, on which the last of them was recorded, ``2026-07-08``.

    """

    origin: str
    entries: int
    version: str
    head: str
    day: str

    def __str__(self) -> str:
        """Return the line."""
        return f"{MARK} {self.origin} {self.entries} {self.version} {self.head} {self.day}"


def proof_of(first: str, tip: str, entries: int, head: str, day: str) -> Proof:
    """Return the proof of a history, from the ids of its first and last entry."""
    return Proof(first[:_SHORT], entries, tip[:_SHORT], head, day)


def read_proofs(text: str) -> list[Proof]:
    """Return the proof lines in ``text``, however they are wrapped.

    Raises:
        ProofError: It holds none.

    """
    joined = re.sub(r"[\s>|]+", "", text.translate(_DASHES)).lower()
    found = [Proof(match[1], int(match[2]), match[3], match[4], match[5]) for match in _LINE.finditer(joined)]
    if found:
        return found
    if MARK not in joined:
        msg = f"That is no proof line; one begins with {MARK}."
    else:
        msg = (
            "That proof line is not whole. It has six parts: "
            f"{MARK}, origin (12 signs), entries, register version (12), tree head (64), date (2026-07-08)."
        )
    raise ProofError(msg)
