"""Targets, clocks and meetings as a calendar file (iCalendar, RFC 5545) that Outlook and others open."""

import datetime as dt
import hashlib
from collections.abc import Callable, Iterator
from typing import NamedTuple

from bscp_tui.model.kinds import KINDS
from bscp_tui.model.text import shown
from bscp_tui.model.view import View
from bscp_tui.store.snapshot import Snapshot

_ROOM = 75  # octets of a line, its end left out
LAST_DAY = dt.date.max
UNDATED = "00000000T000000Z"  # in place of when the file was made


class Event(NamedTuple):
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
    return sorted(found, key=lambda event: (event.day, event.uid))


def calendar_of(snapshot: Snapshot, stamp: dt.datetime, told: Callable[[str], str] = shown) -> bytes:
    """Return the calendar file of a register.

    Args:
        snapshot: The records, as far as whoever gets the file may have them.
        stamp: When the last entry was recorded: the same register gives the same bytes.
        told: Returns a text as they may have it.

    """
    body = "".join(map(undated, events(snapshot, told))).encode()
    head, tail = around(told(snapshot.settings.name))
    return head + dated(body, UNDATED, stamp_told(stamp)) + tail


def around(name: str) -> tuple[bytes, bytes]:
    """Return what stands before the days of a calendar file that is called ``name``, and what behind them."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//bscp_tui//bscp calendar//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_escaped(name)}",
    ]
    return "".join(f"{_folded(line)}\r\n" for line in lines).encode(), b"END:VCALENDAR\r\n"


def stamp_told(stamp: dt.datetime) -> str:
    """Return a moment as a calendar file has it."""
    return stamp.astimezone(dt.UTC).strftime("%Y%m%dT%H%M%SZ")


def dated(days: bytes, before: str, now: str) -> bytes:
    """Return days of a calendar file as of another moment; each has a line that says when the file was made."""
    # No other line begins so: a line end in a text is written as two signs, and a folded line goes on with a space.
    return days.replace(f"\r\nDTSTAMP:{before}\r\n".encode(), f"\r\nDTSTAMP:{now}\r\n".encode())


def undated(event: Event) -> str:
    """Return a day as a calendar file tells it, but for when the file was made."""
    lines = [
        "BEGIN:VEVENT",
        f"UID:{event.uid}",
        f"DTSTAMP:{UNDATED}",
        f"DTSTART;VALUE=DATE:{event.day:%Y%m%d}",
        *([f"DTEND;VALUE=DATE:{event.day + dt.timedelta(days=1):%Y%m%d}"] if event.day < LAST_DAY else []),
        f"SUMMARY:{_escaped(event.summary)}",
        f"DESCRIPTION:{_escaped(event.description)}",
        f"CATEGORIES:{_escaped(event.category)}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]
    return "".join(f"{_folded(line)}\r\n" for line in lines)


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
