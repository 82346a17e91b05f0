"""The statutory clocks: what they count from, which day it is, and what is late."""

import datetime as dt

import pytest

from bscp_tui.model.clocks import read_clock
from bscp_tui.model.settings import Settings
from tests.core.conftest import Tell

SETTINGS = Settings(layout=1, name="Anywhere")


def day(text: str) -> dt.date:
    """Return a day."""
    return dt.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("today", "words"),
    [
        ("2026-06-15", "day 0 of 15"),
        ("2026-06-16", "day 1 of 15"),
        ("2026-06-20", "day 4 of 15"),  # a Saturday
        ("2026-06-30", "day 11 of 15"),
        ("2026-07-06", "day 15 of 15"),
        ("2026-07-07", "day 16 of 15: 1 working day late"),
        ("2026-07-20", "day 25 of 15: 10 working days late"),
    ],
)
def test_a_clock_says_which_working_day_it_is(today: str, words: str) -> None:
    assert read_clock(SETTINGS, "rapid-review", day("2026-06-15"), None, day(today)).words == words


def test_what_is_met_on_the_saturday_after_the_last_day_is_late() -> None:
    met = read_clock(SETTINGS, "notification", day("2026-06-12"), day("2026-06-20"), day("2026-07-01"))
    assert met.due == day("2026-06-19")
    assert met.words == "met on day 6 of 5: 1 working day late"


def test_a_partnership_may_count_the_events_own_day_and_its_own_milestones() -> None:
    clock = {
        "id": "rapid-review", "title": "Submit", "days": 15, "start_event": "notified", "first_day": "same-day",
        "milestones": [{"id": "aaaa", "title": "summaries", "day": 10}, {"id": "bbbb", "title": "signed", "day": 14}],
    }  # fmt: skip
    own = Settings.model_validate({"layout": 1, "name": "Anywhere", "clocks": [clock]})
    reading = read_clock(own, "rapid-review", day("2026-06-15"), None, day("2026-06-30"))
    assert (reading.day, reading.due, reading.next_step) == (12, day("2026-07-03"), "signed by day 14, 2 Jul 2026")


def test_a_clock_without_its_start_event_is_refused_by_name(tell: Tell) -> None:
    tell("add", "review", "ref=2026-27-01", "title=Rapid review")
    refused = tell("status", "2026-27-01", "submitted", "submitted=30 June 2026", "--reason", "Sent")
    assert refused.status == 1
    assert "no start event: record started" in refused.err
    before = tell("set", "2026-27-01", "started=15/6/2026", "submitted=12/6/2026", "--reason", "Sent")
    assert before.status == 1
    assert "before its start event" in before.err


def test_lateness_needs_a_reason_or_reason_awaited(tell: Tell) -> None:
    tell("add", "incident", "ref=SI-0001", "title=Case 1", "aware=15 June 2026")
    row = tell("show", "SI-0001", "--format", "json").json
    late = "notify the National Panel: day 12 of 5: 7 working days late"
    assert (row["clock"], row["late"], row["audience"]) == (late, True, "group")
    sent = ("set", "SI-0001", "notified=24 June 2026", "--reason", "Sent")
    refused = tell(*sent)
    assert refused.status == 1
    assert "late_reason" in refused.err
    assert tell(*sent, "late_reason=reason awaited").status == 0


def test_the_report_counts_each_clock_by_year(tell: Tell) -> None:
    for number, (started, sent, replied) in enumerate(
        [("15/5/2025", "5/6/2025", "26/6/2025"), ("15/5/2025", "9/7/2025", ""), ("16/6/2026", "", "")], start=1
    ):
        words = [f"ref=2026-27-0{number}", f"title=Review {number}", f"started={started}"]
        words += [f"submitted={sent}", "late_reason=reason awaited"] if sent else []
        words += [f"panel_replied={replied}"] if replied else []
        assert tell("add", "review", *words).status == 0
    tables = tell("report", "clocks", "--format", "json").json["tables"]
    assert [list(row.values()) for row in tables[1]["rows"]] == [
        ["2025/26", 2, 1, 1, 0, 0],
        ["2026/27", 1, 0, 0, 1, 0],
        ["All years", 3, 1, 1, 1, 0],
    ]
    assert [list(row.values()) for row in tables[2]["rows"]][-1] == ["All years", 3, 1, 0, 1, 1]
    running = {row["ref"]: row["clock"] for row in tables[3]["rows"]}
    assert running["2026-27-03"] == "submit the rapid review: day 11 of 15"
    assert running["2026-27-02"].startswith("the National Panel replies: day")
    assert [(row["ref"], row["late_reason"]) for row in tables[4]["rows"]] == [("2026-27-02", "reason awaited")]
