"""Putting together what the end of a page cut in two: sentences go on, items of a list do not."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bscp_tui.intake.document import Cell

# A line that ends so goes on; the words that nothing ends with.
_GOES_ON = re.compile(
    r"(?:[,/&(–-]|\b(?:and|or|of|to|in|for|the|a|an|with|by|on|at|from|that|which|who|whom|whose|their|its|into|as|"
    r"between|through|is|are|be|been|was|were|will|has|have|than|such|via|per|under|within|about|this|these|both))$",
    re.IGNORECASE,
)
_ENDS = re.compile(r"[.!?:;)\]”\"’']$")
_BEGINS_ITEM = re.compile(r"\(?\d{1,2}[.)]\s|[•▪◦–-]\s|(?:K\.?\s?A|Operational Lead|Senior Responsible)", re.IGNORECASE)
# A compound that the end of a line parts: "Sub-" and "Group".
_HYPHEN = re.compile(r"[^\W\d_]-$")
_OFFICER = re.compile(r"responsible\s+\w+\s*:\s*[A-Z]\S+\s+[A-Z]\S+$", re.IGNORECASE)
_DATE = re.compile(r"\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b|\d{4}-\d{2}-\d{2}")


@dataclass(slots=True)
class Joined:
    r"""A cell's text, whole.

    Attributes:
        text: Its lines ("\n").
        broken: Whether it runs over from one row of the document to the next.
        doubt: What a person should look at where it does; None where the words leave no doubt.
        colour: Its background.
        unread: Why a part of it could not be read.

    """

    text: str
    broken: bool = False
    doubt: str | None = None
    colour: str | None = None
    unread: str | None = None


NOTHING = Joined("")


def whole(cell: Cell) -> Joined:
    """Return the text of a cell that stands in one row."""
    if not cell.text and not cell.colour and not cell.unread:
        return NOTHING
    return Joined(cell.text, colour=cell.colour or None, unread=cell.unread or None)


def joined(pieces: Sequence[str], *, listed: bool, colour: str | None = None, unread: str | None = None) -> Joined:
    """Return the text of a cell that runs over several rows.

    Args:
        pieces: What each row holds of it, from the top.
        listed: Whether the cell holds a list, whose items may be begun without a full stop before them.
        colour: Its background.
        unread: Why a part of it could not be read.

    """
    kept = [piece for piece in pieces if piece]
    if not kept:
        return Joined("", colour=colour, unread=unread)
    text, doubt = kept[0], None
    for piece in kept[1:]:
        text, guessed = _joined(text, piece, listed=listed)
        doubt = doubt or guessed
    return Joined(text, len(kept) > 1, doubt, colour, unread)


def _joined(before: str, after: str, *, listed: bool) -> tuple[str, str | None]:
    last, first = before.rpartition("\n")[2].rstrip(), after.partition("\n")[0]
    if _BEGINS_ITEM.match(first) and not _is_open(last):
        return f"{before}\n{after}", None
    if _DATE.match(first) and _DATE.search(last):
        return f"{before}\n{after}", None
    if _HYPHEN.search(last) and first[:1].isalpha():
        return before.rstrip() + after, None
    if _is_open(last) or first[:1].islower() or first[:1] in ")],;" or _GOES_ON.search(last):
        return f"{before.rstrip()} {after}", None
    if _ENDS.search(last) or _OFFICER.search(last):
        return f"{before}\n{after}", None
    if listed:
        return f"{before}\n{after}", f"“{_end(last)}” and “{_start(first)}” were taken for two items"
    return f"{before.rstrip()} {after}", f"“{_end(last)}” was joined with “{_start(first)}”"


def _is_open(line: str) -> bool:
    return line.count("(") > line.count(")")


def _end(text: str) -> str:
    return text if len(text) < 30 else f"…{text[-28:]}"


def _start(text: str) -> str:
    return text if len(text) < 30 else f"{text[:28]}…"
