"""Which other records a record names: read from its declaration, rows and tables included."""

from collections.abc import Iterator
from dataclasses import dataclass

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
    for name, facts in fields_of(type(part)).items():
        value = getattr(part, name)
        label = facts.label.lower()
        if facts.shape is Shape.RECORD and value:
            yield Named(value, name, label, _seen_back(label))
        elif facts.shape is Shape.RECORDS:
            yield from (Named(ref, name, label, _seen_back(label)) for ref in value)
        elif facts.shape is Shape.PARTS and not (facts.part and getattr(facts.part, "stands_alone", False)):
            yield from (named for row in value for named in named_by(row))


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
