"""A row of the history as people and programs read it, and which rows are wanted."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bscp_tui.model.spoken import spoken

if TYPE_CHECKING:
    from bscp_tui.model.record import Kind
    from bscp_tui.model.view import View

NOT_KEPT = "not kept"  # the change of a row that tells of a value in whose place another one was kept
CONCURRENT = " (concurrent)"  # what its field ends in
LATE = dt.timedelta(days=28)  # recorded so long after the day from which it counts, a change came late


@dataclass(frozen=True)
class HistoryRow:
    """One change of one field, with the entry that made it.

    Attributes:
        entry: The entry's own id; None for a commit made with plain git.
        commit: The commit's id.
        recorded: The committer's time.
        made: The author's time.
        effective: The day from which it counts, None if the message names none.
        by: The author's name.
        email: The author's address.
        ref: What changed, the innermost thing: ``2025-27/4.1.3``.
        path: Its file.
        field: In full, ``key_actions.3.status``; None for the record as a whole.
        old: The value before.
        new: The value after.
        change: "changed", "added", "removed", "could not be read", "can be read again", or "not kept": a value in
            whose place another one was kept.
        reason: In the person's words.
        evidence: The ids of evidence that the entry names.
        decided_at: Where it was decided.
        signature: "signed" or "unsigned".
        title: The changed thing's title, for people.
        field_words: The field as people say it beside ``ref``: "status", "evidence".
        group: The sitting or bulk change that the entry belongs to, None for one made alone.
        place: Where in the record's document: ``("key_actions", "#k7qx", "status")``.
        notes: What a reader should know: that the message says something else, that the clock went backwards, …
        undoes: The entry that this one takes back.

    """

    entry: str | None
    commit: str
    recorded: dt.datetime
    made: dt.datetime
    effective: dt.date | None
    by: str
    email: str
    ref: str
    path: str
    field: str | None
    old: object
    new: object
    change: str
    reason: str | None
    evidence: tuple[str, ...]
    decided_at: str | None
    signature: str
    title: str
    field_words: str
    group: str | None = None
    place: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    undoes: str | None = None

    @property
    def late(self) -> bool:
        """Whether it was recorded long after the day from which it counts."""
        return self.effective is not None and self.recorded.date() - self.effective > LATE

    @property
    def words(self) -> str:
        """What changed, as people say it: "status: not started → in progress"."""
        if self.field is None:
            return self.change
        name = self.field_words
        if not name:
            return f"{self.change}: {self.title}"
        if self.field.rpartition(".")[2] == "withdrawn" and self.change == "removed":
            return "brought back"
        if self.change == "added":
            return f"{name}: {spoken(self.new)}"
        if isinstance(self.old, list) and isinstance(self.new, list):
            return f"{name}: {_list_words(self.old, self.new)}"
        return f"{name}: {spoken(self.old)} → {spoken(self.new)}"


@dataclass(frozen=True)
class Query:
    """Which rows are wanted; what is None does not narrow.

    Attributes:
        view: A record, or a row of one.
        path: A record's file, for one that cannot be read.
        field: A field, in full or by its last part.
        since: Recorded on that day (in the register's time zone), or at that moment, or later.
        until: Recorded on that day, or at that moment, or before.
        by: Part of a name or address.
        kind: The kind of the changed thing.
        limit: At most so many rows.
        text: Words that all stand in what the row says: its record, change, reason, person or meeting.
        at: Only entries that this commit holds: the history as it was then.
        after: Only entries that this commit does not hold yet.
        group: Only entries of that sitting or bulk change.
        decided_at: Only what that meeting decided: a reference, or the text that entries name it by.
        inside: With ``path``, the place of a row in its record, ``("key_actions", "#k7qx")``.

    """

    view: "View | None" = None
    path: str | None = None
    field: str | None = None
    since: dt.date | dt.datetime | None = None
    until: dt.date | dt.datetime | None = None
    by: str | None = None
    kind: "Kind | None" = None
    limit: int | None = None
    text: str | None = None
    at: str | None = None
    after: str | None = None
    group: str | None = None
    inside: tuple[str, ...] = ()
    decided_at: str | None = None

    @property
    def file(self) -> str | None:
        """The file that is asked for."""
        return self.view.path if self.view else self.path

    @property
    def row(self) -> tuple[str, ...]:
        """The place of the row that is asked for in its record, () for the whole."""
        return self.view.inside if self.view else self.inside


def row_facts(row: HistoryRow) -> dict[str, object]:
    """Return a change as programs read it."""
    return {
        "entry": row.entry,
        "commit": row.commit,
        "recorded": row.recorded.isoformat(),
        "made": row.made.isoformat(),
        "effective": row.effective,
        "by": row.by,
        "email": row.email,
        "ref": row.ref,
        "path": row.path,
        "field": row.field,
        "change": row.change,
        "old": row.old,
        "new": row.new,
        "reason": row.reason,
        "evidence": list(row.evidence),
        "decided_at": row.decided_at,
        "signature": row.signature,
        "group": row.group,
        "undoes": row.undoes,
        "late": row.late,
        "notes": list(row.notes),
    }


def wanted(query: Query, zone: dt.tzinfo) -> Callable[[HistoryRow], bool]:
    """Return the test of a row against ``query``, but for its file, commits and limit; days are those of ``zone``."""

    def is_wanted(row: HistoryRow) -> bool:
        return (
            (not query.row or not row.place or row.place[: len(query.row)] == query.row)
            and (query.field is None or _is_field(row.field, query.field))
            and (query.since is None or not _is_before(row.recorded, query.since, zone))
            and (query.until is None or not _is_after(row.recorded, query.until, zone))
            and (query.by is None or query.by.lower() in f"{row.by} <{row.email}>".lower())
            and (query.group is None or row.group == query.group)
            and (query.decided_at is None or _same_place(row.decided_at, query.decided_at))
            and (query.kind is None or _is_kind(row, query.kind))
            and (query.text is None or _says(row, query.text))
        )

    return is_wanted


def _same_place(told: str | None, wanted: str) -> bool:
    return (told or "").strip().casefold() == wanted.strip().casefold()


def _is_before(moment: dt.datetime, bound: dt.date | dt.datetime, zone: dt.tzinfo) -> bool:
    if isinstance(bound, dt.datetime):
        return moment < bound
    return moment.astimezone(zone).date() < bound


def _is_after(moment: dt.datetime, bound: dt.date | dt.datetime, zone: dt.tzinfo) -> bool:
    if isinstance(bound, dt.datetime):
        return moment > bound
    return moment.astimezone(zone).date() > bound


def _is_field(field: str | None, asked: str) -> bool:
    """Whether ``field`` is the one asked for; who asks for a target means its revisions too."""
    if field is None:
        return False
    field = field.removesuffix(CONCURRENT)
    steps = field.split(".")
    return field == asked or field.endswith(f".{asked}") or (asked == "target" and "revisions" in steps)


def _is_kind(row: HistoryRow, kind: "Kind") -> bool:
    from bscp_tui.model.kinds import KINDS

    if kind.inside:
        return bool(row.place) and row.place[0] == kind.inside[1] and _lies_in(row.path, KINDS[kind.inside[0]])
    return _lies_in(row.path, kind)


def _lies_in(path: str, kind: "Kind") -> bool:
    inner = path[path.index("/") + 1 :] if "/" in path else path
    return kind.names_in(inner) is not None or kind.names_in(path) is not None


def _says(row: HistoryRow, text: str) -> bool:
    notes = " ".join(row.notes)
    told = f"{row.ref} {row.title} {row.words} {row.reason or ''} {row.by} {row.decided_at or ''} {notes}".lower()
    return all(word in told for word in text.lower().split())


def _list_words(old: list[object], new: list[object]) -> str:
    """Say which items came and went; a list that only changed its order says so."""
    added = [item for item in new if item not in old]
    gone = [item for item in old if item not in new]
    told = [f"{what} {spoken(items)}" for what, items in (("added", added), ("removed", gone)) if items]
    return "; ".join(told) or "order changed"
