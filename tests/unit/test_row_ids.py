"""Rows of one table never share an id, however few ids there are to draw from."""

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest

from bscp_tui.model import document
from bscp_tui.model.document import new_item_ids, with_ids
from bscp_tui.synthetic.world import World
from tests.cli.support import bscp, done


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Draw each id twice, as chance does once in a million times."""
    drawn = (letters for number in itertools.count() for letters in [f"a{number:03}"] * 2)

    def letter(_: str) -> Iterator[str]:
        for letters in drawn:
            yield from letters

    stream = letter("")
    monkeypatch.setattr("secrets.choice", lambda _: next(stream))


@pytest.mark.usefixtures("few")
def test_an_id_that_is_drawn_again_is_drawn_anew() -> None:
    assert document.new_item_id() == document.new_item_id() == "a000"
    assert list(itertools.islice(new_item_ids(["a001"]), 3)) == ["a002", "a003", "a004"]
    assert [row["id"] for row in with_ids([{"number": number} for number in range(3)], "ev-")] == [
        "ev-a004", "ev-a005", "ev-a006",
    ]  # fmt: skip


@pytest.mark.usefixtures("few")
def test_a_row_never_takes_the_place_of_another(folder: Path) -> None:
    done(folder, "add", "learning-point", "ref=LP-0901", "text=Confirm it", "agencies=nspcc; afruca; bcc",
         "--reason", "As sent")  # fmt: skip
    for number in range(3):
        done(folder, "set", "2025-27/4.1.3", "note=x", "--evidence", f"Seen {number}", "--reason", "As told")
        done(folder, "add", "key-action", "action=2025-27/4.1", f"title=Another {number}", "--reason", "As told")
    shown = bscp(folder, "show", "2025-27/4.1.3", "--format", "json").out
    assert all(f"Seen {number}" in shown for number in range(3))
    assert bscp(folder, "check").out.count("row-doubled") == 0


def test_invented_rows_never_share_one() -> None:
    world = World(1, 1)
    drawn = [world.identifier() for _ in range(20_000)]
    assert len(set(drawn)) == len(drawn)
