"""A register that nobody has anything to ask about raises nothing, whatever it was drawn from."""

import datetime as dt
from pathlib import Path

import pytest

from bscp_tui.checks.all_rules import ABOUT
from tests.checks.asking import queries, raised
from tests.cli.support import bscp, done
from tests.support import git

ACTION = "records/plans/2025-27/actions/4.1.toml"


@pytest.mark.parametrize(("records", "entries", "seed"), [(10, 30, 1), (60, 800, 2), (400, 3000, 3), (200, 4000, 4)])
def test_a_clean_synthetic_register_gives_none(tmp_path: Path, records: int, entries: int, seed: int) -> None:
    words = ["--records", str(records), "--entries", str(entries), "--seed", str(seed)]
    done(tmp_path, "demo", str(tmp_path / "demo"), *words)
    for today in (dt.date(2026, 7, 1), dt.date(2027, 3, 1)):
        assert [query.facts() for query in queries(tmp_path / "demo", today)] == []


def test_the_starter_s_errors_are_those_of_its_documents(folder: Path) -> None:
    errors = {(query.rule, query.ref) for query in queries(folder) if query.severity == "error"}
    assert errors >= {
        ("no-lead", "2025-27/1.3.3"),
        ("target-before-plan", "2025-27/4.1.2"),
        ("target-before-plan", "2025-27/4.1.5"),
    }


def test_the_command_prints_the_contract_s_columns_and_says_by_its_status_whether_there_are_errors(
    folder: Path, empty_folder: Path
) -> None:
    ran = bscp(folder, "check", "--format", "json")
    assert ran.status == 1
    rows = ran.json
    names = {"rule", "severity", "ref", "path", "line", "field", "message", "fix"}
    assert all(names <= set(row) for row in rows)
    lead = next(row for row in rows if row["rule"] == "no-lead" and row["severity"] == "error")
    assert (lead["ref"], lead["path"]) == ("2025-27/1.3.3", "records/plans/2025-27/actions/1.3.toml")
    lines = (folder / lead["path"]).read_text().split("\n")
    assert lines[lead["line"] - 1 : lead["line"] + 2] == ["[[key_actions]]", 'id = "yjj1"', "number = 3"]
    assert bscp(folder, "check", "--format", "json").out == ran.out
    table = bscp(folder, "check", "--format", "csv").out
    assert table.startswith('"rule","severity","ref","path","line","field","message","fix"\n')
    assert len(table.split("\n")) == len(rows) + 2
    only = bscp(folder, "check", "4.1", "--format", "json").json
    assert {row["path"] for row in only} == {ACTION}
    assert {row["rule"] for row in bscp(folder, "check", "no-lead", "--format", "json").json} == {"no-lead"}
    assert bscp(empty_folder, "check").status == 0
    assert git(folder, "status", "--porcelain") == ""


def test_it_says_what_every_rule_means_why_and_how_to_mend_it(folder: Path) -> None:
    rules = bscp(folder, "check", "--rules", "--format", "json").json
    assert {rule["id"] for rule in rules} == set(ABOUT)
    assert all(rule[name].strip() for rule in rules for name in ("means", "why", "example", "mend", "severity"))


def test_only_what_a_change_brought_is_raised_since_a_moment(folder: Path) -> None:
    before = git(folder, "rev-parse", "HEAD")
    place = folder / ACTION
    place.write_text(place.read_text().replace("target = 2025-12-31", "target = 2024-12-31", 1))
    git(folder, "commit", "-qam", "A date")
    rows = bscp(folder, "check", "--since", before, "--format", "json").json
    assert {(row["rule"], row["ref"], row["severity"]) for row in rows} >= {
        ("target-before-plan", "2025-27/4.1.1", "error")
    }
    assert {row["ref"] for row in rows} == {"2025-27/4.1.1"}
    assert bscp(folder, "check", "--since", "HEAD", "--format", "json").json == []
    assert ("target-before-plan", "2025-27/4.1.2") in {
        (query.rule, query.ref) for query in raised(folder, "target-before-plan")
    }
