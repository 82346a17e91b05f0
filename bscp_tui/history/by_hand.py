"""What a change that was made past the program takes from a record: a value that counts, and nobody says why."""

from dataclasses import dataclass
from enum import Enum
from functools import cache

from pydantic import BaseModel

from bscp_tui.history.entries import FileChanges, LedgerEntry
from bscp_tui.model.fields import BODY_KINDS, FieldFacts, Shape, fields_of
from bscp_tui.model.kinds import place_of
from bscp_tui.model.record import FieldPath

_TEXTS = frozenset({Shape.LINE, Shape.LONG, Shape.LINES})
_TABLES = frozenset({Shape.PART, Shape.PARTS})


class Breach(Enum):
    """What is lost by it."""

    UNEXPLAINED = "a value that counts is another, and no reason is recorded"
    OVERWRITTEN = "what stays for ever was overwritten: a first target, a revision"


@dataclass(frozen=True)
class _Place:
    """What a change lies in: the field, whether it is a whole row or table, and whether its part keeps revisions."""

    facts: FieldFacts
    whole: bool
    timed: bool
    lasting: bool


def is_notable(entry: LedgerEntry) -> bool:
    """Whether an entry is one to ask about again: it contradicts itself, deleted a record, or may be such a change."""
    if entry.contradictions or any(file.new is None for file in entry.files):
        return True
    return entry.is_outside and entry.reason is None and any(map(_may_count, entry.files))


def _may_count(file: FileChanges) -> bool:
    """Whether a file may hold such a change; where its kind is not known here, who asks again decides it."""
    if file.old is None:
        return False
    found = place_of(file.path) or place_of(file.path.partition("/")[2])
    return found is None or any(
        change.field and breach(found[0].model, change.place, change.old) is not None for change in file.changes
    )


def breach(model: type[BaseModel], place: FieldPath, old: object) -> Breach | None:
    """Return what is lost by a change by hand; None for what is only filled in, and for words.

    Args:
        model: The class of the record.
        place: Where in its document.
        old: The value before; None where there was none.

    """
    names = tuple(step for step in place if not step.startswith("#"))
    where = _place(model, names, whole=place[-1].startswith("#"))
    if where is None:
        return None
    if where.timed and old is not None:
        return Breach.OVERWRITTEN
    if where.lasting:
        return Breach.OVERWRITTEN if old is not None else None
    if where.whole:
        return Breach.UNEXPLAINED if old is not None or _names_bodies(where.facts.part) else None
    if where.facts.shape in _TABLES or where.facts.shape in _TEXTS or old is None or where.facts.name == "id":
        return None
    return Breach.UNEXPLAINED


@cache
def _place(model: type[BaseModel], names: tuple[str, ...], *, whole: bool) -> _Place | None:
    part: type[BaseModel] | None = model
    facts: FieldFacts | None = None
    owner, lasting = model, False
    for name in names:
        facts = fields_of(part).get(name) if part is not None else None
        if facts is None or part is None:
            return None
        owner, part = part, facts.part
        lasting = lasting or bool(getattr(part, "lasting", False))
    if facts is None:
        return None
    timed = not whole and facts.name == "target" and facts.shape is Shape.DAY and "revisions" in fields_of(owner)
    return _Place(facts, whole or (facts.shape in _TABLES), timed, lasting)


def _names_bodies(part: type[BaseModel] | None) -> bool:
    """Whether a row of the table names who answers for something."""
    return part is not None and any(
        facts.shape in {Shape.BODY, Shape.BODIES} and facts.kinds == BODY_KINDS for facts in fields_of(part).values()
    )
