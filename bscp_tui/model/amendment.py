"""A change before it is recorded: a value that can be checked, shown, merged and applied."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from bscp_tui.model import document as doc
from bscp_tui.model.document import Change, Document
from bscp_tui.model.fields import Shape, fields_of
from bscp_tui.model.merging import Conflict, merged
from bscp_tui.model.record import FieldPath, Kind, Part
from bscp_tui.model.rules import Step, hold_to_rules
from bscp_tui.model.spoken import field_in_words, spoken
from bscp_tui.model.view import Circumstances, RefusedChangeError, View

NEEDS_REASON = frozenset({"status", "rag", "target", "revisions", "withdrawn"})


class OvertakenError(ValueError):
    """Somebody else changed the same field meanwhile; both values are kept for the person to choose."""

    def __init__(self, ref: str, clashes: Iterable[tuple[str, object, object]]) -> None:
        """Keep (field, the other's value, ours) for each field that clashes."""
        self.clashes = tuple(clashes)
        told = "; ".join(
            f"{name} is now “{spoken(theirs)}”, yours is “{spoken(ours)}”" for name, theirs, ours in self.clashes
        )
        super().__init__(f"{ref} was changed meanwhile: {told}. Nothing was recorded.")


@dataclass(frozen=True)
class Amendment:
    """What a person wants recorded of one record.

    Attributes:
        kind: The kind of the record's file.
        path: The file, relative to the repository.
        ref: What is named in the sentence, ``2025-27/4.1.3``.
        title: Its title, for the sentence.
        inside: Where in the document the named thing lies.
        changes: New values by their place in the document; None removes.
        why: Reason, effective date, evidence, decision.
        base: The document as the person saw it; None for a new record.
        action: What the sentence says was done.
        cautions: What the person is to be told: rules that warn.
        group: What names the sitting or bulk change that it belongs to, None for a change by itself.
        undoes: The entry that it takes back; what stood once may then stand again, whatever the steps between.

    """

    kind: Kind
    path: str
    ref: str
    title: str
    inside: FieldPath
    changes: Mapping[FieldPath, Any]
    why: Circumstances
    base: Document | None
    action: Literal["changed", "added", "withdrawn", "recorded", "undone"] = "changed"
    cautions: tuple[str, ...] = ()
    group: str | None = None
    undoes: str | None = None

    def applied_to(self, current: Document | None) -> Document:
        """Return the document that results, merging with what others recorded meanwhile.

        Args:
            current: The record's document as it stands in the register now.

        Raises:
            OvertakenError: The same field was given another value meanwhile.
            RefusedChangeError: The record is gone, or already there.

        """
        if self.base is None:
            if current is not None:
                msg = f"{self.ref} is already in the register. Choose another reference."
                raise RefusedChangeError(msg)
            return self._put({})
        if current is None:
            msg = f"{self.ref} is no longer in the register; somebody removed {self.path}."
            raise RefusedChangeError(msg)
        if doc.same(self.base, current):
            return self._put(current)
        found = merged(self.base, self._put(self.base), current, self.kind.model)
        if found.conflicts:
            raise OvertakenError(self.ref, [self._clash(conflict) for conflict in found.conflicts])
        return found.document

    def _put(self, document: Document) -> Document:
        """Return ``document`` with the new values in it."""
        for path, value in self.changes.items():
            document = doc.put(document, path, value)
        return document

    def _clash(self, conflict: Conflict) -> tuple[str, object, object]:
        """Return a field as seen from what the sentence names, the other's value and ours."""
        own = conflict.path[len(self.inside) :] or conflict.path
        return field_in_words(own, inner=False), conflict.theirs, conflict.ours


def amend(view: View, base: Document, values: Mapping[str, object], why: Circumstances) -> Amendment:
    """Return the amendment that records ``values`` (by field) on a record or a row of it.

    Evidence among the circumstances is appended to the thing's evidence, dated as the change.

    Raises:
        RefusedChangeError: A rule forbids it, or a reason is missing.

    """
    if view.withdrawn and set(values) != {"withdrawn"}:
        msg = (
            f"{view.ref} is withdrawn, so nothing of it is changed. Bring it back first: set withdrawn= with a reason."
        )
        raise RefusedChangeError(msg, field="withdrawn")
    changes: dict[FieldPath, object] = {}
    for name, value in values.items():
        changes |= view.item.amended(view, name, value, why)
    if why.evidence:
        changes |= _evidence(view, why)
    changed = {(*view.inside, *path): value for path, value in changes.items()}
    changed = {path: value for path, value in changed.items() if not _unchanged(base, path, value)}
    if not why.reason and any(NEEDS_REASON & set(path) for path in changed):
        msg = f"{view.ref}: a change of {' or '.join(sorted(values))} needs a reason (“reason awaited” is one)."
        raise RefusedChangeError(msg, field="reason")
    file_kind = view.parent.kind if view.parent else view.kind
    amendment = Amendment(file_kind, view.path, view.ref, view.title, view.inside, changed, why, base)
    return replace(amendment, cautions=_held_to_rules(view, amendment))


def withdraw(view: View, base: Document, why: Circumstances) -> Amendment:
    """Return the amendment that withdraws a record or a row; it is never deleted.

    Raises:
        RefusedChangeError: It is withdrawn already, or the reason is missing.

    """
    if view.withdrawn:
        msg = f"{view.ref} is withdrawn already."
        raise RefusedChangeError(msg)
    if not view.has("withdrawn"):
        msg = f"a {view.kind.name} cannot be withdrawn by itself"
        raise RefusedChangeError(msg)
    amendment = amend(view, base, {"withdrawn": {"date": why.effective, "reason": why.reason}}, why)
    return replace(amendment, action="withdrawn")


def _held_to_rules(view: View, amendment: Amendment) -> tuple[str, ...]:
    """Return what the register's rules warn of.

    Raises:
        RefusedChangeError: The result is no whole record, takes a forbidden step, or breaks a rule.

    """
    if not amendment.changes or not (view.item.held_to or view.item.always_held_to or view.register.gate):
        return ()
    record = validated(amendment.kind, amendment.base, amendment.applied_to(amendment.base))
    return hold_to_rules(Step(view, _standing_in(view, record), amendment.why))


def _standing_in(view: View, record: Part) -> View:
    """Return ``view`` as it stands in ``record``, the changed record of its file."""
    if view.parent is None:
        return replace(view, item=record)
    parent = replace(view.parent, item=record)
    table, identifier = view.inside[0], view.inside[1][1:]
    row = next((row for row in getattr(record, table) if row.id == identifier), view.item)
    return replace(view, item=row, parent=parent)


def validated(kind: Kind, old: Document | None, new: Document) -> Part:
    """Return the record that ``new`` describes.

    Raises:
        RefusedChangeError: It is not a whole record of its kind, or takes a forbidden step;
            the message names the field and what is allowed.

    """
    from pydantic import ValidationError

    try:
        record = kind.model.model_validate(new)
    except ValidationError as error:
        raise RefusedChangeError(explained(error)) from None
    for change in doc.differences(old or {}, new):
        _check_step(kind.model, change)
    return record


def explained(error: Any) -> str:
    """Return what is wrong with a document, where, and what is allowed, as one message."""
    told = []
    for fault in error.errors(include_url=False)[:5]:
        place = ".".join(str(step) for step in fault["loc"] if step not in _FIGURES)
        told.append(f"{place}: {_plain(fault)}")
    told = list(dict.fromkeys(told))  # a figure may be whole or have a fraction; what is neither is told once
    return "; ".join(told)


# What pydantic calls the two types of a figure, in the place of a fault.
_FIGURES = frozenset({"int", "float", "constrained-float"})


def _plain(fault: Mapping[str, Any]) -> str:
    expected = fault.get("ctx", {}).get("expected")
    if fault["type"] == "literal_error":
        return f"{fault['input']!r} is not one of {str(expected).replace(' or ', ', ')}"
    if fault["type"] == "missing":
        return "is missing"
    if _FIGURES & set(fault["loc"]):
        return f"must be a number, is {fault['input']!r}"
    names = {"date_type": "a date", "string_type": "text", "int_type": "a whole number", "bool_type": "true or false"}
    wanted = names.get(fault["type"].replace("date_from_datetime_inexact", "date_type"))
    return f"must be {wanted}, is {fault['input']!r}" if wanted else str(fault["msg"]).lower()


def _check_step(model: type[Part], change: Change) -> None:
    """Hold a status change to the workflow of the part that it belongs to."""
    if not change.path or change.path[-1] != "status":
        return
    part = _part_at(model, change.path[:-1])
    if part is None or part.workflow is None or not isinstance(change.new, str):
        return
    old = change.old if isinstance(change.old, str) else None
    rule = part.workflow.refusal(old, change.new)
    if rule:
        msg = f"{change.field}: {old} → {change.new} is not allowed. {rule}"
        raise RefusedChangeError(msg, field=change.field)


def _part_at(model: type[Part], path: FieldPath) -> type[Part] | None:
    part: type[Part] = model
    for step in path:
        if step.startswith("#"):
            continue
        facts = fields_of(part).get(step)
        if facts is None or facts.part is None or not issubclass(facts.part, Part):
            return None
        part = facts.part
    return part


def _evidence(view: View, why: Circumstances) -> dict[FieldPath, object]:
    facts = view.field("evidence")
    if facts is None or facts.shape is not Shape.PARTS:
        msg = f"{view.ref}: a {view.kind.name} keeps no evidence. Put it into the reason instead."
        raise RefusedChangeError(msg, field="evidence")
    identifier = next(doc.new_item_ids((row.id for row in getattr(view.item, "evidence", ())), "ev-"))
    shows, text = _evidence_shows(why.evidence or "")
    item: dict[str, dt.date | str] = {"id": identifier, "date": why.effective, "shows": shows, "text": text}
    return {("evidence", f"#{identifier}"): item}


def _evidence_shows(text: str) -> tuple[str, str]:
    """Evidence of impact says so: "impact: school absence fell"; any other shows what was done."""
    word, colon, rest = text.partition(":")
    if colon and word.strip().lower() in {"impact", "output"} and rest.strip():
        return word.strip().lower(), rest.strip()
    return "output", text


def _unchanged(base: Document, path: FieldPath, value: object) -> bool:
    now = doc.get(base, path)
    plain = list(value) if isinstance(value, tuple) else value
    return doc.same(now, plain) or (now is None and plain in (None, [], {}, ""))
