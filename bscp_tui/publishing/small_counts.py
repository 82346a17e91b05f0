"""Which counts of people stay out of what the public reads: small ones, and whatever would give one away.

A count is small from one to four. It is given away by a total beside its other parts, by a share of a known whole, by
the difference to another count in its row, and by what an earlier edition said of the same thing. What was
withheld once stays so, since a later figure beside an earlier total tells the difference between the two.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

from pydantic import BaseModel

from bscp_tui.model.fields import Shape, fields_of
from bscp_tui.model.measure_rules import SMALL
from bscp_tui.model.view import View

# Counts, by what names them for ever: file, place in it, field.
Key = str


class Count(NamedTuple):
    """One figure that counts people, or tells a share of such a count.

    Attributes:
        key: What names it.
        figure: The figure.
        row: What stands in one row with it, and is withheld with it.
        total: The key of the count that it is a part of; None for one that is no part.
        group: Which parts of that total add up to it: a characteristic, a table.
        share: Whether it is a share, a rating or a rate, which is not small by itself.

    """

    key: Key
    figure: float
    row: str
    total: Key | None = None
    group: str = ""
    share: bool = False


class Told(NamedTuple):
    """What earlier editions said of a count.

    Attributes:
        figures: The figures that they gave.
        withheld: Whether one of them withheld it.

    """

    figures: tuple[float, ...] = ()
    withheld: bool = False


def counts_of(view: View) -> list[Count]:
    """Return every count of people in a record, rows and tables included."""
    found = list(_counts(view.item, view.path, None, {}))
    ref = getattr(view.item, "part_of", None)
    whole = view.register.view(ref) if found and isinstance(ref, str) else None
    if whole is None:
        return found
    return [
        Count(one.key, one.figure, one.row, key_of(whole.path, one.key.rpartition(":")[2]), "part of", one.share)
        for one in found
    ]


def key_of(row: str, field: str) -> Key:
    """Return what names a count for ever, by the row that it stands in and its field."""
    return f"{row}:{field}"


def file_of(key: Key) -> str:
    """Return the file of the record that a count stands in."""
    return key[: key.index(".toml") + len(".toml")]


def withheld(counts: Iterable[Count], earlier: Mapping[Key, Told]) -> frozenset[Key]:
    """Return the counts that may not be told, whatever anybody adds up or takes away.

    Args:
        counts: All counts of an edition.
        earlier: What earlier editions said.

    """
    known = {one.key: one for one in counts}
    families = _families(known.values())
    rows: dict[str, list[Count]] = {}
    for one in known.values():
        rows.setdefault(one.row, []).append(one)
    out = {one.key for one in known.values() if _is_small(one) or _stepped(one, earlier.get(one.key, Told()))}
    out |= {key for row in rows.values() if _tells_few(row) for key in (one.key for one in row)}
    out |= {key for total, parts in families for key in _left_over(known, total, parts)}
    while True:
        more = {one.key for row in rows.values() if any(mate.key in out for mate in row) for one in row}
        for total, parts in families:
            if total in out or any(part.key in out for part in parts):
                more |= {part.key for part in parts}
        if more <= out:
            return frozenset(out)
        out |= more


def edition(counts: Iterable[Count], out: frozenset[Key], earlier: Mapping[Key, Told]) -> dict[Key, Told]:
    """Return what editions up to this one said, once it is out."""
    told = dict(earlier)
    for one in counts:
        before = told.get(one.key, Told())
        figures = before.figures if one.key in out else tuple(sorted({*before.figures, one.figure}))
        told[one.key] = Told(figures, before.withheld or one.key in out)
    return told


def _counts(part: BaseModel, row: str, unit: str | None, totals: Mapping[str, Key]) -> Iterator[Count]:
    """Yield the counts of a record, or of a row of it; ``totals`` are the counts of what holds the row, by field."""
    if getattr(part, "of_people", True) is not True:
        return
    unit = getattr(part, "unit", None) or unit
    own = dict(totals)
    for name, facts in fields_of(type(part)).items():
        figure = getattr(part, name)
        if facts.people and isinstance(figure, (int, float)) and not isinstance(figure, bool):
            share = facts.people == "share" or (facts.people == "figure" and unit in _NO_COUNT)
            own[name] = key_of(row, name)
            group = row.rpartition("/")[0] if name in totals else ""
            yield Count(own[name], figure, row, totals.get(name), group, share)
    for name, facts in fields_of(type(part)).items():
        if facts.shape is Shape.PARTS:
            yield from _in_table(name, getattr(part, name), row, unit, own)


# Units of figures that count nobody.
_NO_COUNT = frozenset({"percent", "per-cent", "per-cent-change", "%", "pounds", "£", "days", "rate", "score"})


def _in_table(
    name: str, rows: Sequence[BaseModel], row: str, unit: str | None, totals: Mapping[str, Key]
) -> Iterator[Count]:
    """Yield the counts of a table; in one that is broken down, the row without a characteristic is the total."""
    wholes = {_when(one): one for one in rows if getattr(one, "characteristic", "") is None}
    for one in rows:
        place = f"{row}/{name}/{getattr(one, 'id', '')}"
        characteristic = getattr(one, "characteristic", None)
        whole = wholes.get(_when(one)) if characteristic else None
        if whole is None:
            yield from _counts(one, place, unit, {} if hasattr(one, "characteristic") else totals)
            continue
        held = f"{row}/{name}/{getattr(whole, 'id', '')}"
        for count in _counts(one, place, unit, {}):
            field = count.key.rpartition(":")[2]
            group = f"{held}:{characteristic}"
            yield Count(count.key, count.figure, count.row, key_of(held, field), group, count.share)


def _when(row: BaseModel) -> tuple[dt.date | None, str | None]:
    return getattr(row, "date", None), getattr(row, "period", None)


def _families(counts: Iterable[Count]) -> list[tuple[Key, list[Count]]]:
    found: dict[tuple[Key, str], list[Count]] = {}
    for one in counts:
        if one.total is not None:
            found.setdefault((one.total, f"{one.group}:{one.key.rpartition(':')[2]}"), []).append(one)
    return [(total, parts) for (total, _), parts in found.items()]


def _is_small(one: Count) -> bool:
    return not one.share and _few(one.figure)


def _few(figure: float) -> bool:
    return 0 < abs(figure) < SMALL


def _stepped(one: Count, told: Told) -> bool:
    """Whether earlier editions, beside this one, would tell of few; what was withheld once stays withheld."""
    return told.withheld or (not one.share and any(_few(one.figure - before) for before in told.figures))


def _tells_few(row: Sequence[Count]) -> bool:
    """Whether two figures of one row tell of few: by their difference, or as a share of a whole."""
    numbers = [one.figure for one in row if not one.share]
    shares = [one.figure for one in row if one.share]
    if any(_few(one - other) for one, other in combinations(numbers, 2)):
        return True
    return any(0 < share * number / 100 < SMALL or 0 < (100 - share) * number / 100 < SMALL
               for share in shares for number in numbers)  # fmt: skip


def _left_over(known: Mapping[Key, Count], total: Key, parts: Sequence[Count]) -> set[Key]:
    """Return the parts of a total that leave so few over that these could be worked out."""
    whole = known.get(total)
    if whole is None or any(part.share for part in parts):
        return set()
    rest = whole.figure - sum(part.figure for part in parts)
    return {part.key for part in parts} if _few(rest) else set()
