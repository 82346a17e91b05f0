"""Which other records a record names: read from its declaration, rows and tables included."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from bscp_tui.model.fields import Shape, fields_of
from bscp_tui.model.parts import SAID_BACK, Link
from bscp_tui.model.record import Part


@dataclass(frozen=True)
class Named:
    """A record that another names.

    Attributes:
        ref: The named record's full reference.
        field: The field that names it, as in the file.
        label: What the naming record says of it: "leads to".
        inverse: What is said of the naming record, seen from the other end: "follows from".

    """

    ref: str
    field: str
    label: str
    inverse: str


def named_by(part: Part) -> Iterator[Named]:
    """Yield every record that ``part`` names, bodies left out."""
    if isinstance(part, Link):
        yield Named(part.to, "links", part.said, part.said_back)
        return
    for name, shape, label, inverse in _naming(type(part)):
        value = getattr(part, name)
        if not value:
            continue
        if shape is Shape.RECORD:
            yield Named(value, name, label, inverse)
        elif shape is Shape.RECORDS:
            yield from (Named(ref, name, label, inverse) for ref in value)
        else:
            yield from (named for row in value for named in named_by(row))


@cache
def _naming(model: type[Part]) -> tuple[tuple[str, Shape, str, str], ...]:
    """Return the fields that name records, or hold tables that may: (name, shape, label, label from the other end)."""
    found = []
    for name, facts in fields_of(model).items():
        inside = facts.shape is Shape.PARTS and not (facts.part and getattr(facts.part, "stands_alone", False))
        if inside or facts.shape in {Shape.RECORD, Shape.RECORDS}:
            label = facts.label.lower()
            found.append((name, facts.shape, label, _seen_back(label)))
    return tuple(found)


def refs_within(part: Part) -> Iterator[str]:
    """Yield the reference of every record that ``part`` or a row inside it names, rows that are records too."""
    yield from (named.ref for named in named_by(part))
    for name, facts in fields_of(type(part)).items():
        if facts.shape is Shape.PARTS and facts.part and getattr(facts.part, "stands_alone", False):
            yield from (ref for row in getattr(part, name) for ref in refs_within(row))


def _seen_back(label: str) -> str:
    """Return what a field's label says from the other end: "leads to" is "follows from" there."""
    known = SAID_BACK.get(label.replace(" ", "-"))
    if known is not None:
        return known
    # "superseded by" has no noun to be "of"; quoted, it reads as the name of the field.
    return f"“{label}” of" if label.rpartition(" ")[2] in {"by", "of", "to", "from", "for"} else f"{label} of"
