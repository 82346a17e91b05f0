"""``bscp rollover``: from one plan to the next, in one step."""

import sys
from argparse import Namespace
from collections.abc import Sequence

from bscp_tui.cli.changing import circumstances, introduce
from bscp_tui.cli.main import DONE, say
from bscp_tui.cli.opening import asked, register_to_change
from bscp_tui.cli.output import as_json
from bscp_tui.cli.usage import UsageError
from bscp_tui.model.amendment import Amendment
from bscp_tui.model.dates import DateError, read_date
from bscp_tui.model.text import shortened, shown, typed
from bscp_tui.model.view import View
from bscp_tui.rounds.rollover import NextPlan, open_work, plan_of, planned, untold_work
from bscp_tui.rounds.together import record_together
from bscp_tui.store.register import Register
from bscp_tui.store.snapshot import Snapshot

OPEN, UNRECORDED, NOTHING = "open", "unrecorded", "none"


def run_rollover(options: Namespace) -> int:
    """Close a plan, carry actions forward, open the next one."""
    register = register_to_change(options)
    snapshot = register.snapshot()
    old = plan_of(snapshot, options.old).ref
    guided = sys.stdin.isatty() and sys.stderr.isatty()
    new = _next_plan(options, snapshot, register, guided=guided)
    carry = _carried(options, snapshot, old, guided=guided)
    why = circumstances(register, options)
    if why.evidence:
        msg = "A rollover takes no evidence; say in the reason, or with --decided-at, what decided it."
        raise UsageError(msg)
    amendments = planned(snapshot, old, new, carry, why, prefix=register.repository.prefix)
    sentences = [register.preview(amendment) for amendment in amendments]
    if options.dry_run:
        _tell(sentences, options)
        say("Nothing was recorded: --dry-run.")
        return DONE
    if guided and not _agreed(sentences):
        say("Nothing was recorded.")
        return DONE
    introduce(register)
    _record(register, amendments, options)
    return DONE


def _record(register: Register, amendments: Sequence[Amendment], options: Namespace) -> None:
    entries = record_together(register, amendments, say)
    if options.format == "json":
        told = [{"entry": each.entry, "commit": each.commit, "sentence": each.sentence} for each in entries]
        print(as_json([{**each, "recorded": True} for each in told]))
    else:
        print("\n".join(shown(entry.sentence) for entry in entries))
        print(f"{len(entries)} entries, taken back together by: bscp undo {entries[-1].entry}")
    cautions = [caution for amendment in amendments for caution in amendment.cautions]
    for caution in dict.fromkeys(cautions):
        say(f"Take care: {caution}")


def _next_plan(options: Namespace, snapshot: Snapshot, register: Register, *, guided: bool) -> NextPlan:
    """Return the plan that follows, asking on a terminal for what the options leave open."""
    known = snapshot.view(options.new)
    title, start, end = options.title, options.start, options.end
    if guided and known is None:
        title = title or asked(f"The new plan's title ({options.new} without an answer): ")
        start = start or asked("Its first day (1 April 2027; Enter leaves it open): ")
        end = end or asked("Its last day: ")
    if known is not None and not known.withdrawn:
        say(f"{known.ref} is in the register already; its title and dates stay as they are.")
        item = known.item
        return NextPlan(known.ref, known.title, getattr(item, "start", None), getattr(item, "end", None))
    try:
        days = [read_date(text, today=register.today) if text and text.strip() else None for text in (start, end)]
    except DateError as error:
        raise UsageError(str(error)) from None
    return NextPlan(options.new, typed(title or "", field="title", lines=False), *days)


def _carried(options: Namespace, snapshot: Snapshot, old: str, *, guided: bool) -> list[str]:
    """Return the references of what goes on."""
    owed, untold = open_work(snapshot, old), untold_work(snapshot, old)
    wanted = options.carry
    if wanted is None and guided:
        wanted = _asked_which(owed, untold)
    words = {OPEN: owed, UNRECORDED: untold, NOTHING: []}
    names = [ref for word in wanted or [OPEN] for ref in ([v.ref for v in words[word]] if word in words else [word])]
    leave = {ref for name in options.leave for ref in (name, f"{old}/{name}")}
    missing = [name for name in options.leave if not {name, f"{old}/{name}"} & {each.ref for each in (*owed, *untold)}]
    if missing:
        msg = f"{missing[0]} is neither open nor without recorded progress in {old}, so it cannot be left behind."
        raise UsageError(msg)
    kept = [name for name in names if name not in leave and f"{old}/{name}" not in leave]
    behind = [view.ref for view in owed if view.ref not in kept and view.ref.removeprefix(f"{old}/") not in kept
              and (view.parent is None or view.parent.ref not in kept)]  # fmt: skip
    if behind:
        say(f"{len(behind)} stay open in {old}: {_few(behind)}.")
    left = [view.ref for view in untold if view.ref not in kept and view.ref.removeprefix(f"{old}/") not in kept]
    if left:
        say(f"{len(left)} in {old} have no progress recorded and stay there (--carry unrecorded, or --carry REF, "
            f"carries them forward): {_few(left)}.")  # fmt: skip
    return kept


def _asked_which(owed: Sequence[View], untold: Sequence[View]) -> list[str]:
    for heading, views in (("Still open", owed), ("No progress recorded", untold)):
        if views:
            say(f"{heading}:")
            for view in views:
                say(f"  {view.ref:<16} {shortened(view.title, 60)}")
    answer = asked("Which go on? (Enter: all that is open; or references with spaces between; open, unrecorded, none) ")
    return answer.replace(",", " ").split() or [OPEN]


def _few(refs: Sequence[str]) -> str:
    return ", ".join(refs[:8]) + (f" and {len(refs) - 8} more" if len(refs) > 8 else "")


def _agreed(sentences: Sequence[str]) -> bool:
    say("Will be recorded:")
    for sentence in sentences:
        say(f"  {sentence}")
    return asked(f"Record these {len(sentences)} entries? (yes or no) ").strip().lower() in {"yes", "y"}


def _tell(sentences: Sequence[str], options: Namespace) -> None:
    if options.format == "json":
        print(as_json([{"sentence": sentence, "recorded": False} for sentence in sentences]))
    else:
        print("\n".join(shown(sentence) for sentence in sentences))
