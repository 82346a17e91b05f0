"""Values and fields as sentences say them, without the record that they come from."""

import datetime as dt
import re

from bscp_tui.model.dates import in_words
from bscp_tui.model.text import one_line
from bscp_tui.model.workflow import words

_TOKEN = re.compile(r"[a-z]+(-[a-z]+)+")


def spoken(value: object) -> str:
    """Return a value as the sentence says it."""
    if value is None:
        return "not recorded"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dt.date):
        return in_words(value)
    if isinstance(value, str):
        return words(value) if _TOKEN.fullmatch(value) else one_line(value)
    if isinstance(value, (list, tuple)):
        return "; ".join(spoken(item) for item in value)
    if isinstance(value, dict):
        told = (spoken(item) for key, item in value.items() if key not in {"id", "shows"})
        return ", ".join(told)
    return str(value)


def field_in_words(path: tuple[str, ...], *, inner: bool) -> str:
    """Return a field's name as people say it; the random ids of rows are left out.

    Args:
        path: Where the change lies.
        inner: Whether it is told beside the row that it lies in, not beside the whole record.

    """
    steps = path[2:] if inner else path
    return " ".join(step.replace("_", " ") for step in steps if not step.startswith("#"))
