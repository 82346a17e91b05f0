"""What cells say: dates, years in brackets, numbered items, colours, counts."""

import calendar
import colorsys
import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from bscp_tui.intake.days import any_date, serial_day
from bscp_tui.model.dates import DateError, read_month

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_WEEKDAY = r"(?:\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
_CLOCK = r"(?:[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?"
_DASH = "[-./\u2010-\u2015]"
_DATES = re.compile(
    rf"{_WEEKDAY}(?:"
    rf"\b\d{{4}}{_DASH}\d{{1,2}}{_DASH}\d{{1,2}}(?!\d){_CLOCK}"
    rf"|(?<!\d)\d{{1,2}}{_DASH}\d{{1,2}}{_DASH}(?:\d{{4}}|\d{{2}})\b{_CLOCK}"
    rf"|(?<!\d)\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH},?\s+(?:\d{{4}}|'?\d{{2}})\b"
    rf"|(?<!\d)\d{{1,2}}{_DASH}{_MONTH}{_DASH}\d{{2,4}}\b"
    rf"|\b{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}\b"
    rf"|(?:\bend\s+(?:of\s+)?)?\b{_MONTH}[\s-]+\d{{4}}\b)",
    re.IGNORECASE,
)
# Words that say nothing beside a date.
_UNTIL = re.compile(
    r"(?:(?:due|target|deadline|complete|completed|to be completed|for completion)[\s:]*)?"
    r"(?:by|on|before|no later than|not later than|until)?(?:\s+the)?(?:\s+end(?:\s+of)?)?[\s:.]*",
    re.IGNORECASE,
)
_LABEL = re.compile(r"(?:K\.?\s?A\.?\s*:?\s*)?\(?(\d{1,2})[.):]\s*(?:K\.?A\.?)?\s*$", re.IGNORECASE)
_YEARS = re.compile(
    r"\(\s*years?\s*(\d)(?:\s*(?:and|&|/|,|to|-|–|\+)\s*(?:year\s*)?(\d))?(?:\s+actions?)?\s*\)", re.IGNORECASE
)
_ITEM_AT_START = re.compile(r"(?:(?<=\n)|^)\s*(?:K\.?A\.?\s*)?\(?(\d{1,2})[.):]\s+(?=\S)")
_ITEM_INSIDE = re.compile(r"(?<=\s)(\d{1,2})\.\s+(?=[A-Z“\"'‘])")
_SIGNS = {"🔴": "red", "🟥": "red", "🟠": "amber", "🟧": "amber", "🟡": "amber", "🟨": "amber",
          "🟢": "green", "🟩": "green", "🔵": "blue", "🟦": "blue"}  # fmt: skip
_RAG_WORDS = {
    "red": "red", "r": "red", "amber": "amber", "a": "amber", "yellow": "amber", "orange": "amber",
    "green": "green", "g": "green", "blue": "blue", "b": "blue",
}  # fmt: skip


@dataclass(frozen=True)
class Day:
    """A date that a cell names.

    Attributes:
        day: The date.
        written: As written.
        doubt: What is unsure of it.
        label: The number that stands before it ("3. 31.03.2026"), None without.

    """

    day: dt.date
    written: str
    doubt: str | None = None
    label: int | None = None


def dates_in(text: str) -> tuple[list[Day], str]:
    """Return the dates that a text names, in order, and what is left of it."""
    found: list[Day] = []
    rest, end = [], 0
    for match in _DATES.finditer(text):
        before = text[end : match.start()]
        label = _LABEL.search(before.rpartition("\n")[2])
        day = _day(match[0])
        if day is None:
            continue
        rest.append(before[: len(before) - len(label[0])] if label else before)
        end = match.end()
        found.append(Day(*day, label=int(label[1]) if label else None))
    rest.append(text[end:])
    if not found and (counted := serial_day(text.strip())):
        return [Day(counted[0], text.strip(), counted[1])], ""
    left = " ".join("".join(rest).split()).strip(" ;,/&-–.").removeprefix("and ").strip()
    silent = _UNTIL.fullmatch(left) if len(found) == 1 else set(left.lower().split()) <= {"and", "by"}
    return found, "" if found and silent else left


@lru_cache(maxsize=4096)
def _day(written: str) -> tuple[dt.date, str, str | None] | None:
    bare = re.sub(r"^end\s+(?:of\s+)?", "", written.strip(), flags=re.IGNORECASE).replace("-", " ")
    month = read_month(_full_month(bare))
    if month is not None:
        last = calendar.monthrange(month.year, month.month)[1]
        return month.replace(day=last), written, f"“{written}” names no day; the month's last day was taken"
    try:
        day, doubt = any_date(written)
    except DateError:
        return None
    return day, written, doubt


def _full_month(text: str) -> str:
    name, _, year = text.replace(".", "").partition(" ")
    names = [month for month in calendar.month_name if month and month.lower().startswith(name.lower()[:3])]
    return f"{names[0]} {year.strip()}" if names and len(name) > 2 else text


def years_in(text: str) -> list[tuple[tuple[int, ...], int, int]]:
    """Return the years that a text names in brackets, each with where the bracket begins and ends."""
    found = []
    for match in _YEARS.finditer(text):
        first, last = int(match[1]), int(match[2] or match[1])
        found.append((tuple(range(first, last + 1)) if last >= first else (last, first), match.start(), match.end()))
    return found


def numbered(text: str) -> tuple[str, list[tuple[int, str]], str | None]:
    """Return what stands before the first numbered item, the items, and what is doubtful about their numbers."""
    marks = sorted(_marks(text))
    if not marks:
        return text.strip(), [], None
    items = []
    for place, (_, end, number) in enumerate(marks):
        stop = marks[place + 1][0] if place + 1 < len(marks) else len(text)
        items.append((number, " ".join(text[end:stop].split())))
    numbers = [number for number, _ in items]
    missing = [number for number in range(1, numbers[-1]) if number not in numbers]
    doubt = f"number {', '.join(map(str, missing))} is missing in the list" if missing else None
    return text[: marks[0][0]].strip(), items, doubt


def _marks(text: str) -> Iterator[tuple[int, int, int]]:
    """Yield (begin, end, number) of the items' numbers: they go up by one; at a line's start some may be missing."""
    starts = [(match.start(1), match.end(), int(match[1]), True) for match in _ITEM_AT_START.finditer(text)]
    inside = [(match.start(1), match.end(), int(match[1]), False) for match in _ITEM_INSIDE.finditer(text)]
    last = 0
    taken: set[int] = set()
    for begin, end, number, leads in sorted({*starts, *inside}):
        if begin in taken:
            continue
        if number == last + 1 or (leads and last < number <= last + 3):
            taken.add(begin)
            last = number
            opening = text.rfind("(", max(begin - 2, 0), begin)
            yield (opening if opening >= 0 else begin), end, number


def rag_of(text: str, colour: str | None) -> tuple[str | None, str, bool]:
    """Return a cell's RAG, why, and whether that is sure: by its word, else by its colour."""
    said = "".join(f" {_SIGNS[sign]} " if sign in _SIGNS else sign for sign in text) if not text.isascii() else text
    words = re.findall(r"[a-z]+", said.lower())
    named = {_RAG_WORDS[word] for word in words if word in _RAG_WORDS and (len(word) > 1 or len(words) == 1)}
    shade, sure = _shade(colour)
    if len(named) == 1:
        found = named.pop()
        if shade and shade != found:
            return found, f"the cell says {found} and is coloured {shade}", False
        return found, f"the cell says “{text}”", len(set(words)) == 1
    if named:
        return None, f"the cell names several colours: “{text}”", False
    return shade, f"the cell is coloured {shade} (#{colour})" if shade else "", sure


def _shade(colour: str | None) -> tuple[str | None, bool]:
    """Return which RAG a background stands for, and whether it is far from the others."""
    if colour is None:
        return None, True
    red, green, blue = (int(colour[place : place + 2], 16) / 255 for place in (0, 2, 4))
    hue, light, strength = colorsys.rgb_to_hls(red, green, blue)
    if strength < 0.25 or light < 0.12 or light > 0.94:
        return None, True
    degrees = hue * 360
    for name, low, high, near, far in (("red", -20, 16, -12, 10), ("amber", 16, 66, 24, 60),
                                       ("green", 66, 175, 80, 160), ("blue", 175, 265, 190, 250)):  # fmt: skip
        turned = degrees - 360 if degrees > 300 else degrees
        if low <= turned < high:
            return name, near <= turned <= far
    return None, True


def count_in(text: str) -> int | None:
    """Return the whole number that a cell holds; None where it holds anything else."""
    bare = text.strip().replace(",", "")
    return int(bare) if re.fullmatch(r"\d{1,7}", bare) else None


def items_of(text: str) -> tuple[str, ...]:
    """Return the items of a cell that holds a list: a line each, or parted by wide spaces or bullets."""
    parts = re.split(r"\n|\s{2,}|(?:^|\s)[•▪◦]\s", text)
    return tuple(" ".join(part.split()).removeprefix("- ").strip() for part in parts if part.strip(" -–•"))


def prose_of(text: str) -> str:
    """Return a cell's text with single spaces; its lines stay."""
    return "\n".join(" ".join(line.split()) for line in text.split("\n") if line.strip())


def is_code(text: str, colour: str | None) -> bool:
    """Whether a cell holds a row's number: "4.1"."""
    del colour
    return re.fullmatch(r"(?:KA|Action)?\s*\d{1,2}\.\d{1,2}\.?", text.strip()) is not None


def is_dates(text: str, colour: str | None) -> bool:
    """Whether a cell holds dates and nothing else."""
    del colour
    days, rest = dates_in(text)
    return bool(days) and len(rest) < 12


def is_rag(text: str, colour: str | None) -> bool:
    """Whether a cell holds a RAG, by word or colour."""
    return rag_of(text, colour)[0] is not None and len(text) < 30


def is_numbered(text: str, colour: str | None) -> bool:
    """Whether a cell holds a numbered list, or a numbered item."""
    del colour
    return bool(numbered(text)[1])
