"""Inventors of the yearly cycle: meetings, work programmes, measures, training, money."""

import datetime as dt

from bscp_tui.model.document import Document
from bscp_tui.model.update_round import asked_line
from bscp_tui.synthetic import words
from bscp_tui.synthetic.place import Inventor, Place, ending, numbered, share, title
from bscp_tui.synthetic.world import END, World


def _year(place: Place) -> str:
    """Return the financial year in which a record begins: 2024/25."""
    first = place.start.year - (place.start.month < 4)
    return f"{first}/{(first + 1) % 100:02}"


def _measure(world: World, place: Place, number: int) -> Document:
    del number
    figure = 100 + world.below(4000)
    rows = []
    for quarter in range(2 + world.below(6)):
        figure = max(10, figure + world.below(200) - 100)
        day = min(place.start + dt.timedelta(days=91 * quarter), END)
        rows.append({"id": world.identifier(), "date": day, "value": figure})
    return {
        "title": world.pick(words.MEASURES),
        "status": "reported",
        "unit": "number",
        "aim": world.pick(("increase", "decrease")),
        "frequency": "quarterly",
        "agency": world.pick(world.agencies),
        "group": world.pick(world.groups),
        **ending(world, f"measure {place.names['code']}"),
        "values": rows,
    }


def _meeting(world: World, place: Place, number: int) -> Document:
    del number
    return {
        "group": world.pick(world.groups),
        "date": place.start,
        "title": f"Meeting of {place.start.isoformat()}",
        "status": "held",
        "text": world.pick(words.SET_OUT),
        **ending(world, f"meeting {place.names['code']}"),
        "papers": [{"id": world.identifier(), "title": title(world)} for _ in range(1 + world.below(3))],
        "attendance": [
            {"id": world.identifier(), "agency": agency, "attended": world.pick(("attended", "attended", "apologies"))}
            for agency in world.some(world.agencies, 2, 5)
        ],
    }


def _programme(world: World, place: Place, number: int) -> Document:
    del number
    return {
        "group": world.pick(world.groups),
        "title": f"Work programme {_year(place)}",
        "year": _year(place),
        "text": world.pick(words.SET_OUT),
        **ending(world, f"work programme {place.names['code']}"),
        "items": [
            {"id": world.identifier(), "number": row + 1, "title": title(world), "status": "not-started",
             "target": place.start + dt.timedelta(days=60 * (row + 1)), "update": world.pick(words.UPDATES)}
            for row in range(2 + world.below(4))
        ],
    }  # fmt: skip


def _training(world: World, place: Place, number: int) -> Document:
    del number
    sessions = []
    for row in range(1 + world.below(4)):
        places = 15 + 5 * world.below(4)
        attended = places - world.below(8)
        sessions.append({"id": world.identifier(), "number": row + 1, "mode": world.pick(("in-person", "virtual")),
                         "places": places, "attended": attended, "no_show": world.below(3)})  # fmt: skip
    return {
        "title": f"Training on {world.pick(words.THEMES)}",
        "status": "planned",
        "year": _year(place),
        "modules": len(sessions),
        "group": world.pick(world.groups),
        "text": world.pick(words.SET_OUT),
        **ending(world, f"training {place.names['code']}"),
        "sessions": sessions,
    }


def _event(world: World, place: Place, number: int) -> Document:
    del number
    return {
        "title": f"Webinar on {world.pick(words.THEMES)}",
        "type": "webinar",
        "status": "planned",
        "year": _year(place),
        "date": place.start,
        "delegates": 20 + world.below(200),
        "text": world.pick(words.SET_OUT),
        **ending(world, f"training event {place.names['code']}"),
    }


def _budget(world: World, place: Place, number: int) -> Document:
    del number
    amount = 1000 * (5 + world.below(90))
    return {
        "title": f"{title(world)}, {_year(place)}",
        "year": _year(place),
        "type": "allocation",
        "status": "set",
        "amount": amount,
        "spent": round(amount * world.below(100) / 100),
        "area": world.pick(("Training", "Reviews", "Communications", "Scrutiny")),
        "text": world.pick(words.SET_OUT),
        **ending(world, f"budget {place.names['code']}"),
    }


def _round(world: World, place: Place, number: int) -> Document:
    """An update round: most replied in time, one or two late, some had nothing to report, some had to be chased."""
    del number
    deadline = place.start + dt.timedelta(days=21)
    plan = next((plan for plan in world.plans if plan.start <= place.start), world.plans[0])
    return {
        "title": f"Update for the meeting of {deadline.isoformat()}",
        "meeting": f"Meeting of {deadline.isoformat()}",
        "deadline": deadline,
        "started": place.start,
        "status": "open",
        **ending(world, f"update round {place.names['code']}"),
        "returns": [
            {"id": world.identifier(), "number": row + 1, "title": f"Asked of {agency}", "party": agency,
             **_came_back(world, place.start, deadline),
             "asked_about": [asked_line(f"{plan.slug}/1.1.1", {"status": "not started"})]}
            for row, agency in enumerate(world.some(world.agencies, 3, 8))
        ],
    }  # fmt: skip


def _came_back(world: World, asked: dt.date, deadline: dt.date) -> Document:
    status = world.pick(("replied", "replied", "replied", "nothing-to-report", "chased", "asked"))
    if status == "asked":
        return {"status": status}
    if status == "chased":
        return {"status": status, "chased_on": deadline + dt.timedelta(days=2)}
    came = world.day(asked + dt.timedelta(days=3), min(deadline + dt.timedelta(days=5), END))
    return {"status": status, "returned": came, "sender": world.pick(world.authors).name}


CYCLE: dict[str, Inventor] = {
    "update-round": Inventor(lambda records: min(4, records // 100), numbered, _round),
    "measure": Inventor(share(0.01), numbered, _measure),
    "meeting": Inventor(share(0.015), numbered, _meeting),
    "work-programme": Inventor(share(0.005), numbered, _programme),
    "training": Inventor(share(0.01), numbered, _training),
    "training-event": Inventor(share(0.005), numbered, _event),
    "budget": Inventor(share(0.005), numbered, _budget),
}
