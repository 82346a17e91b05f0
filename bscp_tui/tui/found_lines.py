"""What was found on Home, as lines to choose from."""

from collections.abc import Sequence

from bscp_tui.model.text import shortened
from bscp_tui.store.finding import Found, How
from bscp_tui.tui.safe_text import joined, plain, plain_line
from bscp_tui.tui.widgets.words import Line

NOTHING = "Nothing has these words in its reference, title, owner or text, or a name like them."
REF, KIND = 20, 14  # cells that the references and the kinds take at most; what is longer stands out of line
LONGEST = 120  # letters of a title among others; opened, the record shows all of it


def told_found(found: Sequence[Found]) -> str:
    """Return how many were found, and whether they only are like what was typed."""
    alike = bool(found) and found[0].how is How.ALIKE
    return f"nothing has these words; {len(found)} like them" if alike else f"{len(found)} found"


def found_lines(found: Sequence[Found], quiet: str) -> list[Line]:
    """Return a line for each record that was found; one that says so where there is none.

    Args:
        found: The records, the closest first.
        quiet: The style of what is less important.

    """
    refs = min(max((len(one.view.ref) for one in found), default=0), REF)
    kinds = min(max((len(one.view.kind.name) for one in found), default=0), KIND)
    return [_line(one, refs, kinds, quiet) for one in found] or [Line(plain(NOTHING), disabled=True)]


def _line(found: Found, refs: int, kinds: int, quiet: str) -> Line:
    view = found.view
    kind = plain(f"{view.kind.name.replace('-', ' '):<{kinds}}", quiet)
    where = plain_line(f"  {found.words}" if found.words else "", quiet)
    title = plain_line(shortened(view.title, LONGEST))
    return Line(joined(plain_line(f"{view.ref:<{refs}}  ", "bold"), kind, plain(" "), title, where), view)
