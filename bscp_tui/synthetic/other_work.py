"""Inventors of what is owed outside the plan: learning points, action points, audits."""

import datetime as dt

from bscp_tui.model.document import Document
from bscp_tui.synthetic import words
from bscp_tui.synthetic.place import Inventor, Place, ending, numbered, share, title
from bscp_tui.synthetic.world import World


def _target(world: World, place: Place) -> dt.date:
    return place.start + dt.timedelta(days=90 + 30 * world.below(12))


def _learning_point(world: World, place: Place, number: int) -> Document:
    del number
    owners = world.some(world.agencies, 1, 3)
    return {
        "text": f"{title(world)}: {world.pick(words.SET_OUT)}",
        "status": "pending",
        "target": _target(world, place),
        "update": world.pick(words.UPDATES),
        "owners": [
            {"id": world.identifier(), "number": row, "agency": agency, "status": "asked"}
            for row, agency in enumerate(owners, start=1)
        ],
        **ending(world, f"learning point {place.names['code']}"),
    }


def _action_point(world: World, place: Place, number: int) -> Document:
    del number
    world.work.append(f"AP-{place.names['code']}")
    return {
        "title": title(world),
        "owner": world.pick(world.agencies),
        "status": "not-started",
        "target": _target(world, place),
        "raised_at": f"Executive board {place.start.isoformat()}",
        "text": world.pick(words.SET_OUT),
        "update": world.pick(words.UPDATES),
        **ending(world, f"action point {place.names['code']}"),
    }


def _audit(world: World, place: Place, number: int) -> Document:
    del number
    return {
        "title": f"Joint audit of {world.pick(words.THEMES)}",
        "status": "planned",
        "year": f"{place.start.year}/{(place.start.year + 1) % 100:02}",
        "group": world.pick(world.groups),
        "agencies": world.some(world.agencies, 2, 5),
        "text": world.pick(words.SET_OUT),
        **ending(world, f"audit {place.names['code']}"),
        "findings": [
            {
                "id": world.identifier(),
                "number": row + 1,
                "title": world.pick(words.OUTCOMES),
                "type": "improvement",
                "no_action": words.NO_ACTION,
            }
            for row in range(1 + world.below(4))
        ],
    }


OTHER_WORK: dict[str, Inventor] = {
    "learning-point": Inventor(share(0.03), numbered, _learning_point),
    "action-point": Inventor(share(0.03), numbered, _action_point),
    "audit": Inventor(share(0.005), numbered, _audit),
}
