"""A professional disagreement goes by stages whose days the partnership sets; it holds a theme and never a case."""

import json

from tests.core.conftest import Tell


def stages(tell: Tell) -> None:
    """Set stages of 2, 5 and 2 working days."""
    for title, days in (("practitioners", 2), ("managers", 5), ("heads of service", 2)):
        added = tell("add", "escalation-stage", f"title={title}", f"days={days}")
        assert added.status == 0, added.err


def raised(tell: Tell, *values: str) -> None:
    """Add PD-0001, raised on Friday 26 June 2026."""
    added = tell("add", "disagreement", "ref=PD-0001", "title=Threshold", "raised=26/6/2026", "agencies=CT; POL",
                 "owner=CT", *values)  # fmt: skip
    assert added.status == 0, added.err


def test_it_is_for_the_group_only_unless_somebody_says_otherwise(tell: Tell) -> None:
    raised(tell)
    assert tell("show", "PD-0001", "--format", "json").json["audience"] == "group"


def test_without_days_of_the_partnership_nothing_is_late(tell: Tell) -> None:
    raised(tell)
    row = tell("show", "PD-0001", "--format", "json").json
    assert (row["stage"], row["stage_title"]) == (1, "practitioners")
    assert (row["due"], row["days_to_next_stage"], row["overdue"]) == (None, None, False)


def test_the_days_of_a_stage_are_working_days_and_what_is_late_is_chased(tell: Tell) -> None:
    stages(tell)
    raised(tell)
    for today, due, left, late in (
        ("2026-06-26", "2026-06-30", 2, False),
        ("2026-06-30", "2026-06-30", 0, False),
        ("2026-07-01", "2026-06-30", -1, True),
    ):
        row = tell("show", "PD-0001", "--format", "json", today=today).json
        assert (row["due"], row["days_to_next_stage"], row["overdue"]) == (due, left, late)
    owed = tell("report", "chase", "--format", "json").json["tables"][1]
    assert (owed["title"], owed["rows"][0]["ref"], owed["rows"][0]["state"]) == (
        "Children's Trust", "PD-0001", "1 day late",
    )  # fmt: skip


def test_each_stage_begins_on_its_day_and_stays_recorded(tell: Tell) -> None:
    stages(tell)
    raised(tell)
    unsaid = tell("status", "PD-0001", "escalated", "--reason", "No agreement")
    assert "to which stage is not said" in unsaid.err
    assert (
        tell("status", "PD-0001", "escalated", "stage=2", "--on", "30/6/2026", "--reason", "No agreement").status == 0
    )
    assert tell("set", "PD-0001", "stage=3", "--on", "1/7/2026", "--reason", "Still none").status == 0
    row = tell("show", "PD-0001", "--format", "json").json
    assert [(step["stage"], step["date"]) for step in row["escalations"]] == [(2, "2026-06-30"), (3, "2026-07-01")]
    assert (row["status"], row["stage"], row["stage_title"], row["due"]) == (
        "escalated", 3, "heads of service", "2026-07-03",
    )  # fmt: skip


def test_a_stage_that_there_is_not_one_that_is_past_and_one_too_early_are_refused(tell: Tell) -> None:
    stages(tell)
    raised(tell)
    none = tell("set", "PD-0001", "stage=4", "--reason", "x")
    assert (none.status, "the later stages are 2, 3" in none.err) == (1, True)
    early = tell("set", "PD-0001", "stage=2", "--on", "25/6/2026", "--reason", "x")
    assert "before the one that it follows" in early.err
    tell("set", "PD-0001", "stage=2", "--on", "29/6/2026", "--reason", "x")
    assert tell("set", "PD-0001", "stage=1", "--reason", "x").status == 1
    assert tell("add", "disagreement", "title=x", "stage=2").status == 1


def test_a_resolved_one_says_when_and_how_long_it_took(tell: Tell) -> None:
    raised(tell)
    assert "resolved=DATE" in tell("status", "PD-0001", "resolved", "--reason", "Agreed").err
    tell("status", "PD-0001", "resolved", "resolved=1/7/2026", "outcome=A joint visit", "--reason", "Agreed")
    row = tell("show", "PD-0001", "--format", "json").json
    assert (row["days_to_resolve"], row["working_days_to_resolve"], row["open"]) == (5, 3, False)
    assert "what was learned" in tell("status", "PD-0001", "learning", "--reason", "x").err


def test_the_stage_of_an_earlier_day_is_what_was_recorded_then(tell: Tell) -> None:
    stages(tell)
    raised(tell)
    tell("set", "PD-0001", "stage=2", "--on", "30/6/2026", "--reason", "x")
    rows = json.loads(tell("history", "PD-0001", "--format", "json").out)
    assert {row["field"].partition(".")[0] for row in rows if row["field"]} == {"escalations", "status"}


def test_the_report_tells_what_is_open_how_long_the_others_took_and_about_what(tell: Tell) -> None:
    stages(tell)
    tell("add", "theme", "title=Thresholds")
    raised(tell, "themes=Thresholds")
    tell("add", "disagreement", "ref=PD-0002", "title=Visits", "raised=22/6/2026", "themes=Thresholds")
    tell("status", "PD-0002", "resolved", "resolved=24/6/2026", "--reason", "Agreed")
    told = tell("report", "disagreements", "--format", "json").json
    assert (told["open"], told["resolved"], told["overdue"], told["median_working_days"]) == (1, 1, 1, 2)
    assert [row["ref"] for row in told["tables"][0]["rows"]] == ["PD-0001"]
    assert told["tables"][2]["rows"] == [{"theme": "Thresholds", "count": 2}]
    assert tell("report", "disagreements", "--audience", "public", "--format", "json").json["open"] == 0
