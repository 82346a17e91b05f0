"""Cells that name who leads: officers by label, leads by key action, those still to be agreed, joint ones."""

import re
from dataclasses import dataclass

from bscp_tui.intake.bodies import Bodies, Found

_SRO = re.compile(r"\b(?:senior\s+responsible\s+(?:officer|owner)|SRO)\s*:\s*", re.IGNORECASE)
_NEXT = re.compile(r"\n|\s{2,}|(?=\b(?:operational|action)\s+lead)", re.IGNORECASE)
_WIDE = re.compile(r"\s{2,}")
_NO_NUMBERS = re.compile(r"\d{1,2}|\band\b|[\s,;&.]")
_LABEL = re.compile(r"\b(?:operational\s+|action\s+|strategic\s+)?leads?(?:\s+officer)?\s*:\s*", re.IGNORECASE)
_ACTIONS = re.compile(r"\(\s*(?:K\.?\s?A\.?s?|key\s+actions?|actions?)\s*[:.]?\s*([^()]*)\)", re.IGNORECASE)
_RANGE = re.compile(r"(\d{1,2})\s*(?:to|-|–)\s*(\d{1,2})")
# The marks before it are looked at from the first of them only: a long row of them would take minutes.
_OPEN = re.compile(
    r"(?<![\s:,(-])[\s:,(-]*+\b(?:to be (?:agreed|confirmed|appointed)|t\.?b\.?[ac]\.?)\b\)?\s*", re.IGNORECASE
)
_WITH = re.compile(
    r"\s+(?:in (?:collaboration|partnership|conjunction) with|supported by|jointly with)\s+(?:the\s+)?", re.IGNORECASE
)
# Two bodies in one name: what stands before "and" ends as a body's name does.
_TWO = re.compile(r"\b(?:board|group|trust|council|service|partnership|police|team)\s+and\s+[A-Z]", re.IGNORECASE)


@dataclass(frozen=True)
class LeadRead:
    """One lead, as a cell names it.

    Attributes:
        text: As written.
        party: The body; None for a post that is to be agreed.
        post: The post, where there is no body.
        to_be_agreed: Whether nobody holds it yet.
        numbers: The key actions that it leads; none where the cell gives none.
        note: What else is said of it.
        doubt: What is unsure.

    """

    text: str
    party: Found | None = None
    post: str | None = None
    to_be_agreed: bool = False
    numbers: tuple[int, ...] = ()
    note: str | None = None
    doubt: str | None = None


def officer_in(text: str) -> tuple[str | None, str]:
    """Return the senior responsible officer that a cell names, and the rest of the cell."""
    label = _SRO.search(text)
    if label is None:
        return None, text
    after = text[label.end() :].lstrip()
    stop = _NEXT.search(after)
    name = after[: stop.start()] if stop else after
    rest = text[: label.start()] + "\n" + (after[stop.end() :] if stop else "")
    return " ".join(name.split()).strip(" ,;") or None, rest.strip()


def leads_in(text: str, place: str, bodies: Bodies, unsure: str | None = None) -> list[LeadRead]:
    """Return the leads that a cell names; those that the register does not know are proposed as new bodies.

    Args:
        text: The cell, without the senior responsible officer.
        place: Where it stands in the document.
        bodies: Finds bodies, and proposes new ones.
        unsure: What is doubtful about the cell, so that what is proposed from it is doubtful too.

    """
    whole = _WIDE.sub("\n", _LABEL.sub("\n", text))
    whole = _ACTIONS.sub(lambda found: f"{found[0]}\n", whole)
    found: list[LeadRead] = []
    for line in (" ".join(line.split()).strip(" ;,") for line in whole.split("\n")):
        if any(map(str.isalnum, line)):  # a stroke or a dash between two names is nobody
            found += _lead(line, place, bodies, unsure)
    return found


def _lead(line: str, place: str, bodies: Bodies, unsure: str | None) -> list[LeadRead]:
    marks = _ACTIONS.search(line)
    numbers, doubt = _numbers(marks[1]) if marks else ((), None)
    name = _ACTIONS.sub("", line).strip(" ,;:-–")
    if _OPEN.search(name):
        post = _OPEN.sub(" ", name).strip(" ,;:-–")
        return [LeadRead(line, None, post or None, to_be_agreed=True, numbers=numbers, doubt=doubt)]
    if not name:
        return [LeadRead(line, numbers=numbers, doubt="no name stands before the numbers of the key actions")]
    name, partner = _parted(name)
    note = f"With: {partner}." if partner else None
    names = bodies.split(name)
    if len(names) == 1 and _TWO.search(name) and bodies.known(name) is None:
        names, doubt = re.split(r"(?<=[a-z])\s+and\s+(?=[A-Z])", name, maxsplit=1), f"“{name}” was taken for two bodies"
    reads = []
    for each in names:
        who = bodies.found(each, place, unsure=unsure)
        reads.append(LeadRead(line, who, None, False, numbers, note, doubt or who.doubt))  # noqa: FBT003
    return reads


def _parted(name: str) -> tuple[str, str | None]:
    parts = _WITH.split(name, maxsplit=1)
    return parts[0], parts[1] if len(parts) > 1 else None


def _numbers(text: str) -> tuple[tuple[int, ...], str | None]:
    """Return the key actions that "1,4,5 and 6" or "2to7" names, and what is unsure."""
    numbers: list[int] = []
    rest = text
    doubt = None
    for span in _RANGE.finditer(text):
        first, last = int(span[1]), int(span[2])
        if first < last <= first + 30:
            numbers += range(first, last + 1)
            if not re.search(r"\d\s+to\s+\d|[-–]", span[0]):
                doubt = f"“{text.strip()}” was read as {first} to {last}"
        rest = rest.replace(span[0], " ")
    numbers += [int(each) for each in re.findall(r"\d{1,2}", rest)]
    left = _NO_NUMBERS.sub("", rest)
    if left:
        doubt = f"“{text.strip()}” holds more than numbers of key actions"
    return tuple(sorted(set(numbers))), doubt
