"""For whom something that leaves the program is made: asked in the same words everywhere."""

from typing import cast

from textual.widgets import Select

from bscp_tui.model.fields import Audience

WHOM: tuple[tuple[str, Audience], ...] = (
    ("the partnership, its scrutineers among them", "partnership"),
    ("the public: no names of people, no small counts", "public"),
    ("the group: nothing is left out", "group"),
)


def chosen_readers(field: "Select[Audience]") -> Audience | None:
    """Return the readers that were chosen; None where none were."""
    return cast("Audience | None", None if field.value is Select.NULL else field.value)
