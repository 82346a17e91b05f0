"""New records and new rows: where they go, and what they begin with."""

import re
import unicodedata
from collections.abc import Callable, Mapping

from bscp_tui.model.amendment import Amendment
from bscp_tui.model.document import Document, new_item_id
from bscp_tui.model.fields import fields_of
from bscp_tui.model.record import FieldPath, Kind, Part
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
    records: str,
    taken: Callable[[str], bool],
    register: Lookup,
) -> Amendment:
    """Return the amendment that adds a record with a file of its own.

    Args:
        kind: Its kind.
        names: What its path says: ``plan``, and ``slug`` or ``ref`` where the person chose one.
        values: Its fields.
        why: Reason, effective date, evidence, decision.
        records: The records folder, relative to the repository.
        taken: Whether a file lies at a path already.
        register: The register around it, by whose rules it is held.

    Raises:
        RefusedChangeError: A rule forbids it, a field is missing, or the reference is taken or cannot be one.

    """
    document = _document(kind, values)
    place = _place(kind, names, document, lambda place: taken(_whole(records, (kind.where or "").format(**place))))
    path = (kind.where or "").format(**place)
    if kind.names_in(path) != {name: place[name] for name in kind.names_in(path) or place}:
        msg = f"{kind.reference.format(**place)} cannot be a reference: use small letters, digits and hyphens."
        raise RefusedChangeError(msg, field="ref")
    whole = _whole(records, path)
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


def new_row(kind: Kind, parent: View, base: Document, values: Mapping[str, object], why: Circumstances) -> Amendment:
    """Return the amendment that adds a row to a record, numbered after the last one.

    Raises:
        RefusedChangeError: A field is missing, the number is taken, or ``parent`` is of another kind.

    """
    assert kind.inside is not None  # noqa: S101 - for the type checker; callers have looked
    if parent.kind.name != kind.inside[0]:
        msg = f"{parent.ref} is a {parent.kind.name}; a {kind.name} belongs to a {kind.inside[0]}."
        raise RefusedChangeError(msg, field=kind.inside[0])
    identifier = new_item_id()
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


def slug_of(text: str) -> str:
    """Return a name for a file: small letters, digits and hyphens, safe on every computer."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:LONGEST_NAME].strip("-")
    return f"{slug}-1" if slug in RESERVED else slug


def _whole(records: str, path: str) -> str:
    return path if records == "." else f"{records}/{path}"


def _valid_or_none(kind: Kind, document: Document) -> Part | None:
    """Return the record that ``document`` describes; one that is not whole is refused when it is recorded."""
    from pydantic import ValidationError

    try:
        return kind.model.model_validate(document)
    except ValidationError:
        return None


def _document(kind: Kind, values: Mapping[str, object]) -> Document:
    """Return the fields in the file's order; a status begins where its workflow does."""
    fields = fields_of(kind.model)
    needed = {**fields, **kind.model.also_typed}
    given = {name: list(value) if isinstance(value, tuple) else value for name, value in values.items()}
    missing = [facts.label for name, facts in needed.items() if facts.required and given.get(name) in (None, "", [])]
    missing = [label for label in missing if label != "Id"]
    if missing:
        msg = f"A new {kind.name} needs: {', '.join(missing)}."
        raise RefusedChangeError(msg, field=missing[0])
    status = fields.get("status")
    if status is not None and kind.workflow is not None and kind.model.model_fields["status"].default is not None:
        given.setdefault("status", kind.workflow.start)
    given = kind.model.begun(given)
    return {name: given[name] for name in fields if given.get(name) not in (None, [], "")}


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
