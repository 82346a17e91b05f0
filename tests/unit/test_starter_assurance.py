"""The starter's audits, scrutiny items and action points: those that the report tells of, as far as it tells."""

from datetime import date, timedelta

from tests.unit.starter_files import records_in

YEAR_2024_25 = (date(2024, 4, 1), date(2025, 3, 31))


def test_four_audits_are_those_of_the_programme_with_their_days() -> None:
    dated = {ref: (audit["title"], audit["date"]) for ref, audit in records_in("audits").items() if "date" in audit}
    assert dated == {
        "AU-0001": ("Neglect GCP2", date(2024, 2, 20)),
        "AU-0002": ("Children living in temporary accommodation", date(2024, 3, 13)),
        "AU-0003": ("Intrafamilial Child Sexual Abuse", date(2024, 10, 22)),
        "AU-0004": ("Child Protection Medical Assessment", date(2025, 3, 31)),
    }
    assert {records_in("audits")[ref]["year"] for ref in dated} == {"2024/25"}


def test_a_day_outside_its_programmes_year_is_kept_as_printed_and_said() -> None:
    start, end = YEAR_2024_25
    outside, said = set(), set()
    for ref, audit in records_in("audits").items():
        if "date" in audit and not start <= audit["date"] <= end:
            outside.add(ref)
        if "lies in 2023/24" in audit["source"]["note"]:
            said.add(ref)
    assert outside == said == {"AU-0001", "AU-0002"}


def test_four_more_audits_are_told_of_in_appendix_1_by_month_or_report() -> None:
    told = {ref: audit for ref, audit in records_in("audits").items() if "date" not in audit}
    assert list(told) == ["AU-0005", "AU-0006", "AU-0007", "AU-0008"]
    assert [audit.get("date_as_told") for audit in told.values()] == [
        "considered in September 2023", "November 2023", "considered in February 2024", None,
    ]  # fmt: skip
    assert told["AU-0008"]["reported"] == date(2024, 6, 20)
    assert [audit.get("cases") for audit in told.values()] == [6, 10, None, None]


def test_only_the_finding_that_the_text_ties_to_one_audit_is_a_finding() -> None:
    found = {ref: audit["findings"] for ref, audit in records_in("audits").items() if "findings" in audit}
    assert list(found) == ["AU-0007"]
    (finding,) = found["AU-0007"]
    assert "21%" in finding["title"]
    assert not {"leads_to", "no_action"} & finding.keys()


def test_no_grade_is_invented() -> None:
    assert not any("grades" in audit for audit in records_in("audits").values())


def test_the_scrutiny_programme_has_five_themes_in_its_first_year_and_four_in_its_second() -> None:
    items = records_in("scrutiny")
    assert list(items) == [f"IS-{number:04d}" for number in range(1, 10)]
    assert [item["year"] for item in items.values()] == [1, 1, 1, 1, 1, 2, 2, 2, 2]
    assert {item["status"] for item in items.values()} == {"planned"}


def test_a_scrutiny_item_keeps_both_names_that_the_report_gives_the_programme() -> None:
    for item in records_in("scrutiny").values():
        assert "2024-26" in item["source"]["note"]
        assert "2025/27" in item["source"]["note"]
        assert item["programme"] == "Two-year programme"


def test_scrutiny_items_are_linked_to_the_priorities_that_are_evidently_meant() -> None:
    links = {ref: [link["to"] for link in item.get("links", [])] for ref, item in records_in("scrutiny").items()}
    assert {ref: to for ref, to in links.items() if to} == {
        "IS-0001": ["2023-25/1"],
        "IS-0003": ["2025-27/3", "2023-25/3"],
        "IS-0004": ["2025-27/4", "2025-27/4.1.4"],
        "IS-0005": ["2023-25/4"],
        "IS-0006": ["2025-27/2"],
        "IS-0008": ["2023-25/2"],
    }


def test_action_points_are_due_on_the_last_day_of_the_month_that_is_told_and_say_so() -> None:
    points = records_in("action-points")
    due = {ref: point["target"].isoformat() for ref, point in points.items() if "target" in point}
    assert due == {
        "AP-0001": "2025-07-31",
        "AP-0003": "2025-12-31",
        "AP-0004": "2025-11-30",
        "AP-0005": "2025-09-30",
        "AP-0006": "2025-10-31",
        "AP-0007": "2025-10-31",
        "AP-0009": "2026-04-30",
        "AP-0010": "2025-11-30",
    }
    assert all((point["target"] + timedelta(days=1)).day == 1 for point in points.values() if "target" in point)
    said = {ref for ref, point in points.items() if "the target is its last day" in point["source"]["note"]}
    assert said == due.keys()


def test_an_action_point_that_is_told_no_month_has_no_target_and_says_why() -> None:
    for point in records_in("action-points").values():
        if "target" not in point:
            assert any(words in point["source"]["note"] for words in ("no target is recorded", "No day is told"))


def test_whoever_reads_a_status_of_an_action_point_learns_what_it_rests_on() -> None:
    for point in records_in("action-points").values():
        note = point["source"]["note"]
        if point["status"] == "complete":
            assert point["evidence"]
        else:
            expected = {"not-started": "not started is the register's own", "in-progress": "at in progress since"}
            assert expected[point["status"]] in note


def test_the_two_actions_of_the_earlier_plan_that_slipped_are_still_owed() -> None:
    origins = {point["origin"]: ref for ref, point in records_in("action-points").items() if "origin" in point}
    assert origins == {"2023-25/4.10": "AP-0008", "2023-25/4.15": "AP-0009", "AP-0001": "AP-0002"}


def test_what_has_no_reference_or_is_only_counted_has_no_record() -> None:
    assert not any(records_in(folder) for folder in ("incidents", "returns", "questions", "evidence"))
