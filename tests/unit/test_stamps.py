"""Stamps come back as they were kept; what is not whole is none."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from bscp_tui.store.stamps import Packed, Stamped, packed, unpacked
from bscp_tui.store.standing import is_young

NUMBERS = some.integers(-(2**63), 2**63 - 1)
STAMPED = some.tuples(some.tuples(*[NUMBERS] * 5), some.text("0123456789abcdef", min_size=1))


@given(some.dictionaries(some.text(), STAMPED))
def test_stamps_come_back_as_they_were_kept(known: dict[str, Stamped]) -> None:
    assert unpacked(packed(known)) == known


@given(some.dictionaries(some.text(), STAMPED, min_size=1), some.data())
def test_stamps_that_are_not_whole_are_none(known: dict[str, Stamped], data: some.DataObject) -> None:
    told = packed(known)
    end = data.draw(some.integers(1, len(told) - 1))
    assert not _is_whole(told[:end])


def _is_whole(told: bytes) -> bool:
    try:
        unpacked(told)
    except ValueError:
        return False
    return True


def test_of_no_bytes_come_no_stamps() -> None:
    assert unpacked(b"") == {}


@given(some.dictionaries(some.text(), STAMPED), some.dictionaries(some.text(), STAMPED), some.data())
def test_a_few_stamps_are_put_in_and_taken_out(
    known: dict[str, Stamped], others: dict[str, Stamped], data: some.DataObject
) -> None:
    gone = set(data.draw(some.lists(some.sampled_from(sorted(known))))) - others.keys() if known else set()
    now = {name: one for name, one in (known | others).items() if name not in gone}
    amended = Packed(packed(known)).amended(others, gone)
    assert unpacked(amended) == now
    assert {name: Packed(amended).get(name) for name in now} == now
    assert Packed(amended).known() == {name: one for name, (_, one) in now.items()}


@pytest.mark.parametrize(
    ("changed", "noted", "young"),
    [
        (0, 0, False),
        (10_000_123, 10_000_123, True),  # a hundredth of a second ago
        (150_000_123, 150_000_123, False),
        (150_000_123, 150_000_000, True),  # stamps that move with seconds, or hundredths of one
        (1_900_000_000, 1_900_000_000, True),
        (2_100_000_000, 2_100_000_000, False),
        (86_400_000_000_123, 10_000_123, True),  # its date was put back
        (-60_000_000_123, 150_000_123, True),  # dated ahead of the clock
    ],
)
def test_a_stamp_is_young_while_a_further_change_could_bear_it(changed: int, noted: int, *, young: bool) -> None:
    now = 1_790_000_000_000_000_000
    ages = [now - age if age else 0 for age in (changed, noted)]
    assert is_young((*ages, 10, 20, 30), now) is young
