"""What the history knows of one entry: who, when, why, and every field that its files show as changed."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar

from bscp_tui.history.packing import packed, unpacked
from bscp_tui.history.rows import HistoryRow

T = TypeVar("T")
_BEGINNING = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
# How a note begins that holds the message against the files (``describing.py``).
_TELLING = ("the message says", "the message names", "the message does not")


@dataclass(frozen=True)
class FieldChange:
    """One change of one record.

    Attributes:
        ref: The innermost thing that has a name, ``2025-27/4.1.3``.
        title: Its title.
        place: Where in the document; () for the record as a whole.
        field: In full, ``key_actions.3.status``; None for the record as a whole.
        old: The value before.
        new: The value after.
        change: "changed", "added", "removed", "could not be read" or "can be read again".
        field_words: The field as people say it beside ``ref``.
        notes: What a reader should know of it.

    """

    ref: str
    title: str
    place: tuple[str, ...]
    field: str | None
    old: object
    new: object
    change: str
    field_words: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class FileChanges:
    """A record's file in one entry.

    Attributes:
        path: Relative to the repository.
        old: The id of its content before; for a merge, as its first parent has it.
        new: The id of its content after.
        changes: What changed in it; empty where a merge took every value from one side or another.

    """

    path: str
    old: str | None
    new: str | None
    changes: tuple[FieldChange, ...]


@dataclass(frozen=True)
class LedgerEntry:
    """One commit.

    Attributes:
        commit: Its id.
        parents: Those before it.
        entry: The entry's own id; None for a commit made with plain git.
        by: The author's name.
        email: The author's address.
        made: The author's time.
        recorded: The committer's time.
        effective: The day from which it counts, None if the message names none.
        sentence: The first line of the message.
        reason: In the person's words.
        evidence: The ids of evidence that the message names.
        decided_at: Where it was decided.
        group: The sitting or bulk change that it belongs to.
        undoes: The entry that it takes back.
        signature: "signed" or "unsigned".
        notes: What a reader should know of it.
        files: The records that it changed, by path.
        concurrent: The values that others kept in place of one of these, by file.
        head: The head of the tree of all entries up to this one, as hexadecimal digits (``history/tree.py``);
            None from an entry on of which something is missing from the repository.

    """

    commit: str
    parents: tuple[str, ...]
    entry: str | None
    by: str
    email: str
    made: dt.datetime
    recorded: dt.datetime
    effective: dt.date | None
    sentence: str
    reason: str | None
    evidence: tuple[str, ...]
    decided_at: str | None
    group: str | None
    undoes: str | None
    signature: str
    notes: tuple[str, ...]
    files: tuple[FileChanges, ...]
    head: str | None
    concurrent: tuple[tuple[str, FieldChange], ...] = ()

    @property
    def paths(self) -> tuple[str, ...]:
        """The files that it tells of: those that it changed, and those in which another's value was kept."""
        return tuple(dict.fromkeys((*(file.path for file in self.files), *(path for path, _ in self.concurrent))))

    @property
    def contradictions(self) -> tuple[str, ...]:
        """Where its message says something else than its files."""
        return tuple(note for note in self.notes if note.startswith(_TELLING))

    @property
    def is_outside(self) -> bool:
        """Whether it was made without the program on top of another, so that nothing asked for a reason."""
        return self.entry is None and bool(self.parents)

    def rows(self, path: str | None = None) -> Iterator[HistoryRow]:
        """Yield a row for each change, of all files or of the one at ``path``; values that were not kept come last."""
        for file in self.files:
            if path is None or file.path == path:
                for change in file.changes:
                    yield self._row(file.path, change)
        for place, change in self.concurrent:
            if path is None or place == path:
                yield self._row(place, change)

    def _row(self, path: str, change: FieldChange) -> HistoryRow:
        return _frozen(
            HistoryRow,
            entry=self.entry,
            commit=self.commit,
            recorded=self.recorded,
            made=self.made,
            effective=self.effective,
            by=self.by,
            email=self.email,
            ref=change.ref,
            path=path,
            field=change.field,
            old=change.old,
            new=change.new,
            change=change.change,
            reason=self.reason,
            evidence=self.evidence,
            decided_at=self.decided_at,
            signature=self.signature,
            title=change.title,
            field_words=change.field_words,
            group=self.group,
            place=change.place,
            notes=(*self.notes, *change.notes),
            undoes=self.undoes,
        )

    def packed(self) -> bytes:
        """Return the entry as bytes."""
        files = [
            [file.path, file.old, file.new, [list(vars(change).values()) for change in file.changes]]
            for file in self.files
        ]
        concurrent = [[path, list(vars(change).values())] for path, change in self.concurrent]
        apart = {"made", "recorded", "files", "concurrent"}
        facts = [value for name, value in vars(self).items() if name not in apart]
        return packed([_moment(self.made), _moment(self.recorded), files, concurrent, *facts])

    @staticmethod
    def unpacked(data: bytes) -> "LedgerEntry":
        """Return the entry that ``packed`` made the bytes of."""
        made, recorded, files, concurrent, *facts = unpacked(data)
        commit, parents, entry, by, email, effective, sentence, reason, evidence, *rest = facts
        decided_at, group, undoes, signature, notes, head = rest
        return _frozen(
            LedgerEntry,
            commit=commit,
            parents=tuple(parents),
            entry=entry,
            by=by,
            email=email,
            made=_as_time(made),
            recorded=_as_time(recorded),
            effective=effective,
            sentence=sentence,
            reason=reason,
            evidence=tuple(evidence),
            decided_at=decided_at,
            group=group,
            undoes=undoes,
            signature=signature,
            notes=tuple(notes),
            files=tuple(FileChanges(path, old, new, tuple(map(_change, found))) for path, old, new, found in files),
            head=head,
            concurrent=tuple((path, _change(change)) for path, change in concurrent),
        )


def _change(facts: list[Any]) -> FieldChange:
    ref, title, place, field, old, new, change, field_words, notes = facts
    return _frozen(
        FieldChange,
        ref=ref,
        title=title,
        place=tuple(place),
        field=field,
        old=old,
        new=new,
        change=change,
        field_words=field_words,
        notes=tuple(notes),
    )


def _frozen(kind: type[T], **facts: Any) -> T:
    """Return one of a frozen ``kind`` with all its fields.

    Its own way of being made sets each of twenty fields by a call: three times as long, a hundred thousand times over.
    """
    made = object.__new__(kind)
    made.__dict__.update(facts)
    return made


def _moment(moment: dt.datetime) -> list[int]:
    """Return seconds since 1970 and minutes east of Greenwich."""
    east = moment.utcoffset() or dt.timedelta()
    return [int(moment.timestamp()), int(east.total_seconds()) // 60]


def _as_time(pair: list[int]) -> dt.datetime:
    seconds, east = pair
    zone = _zone(east)
    if seconds >= 0:
        return dt.datetime.fromtimestamp(seconds, zone)
    return (_BEGINNING + dt.timedelta(seconds=seconds)).astimezone(zone)  # which some systems cannot do in one


@cache
def _zone(east: int) -> dt.timezone:
    return dt.timezone(dt.timedelta(minutes=east)) if east else dt.UTC
