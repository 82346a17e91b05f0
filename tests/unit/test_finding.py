"""What people type leads to the record that they mean, also when they misspell it."""

import datetime as dt
from pathlib import Path

import pytest

from bscp_tui.store.finding import Found, How, find
from bscp_tui.store.register import open_register
from bscp_tui.store.snapshot import Snapshot


@pytest.fixture
def starter(folder: Path) -> Snapshot:
    return open_register(folder, dt.date(2026, 11, 22)).snapshot()


def found(starter: Snapshot, text: str) -> list[Found]:
    return list(find(starter.findable, text, plan="2025-27"))


def refs(starter: Snapshot, text: str) -> list[str]:
    return [one.view.ref for one in found(starter, text)]


def test_a_name_comes_before_a_text(starter: Snapshot) -> None:
    hits = found(starter, "serious youth violence")
    hows = [one.how for one in hits]
    assert hits[0].view.ref == "2025-27/4.1.3"
    assert hows == sorted(hows, key=[How.NAME, How.TEXT].index)
    assert How.TEXT in hows
    shown = [one.words.lower() for one in hits if one.how is How.TEXT and one.words]
    assert all({"serious", "youth", "violence"} & set(words.replace(",", " ").split()) for words in shown)


def test_a_reference_an_owner_and_a_misspelling_find(starter: Snapshot) -> None:
    assert refs(starter, "4.1.3")[0] == "2025-27/4.1.3"
    assert "2025-27/4.1.2" in refs(starter, "exploitation sub-group")
    misspelt = found(starter, "serius yuoth violance team")
    assert "2025-27/4.1.3" in [one.view.ref for one in misspelt]
    assert {one.how for one in misspelt} == {How.ALIKE}


@pytest.mark.parametrize(
    ("misspelt", "meant"),
    [
        ("sutainable", "2025-27/4.2.3"),
        ("neglekt", "neglect"),
        ("voilence", "2025-27/4.1.3"),
        ("voilence yuoth", "2025-27/4.1.3"),
    ],
)
def test_one_misspelt_word_of_a_long_name_finds_it(starter: Snapshot, misspelt: str, meant: str) -> None:
    hits = found(starter, misspelt)
    assert any(meant in one.view.ref for one in hits)
    assert {one.how for one in hits} == {How.ALIKE}


@pytest.mark.parametrize("text", ["", "   ", "qqqqqqqq", "[/]", "x" * 3000])
def test_nothing_is_found_for_nothing(starter: Snapshot, text: str) -> None:
    assert found(starter, text) == []
