"""``bscp set REF,REF``: several records changed alike, one entry each, one undo for all."""

from pathlib import Path

from tests.cli.support import bscp, done
from tests.support import count, git, head


def test_several_are_changed_in_one_group_and_undone_as_one(folder: Path) -> None:
    before = count(folder)
    ran = done(folder, "set", "4.1.3,4.1.4,3.1.1", "status=deferred", "--reason", "The board put them off.")
    assert "2025-27/4.1.3 Serious Youth Violence Team: not started → deferred" in ran.out
    assert count(folder) == before + 3
    groups = git(folder, "log", "-3", "--format=%(trailers:key=Group,valueonly)").split()
    assert len(groups) == 3
    assert len(set(groups)) == 1
    entry = git(folder, "log", "-1", "--format=%(trailers:key=Entry,valueonly)").strip()
    done(folder, "undo", entry, "--reason", "Not so.")
    for ref in ("4.1.3", "4.1.4", "3.1.1"):
        assert done(folder, "show", ref, "--format", "json").json["status"] == "not-started"


def test_one_that_is_refused_keeps_all_from_being_recorded(folder: Path) -> None:
    done(folder, "status", "4.1.4", "complete", "--reason", "Done", "--evidence", "Minutes")
    before = head(folder)
    ran = bscp(folder, "set", "4.1.3,4.1.4", "status=deferred", "--reason", "x")
    assert ran.status == 1
    assert "2025-27/4.1.4" in ran.err
    assert "Nothing was recorded: 1 of 2 refused" in ran.err
    assert head(folder) == before


def test_a_dry_run_of_several_says_every_sentence(folder: Path) -> None:
    before = head(folder)
    ran = done(folder, "set", "4.1.3,4.1.4", "status=deferred", "--reason", "x", "--dry-run", "--format", "json")
    assert [row["ref"] for row in ran.json] == ["2025-27/4.1.3", "2025-27/4.1.4"]
    assert head(folder) == before


def test_an_unknown_one_among_several_is_named(folder: Path) -> None:
    ran = bscp(folder, "set", "4.1.3,9.9.9", "status=deferred", "--reason", "x")
    assert ran.status == 2
    assert "9.9.9" in ran.err
