"""One record, or one row inside it, where it stands: what lists, details and rules look at."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from bscp_tui.model.fields import FieldFacts, Shape, fields_of
from bscp_tui.model.record import Kind, Part

if TYPE_CHECKING:
    from bscp_tui.model.gates import Gate
    from bscp_tui.model.settings import Settings


class Lookup(Protocol):
    """The register around a record, as far as derived values need it."""

    @property
    def today(self) -> dt.date:
        """What counts as today."""

    def name_of(self, slug: str) -> str:
        """Return the name of an agency, group or person; the slug itself if it is unknown."""

    def knows(self, ref: str) -> bool:
        """Whether a record of that full reference has a file."""

    @property
    def settings(self) -> "Settings":
        """What the register says of itself: rules, calendar, clocks."""

    def view(self, ref: str) -> "View | None":
        """Return the readable record or row of that full reference, None if there is none."""

    def name_matches(self, slug: str, text: str) -> bool:
        """Whether ``text`` is a body's or theme's reference, name, short name or other spelling."""

    def of_kind(self, name: str) -> "Sequence[View]":
        """Return the readable records of a kind, by its name, withdrawn ones left out."""

    def linking(self, ref: str) -> "Sequence[View]":
        """Return the records and rows that name ``ref``."""

    @property
    def gate(self) -> "Gate | None":
        """What looks at a change before it is recorded; None where nothing does."""

    def on(self, day: dt.date | None) -> "Lookup":
        """Return the register as it stood at the end of a past day; itself where it did not stand then."""


class RefusedChangeError(ValueError):
    """A change that a rule forbids; the message says which and what to do."""

    def __init__(self, message: str, *, field: str | None = None, allowed: tuple[str, ...] = ()) -> None:
        """Keep the field and what is allowed beside the message."""
        super().__init__(message)
        self.field = field
        self.allowed = allowed


@dataclass(frozen=True)
class Circumstances:
    """Why and when a change was made.

    Attributes:
        reason: In the person's words.
        effective: The day on which it became true.
        evidence: What shows it, or None.
        decided_at: The meeting that decided it, or None.
        according_to: For a target that was misprinted: the source that says so. None for any other change.
        privacy_reason: Why texts that look like somebody's particulars may stand, None where none do.
        as_published: Whether it takes over what a document says: that is kept as it stands there, and asked about.

    """

    reason: str | None
    effective: dt.date
    evidence: str | None = None
    decided_at: str | None = None
    according_to: str | None = None
    privacy_reason: str | None = None
    as_published: bool = False


@dataclass(frozen=True, eq=False)
class View:
    """A record, or a row of one, in its place.

    Attributes:
        kind: Its declaration.
        ref: Its full reference, ``2025-27/4.1.3``.
        path: Its file, relative to the repository.
        item: Its fields.
        names: What its path says: ``{"plan": "2025-27", "number": "4.1"}``.
        register: The register around it.
        parent: The record that holds it, for a row.
        inside: Its place in the file: ``()`` for a record, ``("key_actions", "#k7qx")`` for a row.
        mark: "not yet recorded" where the working file differs from the last entry, else None.

    """

    kind: Kind
    ref: str
    path: str
    item: Part
    names: Mapping[str, str]
    register: Lookup
    parent: "View | None" = None
    inside: tuple[str, ...] = ()
    mark: str | None = None

    @property
    def today(self) -> dt.date:
        """What counts as today."""
        return self.register.today

    @property
    def title(self) -> str:
        """Its title."""
        return str(getattr(self.item, "title", ""))

    @property
    def withdrawn(self) -> bool:
        """Whether it, or what holds it, was withdrawn."""
        if vars(self.item).get("withdrawn") is not None:  # no attribute: of those that are missing it is asked most
            return True
        return self.parent is not None and self.parent.withdrawn

    def name_of(self, slug: str) -> str:
        """Return the name of an agency, group or person."""
        return self.register.name_of(slug)

    def field(self, name: str) -> FieldFacts | None:
        """Return the declaration of a stored field."""
        return fields_of(type(self.item)).get(name)

    def has(self, name: str) -> bool:
        """Whether there is such a field or derived value."""
        return name in _PLACE or self.field(name) is not None or name in self.item.derivations

    def value(self, name: str) -> object:
        """Return a stored field, a derived value, or its ``ref``, ``kind`` or ``path``."""
        if name in _PLACE:
            return {"ref": self.ref, "kind": self.kind.name, "path": self.path, "mark": self.mark}[name]
        if self.field(name) is not None or name == "title":
            return getattr(self.item, name, None)
        derive = self.item.derivations.get(name)
        return None if derive is None else derive(self.item, self)

    def facts(self) -> dict[str, object]:
        """Return every field and derived value by name, with ``ref``, ``kind`` and ``path`` first.

        ``target`` is the row's own or the one that it shares; ``target_from`` says which.
        """
        facts: dict[str, object] = {"ref": self.ref, "kind": self.kind.name, "path": self.path}
        facts |= self.item.model_dump(mode="python")
        facts["title"] = self.title
        facts |= {name: derive(self.item, self) for name, derive in self.item.derivations.items()}
        if facts.get("target") is None and facts.get("original_target") is not None:
            facts["target"] = facts["original_target"]
        facts["mark"] = self.mark
        return facts

    def shape(self, name: str) -> Shape | None:
        """Return the shape of a stored field, or that in which a derived value is told; None where it has none."""
        facts = self.field(name)
        return facts.shape if facts else self.item.told_as.get(name)


_PLACE = frozenset({"ref", "kind", "path", "mark"})
