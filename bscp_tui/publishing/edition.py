"""An edition of the pages: for whom it is, as at which entry and day, and how it tells what is recorded."""

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property, partial

from pydantic import BaseModel

from bscp_tui.history.for_readers import leaves_out
from bscp_tui.history.rows import HistoryRow
from bscp_tui.model.audience import Readers, Withheld, audience_of, embargo_of, whole
from bscp_tui.model.fields import BODY_KINDS, Shape, fields_of
from bscp_tui.model.kinds import KINDS, place_of
from bscp_tui.model.text import shown
from bscp_tui.model.view import View
from bscp_tui.model.words import NOT_RECORDED
from bscp_tui.publishing.names import Names, without_numbers
from bscp_tui.publishing.small_counts import Key, file_of
from bscp_tui.publishing.watching import WatchedSnapshot
from bscp_tui.store.moments import zone_of
from bscp_tui.store.register import Register
from bscp_tui.store.snapshot import Snapshot

_A_NAME = re.compile(r"[^\W\d_a-z][\w’'-]+(?: [^\W\d_a-z][\w’'.-]*){1,3}")  # two to four words, each with a capital


@dataclass(frozen=True)
class Edition:
    """What one publishing tells, and to whom.

    Attributes:
        register: The register.
        commit: The entry that it goes up to.
        readers: Whom it is for.
        snapshot: The records at that entry, as far as they are for the readers.
        names: Takes names of people out of texts; None where the readers may have them.
        out: The counts of people that are withheld.

    """

    register: Register
    commit: str
    readers: Readers
    snapshot: WatchedSnapshot
    names: Names | None = None
    out: frozenset[Key] = field(default=frozenset())

    @property
    def public(self) -> bool:
        """Whether it is for everybody, so that people's names and small counts of people are left out."""
        return self.readers.audience == "public"

    @cached_property
    def zone(self) -> dt.tzinfo:
        """The time zone in which the register's days begin and end."""
        return zone_of(self.register)

    @cached_property
    def _reticent(self) -> frozenset[str]:
        """The files of the records of which a figure is withheld."""
        return frozenset(file_of(key) for key in self.out)

    def text(self, text: str, path: str | None = None) -> str:
        """Return a text as the readers may have it; ``path`` is the file of the record that it stands in."""
        text = shown(text)
        if self.names is None:
            return text
        text = self.names.without(text)
        return without_numbers(text) if path is not None and path in self._reticent else text

    def withholds_figures_of(self, path: str) -> bool:
        """Whether a figure of the record in a file is withheld, so that none worked out from it is told."""
        return path in self._reticent

    def title(self, view: View) -> str:
        """Return a record's title."""
        return self.text(view.title)

    def words(self, row: HistoryRow) -> str:
        """Return what changed; to the public no count of people is told, neither old nor new."""
        if self.hides_figures(row):
            name = row.field_words.replace("_", " ") or "figures"
            return f"{self.text(name)}: {row.change}; people and their numbers are not told in the public history"
        return self.text(row.words, row.path)

    def hides_figures(self, row: HistoryRow) -> bool:
        """Whether the old and the new value of a change count or name people, and are not told to the public."""
        if not self.public or not row.place:
            return False
        place = place_of(self.register.repository.inner(row.path) or "")
        return place is None or _holds_counts(place[0].model, row.place[0])

    def withheld(self, view: View) -> Withheld | None:
        """Return why a record is not for the readers; None where it is."""
        return self.snapshot.withholds(view)


def row_of(view: View) -> str:
    """Return what names the row of a record that a view is, as counts name theirs."""
    if view.parent is None:
        return view.path
    return f"{row_of(view.parent)}/{view.inside[0]}/{view.inside[1].removeprefix('#')}"


def hides(readers: Readers, now: Snapshot, view: View) -> Withheld | None:
    """Return why a record is withheld; the public is told of no person."""
    if readers.audience == "public" and whole(view).item.is_somebody():
        return "audience"
    return leaves_out(readers, now)(view)


def edition_for(register: Register, commit: str, readers: Readers, snapshot: Snapshot) -> Edition:
    """Return the edition for ``readers``; of what is withheld from the public, the caller adds the rest."""
    watched = snapshot.made_for(partial(hides, readers, snapshot), WatchedSnapshot)
    assert isinstance(watched, WatchedSnapshot)  # noqa: S101 - for the type checker
    return Edition(register, commit, readers, watched)


def standing(view: View) -> tuple[str, str]:
    """Return what says for whom a record is: its audience and embargo; a change of either touches many pages."""
    return audience_of(view), str(embargo_of(view) or "")


def titled(kind: str) -> str:
    """Return how a list of a kind is headed."""
    return KINDS[kind].plural


def _holds_counts(model: type[BaseModel], name: str) -> bool:
    """Whether a field, or anything in the table that it holds, counts people, or names whoever was there."""
    facts = fields_of(model).get(name)
    if facts is None:
        return False
    return (
        bool(facts.people)
        or facts.somebody
        or (facts.part is not None and any(_holds_counts(facts.part, one) for one in fields_of(facts.part)))
    )


def files_of_people(snapshot: Snapshot) -> list[str]:
    """Return the files that tell of people: each person's, and the roster."""
    kinds = [kind for kind in KINDS.values() if kind.where and _of_people(kind.model)]
    return [view.path for kind in kinds for view in snapshot.views(kind, withdrawn=True) if view.item.is_somebody()]


def names_of_people(snapshot: Snapshot, others: Iterable[str]) -> Names:
    """Return everybody whom the register names: people, the roster, who was there; and ``others``."""
    told = {*others, *_written_in(snapshot)}
    for kind in KINDS.values():
        if kind.where is None or not _of_people(kind.model):
            continue
        for view in snapshot.views(kind, withdrawn=True):
            if view.item.is_somebody():
                people = getattr(view.item, "people", None)
                for part in [view.item] if people is None else people:
                    told |= {part.title, *part.aliases}  # type: ignore[union-attr]
                told |= {view.ref} if people is None else set()
    return Names(name for name in told if name and name != NOT_RECORDED)


def _written_in(snapshot: Snapshot) -> set[str]:
    """Return the names that stand, in free words, in fields for somebody's name; posts and bodies are none."""
    kinds = [kind for kind in KINDS.values() if kind.where and _has_names(kind.model)]
    found = {name for kind in kinds for view in snapshot.views(kind, withdrawn=True) for name in _names_in(view.item)}
    bodies = {view.title for name in BODY_KINDS for view in snapshot.views(KINDS[name], withdrawn=True)}
    return {name for name in found - bodies if _A_NAME.fullmatch(name)}


@cache
def _has_names(model: type[BaseModel]) -> bool:
    return any(one.somebody or (one.part is not None and _has_names(one.part)) for one in fields_of(model).values())


def _names_in(part: BaseModel) -> Iterator[str]:
    for name, facts in fields_of(type(part)).items():
        value = getattr(part, name)
        if facts.somebody and isinstance(value, str):
            yield value
        elif facts.shape is Shape.PARTS:
            yield from (found for row in value for found in _names_in(row))


def _of_people(model: type[BaseModel]) -> bool:
    from bscp_tui.model.record import Part

    return getattr(model, "is_somebody", None) is not Part.is_somebody
