"""The two published documents, whole and in other clothes, come out right in a register of one's own."""

import datetime as dt
import random
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from bscp_tui.intake.proposing import Choices, Preview, preview
from bscp_tui.intake.reading import read_file
from bscp_tui.model.kinds import KINDS
from bscp_tui.store.register import open_register
from bscp_tui.store.snapshot import Snapshot
from tests.intake.conftest import Tell
from tests.intake.converting import MAKERS
from tests.intake.seeds import PLAN, RENAMED, REPORT, needs_seeds, paged, plan_rows, read_back, reordered, report_tables

pytestmark = needs_seeds
TITLE = "Business Improvement Plan 2025-27 (1 April 2025 – 31 March 2027)"


@pytest.fixture
def snapshot(empty_folder: Path) -> Snapshot:
    return open_register(empty_folder, dt.date(2026, 7, 1)).snapshot()


def said(found: Preview) -> dict[tuple[str, str, str], Any]:
    return {(line.ref, line.field, str(line.path)): line.new for line in found.lines if line.kind != "plan"}


def test_the_plan_comes_out_whole(tell: Tell) -> None:
    assert tell("import", str(PLAN), "--accept", "all", "--format", "json").status == 0
    actions = tell("list", "action", "--format", "json").json
    key_actions = tell("list", "key-action", "--format", "json").json
    assert [action["ref"].partition("/")[2] for action in actions] == [
        "1.1", "1.2", "1.3", "1.4", "2.1", "2.4", "2.5", "3.1", "3.2", "4.1", "4.2",
    ]  # fmt: skip
    counts = Counter(each["ref"].rpartition(".")[0].partition("/")[2] for each in key_actions)
    assert counts == {"1.1": 4, "1.2": 5, "1.3": 6, "1.4": 3, "2.1": 4, "2.4": 2, "2.5": 1, "3.1": 3, "3.2": 4,
                      "4.1": 7, "4.2": 5}  # fmt: skip
    words = _words(PLAN.read_text(encoding="utf-8"))
    for each in key_actions:
        if each["ref"] != "2025-27/2.5.1":
            assert (
                _words(each["text"]) in words.replace("  ", " ")
                or "page" in each["ref"]
                or _broken(each["text"], words)
            )
    assert all(each["due"] for each in key_actions)
    assert [each["ref"] for each in key_actions if not each["leads"] and each["lead"] is None] == ["2025-27/1.3.3"]
    assert tell("list", "priority", "--format", "json").json[0]["senior_responsible_officer"] == "james-thomas"
    again = tell("import", str(PLAN), "--format", "json").json
    assert {row["state"] for row in again} == {"unchanged"}


def _words(text: str) -> str:
    return " ".join(re.sub(r"<[^<>]+>|[^\w\s]", " ", text).split()).lower()


def _broken(text: str, words: str) -> bool:
    """Whether a text that a page's end cuts stands in the document in two parts."""
    parts = _words(text).split()
    return any(" ".join(parts[:cut]) in words and " ".join(parts[cut:]) in words for cut in range(1, len(parts)))


def test_what_is_doubtful_in_the_plan_is_named(tell: Tell) -> None:
    rows = tell("import", str(PLAN), "--format", "json").json
    doubts = {(row["ref"].partition("/")[2], row["field"]) for row in rows if row["state"] == "doubtful"}
    assert {("4.1.2", "target"), ("4.1.5", "target"), ("1.1", "leads"), ("1.2", "leads"), ("1.3.3", "note"),
            ("4.1", "leads"), ("1.2.4", "target")} <= doubts  # fmt: skip


def test_the_report_comes_out_whole(tell: Tell) -> None:
    told = tell("import", str(REPORT), "--accept", "all", "--format", "json")
    assert told.status == 0, told.err
    counts = Counter(action["priority"] for action in tell("list", "action", "--format", "json").json)
    assert counts == {"1": 14, "2": 10, "3": 10, "4": 15}
    rags = Counter(action["rag"] for action in tell("list", "action", "--format", "json").json)
    assert rags == {"green": 4, None: 45}
    owners = tell("report", "learning-by-agency", "--format", "json").json["tables"][0]["rows"]
    assert len(owners) == 41
    assert [owners[-1][name] for name in ("total", "completed", "pending", "overdue")] == [123, 99, 24, 0]
    if "training" in KINDS:
        courses = tell("list", "training", "--format", "json").json
        assert len(courses) == 16
        assert sum(course["modules"] for course in courses) == 68
    again = tell("import", str(REPORT), "--format", "json").json
    assert {row["state"] for row in again} == {"unchanged"}


def test_over_the_starter_records_only_what_differs_is_proposed(tell_starter: Tell) -> None:
    rows = tell_starter("import", str(PLAN), "--format", "json").json
    facts = {(row["kind"], row["field"]) for row in rows if row["state"] == "new"}
    assert not facts  # every record, target, year and lead is known
    assert not [row for row in rows if row["state"] == "changed" and row["field"] in {"target", "years", "number"}]


@pytest.mark.parametrize("form", sorted(MAKERS))
@pytest.mark.parametrize("seed", [1, 2])
def test_the_plan_in_other_clothes_gives_the_same_records(snapshot: Snapshot, form: str, seed: int) -> None:
    plain = said(preview(read_file(PLAN), snapshot, Choices()))
    headings, rows = plan_rows()
    names = [RENAMED.get(heading, heading) for heading in headings] if seed == 2 else headings
    data = MAKERS[form]([(TITLE, reordered(paged(names, rows, 4), seed))])
    assert said(preview(read_back(data, "plan"), snapshot, Choices())) == plain


@pytest.mark.parametrize("form", sorted(MAKERS))
def test_the_report_in_other_clothes_gives_the_same_records(snapshot: Snapshot, form: str) -> None:
    plain = said(preview(read_file(REPORT), snapshot, Choices()))
    tables = [
        (heading, reordered([[RENAMED.get(cell, cell) for cell in row] for row in rows], 3))
        for heading, rows in report_tables()
    ]
    if "training" not in KINDS or len(tables) == 3:
        found = said(preview(read_back(MAKERS[form](tables, shaded=True), "report"), snapshot, Choices()))
        assert {key: value for key, value in plain.items() if not key[0].startswith("TR-")} == found


@pytest.mark.parametrize("seed", range(6))
def test_wherever_a_page_ends_what_comes_out_otherwise_is_doubtful(snapshot: Snapshot, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - a test's own chance
    headings, rows = plan_rows()
    plain = preview(read_file(PLAN), snapshot, Choices())
    whole = [
        place for place, row in enumerate(rows) if row[0] and row[1] and (place + 1 == len(rows) or rows[place + 1][0])
    ]
    place = chance.choice(whole)
    top, rest = [rows[place][0]], [""]
    for cell in rows[place][1:]:
        words = re.split(r"(\s+)", cell)
        cut = chance.randrange(0, len(words) // 2 + 1) * 2 if chance.random() < 0.8 else len(words)
        top.append("".join(words[:cut]).strip())
        rest.append("".join(words[cut:]).strip())
    broken = [*rows[:place], top, headings, rest, *rows[place + 1 :]]
    found = preview(read_back(MAKERS["docx"]([(TITLE, broken)]), "plan"), snapshot, Choices())
    before, after = said(plain), said(found)
    doubts = {(line.ref, line.field) for line in found.lines if line.state == "doubtful"}
    unlike = {key for key in {*before, *after} if before.get(key) != after.get(key) and key[1] not in {"title", "type"}}
    assert not {key[:2] for key in unlike if key in after} - doubts
