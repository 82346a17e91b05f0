"""Lines of columns for long lists: each part cut to its width, the last given what is left."""

from collections.abc import Sequence

from rich.text import Text

from bscp_tui.tui.safe_text import joined, plain

GAP = 2


def columns(parts: Sequence[Text], widths: Sequence[int], room: int) -> Text:
    """Return ``parts`` beside each other in ``room`` cells.

    Args:
        parts: One text a column; the last takes the rest of the room.
        widths: The width of each but the last.
        room: How many cells there are.

    """
    rest = max(8, room - sum(widths) - GAP * len(widths) - 2)
    cut = []
    for part, width in zip(parts, (*widths, rest), strict=True):
        cell = part.copy()
        cell.truncate(width, overflow="ellipsis", pad=True)
        cut += [cell, plain(" " * GAP)]
    return joined(plain(" "), *cut[:-1])
