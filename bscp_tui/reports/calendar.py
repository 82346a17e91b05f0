"""Targets, clocks and meetings as a calendar file (iCalendar, RFC 5545) that Outlook and others open."""

import datetime as dt
import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from bscp_tui.model.kinds import KINDS
from bscp_tui.model.text import shown
from bscp_tui.model.view import View
from bscp_tui.store.snapshot import Snapshot

_ROOM = 75  # octets of a line, its end left out
LAST_DAY = dt.date.max


@dataclass(frozen=True)
class Event:
    """One day to be kept in mind.

    Attributes:
        uid: What names it for ever, so that a newer file replaces it and makes no second one.
        day: The day.
        summary: What it is, in a line.
        description: More of it.
        category: What sort of day: Target, Clock or Meeting.

    """

    uid: str
    day: dt.date
    summary: str
    description: str
    category: str


def events(snapshot: Snapshot, told: Callable[[str], str] = shown) -> list[Event]:
    """Return the targets that are open, the clocks that run and the meetings, the earliest first.

    Args:
        snapshot: The records, as far as whoever gets the file may have them.
        told: Returns a text as they may have it.

    """
    found = [event for kind in KINDS.values() for view in snapshot.views(kind) for event in events_of(view, told)]
    return sorted(found, key=lambda event: (event.day, event.summary, event.uid))


def calendar_of(snapshot: Snapshot, stamp: dt.datetime, told: Callable[[str], str] = shown) -> bytes:
    """Return the calendar file of a register.

    Args:
        snapshot: The records, as far as whoever gets the file may have them.
        stamp: When the last entry was recorded: the same register gives the same bytes.
        told: Returns a text as they may have it.

    """
    days = ((event.uid, written(event)) for event in events(snapshot, told))
    return calendar_from(told(snapshot.settings.name), stamp, days)


def calendar_from(name: str, stamp: dt.datetime, days: Iterable[tuple[str, str]]) -> bytes:
    """Return a calendar file.

    Args:
        name: What it is called.
        stamp: When the last entry was recorded.
        days: (name for ever, all that :func:`written` says of it) of each day, in order.

    """
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//bscp_tui//bscp calendar//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_escaped(name)}",
    ]
    at = stamp.astimezone(dt.UTC).strftime("%Y%m%dT%H%M%SZ")
    told = [_folded(line) for line in lines]
    told += [f"BEGIN:VEVENT\r\nUID:{uid}\r\nDTSTAMP:{at}\r\n{rest}\r\nEND:VEVENT" for uid, rest in days]
    return "".join(f"{line}\r\n" for line in [*told, "END:VCALENDAR"]).encode()


def written(event: Event) -> str:
    """Return all that a calendar file says of a day, but its name for ever and when the file was made."""
    lines = [
        f"DTSTART;VALUE=DATE:{event.day:%Y%m%d}",
        *([f"DTEND;VALUE=DATE:{event.day + dt.timedelta(days=1):%Y%m%d}"] if event.day < LAST_DAY else []),
        f"SUMMARY:{_escaped(event.summary)}",
        f"DESCRIPTION:{_escaped(event.description)}",
        f"CATEGORIES:{_escaped(event.category)}",
        "TRANSP:TRANSPARENT",
    ]
    return "\r\n".join(map(_folded, lines))


def events_of(view: View, told: Callable[[str], str], value: Callable[[str], object] | None = None) -> Iterator[Event]:
    """Yield the days of one record or row that a calendar keeps.

    Args:
        view: The record or row; one that was withdrawn has none.
        told: Returns a text as whoever gets the file may have it.
        value: Returns its values by name, where they were worked out already.

    """
    value = value or view.value
    if view.kind.model.decides:
        day = value("date")
        if isinstance(day, dt.date):
            yield _event(view, "meeting", day, f"Meeting: {told(view.title)}", _titled(view, told), "Meeting")
        return
    due = value("due")
    if view.kind.model.chased and value("open") and isinstance(due, dt.date):
        title, owed_by = _titled(view, told), told(str(value("lead") or "")) if view.has("lead") else ""
        description = f"{title}\nLead: {owed_by}" if owed_by else title
        yield _event(view, "target", due, f"Due: {title}", description, "Target")
    ends, says = value("clock_due"), value("clock")
    if isinstance(ends, dt.date) and not str(says).partition(": ")[2].startswith("met"):
        title = _titled(view, told)
        yield _event(view, "clock", ends, f"Clock ends: {title}", f"{title}\n{told(str(says))}", "Clock")


def _titled(view: View, told: Callable[[str], str]) -> str:
    return told(f"{view.ref} {view.title}")


def _event(view: View, sort: str, day: dt.date, summary: str, description: str, category: str) -> Event:
    inside = "/".join(view.inside)
    named = f"{view.register.settings.name}\0{view.path}\0{inside}\0{sort}"
    uid = f"{hashlib.sha256(named.encode()).hexdigest()[:32]}@bscp"
    return Event(uid, day, summary, description, category)


def _escaped(text: str) -> str:
    """Return text as a property's value has it: no line end, comma or semicolon of its own."""
    for sign in ("\\", ";", ","):
        text = text.replace(sign, f"\\{sign}")
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\\n")


def _folded(line: str) -> str:
    """Return a line in parts of 75 octets at most, each further one begun by a space; no character is split."""
    if line.isascii():
        rest = range(_ROOM, len(line), _ROOM - 1)  # each begun by a space, which counts
        return "\r\n ".join([line[:_ROOM], *(line[at : at + _ROOM - 1] for at in rest)])
    parts, held = [""], 0
    for character in line:
        size = len(character.encode())
        if held + size > _ROOM:
            parts.append("")
            held = 1  # the space that begins the line
        parts[-1] += character
        held += size
    return "\r\n ".join(parts)
