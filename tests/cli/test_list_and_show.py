"""``bscp list`` and ``bscp show``, as commands.md promises them."""

import csv
import io
from pathlib import Path

import pytest

from tests.cli.support import bscp, done


def test_the_plan_lists_its_published_numbers(folder: Path) -> None:
    expected = {"plan": 2, "priority": 8, "action": 60, "key-action": 44}
    assert {kind: len(done(folder, "list", kind, "--format", "json").json) for kind in expected} == expected


def test_a_row_has_every_field_its_place_and_what_is_derived(folder: Path) -> None:
    row = done(folder, "list", "key-action", "ref=2025-27/4.1.3", "--format", "json").json[0]
    assert row["ref"] == "2025-27/4.1.3"
    assert row["kind"] == "key-action"
    assert row["path"] == "records/plans/2025-27/actions/4.1.toml"
    assert (row["status"], row["target"], row["target_basis"]) == ("not-started", "2026-03-31", "order-assumed")
    assert (row["overdue"], row["days_late"], row["update"]) == (True, 92, None)
    assert row["lead"] == "Child Exploitation Sub-Group"


def test_a_target_that_several_share_says_whose_it_is(folder: Path) -> None:
    row = done(folder, "show", "1.4.2", "--format", "json").json
    assert (row["target"], row["target_from"]) == ("2025-12-31", "2025-27/1.4")
    own = done(folder, "show", "1.1.1", "--format", "json").json
    assert own["target_from"] is None


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (["p=4"], 12),
        (["priority=4", "status=not started"], 12),
        (["lead~exploitation", "p=4"], 9),
        (["due<30d"], 35),
        (["target=31 March 2026", "p=4"], 7),
        (["overdue=yes"], 35),
        (["agency=QIO"], 10),
        (["agency=Contextual Safeguarding Board"], 9),
        (["update=none", "violence"], 3),
        (["status!=not-started"], 0),
    ],
)
def test_filters_narrow_a_list(folder: Path, filters: list[str], expected: int) -> None:
    rows = done(folder, "list", "key-action", *filters, "--format", "json").json
    assert len(rows) == expected


def test_what_is_not_recorded_is_null_empty_or_said(folder: Path) -> None:
    row = done(folder, "show", "1.3.3", "--format", "json").json
    assert row["lead"] is None
    table = done(folder, "list", "key-action", "ref=2025-27/1.3.3").out
    assert "not recorded" in table
    cells = list(csv.DictReader(io.StringIO(done(folder, "list", "key-action", "1.3.3", "--format", "csv").out)))
    assert cells[0]["lead"] == ""


def test_rows_are_sorted_cut_and_given_the_columns_asked_for(folder: Path) -> None:
    wanted = ["--sort", "ref", "--descending", "--columns", "ref,title", "--limit", "2", "--format", "csv"]
    ran = done(folder, "list", "action", "plan=2023-25", *wanted)
    rows = list(csv.reader(io.StringIO(ran.out)))
    assert rows[0] == ["ref", "title"]
    assert [row[0] for row in rows[1:]] == ["2023-25/4.15", "2023-25/4.14"]


def test_references_are_in_the_order_of_their_numbers(folder: Path) -> None:
    refs = [row["ref"] for row in done(folder, "list", "action", "plan=2023-25", "p=1", "--format", "json").json]
    assert refs == [f"2023-25/1.{number}" for number in range(1, 15)]


@pytest.mark.parametrize(
    ("said", "meant"),
    [("4.1", "2025-27/4.1"), ("2023-25/4.10", "2023-25/4.10"), ("2.5.1", "2025-27/2.5.1"), ("4", "2025-27/4"),
     ("2025-27", "2025-27"), ("WMP", "west-midlands-police"), ("James Thomas", "james-thomas")],
)  # fmt: skip
def test_records_are_found_by_what_people_say(folder: Path, said: str, meant: str) -> None:
    assert done(folder, "show", said, "--format", "json").json["ref"] == meant


def test_an_unknown_reference_is_answered_with_the_nearest(folder: Path) -> None:
    ran = bscp(folder, "show", "4.1.33")
    assert ran.status == 2
    assert "2025-27/4.1.3" in ran.err
    assert ran.out == ""


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["list", "nonsense"], "key-action"),
        (["list", "key-action", "colour=red"], "target"),
        (["list", "key-action", "--sort", "colour"], "due"),
        (["list", "key-action", "--columns", "colour"], "due"),
        (["list", "key-action", "due<soon"], "31 March 2026"),
        (["list", "key-action", "--format", "papyrus"], "markdown"),
        (["list", "key-action", "--as-of", "yesteryear"], "31 March 2026"),
        (["report", "nothing"], "summary"),
    ],
)
def test_wrong_words_are_answered_with_what_is_allowed(folder: Path, words: list[str], told: str) -> None:
    ran = bscp(folder, *words)
    assert ran.status == 2
    assert told in ran.err
    assert ran.out == ""


def test_what_is_shown_goes_to_a_file_by_its_ending(folder: Path, tmp_path: Path) -> None:
    target = tmp_path / "rows.csv"
    ran = done(folder, "list", "priority", "--out", str(target))
    assert str(target) in ran.out
    assert len(list(csv.reader(io.StringIO(target.read_text(encoding="utf-8"))))) == 9
    again = done(folder, "list", "priority", "--out", str(target))
    assert "Replaced" in again.err
    assert bscp(folder, "list", "priority", "--out", str(tmp_path / "rows.doc")).status == 2


def test_an_unreadable_record_is_a_row_and_all_else_works(folder: Path) -> None:
    path = folder / "records/plans/2025-27/actions/1.1.toml"
    path.write_text(path.read_text(encoding="utf-8").replace('status = "not-started"', 'status = "nearly"', 1))
    ran = bscp(folder, "list", "action", "--format", "json")
    assert ran.status == 1
    assert len(ran.json) == 60
    bad = next(row for row in ran.json if "unreadable" in row)
    assert bad["path"] == "records/plans/2025-27/actions/1.1.toml"
    assert path.read_text(encoding="utf-8").split("\n")[bad["line"] - 1] == 'status = "nearly"'
    assert "not-started" in bad["unreadable"]
    shown = bscp(folder, "show", "1.1", "--format", "json")
    assert shown.status == 1
    assert shown.json["last_good"]["ref"] == "2025-27/1.1"
    assert bscp(folder, "show", "4.1.3").status == 0


def test_as_at_a_version_shows_what_the_register_said_then(folder: Path) -> None:
    before = done(folder, "history", "4.1", "--format", "json").json[0]["commit"]
    done(folder, "status", "4.1.3", "in-progress", "--reason", "Posts filled.")
    assert done(folder, "show", "4.1.3", "--format", "json").json["status"] == "in-progress"
    assert done(folder, "show", "4.1.3", "--as-of", before, "--format", "json").json["status"] == "not-started"
    assert bscp(folder, "list", "key-action", "--as-of", "1 January 2001").status == 2


def test_a_row_says_how_far_and_how_late_its_key_actions_are(folder: Path) -> None:
    row = done(folder, "show", "4.2", "--format", "json").json
    assert (row["progress"], row["timeliness"], row["due"]) == ("0 of 5 done", "3 of 5 late", "2026-03-31")
    assert row["overdue"] is True
    for number in (1, 2, 4):
        done(folder, "status", f"4.2.{number}", "complete", "--reason", "Done", "--evidence", "Minutes")
    row = done(folder, "show", "4.2", "--format", "json").json
    assert (row["progress"], row["timeliness"], row["due"]) == ("3 of 5 done", "due in 273 days", "2027-03-31")
    assert row["overdue"] is False


def test_a_measure_is_drawn_for_people_and_told_in_figures_to_programs(folder: Path) -> None:
    told = done(folder, "show", "ME-0001").out
    lines = {line.split()[0]: line for line in told.split("\n") if "█" in line}
    assert set(lines) == {"2023/24", "2024/25"}
    assert "15,491" in lines["2023/24"]
    assert lines["2023/24"].count("█") < lines["2024/25"].count("█")
    for form in ("json", "csv", "markdown"):
        assert "█" not in done(folder, "show", "ME-0001", "--format", form).out
    assert "█" not in done(folder, "show", "ME-0016").out
