"""The starter's reviews and themes are those that the report names; nothing else is told of them."""

import re
from collections import Counter
from datetime import date

from tests.unit.starter_files import published_hashes, records_in, seed_runs, strings

PUBLISHED = {
    "2022-23-02": "June 2024",
    "2019-20-01": "July 2024",
    "2021-22-01": "September 2024",
    "2020-21-01": "December 2024",
    "june-2025-a": "June 2025",
    "june-2025-b": "June 2025",
}
IMPROVEMENT = {
    "information-sharing": "Information Sharing",
    "professional-curiosity": "Professional Curiosity",
    "safety-planning": "Safety Planning",
    "childs-voice": "Child's Voice",
    "parental-needs": "Parental Needs",
    "tool-usage": "Tool Usage",
}
GOOD_PRACTICE = {
    "use-of-assessment-tools": "Use of Assessment Tools",
    "commitment-to-learning": "Commitment to Learning",
    "multi-agency-collaboration": "Multi-Agency Collaboration",
    "direct-work-with-children": "Direct Work with Children",
    "escalation-and-supervision": "Escalation and Supervision",
}
# The headings under which the report tells what reviews taught, with how many messages stand under each.
MESSAGES = {
    "culture-religion-and-customs": 1,
    "serious-youth-violence": 5,
    "information-sharing": 2,
    "not-brought-to-appointment": 1,
    "domestic-violence-and-drug-misuse": 3,
    "think-family": 1,
    "temporary-accommodation": 1,
    "escalation-protocol": 1,
    "elective-home-education": 1,
    "stepping-down": 1,
    "child-protection-medicals": 1,
}


def test_there_are_four_reviews_of_2024_25_with_their_references_and_two_of_june_2025_without() -> None:
    reviews = records_in("reviews")
    assert {ref: review["published_as"] for ref, review in reviews.items()} == PUBLISHED
    assert all((review["type"], review["status"]) == ("lcspr", "published") for review in reviews.values())
    without = {ref for ref, review in reviews.items() if "reference is not published" in review["source"]["note"]}
    assert without == {"june-2025-a", "june-2025-b"}


def test_only_the_month_of_publication_is_recorded_and_the_source_says_so() -> None:
    for review in records_in("reviews").values():
        assert "published" not in review
        assert "month of publication" in review["source"]["note"]


def test_no_day_of_a_clock_or_decision_is_invented() -> None:
    told = {key for review in records_in("reviews").values() for key, value in review.items() if type(value) is date}
    assert told == {"webinar_date"}
    assert records_in("reviews")["june-2025-a"]["webinar_date"] == date(2025, 7, 9)


def test_only_the_review_whose_title_is_published_bears_one_and_the_others_say_whose_theirs_is() -> None:
    own = {
        ref
        for ref, review in records_in("reviews").items()
        if "title is the register's own" in review["source"]["note"]
    }
    assert own == {"2019-20-01", "2021-22-01", "2020-21-01"}
    assert records_in("reviews")["2022-23-02"]["title"] == "Serious Youth Violence – Breaking the Cycle"


def test_a_webinar_is_recorded_only_where_title_or_subject_ties_it_to_the_review() -> None:
    held = {ref for ref, review in records_in("reviews").items() if "webinar" in review}
    assert held == {"2022-23-02", "2021-22-01", "2020-21-01", "june-2025-a"}


def test_the_attendance_of_all_webinars_together_is_no_reviews_attendance() -> None:
    assert not any("webinar_attendance" in review for review in records_in("reviews").values())


def test_what_a_review_says_holds_no_age_no_heritage_and_no_day_that_could_point_at_a_family() -> None:
    for review in records_in("reviews").values():
        words = " ".join(text for key, text in strings(review) if key in {"title", "text"})
        assert not re.search(
            r"\bmonth-old\b|\byear-old\b|\b20[0-2]\d-\d\d-\d\d\b|\b\d+ (January|August)\b|Ghana|Islam", words
        )


def test_the_audits_gave_six_themes_to_improve_and_five_of_good_practice() -> None:
    themes = records_in("themes")
    for type_, expected in (("improvement", IMPROVEMENT), ("good-practice", GOOD_PRACTICE)):
        assert {slug: each["title"] for slug, each in themes.items() if each["type"] == type_} == expected
        assert all(themes[slug]["text"] for slug in expected)


def test_the_headings_of_the_reviews_are_themes_with_one_key_message_for_each_that_is_printed() -> None:
    themes = records_in("themes")
    assert {slug: len(each["key_messages"]) for slug, each in themes.items() if "key_messages" in each} == MESSAGES
    practice = {slug for slug, each in themes.items() if each["type"] == "practice"}
    assert practice == MESSAGES.keys() - {"information-sharing"}
    assert Counter(each["type"] for each in themes.values()) == {"practice": 10, "improvement": 6, "good-practice": 5}


def test_the_longest_headings_stand_as_they_are_printed() -> None:
    long = [runs for theme in records_in("themes").values() if (runs := list(seed_runs().runs_of(theme["title"])))]
    assert len(long) == 1
    assert all(seed_runs().hash_of(run) in published_hashes() for runs in long for run in runs)
