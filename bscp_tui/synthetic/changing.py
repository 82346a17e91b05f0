"""What happens to a record over the years: one change at a time, read off its kind's declaration."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from bscp_tui.model.document import Document
from bscp_tui.model.fields import FieldFacts, Shape, fields_of
from bscp_tui.model.kinds import KINDS, kinds_inside
from bscp_tui.model.record import FieldPath, Item, Kind, Part
from bscp_tui.model.workflow import DONE, OPEN
from bscp_tui.synthetic import words
from bscp_tui.synthetic.following import follows, shown
from bscp_tui.synthetic.world import World


@dataclass
class Living:
    """A record as it stands at one moment of the invented history.

    Attributes:
        kind: Its kind.
        names: What its path says.
        path: Its file, relative to the repository.
        ref: Its reference.
        document: What the file holds.
        head: Lines that somebody wrote by hand above it.

    """

    kind: Kind
    names: Mapping[str, str]
    path: str
    ref: str
    document: Document
    head: str = ""


@dataclass(frozen=True)
class Spot:
    """The thing that a change is about: a record, or a row of one.

    Attributes:
        ref: Its reference.
        inside: Its place in the document.
        model: What declares its fields.
        values: What it holds.
        has_rows: Whether it has rows whose progress is its own.
        until: The last day of its plan; None for what belongs to none.

    """

    ref: str
    inside: FieldPath
    model: type[Part]
    values: Document
    has_rows: bool
    until: dt.date | None = None


@dataclass(frozen=True)
class Happening:
    """One change, before it becomes an entry: new values inside the spot, and why."""

    values: Mapping[FieldPath, object]
    reason: str | None = None
    decided_at: str | None = None
    action: Literal["changed", "withdrawn"] = "changed"


MOST_REVISIONS = 2
Happen = Callable[[World, Spot, dt.date], Happening | None]


def spot_of(world: World, living: Living) -> Spot | None:
    """Return what the next change of a record is about; None where all of it is withdrawn."""
    if "withdrawn" in living.document:
        return None
    until = next((plan.end for plan in world.plans if plan.slug == living.names.get("plan")), None)
    for kind in kinds_inside(KINDS[living.kind.name]):
        assert kind.inside is not None  # noqa: S101 - it lies inside
        rows = [row for row in living.document.get(kind.inside[1], ()) if "withdrawn" not in row]
        if rows and world.chance(0.75):
            row = world.pick(rows)
            ref = kind.reference.format(**living.names, item=row.get("number", row["id"]))
            return Spot(ref, (kind.inside[1], f"#{row['id']}"), kind.model, row, has_rows=False, until=until)
    has_rows = any(
        kind.inside and living.document.get(kind.inside[1]) for kind in kinds_inside(KINDS[living.kind.name])
    )
    return Spot(living.ref, (), living.kind.model, living.document, has_rows=has_rows, until=until)


def happening(world: World, spot: Spot, day: dt.date) -> Happening | None:
    """Return what happens to ``spot`` on ``day``; None where nothing can."""
    first = world.below(len(_TURNS))
    for step in range(len(_TURNS)):
        found = _TURNS[(first + step) % len(_TURNS)](world, spot, day)
        if found is not None:
            return found
    return _reworded(world, spot, day)


def _progress(world: World, spot: Spot, day: dt.date) -> Happening | None:
    workflow, old = spot.model.workflow, spot.values.get("status")
    if workflow is None or not isinstance(old, str) or spot.has_rows or old not in workflow.statuses:
        return None
    onward = workflow.statuses[workflow.statuses.index(old) + 1 :][:1]
    # Where any step is allowed (a plan that is published, then closed), none leads back.
    new = world.pick(workflow.statuses) if workflow.refused and world.chance(0.2) else next(iter(onward), old)
    if new in {old, "superseded"} or workflow.refusal(old, new) or (new in DONE and old not in OPEN | DONE):
        return None
    if new in OPEN and any(stage["status"] in DONE for stage in spot.values.get("stages", ())):
        return None
    if old in getattr(spot.model, "settled_when", ()) and issubclass(spot.model, Item):
        return None  # what was kept is not given up afterwards
    values = follows(world, spot.model, spot.values, new, day)
    return None if values is None else Happening(values, world.pick(words.REASONS), _meeting(world, day))


def _slippage(world: World, spot: Spot, day: dt.date) -> Happening | None:
    declared = fields_of(spot.model)
    target = spot.values.get("target")
    if "revisions" not in declared or not isinstance(target, dt.date) or spot.values.get("status") in DONE:
        return None
    revisions = spot.values.get("revisions", [])
    last = revisions[-1]["target"] if revisions else target
    agreed = max(day, revisions[-1]["date"]) if revisions else day
    new = last + dt.timedelta(days=30 * (1 + world.below(5)))
    if len(revisions) >= MOST_REVISIONS or (last - day).days > 120 or (spot.until is not None and new > spot.until):
        return None
    identifier = world.identifier()
    reason = world.pick(words.REASONS)
    revision = {"id": identifier, "target": new, "date": agreed, "approved_by": "Executive board", "reason": reason}
    return Happening({("revisions", f"#{identifier}"): revision}, reason, _meeting(world, day))


def _told(world: World, spot: Spot, day: dt.date) -> Happening | None:
    del day
    field = next((name for name in ("update", "note") if name in fields_of(spot.model)), None)
    if field is None:
        return None
    told = " ".join(world.some(words.UPDATES, 1, 2))
    return Happening({(field,): told}, None if world.chance(0.5) else world.pick(words.REASONS))


def _evidenced(world: World, spot: Spot, day: dt.date) -> Happening | None:
    if "evidence" not in fields_of(spot.model) or len(spot.values.get("evidence", ())) >= 6:
        return None
    return Happening(shown(world, day))


def _judged(world: World, spot: Spot, day: dt.date) -> Happening | None:
    if "rag" not in fields_of(spot.model):
        return None
    return Happening({("rag",): rag_for(world, spot.values)}, world.pick(words.REASONS), _meeting(world, day))


def rag_for(world: World, document: Document) -> str:
    """Return a colour that the invented plans' legend gives to what a record's progress is."""
    rows = [row for row in document.get("key_actions", ()) if "withdrawn" not in row] or [document]
    return "green" if all(row.get("status") in DONE for row in rows) else world.pick(("red", "amber"))


def _withdrawn(world: World, spot: Spot, day: dt.date) -> Happening | None:
    if "withdrawn" not in fields_of(spot.model) or not spot.values.get("number") or not world.chance(0.04):
        return None
    reason = world.pick(("Overtaken by another action.", "Folded into another key action.", "Entered twice."))
    return Happening({("withdrawn",): {"date": day, "reason": reason}}, reason, action="withdrawn")


def _reworded(world: World, spot: Spot, day: dt.date) -> Happening | None:
    """Change one of the spot's own texts; every kind has one."""
    del day
    texts = [facts for facts in fields_of(spot.model).values() if _is_text(facts)]
    if not texts:
        return None
    facts = world.pick(texts)
    return Happening({(facts.name,): " ".join(world.some(words.SET_OUT, 1, 3))}, world.pick(words.REASONS))


def _is_text(facts: FieldFacts) -> bool:
    return facts.editable and not facts.required and facts.shape is Shape.LONG


def _meeting(world: World, day: dt.date) -> str | None:
    return f"Executive board {day.isoformat()}" if world.chance(0.3) else None


# In the proportion in which they happen.
_TURNS: tuple[Happen, ...] = (
    _progress, _told, _slippage, _told, _evidenced, _progress, _told, _judged, _reworded, _withdrawn,
)  # fmt: skip
