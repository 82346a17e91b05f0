"""Undo: an entry's old values put back by a new entry that names it; nothing recorded is ever rewritten."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from bscp_tui.history.entries import FieldChange, FileChanges
from bscp_tui.history.finding import Numbered, entry_named, group_of, history_of
from bscp_tui.history.index import Index
from bscp_tui.model.amendment import Amendment
from bscp_tui.model.document import Document, get, put, same
from bscp_tui.model.entry import Entry, new_entry_id
from bscp_tui.model.fields import fields_of
from bscp_tui.model.record import FieldPath
from bscp_tui.model.view import Circumstances, RefusedChangeError, View
from bscp_tui.store import log
from bscp_tui.store.errors import SaveError
from bscp_tui.store.loading import Unreadable
from bscp_tui.store.register import Register
from bscp_tui.store.snapshot import Snapshot
from bscp_tui.store.toml_text import UnreadableError, parse

Told = Callable[[str], None]


def undo(register: Register, name: str, why: Circumstances, told: Told | None = None) -> list[Entry]:
    """Take back the entry that ``name`` (its id, or its register version) names; return the new entries.

    An entry of a sitting or bulk change takes all of it back. What the entry added is withdrawn.

    Raises:
        UnknownEntryError: There is no such entry.
        RefusedChangeError: Later changes stand in the way; the message names them.
        SaveError: It could not be recorded; where only a part of it was, the message says which.

    """
    amendments = planned(register, name, why)
    for amendment in amendments:  # all of them can be recorded, or none is
        register.preview(amendment)
    entries: list[Entry] = []
    for amendment in amendments:
        try:
            entry = register.record(amendment, told)
        except (SaveError, ValueError) as error:
            if not entries:
                raise
            raise SaveError(_half_way(entries, amendments, amendment, error)) from error
        entries += [entry] if entry is not None else []
    return entries


def _half_way(entries: Sequence[Entry], amendments: Sequence[Amendment], failed: Amendment, error: Exception) -> str:
    """Say what was taken back and what was not, and how to have it whole again."""
    left = amendments[amendments.index(failed) :]
    return (
        f"Only {len(entries)} of {len(amendments)} changes were taken back; {failed.ref} could not be: {error} "
        f"Left as they were: {', '.join(dict.fromkeys(each.ref for each in left))}. "
        f"To put back what was taken back: bscp undo {entries[-1].entry}. Then try again."
    )


def planned(register: Register, name: str, why: Circumstances) -> list[Amendment]:
    """Return the changes that taking back an entry would record, the newest entry's first.

    Raises:
        UnknownEntryError: There is no such entry.
        RefusedChangeError: It cannot be taken back; the message says why.

    """
    index = history_of(register)
    try:
        return index.answer(lambda: _planned(register, index, name, why))
    finally:
        index.close()


def _planned(register: Register, index: Index, name: str, why: Circumstances) -> list[Amendment]:
    entries = group_of(index, entry_named(register, index, name))
    named = {position for position, _ in entries}
    snapshot = register.snapshot_at(register.head or "HEAD")
    files = [(at, entry, file) for at, entry in reversed(entries) for file in entry.files if file.changes]
    for _, entry in entries:
        if not entry.parents:
            msg = f"{entry.entry or entry.commit[:12]} is the register's beginning; it cannot be undone."
            raise RefusedChangeError(msg)
    if not files:
        msg = f"{name} changed no record, so there is nothing to undo."
        raise RefusedChangeError(msg)
    _refuse_what_stands_in_the_way(index, named, files, snapshot)
    made = [_amendment(register, snapshot, (at, entry), file, why) for at, entry, file in files]
    if len(made) == 1:
        return made
    group = new_entry_id()
    return [replace(amendment, group=group) for amendment in made]


def _refuse_what_stands_in_the_way(
    index: Index, named: set[int], files: Sequence[tuple[int, object, FileChanges]], snapshot: Snapshot
) -> None:
    told: list[str] = []
    for at, _, file in files:
        current = _document(snapshot, file.path)
        blocked = [change for change in file.changes if not _still_stands(change, current)]
        if not blocked:
            continue
        later = [position for position in index.positions_of(file.path) if position > at and position not in named]
        for entry in index.entries_at(later):
            changes = [each for other in entry.files if other.path == file.path for each in other.changes]
            if any(_touches(each, change) for each in changes for change in blocked):
                told.append(f"{entry.entry or entry.commit[:12]} ({entry.by}, {entry.sentence})")
        if not told:
            told.append(f"{file.path} as it stands now")
    if told:
        msg = f"Later changes stand in the way: {'; '.join(dict.fromkeys(told))}. Undo those first, the newest first."
        raise RefusedChangeError(msg)


def _still_stands(change: FieldChange, current: Document | None) -> bool:
    """Whether what an entry brought is what the record still says."""
    if change.change == "removed" and not change.place:
        return current is None
    if current is None:
        return False
    if not change.place or _is_order(change):
        return True
    return same(get(current, change.place), change.new)


def _touches(one: FieldChange, other: FieldChange) -> bool:
    shared = min(len(one.place), len(other.place))
    return one.place[:shared] == other.place[:shared]


def _amendment(
    register: Register, snapshot: Snapshot, numbered: Numbered, file: FileChanges, why: Circumstances
) -> Amendment:
    entry = numbered[1]
    undoes = entry.entry or entry.commit
    whole = next((change for change in file.changes if not change.place), None)
    if whole is not None and whole.change == "removed":
        return _put_back(register, file, whole, why, undoes)
    found = snapshot.at_path(file.path)
    if not isinstance(found, View):
        told = found.reason if isinstance(found, Unreadable) else "it is not there"
        msg = f"{file.path} cannot be changed: {told}. Mend the file first, or put it back by hand."
        raise RefusedChangeError(msg)
    if whole is not None and whole.change == "could not be read":
        msg = f"{file.path} could not be read after that entry; there are no old values to put back field by field."
        raise RefusedChangeError(msg)
    base = snapshot.document(file.path)
    changes = dict(_old_values(file, whole, found, base, why))
    view = _innermost(snapshot, file, found)
    return Amendment(
        found.kind, file.path, view.ref, view.title, view.inside, changes, why, base, "undone", undoes=undoes
    )


def _old_values(
    file: FileChanges, whole: FieldChange | None, view: View, base: Document, why: Circumstances
) -> Iterator[tuple[FieldPath, object]]:
    withdrawal = {"date": why.effective, "reason": why.reason or ""}
    if whole is not None and whole.change == "added":
        if not view.has("withdrawn"):
            msg = f"{view.ref}: a {view.kind.name} cannot be withdrawn, so adding it cannot be undone."
            raise RefusedChangeError(msg)
        yield ("withdrawn",), withdrawal
        return
    after = base
    for change in file.changes:
        if not change.place or _is_order(change):
            continue
        withdrawn = change.change == "added" and _can_be_withdrawn(view, change)
        place = (*change.place, "withdrawn") if withdrawn else change.place
        value = withdrawal if withdrawn else change.old
        after = put(after, place, value)
        yield place, value
    for change in file.changes:  # rows are put in order once they are what they were
        if _is_order(change):
            rows = get(after, change.place)
            yield change.place, _in_order(rows if isinstance(rows, list) else [], change.old)


def _can_be_withdrawn(view: View, change: FieldChange) -> bool:
    """Whether a row that was added is one that is withdrawn, never removed."""
    if len(change.place) != 2 or not change.place[1].startswith("#"):
        return False
    facts = fields_of(view.kind.model).get(change.place[0])
    return facts is not None and facts.part is not None and "withdrawn" in fields_of(facts.part)


def _put_back(register: Register, file: FileChanges, whole: FieldChange, why: Circumstances, undoes: str) -> Amendment:
    """Return the amendment that adds a deleted record as it was."""
    from bscp_tui.model.kinds import place_of

    place = place_of(register.repository.inner(file.path) or "")
    data = log.contents(register.repository, [file.old or ""]).get(file.old or "")
    try:
        document = parse(data) if data is not None else None
    except UnreadableError:
        document = None
    if place is None or document is None:
        msg = f"{file.path}: what it held before cannot be read, so it cannot be put back."
        raise RefusedChangeError(msg)
    changes: dict[FieldPath, object] = {(name,): value for name, value in document.items()}
    return Amendment(place[0], file.path, whole.ref, whole.title, (), changes, why, None, "added", undoes=undoes)


def _innermost(snapshot: Snapshot, file: FileChanges, record: View) -> View:
    """Return the row that all the changes lie in, the record itself if there is none such."""
    refs = {change.ref for change in file.changes}
    if len(refs) != 1 or refs == {record.ref}:
        return record
    try:
        found = snapshot.resolve(refs.pop())
    except LookupError:
        return record
    return found if isinstance(found, View) and found.path == record.path else record


def _document(snapshot: Snapshot, path: str) -> Document | None:
    try:
        return snapshot.document(path) if snapshot.has_path(path) else None
    except UnreadableError:
        return None


def _is_order(change: FieldChange) -> bool:
    return (change.field or "").endswith(" (order)")


def _in_order(rows: list[Document], keys: object) -> list[Document]:
    """Return the rows in an order that they had; rows that came later stay behind."""
    order = {key: place for place, key in enumerate(keys)} if isinstance(keys, list) else {}
    return sorted(rows, key=lambda row: order.get(str(row.get("id", row.get("number"))), len(order)))
