"""A record's file as plain values: reaching into it, changing it, comparing two of them.

A document is what TOML gives: dictionaries, lists and scalars. Rows of a table are reached by
their ``id`` (a step that begins with ``#``), so that a row stays itself when others come and go.
"""

import copy
import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bscp_tui.model.record import FieldPath

Document = dict[str, Any]

_SCALARS = frozenset({str, int, bool, dt.date})

# Crockford's alphabet without i, l, o, u: nothing that is misread or misheard on the telephone.
ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"


def new_item_id(prefix: str = "") -> str:
    """Return a random id for a row, four characters that can be said on the telephone."""
    import secrets

    return prefix + "".join(secrets.choice(ALPHABET) for _ in range(4))


def new_item_ids(taken: Iterable[str] = (), prefix: str = "") -> Iterator[str]:
    """Yield ids for new rows of one table.

    Args:
        taken: The ids of the rows that it has: there are a million ids, so that one may well be drawn again, and a row
            would take the place of another.
        prefix: What each begins with.

    """
    known = set(taken)
    while True:
        drawn = new_item_id(prefix)
        if drawn not in known:
            known.add(drawn)
            yield drawn


def with_ids(rows: Iterable[Mapping[str, Any]], prefix: str = "") -> list[Document]:
    """Return the rows of a new table, each with an id of its own before its fields."""
    return [{"id": name, **row} for row, name in zip(rows, new_item_ids(prefix=prefix), strict=False)]


@dataclass(frozen=True)
class Change:
    """One field of one record: old to new.

    Attributes:
        path: Where in the document.
        field: The same as people and JSON name it, ``key_actions.3.status``.
        old: The value before; None where there was none.
        new: The value after; None where it was removed.
        change: "changed", "added" or "removed".

    """

    path: FieldPath
    field: str
    old: object
    new: object
    change: str = "changed"


def get(document: Document, path: FieldPath) -> object:
    """Return the value at ``path``, None where there is none."""
    value: object = document
    for step in path:
        if step.startswith("#"):
            value = next((row for row in _rows(value) if row.get("id") == step[1:]), None)
        else:
            value = value.get(step) if isinstance(value, dict) else None
        if value is None:
            return None
    return value


def put(document: Document, path: FieldPath, value: object) -> Document:
    """Return ``document`` with ``value`` at ``path``; None or nothing removes the key.

    A row whose id is not there yet is appended. What an emptied table leaves behind is removed. The document itself
    stays as it is; what does not change is shared with the result, since nobody changes a document in place.

    Raises:
        KeyError: A row that is to be changed within is not there, or something else lies where it or a table would.

    """
    return _with(document, path, copy.deepcopy(value))


def differences(old: Document, new: Document) -> tuple[Change, ...]:
    """Return what changed between two documents, in the file's order; rows are matched by id."""
    found: list[Change] = []
    _compare(found, old, new, (), "")
    return tuple(found)


def _rows(value: object) -> list[dict[str, Any]]:
    return [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []


def _with(table: Any, path: FieldPath, value: object) -> Document:
    if not isinstance(table, dict):
        msg = f"there is no table that could hold {path[0]}"
        raise KeyError(msg)
    step, rest = path[0], path[1:]
    result = dict(table)
    if rest and rest[0].startswith("#"):
        value = _with_row(table.get(step, []), rest[0][1:], rest[1:], value)
    elif rest:
        value = _with(table.get(step, {}), rest, value)
    if value is None or value in ((), [], {}):
        result.pop(step, None)
    else:
        result[step] = list(value) if isinstance(value, tuple) else value
    return result


def _with_row(rows: Any, identifier: str, rest: FieldPath, value: object) -> list[Any]:
    places = enumerate(rows if isinstance(rows, list) else ())
    at = next((at for at, row in places if isinstance(row, dict) and row.get("id") == identifier), None)
    if at is None and (rest or not isinstance(rows, list)):
        msg = f"there is no row with the id {identifier}"
        raise KeyError(msg)
    if rest and at is not None:
        value = _with(rows[at], rest, value)
    before, after = (rows, []) if at is None else (rows[:at], rows[at + 1 :])
    return [*before, *([] if value is None else [value]), *after]


def _compare(found: list[Change], old: Any, new: Any, path: FieldPath, name: str) -> None:
    """Add to ``found`` what changed; a history is compared a million times, so nothing is handed up step by step."""
    if isinstance(old, dict) and isinstance(new, dict):
        for key, before in old.items():
            after = new.get(key)
            if before is not after and (
                type(before) not in _SCALARS or type(after) is not type(before) or before != after
            ):
                _compare(found, before, after, (*path, key), f"{name}.{key}" if name else key)
        for key, after in new.items():
            if key not in old and after is not None:
                _compare(found, None, after, (*path, key), f"{name}.{key}" if name else key)
    elif (_is_table(old) or _is_table(new)) and _may_be_table(old) and _may_be_table(new):
        _compare_rows(found, old or [], new or [], path, name)
    elif not same(old, new):
        kind = "added" if old is None else "removed" if new is None else "changed"
        found.append(Change(path, name, old, new, kind))


def _compare_rows(found: list[Change], old: Any, new: Any, path: FieldPath, name: str) -> None:
    before = by_key(old)
    if _stand_as_they_stood(old, new) and len(before) == len(new):
        after = dict(zip(before, new, strict=True))
    else:
        before, after = _matched(before, by_key(new))
    for key in [*before, *(key for key in after if key not in before)]:
        if before.get(key) is after.get(key):
            continue  # versions that were read together share what is the same in them
        row = after.get(key, before.get(key))
        label = f"{name}.{row_name(row, after if key in after else before, key)}"
        if key in before and key in after:
            _compare(found, before[key], after[key], (*path, f"#{key}"), label)
        elif key in before:
            found.append(Change((*path, f"#{key}"), label, before[key], None, "removed"))
        else:
            found.append(Change((*path, f"#{key}"), label, None, after[key], "added"))
    if list(before) != list(after) and set(before) == set(after):
        found.append(Change(path, f"{name} (order)", list(before), list(after)))


def _stand_as_they_stood(old: Any, new: Any) -> bool:
    """Whether each row is the very row, or is named as the one, that stood in its place; so it is nearly always."""
    if not isinstance(old, list) or not isinstance(new, list) or len(old) != len(new):
        return False
    return all(
        before is after
        or (not _is_nameless(before) and not _is_nameless(after) and str(_named(before)) == str(_named(after)))
        for before, after in zip(old, new, strict=True)
    )


def same(old: object, new: object) -> bool:
    """Whether two TOML values are the same; ``1``, ``1.0`` and ``true`` are three values."""
    if type(old) is not type(new):
        return False
    if isinstance(old, list) and isinstance(new, list):
        return len(old) == len(new) and all(same(*pair) for pair in zip(old, new, strict=True))
    if isinstance(old, dict) and isinstance(new, dict):
        return list(old) == list(new) and all(same(value, new[key]) for key, value in old.items())
    return old == new or (old != old and new != new)  # noqa: PLR0124 - nan is not itself


def _is_table(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(row, dict) for row in value)


def _may_be_table(value: object) -> bool:
    return value is None or isinstance(value, list)  # an edit by hand can put anything where a table was


def by_key(rows: list[Any]) -> dict[str, Any]:
    """Return the rows of a table by what names them: their id, else their number, else their place."""
    keyed: dict[str, Any] = {}
    for position, row in enumerate(rows):
        key = str(_named(row, position)) if isinstance(row, dict) else str(position)
        keyed[key if key not in keyed else f"{key}~{position}"] = row
    return keyed


def _named(row: dict[str, Any], position: int | None = None) -> object:
    return row.get("id", row.get("number", position))


def _matched(before: dict[str, Any], after: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Give rows that have neither id nor number the same key where they say the same, wherever they stand."""
    nameless = [key for key, row in before.items() if _is_nameless(row)]
    if not nameless or not any(_is_nameless(row) for row in after.values()):
        return before, after
    keys: dict[str, str] = {}
    free = list(nameless)
    for key, row in after.items():
        twin = next((each for each in free if same(before[each], row)), None) if _is_nameless(row) else None
        if twin is not None:
            keys[key] = twin
            free.remove(twin)
    for key, row in after.items():  # the others are taken as they come
        if _is_nameless(row) and key not in keys:
            keys[key] = free.pop(0) if free else key if key not in before else f"{key}+"
    found = {keys.get(key, key): row for key, row in after.items()}
    return before, found if len(found) == len(after) else after  # a number can look like a place


def _is_nameless(row: Any) -> bool:
    return not isinstance(row, dict) or not ("id" in row or "number" in row)


def row_name(row: Any, rows: Mapping[str, Any], key: str) -> str:
    """Return what people call a row: a key action's number; rows without one of their own go by their id."""
    number = row.get("number") if isinstance(row, dict) else None
    if number is None:
        return key
    alone = sum(isinstance(other, dict) and other.get("number") == number for other in rows.values()) == 1
    return str(number) if alone else key
