"""Which kind a file is of: the same for one path and for many, in whatever order they come."""

import random
import re

from bscp_tui.model.kinds import KINDS, place_of, places_of
from bscp_tui.store.starter import starter_records

ODD = ("notes.txt", "plans/2025-27/notes.txt", "plans/2025-27/actions/x/1.1.toml", "learning/AB/LP-ABCD.md", "", "a/b")


def _examples() -> list[str]:
    """Return a path of every kind, those of the starter records, and some that are of none."""
    named = {"plan": "2025-27", "number": "4.1", "slug": "police", "block": "7K", "code": "7K42"}
    told = [re.sub(r"\{(\w+)\}", lambda name: named[name[1]], kind.where) for kind in KINDS.values() if kind.where]
    root = starter_records()
    return [*told, *ODD, *(path.relative_to(root).as_posix() for path in sorted(root.rglob("*.toml")))]


def test_no_path_is_of_two_kinds() -> None:
    for path in _examples():
        assert sum(kind.names_in(path) is not None for kind in KINDS.values()) <= 1, path


def test_many_paths_are_placed_as_each_is_alone_in_any_order() -> None:
    paths = _examples()
    alone = {path: place for path in paths if (place := place_of(path)) is not None}
    assert {kind.name for kind, _ in alone.values()} == {kind.name for kind in KINDS.values() if kind.where}
    chance = random.Random(2)  # noqa: S311 - the same each time
    for _ in range(50):
        chance.shuffle(paths)
        assert places_of(paths) == alone
