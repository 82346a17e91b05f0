"""An edition of the pages: for whom it is, as at which entry and day, and how it tells what is recorded."""

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property, partial

from pydantic import BaseModel

from bscp_tui.history.for_readers import leaves_out
from bscp_tui.history.rows import HistoryRow
from bscp_tui.model.audience import Readers, Withheld, audience_of, embargo_of, whole
from bscp_tui.model.dates import in_words
from bscp_tui.model.fields import BODY_KINDS, Shape, fields_of
from bscp_tui.model.kinds import KINDS, place_of
from bscp_tui.model.parts import Link
from bscp_tui.model.text import shown
from bscp_tui.model.view import View
from bscp_tui.model.words import NOT_RECORDED, in_people_words, label_of, part_in_words
from bscp_tui.publishing.names import WITHHELD_NAME, Names, without_numbers
from bscp_tui.publishing.small_counts import Key, file_of, key_of
from bscp_tui.publishing.watching import WatchedSnapshot
from bscp_tui.store.moments import zone_of
from bscp_tui.store.register import Register
from bscp_tui.store.snapshot import Snapshot

# Values that people wrote, in which anything can stand; tuples, since an enumeration's members are slow to hash.
_FREE = (None, Shape.LINE, Shape.LONG, Shape.LINES, Shape.PARTS, Shape.PART)
_A_NAME = re.compile(r"[^\W\d_a-z][\w’'-]+(?: [^\W\d_a-z][\w’'.-]*){1,3}")  # two to four words, each with a capital
WITHHELD = "withheld, so that nobody can be recognised"
# What is told elsewhere on a record's page, or is for programs.
_SAID_OTHERWISE = frozenset({"leads", "open", "embargoed", "priority", "action"})


@dataclass(frozen=True)
class Fact:
    """One line of a record: its label, and what is recorded, one text or several."""

    label: str
    lines: Sequence[str]


@dataclass(frozen=True)
class Change:
    """One change of the history as readers are told it.

    Attributes:
        day: When it was recorded, in words; ``iso`` for programs.
        ref: What changed.
        title: The title of what changed.
        words: What changed, in words.
        more: Further lines: reason, date from which it counts, where decided, who.

    """

    iso: str
    day: str
    ref: str
    title: str
    words: str
    reason: str | None
    more: Sequence[str]


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

    def title(self, view: View) -> str:
        """Return a record's title."""
        return self.text(view.title)

    def value(self, view: View, name: str, *, short: bool = True) -> str:
        """Return a field or derived value in words."""
        if self._hides(view, name):
            return WITHHELD
        told = in_people_words(view, name, short=short)
        if self.names is None or name in {"ref", "kind"}:
            return shown(told)
        return self.text(told, view.path if view.shape(name) in _FREE and name != "title" else None)

    def facts(self, view: View) -> list[Fact]:
        """Return what is told of a record or row: its columns, what is derived, what else is recorded, what is not."""
        first = [name for name in view.kind.columns if name not in {"ref", "title"}]
        told = [Fact(_label(view, name), [self.value(view, name, short=False)]) for name in first]
        due = view.value("due")
        for name in view.item.derivations:
            value = None if name in first or name in _SAID_OTHERWISE else view.value(name)
            if value and value != due:
                told.append(Fact(_label(view, name), [self.value(view, name, short=False)]))
        return told + self._fields(view, {*first, "title"})

    def _fields(self, view: View, told: set[str]) -> list[Fact]:
        found, empty = [], []
        for name, facts in fields_of(type(view.item)).items():
            value = getattr(view.item, name)
            stands_alone = getattr(facts.part, "stands_alone", False)
            if name in told or name == "id" or facts.part is Link or stands_alone:
                continue
            if value is None or value in ((), []):
                empty += [facts.label.lower()] if facts.editable or facts.shape is Shape.PARTS else []
            elif facts.shape is Shape.PARTS:
                found.append(Fact(facts.label, [self._part(view, name, row) for row in value]))
            elif facts.shape is Shape.LINES:
                found.append(Fact(facts.label, [self.text(line, view.path) for line in value]))
            else:
                found.append(Fact(facts.label, [self.value(view, name, short=False)]))
        if not self.public:
            found += [Fact(shown(name), [shown(str(value))]) for name, value in (view.item.model_extra or {}).items()]
        return [*found, Fact("Not recorded", [", ".join(empty)])] if empty else found

    def _part(self, view: View, name: str, row: object) -> str:
        """Return a table's row in words, without the figures that are withheld."""
        if not isinstance(row, BaseModel):
            return self.text(str(row), view.path)
        place = f"{row_of(view)}/{name}/{getattr(row, 'id', '')}"
        hidden = [one for one in fields_of(type(row)) if key_of(place, one) in self.out]
        hidden += [one for one, facts in fields_of(type(row)).items() if self.public and facts.somebody]
        nested = [one for one, facts in fields_of(type(row)).items() if facts.shape is Shape.PARTS]
        if self.public and any(key.startswith(f"{place}/") for key in self.out):
            hidden += nested
        told = part_in_words(row.model_copy(update=dict.fromkeys(hidden)), view, short=False)  # type: ignore[arg-type]
        labels = [fields_of(type(row))[one].label.lower() for one in hidden if getattr(row, one) is not None]
        return ", ".join([self.text(told, view.path), *(f"{label}: {WITHHELD}" for label in labels)])

    def _hides(self, view: View, name: str) -> bool:
        """Whether a value is one of the counts that are withheld, or is worked out from one."""
        if not self.public:
            return False
        facts = view.field(name)
        if facts is not None:
            return facts.somebody or key_of(row_of(view), name) in self.out
        if name not in view.item.derivations:
            return False
        value = view.value(name)
        worked_out = isinstance(value, (int, float)) and not isinstance(value, bool)
        if any(each.people for each in fields_of(type(view.item)).values()) and getattr(
            view.item, "asks_questions", False
        ):
            return (
                name in {"computed", "difference", "agrees", "published"}
                and getattr(view.item, "of_people", None) is True
            )
        return worked_out and view.path in self._reticent

    def change(self, row: HistoryRow) -> Change:
        """Return a change of the history as the readers may have it."""
        more = []
        if row.effective is not None:
            more.append(f"Counts from {in_words(row.effective)}")
        if row.decided_at:
            more.append(f"Decided at {self.text(row.decided_at)}")
        more.append(f"Recorded by {WITHHELD_NAME if self.public else shown(row.by)}")
        more += [self.text(note) for note in row.notes]
        moment = row.recorded.astimezone(self.zone)
        return Change(
            moment.date().isoformat(), in_words(moment.date()), shown(row.ref), self.text(row.title),
            self.words(row), self.text(row.reason, row.path) if row.reason else None, more,
        )  # fmt: skip

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


def _label(view: View, name: str) -> str:
    return _label_in(view.kind.name, name)


@cache
def _label_in(kind: str, name: str) -> str:
    told = label_of(KINDS[kind], name)
    return told.upper() if name == "rag" else f"{told[:1].upper()}{told[1:]}"


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
