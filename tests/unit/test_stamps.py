"""Stamps come back as they were kept; what is not whole is none."""

from hypothesis import given
from hypothesis import strategies as some

from bscp_tui.store.stamps import Packed, Stamped, packed, unpacked

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
