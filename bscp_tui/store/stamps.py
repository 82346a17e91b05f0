"""What tells thousands of files from what they were before, as it is kept: packed, and taken apart in a moment."""

import json
import struct
from array import array
from collections.abc import Mapping

# What told a file when its bytes were last looked at (:func:`bscp_tui.store.standing.stamp_of`), and their id.
Stamped = tuple[tuple[int, ...], str]
_STAMP = struct.Struct("5q")


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
    if not told:
        return {}
    words, ids, numbers = told.split(b"\n", 2)
    names = json.loads(words)
    if len(numbers) != len(names) * _STAMP.size:
        msg = "there are not as many stamps as files"
        raise ValueError(msg)
    stamped = zip(_STAMP.iter_unpack(numbers), ids.decode().split(), strict=True)
    return dict(zip(names, stamped, strict=True))
