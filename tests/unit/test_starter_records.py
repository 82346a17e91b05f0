"""The starter records say what the published documents say, in the register's own words."""

from collections import Counter
from datetime import date

from tests.unit.starter_files import (
    BEFORE,
    NOW,
    ROWS,
    ROWS_WITH_ONE_TARGET,
    action,
    actions_before,
    key_actions,
    leads,
    numbers,
    record,
)

# The plan 2025-27


def test_the_register_is_the_starter_and_opens_with_the_plan_2025_27() -> None:
    register = record("bscp.toml")
    assert register.pop("documents") == [
        {
            "id": "b1p5",
            "title": "Business Improvement Plan 2025-27",
            "published": "May 2025",
            "effective": date(2025, 5, 31),
        },
        {
            "id": "ar24",
            "title": "Annual Report 2024/25",
            "published": "September 2025",
            "effective": date(2025, 9, 30),
        },
    ]
    assert set(register) >= {"clocks", "rules"}
    assert {key: value for key, value in register.items() if key not in {"clocks", "rules"}} == {
        "layout": 1,
        "name": "Birmingham Safeguarding Children Partnership",
        "short_name": "BSCP",
        "starter": True,
        "current_plan": NOW,
        "time_zone": "Europe/London",
        "bank_holidays": "GB-ENG",
    }


def test_the_plan_runs_from_april_2025_to_march_2027_and_has_no_legend() -> None:
    plan = record(f"plans/{NOW}/plan.toml")
    assert (plan["start"], plan["end"]) == (date(2025, 4, 1), date(2027, 3, 31))
    assert "legend" not in plan
    assert [(each["when"], each["by"]) for each in plan["approvals"]] == [
        ("February 2025", "delegated-safeguarding-partners"),
        ("March 2025", "executive-board"),
        ("May 2025", "bscp"),
    ]
    assert [len(plan[key]) for key in ("purpose", "principles", "values")] == [8, 5, 6]


def test_the_plan_has_four_priorities_each_with_its_senior_responsible_officer() -> None:
    assert numbers(NOW, "priorities") == {"1", "2", "3", "4"}
    officers = [
        record(f"plans/{NOW}/priorities/{number}.toml")["senior_responsible_officer"] for number in (1, 2, 3, 4)
    ]
    assert officers == ["james-thomas", "helen-kelly", "sue-harrison", "thomas-joyce"]


def test_the_plan_has_eleven_actions_and_rows_2_2_and_2_3_are_not_invented() -> None:
    assert numbers(NOW, "actions") == set(ROWS)
    assert all(action(number)["number"] == number for number in ROWS)


def test_the_plan_has_44_key_actions_numbered_from_one_in_each_row() -> None:
    counts = [len(key_actions(number)) for number in ROWS]
    assert counts == [4, 5, 6, 3, 4, 2, 1, 3, 4, 7, 5]
    assert sum(counts) == 44
    for number in ROWS:
        listed = [each["number"] for each in key_actions(number)]
        assert listed == list(range(1, len(listed) + 1))


def test_the_plan_has_36_targets() -> None:
    own = [each["target"] for number in ROWS for each in key_actions(number) if "target" in each]
    inherited = [action(number)["target"] for number in ROWS if "target" in action(number)]
    assert len(own) + len(inherited) == 36


def test_one_target_for_several_key_actions_is_the_rows_and_none_of_theirs() -> None:
    rows = {number: action(number)["target"] for number in ROWS if "target" in action(number)}
    assert rows == ROWS_WITH_ONE_TARGET
    for number in rows:
        assert not any({"target", "target_basis"} & each.keys() for each in key_actions(number))


def test_targets_that_pair_in_listed_order_say_that_the_order_is_assumed() -> None:
    for number in set(ROWS) - ROWS_WITH_ONE_TARGET.keys() - {"2.5"}:
        for each in key_actions(number):
            assert "target" in each
            assert each["target_basis"] == "order-assumed"
    (conference,) = key_actions("2.5")
    assert conference["target"] == date(2027, 3, 31)
    assert "target_basis" not in conference


def test_the_targets_are_the_published_dates_in_the_published_order() -> None:
    published = {
        "1.1": "2025-07-31 2025-12-31 2026-03-31 2027-03-31",
        "1.2": "2025-07-31 2025-12-31 2026-03-31 2027-03-31 2027-03-31",
        "1.3": "2025-05-31 2025-05-31 2025-05-31 2026-03-31 2025-12-31 2025-12-31",
        "3.2": "2025-09-30 2025-12-31 2025-05-31 2027-03-31",
        "4.1": "2025-12-31 2025-03-31 2026-03-31 2026-03-31 2025-03-31 2026-03-31 2026-03-31",
        "4.2": "2026-03-31 2026-03-31 2027-03-31 2026-03-31 2027-03-31",
    }
    for number, dates in published.items():
        listed = [each["target"].isoformat() for each in key_actions(number)]
        assert " ".join(listed) == dates


def test_the_two_targets_before_the_plan_begins_are_kept_as_published() -> None:
    early = [
        f"{number}.{each['number']}"
        for number in ROWS
        for each in key_actions(number)
        if each.get("target") == date(2025, 3, 31)
    ]
    assert early == ["4.1.2", "4.1.5"]


def test_the_years_are_the_published_marks_and_1_4_has_none() -> None:
    published = {
        "1.1": "1 1 1 2",
        "1.2": "12 1 12 12 12",
        "1.3": "1 1 12 1 1 12",
        "1.4": "- - -",
        "2.1": "1 1 1 1",
        "2.4": "2 2",
        "2.5": "2",
        "3.1": "12 12 1",
        "3.2": "12 12 1 12",
        "4.1": "1 1 12 1 12 2 12",
        "4.2": "12 12 12 1 12",
    }
    for number in ROWS:
        marks = ["".join(str(year) for year in each.get("years", [])) or "-" for each in key_actions(number)]
        assert " ".join(marks) == published[number]


def test_a_key_action_with_two_verbs_in_different_years_has_two_stages() -> None:
    staged = {
        f"{number}.{each['number']}": [stage["year"] for stage in each["stages"]]
        for number in ROWS
        for each in key_actions(number)
        if "stages" in each
    }
    expected = "1.2.1 1.2.3 1.2.5 1.3.6 3.2.1 3.2.2 3.2.4 4.1.3 4.2.1 4.2.2 4.2.5"
    assert " ".join(staged) == expected
    assert all(years == [1, 2] for years in staged.values())


def test_all_begin_at_not_started_and_the_source_says_that_this_is_the_registers_word() -> None:
    for number in ROWS:
        for each in key_actions(number):
            assert each["status"] == "not-started"
            assert all(stage["status"] == "not-started" for stage in each.get("stages", []))
        note = action(number)["source"]["note"]
        assert "register's own starting value" in note
        assert "RAG is not recorded" in note


def test_no_status_or_rag_is_recorded_for_a_row_of_the_plan() -> None:
    assert not any({"rag", "status"} & action(number).keys() for number in ROWS)


def test_only_three_rows_carry_an_update() -> None:
    assert [number for number in ROWS if "update" in action(number)] == ["1.2", "1.3", "2.5"]
    assert not any("update" in each for number in ROWS for each in key_actions(number))


def test_every_row_has_outcomes_and_measures() -> None:
    assert [len(action(number)["outcomes"]) for number in ROWS] == [2, 4, 4, 2, 2, 1, 1, 3, 3, 3, 1]
    assert [len(action(number)["measures"]) for number in ROWS] == [3, 4, 4, 2, 2, 3, 1, 5, 4, 8, 1]


def test_the_leads_are_those_published_with_their_key_action_numbers() -> None:
    qio, training = "quality-impact-and-outcomes", "learning-and-development"
    assert {number: leads(number) for number in ROWS} == {
        "1.1": [("MACPT Project Manager", None)],
        "1.2": [("Families First Project Manager", None), ("lisa-harris", None)],
        "1.3": [(qio, [1, 4, 5, 6]), (training, [2])],
        "1.4": [("bsol-icb", None), ("birmingham-childrens-trust", None)],
        "2.1": [(qio, [1, 2, 4]), ("serious-cases", [3])],
        "2.4": [(qio, None)],
        "2.5": [(training, None)],
        "3.1": [("safeguarding-in-education", [1, 2]), ("elective-home-education-service", [3])],
        "3.2": [("children-out-of-sight", [1, 4]), (qio, [2]), (training, [3])],
        "4.1": [
            ("violence-reduction-partnership", [1]),
            ("child-exploitation", [2, 3, 4, 5, 6, 7]),
            (training, [7]),
        ],
        "4.2": [("child-exploitation", [1, 3, 5]), ("joint-chairs", [2, 4])],
    }


def test_two_leads_are_to_be_agreed_and_name_a_post_but_nobody() -> None:
    awaited = [
        (number, lead["post"]) for number in ROWS for lead in action(number)["leads"] if lead.get("to_be_agreed")
    ]
    assert awaited == [
        ("1.1", "MACPT Project Manager"),
        ("1.2", "Families First Project Manager"),
    ]


def test_where_leads_carry_numbers_only_1_3_3_has_none_and_only_4_1_7_has_two() -> None:
    gaps, overlaps = [], []
    for number in ROWS:
        numbered = [listed for _, listed in leads(number) if listed]
        if not numbered:
            continue
        held = Counter(each for listed in numbered for each in listed)
        for each in key_actions(number):
            reference = f"{number}.{each['number']}"
            if held[each["number"]] == 0:
                gaps.append(reference)
            elif held[each["number"]] > 1:
                overlaps.append(reference)
    assert gaps == ["1.3.3"]
    assert overlaps == ["4.1.7"]


# The plan 2023-25


def test_the_earlier_plan_has_four_priorities_and_49_actions() -> None:
    assert numbers(BEFORE, "priorities") == {"1", "2", "3", "4"}
    counts = {1: 14, 2: 10, 3: 10, 4: 15}
    expected = {f"{p}.{n}" for p, count in counts.items() for n in range(1, count + 1)}
    assert numbers(BEFORE, "actions") == expected
    assert len(expected) == 49
    assert all(found["number"] == number for number, found in actions_before().items())


def test_the_earlier_plan_runs_from_april_2023_to_march_2025_under_its_own_legend() -> None:
    plan = record(f"plans/{BEFORE}/plan.toml")
    assert (plan["start"], plan["end"]) == (date(2023, 4, 1), date(2025, 3, 31))
    assert [each["rag"] for each in plan["legend"]] == ["green", "amber", "red"]


def test_four_actions_of_the_earlier_plan_are_green_and_45_say_that_rag_is_not_recorded() -> None:
    found = actions_before()
    green = {number for number, each in found.items() if "rag" in each}
    assert green == {"1.1", "1.2", "1.3", "1.4"}
    assert all(found[number]["rag"] == "green" for number in green)
    silent = [each for number, each in found.items() if number not in green]
    assert len(silent) == 45
    assert all("RAG is not recorded" in each["source"]["note"] for each in silent)


def test_the_years_of_the_earlier_plan_are_its_tags_and_1_2_has_none() -> None:
    both = {"1.10", "3.7"}
    first = {
        *(f"1.{n}" for n in (1, *range(3, 10), 11)),
        *(f"2.{n}" for n in (1, 2, 3, 4, 9)),
        *(f"3.{n}" for n in (1, 2, 3, 4, 5, 8)),
        *(f"4.{n}" for n in range(1, 10)),
    }
    for number, each in actions_before().items():
        if number == "1.2":
            assert "years" not in each
        elif number in both:
            assert each["years"] == [1, 2]
        else:
            assert each["years"] == [1 if number in first else 2]


def test_actions_of_the_earlier_plan_have_outcomes_and_evidence_but_no_key_actions() -> None:
    for each in actions_before().values():
        assert each["outcomes"]
        assert each["evidence"]
        assert not {"key_actions", "status", "target"} & each.keys()


def test_only_two_actions_of_the_earlier_plan_name_no_body_that_acts() -> None:
    found = actions_before()
    assert {number for number, each in found.items() if "leads" not in each} == {"4.1", "4.5"}
