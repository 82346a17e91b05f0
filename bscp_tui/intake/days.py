"""Days as people write them into tables and forms, in whatever way their program lets them."""

import datetime as dt
import re

from bscp_tui.model.dates import DateError, read_date

_WEEKDAY = re.compile(r"^(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+", re.IGNORECASE)
_CLOCK = re.compile(r"[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?$")
_AMERICAN = re.compile(r"([A-Za-z]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4}|\d{2})")
_SHORT_YEAR = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?\s+([A-Za-z]+)\.?,?\s+'?(\d{2})")
_PARTS = re.compile(r"(\d{1,4})\s*[-/.\u2010-\u2015\s]\s*(\d{1,2}|[A-Za-z]{3,9})\.?\s*[-/.\u2010-\u2015\s]\s*(\d{1,4})")
# Days counted from the end of 1899, as spreadsheets keep them: 2000 to 2099.
_SERIAL = range(36_526, 73_051)


def serial_day(text: str) -> tuple[dt.date, str] | None:
    """Return the day that a spreadsheet's bare number stands for, with the doubt; None for any other text."""
    if not re.fullmatch(r"\d{5}", text) or int(text) not in _SERIAL:
        return None
    day = dt.date(1899, 12, 30) + dt.timedelta(days=int(text))
    return day, f"{text} was read as a spreadsheet's number of a day"


def any_date(text: str) -> tuple[dt.date, str | None]:
    """Return the day that ``text`` names, and what is not sure about it, None where all is.

    Raises:
        DateError: It names no day.

    """
    words = _WEEKDAY.sub("", _CLOCK.sub("", " ".join(text.split()))).strip(" .,;")
    if counted := serial_day(words):
        return counted
    if american := _AMERICAN.fullmatch(words):
        words = f"{american[2]} {american[1]} {american[3]}"
    if short := _SHORT_YEAR.fullmatch(words):
        words = f"{short[1]} {short[2]} 20{short[3]}"
    if parts := _PARTS.fullmatch(words):
        first, second, third = parts.groups()
        if len(first) == 4:
            words = f"{first}-{second}-{third}"
        elif second.isdigit():
            words = f"{first}/{second}/{third}"
        else:
            words = f"{first} {second} {third if len(third) == 4 else f'20{third}'}"
    try:
        return read_date(words), None
    except DateError:
        raise DateError(f"“{text.strip()[:60]}” cannot be read as a date") from None
