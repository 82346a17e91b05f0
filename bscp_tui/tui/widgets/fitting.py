"""How wide the columns of a list are: what is short stands whole, long texts share the rest, the title takes most."""

from collections.abc import Mapping, Sequence

NARROWEST_TITLE = 18
WIDEST = 34
WIDEST_TITLE = 90
FIRM = 18  # columns up to here (dates, statuses, days late) are never narrowed
FIRM_LEAST = 12
NARROWEST = 3
PADDING = 2  # cells around each column


def fitted(
    names: Sequence[str], longest: Sequence[int], labels: Sequence[int], given: Mapping[str, int], room: int
) -> list[int]:
    """Return each column's width in cells; 0 leaves out the last ones that do not fit.

    Args:
        names: The columns.
        longest: How long the longest text of each is.
        labels: How long its heading is.
        given: The widths that a person gave.
        room: How many cells there are.

    """
    wanted = [
        given.get(name, min(max(length, label), WIDEST_TITLE if name == "title" else WIDEST))
        for name, length, label in zip(names, longest, labels, strict=True)
    ]
    title = names.index("title") if "title" in names else 0
    firm = frozenset(place for place, name in enumerate(names) if name in given)
    for shown in range(len(names), title, -1):
        widths = _in_room(wanted[:shown], title, firm, room)
        if widths is not None:
            return [*widths, *[0] * (len(names) - shown)]
    return [*wanted[: title + 1], *[0] * (len(names) - title - 1)]


def _in_room(wanted: Sequence[int], title: int, firm: frozenset[int], room: int) -> list[int] | None:
    """Return the widths in ``room`` cells, long texts narrowed, the title given the rest; None if they do not fit."""
    widths = list(wanted)
    if title not in firm:
        widths[title] = min(widths[title], NARROWEST_TITLE)
    over = sum(widths) + PADDING * len(widths) - room
    for place in sorted(range(len(widths)), key=lambda at: -widths[at]):
        if over > 0 and place != title and place not in firm and widths[place] > FIRM:
            given = min(over, widths[place] - FIRM_LEAST)
            widths[place] -= given
            over -= given
    if over > 0:
        return None
    if title not in firm:
        widths[title] -= over
    return widths
