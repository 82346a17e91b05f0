"""``bscp add``: a new record, or a new row of one."""

from argparse import Namespace

from bscp_tui.cli.changing import circumstances, finish, found
from bscp_tui.cli.opening import register_to_change
from bscp_tui.cli.reading import kind_named
from bscp_tui.cli.usage import UsageError
from bscp_tui.cli.values import new_value, split
from bscp_tui.model.additions import new_record, new_row
from bscp_tui.model.kinds import KINDS


def run_add(options: Namespace) -> int:
    """Add a record of a kind."""
    kind = kind_named(options.kind)
    register = register_to_change(options)
    snapshot = register.snapshot()
    texts = {name: text for name, _, text in map(split, options.values)}
    why = circumstances(register, options, needs_reason=False)
    if why.evidence:
        msg = "Evidence is kept with what it shows: add the record first, then bscp set REF --evidence TEXT."
        raise UsageError(msg)
    if kind.inside:
        owner = KINDS[kind.inside[0]]
        ref = texts.pop(owner.name.replace("-", "_"), None)
        if ref is None:
            msg = f"Say which {owner.name} it belongs to: {owner.name}=REF."
            raise UsageError(msg)
        parent = found(snapshot, ref)
        values = {name: new_value(kind, name, text, register.today, snapshot) for name, text in texts.items()}
        return finish(register, new_row(kind, parent, snapshot.document(parent.path), values, why), options)
    names: dict[str, str] = {name: texts.pop(name) for name in ("plan", "slug", "ref", "code") if name in texts}
    values = {name: new_value(kind, name, text, register.today, snapshot) for name, text in texts.items()}
    names.setdefault("plan", snapshot.settings.current_plan)
    records = str(register.repository.records)
    amendment = new_record(kind, names, values, why, records=records, taken=snapshot.has_path, register=snapshot)
    return finish(register, amendment, options)
