"""Old and new, compared by their words: beside each other, or one within the other."""

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher

from rich.table import Table
from rich.text import Text

from bscp_tui.model.spoken import spoken
from bscp_tui.model.words import NOT_RECORDED
from bscp_tui.tui.safe_text import joined, plain
from bscp_tui.tui.tones import Tones

MOST = 250_000  # pairs of words; of texts that differ in more, the whole part that differs is shown as replaced
AROUND = 12  # words and signs that stay, shown on either side of a change; of a longer run the middle is left out
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
LEFT_OUT = " … "
REMOVED, ADDED = ("[-", "-]"), ("{+", "+}")  # signs, so that a change is told without colours too


def sides(old: object, new: object, tones: Tones) -> Table:
    """Return a table of two columns: what was there before, and what is there after."""
    before, after = in_full(old), in_full(new)
    table = Table.grid(padding=(0, 2), expand=True)
    for _ in range(2):
        table.add_column(ratio=1, overflow="fold")
    table.add_row(plain("before", tones.quiet), plain("after", tones.quiet))
    if old is None or new is None:
        table.add_row(_side(before, old, tones), _side(after, new, tones))
    else:
        table.add_row(*_told_apart(before, after, tones))
    return table


def in_full(value: object) -> str:
    """Return a value in words with its own line ends; a row of a table has a line for each thing."""
    if isinstance(value, str) and "\n" in value:
        return value
    if isinstance(value, Mapping):
        return "\n".join(f"{name.replace('_', ' ')}: {spoken(item)}" for name, item in value.items() if name != "id")
    if isinstance(value, list):
        return "\n".join(f"• {spoken(item)}" for item in value)
    return spoken(value)


def _side(text: str, value: object, tones: Tones) -> Text:
    return plain(NOT_RECORDED, tones.quiet) if value is None else plain(text)


def within(old: object, new: object, tones: Tones) -> Text:
    """Return one text in which what is removed and what is added stand in signs, with a few words around."""
    before, after = ("" if value is None else in_full(value) for value in (old, new))
    told, steps = [], list(_steps(before, after))
    for place, (same, removed, added) in enumerate(steps):
        if same:
            told.append(plain(_shortened(removed, first=not place, last=place == len(steps) - 1), tones.quiet))
            continue
        for words, (opens, closes), style in ((removed, REMOVED, tones.bad), (added, ADDED, tones.good)):
            if words:
                told.append(plain(f"{opens}{''.join(words)}{closes}", style))
    return joined(*told)


def _shortened(words: list[str], *, first: bool, last: bool) -> str:
    """Return what stays, without what is far from any change."""
    head = [] if first else words[:AROUND]
    tail = [] if last else words[len(words) - AROUND :]
    if len(words) <= len(head) + len(tail) + 1:
        return "".join(words)
    return LEFT_OUT.join("".join(part) for part in (head, tail))


def _told_apart(before: str, after: str, tones: Tones) -> tuple[Text, Text]:
    left, right = Text(), Text()
    for same, removed, added in _steps(before, after):
        left.append_text(plain("".join(removed), "" if same else f"{tones.bad} underline"))
        right.append_text(plain("".join(added), "" if same else f"{tones.good} bold underline"))
    return left, right


def _steps(before: str, after: str) -> Iterator[tuple[bool, list[str], list[str]]]:
    """Yield the parts of two texts in order: whether they are the same in both, and their words there."""
    old, new = (re.findall(r"\s+|\w+|[^\w\s]", text) for text in (before, after))
    shorter = min(len(old), len(new))
    head = next((place for place in range(shorter) if old[place] != new[place]), shorter)
    rest = shorter - head
    tail = next((place for place in range(rest) if old[-1 - place] != new[-1 - place]), rest)
    inner_old, inner_new = old[head : len(old) - tail], new[head : len(new) - tail]
    if head:
        yield True, old[:head], new[:head]
    if len(inner_old) * len(inner_new) > MOST:
        yield False, inner_old, inner_new
    else:
        for kind, a, b, c, d in SequenceMatcher(a=inner_old, b=inner_new, autojunk=False).get_opcodes():
            yield kind == "equal", inner_old[a:b], inner_new[c:d]
    if tail:
        yield True, old[len(old) - tail :], new[len(new) - tail :]


def as_day(value: object) -> object:
    """Return the day that a text such as "2025-12-31" means, so that it is told as other days are; else ``value``."""
    if isinstance(value, str) and _DAY.fullmatch(value):
        try:
            return dt.date.fromisoformat(value)
        except ValueError:
            return value
    return value
