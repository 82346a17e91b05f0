"""Measures: values in their unit, parts within the whole, and what follows from them."""

from typing import Any

import pytest

from tests.core.conftest import Tell


def measure(tell: Tell, *fields: str) -> None:
    """Add ME-0001, a number that should increase unless ``fields`` say otherwise."""
    told = tell("add", "measure", "ref=ME-0001", "title=Incidents shared with schools", "aim=increase", *fields)
    assert told.status == 0, told.err


def value(tell: Tell, *fields: str, day: str = "2025-03-31") -> int:
    return tell("add", "row", "of=ME-0001", "in=values", f"date={day}", *fields).status


def shown(tell: Tell) -> Any:
    return tell("show", "ME-0001", "--format", "json").json


def test_latest_change_direction_and_trend_follow_from_the_dated_values_in_any_order(tell: Tell) -> None:
    measure(tell)
    assert value(tell, "value=16,992", "period=2024/25") == 0
    assert value(tell, "value=15491", "period=2023/24", day="2024-03-31") == 0
    row = shown(tell)
    assert (row["latest"], row["latest_when"], row["change"]) == (16992, "2024/25", 1501)
    assert (row["direction"], row["trend"], row["change_since_baseline"]) == ("rising", "improving", None)
    listed = tell("list", "measure", "--format", "csv").out
    assert "16992" in listed
    assert "16,992" in tell("list", "measure", "--format", "plain").out


@pytest.mark.parametrize(
    ("aim", "old", "new", "trend"),
    [
        ("increase", 5, 5, "steady"), ("increase", 6, 5, "worsening"), ("decrease", 6, 5, "improving"),
        ("decrease", 5, 6, "worsening"), ("maintain", 5, 6, "moving"), ("maintain", 5, 5, "steady"),
        ("none", 5, 6, "not judged"),
    ],
)  # fmt: skip
def test_the_trend_is_judged_by_what_the_measure_aims_at(tell: Tell, aim: str, old: int, new: int, trend: str) -> None:
    measure(tell, f"aim={aim}")
    value(tell, f"value={old}", day="2024-03-31")
    value(tell, f"value={new}")
    assert shown(tell)["trend"] == trend


def test_a_baseline_is_what_the_change_is_measured_from(tell: Tell) -> None:
    measure(tell, "unit=percent")
    refused = tell("status", "ME-0001", "baselined", "--reason", "Agreed")
    assert refused.status == 1
    assert "baseline is missing" in refused.err
    assert tell("status", "ME-0001", "baselined", "baseline=66.1", "--reason", "Agreed").status == 0
    value(tell, "value=67.8")
    assert tell("set", "ME-0001", "target=70", "--reason", "Agreed").status == 0
    assert shown(tell)["change_since_baseline"] == 1.7
    assert shown(tell)["target_met"] is False


def test_a_share_without_a_value_is_worked_out_from_its_parts(tell: Tell) -> None:
    measure(tell, "unit=percent")
    assert value(tell, "numerator=1291", "denominator=1905") == 0
    assert shown(tell)["latest"] == 67.8


@pytest.mark.parametrize(
    ("unit", "fields", "told"),
    [
        ("number", ("value=68", "unit=percent"), "is in percent; this measure is in number"),
        ("number", ("value=4.5",), "a number counts whole things"),
        ("number", ("value=-1",), "none below nought"),
        ("percent", ("value=168",), "between 0 and 100"),
        ("percent", ("value=-0.1",), "between 0 and 100"),
        ("percent", ("numerator=1906", "denominator=1905"), "1,906 of 1,905 is more than the whole"),
        ("days", ("value=-3",), "none below nought"),
        ("number", ("period=2024/25",), "has no figure"),
        ("percent", ("numerator=0", "denominator=0"), "has no figure"),
        ("percent", ("numerator=5", "denominator=0"), "5 of 0 is more than the whole"),
    ],
)
def test_a_value_that_its_unit_cannot_have_is_refused(
    tell: Tell, unit: str, fields: tuple[str, ...], told: str
) -> None:
    measure(tell, f"unit={unit}")
    refused = tell("add", "row", "of=ME-0001", "in=values", "date=2025-03-31", *fields)
    assert refused.status == 1
    assert told in refused.err
    assert shown(tell)["values"] == []


@pytest.mark.parametrize("text", ["68%", "£5", "many"])
def test_a_figure_typed_with_another_unit_is_not_read_as_a_number(tell: Tell, text: str) -> None:
    measure(tell)
    refused = tell("add", "row", "of=ME-0001", "in=values", "date=2025-03-31", f"value={text}")
    assert refused.status == 2
    assert "is not a number" in refused.err


def test_groups_are_together_no_more_than_all_whatever_comes_first(tell: Tell) -> None:
    measure(tell)
    assert value(tell, "value=100") == 0
    assert value(tell, "value=60", "characteristic=sex", "group=girls") == 0
    refused = tell(
        "add", "row", "of=ME-0001", "in=values", "date=2025-03-31", "value=41", "characteristic=sex", "group=boys"
    )
    assert refused.status == 1
    assert "make 101, more than the 100 of all" in refused.err
    assert value(tell, "value=40", "characteristic=sex", "group=boys") == 0
    assert value(tell, "value=100", "characteristic=age", "group=under 5") == 0
    lowered = tell("set", "ME-0001", "values.1.value=99", "--reason", "Counted again")
    assert lowered.status == 1
    assert shown(tell)["latest"] == 100


def test_a_unit_is_not_changed_under_values_that_it_cannot_have(tell: Tell) -> None:
    measure(tell)
    value(tell, "value=16992")
    assert tell("set", "ME-0001", "unit=percent", "--reason", "x").status == 1
    assert tell("set", "ME-0001", "unit=days", "--reason", "x").status == 0


def test_small_groups_percentages_that_disagree_and_days_to_come_are_told_but_recorded(tell: Tell) -> None:
    measure(tell, "unit=percent")
    told = tell("add", "row", "of=ME-0001", "in=values", "date=2025-03-31", "value=80", "numerator=1291",
                "denominator=1905")  # fmt: skip
    assert told.status == 0
    assert "its parts make 67.8%" in told.err
    assert "still to come" in tell("add", "row", "of=ME-0001", "in=values", "date=1/8/2026", "value=5").err
    tell("add", "measure", "ref=ME-0002", "title=x")
    small = tell(
        "add", "row", "of=ME-0002", "in=values", "date=1/6/2026", "value=4", "characteristic=race", "group=one"
    )
    assert small.status == 0
    assert "so few may be recognised" in small.err


def test_a_register_may_switch_a_rule_off_or_have_it_only_warn(tell: Tell) -> None:
    measure(tell, "unit=percent")
    assert tell("set", "register.value-in-unit", "level=warn", "--reason", "Rates above a hundred").status == 0
    told = tell("add", "row", "of=ME-0001", "in=values", "date=2025-03-31", "value=104")
    assert told.status == 0
    assert "value-in-unit" in told.err


def test_the_next_value_is_chased_once_a_rhythm_is_agreed(tell: Tell) -> None:
    measure(tell, "frequency=quarterly", "agency=POL")
    assert shown(tell)["open"] is False
    value(tell, "value=5", day="2026-02-28")
    row = shown(tell)
    assert (row["due"], row["overdue"]) == ("2026-05-31", True)
    chased = tell("report", "chase", "--format", "json").json["tables"][0]["rows"]
    assert [line["overdue"] for line in chased if line["party"] == "The Police"] == [1]


def test_the_report_gives_every_measure_its_values_and_says_what_is_not_recorded(tell: Tell) -> None:
    measure(tell)
    value(tell, "value=15491", day="2024-03-31")
    value(tell, "value=16992")
    tables = tell("report", "measures", "--format", "json").json["tables"]
    assert tables[0]["rows"][0]["latest"] == 16992
    assert tables[0]["rows"][0]["baseline"] is None
    assert [row["value"] for row in tables[1]["rows"]] == [15491, 16992]
    assert "not recorded" in tell("report", "measures", "--format", "plain").out
