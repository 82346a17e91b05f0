"""What is recorded together with a status: its day, what shows it, who confirmed it, the parts that go with it."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bscp_tui.model.document import Document
from bscp_tui.model.fields import FieldFacts, Shape, fields_of
from bscp_tui.model.learning_point import SETTLED
from bscp_tui.model.record import FieldPath, Part
from bscp_tui.model.workflow import DONE
from bscp_tui.synthetic import words
from bscp_tui.synthetic.world import World

Values = dict[FieldPath, object]
SHOWN = DONE | {"done", "kept"}  # statuses that evidence stands behind
# Days from which others are counted; no later one lies before them.
_BEGINS = frozenset({"raised", "heard", "report_published", "date"})


@dataclass(frozen=True)
class _Settled:
    """Rows that a status of the whole settles: those at ``old`` come to ``new``, on a ``day`` if they have one."""

    when: frozenset[str]
    table: str
    old: frozenset[str]
    new: str
    day: str | None = None


_OUT = frozenset({"published", "presented", "erratum"})
_PARTNERS = 3  # who sign a yearly report off
_WITH = (
    _Settled(frozenset({"assured", "closed"}), "commitments", frozenset({"promised"}), "kept"),
    _Settled(frozenset({"closed"}), "recommendations", frozenset({"not-assessed"}), "not-applicable"),
    _Settled(_OUT, "sections", frozenset({"awaited", "drafted"}), "endorsed", "endorsed"),
)


def follows(world: World, model: type[Part], values: Document, new: str, day: dt.date) -> Values | None:
    """Return what is recorded with the status ``new``, the status too; None where it cannot come yet.

    Args:
        world: The invented partnership.
        model: What declares the record's or row's fields.
        values: What it holds.
        new: The status.
        day: The day on which it is recorded; what it says happened then, or on a later day that is known already.

    """
    told = _asked(world, model, values, new, day)
    signed = _signed(world, model, values, new, day)
    if told is None or signed is None:
        return None
    told |= signed | {("status",): new}
    for settled in _WITH:
        told |= _rows(world, model, values, settled, day) if new in settled.when else {}
    if new not in SHOWN:
        return told
    for stage in values.get("stages", ()):
        if stage["status"] not in DONE:
            told["stages", f"#{stage['id']}", "status"] = "complete"
    if "evidence" in fields_of(model):
        told |= shown(world, day, impact=new == "embedded")
    for owner in values.get("owners", ()):
        if owner["status"] not in SETTLED:
            line = ("owners", f"#{owner['id']}")
            told[(*line, "status")] = "done"
            told |= {(*line, *path): value for path, value in shown(world, day).items()}
    return told


def shown(world: World, day: dt.date, *, impact: bool = False) -> Values:
    """Return new evidence of that day."""
    identifier = world.identifier("ev-")
    impact = world.chance(0.2) or impact
    item: dict[str, Any] = {"id": identifier, "date": day, "shows": "impact" if impact else "output"}
    item["text"] = world.pick(words.IMPACT if impact else words.EVIDENCE)
    return {("evidence", f"#{identifier}"): item}


def _asked(world: World, model: type[Part], values: Document, new: str, day: dt.date) -> Values | None:
    """Return what the workflow asks for with a status; None where the partnership has nothing of the sort."""
    workflow, declared = model.workflow, fields_of(model)
    names = workflow.asks.get(new, ()) if workflow else ()
    every = {name for asked in workflow.asks.values() for name in asked} if workflow else set()
    known = [values[name] for name in every | _BEGINS if isinstance(values.get(name), dt.date) and not _ahead(name)]
    day = max([day, *known])
    told: Values = {}
    for facts in (declared[name] for name in names if name in declared):
        if facts.shape is Shape.DAY:
            told[facts.name,] = day + dt.timedelta(days=180) if _ahead(facts.name) else day
        elif values.get(facts.name) is None:
            value = _INVENTED[facts.shape](world, facts, values, day)
            if value is None:
                return None
            told[facts.name,] = value
    return told


def _ahead(name: str) -> bool:
    """Whether a day of that name lies ahead when it is recorded."""
    return name == "due" or name.endswith("_due")


def _rows(world: World, model: type[Part], values: Document, settled: _Settled, day: dt.date) -> Values:
    told: Values = {}
    if settled.table not in fields_of(model):
        return told
    for row in values.get(settled.table, ()):
        if row["status"] in settled.old and "withdrawn" not in row:
            line = (settled.table, f"#{row['id']}")
            told[(*line, "status")] = settled.new
            if settled.day:
                told[(*line, settled.day)] = max(day, row.get("drafted", day))
            if settled.new in SHOWN:
                told |= {(*line, *path): value for path, value in shown(world, day).items()}
    return told


def _signed(world: World, model: type[Part], values: Document, new: str, day: dt.date) -> Values | None:
    """Return who signs what goes out, and what an erratum corrects."""
    told: Values = {}
    if "sign_offs" in fields_of(model) and new in _OUT and not values.get("sign_offs"):
        if len(world.agencies) < _PARTNERS:
            return None
        for party in world.some(world.agencies, _PARTNERS, _PARTNERS):
            identifier = world.identifier()
            told["sign_offs", f"#{identifier}"] = {"id": identifier, "party": party, "signed": day}
    if "errata" in fields_of(model) and new == "erratum" and not values.get("errata"):
        identifier = world.identifier()
        printed, correct = world.some(words.MEASURES, 2, 2)
        told["errata", f"#{identifier}"] = {"id": identifier, "date": day, "printed": printed, "correct": correct}
    return told


def _text(world: World, facts: FieldFacts, values: Document, day: dt.date) -> object:
    del facts, values, day
    return world.pick(words.UPDATES)


def _line(world: World, facts: FieldFacts, values: Document, day: dt.date) -> object:
    del values
    if facts.name == "confirmed_at":
        return f"Executive board {day.isoformat()}"
    return f"{world.pick(words.KEPT)}, {day.isoformat()}"


def _body(world: World, facts: FieldFacts, values: Document, day: dt.date) -> object:
    """A person confirms by name; who was asked replies; anything else is a group's."""
    del day
    if facts.name == "confirmed_by":
        return world.pick(world.people) if world.people else None
    if facts.name == "replied_by":
        return values.get("owner")
    return world.pick(world.groups) if world.groups else None


def _record(world: World, facts: FieldFacts, values: Document, day: dt.date) -> object:
    """What is asked for by reference: a theme where only themes may stand, else work that goes on elsewhere."""
    del values, day
    known = world.themes if facts.kinds == ("theme",) else world.work
    found = world.pick(known) if known else None
    return [found] if found and facts.shape is Shape.RECORDS else found


def _sum(world: World, facts: FieldFacts, values: Document, day: dt.date) -> object:
    """Pounds: what is left of the sum that was set, or for a measure's first figure any number."""
    del facts, day
    return max(int(values["amount"]) - int(values.get("spent", 0)), 0) if "amount" in values else world.below(1000)


def _number(world: World, facts: FieldFacts, values: Document, day: dt.date) -> object:
    del facts, values, day
    return 50 * (1 + world.below(60))


_INVENTED: Mapping[Shape, Callable[[World, FieldFacts, Document, dt.date], object]] = {
    Shape.LONG: _text,
    Shape.LINE: _line,
    Shape.BODY: _body,
    Shape.RECORD: _record,
    Shape.RECORDS: _record,
    Shape.MONEY: _sum,
    Shape.AMOUNT: _number,
    Shape.NUMBER: _number,
}
