"""Merging copies: an administrator may, if the result is just what both sides held."""

import pytest

from bscp_tui.trust.merging import is_field_merge
from tests.support import git
from tests.trust.partners import RECORD, Partnership


def test_a_merge_by_an_administrator_of_two_fields_matches(partnership: Partnership) -> None:
    partnership.splits("4.2.1", "1.1.1")
    partnership.merges("Robin", "side")
    verdict = partnership.verdict()
    assert verdict.outcome == "matches", verdict.sentence
    assert verdict.entries == 10


def test_a_merge_by_an_editor_does_not(partnership: Partnership) -> None:
    partnership.splits("4.2.1", "1.1.1")
    partnership.merges("Alice", "side")
    assert "Alice Able is editor on the roster; such an entry needs administrator" in partnership.verdict().sentence


def test_a_merge_that_slips_something_in_does_not(partnership: Partnership) -> None:
    partnership.splits("4.2.1", "1.1.1")
    partnership.merges("Robin", "side")
    partnership.edits(RECORD, "not-started", "complete")
    partnership.commits("Robin", "Together", extra=("--amend",))
    verdict = partnership.verdict()
    assert verdict.outcome == "does not match"
    assert f"puts something into {RECORD} that neither side held" in (verdict.reason or "")


def test_somebody_who_joined_on_one_side_may_have_recorded_there(partnership: Partnership) -> None:
    git(partnership.folder, "branch", "side")
    partnership.admits("Mallory", ("editor",))
    partnership.saves("Mallory", "in-progress", ref="4.2.1")
    git(partnership.folder, "switch", "--quiet", "side")
    partnership.saves("Bob", "in-progress", ref="1.1.1")
    git(partnership.folder, "switch", "--quiet", "main")
    partnership.merges("Robin", "side")
    assert partnership.verdict().outcome == "matches"


def test_a_roster_changed_on_both_sides_does_not_match(partnership: Partnership) -> None:
    git(partnership.folder, "branch", "side")
    partnership.removes("Alice")
    git(partnership.folder, "switch", "--quiet", "side")
    partnership.removes("Bob")
    git(partnership.folder, "switch", "--quiet", "main")
    partnership.merges("Robin", "side", "-X", "ours")
    assert "the roster was changed on both sides" in partnership.verdict().sentence


BASE = {"title": "A", "status": "open", "rows": [{"id": "a", "text": "one"}, {"id": "b", "text": "two"}]}


@pytest.mark.parametrize(
    ("mine", "theirs", "result", "right"),
    [
        ({"title": "B"}, {"status": "done"}, {"title": "B", "status": "done"}, True),
        ({"title": "B"}, {"status": "done"}, {"title": "B"}, False),
        ({"title": "B"}, {"title": "C"}, {"title": "B"}, True),
        ({"title": "B"}, {"title": "C"}, {"title": "C"}, True),
        ({"title": "B"}, {"title": "C"}, {"title": "D"}, False),
        ({"title": "B"}, {"title": "C"}, {}, False),
        ({"title": "B"}, {"status": "done"}, {"title": "B", "status": "done", "note": "x"}, False),
    ],
)
def test_a_field_has_the_value_that_a_side_gave_it(
    mine: dict[str, object], theirs: dict[str, object], result: dict[str, object], *, right: bool
) -> None:
    assert is_field_merge(BASE, BASE | mine, BASE | theirs, BASE | result) is right


def test_rows_of_both_sides_are_kept() -> None:
    one = {**BASE, "rows": [*BASE["rows"], {"id": "c", "text": "three"}]}
    two = {**BASE, "rows": [{"id": "a", "text": "ONE"}, {"id": "b", "text": "two"}]}
    both = {**BASE, "rows": [{"id": "a", "text": "ONE"}, {"id": "b", "text": "two"}, {"id": "c", "text": "three"}]}
    assert is_field_merge(BASE, one, two, both)
    assert not is_field_merge(BASE, one, two, one)
