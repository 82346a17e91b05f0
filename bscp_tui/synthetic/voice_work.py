"""Inventors of feedback, challenges, disagreements, benchmarks, reports and what else stands beside the plan."""

import datetime as dt

from bscp_tui.model.document import Document
from bscp_tui.synthetic import words
from bscp_tui.synthetic.place import Inventor, Place, ending, few, numbered, share, title
from bscp_tui.synthetic.world import END, World, slug

SPEAKERS = ("children", "parents", "families", "practitioners")
CHANNELS = ("campaign", "newsletter", "website", "event", "briefing", "social-media")
UNITS = ("number", "per-cent")


def _soon(world: World, place: Place, most: int) -> dt.date:
    """Return a day up to ``most`` days after the record begins."""
    return place.start + dt.timedelta(days=1 + world.below(most))


def _feedback(world: World, place: Place, number: int) -> Document:
    del number
    return {
        "title": f"What was said about {world.pick(words.THEMES)}",
        "who": world.pick(SPEAKERS),
        "status": "heard",
        "sample": 6 + world.below(200),
        "heard": place.start,
        "text": world.pick(words.SET_OUT),
        "owner": world.pick(world.agencies),
        "due": _soon(world, place, 120),
        **ending(world, f"feedback {place.names['code']}"),
    }


def _challenge(world: World, place: Place, number: int) -> Document:
    del number
    asked_by, asked = world.some(world.agencies, 2, 2)
    return {
        "title": f"Assurance about {world.pick(words.THEMES)}",
        "type": "challenge" if world.chance(0.5) else "assurance-request",
        "status": "raised",
        "raised_by": [asked_by],
        "owner": asked,
        "raised": place.start,
        "due": _soon(world, place, 60),
        "text": world.pick(words.SET_OUT),
        **ending(world, f"challenge {place.names['code']}"),
        "commitments": [
            {
                "id": world.identifier(),
                "number": row,
                "text": title(world),
                "status": "promised",
                "owner": asked,
                "due": _soon(world, place, 300),
            }
            for row in range(1, 2 + world.below(2))
        ],
    }


def _disagreement(world: World, place: Place, number: int) -> Document:
    del number
    between = world.some(world.agencies, 2, 2)
    return {
        "title": f"Threshold for {world.pick(words.THEMES)}",
        "status": "escalated",
        "raised": place.start,
        "agencies": between,
        "owner": between[0],
        "text": world.pick(words.SET_OUT),
        **ending(world, f"disagreement {place.names['code']}", audience="group"),
        "escalations": [{"id": world.identifier(), "stage": 2, "date": _soon(world, place, 3)}],
    }


def _benchmark(world: World, place: Place, number: int) -> Document:
    del number
    return {
        "title": f"National report on {world.pick(words.THEMES)}",
        "status": "planned",
        "report_published": place.start,
        "owner": world.pick(world.groups),
        "text": world.pick(words.SET_OUT),
        **ending(world, f"benchmark {place.names['code']}"),
        "recommendations": [
            {"id": world.identifier(), "number": row, "text": world.pick(words.OUTCOMES), "status": "not-assessed"}
            for row in range(1, 3 + world.below(6))
        ],
    }


def _milestone(world: World, place: Place, number: int) -> Document:
    del number
    return {
        "title": title(world),
        "status": "not-started",
        "target": _soon(world, place, 365),
        "owner": world.pick(world.groups),
        "text": world.pick(words.SET_OUT),
        "update": world.pick(words.UPDATES),
        **ending(world, f"milestone {place.names['code']}"),
    }


def _communication(world: World, place: Place, number: int) -> Document:
    del number
    return {
        "title": f"Word about {world.pick(words.THEMES)}",
        "type": world.pick(CHANNELS),
        "status": "planned",
        "reach": 50 * (1 + world.below(60)),
        "reach_of": "readers",
        "text": world.pick(words.SET_OUT),
        **ending(world, f"communication {place.names['code']}"),
    }


def _statistic(world: World, place: Place, number: int) -> Document:
    del number
    return {
        "title": f"Children known for {world.pick(words.THEMES)}",
        "value": world.below(100),
        "unit": world.pick(UNITS),
        "period": f"{place.start.year}/{(place.start.year + 1) % 100:02}",
        "text": world.pick(words.SET_OUT),
        **ending(world, f"statistic {place.names['code']}"),
    }


def _report(world: World, place: Place, number: int) -> Document:
    del number
    return {
        "title": f"Synthetic yearly report {place.start.year}/{(place.start.year + 1) % 100:02}",
        "type": "yearly-report",
        "status": "draft",
        "owner": world.pick(world.groups),
        "due": _soon(world, place, 365),
        "text": world.pick(words.SET_OUT),
        **ending(world, f"report {place.names['code']}"),
        "sections": [
            {"id": world.identifier(), "number": row, "title": title(world), "status": "awaited"}
            for row in range(1, 4 + world.below(4))
        ],
    }


def _term_place(world: World, number: int) -> Place:
    return Place({"slug": slug(words.THEMES[number])}, world.begin, END)


def _term(world: World, place: Place, number: int) -> Document:
    return {
        "title": words.THEMES[number][0].upper() + words.THEMES[number][1:],
        "text": world.pick(words.SET_OUT),
        **ending(world, f"term {place.names['slug']}"),
    }


def _theme_place(world: World, number: int) -> Place:
    place = Place({"slug": slug(f"{words.THEMES[number]} theme")}, world.begin, END)
    world.themes.append(place.names["slug"])
    return place


def _theme(world: World, place: Place, number: int) -> Document:
    return {
        "title": words.THEMES[number][0].upper() + words.THEMES[number][1:],
        "text": world.pick(words.SET_OUT),
        **ending(world, f"theme {place.names['slug']}"),
    }


def _view_place(world: World, number: int) -> Place:
    return Place({"slug": f"view-{number + 1}"}, world.begin, END)


def _view(world: World, place: Place, number: int) -> Document:
    status = ("not-started", "in-progress", "complete")[number]
    return {
        "title": f"Key actions {status.replace('-', ' ')}",
        "list_of": "key-action",
        "filter": f"status={status}",
        "sort": "due",
        "group": "priority",
        **ending(world, f"view {place.names['slug']}"),
    }


VOICE_WORK: dict[str, Inventor] = {
    "feedback": Inventor(share(0.01), numbered, _feedback),
    "challenge": Inventor(share(0.01), numbered, _challenge),
    "disagreement": Inventor(share(0.008), numbered, _disagreement),
    "benchmark": Inventor(share(0.004), numbered, _benchmark),
    "milestone": Inventor(share(0.008), numbered, _milestone),
    "communication": Inventor(share(0.008), numbered, _communication),
    "statistic": Inventor(share(0.01), numbered, _statistic),
    "report": Inventor(share(0.004), numbered, _report),
    "theme": Inventor(few(len(words.THEMES)), _theme_place, _theme, stands=True),
    "term": Inventor(few(len(words.THEMES)), _term_place, _term, stands=True),
    "view": Inventor(lambda records: min(3, records // 400), _view_place, _view, stands=True),
}
