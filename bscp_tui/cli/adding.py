"""``bscp add`` and ``link``: a new record, a new row of one, a link between two."""

from argparse import Namespace

from bscp_tui.cli.changing import circumstances, finish, found
from bscp_tui.cli.main import say
from bscp_tui.cli.opening import register_to_change
from bscp_tui.cli.reading import kind_named
from bscp_tui.cli.usage import UsageError
from bscp_tui.cli.values import new_value, split
from bscp_tui.model.additions import new_record, new_row, row_added, row_model
from bscp_tui.model.fields import typed_fields
from bscp_tui.model.kinds import KINDS
from bscp_tui.model.record import Kind, Part
from bscp_tui.model.suggestions import suggested
from bscp_tui.model.workflow import token
from bscp_tui.store.register import Register
from bscp_tui.store.snapshot import Snapshot

ROW = "row"
PLACES = ("plan", "slug", "ref", "code")


def run_add(options: Namespace) -> int:
    """Add a record of a kind, or a row of a table."""
    kind = None if options.kind == ROW else kind_named(options.kind)
    register = register_to_change(options, kind)
    snapshot = register.snapshot()
    texts = {name: text for name, _, text in map(split, options.values)}
    why = circumstances(register, options, snapshot, needs_reason=False)
    if why.evidence:
        msg = "Evidence is kept with what it shows: add the record first, then bscp set REF --evidence TEXT."
        raise UsageError(msg)
    if kind is None:
        return _add_row(register, snapshot, texts, options)
    if kind.inside:
        owner = KINDS[kind.inside[0]]
        parent, name = found(snapshot, _owner(texts, owner)), texts.pop("ref", None)
        values = _values(kind.name, kind.model, texts, register, snapshot)
        base = snapshot.document(parent.path)
        return finish(register, new_row(kind, parent, base, values, why, name=name), options)
    names = {name: texts.pop(name) for name in PLACES if name in texts and name not in typed_fields(kind.model)}
    values = _values(kind.name, kind.model, texts, register, snapshot)
    names.setdefault("plan", snapshot.settings.current_plan)
    prefix = register.repository.prefix
    amendment = new_record(kind, names, values, why, prefix=prefix, taken=snapshot.has_path, register=snapshot)
    _suggest(snapshot, kind, values)
    return finish(register, amendment, options)


def run_link(options: Namespace) -> int:
    """Link a record to another."""
    register = register_to_change(options)
    snapshot = register.snapshot()
    texts = {"type": token(options.type), "to": options.other}
    if options.note:
        texts["note"] = options.note
    return _add_row(register, snapshot, {"of": options.ref, "in": "links", **texts}, options)


def _add_row(register: Register, snapshot: Snapshot, texts: dict[str, str], options: Namespace) -> int:
    ref, table = texts.pop("of", None), texts.pop("in", None)
    if ref is None or table is None:
        msg = "Say of which record and in which table: bscp add row of=REF in=TABLE FIELD=VALUE …"
        raise UsageError(msg)
    view = found(snapshot, ref)
    values = _values(f"row of {table}", row_model(view, table), texts, register, snapshot)
    why = circumstances(register, options, snapshot, needs_reason=False)
    return finish(register, row_added(view, snapshot.document(view.path), table, values, why), options)


def _owner(texts: dict[str, str], owner: Kind) -> str:
    if owner.reference == owner.name:
        return owner.name  # there is one only: the register
    ref = texts.pop(owner.name.replace("-", "_"), None)
    if ref is None:
        msg = f"Say which {owner.name} it belongs to: {owner.name}=REF."
        raise UsageError(msg)
    return ref


def _values(
    kind: str, model: type[Part], texts: dict[str, str], register: Register, snapshot: Snapshot
) -> dict[str, object]:
    return {name: new_value(kind, model, name, text, register.today, snapshot) for name, text in texts.items()}


def _suggest(snapshot: Snapshot, kind: Kind, values: dict[str, object]) -> None:
    """Name themes of similar records beside a new one that has none; a person decides."""
    fields = typed_fields(kind.model)
    wanted = next((name for name in ("themes", "theme") if name in fields and not values.get(name)), None)
    text = f"{values.get('title') or ''} {values.get('text') or ''}".strip()
    if wanted is None or not text:
        return
    for suggestion in suggested(snapshot, text)[:3]:
        say(f"Perhaps {wanted}={suggestion.theme}: it resembles {', '.join(suggestion.because)}.")
