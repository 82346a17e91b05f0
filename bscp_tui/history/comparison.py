"""What differs between two states of the register, field by field, with who did it and why."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bscp_tui.history.ledger import HistoryRow, Query, rows
from bscp_tui.history.naming import innermost
from bscp_tui.history.rows import NOT_KEPT
from bscp_tui.model.document import Document, differences
from bscp_tui.model.kinds import place_of
from bscp_tui.model.spoken import field_in_words, spoken
from bscp_tui.store.commits import FileChange, changed_between
from bscp_tui.store.objects import read_objects
from bscp_tui.store.register import Register
from bscp_tui.store.toml_text import UnreadableError, parse


@dataclass(frozen=True)
class Compared:
    """One field that the later state says otherwise than the earlier one.

    Attributes:
        ref: What it belongs to, the innermost thing: ``2025-27/4.1.3``.
        path: Its file.
        field: In full, ``key_actions.3.status``; None for the record as a whole.
        old: The earlier value.
        new: The later value.
        change: "added", "removed" or "changed"; "could not be read" or "can be read again" where a file was broken.
        title: The changed thing's title, for people.
        field_words: The field as people say it beside ``ref``.
        steps: Every entry's part in it, newest first; none where the states lie on separate histories.

    """

    ref: str
    path: str
    field: str | None
    old: object
    new: object
    change: str
    title: str
    field_words: str
    steps: tuple[HistoryRow, ...] = ()

    @property
    def last(self) -> HistoryRow | None:
        """The last step: who, when and why it came to its later value."""
        return self.steps[0] if self.steps else None

    @property
    def withdrawn(self) -> bool:
        """Whether the thing was withdrawn: given a reason for it, and left in its place."""
        return self.field is not None and self.field.rpartition(".")[2] == "withdrawn" and self.change == "added"

    @property
    def by(self) -> str | None:
        """Who made the last step."""
        return self.last.by if self.last else None

    @property
    def recorded(self) -> dt.datetime | None:
        """When the last step was recorded."""
        return self.last.recorded if self.last else None

    @property
    def reason(self) -> str | None:
        """Why, in the words of the last step."""
        return self.last.reason if self.last else None

    @property
    def words(self) -> str:
        """What differs, as the history says it: "status: not started → in progress"."""
        if self.field is None:
            return self.change
        name = self.field_words or self.title
        if self.withdrawn:
            return "withdrawn"
        if not self.field_words:
            return f"{self.change}: {name}"
        if self.change == "added":
            return f"{name}: {spoken(self.new)}"
        return f"{name}: {spoken(self.old)} → {spoken(self.new)}"


def compare(register: Register, earlier: str, later: str) -> list[Compared]:
    """Return what differs between two commits, by file and in the file's order.

    The net difference alone counts: what was changed and put back is not told.

    Raises:
        RegisterError: The history cannot be read.
        GitError: One of the commits is not there.

    """
    repository = register.repository
    files = changed_between(repository, earlier, later)
    blobs = sorted({blob for file in files for blob in (file.old, file.new) if blob})
    texts = {name: found[2] for name, found in read_objects(repository, blobs).items() if found}
    steps: dict[str, list[HistoryRow]] = {}
    for row in rows(register, Query(at=later, after=earlier)) if files else ():
        if row.change != NOT_KEPT:
            steps.setdefault(row.path, []).append(row)
    return [
        found
        for file in files
        for found in _file(file, repository.inner(file.path) or "", texts, steps.get(file.path, ()))
    ]


def _file(file: FileChange, inner: str, texts: Mapping[str, bytes], steps: Sequence[HistoryRow]) -> Iterator[Compared]:
    place = place_of(inner)
    if place is None:
        return
    kind, names = place
    ref = kind.reference.format(**names)
    old, new = _document(file.old, texts), _document(file.new, texts)
    title = str((new or old or {}).get("title", ""))
    whole = _whole(file, old, new)
    if whole is not None:
        yield Compared(ref, file.path, None, None, None, whole, title, "", _steps(steps, None))
        return
    for change in differences(old or {}, new or {}):
        inner_ref, inner_title = innermost(kind, names, change, new or {}, old or {})
        yield Compared(
            ref=inner_ref or ref,
            path=file.path,
            field=change.field,
            old=change.old,
            new=change.new,
            change=change.change,
            title=inner_title or title,
            field_words=field_in_words(change.path, inner=inner_ref is not None),
            steps=_steps(steps, change.field),
        )


def _whole(file: FileChange, old: Document | None, new: Document | None) -> str | None:
    """Return what happened to the record as a whole; None where both versions can be held against each other."""
    if file.new is not None and new is None:
        return "could not be read"
    if file.old is not None and old is None:
        return "can be read again" if file.new is not None else "removed"
    if file.old is None:
        return "added"
    return "removed" if file.new is None else None


def _document(blob: str | None, texts: Mapping[str, bytes]) -> Document | None:
    try:
        return parse(texts[blob]) if blob is not None and blob in texts else None
    except UnreadableError:
        return None


def _steps(steps: Sequence[HistoryRow], field: str | None) -> tuple[HistoryRow, ...]:
    """Return the steps that led to a field's value: its own, those of what lies in it, and of what it lies in."""
    if field is None:
        return tuple(steps)
    return tuple(step for step in steps if step.field is None or _touches(step.field, field))


def _touches(one: str, other: str) -> bool:
    return one == other or one.startswith(f"{other}.") or other.startswith(f"{one}.")
