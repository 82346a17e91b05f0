"""The one door through which text of records, people and git reaches a screen.

Textual reads ``[…]`` in plain strings as markup, which can vanish, end the program or run an
action, and hands control characters on to the terminal. A Rich ``Text`` of cleaned characters
is taken literally by every widget.
"""

from collections.abc import Iterable

from rich.table import Table
from rich.text import Text

from bscp_tui.model.text import one_line, shown


def plain(value: object, style: str = "") -> Text:
    """Return ``value`` as text that a widget shows literally, odd characters made visible.

    Args:
        value: Anything; None becomes nothing.
        style: A Rich style for the whole of it, "bold" or a colour of the theme.

    """
    return Text("" if value is None else shown(str(value)), style=style)


def plain_line(value: object, style: str = "") -> Text:
    """Return ``value`` as ``plain`` does, on one line; line ends are shown as ``⏎``."""
    return plain("" if value is None else one_line(str(value)), style)


def joined(*parts: Text) -> Text:
    """Return the parts one behind the other, each keeping its style."""
    return Text.assemble(*parts)


def stacked(*lines: Text) -> Text:
    """Return the parts one below the other."""
    return Text("\n").join(lines)


def grid(rows: Iterable[tuple[Text, ...]], *widths: int) -> Table:
    """Return rows whose last column takes the room that the others leave, and wraps within it."""
    table = Table.grid(padding=(0, 1))
    for width in widths:
        table.add_column(width=width)
    table.add_column(ratio=1, overflow="fold")
    for row in rows:
        table.add_row(*row)
    return table
