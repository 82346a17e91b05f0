"""Rows in the form that was asked for: for people, for programs, for spreadsheets.

Nothing is altered on the way: numbers stay as they were typed, leading spaces stay, and what
would break a table is made visible or escaped.
"""

import shutil
import sys
from argparse import Namespace
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bscp_tui.cli.usage import UsageError
from bscp_tui.model.exchange import as_csv, as_json
from bscp_tui.model.text import shown

ENDINGS = {".txt": "plain", ".md": "markdown", ".csv": "csv", ".json": "json", ".html": "html"}
OURS = {"table": "simple", "plain": "plain", "markdown": "github"}
# tabulate's forms in which "|" would end a cell, or a line end would end a row.
BARRED = frozenset({"github", "pipe", "orgtbl", "jira", "textile", "mediawiki", "moinmoin", "youtrack", "presto"})
ONE_LINE = BARRED | {"tsv", "latex", "latex_booktabs", "latex_longtable", "psql", "outline", "simple_outline"}


__all__ = ["Table", "as_json", "emit", "rendered"]


@dataclass(frozen=True)
class Table:
    """Rows to be printed.

    Attributes:
        title: What heads it; empty for a bare list.
        columns: (name, heading) of each column.
        rows: The cells: text as people read it.
        values: The same cells as programs read them, for CSV; None where unset.
        drawn: Lines that draw it, above its rows on a terminal; plain text may be read aloud, and has the rows alone.

    """

    title: str
    columns: Sequence[tuple[str, str]]
    rows: Sequence[Sequence[str]]
    values: Sequence[Sequence[object]]
    drawn: Sequence[str] = ()


def emit(options: Namespace, tables: Sequence[Table], data: object, heading: Sequence[str] = ()) -> None:
    """Print ``tables``, or ``data`` as JSON, in the form that the options name, to where they say.

    Raises:
        UsageError: There is no such form, or the file cannot be written.

    """
    form = _form(options)
    text = rendered(form, tables, data, heading)
    if options.out:
        write_file(Path(options.out), text)
        print(f"Written to {Path(options.out).absolute()}")
    else:
        sys.stdout.write(text)
        options.printed = text


def rendered(form: str, tables: Sequence[Table], data: object, heading: Sequence[str] = ()) -> str:
    """Return ``tables`` (or ``data``, for JSON) as text in one of the forms."""
    if form == "json":
        return as_json(data) + "\n"
    if form == "csv":
        return _csv(tables)
    parts = [_tabulated(table, form) for table in tables]
    if form == "html":
        head = "".join(f"<p>{_html(line)}</p>\n" for line in heading)
        return head + "\n".join(parts) + "\n"
    lines = "\n".join(shown(line) for line in heading)
    return "\n\n".join(part for part in [lines, *parts] if part) + "\n"


def _form(options: Namespace) -> str:
    if options.format:
        return str(options.format)
    if options.out:
        ending = Path(options.out).suffix.lower()
        if ending not in ENDINGS:
            msg = f"{options.out}: its ending names no form. Use {', '.join(ENDINGS)}, or say --format."
            raise UsageError(msg)
        return ENDINGS[ending]
    return "table" if sys.stdout.isatty() else "plain"


def _tabulated(table: Table, form: str) -> str:
    import tabulate

    style = OURS.get(form, form)
    if style not in tabulate.tabulate_formats or style == "unsafehtml":
        known = ", ".join(["json", "csv", *OURS, *(name for name in tabulate.tabulate_formats if name != "unsafehtml")])
        msg = f"There is no form “{form}”. The forms are: {known}."
        raise UsageError(msg)
    tabulate.PRESERVE_WHITESPACE = True
    rows = [[_cell(cell, style) for cell in row] for row in table.rows]
    headings = [_cell(heading, style) for _, heading in table.columns]
    widths = _fitting(headings, rows) if form == "table" and sys.stdout.isatty() else None
    text = tabulate.tabulate(rows, headers=headings, tablefmt=style, disable_numparse=True, maxcolwidths=widths)
    mark = {"github": "## ", "html": ""}.get(style, "")
    title = f"<h2>{_html(table.title)}</h2>" if style == "html" and table.title else f"{mark}{table.title}"
    if table.drawn and form == "table":
        text = "\n".join([*table.drawn, "", text])
    return f"{title}\n\n{text}" if table.title else text


def _cell(text: str, style: str) -> str:
    text = shown(text).replace("\t", "␉")
    if style in BARRED:
        text = text.replace("\\", "\\\\").replace("|", "\\|")
    if style in ONE_LINE:
        text = text.replace("\n", "<br>" if style in {"github", "pipe"} else "⏎")
    return text


def _fitting(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> list[int | None] | None:
    """Return the widths that fit the terminal: the widest columns wrap first, nothing is cut."""
    from wcwidth import wcswidth

    room = shutil.get_terminal_size().columns - 2 * (len(headings) - 1)
    widths = [
        max((max(wcswidth(line), 0) for row in [headings, *rows] for line in row[column].split("\n")), default=0)
        for column in range(len(headings))
    ]
    if sum(widths) <= room:
        return None
    while sum(widths) > max(room, 10 * len(widths)):
        widest = max(range(len(widths)), key=lambda column: widths[column])
        widths[widest] -= 1
    return list(widths)


def _csv(tables: Sequence[Table]) -> str:
    """Return one CSV table: several are put together under all their columns, with a column that names each."""
    names = list(dict.fromkeys(name for table in tables for name, _ in table.columns))
    several = len(tables) > 1
    rows: list[Sequence[object]] = [(["table"] if several else []) + names]
    for table in tables:
        places = {name: place for place, (name, _) in enumerate(table.columns)}
        for row in table.values:
            cells = [row[places[name]] if name in places else None for name in names]
            rows.append(([table.title] if several else []) + cells)
    return as_csv(rows)


def _html(text: str) -> str:
    import html

    return html.escape(shown(text))


def write_file(path: Path, text: str) -> None:
    """Write a file whole or not at all; say so if one was there.

    Raises:
        UsageError: It cannot be written there.

    """
    from bscp_tui.store.handing_over import HandOverError, hand_over

    try:
        existed = hand_over(path, text.encode("utf-8", "backslashreplace"), replace=True)
    except HandOverError as error:
        raise UsageError(str(error)) from error
    if existed:
        print(f"Replaced what was in {path}.", file=sys.stderr)
