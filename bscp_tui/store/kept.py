"""Records that were read and found whole before, kept by the id of their bytes in a quick form.

What is kept is the record as its class writes it, in JSON, and it is validated by its class again
whenever it is used; only reading TOML is saved. A record with keys that this version does not
know is not kept, since JSON could not say which of their values are dates.
"""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from bscp_tui.model.record import Kind, Part
from bscp_tui.store.derived import DamagedError, Derived
from bscp_tui.store.kept_file import FILES, RECORDS, STAMPS, open_kept, stamps_in
from bscp_tui.store.repository import Repository
from bscp_tui.store.sources import Stamps
from bscp_tui.store.stamps import Packed, packed

ROOM = 250_000_000  # bytes; beyond that, what is not asked for any more has gathered
_SPARE = 20_000  # records of other days whose names are kept beside those of the working files
Names = Mapping[tuple[str, str], Sequence[str]]  # (kind's name, id of the bytes) to the references that it names


class Fresh(NamedTuple):
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
        self._derived: Derived = open_kept(repository)

    def stamps(self) -> Stamps:
        """Return what is known of the working files."""
        return stamps_in(self._derived)

    def records(self, wanted: Mapping[str, tuple[Kind, str]]) -> Mapping[str, bytes]:
        """Return those of the wanted records that are kept, as they are kept, under whatever name they are wanted by.

        Args:
            wanted: Name to kind and id.

        """
        keys = {name: f"{kind.name} {blob}" for name, (kind, blob) in wanted.items()}
        try:
            rows = self._derived.get_many(RECORDS, dict.fromkeys(keys.values()))
        except DamagedError:
            self._derived.discard()
            return {}
        return {name: rows[key] for name, key in keys.items() if key in rows}

    def keep(self, fresh: Iterable[Fresh], before: Stamps, stamps: Stamps) -> None:
        """Keep records for the next time, and what tells the working files (``before``: what is kept of that)."""
        # In the order of their keys: each page of the file is then filled once, instead of split again and again.
        rows = sorted((f"{one.kind.name} {one.blob}", one.told) for one in fresh)
        if not rows and stamps == before:
            return
        seen = [(STAMPS, packed(stamps))] if stamps != before else []

        def put() -> None:
            size = int(self._derived.get(FILES, "size") or b"0") + sum(len(told) for _, told in rows)
            if size > ROOM:
                self._derived.clear(RECORDS)
                size = 0
            self._derived.put(RECORDS, rows)
            self._derived.put(FILES, [*seen, ("size", b"%d" % size)])

        try:
            self._derived.change(put)
        except (DamagedError, ValueError):
            self._derived.discard()

    def amend(self, stamps: Stamps) -> None:
        """Keep what tells a few working files now, with what is kept of the others."""
        if not stamps:
            return
        try:
            told = Packed(self._derived.get(FILES, STAMPS) or b"").amended(stamps)
            self._derived.change(lambda: self._derived.put(FILES, [(STAMPS, told)]))
        except (DamagedError, ValueError):
            self._derived.discard()

    def names(self) -> Names:
        """Return what is kept of which records each record names."""
        try:
            told = json.loads(self._derived.get(FILES, "names") or b"[]")
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
            self._derived.change(lambda: self._derived.put(FILES, [("names", told)]))
        except DamagedError:
            self._derived.discard()

    def close(self) -> None:
        """Let go of the file."""
        self._derived.close()
