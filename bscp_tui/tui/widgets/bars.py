"""Bars: figures beside each other, drawn with blocks, or with # where the terminal has no Unicode."""

from collections.abc import Sequence

from rich.table import Table
from rich.text import Text

from bscp_tui.reports.drawing import bar
from bscp_tui.tui.safe_text import grid, joined, plain, plain_line
from bscp_tui.tui.tones import Tones

NAME = 24


def bars(drawn: Sequence[tuple[str, float, str]], tones: Tones, *, ascii_only: bool = False) -> list[Text | Table]:
    """Return a line for each of ``drawn``: its name, a bar from nought, its figure in words."""
    longest = max((figure for _, figure, _ in drawn), default=0)
    if longest <= 0:
        return []
    rows = []
    for name, figure, said in drawn:
        label = plain_line(name, tones.quiet)
        label.truncate(NAME, overflow="ellipsis")
        length = bar(figure / longest, ascii_only=ascii_only)
        rows.append((label, joined(plain(length, tones.accent), plain_line(f" {said}"))))
    width = max(len(label.plain) for label, _ in rows)
    return [grid(rows, width)]
