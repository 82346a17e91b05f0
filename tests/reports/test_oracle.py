"""Every report's figures, counted again in a slow and plain way from what ``bscp list`` says of invented registers.

Nothing here uses what the reports use: rows of JSON in, sums by hand out.
"""

import contextlib
import datetime as dt
import io
import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

import pytest

from bscp_tui.cli.main import run
from bscp_tui.model.kinds import KINDS
from bscp_tui.reports.all_reports import REPORTS
from bscp_tui.reports.making import Wanted, make
from bscp_tui.reports.report import Report
from bscp_tui.store.register import open_register
from tests.reports.conftest import fact, rows_of

TODAY = dt.date(2026, 7, 1)
SEEDS = (1, 20, 300)
OPEN = {"not-started", "in-progress", "pending"}
Row = dict[str, Any]


def printed(*words: str) -> str:
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        assert run([*words]) == 0
    return out.getvalue()


@pytest.fixture(scope="module", params=SEEDS)
def invented(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("oracle") / "register"
    printed("demo", str(folder), "--records", "150", "--entries", "500", "--seed", str(request.param))
    return folder


@pytest.fixture
def listed(invented: Path) -> Callable[..., list[Row]]:
    def listed(kind: str, *filters: str) -> list[Row]:
        found = printed("--register", str(invented), "--today", str(TODAY), "list", kind, *filters, "--format", "json")
        rows: list[Row] = json.loads(found)
        return rows

    return listed


@pytest.fixture
def made(invented: Path) -> Callable[..., Report]:
    def made(name: str, **asked: Any) -> Report:
        return make(open_register(invented, TODAY), Wanted(name, today=TODAY, **asked)).report

    return made


Listed = Callable[..., list[Row]]
Make = Callable[..., Report]


def work_of(listed: Listed, plan: str) -> list[Row]:
    """The plan's key actions; an action without any stands for itself."""
    key_actions = listed("key-action", f"plan={plan}")
    having = {row["action"] for row in key_actions}
    return key_actions + [row for row in listed("action", f"plan={plan}") if row["ref"] not in having]


def chased(listed: Listed) -> list[Row]:
    return [row for kind in KINDS.values() if kind.model.chased for row in listed(kind.name)]


def days(later: dt.date, earlier: str) -> int:
    return (later - dt.date.fromisoformat(earlier)).days


def test_progress_by_priority_is_what_is_listed(listed: Listed, made: Make) -> None:
    plan = fact(made("summary"), "plan")
    work = work_of(listed, str(plan))
    for name in ("summary", "board-pack", "yearly-report"):
        rows = {str(row["ref"]): row for row in rows_of(made(name), "Counts by priority")}
        whole = rows.pop(str(plan))
        assert whole["total"] == len(work) == sum(int(str(row["total"])) for row in rows.values())
        assert whole["overdue"] == sum(row["overdue"] for row in work)
        for status, count in Counter(row["status"] or "not-recorded" for row in work).items():
            assert whole[status.replace("-", "_")] == count
        for ref, row in rows.items():
            homeless = [each for each in work if f"{plan}/{each['priority']}" not in rows]
            mine = [each for each in work if f"{plan}/{each['priority']}" == ref] if ref else homeless
            assert (row["total"], row["overdue"]) == (len(mine), sum(each["overdue"] for each in mine))


def test_what_is_overdue_due_soon_and_owed_is_what_is_listed(listed: Listed, made: Make) -> None:
    owed = [row for row in chased(listed) if row["open"]]
    late = [row for row in owed if row["due"] and days(TODAY, row["due"]) > 0]
    chase = made("chase", within=45)
    soon = [row for row in owed if row["due"] and 0 <= -days(TODAY, row["due"]) <= 45]
    assert (fact(chase, "owed"), fact(chase, "overdue"), fact(chase, "due_soon")) == (len(owed), len(late), len(soon))
    for name in ("exceptions", "board-pack"):
        told = rows_of(made(name, **({"within": 45} if name == "board-pack" else {})), "Overdue")
        assert sorted((str(row["ref"]), row["days_late"]) for row in told) == sorted(
            (row["ref"], days(TODAY, row["due"])) for row in late
        )
    next_due = rows_of(made("board-pack", within=45), "Due in the next 45 days")
    assert sorted(str(row["ref"]) for row in next_due) == sorted(row["ref"] for row in soon)


def test_a_joint_record_stands_under_each_who_owes_it_and_is_counted_once(listed: Listed, made: Make) -> None:
    chase = made("chase")
    owed = {row["ref"]: row for row in chased(listed) if row["open"]}
    lists = chase.sections[1].tables
    under = Counter(str(row[0]) for table in lists for row in table.rows)
    assert set(under) == set(owed)
    for ref, times in under.items():
        assert times == max(len(set(owed[ref]["leads"])), 1), ref
    rows = {str(row["party"]): row for row in rows_of(chase, "By agency or lead")}
    assert rows.pop("All, each once")["owed"] == len(owed)
    assert {name: row["owed"] for name, row in rows.items()} == {table.title: len(table.rows) for table in lists}


def test_each_agency_owes_what_is_listed_with_it(listed: Listed, made: Make) -> None:
    work = chased(listed)
    parties = sorted({party for row in work for party in row["leads"]})
    assert parties
    for party in parties[:6]:
        mine = [row for row in work if party in row["leads"]]
        report = made("agency", agency=party)
        assert fact(report, "owed") == sum(row["open"] for row in mine)
        assert fact(report, "done") == sum(not row["open"] for row in mine)
        assert fact(report, "joint") == sum(len(set(row["leads"])) > 1 for row in mine)


def test_no_update_is_what_the_history_does_not_tell_of(invented: Path, listed: Listed, made: Make) -> None:
    """Counted from the rows of ``bscp history``, by the fields that move work on."""
    told = printed("--register", str(invented), "--today", str(TODAY), "history", "--format", "json")
    moving = ("status", "rag", "update", "evidence", "stages", "target", "revisions", "corrections", "values")
    last: dict[str, str] = {}
    for row in json.loads(told):
        day = row["effective"] or row["recorded"][:10]
        parts = (row["field"] or "").split(".")
        if day <= str(TODAY) and any(part in moving for part in parts):
            last[row["ref"]] = max(last.get(row["ref"], ""), day)
    owed = {row["ref"]: row for row in chased(listed) if row["open"]}
    shown = {str(row[0]): row[-1] for table in made("chase").sections[1].tables for row in table.rows}
    for ref, day in last.items():
        if ref in owed:
            assert str(shown[ref]) >= day, ref  # its rows' own changes may be later
    quiet = {row["ref"] for row in owed.values() if not shown[row["ref"]] or (TODAY - shown[row["ref"]]).days >= 30}  # type: ignore[operator]
    assert fact(made("chase"), "no_update") == len(quiet)


def test_every_change_since_a_moment_is_told_or_counted(invented: Path, made: Make) -> None:
    history = json.loads(printed("--register", str(invented), "--today", str(TODAY), "history", "--format", "json"))
    commits = list(dict.fromkeys(row["commit"] for row in history))
    since = commits[len(commits) // 2]
    later = [row for row in history if commits.index(row["commit"]) < len(commits) // 2 and row["change"] != "not kept"]
    pack = made("board-pack", since=since)
    section = next(section for section in pack.sections if section.name == "changes")
    told = len(section.tables[0].rows)
    rest = int(section.notes[0].split()[0]) if section.notes else 0
    assert told + rest == len(later)
    asked = {"status", "rag", "target", "revisions", "corrections", "withdrawn"}
    assert told == sum(row["field"] is None or bool(asked & set(row["field"].split("."))) for row in later)


def test_learning_points_are_counted_as_they_are_listed(listed: Listed, made: Make) -> None:
    points = listed("learning-point")
    report = made("learning-by-agency")
    counts = Counter(row["status"] for row in points)
    whole = rows_of(report, "By owners, as published")[-1]
    assert (whole["total"], whole["completed"]) == (len(points), counts["completed"])
    assert whole["overdue"] == sum(row["overdue"] for row in points)
    single = rows_of(report, "By single agency")
    assert sum(int(str(row["total"])) for row in single[:-1]) == sum(len(set(row["agencies"])) for row in points)


def test_training_and_budget_add_up_to_what_is_listed(listed: Listed, made: Make) -> None:
    courses, sessions = listed("training"), listed("session")
    report = made("training")
    assert fact(report, "modules") == (sum(row["modules"] for row in courses if row["modules"]) or None)
    both = [row for row in courses if row["utilisation"] is not None]
    assert fact(report, "attended") == (sum(row["people"] for row in both) if both else None)
    by_agency = rows_of(report, "Attended, by agency")
    assert sum(int(str(row["attended"])) for row in by_agency) == sum(row["attended"] or 0 for row in sessions)
    lines = listed("budget")
    for row in rows_of(made("budget"), "Years"):
        own = [line for line in lines if line["year"] == row["year"]]
        for name, kind, field in (("set", "budget", "amount"), ("contributions", "contribution", "amount"),
                                  ("allocated", "allocation", "amount"), ("spent", "allocation", "spent")):  # fmt: skip
            known = [line[field] for line in own if line["type"] == kind and line[field] is not None]
            assert row[name] == (pytest.approx(sum(known)) if known else None)


def test_colours_and_shares_are_those_of_the_listed_actions(listed: Listed, made: Make) -> None:
    report = made("progress")
    actions = listed("action", f"plan={fact(report, 'plan')}")
    counts = Counter(row["rag"] or "no colour recorded" for row in actions)
    rows = rows_of(report, "Implementation of actions")
    assert {row["rag"]: row["actions"] for row in rows} == dict(counts)
    assert {row["rag"]: row["share"] for row in rows} == {
        colour: round(count * 100 / len(actions)) for colour, count in counts.items()
    }
    assert fact(made("delivery-plan"), "actions") == len(actions)
    assert sum(len(table.rows) for table in made("delivery-plan").tables) == len(actions)


def test_themes_and_clocks_count_what_is_listed(listed: Listed, made: Make) -> None:
    findings = [row for row in listed("finding") if row["theme"]]
    for type_, title in (("improvement", "Recurring issues that need improvement"),
                         ("good-practice", "Recurring areas of good practice")):  # fmt: skip
        own = [row for row in findings if row["type"] == type_]
        told = {
            row["ref"]: (row["audits"], row["findings"]) for row in rows_of(made("themes"), title) if row["findings"]
        }
        assert told == {
            theme: (len({row["audit"] for row in own if row["theme"] == theme}), count)
            for theme, count in Counter(row["theme"] for row in own).items()
        }
    incidents = listed("incident")
    table = rows_of(made("clocks"), "Notifications to the National Panel")
    assert table[-1]["total"] == len(incidents) == sum(int(str(row["total"])) for row in table[:-1])
    for row in table:
        assert sum(int(str(row[name])) for name in ("in_time", "late", "running", "not_recorded")) == row["total"]


def test_the_days_in_each_status_add_up_to_the_days_since_the_first(made: Make) -> None:
    report = made("time-in-status")
    rows = rows_of(report, "Days in each status")
    for row in rows:
        spent = [int(str(value)) for name, value in row.items() if name in KNOWN and value is not None]
        if row["since"]:
            assert int(str(row["days"])) <= sum(spent)
    overview = {str(row["standing"]): row for row in rows_of(report, "How long things stand as they stand")}
    for status, row in overview.items():
        mine = [int(str(each["days"])) for each in rows if str(each["status"]).replace("-", " ") == status
                and each["days"] is not None]  # fmt: skip
        assert row["median_days"] == (round(median(mine)) if mine else None)
    assert sum(int(str(row["key_actions"])) for row in overview.values()) == sum(bool(row["status"]) for row in rows)


KNOWN = {"not_started", "in_progress", "complete", "embedded", "deferred", "superseded"}


def test_little_or_no_progress_leaves_out_no_open_work_that_is_late(listed: Listed, made: Make) -> None:
    report = made("little-or-no-progress")
    told = {str(row["ref"]) for row in rows_of(report, "Work with little or no progress")}
    owed = [row for row in chased(listed) if row["open"]]
    late = {
        row["ref"]
        for row in owed
        if (original := row.get("original_target") or row["due"]) and days(TODAY, original) > 0
    }
    assert late <= told <= {row["ref"] for row in owed}
    assert fact(report, "owed") == len(owed)


def test_the_position_of_today_is_the_register_of_today(made: Make) -> None:
    whole = rows_of(made("summary"), "Counts by priority")
    assert rows_of(made("position", position=str(TODAY)), "Counts by priority") == whole


@pytest.mark.parametrize("name", REPORTS)
def test_the_same_register_and_day_give_the_same_report(invented: Path, name: str) -> None:
    asked = {"agency": "agency" in REPORTS[name].needs, "record": "record" in REPORTS[name].needs}
    register = open_register(invented, TODAY)
    snapshot = register.snapshot()
    about = {"agency": snapshot.of_kind("agency")[0].ref, "record": snapshot.of_kind("key-action")[0].ref}
    wanted = Wanted(name, today=TODAY, **{each: about[each] for each, is_asked in asked.items() if is_asked})  # type: ignore[arg-type]
    assert make(register, wanted).report == make(open_register(invented, TODAY), wanted).report
