"""TOML's values as JSON and back: dates and times stay what they were."""

import datetime as dt
import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

_MARKS: Mapping[str, Callable[[str], object]] = {
    "$date": dt.date.fromisoformat,
    "$moment": dt.datetime.fromisoformat,
    "$time": dt.time.fromisoformat,
}


def packed(value: object) -> bytes:
    """Return ``value`` (lists, dictionaries, scalars of TOML) as JSON."""
    writer = _Writer()
    text = writer.encode(value)
    if text.count('"$') != writer.marked:  # a key, or a text, that looks like a mark of ours
        text = writer.encode(_plain(value))
    return text.encode("utf-8", "surrogatepass")


class _Writer(json.JSONEncoder):
    """Writes JSON, and counts the marks that it sets."""

    marked = 0

    def __init__(self) -> None:
        super().__init__(ensure_ascii=False, separators=(",", ":"))

    def default(self, o: object) -> object:
        self.marked += 1
        return _plain(o)


def with_more(data: bytes | None, numbers: Sequence[int]) -> bytes:
    """Return the list of whole numbers that ``data`` holds, packed; longer by ``numbers``, and not read for that."""
    more = ",".join(map(str, numbers)).encode()
    return b"[%s,%s]" % (data[1:-1], more) if data is not None and len(data) > len(b"[]") else b"[%s]" % more


def unpacked(data: bytes) -> Any:
    """Return what ``packed`` was given; tuples are lists."""
    return _DECODER.decode(data.decode("utf-8", "surrogatepass"))


def _plain(value: object) -> object:
    kind = type(value)
    if kind is str or kind is int or value is None or kind is bool or kind is float:
        return value
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        plain = {key: _plain(item) for key, item in value.items()}
        return {"$pairs": list(plain.items())} if any(key.startswith("$") for key in plain) else plain
    if isinstance(value, dt.datetime):
        return {"$moment": value.isoformat()}
    if isinstance(value, dt.date):
        return {"$date": value.isoformat()}
    if isinstance(value, dt.time):
        return {"$time": value.isoformat()}
    msg = f"{value!r} is no value of TOML"
    raise TypeError(msg)


def _marked(found: dict[str, Any]) -> object:
    if len(found) != 1:
        return found
    ((mark, inner),) = found.items()
    if mark == "$pairs":
        return dict(inner)
    read = _MARKS.get(mark)
    return found if read is None else read(inner)


_DECODER = json.JSONDecoder(object_hook=_marked)  # made once: there is a text for each of a hundred thousand entries
