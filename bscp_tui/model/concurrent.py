"""What an entry's message says of a field that several people gave a value at the same time.

The line stays in the history for good, so that the value that was not kept does too:
``status: "complete" not kept (Alice Able, 2026-07-01T12:05:00Z, entry 7f3k-92qm); "deferred" kept (…); before: …``.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from bscp_tui.model.document import Document, by_key, row_name
from bscp_tui.model.entry import as_json
from bscp_tui.model.record import FieldPath

TRAILER = "Concurrent"
WHOLE_FILE = "file"


@dataclass(frozen=True)
class Given:
    """One of the values: whether it was kept, and who gave it, when, in which entry."""

    value: object
    kept: bool
    who: str


@dataclass(frozen=True)
class Concurrent:
    """A field that several people gave a value at the same time.

    Attributes:
        field: In full, ``key_actions.3.status``; "file" for a file as a whole.
        given: The values.
        before: The value that they all began with.

    """

    field: str
    given: tuple[Given, ...]
    before: object

    def line(self) -> str:
        """Return what the message says."""
        told = [f"{as_json(one.value)} {'kept' if one.kept else 'not kept'} ({one.who})" for one in self.given]
        return f"{self.field}: {'; '.join(told)}; before: {as_json(self.before)}"


def read(line: str) -> Concurrent | None:
    """Return what such a line says; None where it is none."""
    field, _, rest = line.partition(": ")
    given: list[Given] = []
    try:
        while not rest.startswith("before: "):
            value, end = _DECODER.raw_decode(rest)
            told, _, rest = rest[end + 1 :].partition("); ")
            word, _, who = told.partition(" (")
            if word not in {"kept", "not kept"}:
                return None
            given.append(Given(value, word == "kept", who))
        before, _ = _DECODER.raw_decode(rest.removeprefix("before: "))
    except ValueError:
        return None
    return Concurrent(field, tuple(given), before)


def place_in(document: Document, field: str) -> FieldPath:
    """Return where in a record the field lies that people name so; () where it cannot be told."""
    value: object = document
    path: list[str] = []
    for name in field.removesuffix(" (order)").split("."):
        if isinstance(value, dict):
            path.append(name)
            value = value.get(name)
        elif isinstance(value, list):
            rows = by_key(value)
            key = next((key for key, row in rows.items() if row_name(row, rows, key) == name), None)
            if key is None:
                return ()
            path.append(f"#{key}")
            value = rows[key]
        else:
            return ()
    return tuple(path)


def all_of(lines: Iterable[str]) -> list[Concurrent]:
    """Return what such lines of one message say."""
    return [found for found in map(read, lines) if found is not None]


_DECODER = json.JSONDecoder()
