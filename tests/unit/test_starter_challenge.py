"""Challenges, feedback, benchmarks, milestones, communications, statistics, terms: as the documents tell them."""

from collections import Counter
from datetime import date

from tests.unit.starter_files import record, records_in


def test_the_challenge_on_home_education_has_its_reply_and_its_promise_which_is_chased_once() -> None:
    challenge = records_in("challenges")["CH-0001"]
    assert (challenge["raised_as"], challenge["owner"], challenge["status"]) == (
        "March 2025",
        "joanne-roney",
        "replied",
    )
    (promise,) = challenge["commitments"]
    assert "from 8 to 18" in promise["text"]
    assert promise["due"] == date(2025, 12, 31)
    assert promise["chased_as"] == "AP-0003"


def test_eight_challenges_and_requests_are_told_and_one_is_assured() -> None:
    found = records_in("challenges")
    assert Counter(each["type"] for each in found.values()) == {"challenge": 1, "assurance-request": 7}
    assert Counter(each["status"] for each in found.values()) == {"raised": 3, "replied": 4, "assured": 1}
    assert [ref for ref, each in found.items() if "reply" in each] == [
        ref for ref, each in found.items() if each["status"] != "raised"
    ]


def test_its_silent_has_eight_recommendations_of_which_five_concern_how_reviews_are_commissioned() -> None:
    (benchmark,) = records_in("benchmarks").values()
    lines = benchmark["recommendations"]
    assert [line["number"] for line in lines] == [1, 2, 3, 4, 5, 6, 7, 8]
    assert [line["number"] for line in lines if "position" in line] == [1, 2, 3, 4, 5]
    assert {line["status"] for line in lines} == {"not-assessed"}
    assert not any("text" in line for line in lines)


def test_feedback_of_26_parents_and_155_professionals_and_nothing_says_that_they_were_told_back() -> None:
    found = records_in("feedback")
    assert {ref: each["sample"] for ref, each in found.items() if "sample" in each} == {"FB-0001": 26, "FB-0002": 155}
    assert {each["status"] for each in found.values()} == {"acted-on", "themed"}
    assert [len(each["points"]) for each in found.values()] == [7, 9, 6, 3]


def test_ten_milestones_of_which_three_are_chased_as_action_points() -> None:
    found = records_in("milestones")
    assert Counter(each["status"] for each in found.values()) == {"complete": 5, "in-progress": 3, "not-started": 2}
    assert {ref: each["chased_as"] for ref, each in found.items() if "chased_as" in each} == {
        "MS-0005": "AP-0005", "MS-0008": "AP-0007", "MS-0009": "AP-0006",
    }  # fmt: skip
    points = records_in("action-points")
    for each in found.values():
        if "chased_as" in each:
            assert points[each["chased_as"]]["target"] == each["target"]


def test_twelve_communications_with_the_reach_that_is_told() -> None:
    found = records_in("communications")
    assert len(found) == 12
    assert {each["title"]: each["reach"] for each in found.values() if "reach" in each} == {
        "Neglect Practice Week": 1400,
        "Learning from four LCSPRs": 9000,
        "BAFGM Zero Tolerance Day Conference": 100,
        "Quarterly safeguarding newsletter": 1600,
        "Domestic Abuse Prevention Strategy: launch": 100,
    }
    assert [ref for ref, each in found.items() if each["status"] == "planned"] == ["CM-0011"]


def test_twenty_statistics_of_part_2_hold_the_figures_that_are_printed_and_none_from_the_map() -> None:
    found = records_in("statistics")
    assert len(found) == 20
    values = [each.get("value") for each in found.values()]
    assert values == [None, None, 40, 48, 55, 55, 53, 53, None, 1186000, 1230000, 9.4, 9, 15, 39.8, 2300, 26, 14.8,
                      32.5, 6.1]  # fmt: skip
    assert [ref for ref, each in found.items() if "value" not in each] == ["ST-0001", "ST-0002", "ST-0009"]
    assert {ref: each["compared_with"] for ref, each in found.items() if "compared_with" in each} == {"ST-0019": 14.2}


def test_the_glossary_has_a_meaning_for_every_term_and_no_abbreviation_twice() -> None:
    found = records_in("terms")
    assert len(found) == 56
    assert all(each["text"] for each in found.values())
    short = Counter(each["short_name"] for each in found.values() if "short_name" in each)
    assert [name for name, count in short.items() if count > 1] == []
    assert short.keys() >= {"MASA", "LSP", "DSP", "LCSPR", "SIN", "MARAC", "GCP2", "EHE", "EHCP", "RHRT", "MACPT"}


def test_the_yearly_report_has_seven_parts_three_undated_sign_offs_and_five_recipients() -> None:
    report = records_in("published")["RP-0001"]
    assert len(report["sections"]) == 7
    assert [row["party"] for row in report["sign_offs"]] == ["craig-guildford", "david-melbourne", "joanne-roney"]
    assert not any("signed" in row for row in report["sign_offs"])
    assert Counter(row["way"] for row in report["recipients"]) == {"presented": 3, "sent": 2}
    assert not any("sent" in row or "presented" in row for row in report["recipients"])


def test_no_disagreement_and_no_stage_is_published_so_none_is_recorded() -> None:
    assert not records_in("disagreements")
    assert "escalation" not in record("bscp.toml")
