"""From one plan to the next in one step: closed, carried forward with links, opened, made current."""

import shutil
from pathlib import Path

import pytest

from tests.core.conftest import Tell, Told, done
from tests.support import count, git

WHY = ("--reason", "The partners agreed the new plan.", "--decided-at", "Executive Board 12 March 2025")


@pytest.fixture
def two_years(folder: Path, empty_folder: Path, tell: Tell) -> Tell:
    """A register that holds the plan of 2023-25 as published, two of its actions in progress, and no later plan."""
    for name in ("plans/2023-25", "agencies", "groups", "people"):
        shutil.copytree(folder / "records" / name, empty_folder / "records" / name, dirs_exist_ok=True)
    git(empty_folder, "add", ".")
    git(empty_folder, "commit", "-qm", "The plan of 2023-25")
    done(tell("set", "register", "current_plan=2023-25", "--reason", "It runs"))
    done(tell("set", "2023-25", "status=published", "--reason", "It runs"))
    for number in ("4.10", "4.15"):
        done(tell("status", number, "in-progress", "--reason", "It slipped", "--on", "2025-03-01"))
    return tell


def rolled(tell: Tell, *more: str) -> Told:
    return tell(
        "rollover", "2023-25", "2025-27", "--title", "Plan 2025-27", "--start", "1 April 2025", "--end", "31.03.2027",
        *WHY, *more,
    )  # fmt: skip


def test_what_is_open_goes_on_and_both_ends_say_so(two_years: Tell) -> None:
    done(rolled(two_years))
    old = done(two_years("show", "2023-25/4.10", "--format", "json")).json
    new = done(two_years("show", "2025-27/4.10", "--format", "json")).json
    assert old["carried_forward_to"] == "2025-27/4.10"
    assert new["carried_forward_from"] == "2023-25/4.10"
    assert (new["title"], new["status"], new["lead"]) == (old["title"], "in-progress", old["lead"])
    assert (old["open"], new["open"], old["timeliness"]) == (False, True, "carried forward")
    assert done(two_years("show", "2023-25", "--format", "json")).json["status"] == "closed"
    assert done(two_years("show", "register", "--format", "json")).json["current_plan"] == "2025-27"
    assert done(two_years("show", "4.10", "--format", "json")).json["ref"] == "2025-27/4.10"
    plan = done(two_years("show", "2025-27", "--format", "json")).json
    assert (plan["start"], plan["end"], plan["status"]) == ("2025-04-01", "2027-03-31", "draft")
    assert [row["ref"] for row in done(two_years("list", "priority", "plan=2025-27", "--format", "json")).json] == [
        "2025-27/4"
    ]
    closed = done(two_years("list", "priority", "plan=2023-25", "--format", "json")).json
    assert {row["status"] for row in closed} == {"closed"}


def test_each_record_is_one_entry_of_one_group_and_a_dry_run_says_them_all(two_years: Tell, empty_folder: Path) -> None:
    before = count(empty_folder)
    said = done(rolled(two_years, "--dry-run")).out.splitlines()
    assert count(empty_folder) == before
    made = done(rolled(two_years)).out.splitlines()
    assert made[:-1] == said
    assert count(empty_folder) - before == len(said)
    rows = done(two_years("history", "--format", "json", "--limit", "200")).json
    mine = [row for row in rows if row["reason"] == WHY[1]]
    assert len({row["group"] for row in mine}) == 1
    assert len({row["path"] for row in mine}) == len({row["entry"] for row in mine}) == len(said)


def test_the_step_is_taken_back_as_one_and_can_be_taken_again(two_years: Tell) -> None:
    done(rolled(two_years))
    entry = done(two_years("history", "2025-27/4.10", "--format", "json")).json[0]["entry"]
    done(two_years("undo", entry, "--reason", "Too early"))
    assert done(two_years("list", "action", "plan=2025-27", "--format", "json")).json == []
    assert done(two_years("show", "register", "--format", "json")).json["current_plan"] == "2023-25"
    assert done(two_years("show", "2023-25", "--format", "json")).json["status"] == "published"
    assert done(two_years("show", "4.10", "--format", "json")).json["open"] is True
    done(rolled(two_years))
    assert [row["ref"] for row in done(two_years("list", "action", "plan=2025-27", "--format", "json")).json] == [
        "2025-27/4.10",
        "2025-27/4.15",
    ]
    assert done(two_years("show", "register", "--format", "json")).json["current_plan"] == "2025-27"


def test_what_has_no_progress_recorded_is_named_and_goes_on_when_asked(two_years: Tell) -> None:
    said = done(rolled(two_years, "--dry-run")).err
    assert "47 in 2023-25 have no progress recorded" in said
    done(rolled(two_years, "--carry", "open", "--carry", "2.10", "--leave", "4.15"))
    refs = [row["ref"] for row in done(two_years("list", "action", "plan=2025-27", "--format", "json")).json]
    assert refs == ["2025-27/2.10", "2025-27/4.10"]
    assert done(two_years("show", "2025-27/2.10", "--format", "json")).json["status"] is None


def test_key_actions_that_are_done_stay_and_later_ones_follow_into_the_same_row(two_years: Tell) -> None:
    done(two_years("add", "action", "plan=2023-25", "number=5.1", "title=Team", "--reason", "New"))
    for title, target in (("Set up", "2024-05-01"), ("Run", "2026-05-01"), ("Review", "")):
        words = [f"title={title}", *([f"target={target}"] if target else [])]
        done(two_years("add", "key-action", "action=2023-25/5.1", *words))
    done(two_years("status", "5.1.1", "complete", "--reason", "Done", "--evidence", "Minutes"))
    done(rolled(two_years, "--carry", "5.1.2"))
    rows = done(two_years("list", "key-action", "plan=2025-27", "--format", "json")).json
    assert [(row["ref"], row["target"], row["carried_forward_from"]) for row in rows] == [
        ("2025-27/5.1.2", "2026-05-01", "2023-25/5.1.2")
    ]
    assert done(two_years("show", "2023-25/5.1", "--format", "json")).json["carried_forward_to"] is None
    done(rolled(two_years, "--carry", "2023-25/5.1"))
    rows = done(two_years("list", "key-action", "plan=2025-27", "--format", "json")).json
    assert [row["ref"] for row in rows] == ["2025-27/5.1.2", "2025-27/5.1.3"]
    old = done(two_years("show", "2023-25/5.1", "--format", "json")).json
    assert old["carried_forward_to"] == "2025-27/5.1"
    assert "2023-25/5.1.3" not in done(two_years("report", "chase")).out


def test_what_cannot_be_is_refused_in_words_and_nothing_is_recorded(two_years: Tell, empty_folder: Path) -> None:
    before = count(empty_folder)
    for words, told in (
        (("2021-23", "2025-27"), "There is no plan"),
        (("2023-25", "2023-25"), "cannot follow itself"),
        (("2023-25", "The Next"), "cannot be a plan's reference"),
        (("2023-25", "2025-27", "--carry", "9.9"), "is no action or key action"),
        (("2023-25", "2025-27", "--start", "soon"), "cannot be read as a date"),
        (("2023-25", "2025-27", "--start", "2025-04-01", "--end", "2024-04-01"), "before it begins"),
    ):
        refused = two_years("rollover", *words, *WHY)
        assert refused.status in {1, 2}, words
        assert told in refused.err
    assert two_years("rollover", "2023-25", "2025-27").status == 2
    assert count(empty_folder) == before
