"""Another partnership's register: from a file of answers, asked on a terminal, or by its name alone."""

import os
import sys
from pathlib import Path

import pexpect
import pytest

from tests.cli.support import bscp, done
from tests.support import count, git, status

ANSWERS = """
name = "Riverton SCP"
bank_holidays = "GB-SCT"
closed_days = [2026-12-24, "29 December 2026 Offices close"]
agencies = ["Riverton Council (RC)", "Hill Valley Police (HVP)"]
groups = ["Executive Board (EB): board", "Quality: sub-group"]
themes = ["Voice of the child"]
plan = "2026-28"
plan_start = 2026-04-01
plan_end = "31.03.2028"
priorities = ["Early help", "Harm outside the home"]
legend = ["Green: done", "red: late"]
"""


def begun(tmp_path: Path, answers: str) -> Path:
    (tmp_path / "answers.toml").write_text(answers)
    return tmp_path / "riverton"


def test_a_file_of_answers_makes_the_whole_beginning_in_one_entry(tmp_path: Path) -> None:
    folder = begun(tmp_path, ANSWERS)
    ran = bscp(None, "init", str(folder), "--empty", "--answers", str(tmp_path / "answers.toml"))
    assert ran.status == 0, ran.err
    assert (count(folder), status(folder)) == (1, "")
    settings = done(folder, "show", "register", "--format", "json").json
    assert (settings["current_plan"], settings["bank_holidays"]) == ("2026-28", "GB-SCT")
    assert [(row["date"], row.get("title")) for row in settings["closed_days"]] == [
        ("2026-12-24", None),
        ("2026-12-29", "Offices close"),
    ]
    plan = done(folder, "show", "2026-28", "--format", "json").json
    assert (plan["title"], plan["start"], plan["end"], [row["rag"] for row in plan["legend"]]) == (
        "2026-28", "2026-04-01", "2028-03-31", ["green", "red"],
    )  # fmt: skip
    assert [row["title"] for row in done(folder, "list", "priority", "--format", "json").json] == [
        "Early help",
        "Harm outside the home",
    ]
    assert done(folder, "show", "RC", "--format", "json").json["title"] == "Riverton Council"
    types = {row["title"]: row["type"] for row in done(folder, "list", "group", "--format", "json").json}
    assert types == {"Executive Board": "board", "Quality": "sub-group"}
    assert git(folder, "grep", "-i", "birmingham", check=False) == ""
    assert bscp(folder, "verify").status == 0
    done(folder, "add", "action", "number=1.1", "title=Front door", "--reason", "Published")
    done(folder, "add", "key-action", "action=1.1", "title=One form", "target=2026-09-30")
    assert done(folder, "show", "1.1.1", "--format", "json").json["ref"] == "2026-28/1.1.1"


@pytest.mark.parametrize(
    ("answers", "told"),
    [
        ('nmae = "x"', "there is no such question"),
        ('bank_holidays = "GB-ENGLAND"', "no calendar"),
        ('plan = "The plan"', "cannot begin a reference"),
        ('priorities = ["Early help"]', "belongs to a plan"),
        ('plan = "p"\nplan_start = "1 May 2027"\nplan_end = "1 May 2026"', "ends before it begins"),
        ('plan = "p"\nlegend = ["purple: royal"]', "colours are"),
        ('agencies = ["The Trust", "the trust"]', "name one apart"),
        ('agencies = ["!!!"]', "no name for a file"),
        ('groups = ["Board: parliament"]', "is not one of"),
        ('closed_days = ["whenever"]', "cannot be read as a date"),
        ('name = "Rive\\u202Erton"', "terminal may obey"),
        ('name = ["One", "Two"]', "one answer is wanted"),
        ("name = ", "answers.toml"),
    ],
)  # fmt: skip
def test_an_answer_that_cannot_stand_is_named_and_nothing_is_made(tmp_path: Path, answers: str, told: str) -> None:
    folder = begun(tmp_path, answers)
    ran = bscp(None, "init", str(folder), "--empty", "--answers", str(tmp_path / "answers.toml"))
    assert ran.status == 2
    assert told in ran.err
    assert not folder.exists()


def test_options_that_do_not_fit_and_files_that_are_not_there_are_refused(tmp_path: Path) -> None:
    assert bscp(None, "init", str(tmp_path / "a"), "--name", "Riverton").status == 2
    assert bscp(None, "init", str(tmp_path / "b"), "--empty", "--answers", str(tmp_path / "none")).status == 2
    assert not (tmp_path / "a").exists()
    assert not (tmp_path / "b").exists()


def test_on_a_terminal_it_is_asked_and_a_wrong_answer_is_asked_again(tmp_path: Path) -> None:
    folder = tmp_path / "riverton"
    words = ["-m", "bscp_tui", "--today", "2026-07-01", "init", str(folder), "--empty"]
    asked = pexpect.spawn(sys.executable, words, env=dict(os.environ), encoding="utf-8", timeout=60)
    for question, answers in (
        ("partnership's name", ["Riverton SCP"]), ("short name", [""]), ("Bank holidays", ["Mars", "GB-WLS"]),
        ("Other days", [""]), ("Agencies", ["Riverton Council (RC)", "Hill Police", ""]), ("Boards and groups", [""]),
        ("Themes", ["Neglect", ""]), ("current plan", ["2026-28"]), ("plan's title", [""]),
        ("first day", ["1 April 2026"]), ("last day", [""]), ("priorities", ["Early help", ""]), ("RAG legend", [""]),
    ):  # fmt: skip
        asked.expect(question)
        for answer in answers:
            asked.sendline(answer)
    asked.expect(pexpect.EOF)
    asked.close()
    assert asked.exitstatus == 0
    settings = done(folder, "show", "register", "--format", "json").json
    assert (settings["name"], settings["bank_holidays"], settings["current_plan"]) == (
        "Riverton SCP", "GB-WLS", "2026-28",
    )  # fmt: skip
    assert len(done(folder, "list", "agency", "--format", "json").json) == 2
