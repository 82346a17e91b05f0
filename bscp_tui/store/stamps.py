"""What tells thousands of files from what they were before, as it is kept: packed, and taken apart in a moment."""

import json
import struct
from array import array
from collections.abc import Collection, Mapping

# What told a file when its bytes were last looked at (:func:`bscp_tui.store.standing.stamp_of`), and their id.
Stamped = tuple[tuple[int, ...], str]
_STAMP = struct.Struct("5q")
_FEW = 100  # files that are taken out one by one


def packed(known: Mapping[str, Stamped]) -> bytes:
    """Return the stamps of files by their names."""
    ids = " ".join([one for _, one in known.values()])
    numbers = array("q", [number for stamp, _ in known.values() for number in stamp])
    return b"\n".join((json.dumps(list(known)).encode(), ids.encode(), numbers.tobytes()))


def unpacked(told: bytes) -> dict[str, Stamped]:
    """Return what ``packed`` told; of no bytes, none.

    Raises:
        ValueError: It is not whole.

    """
    whole = Packed(told)
    return dict(zip(whole.names, zip(_STAMP.iter_unpack(whole.numbers), whole.ids, strict=True), strict=True))


class Packed:
    """What ``packed`` told, of which a few stamps are taken out or put in: the others are not even looked at.

    Attributes:
        names: The names of the files.
        ids: The ids of their bytes, in the same order.
        numbers: Their stamps, one after the other.

    """

    def __init__(self, told: bytes = b"") -> None:
        """Know what was told; of no bytes, nothing.

        Raises:
            ValueError: It is not whole.

        """
        words, ids, self.numbers = told.split(b"\n", 2) if told else (b"[]", b"", b"")
        self.names: list[str] = json.loads(words)
        self.ids = ids.decode().split()
        if len(self.names) != len(self.ids) or len(self.numbers) != len(self.names) * _STAMP.size:
            msg = "there are not as many stamps as files"
            raise ValueError(msg)
        self._place = dict(zip(self.names, range(len(self.names)), strict=True))

    def get(self, name: str) -> Stamped | None:
        """Return what is told of a file."""
        at = self._place.get(name)
        return None if at is None else (_STAMP.unpack_from(self.numbers, at * _STAMP.size), self.ids[at])

    def known(self) -> dict[str, str]:
        """Return the id of the bytes of each file."""
        return dict(zip(self.names, self.ids, strict=True))

    def amended(self, others: Mapping[str, Stamped], gone: Collection[str] = ()) -> bytes:
        """Return it packed with other stamps for some files, and without those that are gone."""
        if len(gone) > _FEW:
            left = {name: known for name in self.names if name not in gone and (known := self.get(name)) is not None}
            return packed({**left, **others})
        names, ids, numbers = list(self.names), list(self.ids), bytearray(self.numbers)
        for name, (stamp, one) in others.items():
            at = self._place.get(name)
            if at is None:
                names.append(name)
                ids.append(one)
                numbers += _STAMP.pack(*stamp)
            else:
                ids[at] = one
                _STAMP.pack_into(numbers, at * _STAMP.size, *stamp)
        for at in sorted((self._place[name] for name in gone), reverse=True):
            del names[at], ids[at], numbers[at * _STAMP.size : (at + 1) * _STAMP.size]
        return b"\n".join((json.dumps(names).encode(), " ".join(ids).encode(), numbers))
