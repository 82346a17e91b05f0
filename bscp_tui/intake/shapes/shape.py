"""What a shape of table is: the columns that it may have, and how its rows become records."""

import datetime as dt
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from bscp_tui.intake.bodies import Bodies
from bscp_tui.intake.columns import Role
from bscp_tui.intake.rows import Gathered
from bscp_tui.intake.wanted import Wanted
from bscp_tui.model.record import Kind
from bscp_tui.store.snapshot import Snapshot


@dataclass
class Stream:
    """The rows of one table, or of several that are one over several pages, and what surrounds them.

    Attributes:
        rows: The records' rows.
        above: The lines of text above them, of all tables so far, the nearest last.
        snapshot: The register's records.
        bodies: Finds agencies, groups and people.
        document: The document's name.
        sha256: Its hash.
        plan: The plan that the person named; None where nobody did.
        today: What counts as today.
        told: What a person should know of the table as a whole; readers add to it.

    """

    rows: Sequence[Gathered]
    above: Sequence[str]
    snapshot: Snapshot
    bodies: Bodies
    document: str
    sha256: str
    plan: str | None
    today: dt.date
    told: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Shape:
    """One shape of table.

    Attributes:
        name: What it is called, in words.
        kind: The kind of its records.
        roles: What its columns may hold.
        keys: The roles by which rows are told apart, the first that a table has.
        fits: What such a key looks like, by role; rows whose key does not are the rest of the one above.
        needs: Sets of roles: a table has the shape where it has all of one set.
        read: Makes records of its rows.

    """

    name: str
    kind: Kind
    roles: tuple[Role, ...]
    keys: tuple[str, ...]
    needs: tuple[frozenset[str], ...]
    read: Callable[[Stream], Iterator[Wanted]]
    fits: dict[str, re.Pattern[str]] = field(default_factory=dict)
