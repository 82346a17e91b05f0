"""Training is counted against its places, money against what was set."""

import pytest

from tests.core.conftest import Tell


def course(tell: Tell) -> None:
    told = tell("add", "training", "ref=TR-0001", "title=Neglect", "year=2026/27", "modules=2")
    assert told.status == 0, told.err


def session(tell: Tell, *fields: str) -> tuple[int, str]:
    told = tell("add", "session", "training=TR-0001", *fields)
    return told.status, told.err


def test_no_more_attend_than_there_are_places_unless_it_was_overbooked(tell: Tell) -> None:
    course(tell)
    status, told = session(tell, "places=20", "attended=21")
    assert status == 1
    assert "21 attended, but there were 20 places" in told
    assert session(tell, "places=20", "attended=23", "overbooked=2")[0] == 1
    assert session(tell, "places=20", "attended=22", "overbooked=2")[0] == 0
    assert tell("set", "TR-0001.1", "places=19", "--reason", "x").status == 1
    assert tell("set", "TR-0001.1", "attended=20", "--reason", "Counted again").status == 0
    assert tell("set", "TR-0001.1", "overbooked=", "--reason", "Not overbooked").status == 0


def test_those_who_booked_come_cancel_late_or_stay_away(tell: Tell) -> None:
    course(tell)
    status, told = session(tell, "places=20", "booked=18", "attended=15", "late_cancelled=2", "no_show=2")
    assert status == 1
    assert "of 18 booked" in told
    assert session(tell, "places=20", "booked=19", "attended=15", "late_cancelled=2", "no_show=2")[0] == 0


@pytest.mark.parametrize("name", ["places", "attended", "no_show", "overbooked"])
def test_nothing_is_counted_below_nought(tell: Tell, name: str) -> None:
    course(tell)
    status, told = session(tell, f"{name}=-1")
    assert status == 1
    assert "below nought" in told


def test_agencies_are_together_no_more_than_those_who_attended_and_other_is_told_apart(tell: Tell) -> None:
    course(tell)
    assert session(tell, "places=20", "attended=15")[0] == 0
    assert tell("add", "row", "of=TR-0001.1", "in=attendance", "agency=POL", "attended=9").status == 0
    assert tell("add", "row", "of=TR-0001.1", "in=attendance", "attended=6").status == 0
    refused = tell("add", "row", "of=TR-0001.1", "in=attendance", "agency=CT", "attended=1")
    assert refused.status == 1
    assert "make 16, more than the 15" in refused.err
    assert tell("show", "TR-0001.1", "--format", "json").json["other"] == 6


def test_utilisation_follows_from_the_sessions_that_say_both_or_from_the_totals(tell: Tell) -> None:
    course(tell)
    assert tell("show", "TR-0001", "--format", "json").json["utilisation"] is None
    session(tell, "places=20", "attended=15")
    session(tell, "places=30")
    row = tell("show", "TR-0001", "--format", "json").json
    assert (row["utilisation"], row["places_offered"], row["people"]) == (75.0, 50, 15)
    tell("set", "TR-0001", "places=1905", "attended=1291", "--reason", "As reported")
    assert tell("show", "TR-0001", "--format", "json").json["utilisation"] == 67.8
    assert [line["utilisation"] for line in tell("list", "session", "--format", "json").json] == [75.0, None]


def test_training_is_evaluated_at_the_end_and_again_after_weeks(tell: Tell) -> None:
    course(tell)
    for level in ("level-1", "level-2"):
        assert tell("add", "row", "of=TR-0001", "in=evaluations", f"level={level}", "positive=94").status == 0
    assert tell("show", "TR-0001", "--format", "json").json["evaluated_at"] == "level 1 and level 2"


def test_the_training_report_adds_up_courses_sessions_and_events(tell: Tell) -> None:
    course(tell)
    session(tell, "places=20", "attended=15", "late_cancelled=1")
    tell("add", "row", "of=TR-0001.1", "in=attendance", "agency=POL", "attended=9")
    tell("add", "training-event", "ref=TE-0001", "title=Online", "type=elearning", "completions=251")
    report = tell("report", "training", "--format", "json").json
    assert (report["modules"], report["places"], report["attended"], report["completions"]) == (2, 20, 15, 251)
    assert report["utilisation"] == 75.0
    assert [row["agency"] for row in report["tables"][2]["rows"]] == ["The Police", "not broken down"]


def budget(tell: Tell, *fields: str) -> tuple[int, str]:
    told = tell("add", "budget", *fields)
    return told.status, told.err


def test_money_belongs_to_a_financial_year(tell: Tell) -> None:
    status, told = budget(tell, "title=Training", "amount=£120,037")
    assert status == 1
    assert "Financial year" in told
    for year in ("2024", "2024-25", "2024/26", "24/25", "1999/01"):
        status, told = budget(tell, "title=Training", "amount=1", f"year={year}")
        assert status == 1, year
        assert "is no financial year" in told
    assert budget(tell, "title=Training", "amount=1", "year=1999/00")[0] == 0


def test_a_balance_is_what_was_set_less_what_was_spent(tell: Tell) -> None:
    assert budget(tell, "ref=BU-0001", "title=Training", "year=2024/25", "amount=£120,037")[0] == 0
    assert tell("show", "BU-0001", "--format", "json").json["balance"] is None
    assert tell("status", "BU-0001", "spent", "spent=£67,931", "--reason", "Year's end").status == 0
    row = tell("show", "BU-0001", "--format", "json").json
    assert (row["balance"], row["spent_share"], row["amount"]) == (52106, 56.6, 120037)
    listed = tell("list", "budget", "--format", "plain").out
    assert "£120,037" in listed
    assert "£52,106" in listed
    warned = tell("set", "BU-0001", "spent=£120,037.50", "--reason", "x")
    assert (warned.status, "is more than the £120,037 set" in warned.err) == (0, True)
    assert tell("show", "BU-0001", "--format", "json").json["balance"] == -0.5


def test_parts_of_a_budget_are_no_more_than_the_whole_from_either_end(tell: Tell) -> None:
    assert budget(tell, "ref=BU-0001", "title=All", "type=budget", "year=2024/25", "amount=£100")[0] == 0
    part = ("part_of=BU-0001", "year=2024/25")
    assert budget(tell, "ref=BU-0002", "title=Carried", "type=carry-forward", "amount=£60", *part)[0] == 0
    status, told = budget(tell, "title=Council", "type=contribution", "amount=£40.01", *part)
    assert status == 1
    assert "would make £100.01, more than its £100" in told
    assert budget(tell, "title=Training", "type=allocation", "amount=£100", *part)[0] == 0
    assert tell("set", "BU-0001", "amount=£99", "--reason", "x").status == 1
    assert budget(tell, "title=Late", "amount=1", "part_of=BU-0001", "year=2025/26")[0] == 1
    row = tell("show", "BU-0001", "--format", "json").json
    assert (row["income"], row["allocated"]) == (60, 100)


def test_the_budget_report_tells_a_year_by_source_and_by_use(tell: Tell) -> None:
    budget(tell, "ref=BU-0001", "title=All", "type=budget", "year=2024/25", "amount=£929,371")
    budget(tell, "title=Carried", "type=carry-forward", "amount=£207,786", "part_of=BU-0001", "year=2024/25")
    budget(tell, "title=Training", "amount=£120,037", "spent=£67,931", "area=Training", "part_of=BU-0001",
           "year=2024/25")  # fmt: skip
    report = tell("report", "budget", "--format", "json").json
    assert report["tables"][0]["rows"] == [
        {"year": "2024/25", "set": 929371, "carried_in": 207786, "contributions": None, "allocated": 120037,
         "spent": 67931, "not_allocated": 809334},
    ]  # fmt: skip
    assert "929371" in tell("report", "budget").out
