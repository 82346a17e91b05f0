"""The starter register shows every rule and clock that a partnership may set, as they are at first."""

from bscp_tui.model.all_rules import RULES
from bscp_tui.model.settings import NATIONAL_CLOCKS
from tests.unit.starter_files import NOW, Table, record


def _settings(table: str) -> dict[str, Table]:
    return {row["id"]: row for row in record("bscp.toml")[table]}


def test_every_rule_stands_in_the_register_at_its_first_strictness() -> None:
    written = {name: (row["level"], row.get("limit")) for name, row in _settings("rules").items()}
    assert written == {name: (rule.level, rule.limit) for name, rule in RULES.items()}


def test_no_rule_or_clock_is_written_twice() -> None:
    for table in ("rules", "clocks"):
        assert len(_settings(table)) == len(record("bscp.toml")[table])


def test_the_clocks_run_for_5_15_and_15_working_days() -> None:
    days = {name: clock["days"] for name, clock in _settings("clocks").items()}
    assert days == {"notification": 5, "rapid-review": 15, "panel-reply": 15}
    assert days.keys() == NATIONAL_CLOCKS.keys()


def test_a_rapid_review_counts_from_the_national_panels_notification_and_says_that_others_count_otherwise() -> None:
    clock = _settings("clocks")["rapid-review"]
    assert clock["start_event"] == "the National Panel's notification"
    assert "other partnerships" in clock["note"]


def test_no_internal_milestone_is_invented() -> None:
    assert not any("milestones" in clock for clock in _settings("clocks").values())


def test_the_current_plan_has_no_legend_so_that_the_rule_on_colours_has_something_to_refuse() -> None:
    assert "legend" not in record(f"plans/{NOW}/plan.toml")
    assert _settings("rules")["rag-needs-legend"]["level"] == "refuse"
