"""What is typed counts as kept from the moment it is given, however long the disk takes."""

import random
from collections.abc import Callable

import pytest

from bscp_tui.tui import drafts
from bscp_tui.tui.drafts import Drafts


def test_what_is_on_its_way_to_the_disk_is_known() -> None:
    waiting: list[Callable[[], None]] = []
    known = Drafts(waiting.append)
    known.keep("here", "4.1", "status", {"reason": "Half a sen"})
    known.keep("there", "4.1", "status", {"reason": "Another register's"})
    kept = known.of("here", "4.1", "status")
    assert kept is not None
    assert kept.values == {"reason": "Half a sen"}
    assert known.all_of("here") == [kept]
    assert drafts.all_of("here") == []
    for write in waiting:
        write()
    assert drafts.all_of("here") == known.all_of("here") == [kept]


def test_what_is_being_thrown_away_is_gone() -> None:
    waiting: list[Callable[[], None]] = []
    known = Drafts(waiting.append)
    drafts.keep("here", "4.1", "status", {"reason": "Half a sen"})
    known.drop("here", "4.1", "status")
    assert known.of("here", "4.1", "status") is None
    assert known.all_of("here") == []
    waiting.pop()()
    assert drafts.all_of("here") == []


@pytest.mark.parametrize("seed", range(5))
def test_whenever_the_disk_answers_the_last_that_was_typed_is_known(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - the same each time
    waiting: list[Callable[[], None]] = []
    known, expected = Drafts(waiting.append), dict[str, str]()
    for number in range(400):
        ref = chance.choice("abc")
        if chance.random() < 0.6:
            known.keep("here", ref, "status", {"reason": str(number)})
            expected[ref] = str(number)
        else:
            known.drop("here", ref, "status")
            expected.pop(ref, None)
        for _ in range(chance.choice([0, 0, 1, 3])):
            if waiting:
                waiting.pop(0)()
        assert {draft.ref: draft.values["reason"] for draft in known.all_of("here")} == expected
        for each in "abc":
            found = known.of("here", each, "status")
            assert (found.values["reason"] if found else None) == expected.get(each)
    while waiting:
        waiting.pop(0)()
    assert {draft.ref: draft.values["reason"] for draft in drafts.all_of("here")} == expected
