"""``bscp list`` and ``bscp show``: records as they stand, or stood."""

from argparse import Namespace
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from bscp_tui.cli.main import DONE, REFUSED, say
from bscp_tui.cli.opening import as_of_day, position_of, register_of, snapshot_of
from bscp_tui.cli.output import Table, emit
from bscp_tui.cli.usage import UsageError
from bscp_tui.model.audience import embargo_of, embargoed
from bscp_tui.model.dates import in_short
from bscp_tui.model.fields import Shape, fields_of
from bscp_tui.model.filters import fields_for, matches, names_in, read_filter
from bscp_tui.model.kinds import KINDS
from bscp_tui.model.ordering import ordered
from bscp_tui.model.record import Kind
from bscp_tui.model.references import Named
from bscp_tui.model.view import View
from bscp_tui.model.words import NOT_RECORDED, in_people_words, label_of, part_in_words
from bscp_tui.reports.drawing import bar
from bscp_tui.store.loading import Unreadable
from bscp_tui.store.register import Register
from bscp_tui.store.snapshot import Snapshot

if TYPE_CHECKING:
    from bscp_tui.history.position import Position


def run_list(options: Namespace) -> int:
    """List the records of a kind; return 1 if one of them cannot be read."""
    if options.view:
        from bscp_tui.cli.viewing import apply_view

        apply_view(options)
    kind = kind_named(options.kind)
    terms = read_filter(options.filters, kind)
    columns = _columns(options, kind)
    register = register_of(options)
    position = position_of(register, options)
    snapshot = position.snapshot if position else _snapshot(register, options)
    options.rests_on = [] if options.as_of else None  # of the working files none: a date is read from the history
    views = snapshot.views(kind, withdrawn=options.withdrawn, names=names_in(terms, kind))
    views = [view for view in views if matches(view, terms, snapshot.name_matches)]
    broken = snapshot.unreadable(kind)
    heading = list(register.settings.caution)
    if options.audience:
        from bscp_tui.cli.for_readers import list_for

        heading += list_for(register, options, snapshot, kind, terms)
    views = _sorted(views, options.sort, kind, descending=options.descending)
    if options.limit is not None:
        views = views[: max(options.limit, 0)]
    if "mark" not in columns and any(view.mark for view in views):
        columns = [*columns, "mark"]
    if "embargo" not in columns and any(embargoed(view) for view in views):
        columns = [*columns, "embargo"]
    data = [_all_facts(view, position) for view in views] + [unreadable_facts(bad) for bad in broken]
    emit(options, [_table(kind, columns, views, broken)], data, heading)
    _complain(broken)
    return REFUSED if broken else DONE


def run_show(options: Namespace) -> int:
    """Show one record whole; return 1 if it cannot be read."""
    register = register_of(options)
    position = position_of(register, options)
    snapshot = position.snapshot if position else _snapshot(register, options)
    options.rests_on = [] if options.as_of and not options.audience else None
    found: View | Unreadable | None = snapshot.whole.resolve(options.ref)
    if options.audience and found is not None:
        from bscp_tui.cli.for_readers import show_for

        found = show_for(register, options, snapshot, found)
    if found is None:
        return REFUSED
    if isinstance(found, Unreadable):
        return _show_unreadable(register, found, options, snapshot.commit)
    linked = [_linked(view, named) for view, named in snapshot.naming(found.ref)]
    tables = [_details(found), *_chart(found, options)] + ([_links(linked)] if linked else [])
    heading = [*register.settings.caution, f"{found.ref} {found.title}"]
    emit(options, tables, _all_facts(found, position) | {"linked_from": linked}, heading)
    return DONE


def _chart(view: View, options: Namespace) -> list[Table]:
    """Return the record's figures with a bar for each, where people read; programs get the values themselves."""
    if options.format not in {None, "table", "plain"} or options.out:
        return []
    drawn = view.item.drawn(view)
    longest = max((figure for _, figure, _ in drawn), default=0)
    if longest <= 0:
        return []
    rows = [[name, bar(figure / longest), said] for name, figure, said in drawn]
    names = ("value of", "drawn from nought", "value")
    return [Table("Values", [(name, name) for name in names], rows, rows)]


def _all_facts(view: View, position: "Position | None") -> dict[str, object]:
    """Return what programs read of a record; in a position also which of its fields were recorded late."""
    late = position.recorded_late(view) if position else []
    return view.facts() | ({"recorded_late": late} if late else {})


def kind_named(text: str | None) -> Kind:
    """Return the kind of that name.

    Raises:
        UsageError: There is none, or none is named; the message lists those that there are.

    """
    if text is None:
        raise UsageError(f"Say which kind is wanted. The kinds are: {', '.join(KINDS)}.")
    if text in KINDS:
        return KINDS[text]
    msg = f"There is no kind “{text}”. The kinds are: {', '.join(KINDS)}."
    raise UsageError(msg)


def _linked(view: View, named: Named) -> dict[str, object]:
    """Return a record that names the shown one, as programs read it."""
    return {"ref": view.ref, "kind": view.kind.name, "field": named.field, "said": named.inverse, "title": view.title}


def _links(linked: Sequence[Mapping[str, object]]) -> Table:
    columns = (("said", "it is"), ("ref", "of"), ("title", "title"))
    rows = [[str(link[name]) for name, _ in columns] for link in linked]
    return Table("Named by", columns, rows, rows)


def unreadable_facts(bad: Unreadable) -> dict[str, object]:
    """Return an unreadable record as programs read it."""
    place = {"ref": bad.ref, "kind": bad.kind.name, "path": bad.path}
    return {**place, "line": bad.line, "unreadable": bad.reason}


def _snapshot(register: Register, options: Namespace) -> Snapshot:
    snapshot = snapshot_of(register, options.as_of)
    snapshot.today = as_of_day(register, options)
    if not options.audience:
        return snapshot
    from bscp_tui.cli.for_readers import snapshot_for

    return snapshot_for(register, options, snapshot)


def _columns(options: Namespace, kind: Kind) -> list[str]:
    if not options.columns:
        return list(kind.columns)
    names = [name.strip().replace("-", "_") for name in options.columns.split(",") if name.strip()]
    unknown = [name for name in names if name not in {*fields_for(kind), "kind", "path"}]
    if unknown:
        msg = f"A {kind.name} has no field “{unknown[0]}”. It has: {', '.join(fields_for(kind))}, kind, path."
        raise UsageError(msg)
    return names


def _sorted(views: list[View], field: str | None, kind: Kind, *, descending: bool) -> list[View]:
    if not field:
        return views
    name = field.replace("-", "_")
    if name not in fields_for(kind):
        msg = f"A {kind.name} has no field “{name}” to sort by. It has: {', '.join(fields_for(kind))}."
        raise UsageError(msg)
    return ordered(views, name, descending=descending)


def _table(kind: Kind, columns: Sequence[str], views: Sequence[View], broken: Sequence[Unreadable]) -> Table:
    rows = [[_for_people(view, name) for name in columns] for view in views]
    values = [[_for_programs(view, name) for name in columns] for view in views]
    for bad in broken:
        told = {"ref": bad.ref, "title": f"cannot be read: {bad.path}, line {bad.line}: {bad.reason}"}
        rows.append([told.get(name, "") for name in columns])
        values.append([told.get(name) for name in columns])
    return Table("", [(name, label_of(kind, name)) for name in columns], rows, values)


def _for_people(view: View, name: str) -> str:
    if name == "mark":
        return view.mark or ""
    if name == "embargo":  # a row's is its record's
        embargo = embargo_of(view)
        return in_short(embargo) if embargo else ""
    return in_people_words(view, name)


def _for_programs(view: View, name: str) -> object:
    value = embargo_of(view) if name == "embargo" else view.value(name)
    if name == "target" and value is None:
        return view.value("original_target")
    if isinstance(value, tuple) and view.shape(name) is Shape.PARTS:
        return [part_in_words(part, view) for part in value]
    return value


def _details(view: View) -> Table:
    names = [*fields_of(type(view.item)), *view.item.derivations, "path"]
    rows, values = [], []
    for name in names:
        if name == "id":
            continue
        told = _detail(view, name)
        if told != NOT_RECORDED or name in view.kind.columns:
            rows.append([label_of(view.kind, name), told])
            values.append([name, _for_programs(view, name)])
    if view.mark:
        rows.insert(0, ["note", view.mark])
        values.insert(0, ["mark", view.mark])
    return Table("", [("field", "field"), ("value", "value")], rows, values)


def _detail(view: View, name: str) -> str:
    value = view.value(name)
    if isinstance(value, tuple) and value and view.shape(name) is Shape.PARTS:
        return "\n".join(part_in_words(part, view, short=False) for part in value)
    if isinstance(value, tuple) and value and view.shape(name) is Shape.LINES:
        return "\n".join(str(line) for line in value)
    return in_people_words(view, name, short=False)


def _show_unreadable(register: Register, bad: Unreadable, options: Namespace, tip: str | None) -> int:
    say(
        f"{bad.path}, line {bad.line}: {bad.reason}. Mend the file with an editor, or put it back: bscp set --put-back."
    )
    good = register.last_good(bad, tip)
    facts = unreadable_facts(bad)
    if good is None:
        table = Table("", [("field", "field"), ("value", "value")], [[*pair] for pair in _pairs(facts)], _pairs(facts))
        emit(options, [table], facts, [f"{bad.ref} cannot be read"])
        return REFUSED
    facts["last_good"] = good.facts()
    emit(options, [_details(good)], facts, [f"{bad.ref} cannot be read; this is its last good version"])
    return REFUSED


def _pairs(facts: dict[str, object]) -> list[list[str]]:
    return [[name, str(value)] for name, value in facts.items()]


def _complain(broken: Sequence[Unreadable]) -> None:
    for bad in broken:
        say(f"{bad.path}, line {bad.line}: {bad.reason}. All else works; mend the file, or put it back.")
