"""History, comparison, authorship and undo, as a script and a person meet them."""

import datetime as dt
from pathlib import Path

import pytest

from tests.cli.support import bscp, done
from tests.support import RECORD, git, head


def by_hand(folder: Path, old: str, new: str, clock: str = "") -> str:
    file = folder / RECORD
    file.write_text(file.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    git(folder, "commit", "-qam", "By hand", GIT_COMMITTER_DATE=clock)
    return head(folder)


def test_history_finds_words_in_what_rows_say(folder: Path) -> None:
    done(folder, "status", "4.1.3", "in-progress", "--reason", "The tutor post was filled.")
    (row,) = done(folder, "history", "--text", "tutor FILLED", "--format", "json").json
    assert (row["old"], row["new"], row["notes"]) == ("not-started", "in-progress", [])
    assert done(folder, "history", "--text", "nobody said that", "--format", "json").json == []


def test_history_of_a_record_that_is_gone_is_still_told(folder: Path) -> None:
    (folder / RECORD).unlink()
    git(folder, "commit", "-qam", "Deleted")
    told = done(folder, "history", "4.1", "--format", "json").json
    assert [row["change"] for row in told] == ["removed", "added"]


def test_compare_tells_the_net_change_with_who_and_why_and_every_step(folder: Path) -> None:
    before = head(folder)
    done(folder, "status", "4.1.3", "in-progress", "--reason", "Begun.")
    done(folder, "status", "4.1.3", "deferred", "--reason", "Paused.")
    done(folder, "set", "4.2", "update=Slow", "--reason", "As told.")
    told = done(folder, "compare", before, "key-action", "--steps", "--format", "json").json
    (row,) = told
    assert (row["ref"], row["old"], row["new"], row["change"]) == (
        "2025-27/4.1.3",
        "not-started",
        "deferred",
        "changed",
    )
    assert (row["by"], row["reason"]) == ("Robin Holder", "Paused.")
    assert [step["new"] for step in row["steps"]] == ["deferred", "in-progress"]
    assert len(done(folder, "compare", before, head(folder), "--format", "json").json) == 2
    assert done(folder, "compare", head(folder), "--format", "json").json == []
    assert "not started → deferred" in done(folder, "compare", before).out


def test_compare_says_when_the_register_began_and_what_a_moment_is(folder: Path) -> None:
    early = bscp(folder, "compare", "1999-01-01")
    assert (early.status, "The register began on" in early.err) == (2, True)
    wrong = bscp(folder, "compare", head(folder), "today", "birds")
    assert (wrong.status, "birds" in wrong.err) == (2, True)


def test_who_tells_each_field_and_how_long_things_stood(folder: Path) -> None:
    done(folder, "status", "4.1.3", "in-progress", "--reason", "Begun.", "--on", "2026-06-01")
    entry = done(
        folder, "set", "4.1.3", "update=Posts filled", "--reason", "x", "--on", "2026-06-21", "--format", "json"
    )
    told = {row["field"]: row for row in done(folder, "who", "4.1.3", "--format", "json").json}
    assert told["key_actions.3.update"]["value"] == "Posts filled"
    assert told["key_actions.3.update"]["entry"] == entry.json["entry"]
    status = told["key_actions.3.status"]
    assert (status["value"], status["since"], status["days"]) == ("in-progress", "2026-06-01", 30)
    assert status["times"]["not-started"] == (dt.date(2026, 6, 1) - dt.date(2025, 5, 31)).days
    assert status["days_since_update"] == 10
    assert "in progress since 1 June 2026, for 30 days" in done(folder, "who", "4.1.3").out


def test_undo_says_what_it_will_do_and_does_it(folder: Path) -> None:
    made = done(folder, "status", "4.1.3", "in-progress", "--reason", "Begun.", "--format", "json").json
    before = head(folder)
    tried = done(folder, "undo", made["entry"], "--reason", "Wrong row.", "--dry-run")
    assert (head(folder), "in progress → not started" in tried.out) == (before, True)
    done(folder, "undo", made["entry"], "--reason", "Wrong row.")
    (row,) = done(folder, "history", "--limit", "1", "--format", "json").json
    assert (row["old"], row["new"], row["undoes"]) == ("in-progress", "not-started", made["entry"])
    assert bscp(folder, "undo", "zzzz-zzzz", "--reason", "x").status == 2
    assert bscp(folder, "undo", made["entry"], "--reason", "x").status == 1


def test_a_clock_that_went_backwards_hides_nothing(folder: Path) -> None:
    by_hand(folder, 'status = "not-started"', 'status = "in-progress"', clock="2001-02-03T04:05:06Z")
    newest = done(folder, "history", "--limit", "1", "--format", "json").json[0]
    assert newest["new"] == "in-progress"
    assert "the clock went backwards here" in newest["notes"]


@pytest.mark.parametrize("words", [("history",), ("who", "4.1.3"), ("compare", "HEAD")])
def test_a_copy_without_its_beginning_cannot_vouch(folder: Path, tmp_path: Path, words: tuple[str, ...]) -> None:
    by_hand(folder, 'status = "not-started"', 'status = "in-progress"')
    git(tmp_path, "clone", "-q", "--depth=1", f"file://{folder}", "copy")
    words = tuple(head(folder) if word == "HEAD" else word for word in words)
    ran = bscp(tmp_path / "copy", *words)
    assert (ran.status, "cannot vouch for its history" in ran.err) == (0, True)


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (("list", "action", "--position", "2025-06-30"), 3),
        (("report", "summary", "--position", "2025-06-30"), 3),
        (("list", "action", "--as-of", "2020-01-01"), 2),
    ],
)
def test_a_copy_without_its_beginning_tells_no_past_that_it_does_not_hold(
    folder: Path, tmp_path: Path, words: tuple[str, ...], status: int
) -> None:
    """It holds no record's first words, so that a position on a day before seemed to be that of an empty register."""
    by_hand(folder, 'status = "not-started"', 'status = "in-progress"')
    git(tmp_path, "clone", "-q", "--depth=1", f"file://{folder}", "copy")
    ran = bscp(tmp_path / "copy", *words)
    assert (ran.status, ran.out) == (status, "")
    assert "only the newest part" in ran.err
    assert "git fetch --unshallow" in ran.err


def test_replaced_and_grafted_entries_are_not_read_and_it_is_said(folder: Path) -> None:
    told = done(folder, "history", "--format", "json").json
    other = git(folder, "commit-tree", "HEAD^{tree}", "-m", "Another past")
    git(folder, "replace", head(folder), other)
    (folder / ".git/info").mkdir(exist_ok=True)
    (folder / ".git/info/grafts").write_text(f"{head(folder)}\n")
    ran = done(folder, "history", "--format", "json")
    assert ran.json == told
    assert "info/grafts" in ran.err
    assert "refs/replace" in ran.err
