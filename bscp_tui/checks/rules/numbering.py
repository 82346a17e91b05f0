"""Numbering, rows and targets as the plan prints them: what is doubled, what is missing, what was assumed."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from bscp_tui.checks.looking import declared, plan_of
from bscp_tui.checks.rule import About, Doubt, of_each, of_notes
from bscp_tui.checks.walking import walked
from bscp_tui.model.action import Action, KeyAction
from bscp_tui.model.view import View
from bscp_tui.store.snapshot import Snapshot


@of_each(
    About(
        "number-against-name",
        "error",
        "The number in a record is not the one in its file's name.",
        "A file's name is its identity; people would find two records under one number.",
        "The file 4.1.toml says number 4.2.",
        "Set the number to the name's, or put the file back: bscp set {ref} --put-back.",
    ),
    only=lambda model: "number" in model.model_fields,
)
def number_against_name(view: View, item: Any) -> Iterator[Doubt]:
    """Raise numbers that differ from the path's."""
    number = view.names.get("number")
    if view.parent is None and number is not None and "number" in declared(item) and str(item.number) != number:
        yield Doubt(view, f"it says number {item.number}; its file is called {number}", ("number",))


@of_each(
    About(
        "row-doubled",
        "error",
        "Two rows of a table have the same id or number.",
        "A change of one could fall on the other, and a reference names both.",
        "Two key actions are numbered 3.",
        "Give one of them a number, or an id, of its own in the file of {ref}.",
    ),
    through=("several",),
)
def row_doubled(view: View, item: Any) -> Iterator[Doubt]:
    """Raise ids and numbers that stand twice in one table."""
    for steps, facts, rows in walked(item).several:
        for key in ("id", "number") if facts.part is not None else ():
            values = [vars(row).get(key) for row in rows]
            if len(set(values)) == len(values):
                continue
            for place, value in enumerate(values):
                if value is not None and value in values[:place]:
                    told = f"two rows of {facts.name.replace('_', ' ')} have the {key} {value}"
                    yield Doubt(view, told, (*steps, facts.name, place, key))


@of_each(
    About(
        "row-unnumbered",
        "warning",
        "Rows of a table are numbered with a gap.",
        "A key action, finding or owner may have been lost.",
        "Key actions 1, 2 and 4.",
        "Compare with the source; add the missing row, or say in the note of {ref} why there is none.",
    ),
    through=("numbered",),
)
def row_unnumbered(view: View, item: Any) -> Iterator[Doubt]:
    """Raise gaps in the numbers of rows, from 1."""
    for facts, rows in walked(item).numbered:
        numbers = {row.number for row in rows if isinstance(row.number, int)}
        # No more are looked for than are told: a number may be as large as a hand can type.
        missing = list(islice((one for one in range(1, max(numbers, default=0) + 1) if one not in numbers), 5))
        if missing:
            told, name = ", ".join(map(str, missing)), facts.name.replace("_", " ")
            yield Doubt(view, f"{name} are numbered up to {max(numbers)} without {told}", (facts.name,))


def _numbered(view: View, item: Any) -> tuple[str, str, int, str] | None:
    """Note an action's plan, the priority and place that its number gives it, and its reference."""
    del item
    priority, _, number = view.names["number"].partition(".")
    return (view.names["plan"], priority, int(number), view.ref) if number.isdigit() else None


@of_notes(
    About(
        "action-missing",
        "info",
        "The numbers of a plan's actions have a gap.",
        "A page may have been lost, or an action was dropped without a word.",
        "A plan has 2.1, 2.4 and 2.5.",
        "Ask the partnership whether the missing rows ever existed, and note the answer with the plan.",
    ),
    Action,
    note=_numbered,
)
def action_missing(snapshot: Snapshot, notes: Sequence[tuple[str, str, int, str]]) -> Iterator[Doubt]:
    """Raise gaps in the numbers of each priority's actions, at the row after the gap."""
    last: dict[tuple[str, str], int] = {}
    for plan, priority, number, ref in sorted(notes):
        before = last.get((plan, priority), 0)
        view = snapshot.view(ref) if number > before + 1 else None
        if view is not None:
            gone = ", ".join(f"{priority}.{missing}" for missing in range(before + 1, number))
            yield Doubt(view, f"{gone} would come before it, and is not in the register", ("number",))
        last[plan, priority] = number


@of_each(
    About(
        "one-target-for-several",
        "warning",
        "Several key actions share one target.",
        "Which of them is late cannot be told, nor which date was meant for which.",
        "A row prints one date beside its three key actions.",
        "Ask for a target for each: bscp set {ref}.1 target=DATE --reason TEXT.",
    ),
    Action,
    needs=("target",),
)
def one_target_for_several(view: View, item: Any) -> Iterator[Doubt]:
    """Raise rows whose one target serves two key actions or more."""
    without = [row.number for row in item.key_actions if row.target is None and row.withdrawn is None]
    if item.target is not None and len(without) > 1:
        yield Doubt(view, f"one target serves {len(without)} key actions", ("target",))


@of_each(
    About(
        "stages-share-target",
        "warning",
        "A key action has several stages and one target.",
        "A stage of year 1 is then late only at the end of year 2, or one of year 2 is late at once.",
        "“Implement (Year 1), evaluate (Year 2)”, due on one day.",
        "Ask for a target of each stage: bscp set {ref} stages.1.target=DATE --reason TEXT.",
    ),
    KeyAction,
    needs=("stages",),
)
def stages_share_target(view: View, item: Any) -> Iterator[Doubt]:
    """Raise key actions of several stages, none of which has a target of its own."""
    if len(item.stages) > 1 and not any(stage.target for stage in item.stages):
        yield Doubt(view, f"{len(item.stages)} stages have one target between them", ("stages",))


@of_each(
    About(
        "target-assumed",
        "info",
        "Which target belongs to which key action was assumed from their order.",
        "Lateness rests on the assumption; a person must confirm it once.",
        "A row lists seven dates beside seven key actions.",
        "Compare with the printed page, and confirm or correct each target of {ref}.",
    ),
    Action,
    needs=("key_actions",),
)
def target_assumed(view: View, item: Any) -> Iterator[Doubt]:
    """Raise a row once for all the pairings that were assumed in it."""
    assumed = [place for place, row in enumerate(item.key_actions) if row.target_basis is not None]
    if assumed:
        told = f"the targets of {len(assumed)} key actions were paired in listed order"
        yield Doubt(view, told, ("key_actions", assumed[0], "target_basis"))


@of_each(
    About(
        "no-year",
        "info",
        "It is marked with no year, while its plan marks the others.",
        "Whether it belongs to this year's report cannot be told.",
        "One row of the plan has no “Year 1” or “Year 2”.",
        "Ask in which year it belongs: bscp set {ref} years=1 --reason TEXT.",
    ),
    Action,
    KeyAction,
)
def no_year(view: View, item: Any) -> Iterator[Doubt]:
    """Raise what has no year; a row's own where it has no key actions, or none of them has one."""
    if item.years or getattr(plan_of(view), "start", None) is None:
        return
    if isinstance(item, KeyAction):
        row = view.parent.item if view.parent else None
        if any(stage.year for stage in item.stages) or not any(
            other.years for other in getattr(row, "key_actions", ())
        ):
            return
    elif any(row.years or any(stage.year for stage in row.stages) for row in item.key_actions):
        return
    yield Doubt(view, "it is marked with no year of its plan", ("years",))


def _coloured(view: View, item: Any) -> tuple[str, bool] | None:
    """Note an action's plan, and whether it has a colour."""
    return None if view.withdrawn else (view.names["plan"], item.rag is not None)


@of_notes(
    About(
        "rag-not-recorded",
        "info",
        "Colours that the print shows are not recorded.",
        "The published spread of colours cannot be made from the register.",
        "45 of 49 actions lost their colour when the report became text.",
        "Ask the partnership for the colours, and record each: bscp set REF rag=COLOUR --reason TEXT.",
    ),
    Action,
    note=_coloured,
)
def rag_not_recorded(snapshot: Snapshot, notes: Sequence[tuple[str, bool]]) -> Iterator[Doubt]:
    """Raise a plan once that has a legend, and actions without a colour."""
    plans: dict[str, list[bool]] = {}
    for of_plan, coloured in notes:
        plans.setdefault(of_plan, []).append(not coloured)
    for name, bare in plans.items():
        plan = snapshot.view(name)
        published = plan is not None and getattr(plan.item, "status", None) in {"published", "closed"}
        if plan is not None and published and getattr(plan.item, "source", None) and any(bare):
            if snapshot.settings.synthetic:
                continue  # its colours were never printed
            yield Doubt(plan, f"{sum(bare)} of its {len(bare)} actions have no colour recorded", ())


NUMBERING = (
    number_against_name, row_doubled, row_unnumbered, action_missing, one_target_for_several, stages_share_target,
    target_assumed, no_year, rag_not_recorded,
)  # fmt: skip
