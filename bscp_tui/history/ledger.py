"""One row a change, newest first, from the differences of the files; never from the messages."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from bscp_tui.history.naming import innermost, place_of
from bscp_tui.model import entry as entries
from bscp_tui.model.document import Change, Document, differences
from bscp_tui.model.kinds import KINDS
from bscp_tui.model.record import Kind
from bscp_tui.model.spoken import field_in_words, spoken
from bscp_tui.model.view import View
from bscp_tui.store.commits import CommitFacts, FileChange, changed_files, commits
from bscp_tui.store.objects import read_objects
from bscp_tui.store.register import Register
from bscp_tui.store.toml_text import UnreadableError, parse


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
        change: "changed", "added", "removed", or "unreadable".
        reason: In the person's words.
        evidence: The ids of evidence that the entry names.
        decided_at: Where it was decided.
        signature: "signed" or "unsigned".
        title: The changed thing's title, for people.
        field_words: The field as people say it beside ``ref``: "status", "evidence".
        group: The sitting or bulk change that the entry belongs to, None for one made alone.

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

    @property
    def words(self) -> str:
        """What changed, as people say it: "status: not started → in progress"."""
        if self.field is None:
            return self.change
        name = self.field_words
        if not name:
            return f"{self.change}: {self.title}"
        if self.change == "added":
            return f"{name}: {spoken(self.new)}"
        return f"{name}: {spoken(self.old)} → {spoken(self.new)}"


@dataclass(frozen=True)
class Query:
    """Which rows are wanted; what is None does not narrow.

    Attributes:
        view: A record, or a row of one.
        path: A record's file, for one that cannot be read.
        field: A field, in full or by its last part.
        since: Recorded on that day or later.
        until: Recorded on that day or before.
        by: Part of a name or address.
        kind: The kind of the changed thing.
        limit: At most so many rows.
        text: Words that all stand in what the row says: its record, change, reason, person or meeting.
        at: Only entries that this commit holds: the history as it was then.
        after: Only entries that this commit does not hold yet.

    """

    view: View | None = None
    path: str | None = None
    field: str | None = None
    since: dt.date | None = None
    until: dt.date | None = None
    by: str | None = None
    kind: Kind | None = None
    limit: int | None = None
    text: str | None = None
    at: str | None = None
    after: str | None = None


def rows(register: Register, query: Query | None = None) -> list[HistoryRow]:
    """Return the changes that ``query`` asks for, newest first, in the history's own order.

    Raises:
        RegisterError: The history cannot be read.

    """
    query = query or Query()
    found = (row for row in _all_rows(register, query) if _wanted(row, query))
    return list(found if query.limit is None else islice(found, query.limit))


def _all_rows(register: Register, query: Query) -> Iterator[HistoryRow]:
    repository = register.repository
    path = query.view.path if query.view else query.path
    newest = query.at or "HEAD"
    within = f"{query.after}..{newest}" if query.after else newest
    facts = list(commits(repository, [path] if path else (), within))
    changed: dict[str, list[FileChange]] = {}
    blobs: set[str] = set()
    for change in changed_files(repository, facts):
        if path is None or change.path == path:
            changed.setdefault(change.commit, []).append(change)
            blobs |= {blob for blob in (change.old, change.new) if blob}
    texts = read_objects(repository, sorted(blobs))
    bytes_of = {name: found[2] for name, found in texts.items() if found}
    prefix = "" if str(repository.records) == "." else f"{repository.records}/"
    for commit in facts:
        for change in sorted(changed.get(commit.identifier, ()), key=lambda file: file.path):
            place = place_of(change.path.removeprefix(prefix)) if change.path.startswith(prefix) else None
            if place is not None:
                yield from _file_rows(commit, change, place, bytes_of)


def _wanted(row: HistoryRow, query: Query) -> bool:
    view = query.view
    if view is not None and view.inside and row.ref != view.ref and not _covers(row, view):
        return False
    if query.field is not None and not _is_field(row.field, query.field):
        return False
    day = row.recorded.date()
    if (query.since and day < query.since) or (query.until and day > query.until):
        return False
    if query.by is not None and query.by.lower() not in f"{row.by} <{row.email}>".lower():
        return False
    if query.text is not None and not _says(row, query.text):
        return False
    return query.kind is None or _kind_of(row, query.kind)


def _says(row: HistoryRow, text: str) -> bool:
    told = f"{row.ref} {row.title} {row.words} {row.reason or ''} {row.by} {row.decided_at or ''}".lower()
    return all(word in told for word in text.lower().split())


def _covers(row: HistoryRow, view: View) -> bool:
    """Whether a row about the whole record also tells how a row inside it came to be."""
    return row.field is None and view.parent is not None and row.ref == view.parent.ref


def _is_field(field: str | None, wanted: str) -> bool:
    """Whether ``field`` is the one asked for; who asks for a target means its revisions too."""
    if field is None:
        return False
    steps = field.split(".")
    return field == wanted or field.endswith(f".{wanted}") or (wanted == "target" and "revisions" in steps)


def _kind_of(row: HistoryRow, kind: Kind) -> bool:
    owner = KINDS[kind.inside[0]] if kind.inside else kind
    if kind.inside:
        return row.field is not None and row.field.startswith(f"{kind.inside[1]}.")
    inner = row.path[row.path.index("/") + 1 :] if "/" in row.path else row.path
    return owner.names_in(inner) is not None or owner.names_in(row.path) is not None


def _file_rows(
    commit: CommitFacts, change: FileChange, place: tuple[Kind, Mapping[str, str]], bytes_of: Mapping[str, bytes]
) -> Iterator[HistoryRow]:
    kind, names = place
    ref = kind.reference.format(**names)
    old, old_fault = _document(change.old, bytes_of)
    new, new_fault = _document(change.new, bytes_of)
    document = new if new is not None else old
    title = str((document or {}).get("title", ""))
    if old_fault or new_fault:
        told = "could not be read" if new_fault else "can be read again"
        yield _row(commit, change.path, ref, title, Change((), "", None, None, told), whole=True)
    if old is None or new is None:
        if not (old_fault or new_fault):
            told = "added" if old is None else "removed"
            yield _row(commit, change.path, ref, title, Change((), "", None, None, told), whole=True)
        return
    for difference in differences(old, new):
        inner_ref, inner_title = innermost(kind, names, difference, new, old)
        yield _row(commit, change.path, inner_ref or ref, inner_title or title, difference, inner=inner_ref is not None)


def _document(blob: str | None, bytes_of: Mapping[str, bytes]) -> tuple[Document | None, str | None]:
    if blob is None:
        return None, None
    if blob not in bytes_of:
        return None, "its content is missing"
    try:
        return parse(bytes_of[blob]), None
    except UnreadableError as error:
        return None, str(error)


def _row(  # noqa: PLR0913 - what a row is made of
    commit: CommitFacts,
    path: str,
    ref: str,
    title: str,
    change: Change,
    *,
    whole: bool = False,
    inner: bool = False,
) -> HistoryRow:
    trailers = entries.trailers_of(commit.message)
    return HistoryRow(
        entry=_only(trailers, "Entry"),
        commit=commit.identifier,
        recorded=commit.recorded,
        made=commit.made,
        effective=_day(_only(trailers, "Effective")),
        by=commit.author[0],
        email=commit.author[1],
        ref=ref,
        path=path,
        field=None if whole else change.field,
        old=change.old,
        new=change.new,
        change=change.change,
        reason=entries.reason_of(commit.message),
        evidence=tuple(trailers.get("Evidence", ())),
        decided_at=_only(trailers, "Decided-At"),
        signature=commit.signature,
        title=title,
        field_words=field_in_words(change.path, inner=inner),
        group=_only(trailers, "Group"),
    )


def _only(trailers: Mapping[str, list[str]], name: str) -> str | None:
    values = trailers.get(name, [])
    return values[0] if len(values) == 1 else None


def _day(text: str | None) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError:
        return None
