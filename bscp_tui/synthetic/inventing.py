"""One inventor a kind: where its n-th record lies, and what it holds when it is added.

A kind without an inventor has no synthetic records; a new one is a function and a line at the end.
"""

import datetime as dt

from bscp_tui.model.document import Document
from bscp_tui.synthetic import words
from bscp_tui.synthetic.cycle import CYCLE
from bscp_tui.synthetic.other_work import OTHER_WORK
from bscp_tui.synthetic.place import Inventor, Place, ending, few, title
from bscp_tui.synthetic.voice_work import VOICE_WORK
from bscp_tui.synthetic.world import END, Period, World, slug

A_PLAN = 200  # actions in one plan's folder
PRIORITIES = 8


def plans_for(records: int) -> int:
    """Return how many plans a register of ``records`` has."""
    others = sum(inventor.count(records) for inventor in INVENTORS.values())
    each = A_PLAN + PRIORITIES + 1
    return max(1, min(3, records // 25), -(-(records - others) // each))


def places(world: World, records: int) -> list[tuple[str, Place, int]]:
    """Return (kind, place, number within the kind) of ``records`` records; the rest are actions."""
    counts = {name: inventor.count(records) for name, inventor in INVENTORS.items()}
    counts |= {"plan": len(world.plans), "priority": min(PRIORITIES * len(world.plans), max(1, records // 12))}
    counts["action"] = max(0, records - sum(counts.values()))
    return [
        (name, inventor.place(world, number), number)
        for name, inventor in INVENTORS.items()
        for number in range(counts[name])
    ]


def _always(world: World, name: str) -> Place:
    return Place({"slug": slug(name)}, world.begin, END)


def _of_bodies(names: tuple[str, ...], number: int) -> str:
    """Return the n-th of ``names``, then the same in each district."""
    round_, place = divmod(number, len(names))
    return f"{words.DISTRICTS[(round_ - 1) % len(words.DISTRICTS)]} {names[place].lower()}" if round_ else names[place]


def _agency_place(world: World, number: int) -> Place:
    place = _always(world, _of_bodies(words.BODIES, number))
    world.agencies.append(place.names["slug"])
    return place


def _agency(world: World, place: Place, number: int) -> Document:
    name = _of_bodies(words.BODIES, number)
    return {
        "title": name,
        "short_name": "".join(word[0] for word in name.split()).upper(),
        "role": world.pick(words.SET_OUT),
        **ending(world, f"agency {place.names['slug']}"),
    }


def _group_place(world: World, number: int) -> Place:
    place = _always(world, f"{_of_bodies(words.GROUPS, number)} meeting")
    world.groups.append(place.names["slug"])
    return place


def _group(world: World, place: Place, number: int) -> Document:
    return {
        "title": _of_bodies(words.GROUPS, number),
        "type": "board" if number == 0 else "sub-group",
        "cadence": world.pick(words.CADENCES),
        "text": world.pick(words.SET_OUT),
        **ending(world, f"group {place.names['slug']}"),
    }


def _person_place(world: World, number: int) -> Place:
    place = _always(world, words.PEOPLE[number])
    world.people.append(place.names["slug"])
    return place


def _person(world: World, place: Place, number: int) -> Document:
    post = {"id": world.identifier(), "title": words.POSTS[number % len(words.POSTS)], "start": world.begin}
    return {
        "title": words.PEOPLE[number],
        "type": "person",
        **ending(world, f"person {place.names['slug']}"),
        "posts": [post],
    }


def _in_plan(plan: Period, **names: str) -> Place:
    return Place({"plan": plan.slug, **names}, plan.start, min(plan.end + dt.timedelta(days=120), END))


def _plan_place(world: World, number: int) -> Place:
    return _in_plan(world.plans[number])


def _plan(world: World, place: Place, number: int) -> Document:
    plan = world.plans[number]
    return {
        "title": f"Synthetic improvement plan {plan.start.year}-{plan.end.year % 100:02}, {plan.district}",
        "status": "draft",
        "start": plan.start,
        "end": plan.end,
        "text": " ".join(world.some(words.SET_OUT, 2, 4)),
        "purpose": world.some(words.OUTCOMES, 2, 4),
        **ending(world, f"plan {place.names['plan']}"),
        "legend": [
            {"id": world.identifier(), "rag": rag, "means": means}
            for rag, means in (("red", "not begun or stuck"), ("amber", "under way"), ("green", "complete"))
        ],
    }


def _priority_place(world: World, number: int) -> Place:
    priority, plan = divmod(number, len(world.plans))
    return _in_plan(world.plans[plan], number=str(priority + 1))


def _priority(world: World, place: Place, number: int) -> Document:
    theme = words.THEMES[number % len(words.THEMES)]
    return {
        "number": int(place.names["number"]),
        "title": f"{theme[0].upper()}{theme[1:]}",
        "status": "agreed",
        "text": world.pick(words.SET_OUT),
        **ending(world, f"priority {place.names['number']}"),
    }


def _action_place(world: World, number: int) -> Place:
    place, plan = divmod(number, len(world.plans))
    of_priority, priority = divmod(place, PRIORITIES)
    return _in_plan(world.plans[plan], number=f"{priority + 1}.{of_priority + 1}")


def _action(world: World, place: Place, number: int) -> Document:
    del number
    document: Document = {
        "number": place.names["number"],
        "title": title(world),
        "text": " ".join(world.some(words.SET_OUT, 2, 4)),
        "outcomes": world.some(words.OUTCOMES, 1, 3),
        "measures": world.some(words.MEASURES, 1, 3),
        "update": world.pick(words.UPDATES),
        **ending(world, f"action {place.names['number']}"),
    }
    count = world.below(5)
    if count:
        document["key_actions"] = [_key_action(world, place, row + 1) for row in range(count)]
    else:
        target = _target(world, place)
        document |= {"status": "not-started", "target": target, "years": [_year(place, target)]}
    if world.agencies:
        document["leads"] = _leads(world, count)
    return document


def _leads(world: World, key_actions: int) -> list[Document]:
    """Return one lead of everything, or two that share the key actions between them."""
    parties = world.some(world.agencies, 1, 2 if key_actions > 1 else 1)
    rows: list[Document] = [{"id": world.identifier(), "party": party} for party in parties]
    if len(rows) > 1:
        first = 1 + world.below(key_actions - 1)
        rows[0]["key_actions"] = list(range(1, first + 1))
        rows[1]["key_actions"] = list(range(first + 1, key_actions + 1))
    return rows


def _key_action(world: World, place: Place, number: int) -> Document:
    target = _target(world, place)
    row: Document = {
        "id": world.identifier(),
        "number": number,
        "title": title(world),
        "text": world.pick(words.SET_OUT),
        "status": "not-started",
        "target": target,
        "years": [_year(place, target)],
        "update": world.pick(words.UPDATES),
    }
    if row["years"] == [2] and world.chance(0.2):
        first = dt.date(place.start.year + 1, place.start.month, 1) - dt.timedelta(days=1)
        row["stages"] = [
            {"id": world.identifier(), "title": step, "year": year, "status": "not-started", "target": target}
            for step, year, target in (("Implement", 1, first), ("Evaluate", 2, target))
        ]
    return row


def _year(place: Place, target: dt.date) -> int:
    """Return the year of the plan, 1 or 2, in which a target falls."""
    return 1 if target < dt.date(place.start.year + 1, place.start.month, 1) else 2


def _target(world: World, place: Place) -> dt.date:
    """Return the end of a month within the plan's two years."""
    month = place.start.month + 2 + world.below(21)
    first = dt.date(place.start.year + month // 12, month % 12 + 1, 1)
    return first - dt.timedelta(days=1)


def _worked_out(_records: int) -> int:
    return 0  # follows from how many actions there are: see ``places``


INVENTORS: dict[str, Inventor] = {
    "agency": Inventor(few(30), _agency_place, _agency, stands=True),
    "group": Inventor(few(20), _group_place, _group, stands=True),
    "person": Inventor(few(10), _person_place, _person, stands=True),
    "plan": Inventor(_worked_out, _plan_place, _plan),
    "priority": Inventor(_worked_out, _priority_place, _priority),
    "action": Inventor(_worked_out, _action_place, _action),
    **OTHER_WORK,
    **CYCLE,
    **VOICE_WORK,
}
