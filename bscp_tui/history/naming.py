"""What a change is a change of: the innermost thing that people have a name for."""

from collections.abc import Mapping
from typing import Any

from bscp_tui.model.document import Change, Document
from bscp_tui.model.kinds import kinds_inside
from bscp_tui.model.record import Kind


def innermost(
    kind: Kind, names: Mapping[str, str], change: Change, new: Document, old: Document
) -> tuple[str | None, str | None]:
    """Return the reference and title of the row that a change lies in, None for the record itself."""
    if len(change.path) < 2 or not change.path[1].startswith("#"):
        return None, None
    for inner in kinds_inside(kind):
        if inner.inside and inner.inside[1] == change.path[0]:
            row = _row_with(new, change) or _row_with(old, change) or {}
            item = str(row.get("number", change.path[1][1:]))
            return inner.reference.format(**names, item=item), str(row.get("title", ""))
    return None, None


def _row_with(document: Document, change: Change) -> dict[str, Any] | None:
    wanted = change.path[1][1:]
    for position, row in enumerate(document.get(change.path[0], [])):
        if isinstance(row, dict) and str(row.get("id", row.get("number", position))) == wanted:
            return row
    return None
