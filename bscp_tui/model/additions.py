"""New records and new rows: where they go, and what they begin with."""

import re
import unicodedata
from collections.abc import Callable, Mapping

from bscp_tui.model.amendment import Amendment, amend
from bscp_tui.model.document import Document, new_item_id, new_item_ids
from bscp_tui.model.fields import Shape, fields_of, typed_fields
from bscp_tui.model.record import FieldPath, Item, Kind, Part
from bscp_tui.model.rules import Step, hold_to_rules
from bscp_tui.model.view import Circumstances, Lookup, RefusedChangeError, View

# Names that Windows keeps for devices, whatever their ending.
RESERVED = frozenset(
    {"con", "prn", "aux", "nul", *(f"{name}{n}" for name in ("com", "lpt") for n in range(1, 10))},
)
LONGEST_NAME = 40


def new_record(  # noqa: PLR0913 - what a record is, and the register around it
    kind: Kind,
    names: Mapping[str, str],
    values: Mapping[str, object],
    why: Circumstances,
    *,
    prefix: str,
    taken: Callable[[str], bool],
    register: Lookup,
) -> Amendment:
    """Return the amendment that adds a record with a file of its own.

    Args:
        kind: Its kind.
        names: What its path says: ``plan``, and ``slug`` or ``ref`` where the person chose one.
        values: Its fields.
        why: Reason, effective date, evidence, decision.
        prefix: What the path of every record begins with, relative to the repository: "records/".
        taken: Whether a file lies at a path already.
        register: The register around it, by whose rules it is held.

    Raises:
        RefusedChangeError: A rule forbids it, a field is missing, or the reference is taken or cannot be one.

    """
    document = _document(kind, values)
    place = _place(kind, names, document, lambda place: taken(prefix + (kind.where or "").format(**place)))
    path = (kind.where or "").format(**place)
    if kind.names_in(path) != {name: place[name] for name in kind.names_in(path) or place}:
        msg = f"{kind.reference.format(**place)} cannot be a reference: use small letters, digits and hyphens."
        raise RefusedChangeError(msg, field="ref")
    whole = prefix + path
    ref = kind.reference.format(**place)
    if taken(whole) or register.knows(ref):
        msg = f"{ref} is already in the register. Choose another reference, for instance with slug=NAME or number=N."
        raise RefusedChangeError(msg, field="ref")
    changes: dict[FieldPath, object] = {(name,): value for name, value in document.items()}
    item = _valid_or_none(kind, document)
    title = str(getattr(item, "title", document.get("title", "")))
    cautions: tuple[str, ...] = ()
    if item is not None:
        view = View(kind, ref, whole, item, place, register)
        cautions = hold_to_rules(Step(None, view, why))
    return Amendment(kind, whole, ref, title, (), changes, why, None, "added", cautions)


def new_row(
    kind: Kind,
    parent: View,
    base: Document,
    values: Mapping[str, object],
    why: Circumstances,
    *,
    name: str | None = None,
) -> Amendment:
    """Return the amendment that adds a row to a record, numbered after the last one, or named.

    Raises:
        RefusedChangeError: A field is missing, the number is taken, or ``parent`` is of another kind.

    """
    assert kind.inside is not None  # noqa: S101 - for the type checker; callers have looked
    if parent.kind.name != kind.inside[0]:
        msg = f"{parent.ref} is a {parent.kind.name}; a {kind.name} belongs to a {kind.inside[0]}."
        raise RefusedChangeError(msg, field=kind.inside[0])
    identifier = _row_id(kind, parent, name)
    row: Document = {"id": identifier}
    if "number" in fields_of(kind.model):
        row["number"] = _number(kind, base, values)
    row |= _document(kind, {**values, **row})
    number = str(row.get("number", identifier))
    ref = kind.reference.format(**parent.names, item=number)
    inside = (kind.inside[1], f"#{identifier}")
    item = _valid_or_none(kind, row)
    title = str(getattr(item, "title", row.get("title", "")))
    cautions: tuple[str, ...] = ()
    if item is not None:
        names = {**parent.names, "item": number}
        cautions = hold_to_rules(Step(None, View(kind, ref, parent.path, item, names, parent.register, parent), why))
    return Amendment(parent.kind, parent.path, ref, title, (), {inside: row}, why, base, "added", cautions)


def _row_id(kind: Kind, parent: View, name: str | None) -> str:
    allowed = kind.model.names_allowed() if issubclass(kind.model, Item) else ()
    taken = {row.id for row in getattr(parent.item, kind.inside[1] if kind.inside else "")}
    if not allowed:
        return next(new_item_ids(taken))
    if name not in allowed or name in taken:
        free = ", ".join(other for other in allowed if other not in taken) or "none: all are there; set their fields"
        msg = f"A {kind.name} is named with ref=NAME; “{name or ''}” cannot be added. Still to be added: {free}."
        raise RefusedChangeError(msg, field="ref", allowed=allowed)
    return str(name)


def row_added(view: View, base: Document, table: str, values: Mapping[str, object], why: Circumstances) -> Amendment:
    """Return the amendment that adds a row to a table of a record that is no kind of its own: a grade, a link.

    Raises:
        RefusedChangeError: There is no such table, a field is missing, or rows come in another way.

    """
    model = row_model(view, table)
    if issubclass(model, Item) and model.never_typed:
        msg = f"{view.ref}: a row of {table} follows from a new target, and is not added by itself."
        raise RefusedChangeError(msg, field=table)
    taken = (other.id for other in getattr(view.item, table))
    row: Document = {"id": next(new_item_ids(taken, "ev-" if table == "evidence" else ""))}
    if "number" in fields_of(model):
        row["number"] = max((other.number for other in getattr(view.item, table)), default=0) + 1
    row |= _in_order(model, {**values, **row})
    return amend(view, base, {f"{table}.#{row['id']}": row}, why)


def row_removed(view: View, base: Document, table: str, row: Item, why: Circumstances) -> Amendment:
    """Return the amendment that takes a row away again; the history keeps it.

    Raises:
        RefusedChangeError: Such rows stay, or are withdrawn.

    """
    if row.lasting:
        msg = f"{view.ref}: a row of {table} stays; what was agreed is never taken back unseen."
        raise RefusedChangeError(msg, field=table)
    if row.stands_alone:
        msg = f"{view.ref}: a row of {table} is a record of its own: withdraw it."
        raise RefusedChangeError(msg, field=table)
    return amend(view, base, {f"{table}.#{row.id}": None}, why)


def row_model(view: View, table: str) -> type[Part]:
    """Return the model of a table's rows.

    Raises:
        RefusedChangeError: The record has no such table; the message lists those that it has.

    """
    tables = {name: facts for name, facts in fields_of(type(view.item)).items() if facts.shape is Shape.PARTS}
    facts = tables.get(table)
    if facts is None or facts.part is None or not issubclass(facts.part, Part):
        names = ", ".join(tables) or "none"
        msg = f"{view.ref}: there is no table “{table}”. Its tables are: {names}."
        raise RefusedChangeError(msg, field=table, allowed=tuple(tables))
    return facts.part


def slug_of(text: str) -> str:
    """Return a name for a file: small letters, digits and hyphens, safe on every computer."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:LONGEST_NAME].strip("-")
    return f"{slug}-1" if slug in RESERVED else slug


def _valid_or_none(kind: Kind, document: Document) -> Part | None:
    """Return the record that ``document`` describes; one that is not whole is refused when it is recorded."""
    from pydantic import ValidationError

    try:
        return kind.model.model_validate(document)
    except ValidationError:
        return None


def _document(kind: Kind, values: Mapping[str, object]) -> Document:
    """Return the fields in the file's order; a status begins where its workflow does."""
    needed = typed_fields(kind.model)
    given = {name: list(value) if isinstance(value, tuple) else value for name, value in values.items()}
    missing = [facts.label for name, facts in needed.items() if facts.required and given.get(name) in (None, "", [])]
    missing = [label for label in missing if label != "Id"]
    if missing:
        msg = f"A new {kind.name} needs: {', '.join(missing)}."
        raise RefusedChangeError(msg, field=missing[0])
    return _in_order(kind.model, kind.model.begun(_with_status(kind, given)))


def _with_status(kind: Kind, given: Document) -> Document:
    status = fields_of(kind.model).get("status")
    if status is not None and kind.workflow is not None and kind.model.model_fields["status"].default is not None:
        given["status"] = given.get("status") or kind.workflow.start
    return given


def _in_order(model: type[Part], given: Mapping[str, object]) -> Document:
    """Return the values that are there, in the file's order."""
    plain = {name: list(value) if isinstance(value, tuple) else value for name, value in given.items()}
    return {name: plain[name] for name in fields_of(model) if plain.get(name) not in (None, [], "")}


def _place(
    kind: Kind, names: Mapping[str, str], document: Document, taken: Callable[[Mapping[str, str]], bool]
) -> dict[str, str]:
    """Return what the path's names are: chosen, taken from the fields, or drawn."""
    wanted = re.findall(r"\{(\w+)\}", kind.where or "")
    if "code" in wanted:
        return _coded(kind, names, taken)
    place = {}
    for name in wanted:
        chosen = names.get(name) or (names.get("ref", "").rpartition("/")[2] if name == wanted[-1] else None)
        if not chosen and name in document:
            chosen = str(document[name])
        if not chosen and name == "slug":
            chosen = slug_of(str(document.get("short_name") or document.get("title") or ""))
        if not chosen or chosen in RESERVED:
            msg = f"A new {kind.name} needs {name}=…, which becomes part of its reference."
            raise RefusedChangeError(msg, field=name)
        place[name] = chosen
    return place


def _coded(kind: Kind, names: Mapping[str, str], taken: Callable[[Mapping[str, str]], bool]) -> dict[str, str]:
    """Return the chosen code (a published number keeps its own), or a drawn one, short enough to be said."""
    prefix = kind.reference.partition("{")[0]
    chosen = (names.get("code") or names.get("ref") or "").upper().removeprefix(prefix.upper())
    if chosen:
        return {"block": chosen[:2], "code": chosen}
    while True:
        code = new_item_id().upper()
        place = {"block": code[:2], "code": code}
        if not taken(place):
            return place


def _number(kind: Kind, base: Document, values: Mapping[str, object]) -> int:
    taken = [row.get("number") for row in base.get(kind.inside[1] if kind.inside else "", [])]
    wanted = values.get("number")
    if isinstance(wanted, int):
        if wanted in taken:
            msg = f"There is a number {wanted} already."
            raise RefusedChangeError(msg, field="number")
        return wanted
    return max((number for number in taken if isinstance(number, int)), default=0) + 1
