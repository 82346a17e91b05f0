"""What was to come again and again, and what a figure is made of: each mutation of the starter is raised."""

from pathlib import Path

import pytest

from tests.checks.asking import by_hand, queries, raised

MEETING = """group = "{group}"
date = {date}
title = "{group}, {date}"
status = "{status}"
audience = "public"
"""


def _meeting(folder: Path, group: str, date: str, status: str = "held") -> None:
    path = folder / "records/meetings/00/MT-0090.toml"
    path.write_text(MEETING.format(group=group, date=date, status=status))


def test_a_group_that_did_not_meet_in_time_is_asked_about_until_a_meeting_is_arranged(folder: Path) -> None:
    group = "safeguarding-leaders-assembly"
    assert [(query.ref, query.severity) for query in raised(folder, "group-not-met")] == [(group, "info")]
    _meeting(folder, group, "2025-12-01")
    assert [(query.ref, query.severity) for query in raised(folder, "group-not-met")] == [(group, "warning")]
    _meeting(folder, group, "2026-02-01")
    assert raised(folder, "group-not-met") == []
    _meeting(folder, group, "2026-08-01", "scheduled")
    assert raised(folder, "group-not-met") == []


def test_a_meeting_whose_day_is_over_is_to_be_told_of(folder: Path) -> None:
    known = {query.ref for query in raised(folder, "meeting-not-told")}
    assert known == {"MT-0009", "MT-0010"}
    _meeting(folder, "executive-board", "2026-06-30", "scheduled")
    assert {query.ref for query in raised(folder, "meeting-not-told")} == known | {"MT-0090"}
    _meeting(folder, "executive-board", "2026-07-01", "scheduled")
    assert {query.ref for query in raised(folder, "meeting-not-told")} == known


def test_a_duty_that_was_due_and_not_seen_is_asked_about(folder: Path) -> None:
    before = {(query.ref, query.field) for query in raised(folder, "duty-not-seen")}
    place = folder / "records/groups/executive-board.toml"
    row = '\n[[duties]]\nid = "zzzz"\ntitle = "The risk register"\nfirst_due = 2026-06-30\n'
    place.write_text(place.read_text().rstrip("\n") + "\n" + row)
    found = {(query.ref, query.field) for query in raised(folder, "duty-not-seen")}
    assert found - before == {("executive-board", "duties.zzzz")}
    by_hand(folder, "records/groups/executive-board.toml", "first_due = 2026-06-30", "first_due = 2026-07-01")
    assert {(query.ref, query.field) for query in raised(folder, "duty-not-seen")} == before


def test_a_measure_needs_something_to_be_compared_with(folder: Path) -> None:
    before = {query.ref for query in raised(folder, "measure-without-baseline")}
    assert {"ME-0011", "ME-0020"} <= before
    assert not {"ME-0001", "ME-0012", "ME-0016"} & before
    by_hand(folder, "records/measures/00/ME-0011.toml", 'unit = "number"', 'unit = "number"\nbaseline = 80')
    assert before - {query.ref for query in raised(folder, "measure-without-baseline")} == {"ME-0011"}


def test_parts_above_their_total_are_raised_without_a_question_too(folder: Path) -> None:
    assert raised(folder, "parts-above-total") == []
    place = folder / "records/figures/00/PF-0001.toml"
    kept = [line for line in place.read_text().split("\n") if not line.startswith("question")]
    place.write_text("\n".join(kept).replace("figure = 49", "figure = 48"))
    assert [query.ref for query in raised(folder, "parts-above-total")] == ["PF-0001"]


@pytest.mark.parametrize(
    ("path", "old", "new", "rule", "ref"),
    [
        ("budget/00/BU-0001.toml", "amount = 929371", "amount = 929317", "figure-against-records", "PF-0044"),
        ("budget/00/BU-0003.toml", "spent = 67931", "spent = 67913", "figure-against-records", "PF-0047"),
        ("training/00/TR-0003.toml", "modules = 3", "modules = 4", "figure-against-records", "PF-0035"),
        ("training/00/TR-0003.toml", 'year = "2024/25"', 'year = "2025/26"', "figure-against-records", "PF-0034"),
        ("training-events/00/TE-0001.toml", "completions = 251", "completions = 215", "figure-against-records",
         "PF-0048"),
        ("measures/00/ME-0020.toml", "numerator = 1291", "numerator = 1219", "figure-against-records", "PF-0038"),
        ("measures/00/ME-0004.toml", "value = 3028", "value = 3208", "figure-against-records", "PF-0025"),
        ("figures/00/PF-0037.toml", "figure = 1905", "figure = 1950", "figure-against-records", "PF-0037"),
        ("audits/00/AU-0008.toml", "reported = 2024-06-20", "reported = 2022-06-20", "date-outside-year", "AU-0008"),
        ("training-events/00/TE-0008.toml", "date = 2024-12-12\ngroup", "date = 2026-12-12\ngroup",
         "happened-in-future", "TE-0008"),
    ],
)  # fmt: skip
def test_a_changed_count_sum_or_day_is_raised_by_what_it_is_published_beside(
    folder: Path, path: str, old: str, new: str, rule: str, ref: str
) -> None:
    before = {query.identity for query in queries(folder)}
    by_hand(folder, f"records/{path}", old, new)
    brought = {(query.rule, query.ref) for query in queries(folder) if query.identity not in before}
    assert (rule, ref) in brought
