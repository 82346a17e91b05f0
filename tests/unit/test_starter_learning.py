"""The starter's learning points are those that the report counts in Appendix 3, and no more is said of them."""

import re
from collections import Counter

from tests.unit.starter_files import Table, bodies, published_hashes, records_in, seed_runs

# Owners, total, completed, pending and overdue as printed; that this is so is tested below.
APPENDIX_3 = """\
BSCP 33 29 4 0
VRP 12 10 2 0
Contextual Safeguarding Board 13 11 2 0
WMP & Empower U 1 1 0 0
BWCH & UHB 1 1 0 0
Redthread & St Giles 1 1 0 0
WMP 4 4 0 0
Gangs, Violence, and Serious Organised Crime Operational Group 2 2 0 0
BCT & YJS 1 1 0 0
BCYPP 3 3 0 0
VRU & BSCP 2 2 0 0
VRU & Empower U 1 1 0 0
Education & Contextual Safeguarding Board 1 1 0 0
Birmingham Community Safety Partnership 3 3 0 0
ODOC 1 1 0 0
Preparation for Adulthood Service 1 1 0 0
VRU & Contextual Safeguarding Board 1 1 0 0
VRU & Safeguarding in Education Group 1 1 0 0
BSOLICB 3 2 1 0
BSCP/Birmingham Community Safety Partnership 1 1 0 0
Contextual Safeguarding Board/Birmingham Community Safety Partnership 3 1 2 0
BCT/BSCP 1 1 0 0
BSCP/SAFE Birmingham 1 1 0 0
BSCP/VRP 2 1 1 0
BCT/WMP/BSOLICB/Education/BCHC/UHB HGS/CAFCASS/NSPCC/BWCH 1 0 1 0
BCT 11 10 1 0
Public Health 1 1 0 0
WM Masa Network 1 1 0 0
BCHC 1 1 0 0
UHB HGS 1 0 1 0
BCHC/UHB HGS/BWCH 1 0 1 0
RSPG 3 0 3 0
RSPG/BSCP 1 0 1 0
SWBH 2 0 2 0
Education 2 2 0 0
BCYPP/BSCP 1 0 1 0
Health Safeguarding Board 1 0 1 0
BCC 1 1 0 0
Somerset SCP 1 1 0 0
Newham SCP 1 1 0 0
Total: 123 99 24 0"""
ROWS = {owner: tuple(map(int, counts)) for owner, *counts in (line.rsplit(" ", 4) for line in APPENDIX_3.split("\n"))}
TOTAL = ROWS.pop("Total:")
PARTS = re.compile(r" & |/")


def _points() -> list[Table]:
    return list(records_in("learning").values())


def _joint() -> list[Table]:
    return [point for point in _points() if len(point["owners"]) > 1]


def test_the_table_of_these_tests_is_word_for_word_the_published_one() -> None:
    runs = list(seed_runs().runs_of(APPENDIX_3))
    assert len(runs) > 250
    assert [run for run in runs if seed_runs().hash_of(run) not in published_hashes()] == []


def test_there_are_123_points_numbered_in_one_row_without_a_gap() -> None:
    assert list(records_in("learning")) == [f"LP-{number:04d}" for number in range(1, 124)]


def test_99_points_are_completed_and_24_pending_and_none_can_be_overdue() -> None:
    assert Counter(point["status"] for point in _points()) == {"completed": 99, "pending": 24}
    assert TOTAL == (123, 99, 24, 0)
    assert not any({"target", "revisions", "corrections"} & point.keys() for point in _points())


def test_each_of_the_40_owner_strings_counts_as_its_row_of_the_table_does() -> None:
    total = Counter(point["owners_as_published"] for point in _points())
    completed = Counter(point["owners_as_published"] for point in _points() if point["status"] == "completed")
    counted = {owner: (total[owner], completed[owner], total[owner] - completed[owner], 0) for owner in total}
    assert len(counted) == 40
    assert counted == ROWS


def test_the_points_stand_in_the_tables_order_completed_before_pending() -> None:
    listed = [(point["owners_as_published"], point["status"]) for point in _points()]
    printed = [
        (owner, status)
        for owner, (_, completed, pending, _) in ROWS.items()
        for status in ["completed"] * completed + ["pending"] * pending
    ]
    assert listed == printed


def test_18_strings_are_joint_and_stand_for_22_points_of_which_15_are_completed() -> None:
    assert len({point["owners_as_published"] for point in _joint()}) == 18
    assert Counter(point["status"] for point in _joint()) == {"completed": 15, "pending": 7}


def test_every_owner_named_in_the_string_has_a_line_in_the_strings_order() -> None:
    names: dict[str, str] = {}
    for slug, body in bodies().items():
        names |= dict.fromkeys([body["title"], body.get("short_name", ""), *body.get("aliases", [])], slug)
    for point in _points():
        owners = point["owners_as_published"]
        expected = [names[owners]] if owners in names else [names[part] for part in PARTS.split(owners)]
        assert [line["agency"] for line in point["owners"]] == expected
        assert [line["number"] for line in point["owners"]] == list(range(1, len(expected) + 1))


def test_the_longest_string_gives_nine_owners() -> None:
    assert max(len(point["owners"]) for point in _points()) == 9


def test_a_line_is_done_where_the_point_is_completed_and_a_joint_point_says_that_this_is_no_more_than_the_count() -> (
    None
):
    for point in _points():
        expected = "done" if point["status"] == "completed" else "asked"
        assert {line["status"] for line in point["owners"]} == {expected}
        assert ("not published" in point["source"].get("note", "")) == (len(point["owners"]) > 1)


def test_no_wording_review_theme_or_evidence_is_invented_and_the_text_says_so() -> None:
    for point in _points():
        assert point["status_basis"] == "as-published"
        assert point["source"]["place"] == "Appendix 3"
        assert "not published" in point["text"]
        assert "ready to be filled in" in point["text"]
        assert not {"review", "themes", "evidence", "update", "rag"} & point.keys()


def test_the_two_partnerships_from_elsewhere_own_one_point_each() -> None:
    away = {slug for slug, body in bodies().items() if body.get("out_of_area")}
    owned = Counter(line["agency"] for point in _points() for line in point["owners"] if line["agency"] in away)
    assert owned == {"somerset-scp": 1, "newham-scp": 1}
