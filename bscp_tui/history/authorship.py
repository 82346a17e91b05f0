"""Who changed what of one record: each value with the entry that it comes from, and how long things stood."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bscp_tui.history.ledger import HistoryRow, Query, rows
from bscp_tui.history.rows import NOT_KEPT
from bscp_tui.model.document import Document, get, same
from bscp_tui.model.record import FieldPath
from bscp_tui.model.view import View
from bscp_tui.store.register import Register

# What moves a piece of work on, beside corrections of how it is described.
WORK = frozenset({"status", "rag", "update", "evidence", "stages", "target", "revisions", "corrections", "values"})


@dataclass(frozen=True)
class Authored:
    """A value and where it comes from.

    Attributes:
        field: In full from the record's top, as the history names it: ``key_actions.3.status``.
        value: What the register says now.
        last: The change that gave it that value; None where it was not recorded yet.

    """

    field: str
    value: object
    last: HistoryRow | None


@dataclass(frozen=True)
class Standing:
    """How long things stood, in days of the register's time zone, up to the day that counts as today.

    Attributes:
        since: The day from which the status stands as it does; None without a status.
        times: Status to the days that it stood, in the order in which each came first.
        revisions: How often the target was revised.
        updated: The last real change: of status, progress, evidence or target; None if there was none.
        quiet: Days since then.

    """

    since: dt.date | None
    times: Mapping[str, int]
    revisions: int
    updated: HistoryRow | None
    quiet: int | None


def authored(register: Register, view: View) -> list[Authored]:
    """Return every field of ``view`` that holds something, with the last change of it.

    Raises:
        RegisterError: The history cannot be read.

    """
    history = [row for row in rows(register, Query(view=view)) if row.change != NOT_KEPT]
    document = register.snapshot().document(view.path)
    return [
        Authored(name, value, next((row for row in history if _gave(row, place, value)), None))
        for place, name, value in _leaves(document, view.inside)
    ]


def standing(register: Register, view: View) -> Standing:
    """Return how long the status of ``view`` stands, and how long each before it did.

    Raises:
        RegisterError: The history cannot be read.

    """
    return stood(view, rows(register, Query(view=view)), ZoneInfo(register.settings.time_zone))


def stood(view: View, found: Sequence[HistoryRow], zone: dt.tzinfo) -> Standing:
    """Return how long the status of ``view`` stands, by the changes of its record, newest first."""
    history = _touching(view, found)
    spans = [(day, status) for day, status in statuses(view, found, zone) if status is not None]
    times: dict[str, int] = {}
    ends = [*(day for day, _ in spans[1:]), view.today][: len(spans)]
    for (day, status), end in zip(spans, ends, strict=True):
        times[status] = times.get(status, 0) + max((end - day).days, 0)
    real = [row for row in history if WORK & set(row.place[len(view.inside) :])]
    last = real[-1] if real else None
    revisions = getattr(view.item, "revisions", ())
    quiet = (view.today - day_of(last, zone)).days if last else None
    return Standing(spans[-1][0] if spans else None, times, len(revisions), last, quiet)


def day_of(row: HistoryRow, zone: dt.tzinfo) -> dt.date:
    """Return the day from which a change counts: the effective one, else the one on which it was recorded."""
    return row.effective or row.recorded.astimezone(zone).date()


def statuses(view: View, found: Sequence[HistoryRow], zone: dt.tzinfo) -> list[tuple[dt.date, str | None]]:
    """Return each status of ``view`` with the day from which it counts, in the order in which they were recorded.

    What stood on a day is the last of those that count by it. The first is the status that it was added with, None
    where it was added without one; () where the history does not tell of it.

    Args:
        view: A record, or a row of one.
        found: The changes of its record, newest first.
        zone: The time zone in which days begin and end.

    """
    history = _touching(view, found)
    changed = [row for row in history if row.place == (*view.inside, "status")]
    whole = (row for row in history if not row.place or row.place == view.inside)
    began = next((row for row in whole if row.change == "added"), None)
    first = changed[0].old if changed else view.value("status") if view.has("status") else None
    told = [(began, first)] if began else []
    told += [(row, row.new) for row in changed]
    return [(day_of(row, zone), status if isinstance(status, str) else None) for row, status in told]


def _touching(view: View, found: Sequence[HistoryRow]) -> list[HistoryRow]:
    """Return the changes that touch a record, or the row of one that ``view`` is, oldest first."""
    return [row for row in found if row.change != NOT_KEPT and _of(row, view.inside)][::-1]


def _of(row: HistoryRow, inside: FieldPath) -> bool:
    """Whether a change of a record touches the row at ``inside``, or all of the record."""
    return not row.place or row.place[: len(inside)] == inside


def _gave(row: HistoryRow, place: FieldPath, value: object) -> bool:
    """Whether a change could have given the field at ``place`` the value that it has."""
    if not row.place:
        return row.change != "removed"
    if row.place == place:
        return row.change == "changed" or same(row.new, value)
    return place[: len(row.place)] == row.place or row.place[: len(place)] == place


def _leaves(document: Document, inside: FieldPath) -> Iterator[tuple[FieldPath, str, object]]:
    """Yield (place, field in full, value) of all that a record, or a row of it, holds; rows go by their numbers."""
    name = ""
    for depth, step in enumerate(inside, start=1):
        row = get(document, inside[:depth])
        told = str(row.get("number", step[1:])) if step.startswith("#") and isinstance(row, dict) else step
        name = f"{name}.{told}" if name else told
    yield from _within(get(document, inside) if inside else document, inside, name)


def _within(value: object, place: FieldPath, name: str) -> Iterator[tuple[FieldPath, str, object]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            if key != "id":
                yield from _within(inner, (*place, key), f"{name}.{key}" if name else key)
    elif isinstance(value, list) and value and all(isinstance(row, dict) and "id" in row for row in value):
        for row in value:
            yield from _within(row, (*place, f"#{row['id']}"), f"{name}.{row.get('number', row['id'])}")
    else:
        yield place, name, value
