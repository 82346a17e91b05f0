"""Records that were read and found whole before, kept by the id of their bytes in a quick form.

What is kept is the record as its class writes it, in JSON, and it is validated by its class again
whenever it is taken out; only reading TOML is saved. A record with keys that this version does not
know is not kept, since JSON could not say which of their values are dates.
"""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from pydantic import ValidationError

from bscp_tui.model.record import Kind, Part
from bscp_tui.store.derived import DamagedError, Derived, Shelf, open_derived
from bscp_tui.store.fingerprint import program_fingerprint
from bscp_tui.store.repository import Repository
from bscp_tui.store.sources import Stamps

ROOM = 250_000_000  # bytes; beyond that, what is not asked for any more has gathered
_RECORDS, _FILES = Shelf("records", str), Shelf("files", str)
_SPARE = 20_000  # records of other days whose names are kept beside those of the working files
Names = Mapping[tuple[str, str], Sequence[str]]  # (kind's name, id of the bytes) to the references that it names


@dataclass(frozen=True)
class Fresh:
    """A record that was read just now, and holds no keys but those of its kind."""

    kind: Kind
    blob: str
    told: bytes  # by ``told_of``


def told_of(record: Part) -> bytes:
    """Return a record as it is kept."""
    return record.model_dump_json(exclude_unset=True).encode()


class Kept:
    """The records kept for one register; opened for one loading, and closed."""

    def __init__(self, repository: Repository) -> None:
        """Open what is kept for ``repository``, or begin anew."""
        self._derived: Derived = open_derived(repository, "records.sqlite", program_fingerprint(), (_RECORDS, _FILES))
        self._size = 0

    def stamps(self) -> Stamps:
        """Return what is known of the working files."""
        try:
            told = json.loads(self._derived.get(_FILES, "stamps") or b"{}")
            self._size = int(self._derived.get(_FILES, "size") or b"0")
            return {path: (tuple(stamp), blob) for path, (stamp, blob) in told.items()}
        except (DamagedError, ValueError):
            self._derived.discard()
            return {}

    def records(self, wanted: Iterable[tuple[Kind, str]]) -> Mapping[tuple[str, str], Part]:
        """Return by (kind's name, id) those records of the wanted kinds and ids that are kept."""
        kinds = {f"{kind.name} {blob}": (kind, blob) for kind, blob in wanted}
        try:
            rows = self._derived.get_many(_RECORDS, kinds)
            found = {}
            for key, told in rows.items():
                kind, blob = kinds[str(key)]
                found[kind.name, blob] = kind.model.model_validate_json(told)
        except (DamagedError, ValidationError):
            self._derived.discard()
            return {}
        return found

    def keep(self, fresh: Iterable[Fresh], before: Stamps, stamps: Stamps) -> None:
        """Keep records for the next time, and what tells the working files (``before``: what is kept of that)."""
        # In the order of their keys: each page of the file is then filled once, instead of split again and again.
        rows = sorted((f"{one.kind.name} {one.blob}", one.told) for one in fresh)
        if not rows and stamps == before:
            return
        told = json.dumps(stamps).encode()
        size = self._size + sum(len(told) for _, told in rows)
        if size > ROOM:
            self._derived.discard()
            size = 0

        def put() -> None:
            self._derived.put(_RECORDS, rows)
            self._derived.put(_FILES, [("stamps", told), ("size", b"%d" % size)])

        try:
            self._derived.change(put)
        except DamagedError:
            self._derived.discard()

    def names(self) -> Names:
        """Return what is kept of which records each record names."""
        try:
            told = json.loads(self._derived.get(_FILES, "names") or b"[]")
            return {(kind, blob): refs for kind, blob, refs in told}
        except (DamagedError, ValueError):
            self._derived.discard()
            return {}

    def keep_names(self, names: Names, wanted: Collection[tuple[str, str]]) -> None:
        """Keep which records each record names; where these grow many, only those that are ``wanted``."""
        if len(names) > len(wanted) + _SPARE:
            names = {key: names[key] for key in wanted if key in names}
        told = json.dumps([[*key, refs] for key, refs in names.items()]).encode()
        try:
            self._derived.change(lambda: self._derived.put(_FILES, [("names", told)]))
        except DamagedError:
            self._derived.discard()

    def close(self) -> None:
        """Let go of the file."""
        self._derived.close()
