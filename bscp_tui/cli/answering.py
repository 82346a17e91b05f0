"""``bscp who``: each field of a record, who last changed it, when and why; and how long things stood."""

from argparse import Namespace
from collections.abc import Sequence

from bscp_tui.cli.changing import found
from bscp_tui.cli.main import DONE, REFUSED
from bscp_tui.cli.opening import register_of
from bscp_tui.cli.output import Table, emit
from bscp_tui.cli.telling import vouch
from bscp_tui.history.authorship import Authored, Standing, authored, standing
from bscp_tui.model.dates import in_short, in_words
from bscp_tui.model.spoken import spoken
from bscp_tui.model.view import View
from bscp_tui.model.workflow import words

COLUMNS = (
    ("field", "field"),
    ("value", "value"),
    ("by", "by"),
    ("recorded", "recorded"),
    ("effective", "effective"),
    ("reason", "reason"),
    ("entry", "entry"),
)


def run_who(options: Namespace) -> int:
    """Print who changed what of a record; return 1 if the readers asked for may not have it."""
    register = register_of(options)
    view: View | None = found(register.snapshot(), options.ref)
    if options.audience and view is not None:
        from bscp_tui.cli.for_readers import show_for, snapshot_for

        view = show_for(register, options, snapshot_for(register, options, register.snapshot()), view)
    if view is None:
        return REFUSED
    vouch(register.repository)
    stood = standing(register, view)
    fields = authored(register, view)
    data = [_facts(view, each) for each in fields]
    own = ".".join([*_own(view, fields), "status"])
    for row in data:
        if row["field"] == own:
            row |= {"since": stood.since, "days": stood.times.get(str(row["value"])), "times": dict(stood.times)}
            row |= {"revisions": stood.revisions, "days_since_update": stood.quiet}
    emit(options, [_table(fields)], data, [f"{view.ref} {view.title}", *_said(view, stood)])
    return DONE


def _own(view: View, fields: Sequence[Authored]) -> list[str]:
    """Return what the history puts before the names of the view's own fields."""
    if not view.inside:
        return []
    return fields[0].field.split(".")[: len(view.inside)] if fields else []


def _facts(view: View, each: Authored) -> dict[str, object]:
    last = each.last
    return {
        "ref": view.ref,
        "path": view.path,
        "field": each.field,
        "value": each.value,
        "by": last.by if last else None,
        "email": last.email if last else None,
        "recorded": last.recorded.isoformat() if last else None,
        "effective": last.effective if last else None,
        "reason": last.reason if last else None,
        "entry": last.entry if last else None,
        "commit": last.commit if last else None,
        "notes": list(last.notes) if last else [],
    }


def _said(view: View, stood: Standing) -> list[str]:
    told = []
    if stood.since is not None:
        days = (view.today - stood.since).days
        told.append(f"Status {words(str(view.value('status')))} since {in_words(stood.since)}, for {days} days")
        told.append("Time in each: " + "; ".join(f"{words(name)} {days} days" for name, days in stood.times.items()))
    if stood.revisions:
        told.append(f"Target revised {stood.revisions} times")
    if stood.updated is not None:
        told.append(f"Last real update {stood.quiet} days ago, by {stood.updated.by}: {stood.updated.words}")
    elif view.has("status"):
        told.append("No update since it was first recorded")
    return told


def _table(fields: Sequence[Authored]) -> Table:
    rows, values = [], []
    for each in fields:
        last = each.last
        when = in_short(last.recorded.date()) if last else ""
        day = in_short(last.effective) if last and last.effective else ""
        entry = (last.entry or last.commit[:7]) if last else "not recorded yet"
        name = each.field.replace("_", " ")
        why = (last.reason if last else None) or ""
        rows.append([name, spoken(each.value), last.by if last else "", when, day, why, entry])
        values.append([each.field, each.value, *(getattr(last, name, None) for name, _ in COLUMNS[2:])])
    return Table("", COLUMNS, rows, values)
