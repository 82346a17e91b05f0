"""What an entry may touch, by the roles of whoever signed it, and whether its message says so."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bscp_tui.model.concurrent import TRAILER
from bscp_tui.model.document import Document, differences
from bscp_tui.model.entry import change_line, trailers_of
from bscp_tui.model.kinds import place_of
from bscp_tui.model.record import Part
from bscp_tui.model.roster import RECORDING, Role
from bscp_tui.store.raw_history import Content, FileStep, RawCommit
from bscp_tui.store.toml_text import UnreadableError, parse

PLAIN_FILE = "100644"
MANY = "records"  # what the message of an entry names that made a register, or upgraded one
_ROSTER_FILE, _SETTINGS_FILE, _ATTRIBUTES = "roster.toml", "bscp.toml", ".gitattributes"
_SAFE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_MODES = {"120000": "a link", "160000": "another repository", "100755": "a program"}


@dataclass(frozen=True)
class Fault:
    """What is wrong with an entry: ``code`` for programs, ``reason`` for people."""

    code: str
    reason: str


@dataclass(frozen=True)
class Place:
    """Where a register's files lie: ``prefix`` is "records/", or nothing."""

    prefix: str

    @property
    def roster(self) -> str:
        """The roster's path."""
        return f"{self.prefix}{_ROSTER_FILE}"

    def is_record(self, path: str) -> bool:
        """Whether a record may lie at ``path``: its parts are plain names, and it ends as records do."""
        if not path.startswith(self.prefix):
            return False
        parts = path.removeprefix(self.prefix).split("/")
        return path.endswith(".toml") and all(_SAFE.fullmatch(part) for part in parts)

    def model_of(self, path: str) -> type[Part] | None:
        """Return what declares the record at ``path``; None for a file that is no record."""
        kind = place_of(path.removeprefix(self.prefix)) if path.startswith(self.prefix) else None
        return kind[0].model if kind else None


def file_faults(place: Place, steps: Sequence[FileStep], *, making: bool) -> Iterator[Fault]:
    """Yield what no role may do: links and programs, other files, records removed or moved."""
    gone = {step.old.identifier: step.path for step in steps if step.old and step.new is None}
    for step in steps:
        if step.new is None:
            yield Fault("removed", f"it removes {step.path}; a record is withdrawn, never removed")
        elif step.new.mode != PLAIN_FILE:
            yield Fault("mode", f"it makes {step.path} {_MODES.get(step.new.mode, 'something else than a file')}")
        elif step.old is None and step.new.identifier in gone:
            yield Fault("moved", f"it moves {gone[step.new.identifier]} to {step.path}; a record is never moved")
        elif not place.is_record(step.path) and not (making and step.path == _ATTRIBUTES):
            yield Fault("path", f"it touches {step.path}, which is no record")


def needed_roles(place: Place, steps: Sequence[FileStep], *, many: bool) -> frozenset[Role]:
    """Return the roles of which the signer needs one."""
    if many or any(step.path == place.roster for step in steps):
        return frozenset({"administrator"})
    if steps and all(_is_open(place, step) for step in steps):
        return RECORDING | {"scrutineer"}
    return RECORDING


def is_making(commit: RawCommit, steps: Sequence[FileStep]) -> bool:
    """Whether an entry says that it made (part of) a register, and only adds."""
    claimed = trailers_of(commit.message).get("Record") == [MANY]
    return claimed and all(step.old is None for step in steps)


def is_upgrade(place: Place, commit: RawCommit, steps: Sequence[FileStep], files: Mapping[str, bytes]) -> bool:
    """Whether an entry says that it upgraded the register's layout, and raises its number."""
    settings = next((step for step in steps if step.path == f"{place.prefix}{_SETTINGS_FILE}"), None)
    if trailers_of(commit.message).get("Record") != [MANY] or not (settings and settings.old and settings.new):
        return False
    layouts = [(_document(files, content) or {}).get("layout") for content in (settings.old, settings.new)]
    before, after = (layout if isinstance(layout, int) else 0 for layout in layouts)
    return 0 < before < after


def message_faults(commit: RawCommit, steps: Sequence[FileStep], files: Mapping[str, bytes]) -> Iterator[Fault]:
    """Yield where a message says something else than its one file; one without such lines says nothing."""
    trailers = trailers_of(commit.message)
    if "Record" not in trailers:
        return
    if not steps and TRAILER in trailers and "Change" not in trailers:
        return  # others had given its field a value first, and its own stands in the message alone
    if trailers["Record"] != [step.path for step in steps]:
        named, touched = ", ".join(trailers["Record"]), ", ".join(step.path for step in steps[:3]) or "nothing"
        yield Fault("message", f"its message speaks of {named}, but it changes {touched}")
        return
    step = steps[0]
    told = trailers.get("Change", [])
    true = _change_lines(step, files)
    if true is not None and sorted(told) != sorted(true):
        told_only = [line for line in told if line not in true] or ["nothing"]
        true_only = [line for line in true if line not in told] or ["nothing"]
        yield Fault("message", f"its message says “{told_only[0]}”, but the file says “{true_only[0]}”")


def twins(place: Place, paths: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield pairs of files that claim one identity: names that differ in case alone, or one reference."""
    seen: dict[str, str] = {}
    for path in sorted(paths):
        names = [f"path:{unicodedata.normalize('NFC', path).casefold()}"]
        kind = place_of(path.removeprefix(place.prefix))
        if kind is not None:
            names.append(f"ref:{kind[0].reference.format(**kind[1])}")
        for name in names:
            if name in seen:
                yield seen[name], path
            seen.setdefault(name, path)


def _is_open(place: Place, step: FileStep) -> bool:
    kind = place_of(step.path.removeprefix(place.prefix))
    return step.old is None and kind is not None and kind[0].model.open_to_scrutineers


def _change_lines(step: FileStep, files: Mapping[str, bytes]) -> list[str] | None:
    """Return the lines that the message must hold; None where a version cannot be read, so that they cannot be told."""
    if step.old is None:
        return ["added"]
    old, new = _document(files, step.old), _document(files, step.new)
    if old is None or new is None:
        return None
    return [change_line(change) for change in differences(old, new)]


def _document(files: Mapping[str, bytes], content: Content | None) -> Document | None:
    """Return what a version of a file holds; None where there is none, or where it cannot be read."""
    data = files.get(content.identifier) if content else None
    return None if data is None else _parsed(data)


@lru_cache(maxsize=2_000)
def _parsed(data: bytes) -> Document | None:
    """What one entry leaves behind, the next one begins with; nobody changes what is returned."""
    try:
        return parse(data)
    except UnreadableError:
        return None
