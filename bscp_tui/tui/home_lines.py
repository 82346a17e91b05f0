"""The lines of Home's panels, drawn from figures that are counted already."""

from collections.abc import Iterable, Iterator

from bscp_tui.tui import drafts, figures
from bscp_tui.tui.safe_text import joined, plain, plain_line
from bscp_tui.tui.telling import BY_HAND
from bscp_tui.tui.tones import Tones
from bscp_tui.tui.widgets.words import Line

BAR = 5
FIGURES = 20  # cells that border, bar and counts of a priority take
NARROWEST = 12  # cells that its title has at least
MOST_DRAFTS = 3
EMPTY = (
    "This register is empty. Begin with the plan: press 1, then a to add it; its priorities, actions and key "
    "actions lie below it. Agencies, groups and people (under 0) are added in the same way. Every change needs only "
    "its reason, and is kept in the history."
)


def attention(told: Iterable[figures.Figure], kept: Iterable[drafts.Draft], tones: Tones) -> Iterator[Line]:
    """Yield what needs attention, then what was typed and never recorded.

    Args:
        told: The figures.
        kept: The drafts; the first few are told.
        tones: The colours of the theme in use.

    """
    for figure in told:
        sign, count = plain(f"{figure.sign} ", getattr(tones, figure.tone)), plain(f"{figure.count:>3} ", "bold")
        yield Line(joined(sign, count, plain(figure.said)), figure.opens)
    for draft in list(kept)[:MOST_DRAFTS]:
        ref = draft.ref.rpartition("/")[2]
        yield Line(joined(plain(f"{BY_HAND} ", tones.soon), plain_line(f"typed, not recorded: {ref}")), draft)


def nothing(tones: Tones, *, empty: bool) -> Line:
    """Return what stands there where nothing needs attention, or where there is nothing at all yet."""
    if empty:
        return Line(plain(EMPTY), figures.Place("plan"))
    return Line(joined(plain("● ", tones.good), plain("Nothing needs attention today.")), disabled=True)


def counting(tones: Tones) -> Line:
    """Return what stands there while another day's figures are counted."""
    return Line(plain("counting …", tones.quiet), disabled=True)


def priorities(counted: Iterable[figures.PriorityFigures], tones: Tones, half: int) -> list[Line]:
    """Return how far each priority is; ``half`` is how many cells the panel has."""
    return [_priority(figure, tones, half) for figure in counted] or [
        Line(plain("No priorities are recorded yet."), disabled=True)
    ]


def _priority(figure: figures.PriorityFigures, tones: Tones, half: int) -> Line:
    share = figure.done / figure.total if figure.total else 0.0
    filled = max(1, int(share * BAR)) if figure.done else 0
    bar = joined(plain("█" * filled, tones.good), plain("░" * (BAR - filled), tones.quiet))
    count = plain(f" {figure.done:>2}/{figure.total:<2}")
    late = plain(f" {figure.late:>2}", tones.late if figure.late else tones.quiet)
    title = plain_line(f"{figure.number} {figure.view.title}")
    title.truncate(max(NARROWEST, half - FIGURES), overflow="ellipsis", pad=True)
    return Line(joined(title, plain(" "), bar, count, late), figure.opens)
