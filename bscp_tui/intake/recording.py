"""Recording what was accepted of a preview: one entry a record, in the one way that there is."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from bscp_tui.intake.columns import plain_heading
from bscp_tui.intake.document import Progress, StoppedError, silently
from bscp_tui.intake.proposing import Choices, Preview, TableRead
from bscp_tui.intake.wanted import Line, Wanted, WantedRow, row_of, unread_note
from bscp_tui.model.additions import new_record, new_row
from bscp_tui.model.amendment import Amendment, OvertakenError, amend
from bscp_tui.model.document import Document, new_item_ids, with_ids
from bscp_tui.model.entry import Entry, new_entry_id
from bscp_tui.model.fields import fields_of
from bscp_tui.model.kinds import KINDS
from bscp_tui.model.record import FieldPath, Item, Kind, Part
from bscp_tui.model.view import Circumstances, RefusedChangeError, View
from bscp_tui.store.register import Register
from bscp_tui.store.snapshot import Snapshot

Accepts = Callable[[Line], bool]
LONGEST_NOTE = 4000


def everything(line: Line) -> bool:
    """Accept whatever is offered."""
    return line.offered


def the_sure(line: Line) -> bool:
    """Accept what is not doubtful."""
    return line.offered and line.state != "doubtful"


@dataclass(frozen=True)
class Outcome:
    """What came of an import.

    Attributes:
        entries: What was recorded.
        refused: What was not, with the reason.
        left: How many records were not come to, since the person stopped it.
        particulars: Of what was refused, by its reference, what looks like somebody's particulars: a reason why it
            may stand lets it through.

    """

    entries: tuple[Entry, ...]
    refused: tuple[str, ...]
    left: int = 0
    particulars: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class _Work:
    """What recording one record needs."""

    register: Register
    snapshot: Snapshot
    preview: Preview
    why: Circumstances
    group: str


def record(  # noqa: PLR0913 - what is recorded, and what surrounds it
    register: Register,
    preview: Preview,
    accepts: Accepts,
    why: Circumstances,
    *,
    choices: Choices | None = None,
    told: Callable[[str], None] | None = None,
    progress: Progress = silently,
) -> Outcome:
    """Record the accepted lines of a preview.

    Args:
        register: The register.
        preview: What the document proposes.
        accepts: Whether a line is accepted.
        why: The person's reason, if they gave one, and the day from which it counts.
        choices: What the person said of columns, which is remembered for tables with the same headings.
        told: Called with a sentence while another writer is waited for.
        progress: Told how far it is; may raise ``StoppedError`` to stop between two records.

    Returns:
        The entries, and what was refused; a refused record keeps no other from being recorded.

    """
    register.refuse_read_only()
    wanted = [(each, [line for line in lines if accepts(line)], lines) for each, lines in preview.proposals]
    wanted = [each for each in wanted if each[1]]
    entries: list[Entry] = []
    refused: list[str] = []
    particulars: dict[str, str] = {}
    group = new_entry_id()
    kind = None
    snapshot = register.snapshot()
    for done, (each, accepted, lines) in enumerate(wanted):
        try:
            progress("Recording", done, len(wanted))
        except StoppedError:
            return Outcome(tuple(entries), tuple(refused), len(wanted) - done, particulars)
        if each.kind is not kind:
            kind, snapshot = each.kind, register.snapshot()
        work = _Work(register, snapshot, preview, why, group)
        try:
            amendment = _amendment(each, accepted, lines, work)
            entry = register.record(replace(amendment, group=group), told) if amendment else None
        except (RefusedChangeError, OvertakenError) as error:
            refused.append(f"{each.ref} ({each.place}): {error}")
            if isinstance(error, RefusedChangeError) and error.field == "privacy_reason":
                particulars[each.ref] = refused[-1]
            continue
        entries += [entry] if entry else []
    entries += _settle(register, preview, choices, _Work(register, register.snapshot(), preview, why, group), entries)
    return Outcome(tuple(entries), tuple(refused), particulars=particulars)


def _amendment(wanted: Wanted, accepted: Sequence[Line], lines: Sequence[Line], work: _Work) -> Amendment | None:
    known = [line for line in accepted if _has_bodies(line, work)]
    if len(known) < len(accepted) and not known:
        missing = sorted({ref for line in accepted if line.reading for ref in line.reading.needs})
        msg = f"it names {', '.join(missing)}, which was not accepted."
        raise RefusedChangeError(msg)
    why = replace(work.why, reason=_reason(wanted, work), as_published=True)
    view = work.snapshot.view(wanted.ref)
    if view is None:
        return _new(wanted, known, lines, why, work)
    return _changed(view, wanted, known, why, work)


def _has_bodies(line: Line, work: _Work) -> bool:
    return line.reading is None or all(work.snapshot.knows(ref) for ref in line.reading.needs)


def _reason(wanted: Wanted, work: _Work) -> str:
    document = work.preview.document
    source = f"From {document.name}, {wanted.place} (SHA-256 {document.sha256})."
    return f"{work.why.reason}\n{source}" if work.why.reason else source


def _new(wanted: Wanted, accepted: Sequence[Line], lines: Sequence[Line], why: Circumstances, work: _Work) -> Amendment:
    paths = {line.path for line in accepted}
    values: dict[str, Any] = {name: reading.value for name, reading in wanted.fields.items() if (name,) in paths}
    for table, rows in wanted.rows.items():
        found = _rows(rows, (table,), paths, _model_of(wanted.kind.model, table))
        if found:
            values[table] = found
    values["source"] = _source(wanted, accepted, lines, work)
    amendment = new_record(
        wanted.kind, wanted.names, values, why, prefix=work.register.repository.prefix,
        taken=work.snapshot.has_path, register=work.snapshot,
    )  # fmt: skip
    return wanted.finish(amendment) if wanted.finish else amendment


def _rows(
    rows: Sequence[WantedRow], path: tuple[str | int, ...], paths: set[tuple[str | int, ...]], model: type[Part]
) -> list[Document]:
    found = []
    ids = new_item_ids(prefix="ev-" if path[-1] == "evidence" else "")
    for number, row in enumerate(rows):
        inside = (*path, number)
        if row.kind is None:
            fields = {name: each.value for name, each in row.fields.items()} if inside in paths else {}
        else:
            fields = {name: each.value for name, each in row.fields.items() if (*inside, name) in paths}
            needed = {name for name, facts in fields_of(model).items() if facts.required} - {"id"}
            if not needed <= fields.keys():
                continue
        if fields:
            for table, inner in row.rows.items():
                deeper = _rows(inner, (*inside, table), paths, _model_of(model, table))
                fields |= {table: deeper} if deeper else {}
            found.append(_with_id(fields, model, ids))
    return found


def _with_id(fields: Mapping[str, Any], model: type[Part], ids: Iterator[str]) -> Document:
    plain = {name: list(value) if isinstance(value, tuple) else value for name, value in fields.items()}
    return {"id": next(ids), **plain} if issubclass(model, Item) else plain


def _model_of(model: type[Part], table: str) -> type[Part]:
    facts = fields_of(model)[table]
    assert facts.part is not None  # noqa: S101 - for the type checker; wanted rows belong to tables
    assert issubclass(facts.part, Part)  # noqa: S101
    return facts.part


def _source(wanted: Wanted, accepted: Sequence[Line], lines: Sequence[Line], work: _Work) -> Document:
    document = work.preview.document
    source = {"document": document.name, "place": wanted.place, "sha256": document.sha256}
    left = [line for line in lines if line.state == "doubtful" and line.offered and line not in accepted]
    doubts = [f"Doubtful: {line.field} ({line.why})." for line in accepted if line.state == "doubtful"]
    doubts += [f"Not accepted: {line.field} “{line.new}” ({line.why})." for line in left]
    note = " ".join([each for each in (unread_note(wanted), *dict.fromkeys(doubts)) if each])
    return {**source, "note": note[:LONGEST_NOTE]} if note else source


def _changed(view: View, wanted: Wanted, accepted: Sequence[Line], why: Circumstances, work: _Work) -> Amendment | None:
    """Return one amendment of the record that holds what is accepted of it and of its rows."""
    base = work.snapshot.document(view.path)
    paths = {line.path for line in accepted}
    fields = {name: reading.value for name, reading in wanted.fields.items() if (name,) in paths}
    plain = {table: rows for table, rows in wanted.rows.items() if rows and rows[0].kind is None}
    values: dict[str, object] = {**fields, **_row_changes(plain, base, (), paths, view.kind.model)}
    note = unread_note(wanted)
    standing = str((base.get("source") or {}).get("note", ""))
    if note and note not in standing and (values or len(accepted)):
        values["source.note"] = f"{standing} {note}".strip()[:LONGEST_NOTE] if base.get("source") else None
        if values["source.note"] is None:
            del values["source.note"]
    parts = [amend(view, base, values, why)] if values else []
    for table, rows in wanted.rows.items():
        if rows and rows[0].kind is not None:
            parts += _inner(view, base, (table, rows), paths, why, work)
    return _together(view, base, parts, why)


def _inner(
    view: View, base: Document, wanted: tuple[str, Sequence[WantedRow]], paths: set[tuple[str | int, ...]],
    why: Circumstances, work: _Work,
) -> list[Amendment]:  # fmt: skip
    table, rows = wanted
    parts = []
    for number, row in enumerate(rows):
        assert row.kind is not None  # noqa: S101 - the caller has looked
        inside = (table, number)
        fields = {name: each.value for name, each in row.fields.items() if (*inside, name) in paths}
        found = row_of(row, list(base.get(table) or []), number)
        inner = work.snapshot.view(row.ref) if found is not None else None
        if inner is not None:
            standing = dict(found or {})
            values = {**fields, **_row_changes(row.rows, standing, inside, paths, row.kind.model)}
            parts += [amend(inner, base, values, why)] if values else []
        elif fields.keys() >= {"number", "title"}:
            whole = _rows([row], (table,), {(table, 0, *path[2:]) for path in paths if path[:2] == inside},
                          row.kind.model)  # fmt: skip
            values = {name: value for name, value in whole[0].items() if name != "id"} if whole else {}
            parts += [_another_row(row.kind, view, base, values, why, parts)] if values else []
    return parts


def _another_row(
    kind: Kind, view: View, base: Document, values: dict[str, object], why: Circumstances, parts: Sequence[Amendment]
) -> Amendment:
    """Return what adds a row, by an id that none of ``parts`` has drawn for its own."""
    taken = {path for part in parts for path in part.changes}
    while True:
        found = new_row(kind, view, base, values, why)
        if not taken & found.changes.keys():
            return found


def _row_changes(
    tables: Mapping[str, Sequence[WantedRow]], standing: Document, path: tuple[str | int, ...],
    paths: set[tuple[str | int, ...]], model: type[Part],
) -> dict[str, object]:  # fmt: skip
    """Return what changes plain rows: those that are there get the fields that differ, others are added."""
    changes: dict[str, object] = {}
    for table, rows in tables.items():
        part = _model_of(model, table)
        now: list[Document] = list(standing.get(table) or [])
        ids = new_item_ids((str(each.get("id")) for each in now), "ev-" if table == "evidence" else "")
        for number, row in enumerate(rows):
            if (*path, table, number) not in paths:
                continue
            found = row_of(row, now, number)
            if found is not None and "id" in found:
                changes |= {f"{table}.#{found['id']}.{name}": each.value for name, each in row.fields.items()}
            elif found is None:
                fields = {name: each.value for name, each in row.fields.items()}
                whole = _with_id(fields, part, ids)
                changes[f"{table}.#{whole['id']}"] = whole
    return changes


def _together(view: View, base: Document, parts: Sequence[Amendment], why: Circumstances) -> Amendment | None:
    changes: dict[FieldPath, Any] = {}
    cautions: list[str] = []
    for part in parts:
        changes |= part.changes
        cautions += part.cautions
    if not changes:
        return None
    if len(parts) == 1:
        return parts[0]
    return Amendment(view.kind, view.path, view.ref, view.title, (), changes, why, base, cautions=tuple(cautions))


def _settle(
    register: Register, preview: Preview, choices: Choices | None, work: _Work, entries: Sequence[Entry]
) -> list[Entry]:
    """Remember how a person corrected columns; make an imported plan current where the register has none."""
    view = work.snapshot.view("register")
    if view is None or not entries:
        return []
    values: dict[str, object] = {}
    plan = next((each for each, _ in preview.proposals if each.kind is KINDS["plan"]), None)
    if plan is not None and not work.snapshot.settings.current_plan:
        found = work.snapshot.view(plan.ref)
        end = getattr(found and found.item, "end", None)
        if end is not None and end >= register.today:
            values["current_plan"] = plan.ref
    if choices is not None and choices.columns:
        values |= _layouts(preview.tables, work.snapshot)
    if not values:
        return []
    document = work.preview.document
    why = replace(work.why, reason=f"Follows from the import of {document.name} (SHA-256 {document.sha256}).")
    amendment = amend(view, work.snapshot.document(view.path), values, why)
    entry = register.record(replace(amendment, group=work.group)) if amendment.changes else None
    return [entry] if entry else []


def _layouts(tables: Sequence[TableRead], snapshot: Snapshot) -> dict[str, object]:
    found: dict[str, object] = {}
    ids = new_item_ids(each.id for each in snapshot.settings.layouts)
    for table in tables:
        headings = sorted(plain_heading(match.heading) for match in table.columns if match.heading)
        corrected = [match for match in table.columns if "map" in match.why and match.heading]
        if table.shape is None or not corrected:
            continue
        columns = with_ids({"heading": plain_heading(match.heading), "field": match.role.name if match.role else ""}
                           for match in corrected)  # fmt: skip
        kind = table.shape.kind.name
        before = next((each for each in snapshot.settings.layouts
                       if each.kind == kind and sorted(each.headings) == headings), None)  # fmt: skip
        if before is not None:
            known = {(column.heading, column.field) for column in before.columns}
            if known == {(column["heading"], column["field"]) for column in columns}:
                continue
        identifier = before.id if before is not None else next(ids)
        row = {"id": identifier, "kind": kind, "headings": headings, "columns": columns}
        found[f"layouts.#{identifier}"] = row
    return found
