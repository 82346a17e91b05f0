"""What is being typed, kept in the person's own folder until it is recorded or thrown away."""

import datetime as dt
import hashlib
import json
import os
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import platformdirs

_LOCK = threading.Lock()


@dataclass(frozen=True)
class Draft:
    """What was typed into one dialog for one record.

    Attributes:
        register: The register's folder.
        ref: The record.
        dialog: Which dialog.
        saved: When it was last kept.
        values: The typed text by field.

    """

    register: str
    ref: str
    dialog: str
    saved: str
    values: Mapping[str, str]

    @property
    def when(self) -> str:
        """The time at which it was kept, for people."""
        moment = dt.datetime.fromisoformat(self.saved)
        return f"{moment:%H:%M} on {moment.day} {moment:%b %Y}"


class Drafts:
    """Drafts as the person knows them: what is still on its way to the disk counts as kept, or as thrown away.

    Writing may take a moment on a slow disk. A dialog that is opened again, or Home, must not show what was before.
    """

    def __init__(self, submit: Callable[[Callable[[], None]], object]) -> None:
        """Write by ``submit``, which does things in order, off the screen's thread."""
        self._submit = submit
        self._coming: dict[Path, tuple[Draft | None]] = {}  # None: it is thrown away
        self._lock = threading.Lock()

    def keep(self, register: str, ref: str, dialog: str, values: Mapping[str, str]) -> None:
        """Keep what is typed."""
        draft = _made(register, ref, dialog, values)
        self._do(_place(register, ref, dialog), draft, partial(_write, draft))

    def drop(self, register: str, ref: str, dialog: str) -> None:
        """Throw a draft away."""
        self._do(_place(register, ref, dialog), None, partial(drop, register, ref, dialog))

    def of(self, register: str, ref: str, dialog: str) -> Draft | None:
        """Return the draft of a dialog, None if there is none that can be read."""
        coming = self._coming.get(_place(register, ref, dialog))
        return coming[0] if coming else of(register, ref, dialog)

    def all_of(self, register: str) -> list[Draft]:
        """Return every draft for a register, the newest first."""
        with self._lock:
            coming = dict(self._coming)  # before the disk is read: what arrives meanwhile is the same
        found = {_place(draft.register, draft.ref, draft.dialog): draft for draft in all_of(register)}
        found |= {place: draft for place, (draft,) in coming.items() if draft and draft.register == register}
        gone = {place for place, (draft,) in coming.items() if draft is None}
        kept = [draft for place, draft in found.items() if place not in gone]
        return sorted(kept, key=lambda draft: draft.saved, reverse=True)

    def _do(self, place: Path, draft: Draft | None, write: Callable[[], None]) -> None:
        coming = (draft,)
        with self._lock:
            self._coming[place] = coming
        self._submit(partial(self._done, place, coming, write))

    def _done(self, place: Path, coming: tuple[Draft | None], write: Callable[[], None]) -> None:
        write()
        with self._lock:
            if self._coming.get(place) is coming:  # nothing newer is on its way
                del self._coming[place]


def folder() -> Path:
    """Return where drafts lie: the person's own folder, never the register."""
    return platformdirs.user_state_path("bscp", appauthor=False) / "drafts"


def keep(register: str, ref: str, dialog: str, values: Mapping[str, str]) -> None:
    """Keep what is typed; a failure to keep a draft must not stop the typing."""
    _write(_made(register, ref, dialog, values))


def _made(register: str, ref: str, dialog: str, values: Mapping[str, str]) -> Draft:
    now = dt.datetime.now().astimezone().isoformat(timespec="seconds")
    return Draft(register, ref, dialog, now, dict(values))


def _write(draft: Draft) -> None:
    facts = {name: getattr(draft, name) for name in ("register", "ref", "dialog", "saved", "values")}
    place = _place(draft.register, draft.ref, draft.dialog)
    with _LOCK:
        try:
            place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            fresh = place.with_suffix(".new")
            fresh.write_text(json.dumps(facts, ensure_ascii=False), encoding="utf-8")
            os.replace(fresh, place)
        except OSError:
            return


def drop(register: str, ref: str, dialog: str) -> None:
    """Throw a draft away."""
    with _LOCK:
        try:
            _place(register, ref, dialog).unlink(missing_ok=True)
        except OSError:
            return


def of(register: str, ref: str, dialog: str) -> Draft | None:
    """Return the draft of a dialog, None if there is none that can be read."""
    return _read(_place(register, ref, dialog))


def all_of(register: str) -> list[Draft]:
    """Return every draft for a register, the newest first."""
    try:
        places = sorted(folder().glob("*.json"))
    except OSError:
        return []
    found = [draft for place in places if (draft := _read(place)) and draft.register == register]
    return sorted(found, key=lambda draft: draft.saved, reverse=True)


def _place(register: str, ref: str, dialog: str) -> Path:
    key = hashlib.sha256(f"{register}\0{ref}\0{dialog}".encode("utf-8", "surrogatepass")).hexdigest()
    return folder() / f"{key[:32]}.json"


def _read(place: Path) -> Draft | None:
    try:
        facts = json.loads(place.read_text(encoding="utf-8"))
        values = {str(name): str(value) for name, value in facts["values"].items()}
        dt.datetime.fromisoformat(facts["saved"])
        return Draft(str(facts["register"]), str(facts["ref"]), str(facts["dialog"]), str(facts["saved"]), values)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
