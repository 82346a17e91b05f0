"""The registry of shapes: a new one is its file and its line here."""

from bscp_tui.intake.shapes import declared, training
from bscp_tui.intake.shapes.delivery import DELIVERY
from bscp_tui.intake.shapes.owners import OWNERS
from bscp_tui.intake.shapes.shape import Shape
from bscp_tui.model.kinds import KINDS


def shapes_for(kind: str | None) -> list[Shape]:
    """Return the shapes of table that may be meant, the telling ones first.

    Args:
        kind: The kind that a person named; None for any.

    """
    own = [shape for shape in (DELIVERY, OWNERS, training.shape()) if shape is not None]
    told = KINDS[kind] if kind else None
    file_kind = KINDS[told.inside[0]] if told is not None and told.inside else told
    known = [
        *own,
        *(declared.shape_for(each) for each in declared.kinds_read() if each.name not in {"action", "training"}),
    ]
    return [shape for shape in known if file_kind is None or shape.kind is file_kind]
