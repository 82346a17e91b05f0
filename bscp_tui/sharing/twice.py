"""A record that was added twice under one reference: both are kept, the one sent later under another reference."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from bscp_tui.model.document import Document, new_item_id
from bscp_tui.model.fields import Shape, fields_of
from bscp_tui.model.kinds import place_of
from bscp_tui.model.record import Kind, Part
from bscp_tui.store.repository import Repository
from bscp_tui.store.toml_text import UnreadableError, edited, parse

_REFERRING = frozenset({Shape.BODY, Shape.BODIES, Shape.RECORD, Shape.RECORDS})


@dataclass(frozen=True)
class Renaming:
    """A record's other reference.

    Attributes:
        path: Its file now.
        refs: The old and the new reference.
        names: What its path says now, for the fields that say the same.
        model: Its declaration.

    """

    path: str
    refs: tuple[str, str]
    names: dict[str, str]
    model: type[Part]

    def in_record(self, data: bytes) -> bytes:
        """Return the record's file with its own number or name as it is now."""
        return _edited(data, self.model, self._renumbered)

    def in_links(self, data: bytes, before: bytes | None, model: type[Part]) -> bytes:
        """Return another record's file; references that were not there ``before`` name the record as it is now."""
        try:
            old = parse(before) if before is not None else {}
        except UnreadableError:
            return data
        return _edited(data, model, lambda document: self._linked(document, model, old))

    def _renumbered(self, document: Document) -> Document:
        return {key: self.names.get(key, value) if isinstance(value, str) else value for key, value in document.items()}

    def _linked(self, value: Any, model: type[Part] | None, old: Any) -> Any:
        facts = fields_of(model) if model is not None else {}
        result = {}
        for key, inner in value.items():
            known = facts.get(key)
            was = old.get(key) if isinstance(old, dict) else None
            result[key] = self._value(inner, known, was) if known is not None else inner
        return result

    def _value(self, value: Any, facts: Any, was: Any) -> Any:
        if facts.shape in _REFERRING:
            if isinstance(value, list):
                kept = was if isinstance(was, list) else []
                return [self.refs[1] if one == self.refs[0] and one not in kept else one for one in value]
            return self.refs[1] if value == self.refs[0] and was != value else value
        if facts.shape is Shape.PART and isinstance(value, dict):
            return self._linked(value, facts.part, was)
        if facts.shape is Shape.PARTS and isinstance(value, list):
            rows = {row.get("id"): row for row in was if isinstance(row, dict)} if isinstance(was, list) else {}
            return [
                self._linked(row, facts.part, rows.get(row.get("id"))) if isinstance(row, dict) else row
                for row in value
            ]
        return value


def renamed(repository: Repository, path: str, data: bytes, taken: Callable[[str], bool]) -> Renaming | None:
    """Return a free reference for the record at ``path``; None where its kind has only one place.

    Args:
        repository: The register.
        path: Where the record was to lie.
        data: What it holds.
        taken: Whether a file lies at a path.

    """
    inner = repository.inner(path)
    place = place_of(inner) if inner is not None else None
    if place is None or data == b"":
        return None
    kind, names = place
    for others in _names(kind, names):
        another = repository.prefix + (kind.where or "").format(**others)
        if kind.names_in(another.removeprefix(repository.prefix)) == others and not taken(another):
            refs = kind.reference.format(**names), kind.reference.format(**others)
            return Renaming(
                another, refs, {key: others[key] for key in others if others[key] != names[key]}, kind.model
            )
    return None


def _names(kind: Kind, names: dict[str, str]) -> Iterator[dict[str, str]]:
    """Yield what a path may say instead: the next number, another drawn code, the name with a number behind it."""
    wanted = re.findall(r"\{(\w+)\}", kind.where or "")
    if not wanted:
        return
    last = wanted[-1]
    for count in range(2, 1000):
        if "code" in wanted:
            code = new_item_id().upper()
            yield {**names, "block": code[:2], "code": code}
        elif re.fullmatch(r"[0-9.]+", names[last]):
            head, dot, number = names[last].rpartition(".")
            yield {**names, last: f"{head}{dot}{int(number) + count - 1}"}
        else:
            yield {**names, last: f"{names[last][:36]}-{count}"}


def _edited(data: bytes, model: type[Part], change: Callable[[Document], Document]) -> bytes:
    try:
        return edited(data, change(parse(data)), model)
    except UnreadableError:
        return data
