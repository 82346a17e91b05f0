"""An edit by hand can put anything where a record's field was: it is compared, told and merged, and stops nobody."""

import datetime as dt
import random
from typing import Any

import pytest

from bscp_tui.history.naming import innermost
from bscp_tui.model.document import differences, get
from bscp_tui.model.entry import change_line
from bscp_tui.model.kinds import place_of
from bscp_tui.model.merging import alike, merged
from bscp_tui.model.spoken import spoken
from bscp_tui.store.starter import starter_records
from bscp_tui.store.toml_text import dumped, parse

SCALARS: tuple[object, ...] = (
    0,
    -5,
    True,
    "x",
    "",
    1.5,
    dt.date(2026, 1, 1),
    dt.datetime(2026, 1, 1, tzinfo=dt.UTC),
    dt.time(1, 2),
)


def _anything(order: random.Random, depth: int = 0) -> object:
    if depth > 2 or order.random() < 0.5:
        return order.choice(SCALARS)
    if order.random() < 0.5:
        return [_anything(order, depth + 1) for _ in range(order.randrange(4))]
    return {order.choice(("id", "number", "a")): _anything(order, depth + 1) for _ in range(order.randrange(4))}


def _odd(value: Any, order: random.Random) -> Any:
    """Return a document some of whose values are of another shape, gone, or moved."""
    if isinstance(value, dict):
        return {key: _odd(inner, order) for key, inner in value.items() if order.random() > 0.03}
    if order.random() < 0.05:
        return _anything(order)
    if isinstance(value, list):
        rows = [_odd(row, order) for row in value if order.random() > 0.05]
        order.shuffle(rows) if order.random() < 0.05 else None
        return [*rows, _anything(order)] if order.random() < 0.05 else rows
    return value


@pytest.mark.parametrize("seed", range(3))
def test_whatever_stands_where_a_field_was_is_compared_told_and_merged(seed: int) -> None:
    order = random.Random(seed)  # noqa: S311 - nothing secret
    for file in sorted(starter_records().rglob("*.toml")):
        place = place_of(file.relative_to(starter_records()).as_posix())
        if place is None:
            continue
        base = parse(file.read_bytes())
        ours, theirs = _odd(base, order), _odd(base, order)
        for change in differences(ours, theirs):
            assert change_line(change)
            spoken(change.old)
            spoken(change.new)
            innermost(*place, change, theirs, ours)
            get(theirs, change.path)
        assert alike(merged(base, ours, base, place[0].model).document, ours)
        assert merged(base, ours, theirs, place[0].model).document is not None
        assert parse(dumped(theirs, place[0].model).encode()) is not None
