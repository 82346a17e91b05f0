"""Values as programs and spreadsheets read them: JSON and CSV in which nothing acts and nothing is lost."""

import csv
import datetime as dt
import io
import json
import re
import unicodedata
from collections.abc import Iterable, Sequence

from bscp_tui.model.text import shown

# What a spreadsheet takes for the beginning of a formula, full-width forms too.
FORMULA = tuple("=+-@\t\r\n＝＋－＠")


def as_json(data: object) -> str:
    """Return ``data`` as JSON in which control and bidi characters are escaped."""
    text = json.dumps(data, ensure_ascii=False, indent=1, default=_plain)
    return re.sub(r"[^\n\x20-\x7e]", _escaped, text)


def as_csv(rows: Iterable[Sequence[object]]) -> str:
    """Return rows as CSV: every cell in quotation marks, lines ended as RFC 4180 asks."""
    lines = io.StringIO()
    writer = csv.writer(lines, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerows([csv_cell(value) for value in row] for row in rows)
    return lines.getvalue()


def csv_cell(value: object) -> str:
    """Return a cell of a spreadsheet; text that it would take for a formula is marked as text."""
    if value is None:
        return ""
    if isinstance(value, (list, tuple)):
        return csv_cell("; ".join(csv_cell(item) for item in value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    if not isinstance(value, str):
        return str(_plain(value)) if isinstance(value, (dt.date, int)) else as_json(value)
    return f"'{shown(value)}" if value.startswith(FORMULA) else shown(value)


def _escaped(match: re.Match[str]) -> str:
    character = match.group()
    if unicodedata.category(character) not in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}:
        return character
    return json.dumps(character)[1:-1] if ord(character) != 0x7F else "\\u007f"


def _plain(value: object) -> object:
    if isinstance(value, (dt.date, dt.datetime)):
        return value.isoformat()
    dump = getattr(value, "model_dump", None)  # a part of a record; its library is not loaded to find out
    if dump is not None:
        return dump(mode="json")
    return str(value)
