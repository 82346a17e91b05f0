"""Fragments of HTML inside cells, as they come with text that was extracted from a PDF."""

import html
import re
from collections.abc import Sequence

from bscp_tui.intake import bounds
from bscp_tui.intake.cleaning import Cleaner, tidied
from bscp_tui.intake.document import Cell
from bscp_tui.model.text import shortened

MOST_ASIDES = 20  # of each sort are told in full

_MARKUP = re.compile(r"</?(?:b|i|u|p|ol|ul|li|br|em|strong|span|div|sup|sub|a|font|small|s)\b[^<>]*>", re.IGNORECASE)
# No line is indented so far; and a long run of spaces, tried from each of its places, would take minutes.
_FAR_APART = re.compile(r"[ \n]{100,}")
_ENTITY = re.compile(r"&(?:#\d{1,6}|#x[0-9a-f]{1,6}|[a-z]{2,8});", re.IGNORECASE)
_BREAKS = re.compile(r"\s*</?(?:p|br|div|ol|ul|li)\b[^<>]*>\s*", re.IGNORECASE)
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_NUMBERED = re.compile(r"<ol\b[^<>]*>(.*?)</ol>", re.IGNORECASE | re.DOTALL)
_ITEM = re.compile(r"<li\b[^<>]*>\s*", re.IGNORECASE)
_NUMBER = re.compile(r"(?:<[^<>]+>\s*)*\(?\d{1,3}[.)]\s")


def lines_of(text: str) -> str:
    r"""Return a cell's text without markup: paragraphs and list items are lines ("\n"), emphasis is dropped.

    Items of a numbered list get their number where the text does not have it. Text without markup stays.
    """
    if "</" in text or _BREAK.search(text):
        text = _NUMBERED.sub(_with_numbers, text)
        text = _BREAKS.sub("\n", text)
        text = _MARKUP.sub("", text)
    if "&" in text:
        text = _ENTITY.sub(lambda entity: html.unescape(entity[0]), text)
    return tidied(text)


def worded(text: str, cleaner: Cleaner, colour: str | None = None) -> Cell:
    """Return a cell that says ``text``; one that is longer than any table's cell is named as unread."""
    if len(text) > bounds.LONGEST_CELL:
        told = f"it holds {len(text):,} characters; at most {bounds.LONGEST_CELL:,} are read"
        return Cell("", colour, unread=told)
    clean = _FAR_APART.sub(lambda space: "\n" if "\n" in space[0] else " ", cleaner(text))
    return Cell(lines_of(clean), colour)


def asides(what: str, texts: Sequence[tuple[str, str]], cleaner: Cleaner) -> list[str]:
    """Return what a person should know of text that stands beside the tables and was not read.

    Args:
        what: What it is: "comment", "footnote".
        texts: Where each stands, and what it says.
        cleaner: Cleans it.

    """
    told = [f"{where}: a {what} was not read: “{shortened(cleaner(text), 200)}”" for where, text in texts[:MOST_ASIDES]]
    rest = len(texts) - MOST_ASIDES
    return [*told, f"{rest:,} more {what}s were not read."] if rest > 0 else told


def _with_numbers(listed: "re.Match[str]") -> str:
    items = _ITEM.split(listed[1])
    if len(items) < 2 or any(_NUMBER.match(item) for item in items[1:]):
        return listed[0]
    return "\n".join([items[0], *(f"{number}. {item}" for number, item in enumerate(items[1:], 1))])
