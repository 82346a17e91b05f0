"""What was changed past the program: a value that another had before, and nobody says why.

The file alone looks sound, so no rule of plausibility sees it; what was recorded before does.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pydantic import BaseModel

from bscp_tui.checks.places import line_at
from bscp_tui.checks.query import Query
from bscp_tui.checks.rule import About, Steps
from bscp_tui.history.by_hand import Breach, breach
from bscp_tui.history.entries import FieldChange, LedgerEntry
from bscp_tui.history.index import Index
from bscp_tui.history.naming import innermost
from bscp_tui.model.document import Document, differences, get
from bscp_tui.model.kinds import place_of
from bscp_tui.model.merging import alike
from bscp_tui.model.record import FieldPath
from bscp_tui.model.spoken import spoken
from bscp_tui.model.view import View
from bscp_tui.store.register import Register
from bscp_tui.store.snapshot import Snapshot
from bscp_tui.store.sources import WorkingFiles
from bscp_tui.store.toml_text import UnreadableError

UNEXPLAINED = About(
    "changed-without-reason",
    "warning",
    "A date, figure, status or name that was recorded was changed past the program, and no reason is recorded.",
    "Nobody can tell a correction from a slip of the hand, or from a figure that was made to fit.",
    "The owner of a learning point was another agency yesterday; an editor wrote the new one.",
    "Put the earlier value back; or ask why, and record that: bscp set {ref} FIELD=VALUE --reason TEXT.",
)
OVERWRITTEN = About(
    "target-overwritten",
    "error",
    "A target was overwritten, or a revision of one was taken away or altered.",
    "The first date stays and each later one is a revision, so that slippage is counted; this hides it.",
    "The file said 31 March, an editor made it 30 June, and there is no revision.",
    "Put the first date back, and record the new one: bscp set {ref} target=DATE --decided-at MEETING --reason TEXT.",
)
UNEXPLAINED_CHANGES = (UNEXPLAINED, OVERWRITTEN)
_ABOUT = {Breach.UNEXPLAINED: UNEXPLAINED, Breach.OVERWRITTEN: OVERWRITTEN}


@dataclass(frozen=True)
class _Moved:
    """A change past the program.

    Attributes:
        path: The file.
        ref: What it is a change of.
        place: Where in the file's document.
        field: The same, as people and JSON name it.
        old: The value before.
        new: The value now.

    """

    path: str
    ref: str
    place: FieldPath
    field: str
    old: object
    new: object


def outside(index: Index, register: Register, snapshot: Snapshot, entries: Sequence[LedgerEntry]) -> Iterator[Query]:
    """Yield what ``entries`` changed past the program, and what no later entry of the program changed again."""
    asked: dict[tuple[str, FieldPath], None] = {}
    for entry in entries:
        if entry.is_outside and entry.reason is None:
            for file in entry.files:
                model = _model_of(file.path, register)
                changes = file.changes if file.old is not None and model is not None else ()
                asked |= dict.fromkeys(
                    (file.path, change.place)
                    for change in changes if change.field and _about(model, change.place, change.old) is not None
                )  # fmt: skip
    for path, place in asked:
        yield from _of_history(index, register, snapshot, path, place)


def _of_history(index: Index, register: Register, snapshot: Snapshot, path: str, place: FieldPath) -> Iterator[Query]:
    """Hold what a place held before it was last changed by hand against what it holds by now."""
    steps = [
        (entry, change)
        for entry in index.entries_of(path, index.positions_of(path))
        for file in entry.files if file.path == path
        for change in file.changes if _touches(change.place, place)
    ]  # fmt: skip
    run: list[tuple[LedgerEntry, FieldChange]] = []
    for entry, change in reversed(steps):
        if not entry.is_outside or entry.reason is not None or change.place != place:
            break
        run.append((entry, change))
    if not run or alike(run[-1][1].old, run[0][1].new):
        return
    entry, last = run[0]
    moved = _Moved(path, last.ref, place, last.field or "", run[-1][1].old, last.new)
    yield from _queries(register, snapshot, moved, f"in entry {entry.commit[:12]} and without a reason")


def not_recorded(register: Register, snapshot: Snapshot, edited: Iterable[View]) -> Iterator[Query]:
    """Yield what the working files say otherwise than what is recorded, field by field."""
    marked = [view for view in edited if view.mark == WorkingFiles.EDITED]
    if not marked or snapshot.commit is None:
        return
    recorded = register.snapshot_at(snapshot.commit)
    for view in marked:
        before, now = _document(recorded, view.path), _document(snapshot, view.path)
        if before is None or now is None:
            continue
        for change in differences(before, now):
            ref, _ = innermost(view.kind, view.names, change, now, before)
            moved = _Moved(view.path, ref or view.ref, change.path, change.field, change.old, change.new)
            yield from _queries(register, snapshot, moved, "by hand and without a reason")


def _queries(register: Register, snapshot: Snapshot, moved: _Moved, how: str) -> Iterator[Query]:
    about = _about(_model_of(moved.path, register), moved.place, moved.old)
    if about is None:
        return
    document, line = _document(snapshot, moved.path), 1
    if document is not None:
        raw = snapshot.raw([moved.path])[moved.path].data or b""
        line = line_at(raw.decode("utf-8", "replace"), _steps(moved.place, document))
    told = f"{_said(moved.field, moved.old, moved.new)}, {how}."
    mend = about.mend.format(ref=moved.ref)
    yield Query(about.id, about.severity, moved.ref, moved.path, line, moved.field, told[:1].upper() + told[1:], mend)


def _model_of(path: str, register: Register) -> type[BaseModel] | None:
    """Return the class of the records that lie at ``path``, None where none do."""
    found = place_of(register.repository.inner(path) or "")
    return found[0].model if found is not None else None


def _about(model: type[BaseModel] | None, place: FieldPath, old: object) -> About | None:
    """Return the rule that a change by hand breaks; None for what is only filled in, and for words."""
    found = breach(model, place, old) if model is not None else None
    return _ABOUT[found] if found is not None else None


def _touches(one: FieldPath, other: FieldPath) -> bool:
    shorter = min(len(one), len(other))
    return one[:shorter] == other[:shorter]


def _said(name: str, old: object, new: object) -> str:
    if new is None:
        return f"{name} ({_short(old)}) was taken away"
    return f"{name} was added ({_short(new)})" if old is None else f"{name}: {_short(old)} → {_short(new)}"


def _short(value: object) -> str:
    told = spoken(value)
    return told if len(told) <= 80 else f"{told[:79]}…"


def _document(snapshot: Snapshot, path: str) -> Document | None:
    try:
        return snapshot.document(path) if snapshot.is_record(path) else None
    except UnreadableError:
        return None


def _steps(place: FieldPath, document: Document | None) -> Steps:
    """Return a place with positions in place of the ids of rows, as far as it is there."""
    found: list[str | int] = []
    for end, step in enumerate(place):
        if not step.startswith("#"):
            found.append(step)
            continue
        rows = get(document or {}, place[:end])
        at = [row.get("id") == step[1:] for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
        if True not in at:
            break
        found.append(at.index(True))
    return tuple(found)
