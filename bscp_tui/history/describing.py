"""From a commit and its files to an entry of the ledger: what changed, and where the message says otherwise."""

from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from bscp_tui.history.entries import FieldChange, FileChanges, LedgerEntry
from bscp_tui.history.naming import innermost
from bscp_tui.history.parts import Parts
from bscp_tui.history.rows import CONCURRENT, NOT_KEPT
from bscp_tui.model import concurrent
from bscp_tui.model import entry as messages
from bscp_tui.model.document import Change, Document, differences, get, same
from bscp_tui.model.kinds import place_of
from bscp_tui.model.spoken import field_in_words, spoken
from bscp_tui.store.log import RawChange, RawCommit
from bscp_tui.store.toml_text import UnreadableError

MISSING = "its content is missing from the repository, or damaged"
_KEPT = 12_000  # documents; a record of two kilobytes takes about ten in memory


class Documents:
    """Parsed records by the id of their content, the latest used ones kept."""

    def __init__(self, read: Callable[[Sequence[str]], dict[str, bytes]]) -> None:
        """Read contents with ``read``, which leaves out what is missing."""
        self._read = read
        self._kept: OrderedDict[str, Document | str] = OrderedDict()
        self._parts = Parts()

    def prepare(self, blobs: Iterable[str], contents: dict[str, bytes]) -> None:
        """Make ready what is about to be asked for; ``contents`` are at hand already."""
        missing = [blob for blob in dict.fromkeys(blobs) if blob not in self._kept]
        contents |= self._read([blob for blob in missing if blob not in contents])
        for blob in missing:
            self._keep(blob, contents.get(blob))

    def of(self, blob: str) -> Document | str:
        """Return what a record's content holds, or why it cannot be read."""
        if blob not in self._kept:
            self._keep(blob, self._read([blob]).get(blob))
        self._kept.move_to_end(blob)
        return self._kept[blob]

    def forget(self) -> None:
        """Let go of what was not used lately."""
        while len(self._kept) > _KEPT:
            self._kept.popitem(last=False)

    def _keep(self, blob: str, data: bytes | None) -> None:
        try:
            self._kept[blob] = MISSING if data is None else self._parts.read(data)
        except UnreadableError as error:
            self._kept[blob] = str(error)


@dataclass(frozen=True)
class Surroundings:
    """What an entry is seen against.

    Attributes:
        inner: Returns a path as seen from the records folder, None for one outside it.
        documents: Records by their content.
        versions: The ids of a file's content in earlier entries, newest first; None where it was removed.
        clock: When a commit that came before was recorded, in seconds; None where it is not in this copy.
        cut: Commits whose parents are not in this copy.

    """

    inner: Callable[[str], str | None]
    documents: Documents
    versions: Callable[[str], Iterator[str | None]]
    clock: Callable[[str], float | None]
    cut: frozenset[str]


def described(commit: RawCommit, changes: Sequence[RawChange], around: Surroundings, head: str | None) -> LedgerEntry:
    """Return the entry that a commit is.

    Args:
        commit: The commit.
        changes: The files that it changed.
        around: What it is seen against.
        head: The head of the tree of all entries up to this one.

    """
    files = _renamed([file for change in changes for file in _file(commit, change, around)])
    trailers = messages.trailers_of(commit.message)
    told = {name: values[0] for name, values in trailers.items() if len(values) == 1}
    return LedgerEntry(
        commit=commit.identifier,
        parents=commit.parents,
        entry=told.get("Entry"),
        by=commit.author[0],
        email=commit.author[1],
        made=commit.made,
        recorded=commit.recorded,
        effective=messages.day_of(told.get("Effective")),
        sentence=commit.message.partition("\n")[0].strip(),
        reason=messages.reason_of(commit.message),
        evidence=tuple(trailers.get("Evidence", ())),
        decided_at=told.get("Decided-At"),
        group=told.get("Group"),
        undoes=told.get("Undoes"),
        signature=commit.signature,
        notes=tuple(_notes(commit, changes, files, trailers, around)),
        files=tuple(files),
        head=head,
        concurrent=tuple(_not_kept(trailers, files, around)),
    )


def _not_kept(
    trailers: dict[str, list[str]], files: Sequence[FileChanges], around: Surroundings
) -> Iterator[tuple[str, FieldChange]]:
    """Yield each value that somebody gave a field at the same time as others, and that was not kept."""
    lines, paths = trailers.get(concurrent.TRAILER, []), trailers.get("Record", [])
    inner = around.inner(paths[0]) if len(paths) == 1 and lines else None
    place = _place_of(inner) if inner is not None else None
    if place is None:
        return
    kind, names = place
    blob = next((file.new for file in files if file.path == paths[0]), None) or next(around.versions(paths[0]), None)
    found = around.documents.of(blob) if blob else None
    document = found if isinstance(found, dict) else {}
    for told in concurrent.all_of(lines):
        change = Change(concurrent.place_in(document, told.field), told.field, None, None)
        ref, title = innermost(kind, names, change, document, {})
        whole = kind.reference.format(**names), str(document.get("title", ""))
        words = field_in_words(change.path, inner=ref is not None) if change.path else told.field
        others = ", ".join(one.who for one in told.given if one.kept) or "somebody"
        for one in told.given:
            if not one.kept:
                note = f"not kept; given by {one.who}; another value was recorded at the same time: {others}"
                yield paths[0], FieldChange(
                    ref or whole[0], title or whole[1], change.path, f"{told.field}{CONCURRENT}",
                    told.before, one.value, NOT_KEPT, f"{words} (not kept)", (note,),
                )  # fmt: skip


def _file(commit: RawCommit, change: RawChange, around: Surroundings) -> Iterator[FileChanges]:
    inner = around.inner(change.path)
    place = _place_of(inner) if inner is not None else None
    if place is None:
        return
    kind, names = place
    ref = kind.reference.format(**names)
    changes = list(_versions(change, around))
    documents = [
        doc for blob in (change.new, *change.olds) if blob and isinstance(doc := around.documents.of(blob), dict)
    ]
    new = documents[0] if documents else {}
    title = str(new.get("title", ""))
    first = change.olds[0]
    before = around.documents.of(first) if first else None
    found = []
    for each, notes in changes:
        if each.field:
            inner_ref, inner_title = innermost(kind, names, each, new, before if isinstance(before, dict) else {})
            words = field_in_words(each.path, inner=inner_ref is not None)
            found.append(
                FieldChange(
                    inner_ref or ref,
                    inner_title or title,
                    each.path,
                    each.field,
                    each.old,
                    each.new,
                    each.change,
                    words,
                    notes,
                )
            )
        else:
            found.append(FieldChange(ref, title, (), None, None, None, each.change, "", notes))
    if commit.identifier in around.cut:
        found = [replace(each, notes=(*each.notes, "what was before is not in this copy")) for each in found]
    yield FileChanges(change.path, first, change.new, tuple(found))


def _versions(change: RawChange, around: Surroundings) -> Iterator[tuple[Change, tuple[str, ...]]]:
    """Yield the changes of one file, each with its notes; a field of "" is the record as a whole."""
    olds = [around.documents.of(blob) if blob else None for blob in change.olds]
    new = _new_of(change, around)
    old = olds[0]
    if isinstance(new, str):
        yield _whole("could not be read"), (new,)
    elif new is None:
        yield _whole("removed"), ("deleted, not withdrawn",)
    elif old is None:
        yield _whole("added"), tuple(_added_notes(change, around))
    elif isinstance(old, str):
        yield _whole("can be read again"), ()
        yield from _since_readable(change, new, around)
    else:
        others = [other for other in olds[1:] if isinstance(other, dict)]
        for each in differences(old, new):
            if not any(same(get(other, each.path), each.new) for other in others):
                yield each, ()


def _new_of(change: RawChange, around: Surroundings) -> Document | str | None:
    if change.new is None:
        return None
    return around.documents.of(change.new) if change.plain else "a link, not a file; it is not followed"


def _whole(change: str) -> Change:
    return Change((), "", None, None, change)


def _added_notes(change: RawChange, around: Surroundings) -> Iterator[str]:
    before = next(around.versions(change.path), "")
    if before is None:
        yield "it was deleted before; this puts it back"
    elif before:
        yield "created twice: it was added on both sides"


def _since_readable(change: RawChange, new: Document, around: Surroundings) -> Iterator[tuple[Change, tuple[str, ...]]]:
    """Yield what differs from the last version that could be read."""
    for blob in around.versions(change.path):
        good = around.documents.of(blob) if blob else None
        if isinstance(good, dict):
            for each in differences(good, new):
                yield each, ("since the last version that could be read",)
            return


def _renamed(files: list[FileChanges]) -> list[FileChanges]:
    """Say of a file that went and one that came with the same content that it was renamed."""
    gone = {file.old: file.path for file in files if file.new is None}
    came = {file.new: file.path for file in files if file.old is None}
    told = []
    for file in files:
        if file.new is None and file.old in came:
            told.append(_noted(file, f"renamed by hand to {came[file.old]}"))
        elif file.old is None and file.new in gone:
            told.append(_noted(file, f"renamed by hand from {gone[file.new]}"))
        else:
            told.append(file)
    return told


def _noted(file: FileChanges, note: str) -> FileChanges:
    return replace(file, changes=tuple(replace(change, notes=(note,)) for change in file.changes))


def _notes(
    commit: RawCommit,
    changes: Sequence[RawChange],
    files: Sequence[FileChanges],
    trailers: dict[str, list[str]],
    around: Surroundings,
) -> Iterator[str]:
    clocks = [clock for parent in commit.parents if (clock := around.clock(parent)) is not None]
    if clocks and max(clocks) > commit.recorded.timestamp():
        yield "the clock went backwards here"
    if len(commit.parents) > 1:
        yield "merge"
    elif commit.parents and "Entry" not in trailers:
        yield "made outside the program"
    if len(commit.parents) == 1 and commit.identifier not in around.cut:  # else every file there is seems new
        yield from _contradictions(commit, changes, files, trailers)


def _contradictions(
    commit: RawCommit, changes: Sequence[RawChange], files: Sequence[FileChanges], trailers: dict[str, list[str]]
) -> Iterator[str]:
    """Say where the message claims something else than the files show."""
    paths = [change.path for change in changes]
    named = trailers.get("Record", [])
    untold = [path for path in paths if not any(path == name or path.startswith(f"{name}/") for name in named)]
    idle = [name for name in named if not any(path == name or path.startswith(f"{name}/") for path in paths)]
    if named and (untold or idle) and not (concurrent.TRAILER in trailers and not paths):
        yield f"the message names {_few(named)}; changed were {_few(paths)}"
    shown = [change for file in files for change in file.changes]
    fields = [change for change in shown if change.field is not None]
    if concurrent.TRAILER in trailers and not paths:
        return  # all that it was to change, others had changed already
    if any(MISSING in change.notes for change in shown):
        return  # what is lost contradicts nobody
    claimed = set(trailers.get("Change", ()))
    if claimed:
        lines = {messages.change_line(_as_change(change)): change.field or "" for change in fields}
        actual = {*lines, *(change.change for change in shown if change.field is None)}
        yield from (f"the message says something else than the files: “{line}”" for line in sorted(claimed - actual))
        if len(files) == 1:
            untold = [field for line, field in lines.items() if line not in claimed]
            yield from (f"the message does not tell of {field}" for field in sorted(untold))
    sentence = commit.message.partition("\n")[0].strip()
    if " → " in sentence.rpartition(": ")[2] and not any(_ends_with(sentence, change) for change in fields):
        yield f"the message says something else than the files: “{sentence}”"


def _few(names: Sequence[str]) -> str:
    told = ", ".join(names[:3]) or "no files"
    return f"{told} and {len(names) - 3} more" if len(names) > 3 else told


def _as_change(change: FieldChange) -> Change:
    return Change(change.place, change.field or "", change.old, change.new, change.change)


def _ends_with(sentence: str, change: FieldChange) -> bool:
    return sentence.endswith(f"{spoken(change.old)} → {spoken(change.new)}")


_place_of = lru_cache(maxsize=65_536)(place_of)
