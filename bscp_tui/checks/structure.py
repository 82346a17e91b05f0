"""The files themselves: what cannot be read, lies in the wrong place, or would be lost on another computer."""

import unicodedata
from collections.abc import Iterator, Sequence

from bscp_tui.checks.query import Query
from bscp_tui.checks.rule import About
from bscp_tui.model.additions import RESERVED
from bscp_tui.model.kinds import KINDS
from bscp_tui.model.settings import LAYOUT
from bscp_tui.store.loading import Unreadable
from bscp_tui.store.snapshot import Snapshot
from bscp_tui.store.sources import WorkingFiles

UNREADABLE = About(
    "unreadable-file",
    "error",
    "A record's file cannot be read.",
    "It is missing from lists, counts and reports; its last good version is shown in its place.",
    "A quotation mark is missing on line 12.",
    "Mend the line with an editor, or put the file back: bscp set {ref} --put-back.",
)
CONFLICT = About(
    "conflict-marks",
    "error",
    "Two versions of a record stand in one file, between a merge's marks.",
    "Neither version counts until somebody has chosen.",
    "Lines with <<<<<<< and >>>>>>>.",
    "Keep one of the two versions, or put the file back: bscp set {ref} --put-back.",
)
NO_FILE = About(
    "no-plain-file",
    "error",
    "Where a record's file should be lies a link, a device, or something that cannot be opened.",
    "A link can lead out of the register, to text that no entry recorded.",
    "records/agencies/police.toml is a link to a file elsewhere.",
    "Put a plain file in its place, or put back what was recorded: bscp set {ref} --put-back.",
)
MISPLACED = About(
    "misplaced-file",
    "error",
    "A record's file lies, or is named, where no kind of record is looked for.",
    "It is not read, so that the record is missing everywhere.",
    "records/learning/LP-0042.toml, which belongs into records/learning/00/.",
    "Put the file where its kind lies, under the name that its kind asks for.",
)
FOREIGN = About(
    "foreign-file",
    "info",
    "A file in the records folder is no record.",
    "Notes beside the records are not checked, not dated and not published.",
    "records/agencies/notes.docx.",
    "Keep it elsewhere, or record what it says.",
)
CLASH = About(
    "names-clash",
    "error",
    "Two files differ only in capitals or accents.",
    "On Windows and on a Mac one of them takes the place of the other.",
    "records/people/Police.toml and records/people/police.toml.",
    "Keep the one that was recorded first, and move what the other says into it.",
)
RESERVED_NAME = About(
    "reserved-name",
    "error",
    "A file has a name that Windows keeps for itself.",
    "The register cannot be received on such a computer.",
    "records/groups/con.toml.",
    "Withdraw the record, and add it under another name.",
)
NEWER = About(
    "newer-layout",
    "warning",
    "A newer version of the program made the register.",
    "This version can read it, may not understand all of it, and records nothing in it.",
    "layout = 2, where this version knows 1.",
    "Use the newer version of the program.",
)
BY_HAND = About(
    "edited-by-hand",
    "info",
    "A file differs from what is recorded.",
    "Nobody can see who changed it, when and why, until it is an entry.",
    "A date was changed with an editor.",
    "Record it: bscp set {ref} --by-hand --reason TEXT; or put it back: bscp set {ref} --put-back.",
)
DELETED = About(
    "deleted-by-hand",
    "error",
    "A record's file was deleted.",
    "A record is withdrawn with its reason, never deleted; its history would end without a word.",
    "records/learning/00/LP-0042.toml is gone from the folder.",
    "Put it back: bscp set {ref} --put-back; then withdraw it: bscp withdraw {ref} --reason TEXT.",
)
STRUCTURE = (UNREADABLE, CONFLICT, NO_FILE, MISPLACED, FOREIGN, CLASH, RESERVED_NAME, NEWER, BY_HAND, DELETED)


def of_names(snapshot: Snapshot) -> Iterator[Query]:
    """Yield what is wrong with the names of a register's files, and its layout; no record is read for it."""
    yield from _clashes(snapshot.all_paths())
    yield from _newer(snapshot)


def of_files(snapshot: Snapshot) -> Iterator[Query]:
    """Yield what is wrong with the files of a register as such, whatever they hold."""
    yield from _unreadable(snapshot)
    yield from _foreign(snapshot, snapshot.all_paths())
    yield from _marked(snapshot)


def query_of(about: About, ref: str, path: str, message: str, line: int = 1) -> Query:
    """Return a query about a file as a whole."""
    return Query(about.id, about.severity, ref, path, line, "", message, about.mend.format(ref=ref))


def _unreadable(snapshot: Snapshot) -> Iterator[Query]:
    found = {bad.path: bad for kind in KINDS.values() if kind.where for bad in snapshot.unreadable(kind)}
    raw = snapshot.raw(found)
    for bad in found.values():
        if not snapshot.is_record(bad.path):
            about = NO_FILE if raw[bad.path].data is None else MISPLACED
        else:
            about = _what_is_wrong(bad, raw[bad.path].data)
        yield query_of(about, bad.ref, bad.path, bad.reason, bad.line)


def _what_is_wrong(bad: Unreadable, data: bytes | None) -> About:
    if data is None:
        return NO_FILE
    lines = data.splitlines()
    at_fault = lines[bad.line - 1] if 0 < bad.line <= len(lines) else b""
    return CONFLICT if at_fault.startswith((b"<<<<<<<", b"=======", b">>>>>>>")) else UNREADABLE


def _foreign(snapshot: Snapshot, paths: Sequence[str]) -> Iterator[Query]:
    strays = {bad.path for kind in KINDS.values() if kind.where for bad in snapshot.unreadable(kind)}
    others = [path for path in paths if not snapshot.is_record(path) and path not in strays]
    raw = snapshot.raw(others)
    for path in others:
        inner = path.removeprefix(snapshot.prefix)
        if any(part.startswith(".") for part in inner.split("/")):
            continue
        if raw[path].data is None:
            yield query_of(NO_FILE, path, path, str(raw[path].fault))
        elif inner.lower().endswith(".toml"):
            yield query_of(MISPLACED, path, path, "no kind of record lies here under such a name, so it is not read")
        else:
            yield query_of(FOREIGN, path, path, "it is no record, and is not read")


def _clashes(paths: Sequence[str]) -> Iterator[Query]:
    """Compare whole paths, and every folder on the way: two folders that differ in capitals clash too."""
    known: dict[str, str] = {}
    for path in paths:
        parts = path.split("/")
        for end in range(1, len(parts) + 1):
            name = "/".join(parts[:end])
            other = known.setdefault(unicodedata.normalize("NFC", name).casefold(), name)
            if other != name:
                yield query_of(CLASH, path, path, f"{name} and {other} differ only in capitals or accents")
                break
        stem = parts[-1].partition(".")[0].lower()
        if stem in RESERVED:
            yield query_of(RESERVED_NAME, path, path, f"“{parts[-1]}” is a name that Windows keeps for itself")


def _newer(snapshot: Snapshot) -> Iterator[Query]:
    layout = snapshot.settings.layout
    if layout > LAYOUT:
        path = f"{snapshot.prefix}bscp.toml"
        yield query_of(NEWER, "register", path, f"its layout is {layout}; this version of the program knows {LAYOUT}")


def _marked(snapshot: Snapshot) -> Iterator[Query]:
    for view in snapshot.marked_views():
        if view.mark == WorkingFiles.GONE:
            yield query_of(DELETED, view.ref, view.path, view.mark)
        else:
            yield query_of(BY_HAND, view.ref, view.path, str(view.mark))
