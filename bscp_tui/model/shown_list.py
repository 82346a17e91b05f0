"""A list as it is shown: of which kind, narrowed, arranged."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class ShownList:
    """What a saved view keeps of a list.

    Attributes:
        kind: The kind of its records, by name.
        title: What people call it.
        filter: As it stands in the filter line.
        columns: Fields and derived values, in order; none for the usual ones.
        widths: The columns that somebody gave a width, in cells.
        sort: What it is sorted by; "" for references.
        descending: Whether the last comes first.
        group: What it is grouped by; "" for not at all.

    """

    kind: str
    title: str
    filter: str = ""
    columns: tuple[str, ...] = ()
    widths: Mapping[str, int] = field(default_factory=dict)
    sort: str = ""
    descending: bool = False
    group: str = ""
