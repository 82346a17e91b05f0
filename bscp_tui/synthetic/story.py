"""The whole invented history: who recorded what when, as the entries that the program would have made."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bscp_tui.model import entry as entries
from bscp_tui.model.amendment import Amendment
from bscp_tui.model.document import Document, differences, put
from bscp_tui.model.kinds import KINDS
from bscp_tui.model.record import Part
from bscp_tui.model.settings import LAYOUT, Settings
from bscp_tui.model.view import Circumstances
from bscp_tui.store.importing import ATTRIBUTES, Recorded
from bscp_tui.store.toml_text import dumped
from bscp_tui.synthetic import words
from bscp_tui.synthetic.changing import Happening, Living, Spot, happening, rag_for, spot_of
from bscp_tui.synthetic.inventing import INVENTORS, places, plans_for
from bscp_tui.synthetic.place import Place
from bscp_tui.synthetic.world import END, Author, World

LONDON = ZoneInfo("Europe/London")
FEWEST = 10  # records: a few bodies, a plan, a priority and actions
BY_HAND = 0.02  # of all changes: an editor and plain git


@dataclass(frozen=True)
class _Event:
    """Something that is going to be recorded: a record's addition, or a change of it."""

    when: dt.datetime
    order: int
    record: int
    adds: bool


HAND_WRITTEN = ("text", "role", "note", "title")  # what somebody with an editor would write in, if the kind has it


def story(records: int, entry_count: int, seed: int) -> Iterator[Recorded]:
    """Yield the entries of a synthetic register, oldest first; the same seed gives the same bytes.

    Args:
        records: How many records it has, at least ``FEWEST``.
        entry_count: How many entries, at least 1. Records that cannot have an entry of their own
            are there from the first one.
        seed: What everything is drawn from.

    """
    world = World(seed, plans_for(records))
    found = places(world, records)
    events, opening = _events(world, found, entry_count)
    living: dict[int, Living] = {}
    opened = {number: _added(world, *found[number]) for number in opening}
    living |= opened
    yield _opening(world, opened)
    for event in events:
        if event.adds:
            record = living[event.record] = _added(world, *found[event.record])
            yield _addition(world, record, event.when)
        else:
            yield _change(world, living[event.record], event.when)


def _events(world: World, found: list[tuple[str, Place, int]], entry_count: int) -> tuple[list[_Event], list[int]]:
    """Return what is recorded after the first entry, by time, and the records of the first entry."""
    planned = [number for number, (name, _, _) in enumerate(found) if not INVENTORS[name].stands]
    bodies = [number for number, (name, _, _) in enumerate(found) if INVENTORS[name].stands]
    alone = min(len(planned), entry_count - 1 if entry_count > len(planned) else (entry_count - 1) // 3)
    latest = END - dt.timedelta(days=7)  # what is added can still be changed
    starts = [(min(found[number][1].start + dt.timedelta(days=world.below(75)), latest), number) for number in planned]
    starts.sort()
    opening = [*bodies, *(number for _, number in starts[: len(starts) - alone])]
    began = dict.fromkeys(opening, world.begin) | {number: day for day, number in starts[len(starts) - alone :]}
    events = [
        _Event(world.moment(world.day(day, day)), number, number, adds=True)
        for day, number in starts[len(starts) - alone :]
    ]
    for order in range(entry_count - 1 - alone):
        number = world.pick(bodies) if bodies and world.chance(0.005) else world.pick(planned)
        place = found[number][1]
        first = max(began[number], place.start) + dt.timedelta(days=4)
        events.append(
            _Event(world.moment(world.day(first, max(place.end, first))), len(found) + order, number, adds=False)
        )
    return sorted(events, key=lambda event: (event.when, event.order)), sorted(opening)


def _added(world: World, kind_name: str, place: Place, number: int) -> Living:
    kind = KINDS[kind_name]
    names = dict(place.names)
    path = f"records/{(kind.where or '').format(**names)}"
    return Living(
        kind, names, path, kind.reference.format(**names), INVENTORS[kind_name].document(world, place, number)
    )


def _opening(world: World, opened: dict[int, Living]) -> Recorded:
    settings = {
        "layout": LAYOUT,
        "name": world.name,
        "short_name": "Synthetic",
        "synthetic": True,
        "current_plan": world.plans[0].slug,
        "time_zone": "Europe/London",
    }
    files = {".gitattributes": ATTRIBUTES.encode(), "records/bscp.toml": dumped(settings, Settings).encode()}
    files |= {record.path: _bytes(record) for record in opened.values()}
    trailers = f"Entry: {world.entry()}\nRecord: records\nChange: added\nEffective: {world.begin}"
    when = dt.datetime.combine(world.begin, dt.time(8, 0), LONDON)
    author = world.authors[0]
    return Recorded(author.name, author.email, when, when, f"{world.name}: register made\n\n{trailers}\n", files)


def _addition(world: World, record: Living, when: dt.datetime) -> Recorded:
    why = Circumstances(None, _effective(world, when.date()))
    title = _title(record.kind.model, record.document)
    amendment = Amendment(record.kind, record.path, record.ref, title, (), {}, why, None, "added")
    return _recorded(world, record, when, entries.message(world.entry(), amendment, ()))


def _change(world: World, record: Living, when: dt.datetime) -> Recorded:
    """Return the entry of the next change; a record that nothing can happen to any more is brought back."""
    spot = spot_of(world, record)
    if spot is None:
        why = Circumstances("Withdrawn by mistake.", _effective(world, when.date()))
        whole = Spot(record.ref, (), record.kind.model, record.document, has_rows=False)
        return _amended(world, record, whole, when, (Happening({("withdrawn",): None}), why))
    if world.chance(BY_HAND):
        return _hand_edit(world, record, when)
    day = _effective(world, when.date())
    found = happening(world, spot, day)
    if found is None:
        return _hand_edit(world, record, when)
    why = Circumstances(found.reason, day, None, found.decided_at)
    return _amended(world, record, spot, when, (found, why))


def _amended(
    world: World, record: Living, spot: Spot, when: dt.datetime, what: tuple[Happening, Circumstances]
) -> Recorded:
    found, why = what
    changes = {(*spot.inside, *path): value for path, value in found.values.items()}
    base = record.document
    new = base
    for path, value in changes.items():
        new = put(new, path, value)
    if "rag" in new and (rag_for(world, new) == "green") != (new["rag"] == "green"):
        changes["rag",] = rag_for(world, new)
        new = put(new, ("rag",), changes["rag",])
    if new == base:
        return _hand_edit(world, record, when)
    title = _title(spot.model, spot.values)
    amendment = Amendment(record.kind, record.path, spot.ref, title, spot.inside, changes, why, base, found.action)
    message = entries.message(world.entry(), amendment, differences(base, new))
    record.document = new
    return _recorded(world, record, when, message)


def _title(model: type[Part], values: Document) -> str:
    """Return what sentences call the thing: its title, or what its kind says instead."""
    return str(getattr(model.model_construct(**values), "title", ""))


def _hand_edit(world: World, record: Living, when: dt.datetime) -> Recorded:
    """Somebody edits the file with an editor and plain git: no reason in the form, sometimes a comment."""
    field = next(name for name in HAND_WRITTEN if name in record.kind.model.model_fields)
    if record.kind.name == "person":
        field = "aliases"
    value: object = " ".join(world.some(words.SET_OUT, 1, 3))
    if field == "aliases":
        value = [f"{world.pick(words.POSTS)} {record.document['title'].rpartition(' ')[2]}"]
    record.document = put(record.document, (field,), value)
    if world.chance(0.3):
        record.head = f"# seen on {when.date().isoformat()} with the lead\n"
    return _recorded(world, record, when, f"{world.pick(words.HAND)} in {record.ref}\n")


def _recorded(world: World, record: Living, when: dt.datetime, message: str) -> Recorded:
    """One in thirty was made offline, some hours before it was recorded."""
    author: Author = world.early(world.authors)
    recorded = when.replace(tzinfo=LONDON)
    made = recorded - dt.timedelta(hours=1 + world.below(40)) if world.chance(0.03) else recorded
    return Recorded(author.name, author.email, made, recorded, message, {record.path: _bytes(record)})


def _effective(world: World, day: dt.date) -> dt.date:
    """Most things are recorded on their day, some weeks later, a few months later."""
    if world.chance(0.7):
        return day
    return day - dt.timedelta(days=1 + world.below(20 if world.chance(0.85) else 120))


def _bytes(record: Living) -> bytes:
    return (record.head + dumped(record.document, record.kind.model)).encode()
