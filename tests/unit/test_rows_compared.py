"""Rows that stand where they stood are compared as any others are, only sooner."""

import copy
import random
from typing import Any

import pytest

from bscp_tui.model import document
from bscp_tui.model.document import differences

NAMES: list[Any] = ["a", "b", "a~1", 1, True, 1.0, "1", 2, "2"]


def _row(order: random.Random) -> Any:
    row: dict[str, Any] = {}
    for name in ("id", "number"):
        if order.random() < 0.5:
            row[name] = order.choice(NAMES)
    return row | {"text": order.choice("xyz")} if order.random() < 0.95 else order.choice("xyz")


def _changed(rows: list[Any], order: random.Random) -> list[Any]:
    changed = list(rows)  # the rows that stay are the very rows
    for _ in range(order.randrange(3)):
        way = order.choice("crais")
        at = order.randrange(len(changed)) if changed else 0
        if way == "c" and changed and isinstance(changed[at], dict):
            changed[at] = {**changed[at], order.choice(["id", "number", "text"]): order.choice(NAMES)}
        elif way == "r" and changed:
            del changed[at]
        elif way in "ai":
            changed.insert(at, _row(order))
        else:
            order.shuffle(changed)
    return changed if order.random() < 0.8 else copy.deepcopy(changed)


@pytest.mark.parametrize("seed", range(4))
def test_rows_that_stand_as_they_stood_are_told_as_matched_ones(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    order = random.Random(seed)  # noqa: S311 - nothing secret
    pairs = []
    for _ in range(2_000):
        old = [_row(order) for _ in range(order.randrange(6))]
        pairs.append(({"rows": old}, {"rows": _changed(old, order)}))
    quick = [differences(*pair) for pair in pairs]
    monkeypatch.setattr(document, "_stand_as_they_stood", lambda *_: False)
    assert repr(quick) == repr([differences(*pair) for pair in pairs])
    assert any(quick)
