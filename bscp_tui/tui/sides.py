"""Old and new beside each other, the words that differ set off in both."""

import re
from collections.abc import Mapping
from difflib import SequenceMatcher

from rich.table import Table
from rich.text import Text

from bscp_tui.model.spoken import spoken
from bscp_tui.model.words import NOT_RECORDED
from bscp_tui.tui.safe_text import plain
from bscp_tui.tui.tones import Tones

LONGEST = 5_000  # letters; longer texts are shown without the comparison of their words, which would take too long


def sides(old: object, new: object, tones: Tones) -> Table:
    """Return a table of two columns: what was there before, and what is there after."""
    before, after = in_full(old), in_full(new)
    table = Table.grid(padding=(0, 2), expand=True)
    for _ in range(2):
        table.add_column(ratio=1, overflow="fold")
    table.add_row(plain("before", tones.quiet), plain("after", tones.quiet))
    if old is None or new is None or len(before) + len(after) > LONGEST:
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


def _told_apart(before: str, after: str, tones: Tones) -> tuple[Text, Text]:
    old, new = (re.findall(r"\s+|\w+|[^\w\s]", text) for text in (before, after))
    left, right = Text(), Text()
    for kind, a, b, c, d in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        style = "" if kind == "equal" else "bold underline"
        left.append_text(plain("".join(old[a:b]), f"{tones.bad} underline" if style else ""))
        right.append_text(plain("".join(new[c:d]), f"{tones.good} {style}" if style else ""))
    return left, right
