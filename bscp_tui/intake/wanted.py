"""What a document wants recorded: fields with their reasons, beside what the register says; lines of a preview."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from bscp_tui.model.amendment import Amendment
from bscp_tui.model.document import Document
from bscp_tui.model.record import Kind

State = Literal["new", "changed", "unchanged", "doubtful"]


class Reading(NamedTuple):
    """What a cell was read as.

    Attributes:
        value: As it would be recorded; None where it could not be read.
        why: What it was read from, and what was inferred.
        doubt: What a person should look at; None where nothing is unsure.
        told: The value in the document's words, where those say more: a lead, a text that could not be read.
        only_new: Whether it is for a new record alone: the document does not say it, so nothing is changed by it.
        also: Other values that the register may hold and that mean the same.
        needs: Bodies that must be in the register for it.

    """

    value: object
    why: str
    doubt: str | None = None
    told: str | None = None
    only_new: bool = False
    also: tuple[object, ...] = ()
    needs: frozenset[str] = frozenset()


@dataclass(slots=True)
class WantedRow:
    """A row of a table inside a record.

    Attributes:
        fields: Its fields.
        by: The fields by which the register's row is found; none: by its place in the table.
        rows: Tables inside it.
        kind: The kind that it is of its own, None for a plain row: that is one line of the preview.
        ref: Its reference, for a kind of its own.
        reading: For a plain row: what it was read from.

    """

    fields: dict[str, Reading]
    by: tuple[str, ...] = ()
    rows: dict[str, list["WantedRow"]] = field(default_factory=dict)
    kind: Kind | None = None
    ref: str = ""
    reading: Reading | None = None


@dataclass(slots=True)
class Wanted:
    """A record as a document tells it.

    Attributes:
        kind: Its kind.
        ref: Its full reference.
        names: What its path says.
        place: Where the document tells it.
        fields: Its fields.
        rows: Its tables.
        unread: (field, text, why) of what could not be read; it is listed, and kept in the record's source.
        finish: What a new record's amendment needs at the end.

    """

    kind: Kind
    ref: str
    names: dict[str, str]
    place: str
    fields: dict[str, Reading]
    rows: dict[str, list[WantedRow]] = field(default_factory=dict)
    unread: list[tuple[str, str, str]] = field(default_factory=list)
    finish: Callable[[Amendment], Amendment] | None = None


class Line(NamedTuple):
    """One line of a preview: one field, or one row of a table.

    Attributes:
        ref: The record, or the row that is a kind of its own.
        kind: Its kind's name.
        field: The field.
        old: What the register says; None where nothing is recorded.
        new: What the document says.
        state: Whether it is new, changed, unchanged or doubtful.
        why: What it was read from; first what is doubtful.
        place: Where it stands in the document.
        path: Where it belongs in the record's document: fields, and places of wanted rows.
        reading: What was read; None for what could not be, which is never recorded as a value.

    """

    ref: str
    kind: str
    field: str
    old: object
    new: object
    state: State
    why: str
    place: str
    path: tuple[str | int, ...]
    reading: Reading | None

    @property
    def offered(self) -> bool:
        """Whether there is something to accept."""
        return self.reading is not None and self.state != "unchanged"

    @property
    def row(self) -> dict[str, object]:
        """The line as programs read it."""
        return {"ref": self.ref, "kind": self.kind, "field": self.field, "old": self.old, "new": self.new,
                "state": self.state, "why": self.why}  # fmt: skip


def lines_of(wanted: Wanted, now: Document | None) -> list[Line]:
    """Return the lines of a preview for one record.

    Args:
        wanted: As the document tells it.
        now: As the register has it; None where it has none.

    """
    lines = _lines(wanted, wanted.kind.name, wanted.ref, wanted.fields, wanted.rows, now, ())
    note = str(((now or {}).get("source") or {}).get("note", ""))
    for name, text, why in wanted.unread:
        kept = _quoted(text) in note
        state: State = "unchanged" if kept else "doubtful"
        told = f"{why}; it is kept in the note of the record's source"
        lines.append(Line(wanted.ref, wanted.kind.name, name, None, text, state, told, wanted.place, (name,), None))
    return lines


def doubted(wanted: Wanted, doubt: str) -> None:
    """Make all that a document wants of a record doubtful."""
    _doubt(wanted.fields, wanted.rows, doubt)


def _doubt(fields: dict[str, Reading], rows: Mapping[str, list[WantedRow]], doubt: str) -> None:
    for name, reading in fields.items():
        fields[name] = reading._replace(doubt="; ".join(each for each in (reading.doubt, doubt) if each))
    for row in (row for listed in rows.values() for row in listed):
        _doubt(row.fields, row.rows, doubt)
        if row.reading is not None:
            row.reading = row.reading._replace(doubt="; ".join(each for each in (row.reading.doubt, doubt) if each))


def unread_note(wanted: Wanted) -> str:
    """Return what could not be read, as the note of a record's source keeps it."""
    return " ".join(f"Not read: {name} {_quoted(text)} ({why})." for name, text, why in wanted.unread)


def _quoted(text: str) -> str:
    return f"“{' '.join(text.split())}”"


def _lines(  # noqa: PLR0913, PLR0917 - what is looked at, and where it stands
    wanted: Wanted,
    kind: str,
    ref: str,
    fields: Mapping[str, Reading],
    rows: Mapping[str, list[WantedRow]],
    now: Document | None,
    path: tuple[str | int, ...],
) -> list[Line]:
    lines = [
        _line(wanted, (kind, ref, name), now.get(name) if now else None, reading, (*path, name))
        for name, reading in fields.items()
        if now is None or not reading.only_new
    ]
    for table, wants in rows.items():
        standing: list[Document] = list((now or {}).get(table) or [])
        for number, want in enumerate(wants):
            found = row_of(want, standing, number)
            inside = (*path, table, number)
            if want.kind is not None:
                lines += _lines(wanted, want.kind.name, want.ref, want.fields, want.rows, found, inside)
            elif want.reading is not None and not (want.reading.only_new and now is not None):
                same = found is not None and all(equal(found.get(name), field) for name, field in want.fields.items())
                old = None if found is None else told_row(found, want)
                reading = Reading(want.reading.value if not same else old, want.reading.why, want.reading.doubt,
                                  want.reading.told, needs=want.reading.needs)  # fmt: skip
                lines.append(_line(wanted, (kind, ref, table), old, reading, inside))
    return lines


def _line(
    wanted: Wanted, place: tuple[str, str, str], old: object, reading: Reading, path: tuple[str | int, ...]
) -> Line:
    kind, ref, name = place
    value, why, doubt, told, _, _, _ = reading
    state: State = "new" if old is None else "changed"
    if old is None and value and not reading.also:
        before = None  # as in nearly every line of a document's first import
    else:
        before = plain(old)
        state = "unchanged" if equal(old, reading) else state
    if doubt and state != "unchanged":
        state, why = "doubtful", f"{doubt}; {why}" if why else doubt
    new = before if state == "unchanged" else told if told is not None else plain(value)
    return Line(ref, kind, name, before, new, state, why, wanted.place, path, reading)


def row_of(want: WantedRow, standing: list[Document], number: int) -> Document | None:
    """Return the register's row that a wanted one means: by its naming fields, else by its place."""
    if not want.by:
        return standing[number] if number < len(standing) else None
    wishes = {name: want.fields[name] for name in want.by if name in want.fields}
    return next((row for row in standing if all(equal(row.get(name), wish) for name, wish in wishes.items())), None)


def told_row(row: Document, want: WantedRow) -> str:
    """Return what the register's row says, in the form in which a wanted row is told."""
    parts: list[Any] = [plain(row[name]) for name in want.fields if row.get(name) is not None and name != "number"]
    return ", ".join(", ".join(map(str, part)) if isinstance(part, list) else str(part) for part in parts)


def equal(old: object, reading: Reading) -> bool:
    """Whether the register says already what was read; spaces and line ends aside."""
    if _same(old, reading.value):
        return True
    return bool(reading.also) and any(_same(old, value) for value in reading.also)


def _same(old: Any, new: Any) -> bool:
    if old is None:
        return new is None or new in ([], ())
    new = list(new) if isinstance(new, tuple) else new
    if isinstance(old, str) and isinstance(new, str):
        return " ".join(old.split()) == " ".join(new.split())
    if isinstance(old, list) and isinstance(new, list):
        return len(old) == len(new) and all(_same(*pair) for pair in zip(old, new, strict=True))
    if old == []:
        return new is None or new == []
    return type(old) is type(new) and old == new


def plain(value: Any) -> Any:
    """Return a value as JSON and tables show it."""
    if value is None or isinstance(value, str):
        return value  # as nearly all are
    if isinstance(value, (tuple, list)):
        return [plain(item) for item in value]
    return value.isoformat() if isinstance(value, dt.date) else value
