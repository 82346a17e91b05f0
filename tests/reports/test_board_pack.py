"""The board pack and the reports of one plan: progress in words, exceptions, changes, decisions, what is due."""

import datetime as dt
import json
from collections import Counter
from typing import Any

import pytest

from bscp_tui.store.moments import NoSuchMomentError
from tests.reports.conftest import Do, Make, fact, rows_of
from tests.support import head


def board_meets(do: Do, day: str = "1/6/2026") -> None:
    do("add", "meeting", "group=executive-board", f"date={day}", "status=held")


def test_progress_is_told_in_words_with_shares(do: Do, made: Make) -> None:
    do("status", "4.1.3", "in-progress", "--reason", "The team has begun")
    section = made("board-pack").sections[0]
    told = "Of 44 key actions, 43 are not started (98 %), 1 is in progress (2 %). 35 are overdue."
    assert list(section.paragraphs) == [told]


def test_what_changed_since_the_last_meeting_is_told_with_who_why_and_where_it_was_decided(do: Do, made: Make) -> None:
    board_meets(do)
    do("status", "4.1.3", "in-progress", "--reason", "The team has begun", "--decided-at", "the June meeting")
    do("set", "4.1.3", "update=The first three posts are filled", "--reason", "News")
    pack = made("board-pack")
    assert "1 June 2026" in str(fact(pack, "since"))
    told = rows_of(pack, "What changed, by whom and why")
    [change] = [row for row in told if row["ref"] == "2025-27/4.1.3"]
    assert change["change"] == "status: not started → in progress"
    assert (change["reason"], change["decided_at"]) == ("The team has begun", "the June meeting")
    assert change["by"]
    changes = next(section for section in pack.sections if section.name == "changes")
    assert any(note.startswith("1 more change") for note in changes.notes)


def test_since_a_register_version_only_later_changes_are_told(do: Do, made: Make, folder: Any) -> None:
    do("status", "4.1.3", "in-progress", "--reason", "Begun")
    then = head(folder)
    do("status", "4.1.4", "in-progress", "--reason", "Begun too")
    told = rows_of(made("board-pack", since=then), "What changed, by whom and why")
    assert [row["ref"] for row in told] == ["2025-27/4.1.4"]
    assert rows_of(made("board-pack", since=head(folder)), "What changed, by whom and why") == []


def test_a_moment_that_cannot_be_told_since_is_refused_with_what_can_be(made: Make, do: Do, folder: Any) -> None:
    with pytest.raises(NoSuchMomentError, match="The register began on"):
        made("board-pack", since="1/1/2020")
    with pytest.raises(NoSuchMomentError, match="neither a date"):
        made("board-pack", since="the other day")
    with pytest.raises(NoSuchMomentError, match="name a date"):
        made("board-pack", since="last meeting of Learning and Development Sub-Group")
    first = head(folder)
    do("status", "4.1.3", "in-progress", "--reason", "Begun")
    with pytest.raises(NoSuchMomentError, match="lies behind"):
        made("board-pack", since=head(folder), as_of=first)


def test_a_revised_date_is_told_with_who_agreed_it_and_asks_for_a_decision_where_nobody_did(do: Do, made: Make) -> None:
    do("set", "4.1.3", "target=30/9/2026", "--reason", "Posts are vacant", "--decided-at", "the June meeting")
    do("set", "4.1.4", "target=30/6/2026", "--reason", "Later")
    pack = made("board-pack")
    revised = {row["ref"]: row for row in rows_of(pack, "Revised dates")}
    one = revised["2025-27/4.1.3"]
    assert (one["original"], one["revised_to"]) == (dt.date(2026, 3, 31), dt.date(2026, 9, 30))
    assert (one["agreed_by"], one["reason"]) == ("the June meeting", "Posts are vacant")
    asked = [(row["ref"], row["why"]) for row in rows_of(pack, "Decisions needed")]
    assert ("2025-27/4.1.4", "its revised date says nobody who agreed to it") in asked
    assert ("2025-27/4.1.4", "late again after its date was revised once") in asked
    assert not [why for ref, why in asked if ref == "2025-27/4.1.3"]
    late = {row["ref"]: row for row in rows_of(pack, "Overdue")}
    assert "2025-27/4.1.3" not in late
    assert (late["2025-27/4.1.4"]["days_late"], late["2025-27/4.1.4"]["days_late_original"]) == (1, 92)


def test_colours_are_words_with_what_they_mean_in_the_plan(do: Do, made: Make) -> None:
    do("set", "2023-25/4.1", "rag=red", "--reason", "It slipped after all")
    pack = made("board-pack", plan="2023-25")
    told = json.loads(do("list", "action", "plan=2023-25", "--format", "json"))
    colours = Counter(row["rag"] or "no colour recorded" for row in told)
    legend = rows_of(pack, "Actions by colour")
    assert {str(row["rag"]): row["actions"] for row in legend if row["actions"]} == dict(colours)
    assert all(row["means"] for row in legend if row["rag"] != "no colour recorded")
    off = {str(row["ref"]): row["means"] for row in rows_of(pack, "Not on track, as the plan colours it")}
    assert set(off) == {row["ref"] for row in told if row["rag"] in {"red", "amber"}}
    assert off["2023-25/4.1"] == "The action has slipped and somebody must intervene."
    progress = rows_of(made("progress", plan="2023-25"), "Implementation of actions")
    assert sum(int(str(row["actions"])) for row in progress) == len(told) == 49


def test_the_delivery_plan_has_the_plans_own_columns_and_every_key_action_once(made: Make) -> None:
    plan = made("delivery-plan")
    told = "\n".join(str(cell) for table in plan.tables for row in table.rows for cell in row)
    assert fact(plan, "key_actions") == 44
    assert sum(len(row[1]) for table in plan.tables for row in table.rows if isinstance(row[1], list)) == 44
    assert [heading for _, heading in plan.tables[0].columns] == [
        "ref", "key actions", "desired outcomes", "evidence and measures of progress", "lead", "target",
        "update on progress", "RAG",
    ]  # fmt: skip
    assert "31 March 2026" in told


def test_little_progress_is_told_whether_or_not_it_is_explained(do: Do, made: Make) -> None:
    before = rows_of(made("little-or-no-progress"), "Work with little or no progress")
    assert "2025-27/4.1.3" in {row["ref"] for row in before}
    do("set", "4.1.3", "update=Two posts are vacant", "--reason", "News", "--on", "1/7/2026")
    row = next(row for row in rows_of(made("little-or-no-progress"), "Work with little or no progress")
               if row["ref"] == "2025-27/4.1.3")  # fmt: skip
    assert row["explained"] == ["Two posts are vacant"]
    assert row["updated"] == dt.date(2026, 7, 1)
    assert "no update" not in str(row["why_here"])


def test_days_in_a_status_count_from_the_day_on_which_it_took_effect(do: Do, made: Make) -> None:
    do("status", "4.1.3", "in-progress", "--reason", "Begun", "--on", "1/6/2026")
    row = next(row for row in rows_of(made("time-in-status"), "Days in each status") if row["ref"] == "2025-27/4.1.3")
    assert (row["since"], row["days"], row["in_progress"]) == (dt.date(2026, 6, 1), 30, 30)
    assert row["not_started"] == (dt.date(2026, 6, 1) - dt.date(2025, 5, 31)).days


def test_the_year_end_position_tells_what_was_recorded_late_and_what_was_not_true_yet(do: Do, made: Make) -> None:
    do("status", "4.1.3", "in-progress", "--reason", "Begun in March", "--on", "1/3/2026")
    do("status", "4.1.4", "in-progress", "--reason", "Begun in May", "--on", "1/5/2026")
    found = made("position")
    assert any(line.startswith("Position on 31 March 2026, as known on") for line in found.opening)
    assert fact(found, "as_at") == dt.date(2026, 3, 31)
    status = {row["ref"]: row["status"] for row in rows_of(found, "Each key action")}
    assert (status["2025-27/4.1.3"], status["2025-27/4.1.4"]) == ("in-progress", "not-started")
    late = [(row["ref"], row["effective"]) for row in rows_of(found, "Recorded after the day, and true by then")]
    assert ("2025-27/4.1.3", dt.date(2026, 3, 1)) in late
    assert "2025-27/4.1.4" not in {ref for ref, _ in late}


def test_promises_say_what_became_of_what_was_due(do: Do, made: Make) -> None:
    do("set", "4.1.3", "target=30/9/2026", "--reason", "Put off", "--decided-at", "the June meeting")
    do("status", "4.1.4", "complete", "--reason", "Done", "--evidence", "Minutes", "--on", "1/3/2026")
    do("status", "4.1.6", "complete", "--reason", "Done", "--evidence", "Minutes", "--on", "1/6/2026")
    do("withdraw", "4.1.7", "--reason", "Given to another group")
    became = {row["ref"]: row["outcome"] for row in rows_of(made("promises"), "Due since then")}
    assert became["2025-27/4.1.3"] == "put off"
    assert became["2025-27/4.1.4"] == "done by then"
    assert became["2025-27/4.1.6"] == "done late"
    assert became["2025-27/4.1.7"] == "no longer there"
    assert became["2025-27/4.2.1"] == "not done"
    summed = {row["outcome"]: row["records"] for row in rows_of(made("promises"), "What became of what was promised")}
    assert sum(map(int, map(str, summed.values()))) == len(became)


def test_a_records_history_has_its_first_date_every_revision_and_the_questions_asked_of_it(do: Do, made: Make) -> None:
    do("set", "4.1.3", "target=30/9/2026", "--reason", "Posts are vacant", "--decided-at", "the June meeting")
    do("set", "4.1.3", "target=31/12/2026", "--reason", "Still vacant", "--decided-at", "the July meeting")
    do(
        "add",
        "question",
        "about=2025-27/4.1.3",
        "text=Why is it late?",
        "asked_by=executive-board",
        "asked_on=1/6/2026",
    )
    found = made("history", record="4.1.3")
    assert (fact(found, "original"), fact(found, "due")) == (dt.date(2026, 3, 31), dt.date(2026, 12, 31))
    assert [row["agreed_by"] for row in rows_of(found, "Revised dates")] == ["the June meeting", "the July meeting"]
    questions = rows_of(found, "Questions, challenges and recommendations, with replies")
    assert [row["kind"] for row in questions] == ["question"]
    assert len(rows_of(found, "Every change, the newest first")) == fact(found, "changes")


def test_an_agency_is_told_all_that_it_owes_with_the_others_who_owe_it(made: Make) -> None:
    found = made("agency", agency="BCT")
    joint = [row for row in rows_of(found, "Owes") + rows_of(found, "Done, or no longer owed") if row["shared"]]
    assert fact(found, "joint") == len(joint) > 0
    assert fact(found, "owed") == len(rows_of(found, "Owes"))


def test_the_yearly_reports_duties_are_all_there_and_impact_is_told_apart_from_output(do: Do, made: Make) -> None:
    before = made("yearly-report")
    do("set", "4.1.3", "status=complete", "--reason", "Done", "--evidence", "impact: Fewer children were exploited")
    after = made("yearly-report")
    shown = rows_of(after, "Evidence of a difference made")
    assert "2025-27/4.1.3" in {row["ref"] for row in shown}
    assert len(shown) == len(rows_of(before, "Evidence of a difference made")) + 1
    assert "2025-27/4.1.3" not in {row["ref"] for row in rows_of(after, "Evidence of what was done")}
    duties = rows_of(after, "What the report must tell")
    assert fact(after, "duties") == len(duties) == 12
    assert {str(row["section"]) for row in duties} <= {section.name for section in after.sections}


def test_a_pack_for_others_tells_no_change_of_what_they_may_not_have(do: Do, made: Make) -> None:
    board_meets(do)
    do("add", "disagreement", "ref=PD-0001", "title=Threshold for a strategy discussion", "raised=1/6/2026")
    assert "PD-0001" in str(made("board-pack"))
    pack = made("board-pack", audience="public")
    assert "PD-0001" not in str(pack)
    assert "Threshold for a strategy discussion" not in str(pack)


def test_the_pack_can_be_asked_for_on_the_command_line_and_is_the_same_when_asked_again(do: Do) -> None:
    first = do("report", "board-pack", "--format", "json")
    assert do("report", "board-pack", "--format", "json") == first
    assert do("report", "history", "4.1.3") == do("report", "history", "--record", "4.1.3")
