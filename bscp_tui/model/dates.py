"""Dates as people write and read them."""

import re
from datetime import date, timedelta

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
EXAMPLES = "31 March 2026, 31/03/2026, 31.03.2026 or 2026-03-31"
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_BRITISH = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4}|\d{2})")
_WORDS = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?\s+(?:of\s+)?([A-Za-z]+)\.?,?\s+(\d{4})")
_MONTH = re.compile(r"([A-Za-z]+)\s+(\d{4})")
_AHEAD = re.compile(r"(\d{1,4})\s*d(?:ays?)?", re.IGNORECASE)


class DateError(ValueError):
    """A date that cannot be read, or does not exist; the message says what is allowed."""


def read_month(text: str) -> date | None:
    """Return the first day of the month that ``text`` names ("June 2024"), None if it names none."""
    match = _MONTH.fullmatch(text.strip())
    names = [month.lower() for month in MONTHS]
    if match is None or match[1].lower() not in names:
        return None
    return date(int(match[2]), names.index(match[1].lower()) + 1, 1)


def read_date(text: str, *, today: date | None = None) -> date:
    """Read a date as people write it, day before month.

    Args:
        text: "31 March 2026", "31/03/2026", "31.3.26", "2026-03-31"; with ``today`` also
            "today", "yesterday", "tomorrow" and "30d" (thirty days from today).
        today: What counts as today.

    Raises:
        DateError: Not a date, or one that the calendar does not have.

    """
    words = text.strip()
    if today is not None:
        relative = _relative(words, today)
        if relative is not None:
            return relative
    year, month, day = _parts(words)
    try:
        return date(year, month, day)
    except ValueError as error:
        msg = f"“{words}” is not in the calendar ({error}). Write for instance {EXAMPLES}."
        raise DateError(msg) from None


def in_words(day: date) -> str:
    """Return "31 March 2026"."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def in_short(day: date) -> str:
    """Return "31 Mar 2026", for columns."""
    return f"{day.day} {MONTHS[day.month - 1][:3]} {day.year}"


def months_after(day: date, months: int) -> date:
    """Return the same day so many months later; the last day of a month stays the last one.

    A period that ends with a month is followed by one that does: 28 February is followed by 31 May.
    """
    if day.year + months // 12 + 2 > date.max.year:
        return date.max  # the calendar ends there, and a file may hold its last day
    first = date(day.year + (day.month - 1 + months) // 12, (day.month - 1 + months) % 12 + 1, 1)
    last = _last_of_month(first)
    return last if day == _last_of_month(day) else first.replace(day=min(day.day, last.day))


def _last_of_month(day: date) -> date:
    return date(day.year + day.month // 12, day.month % 12 + 1, 1) - timedelta(days=1)


def _relative(words: str, today: date) -> date | None:
    near = {"today": 0, "yesterday": -1, "tomorrow": 1}.get(words.lower())
    if near is not None:
        return today + timedelta(days=near)
    ahead = _AHEAD.fullmatch(words)
    return today + timedelta(days=int(ahead.group(1))) if ahead else None


def _parts(words: str) -> tuple[int, int, int]:
    if match := _ISO.fullmatch(words):
        return int(match[1]), int(match[2]), int(match[3])
    if match := _BRITISH.fullmatch(words):
        year = int(match[3])
        return (year + 2000 if year < 100 else year), int(match[2]), int(match[1])
    if match := _WORDS.fullmatch(words):
        month = _month(match[2])
        if month:
            return int(match[3]), month, int(match[1])
    msg = f"“{words}” cannot be read as a date. Write for instance {EXAMPLES}."
    raise DateError(msg)


def _month(name: str) -> int | None:
    if len(name) < 3:
        return None
    for number, month in enumerate(MONTHS, start=1):
        if month.lower().startswith(name.lower()) or (name.lower() == "sept" and number == 9):
            return number
    return None
