"""How a list is shown: which columns, how wide, in which order, grouped by what; and the rows so arranged."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bscp_tui.model.fields import Shape, fields_of
from bscp_tui.model.filters import Term, bodies_of, fields_for, matches
from bscp_tui.model.ordering import order_of, ordered
from bscp_tui.model.record import Kind
from bscp_tui.model.shown_list import ShownList
from bscp_tui.model.view import View
from bscp_tui.model.words import NOT_RECORDED, in_people_words
from bscp_tui.store.snapshot import Snapshot
from bscp_tui.tui.lineage import above
from bscp_tui.tui.session import Row

AT_A_TIME = 500  # records between two looks whether the answer is still wanted
BY_AGENCY = "agency"


@dataclass(frozen=True)
class Arrangement:
    """How the records of a kind are shown.

    Attributes:
        columns: Fields and derived values, in order.
        widths: The columns that somebody gave a width, in cells.
        sort: What they are sorted by; "" for their references.
        descending: Whether the last comes first.
        group: What they are grouped by; "" for not at all.

    """

    columns: tuple[str, ...]
    widths: Mapping[str, int] = field(default_factory=dict)
    sort: str = ""
    descending: bool = False
    group: str = ""


def arrangement_of(shown: ShownList, kind: Kind) -> Arrangement:
    """Return how a saved view arranges its list; fields that the kind no longer has are left out."""
    known = set(columns_for(kind))
    columns = tuple(name for name in shown.columns if name in known) or kind.columns
    sort, group = (name if name in known else "" for name in (shown.sort, shown.group))
    return Arrangement(columns, dict(shown.widths), sort, shown.descending, group)


@dataclass(frozen=True)
class Group:
    """Rows that have the same value; a list that is not grouped is one group without a name."""

    name: str
    rows: Sequence[Row]


@dataclass(frozen=True)
class Asked:
    """What a list shows: of which kind, what a filter leaves, how arranged, with withdrawn records or without."""

    kind: Kind
    terms: Sequence[Term]
    arrangement: Arrangement
    withdrawn: bool = False


@dataclass(frozen=True)
class Arranged:
    """The rows of a list.

    Attributes:
        groups: In order.
        shown: How many records they are; one that stands in two groups counts once.
        total: How many there are without the filter.

    """

    groups: Sequence[Group]
    shown: int
    total: int

    @property
    def rows(self) -> list[Row]:
        """Every row once, in the order of its first group."""
        return list({id(row): row for group in self.groups for row in group.rows}.values())


class NoLongerWantedError(Exception):
    """Somebody asked for something else meanwhile."""


def always() -> bool:
    """Say that the answer is still wanted."""
    return True


def arranged(snapshot: Snapshot, asked: Asked, wanted: Callable[[], bool] = always) -> Arranged:
    """Return the rows of a list; what cannot be read stands first, in a group of its own where there are groups.

    Raises:
        FilterError: A date or number in a condition cannot be read.
        NoLongerWantedError: ``wanted`` said so.

    """
    every = snapshot.views(asked.kind, withdrawn=asked.withdrawn)
    broken: list[Row] = list(snapshot.unreadable(asked.kind))
    fitting = list(_fitting(snapshot, every, asked.terms, wanted)) if asked.terms else every
    shown, total = len(fitting) + len(broken), len(every) + len(broken)
    how = asked.arrangement
    if how.sort:
        fitting = ordered(fitting, how.sort, descending=how.descending)
    elif how.descending:
        fitting = fitting[::-1]
    if not how.group:
        return Arranged([Group("", [*broken, *fitting])], shown, total)
    groups = [Group("cannot be read", broken)] if broken else []
    return Arranged([*groups, *_grouped(fitting, asked.kind, how.group)], shown, total)


def columns_for(kind: Kind) -> list[str]:
    """Return what a list of ``kind`` may show: fields and derived values."""
    return [name for name in fields_for(kind) if name != "id"]


def sortable(kind: Kind) -> list[str]:
    """Return what it may be sorted by: all of that but tables, which have no order."""
    tables = {facts.name for facts in fields_of(kind.model).values() if facts.part is not None}
    return [name for name in columns_for(kind) if name not in tables]


def groupable(kind: Kind) -> list[str]:
    """Return what records of ``kind`` can be grouped by: what lies above them, who is named, and what is chosen."""
    names, fields = fields_for(kind), fields_of(kind.model).values()
    places = {name.replace("-", "_") for name in above(kind)}
    chosen = {facts.name for facts in fields if facts.shape in {Shape.CHOICE, Shape.FLAG}}
    named = {facts.name for facts in fields if facts.shape in {Shape.BODY, Shape.RECORD}}
    has_agency = bool(named) or about_bodies(kind)
    wanted = places | chosen | named | {"lead", "overdue"}
    first = [*(name for name in names if name in places), *([BY_AGENCY] if has_agency else [])]
    return list(dict.fromkeys([*first, *(name for name in names if name in wanted)]))


def about_bodies(kind: Kind) -> bool:
    """Whether records of ``kind`` name agencies, groups or people: who leads, owns or attends."""
    return bool({"leads", "agencies"} & set(fields_for(kind))) or any(
        facts.shape is Shape.BODY for facts in fields_of(kind.model).values()
    )


def _fitting(
    snapshot: Snapshot, views: Sequence[View], terms: Collection[Term], wanted: Callable[[], bool]
) -> Iterator[View]:
    for place, view in enumerate(views):
        if place % AT_A_TIME == 0 and not wanted():
            raise NoLongerWantedError
        if matches(view, terms, snapshot.name_matches):
            yield view


def _grouped(views: Sequence[View], kind: Kind, name: str) -> list[Group]:
    """Return a group for each value; a record with several values stands in the group of each."""
    found: dict[object, list[Row]] = {}
    said: dict[object, str] = {}
    for view in views:
        for value, words in _values(view, name):
            found.setdefault(value, []).append(view)
            said[value] = words
    order = _order(kind, name, said)
    return [Group(said[value], found[value]) for value in sorted(found, key=order)]


def _values(view: View, name: str) -> list[tuple[object, str]]:
    if name == BY_AGENCY:
        return [(body, view.name_of(body)) for body in bodies_of(view)] or [(None, NOT_RECORDED)]
    value = view.value(name)
    if value is None or value in ((), [], ""):
        return [(None, NOT_RECORDED)]
    if isinstance(value, (list, tuple)):
        return [(str(item), view.name_of(str(item))) for item in dict.fromkeys(map(str, value))]
    named = view.register.view(value) if isinstance(value, str) and "/" in value else None
    told = in_people_words(view, name)
    return [(value, f"{told} {named.title}" if named is not None else told)]


def _order(kind: Kind, name: str, said: Mapping[object, str]) -> Callable[[object], tuple[object, ...]]:
    """Return what groups are sorted by: choices as declared, all else by what is said; what is not recorded last."""
    facts = fields_of(kind.model).get(name)
    choices = {choice: place for place, choice in enumerate(facts.choices)} if facts else {}

    def key(value: object) -> tuple[object, ...]:
        if isinstance(value, str) and name != BY_AGENCY and "/" in value:
            return (value is None, 0, order_of(value))
        return (value is None, choices.get(str(value), len(choices)), order_of(said[value]))

    return key
