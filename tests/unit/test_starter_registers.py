"""The starter's measures, training, budget and meetings: the figures that are printed, and no others."""

from datetime import date
from typing import Any

from tests.unit.starter_files import Table, action, records_in


def _by_title(folder: str) -> dict[str, Table]:
    return {found["title"]: found for found in records_in(folder).values()}


def _values(title: str) -> list[float]:
    return [row["value"] for row in _by_title("measures")[title]["values"]]


def test_the_measures_are_those_printed_for_two_years() -> None:
    assert _values("Incidents shared with schools under Operation Encompass") == [15491, 16992]
    assert _values("High-risk victims of domestic abuse discussed at MARAC") == [2970, 3242]
    assert _values("Children involved in discussions at MARAC") == [4901, 5185]
    days = {row["date"] for found in _by_title("measures").values() for row in found.get("values", ())
            if row.get("period") == "2024/25"}  # fmt: skip
    assert days == {date(2025, 3, 31)}


def test_home_education_is_told_group_by_group_and_its_total_is_doubted_not_mended() -> None:
    told = {title: found for title, found in _by_title("measures").items() if "educated at home" in title}
    newest = [found["values"][-1]["value"] for found in told.values()]
    assert newest == [3727, 67, 17, 10, 4, 119, 181, 83]
    assert 3727 - told["Children educated at home by choice"]["values"][0]["value"] == 699
    assert "worked out" in told["Children educated at home by choice"]["source"]["note"]
    assert all(figure in told["Children educated at home in care"]["source"]["note"] for figure in ("217", "98", "83"))
    advisers = _by_title("measures")["Advisers for elective home education"]
    assert (advisers["baseline"], advisers["target"], advisers["target_date"]) == (8, 18, date(2025, 12, 31))


def test_what_is_not_exact_says_so() -> None:
    rows = {title: [row.get("precision") for row in found.get("values", ())]
            for title, found in _by_title("measures").items()}  # fmt: skip
    assert rows["Implementation of Graded Care Profile 2, as the NSPCC assesses it"] == ["less-than", None]
    assert _values("Implementation of Graded Care Profile 2, as the NSPCC assesses it") == [60, 96]
    assert rows["Practitioners trained in Graded Care Profile 2"] == ["more-than"]


def test_the_places_of_the_year_make_the_utilisation_that_is_printed() -> None:
    (row,) = _by_title("measures")["Utilisation of training places"]["values"]
    assert (row["numerator"], row["denominator"], row["value"]) == (1291, 1905, 68)
    assert round(row["numerator"] * 100 / row["denominator"]) == row["value"]
    assert _values("Delegates who gave their organisation as “other”") == [258]


def test_a_figure_that_exists_only_as_a_picture_has_no_value() -> None:
    empty = {title for title, found in _by_title("measures").items() if "values" not in found}
    assert empty - {"Advisers for elective home education"} == {
        "Assessments made with Graded Care Profile 2",
        "Rapid reviews submitted within 15 working days",
        "Replies of the National Panel within 15 working days",
    }
    for title in empty:
        found = _by_title("measures")[title]
        assert "picture" in found["source"]["note"] or "baseline" in found


def test_appendix_2_has_16_rows_that_make_68_modules() -> None:
    courses = records_in("training")
    assert list(courses) == [f"TR-{number:04d}" for number in range(1, 17)]
    assert [course["modules"] for course in courses.values()] == [1, 1, 3, 2, 3, 2, 3, 2, 23, 3, 5, 5, 6, 2, 5, 2]
    assert sum(course["modules"] for course in courses.values()) == 68
    assert not any({"places", "attended", "sessions", "cost"} & course.keys() for course in courses.values())


def test_events_have_the_delegates_and_completions_that_are_printed() -> None:
    events = _by_title("training-events")
    assert sum(found.get("completions", 0) for found in events.values()) == 251 + 631
    assert events["Neglect Foundations eLearning"]["completions"] == 251
    assert events["Right Help, Right Time eLearning"]["completions"] == 631
    webinars = events["Webinars on the four reviews published in 2024/25"]
    assert (webinars["delegates"], webinars["held"], len(webinars["reviews"])) == (668, 4, 4)
    told = {found["delegates"] for found in events.values() if "delegates" in found}
    assert told == {668, 51, 267, 1400, 59}
    (overall, better) = events["Development session on taking part in local reviews"]["evaluations"]
    assert (overall["rating"], overall["rating_of"], better["positive"]) == (4.43, 5, 100)


def test_the_budget_is_what_is_printed_and_the_pictures_are_not_recorded() -> None:
    lines: dict[str, Any] = records_in("budget")
    told = [(line["type"], line["amount"], line.get("spent")) for line in lines.values()]
    assert told == [("budget", 929371, None), ("carry-forward", 207786, None), ("allocation", 120037, 67931)]
    assert {line["year"] for line in lines.values()} == {"2024/25"}
    assert "Figure 15" in lines["BU-0001"]["source"]["note"]


def test_meetings_are_those_of_which_the_day_is_told() -> None:
    meetings = records_in("meetings")
    assert [(found["group"], found["date"].isoformat(), found["status"]) for found in meetings.values()] == [
        ("executive-board", "2023-05-22", "held"),
        ("executive-board", "2024-05-22", "held"),
        ("executive-board", "2025-01-29", "held"),
        ("quality-impact-and-outcomes", "2024-06-20", "held"),
        ("quality-impact-and-outcomes", "2025-02-03", "held"),
        ("safeguarding-leaders-assembly", "2024-04-25", "held"),
        ("safeguarding-leaders-assembly", "2025-04-03", "held"),
        ("west-midlands-masa-network", "2025-03-18", "held"),
        ("regional-lead-safeguarding-partners", "2025-10-01", "scheduled"),
        ("executive-board", "2025-05-14", "scheduled"),
    ]
    assert not any("attendance" in found for found in meetings.values())
    assert "14 May 2025" in action("1.3")["update"]


def test_the_cycle_says_how_often_each_body_meets_or_sees_what() -> None:
    groups = records_in("groups")
    rhythm = {slug: group["times_a_year"] for slug, group in groups.items() if "times_a_year" in group}
    assert rhythm == {
        "complexity-hub": 10, "family-advisory-board": 12, "lead-safeguarding-partners": 4,
        "regional-lead-safeguarding-partners": 1, "safeguarding-leaders-assembly": 2, "sub-group-co-chairs": 2,
    }  # fmt: skip
    duties = {slug: [duty.get("times_a_year") for duty in group["duties"]] for slug, group in groups.items()
              if "duties" in group}  # fmt: skip
    assert duties == {
        "bcypp": [1, 1], "children-out-of-sight": [None], "executive-board": [None, None, None],
        "health-and-wellbeing-board": [1], "icb-quality-committee": [1], "lead-safeguarding-partners": [4, 1, 1],
        "overview-and-scrutiny-committee": [1, 1], "quality-impact-and-outcomes": [6],
        "regional-lead-safeguarding-partners": [1], "safeguarding-leaders-assembly": [2], "sub-group-co-chairs": [2],
    }  # fmt: skip
