"""Values of records come back from the index as what they were."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as some

from bscp_tui.history.packing import packed, unpacked, with_more
from bscp_tui.model.document import same

keys = some.sampled_from(("a", "$date", "$pairs", "$")) | some.text(max_size=4)
scalars = some.one_of(
    some.none(),
    some.booleans(),
    some.integers(),
    some.floats(allow_nan=False, allow_infinity=False),
    some.text(max_size=6),
    some.sampled_from(('"$', "$date")),
    some.dates(),
    some.datetimes(),
    some.datetimes(timezones=some.just(dt.UTC)),
    some.times(),
)
values = some.recursive(scalars, lambda inner: some.lists(inner) | some.dictionaries(keys, inner), max_leaves=12)


@given(values)
def test_what_is_packed_is_unpacked_again(value: object) -> None:
    assert same(unpacked(packed(value)), value)


@given(some.none() | some.lists(some.integers()), some.lists(some.integers(), min_size=1))
def test_a_list_of_numbers_grows_without_being_read(before: list[int] | None, more: list[int]) -> None:
    grown = with_more(None if before is None else packed(before), more)
    assert unpacked(grown) == [*(before or []), *more]
