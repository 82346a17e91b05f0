"""Saved views: a filter, columns, order and groups with a name, so that everybody sees the same list again."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from bscp_tui.model.fields import Line, Lines, LongText, asked, required
from bscp_tui.model.filter_line import terms_of
from bscp_tui.model.filters import FilterError, fields_for
from bscp_tui.model.parts import Record
from bscp_tui.model.record import declare
from bscp_tui.model.rules import Rule, Step
from bscp_tui.model.shown_list import ShownList
from bscp_tui.model.view import Lookup, View

_COLUMN = re.compile(r"([A-Za-z_][\w-]*)(?:\s+([0-9]{1,2}))?")
WIDEST = 99


@dataclass(frozen=True)
class Columns:
    """Columns as a view keeps them: their names, and the widths that somebody gave, in cells."""

    names: tuple[str, ...] = ()
    widths: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def read(cls, lines: tuple[str, ...]) -> "Columns":
        """Return what ``due`` and ``title 40`` say; a line that says something else is left out."""
        found = [match for line in lines if (match := _COLUMN.fullmatch(line.strip()))]
        names = [match[1].replace("-", "_") for match in found]
        widths = {match[1].replace("-", "_"): int(match[2]) for match in found if match[2]}
        return cls(tuple(dict.fromkeys(names)), widths)

    def written(self) -> tuple[str, ...]:
        """Return them as a file keeps them."""
        return tuple(f"{name} {min(self.widths[name], WIDEST)}" if name in self.widths else name for name in self.names)


def _unfit(step: Step) -> str | None:
    """Say what a view asks for that its list does not have."""
    from bscp_tui.model.kinds import KINDS

    item = step.new.item
    kind = KINDS.get(item.list_of) if isinstance(item, SavedView) else None
    if not isinstance(item, SavedView) or kind is None:
        return f"there is no list “{getattr(item, 'list_of', '')}”. The lists are: {', '.join(KINDS)}."
    try:
        terms_of(item.filter or "", kind)
    except FilterError as error:
        return f"its filter cannot be read: {error}"
    columns = Columns.read(item.columns)
    if len(columns.names) < len(item.columns):
        return "its columns cannot be read. Write a field's name on each line, a width behind it where one is wanted."
    unknown = [
        name for name in (*columns.names, item.sort, item.group) if name and _stored(name) not in fields_for(kind)
    ]
    if unknown:
        return f"a {kind.name} has no field “{unknown[0]}”. It has: {', '.join(fields_for(kind))}."
    return None


def _stored(name: str) -> str:
    return name.replace("-", "_")


VIEW_FITS_ITS_LIST = Rule(
    "view-fits-its-list",
    "A saved view asks for what the records of its list have: fields, a filter that can be read.",
    _unfit,
    field="filter",
)


class SavedView(Record):
    """A list as somebody arranged it."""

    held_to = (VIEW_FITS_ITS_LIST,)

    title: Line = required("Name")
    list_of: Line = required("List", hint="the kind of its records: key-action, learning-point, …")
    filter: Line | None = asked("Filter", hint="as in the filter line: status=complete due<30d")
    columns: Lines = asked("Columns", default=(), hint="a field a line; “title 40” where it is to be 40 wide")
    sort: Line | None = asked("Sorted by")
    descending: bool | None = asked("The last first")
    group: Line | None = asked("Grouped by")
    text: LongText | None = asked("What it is for")

    def shown_list(self) -> ShownList:
        """Return the list that it shows."""
        columns = Columns.read(self.columns)
        return ShownList(
            kind=self.list_of, title=self.title, filter=self.filter or "", columns=columns.names, widths=columns.widths,
            sort=_stored(self.sort or ""), descending=bool(self.descending), group=_stored(self.group or ""),
        )  # fmt: skip


def view_of(shown: ShownList) -> dict[str, object]:
    """Return the fields of a saved view that shows ``shown``; None where one is not set."""
    return {
        "title": shown.title,
        "list_of": shown.kind,
        "filter": shown.filter or None,
        "columns": Columns(shown.columns, shown.widths).written(),
        "sort": shown.sort or None,
        "descending": shown.descending or None,
        "group": shown.group or None,
    }


def shared_views(register: Lookup) -> Iterator[tuple[View, ShownList]]:
    """Yield the views that the register keeps, with what each shows."""
    for view in register.of_kind("view"):
        shown = view.item.shown_list()
        if shown is not None:
            yield view, shown


VIEW = declare(
    "view",
    SavedView,
    plural="Saved views",
    where="views/{slug}.toml",
    reference="view/{slug}",
    columns=("ref", "title", "list_of", "filter", "sort", "group"),
)
