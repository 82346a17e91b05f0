"""``bscp set REF,REF,… FIELD=VALUE``: one change of several records, one entry each, one undo for all."""

from argparse import Namespace
from collections.abc import Sequence

from bscp_tui.cli.changing import circumstances, found, introduce
from bscp_tui.cli.main import DONE, REFUSED, say
from bscp_tui.cli.output import as_json
from bscp_tui.cli.usage import UsageError
from bscp_tui.cli.values import split, stored_name, value_for
from bscp_tui.model.entry import Entry
from bscp_tui.model.text import shown
from bscp_tui.model.view import View
from bscp_tui.rounds.many import Planned, planned
from bscp_tui.rounds.together import grouped, record_together
from bscp_tui.store.naming import UnknownReferenceError
from bscp_tui.store.register import Register
from bscp_tui.store.snapshot import Snapshot


def several(snapshot: Snapshot, text: str) -> list[str]:
    """Return the references that ``text`` names with commas between; none where it is the name of one record."""
    if "," not in text:
        return []
    try:
        snapshot.resolve(text)
    except UnknownReferenceError:
        return list(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))
    return []


def run_set_many(register: Register, snapshot: Snapshot, refs: Sequence[str], options: Namespace) -> int:
    """Change several records alike; return 1 if one of them is refused, and then record nothing.

    Raises:
        UsageError: What is asked can only be done to one record.

    """
    if options.by_hand or options.put_back:
        raise UsageError("--by-hand and --put-back take one record: bscp set REF --by-hand.")
    if not options.values and not options.evidence:
        raise UsageError("Say what to change: bscp set REF,REF FIELD=VALUE --reason TEXT.")
    views = [found(snapshot, ref) for ref in refs]
    why = circumstances(register, options, snapshot)

    def values(view: View) -> dict[str, object]:
        return {stored_name(view, name): value_for(view, name, operator, text, register.today, snapshot)
                for name, operator, text in map(split, options.values)}  # fmt: skip

    plans = planned(register, snapshot, views, values, why)
    refused = [plan for plan in plans if plan.error is not None]
    for plan in refused:
        say(plan.told)
    if refused:
        say(f"Nothing was recorded: {len(refused)} of {len(plans)} refused. Leave them out, or mend what stands there.")
        return REFUSED
    if options.dry_run:
        return _tell(plans, options)
    wanted = [plan.amendment for plan in plans if plan.amendment is not None]
    introduce(register)
    return _told(record_together(register, grouped(wanted), say), options)


def _tell(plans: Sequence[Planned], options: Namespace) -> int:
    if options.format == "json":
        print(as_json([{"ref": plan.view.ref, "sentence": plan.sentence, "recorded": False} for plan in plans]))
        return DONE
    for plan in plans:
        print(shown(plan.told))
    say("Nothing was recorded: --dry-run.")
    return DONE


def _told(entries: Sequence[Entry], options: Namespace) -> int:
    if options.format == "json":
        rows = [{"entry": each.entry, "commit": each.commit, "sentence": each.sentence} for each in entries]
        print(as_json([{**row, "recorded": True} for row in rows]))
    elif not entries:
        print("Nothing to record: that is what the register says already.")
    else:
        for entry in entries:
            print(shown(entry.sentence))
        print(f"{len(entries)} entries. To take all of them back: bscp undo {entries[-1].entry}")
    for warning in dict.fromkeys(warning for entry in entries for warning in entry.warnings):
        say(f"Take care: {warning}")
    return DONE
