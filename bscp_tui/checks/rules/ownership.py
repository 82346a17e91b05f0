"""Ownership: one accountable lead for each key action, none missing, none doubled; somebody answers for joint work."""

import re
from collections.abc import Iterator
from typing import Any

from bscp_tui.checks.looking import plan_of, rows_of
from bscp_tui.checks.rule import About, Doubt, Steps, of_each
from bscp_tui.checks.walking import walked
from bscp_tui.model.action import Action, KeyAction
from bscp_tui.model.learning_point import LearningPoint
from bscp_tui.model.view import View

_PARTING = re.compile(r"\s*(?:/|&|\band\b)\s*")


@of_each(
    About(
        "no-lead",
        "error",
        "Nobody leads it.",
        "What nobody answers for is not done, and nobody can be asked why.",
        "The leads of a row answer for key actions 1, 4, 5 and 6, and another for 2; nobody for 3.",
        "Ask who leads it, and add the number to a lead of its row: bscp show {ref}, then edit its leads.",
    ),
    Action,
    KeyAction,
)
def no_lead(view: View, item: Any) -> Iterator[Doubt]:
    """Raise key actions that no lead covers, and rows without leads."""
    if isinstance(item, Action) and item.key_actions and item.leads:
        return  # its key actions are looked at one by one
    row: Any = view.parent.item if isinstance(item, KeyAction) and view.parent else item
    covering = [lead for lead in row.leads if not isinstance(item, KeyAction) or lead.leads(item.number)]
    if not covering:
        end = getattr(plan_of(view), "end", None)
        over = end is not None and end < view.today
        yield Doubt(view, "no lead answers for it", (), "warning" if over else None)
    elif not any(lead.party or lead.post for lead in covering):
        yield Doubt(view, "its lead is neither a body nor a post", ())


@of_each(
    About(
        "several-leads",
        "warning",
        "Two leads answer for the same key action.",
        "Where two answer, each may wait for the other.",
        "One group leads key actions 2 to 7, another 7.",
        "Ask which of them is accountable, and take the number from the other lead of the row.",
    ),
    KeyAction,
)
def several_leads(view: View, item: Any) -> Iterator[Doubt]:
    """Raise key actions whose number stands with more than one lead."""
    leads = rows_of(view.parent.item, "leads") if view.parent else ()
    if len(leads) < 2:
        return
    named = [lead for lead in leads if item.number in lead.key_actions]
    if len(named) > 1:
        told = " and ".join(lead.named(view) for lead in named)
        yield Doubt(view, f"{told} both lead it", ())


@of_each(
    About(
        "leads-without-numbers",
        "warning",
        "An action has several leads, and not all of them say which key actions they lead.",
        "Nobody can tell who answers for which part.",
        "A row is led by two organisations; neither names its key actions.",
        "Ask who leads what, and give each lead of {ref} its key actions' numbers.",
    ),
    Action,
    needs=("leads",),
)
def leads_without_numbers(view: View, item: Any) -> Iterator[Doubt]:
    """Raise rows with several leads of which one carries no numbers."""
    bare = [place for place, lead in enumerate(item.leads) if not lead.key_actions]
    if len(item.leads) > 1 and bare:
        told = " and ".join(item.leads[place].named(view) for place in bare)
        yield Doubt(view, f"no key actions' numbers stand with {told}, beside other leads", ("leads", bare[0]))


@of_each(
    About(
        "lead-of-nothing",
        "warning",
        "A lead answers for a key action that the row does not have.",
        "A number was misprinted, or a key action was lost.",
        "A lead of key actions 1 and 7, in a row that has four.",
        "Compare with the plan, and set the lead's key actions in {ref}.",
    ),
    Action,
    needs=("leads",),
)
def lead_of_nothing(view: View, item: Any) -> Iterator[Doubt]:
    """Raise numbers among the leads that are no key action of the row."""
    known = {row.number for row in item.key_actions}
    for place, lead in enumerate(item.leads):
        for number in lead.key_actions:
            if number not in known:
                told = f"{lead.named(view)} leads key action {number}, which the row does not have"
                yield Doubt(view, told, ("leads", place, "key_actions"))


@of_each(
    About(
        "lead-to-be-agreed",
        "warning",
        "A lead is still to be agreed.",
        "Until somebody is named, nobody can be asked about progress.",
        "The operational lead is a post, “to be agreed”.",
        "Ask the senior responsible officer whom they name, and record it among the leads of {ref}.",
    ),
    Action,
    needs=("leads",),
)
def lead_to_be_agreed(view: View, item: Any) -> Iterator[Doubt]:
    """Raise leads that the plan leaves open."""
    for place, lead in enumerate(item.leads):
        if lead.to_be_agreed:
            yield Doubt(view, f"the lead is not agreed: {lead.named(view)}", ("leads", place, "to_be_agreed"))


@of_each(
    About(
        "body-doubled",
        "error",
        "The same body is named twice where each can stand once.",
        "It is counted twice, and a chase list asks it twice.",
        "An agency owns a learning point twice.",
        "Take one of the two away from {ref}.",
    ),
    through=("several",),
)
def body_doubled(view: View, item: Any) -> Iterator[Doubt]:
    """Raise bodies that stand twice in one list, among the owners, or among the leads of the same key actions."""
    for steps, facts, values in walked(item).several:
        if facts.part is None and len(set(values)) < len(values):
            for place, body in enumerate(values):
                if body in values[:place]:
                    yield Doubt(view, f"{view.name_of(body)} stands twice in it", (*steps, facts.name, place))
    owners, leads = rows_of(item, "owners"), rows_of(item, "leads") if isinstance(item, Action) else ()
    if len(owners) > 1:
        yield from _twice(view, "owners", "agency", [(row.agency, ()) for row in owners])
    if len(leads) > 1:
        yield from _twice(view, "leads", "party", [(lead.party, lead.key_actions) for lead in leads])


def _twice(view: View, table: str, name: str, rows: list[tuple[str | None, tuple[int, ...]]]) -> Iterator[Doubt]:
    for place, (body, numbers) in enumerate(rows):
        for other, others in rows[:place]:
            if body is not None and body == other and (not numbers or not others or set(numbers) & set(others)):
                at: Steps = (table, place, name)
                yield Doubt(view, f"{view.name_of(body)} stands twice among its {table}", at)
                break


@of_each(
    About(
        "joint-without-accountable",
        "warning",
        "Several bodies own it together, and the print does not say which of them is accountable.",
        "Joint work without one who answers for it waits for the others.",
        "The owner is printed as “BCT/BSCP”.",
        "Ask which of them is accountable, and put it first: bscp set {ref} agencies=FIRST;OTHER --reason TEXT.",
    ),
    LearningPoint,
    needs=("owners_as_published",),
)
def joint_without_accountable(view: View, item: Any) -> Iterator[Doubt]:
    """Raise joint owners that are known only as they were printed."""
    printed = item.owners_as_published or ""
    if len(item.owners) > 1 and len(_PARTING.split(printed)) > 1:
        yield Doubt(view, f"“{printed}” names {len(item.owners)} owners and no lead", ("owners_as_published",))


@of_each(
    About(
        "owners-against-print",
        "error",
        "The owners recorded are not those that were printed.",
        "The table by agency that was published can no longer be made from the register.",
        "The owner was printed as “BCT”, and the police are recorded.",
        "Compare with the source, and set the owners: bscp set {ref} agencies=NAME;NAME --reason TEXT.",
    ),
    LearningPoint,
    needs=("owners_as_published",),
)
def owners_against_print(view: View, item: Any) -> Iterator[Doubt]:
    """Raise owners that do not go by the names that the source prints."""
    if not item.owners_as_published:
        return
    owners = [row.agency for row in sorted(item.owners, key=lambda row: row.number)]
    if len(owners) == 1 and _goes_by(view, owners[0], item.owners_as_published):
        return
    printed = [part for part in _PARTING.split(item.owners_as_published) if part]
    for name in printed:
        if not any(_goes_by(view, owner, name) for owner in owners):
            yield Doubt(view, f"“{name}” was printed as an owner, and none of those recorded goes by it", ("owners",))
    for place, row in enumerate(item.owners):
        if not any(_goes_by(view, row.agency, name) for name in printed):
            told = f"{view.name_of(row.agency)} is an owner, and is not among “{item.owners_as_published}”"
            yield Doubt(view, told, ("owners", place, "agency"))


def _goes_by(view: View, body: str, name: str) -> bool:
    """Whether a body goes by a name; one that is unknown is raised by another rule."""
    found = view.register.view(body)
    if found is None:
        return True
    names = [found.ref, found.title, getattr(found.item, "short_name", None), *getattr(found.item, "aliases", ())]
    return name.strip().lower() in {str(one).lower() for one in names if one}


@of_each(
    About(
        "owner-out-of-area",
        "warning",
        "An owner lies outside the area, so that the partnership cannot direct it.",
        "Its progress can be asked for and not required; the board should know.",
        "A learning point is owned by another area's partnership.",
        "Name a body of the partnership that follows it up: bscp set {ref} agencies=NAME;NAME --reason TEXT.",
    ),
    LearningPoint,
    needs=("owners",),
)
def owner_out_of_area(view: View, item: Any) -> Iterator[Doubt]:
    """Raise owners outside the area."""
    for place, row in enumerate(item.owners):
        body = view.register.view(row.agency)
        if body is not None and getattr(body.item, "out_of_area", None) is True:
            yield Doubt(view, f"{body.title} lies outside the area", ("owners", place, "agency"))


@of_each(
    About(
        "lead-left",
        "warning",
        "Somebody leads it whose post has ended.",
        "Letters and chases go to a person who is no longer there.",
        "The lead's only post ended last year.",
        "Ask who took over, and record them in {ref}.",
    ),
    Action,
    needs=("leads",),
)
def lead_left(view: View, item: Any) -> Iterator[Doubt]:
    """Raise leads all of whose posts have ended, as long as the work is open."""
    for place, lead in enumerate(item.leads):
        body = view.register.view(lead.party) if lead.party else None
        posts = rows_of(body.item, "posts") if body is not None else ()
        ended = posts and all(post.end is not None and post.end < view.today for post in posts)
        if ended and view.value("timeliness") != "done":
            yield Doubt(view, f"{lead.named(view)} holds no post any more", ("leads", place, "party"))


@of_each(
    About(
        "grade-of-outsider",
        "error",
        "A grade is given to an agency that took no part in the audit.",
        "The share of good grades by agency is then wrong.",
        "The police are graded in an audit of two other agencies.",
        "Set the agency of the grade, or add it to those of the audit: bscp set {ref} agencies+=NAME --reason TEXT.",
    ),
    needs=("grades",),
)
def grade_of_outsider(view: View, item: Any) -> Iterator[Doubt]:
    """Raise grades of agencies that the audit does not name."""
    agencies = getattr(item, "agencies", ())
    for place, grade in enumerate(getattr(item, "grades", ()) if agencies else ()):
        if grade.agency is not None and grade.agency not in agencies:
            told = f"{view.name_of(grade.agency)} is graded, and is not among its agencies"
            yield Doubt(view, told, ("grades", place, "agency"))


OWNERSHIP = (
    no_lead, several_leads, leads_without_numbers, lead_of_nothing, lead_to_be_agreed, body_doubled,
    joint_without_accountable, owners_against_print, owner_out_of_area, lead_left, grade_of_outsider,
)  # fmt: skip
