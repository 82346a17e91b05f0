"""``bscp report summary``: the same figures in every form, dated and versioned."""

import csv
import io
from pathlib import Path

from tests.cli.support import bscp, done
from tests.support import head

EXPECTED = {"2025-27/1": (18, 15), "2025-27/2": (7, 4), "2025-27/3": (7, 6), "2025-27/4": (12, 10), "2025-27": (44, 35)}


def test_counts_by_priority_are_the_plans(folder: Path) -> None:
    made = done(folder, "report", "summary", "--format", "json").json
    rows = made["tables"][0]["rows"]
    assert {row["ref"]: (row["total"], row["overdue"]) for row in rows} == EXPECTED
    assert (made["as_at"], made["plan"]) == ("2026-07-01", "2025-27")
    assert head(folder).startswith(made["register_version"])


def test_every_form_has_the_same_figures(folder: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(done(folder, "report", "summary", "--format", "csv").out)))
    counted = {row["ref"]: (int(row["total"]), int(row["overdue"])) for row in rows if row["total"]}
    assert counted == EXPECTED
    for form in ("plain", "table", "markdown", "html"):
        text = done(folder, "report", "summary", "--format", form).out
        assert "1 July 2026" in text
        assert head(folder)[:12] in text
        line = next(line for line in text.split("\n") if "All priorities" in line)
        assert "44" in line
        assert "35" in line


def test_progress_and_timeliness_are_words(folder: Path) -> None:
    done(folder, "status", "4.1.3", "complete", "--reason", "Done", "--evidence", "Minutes")
    text = done(folder, "report", "summary").out
    row = next(line for line in text.split("\n") if "2025-27/4.1.3" in line)
    assert "complete" in row
    assert "done" in row
    late = next(line for line in text.split("\n") if "2025-27/4.1.1 " in line)
    assert "182 days late" in late


def test_the_earlier_plan_says_what_is_not_recorded(folder: Path) -> None:
    made = done(folder, "report", "summary", "--plan", "2023-25", "--format", "json").json
    total = made["tables"][0]["rows"][-1]
    assert (total["total"], total["not_recorded"]) == (49, 49)


def test_the_same_register_and_day_give_the_same_bytes(folder: Path) -> None:
    for form in ("plain", "json", "csv", "markdown"):
        assert (
            done(folder, "report", "summary", "--format", form).out
            == done(folder, "report", "summary", "--format", form).out
        )


def test_a_record_that_cannot_be_read_is_named_in_the_report(folder: Path) -> None:
    path = folder / "records/plans/2025-27/actions/4.1.toml"
    path.write_text("broken", encoding="utf-8")
    from tests.support import git

    git(folder, "commit", "-qam", "Broken by hand")
    ran = bscp(folder, "report", "summary")
    assert ran.status == 1
    assert "4.1.toml, line 1, cannot be read" in ran.out
