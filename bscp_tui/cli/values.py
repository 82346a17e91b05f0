"""``FIELD=VALUE`` on the command line, read by the field's declaration."""

import datetime as dt
import re

from bscp_tui.cli.usage import UsageError
from bscp_tui.model.fields import FieldFacts, Shape, typed_fields
from bscp_tui.model.reading import Finder, read_value
from bscp_tui.model.record import Item, Part
from bscp_tui.model.view import View

SEVERAL = {Shape.LINES, Shape.NUMBERS, Shape.BODIES, Shape.RECORDS}
_ASSIGNMENT = re.compile(r"([A-Za-z_][\w.-]*)(\+=|=)(.*)", re.DOTALL)


def split(text: str) -> tuple[str, str, str]:
    """Return the field, the operator and the value of one assignment.

    Raises:
        UsageError: It is not one.

    """
    match = _ASSIGNMENT.fullmatch(text)
    if match is None:
        msg = f'“{text}” is not FIELD=VALUE; write for instance update="The team meets weekly."'
        raise UsageError(msg)
    return match[1].replace("-", "_"), match[2], match[3]


def value_for(view: View, name: str, operator: str, text: str, today: dt.date, finder: Finder) -> object:
    """Return the value that an assignment to a field of ``view`` means; ``+=`` adds to a list.

    Raises:
        UsageError: There is no such field, or it is changed in another way.

    """
    if name == "withdrawn" and not text.strip() and view.field("withdrawn") is not None:
        return None  # bringing back what was withdrawn; withdrawing has a command of its own
    facts, current = _field(view, name)
    value = read_value(facts, text, today=today, finder=finder)
    if operator == "=":
        return value
    if facts.shape not in SEVERAL or not isinstance(value, tuple):
        msg = f"{name} is no list; write {name}=VALUE."
        raise UsageError(msg)
    return (*(current if isinstance(current, tuple) else ()), *value)


def row_named(view: View, table: str, name: str) -> Item:
    """Return the row of a table that ``name`` (its id, number or position) means.

    Raises:
        UsageError: There is none.

    """
    row = _row(view, [table, name, ""])
    assert isinstance(row, Item)  # noqa: S101 - for the type checker; rows of tables are items
    return row


def stored_name(view: View, name: str) -> str:
    """Return ``name`` with rows named by their ids: ``stages.2.status`` is ``stages.#d3k9.status``."""
    steps = name.split(".")
    if len(steps) == 1:
        return name
    row = _row(view, steps)
    return ".".join([steps[0], f"#{row.id}", *steps[2:]])  # type: ignore[attr-defined]


def new_value(kind: str, model: type[Part], name: str, text: str, today: dt.date, finder: Finder) -> object:
    """Return the value of a field of a new record, or of a new row; ``kind`` is what errors call it.

    Raises:
        UsageError: There is no such field.

    """
    facts = typed_fields(model).get(name)
    if facts is None or not facts.editable:
        raise UsageError(_unknown(kind, name, model))
    return read_value(facts, text, today=today, finder=finder)


def _field(view: View, name: str) -> tuple[FieldFacts, object]:
    steps = name.split(".")
    part: Part = view.item
    if len(steps) == 3:
        part, steps = _row(view, steps), steps[2:]
    facts = typed_fields(type(part)).get(steps[0]) if len(steps) == 1 else None
    if facts is None:
        raise UsageError(_unknown(view.kind.name, name, type(part), derived=name in view.item.derivations))
    if not facts.editable:
        msg = f"{name} is not changed with set; it follows from other changes."
        if facts.shape is Shape.PARTS:
            msg = f"{name} has rows; change a field of one: {name}.1.FIELD=VALUE. Evidence is added with --evidence."
        raise UsageError(msg)
    if facts.name in type(part).also_typed:
        now = view.value(facts.name)
        return facts, tuple(now) if isinstance(now, list) else ()
    return facts, getattr(part, facts.name)


def _row(view: View, steps: list[str]) -> Part:
    rows = getattr(view.item, steps[0], None)
    if not isinstance(rows, tuple) or len(steps) != 3:
        raise UsageError(_unknown(view.kind.name, ".".join(steps), type(view.item)))
    for position, row in enumerate(rows, start=1):
        if steps[1] in {getattr(row, "id", None), str(getattr(row, "number", position))}:
            return row  # type: ignore[no-any-return]
    msg = f"{view.ref} has no row {steps[1]} under {steps[0]}; it has {len(rows)}."
    raise UsageError(msg)


def _unknown(kind: str, name: str, model: type[Part], *, derived: bool = False) -> str:
    if derived:
        return f"{name} is derived from other fields and cannot be typed."
    names = [facts.name for facts in typed_fields(model).values() if facts.editable]
    return f"A {kind} has no field “{name}”. It has: {', '.join(names)}."
