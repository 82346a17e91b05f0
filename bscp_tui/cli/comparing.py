"""``bscp compare``: what changed between two moments, with who and why."""

from argparse import Namespace
from collections.abc import Sequence

from bscp_tui.cli.main import DONE
from bscp_tui.cli.opening import commit_of, register_of
from bscp_tui.cli.output import Table, emit
from bscp_tui.cli.reading import kind_named
from bscp_tui.cli.telling import vouch
from bscp_tui.cli.usage import UsageError
from bscp_tui.history.comparison import Compared, compare
from bscp_tui.history.rows import HistoryRow, row_facts
from bscp_tui.model.dates import in_short
from bscp_tui.model.kinds import KINDS
from bscp_tui.model.record import Kind
from bscp_tui.store.errors import RegisterError
from bscp_tui.store.register import Register

COLUMNS = (
    ("ref", "ref"),
    ("words", "what changed"),
    ("by", "by"),
    ("recorded", "recorded"),
    ("reason", "reason"),
    ("entry", "entry"),
)


def run_compare(options: Namespace) -> int:
    """Print what differs between two moments."""
    register = register_of(options)
    later, kinds = _rest(options.rest)
    if register.head is None:
        msg = f"{register.repository.folder} has no history yet, so nothing can be compared."
        raise RegisterError(msg)
    vouch(register.repository)
    earlier = commit_of(register, options.earlier)
    latest = commit_of(register, later) if later else register.head
    found = compare(register, earlier, latest)
    found = [each for each in found if not kinds or any(_is_of(each, kind, register) for kind in kinds)]
    if options.audience:
        from bscp_tui.cli.for_readers import comparison_for

        found = comparison_for(register, options, found, (earlier, latest))
    emit(options, [_table(found, steps=options.steps)], [_facts(each, steps=options.steps) for each in found])
    return DONE


def _rest(words: Sequence[str]) -> tuple[str | None, list[Kind]]:
    """Return the later moment, if one is named, and the kinds."""
    later = words[0] if words and words[0] not in KINDS else None
    kinds = words[1:] if later else words
    try:
        return later, [kind_named(word) for word in kinds]
    except UsageError as error:
        msg = f"{error} Write the moments first, quoted where they hold spaces: bscp compare “31 March 2026” today."
        raise UsageError(msg) from None


def _is_of(each: Compared, kind: Kind, register: Register) -> bool:
    inner = register.repository.inner(each.path) or ""
    if kind.inside is None:
        return kind.names_in(inner) is not None
    owner, table = kind.inside
    return KINDS[owner].names_in(inner) is not None and (each.field or "").startswith(f"{table}.")


def _facts(each: Compared, *, steps: bool) -> dict[str, object]:
    last = each.last
    facts: dict[str, object] = {
        "ref": each.ref,
        "path": each.path,
        "field": each.field,
        "old": each.old,
        "new": each.new,
        "change": each.change,
        "withdrawn": each.withdrawn,
        "by": each.by,
        "recorded": each.recorded.isoformat() if each.recorded else None,
        "effective": last.effective if last else None,
        "reason": each.reason,
        "entry": last.entry if last else None,
        "commit": last.commit if last else None,
    }
    return facts | {"steps": [row_facts(step) for step in each.steps]} if steps else facts


def _table(found: Sequence[Compared], *, steps: bool) -> Table:
    rows, values = [], []
    for each in found:
        rows.append(_row(each.ref, each.words, each.last))
        facts = _facts(each, steps=False)
        values.append([each.words if name == "words" else facts[name] for name, _ in COLUMNS])
        for step in each.steps if steps else ():
            rows.append(_row("", f"  {step.words}", step))
            told = row_facts(step)
            values.append([step.words if name == "words" else told[name] for name, _ in COLUMNS])
    return Table("", COLUMNS, rows, values)


def _row(ref: str, words: str, step: HistoryRow | None) -> list[str]:
    if step is None:
        return [ref, words, "", "", "", ""]
    recorded = in_short(step.recorded.date())
    return [ref, words, step.by, recorded, step.reason or "", step.entry or step.commit[:7]]
