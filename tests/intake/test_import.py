"""A table becomes proposed changes; what is accepted is recorded, one entry a record, and proposed no more."""

import subprocess
from pathlib import Path
from typing import Any

import pytest

from bscp_tui.intake.document import IntakeError
from tests.intake.conftest import Tell
from tests.intake.converting import MAKERS, docx, xlsx

HEADINGS = ["", "Key actions", "Outcomes", "Measures", "Lead", "Target", "Update", "RAG"]
FIRST = [
    "1.1",
    "Joint teams:\n1. Set up a project group (Year 1)\n2. Try them in one district (Year 1) and spread them (Year 2)",
    "Families see fewer strangers\nPlans are safer",
    "Fewer repeat plans",
    "Senior Responsible Officer: Ada Brook\nOperational Lead: Quality Sub-Group (K.A: 1)\nLearning Sub-Group (K.A: 2)",
    "31.07.2025\n31/03/2027",
    "The group met.",
    "",
]
SECOND = [
    "1.2",
    "Hold a conference on neglect (Year 2)",
    "Practitioners learn",
    "",
    "Learning Sub-Group",
    "1 May 2026",
    "",
    "",
]
SECTION = ["PRIORITY 1: Working together – Helping families sooner", *[""] * 7]
TITLE = "Improvement Plan 2025-27 (1 April 2025 – 31 March 2027)"


def saved(folder: Path, rows: list[list[str]], form: str = "docx", title: str = TITLE, **more: Any) -> str:
    path = folder / f"plan.{form}"
    path.write_bytes(MAKERS[form]([(title, rows)], **more))
    return str(path)


def proposed(tell: Tell, *words: str) -> list[dict[str, Any]]:
    told = tell("import", *words, "--format", "json")
    assert told.status == 0, told.err
    rows: list[dict[str, Any]] = told.json
    assert all(list(row) == ["ref", "kind", "field", "old", "new", "state", "why"] for row in rows)
    return rows


def value(rows: list[dict[str, Any]], ref: str, field: str) -> Any:
    return next(row["new"] for row in rows if row["ref"] == ref and row["field"] == field)


@pytest.mark.parametrize("form", sorted(MAKERS))
def test_a_plan_is_read_alike_from_every_format(tell: Tell, tmp_path: Path, form: str) -> None:
    rows = proposed(tell, saved(tmp_path, [HEADINGS, SECTION, FIRST, SECOND], form))
    assert value(rows, "2025-27/1.1", "title") == "Joint teams"
    assert value(rows, "2025-27/1.1.2", "text") == "Try them in one district (Year 1) and spread them (Year 2)"
    assert value(rows, "2025-27/1.1.2", "years") == [1, 2]
    assert value(rows, "2025-27/1.1.1", "target") == "2025-07-31"
    assert value(rows, "2025-27/1.1.2", "target") == "2027-03-31"
    assert value(rows, "2025-27/1.1", "outcomes") == ["Families see fewer strangers", "Plans are safer"]
    leads = [row["new"] for row in rows if row["ref"] == "2025-27/1.1" and row["field"] == "leads"]
    assert leads == ["Quality Sub-Group (key actions 1)", "Learning Sub-Group (key actions 2)"]
    stages = [row["new"] for row in rows if row["ref"] == "2025-27/1.1.2" and row["field"] == "stages"]
    assert stages == ["Try them in one district (year 1)", "spread them (year 2)"]
    assert value(rows, "2025-27/1", "title") == "Working together"
    assert value(rows, "2025-27/1.2.1", "target") == "2026-05-01"
    assert {row["state"] for row in rows} == {"new"}


def test_nothing_is_recorded_unless_it_is_accepted(tell: Tell, tmp_path: Path, empty_folder: Path) -> None:
    path = saved(tmp_path, [HEADINGS, SECTION, FIRST])
    before = entries(empty_folder)
    proposed(tell, path)
    proposed(tell, path, "--accept", "none")
    assert entries(empty_folder) == before


def entries(folder: Path) -> list[str]:
    told = subprocess.run(
        ["git", "-C", str(folder), "log", "--format=%B%x00"], capture_output=True, text=True, check=True
    )
    return told.stdout.split("\0")


def test_each_record_is_one_entry_with_source_hash_and_place(tell: Tell, tmp_path: Path, empty_folder: Path) -> None:
    import hashlib

    path = saved(tmp_path, [HEADINGS, SECTION, FIRST, SECOND])
    before = len(entries(empty_folder))
    rows = proposed(tell, path, "--accept", "all")
    digest = hashlib.sha256(Path(path).read_bytes()).hexdigest()
    made = entries(empty_folder)[: len(entries(empty_folder)) - before]
    files = {row["ref"].rpartition(".")[0] if row["kind"] == "key-action" else row["ref"] for row in rows}
    assert len(made) == len(files) + 1  # the plan becomes the current one
    assert all(digest in message for message in made)
    action = tell("show", "2025-27/1.1", "--format", "json").json
    assert action["source"] == {"document": "plan.docx", "place": "table 1, row 3", "sha256": digest, "note": None}
    assert [key["status"] for key in action["key_actions"]] == ["not-started", "not-started"]
    assert tell("check").status in {0, 1, 2}


def test_importing_the_same_document_again_proposes_nothing(tell: Tell, tmp_path: Path, empty_folder: Path) -> None:
    path = saved(tmp_path, [HEADINGS, SECTION, FIRST, SECOND])
    proposed(tell, path, "--accept", "all")
    made = entries(empty_folder)
    again = proposed(tell, path, "--accept", "all")
    assert again
    assert {row["state"] for row in again} == {"unchanged"}
    assert entries(empty_folder) == made


def test_a_later_document_proposes_only_what_differs(tell: Tell, tmp_path: Path) -> None:
    proposed(tell, saved(tmp_path, [HEADINGS, SECTION, FIRST, SECOND]), "--accept", "all")
    later = [
        cell.replace("31.07.2025", "30.09.2025").replace("The group met.", "The group met twice.") for cell in FIRST
    ]
    rows = proposed(tell, saved(tmp_path, [HEADINGS, SECTION, later, SECOND]), "--accept", "all")
    changed = [(row["ref"], row["field"], row["old"], row["new"]) for row in rows if row["state"] != "unchanged"]
    assert changed == [
        ("2025-27/1.1", "update", "The group met.", "The group met twice."),
        ("2025-27/1.1.1", "target", "2025-07-31", "2025-09-30"),
    ]
    key_action = tell("show", "2025-27/1.1.1", "--format", "json").json
    assert key_action["original_target"] == "2025-07-31"
    assert key_action["due"] == "2025-09-30"


def test_a_new_key_action_is_added_to_its_action_and_nothing_is_removed(tell: Tell, tmp_path: Path) -> None:
    proposed(tell, saved(tmp_path, [HEADINGS, SECTION, FIRST]), "--accept", "all")
    more = ["1.1", "Joint teams:\n1. Set up a project group (Year 1)\n3. Tell everybody", *[""] * 6]
    rows = proposed(tell, saved(tmp_path, [HEADINGS, SECTION, more]), "--accept", "all")
    states = {row["field"]: row["state"] for row in rows if row["ref"] == "2025-27/1.1.3"}
    assert (states["number"], states["text"]) == ("doubtful", "doubtful")  # number 2 is missing in the list
    shown = tell("show", "2025-27/1.1", "--format", "json").json
    assert [(key["number"], key["text"][:12]) for key in shown["key_actions"]] == [
        (1, "Set up a pro"), (2, "Try them in "), (3, "Tell everybo"),
    ]  # fmt: skip


def test_the_sure_is_recorded_without_the_doubtful(tell: Tell, tmp_path: Path) -> None:
    doubtful = [*FIRST[:5], "31.07.2019\n31.03.2027", *FIRST[6:]]
    path = saved(tmp_path, [HEADINGS, SECTION, doubtful])
    rows = proposed(tell, path, "--accept", "sure")
    doubts = [(row["ref"], row["field"]) for row in rows if row["state"] == "doubtful"]
    assert doubts == [("2025-27/1.1.1", "target")]
    assert tell("show", "2025-27/1.1.1", "--format", "json").json["due"] is None
    assert tell("show", "2025-27/1.1.2", "--format", "json").json["due"] == "2027-03-31"
    told = tell("import", path, "--accept", "sure")
    assert "all of it is doubtful" in told.out + told.err
    again = proposed(tell, path, "--accept", "all")
    assert [(row["ref"], row["field"]) for row in again if row["state"] != "unchanged"] == doubts
    assert tell("show", "2025-27/1.1.1", "--format", "json").json["due"] == "2019-07-31"


def test_what_cannot_be_read_is_listed_and_kept(tell: Tell, tmp_path: Path) -> None:
    unreadable = [*FIRST[:5], "Spring 2026", "", "purple"]
    path = saved(tmp_path, [HEADINGS, SECTION, unreadable])
    rows = proposed(tell, path, "--accept", "all")
    listed = {row["field"]: (row["new"], row["state"]) for row in rows if row["state"] == "doubtful"}
    assert listed == {"target": ("Spring 2026", "doubtful"), "rag": ("purple", "doubtful")}
    note = tell("show", "2025-27/1.1", "--format", "json").json["source"]["note"]
    assert "Spring 2026" in note
    assert "purple" in note
    assert {row["state"] for row in proposed(tell, path)} == {"unchanged"}


def test_more_targets_than_key_actions_are_never_paired(tell: Tell, tmp_path: Path) -> None:
    path = saved(tmp_path, [HEADINGS, SECTION, [*FIRST[:5], "31.07.2025\n31.12.2025\n31.03.2026", "", ""]])
    rows = proposed(tell, path, "--accept", "all")
    targets = [row for row in rows if row["field"] == "target"]
    assert [(row["ref"], row["state"], row["new"]) for row in targets] == [
        ("2025-27/1.1", "doubtful", "31.07.2025, 31.12.2025, 31.03.2026")
    ]
    assert tell("show", "2025-27/1.1.1", "--format", "json").json["due"] is None


def test_one_target_is_the_rows(tell: Tell, tmp_path: Path) -> None:
    rows = proposed(tell, saved(tmp_path, [HEADINGS, SECTION, [*FIRST[:5], "31.12.2025", "", ""]]))
    assert [(row["ref"], row["new"]) for row in rows if row["field"] == "target"] == [("2025-27/1.1", "2025-12-31")]


def test_columns_in_another_order_under_other_names_come_out_alike(tell: Tell, tmp_path: Path) -> None:
    names = ["Ref", "Actions", "Desired outcomes", "How will we know?", "Owner", "By when", "Comments", "RAG rating"]
    plain = proposed(tell, saved(tmp_path, [HEADINGS, SECTION, FIRST, SECOND]))
    order = [4, 2, 7, 0, 6, 5, 1, 3]
    rows = [[row[place] for place in order] for row in (names, SECTION, FIRST, names, SECOND)]
    other = proposed(tell, saved(tmp_path, rows, "xlsx"))
    assert {(row["ref"], row["field"], str(row["new"])) for row in other} == {
        (row["ref"], row["field"], str(row["new"])) for row in plain
    }


def test_a_row_that_runs_over_a_page_is_put_together(tell: Tell, tmp_path: Path) -> None:
    cut = "Joint teams:\n1. Set up a project group (Year 1)\n2. Try them in one"
    lead = FIRST[4].removesuffix("K.A: 2)")
    top = ["1.1", cut, "Families see fewer strangers", "Fewer repeat", lead, "31.07.2025", "The group", ""]
    rest = [
        "",
        "district (Year 1) and spread them (Year 2)",
        "Plans are safer",
        "plans",
        "K.A: 2)",
        "31/03/2027",
        "met.",
        "",
    ]
    plain = proposed(tell, saved(tmp_path, [HEADINGS, SECTION, FIRST, SECOND]))
    for form in ("txt", "docx", "xlsx"):
        broken = proposed(tell, saved(tmp_path, [HEADINGS, SECTION, top, HEADINGS, rest, SECOND], form))
        assert {(row["ref"], row["field"], str(row["new"])) for row in broken} == {
            (row["ref"], row["field"], str(row["new"])) for row in plain
        }
        doubts = {(row["ref"], row["field"]) for row in broken if row["state"] == "doubtful"}
        assert ("2025-27/1.1.1", "target") in doubts  # whether the cells line up is for a person to say
        assert ("2025-27/1.1", "outcomes") in doubts
        assert ("2025-27/1.1.2", "text") not in doubts


def test_a_colour_counts_under_a_legend_and_is_listed_without_one(tell: Tell, tmp_path: Path) -> None:
    legend = f"{TITLE}\nHere green means done; amber means under way and red means late."
    rows = [HEADINGS, SECTION, [*FIRST[:7], "Amber"], SECOND]
    path = tmp_path / "plan.docx"
    path.write_bytes(docx([("", [["x"]])]))
    for shaded in (False, True):
        without = proposed(tell, saved(tmp_path, rows, shaded=shaded))
        assert [(row["state"], row["new"]) for row in without if row["field"] == "rag"] == [("doubtful", "amber")]
    with_legend = proposed(tell, saved(tmp_path, rows, "html", legend, shaded=True), "--accept", "all")
    assert [(row["state"], row["new"]) for row in with_legend if row["field"] == "rag"] == [("new", "amber")]
    assert tell("show", "2025-27/1.1", "--format", "json").json["rag"] == "amber"


def test_leads_that_the_register_knows_are_found_by_alias(tell_starter: Tell, tmp_path: Path) -> None:
    row = [
        "9.1",
        "Something new:\n1. One thing\n2. Another",
        "",
        "",
        "Operational Lead: QIO (K.A: 1)\nVRU (K.A: 2to3)",
        "",
        "",
        "",
    ]
    rows = proposed(tell_starter, saved(tmp_path, [HEADINGS, row]))
    leads = [row for row in rows if row["field"] == "leads"]
    assert [row["state"] for row in leads] == ["new", "doubtful"]
    assert "no key action 3" in leads[1]["why"]
    assert not [row for row in rows if row["kind"] in {"agency", "group", "person"}]


def test_a_map_corrects_the_guess_and_the_register_remembers_it(tell: Tell, tmp_path: Path) -> None:
    names = ["Ref", "Actions", "Blue sky", "Measures", "Lead", "Target", "Update", "RAG"]
    path = saved(tmp_path, [names, SECTION, FIRST, SECOND], "xlsx")
    guessed = proposed(tell, path)
    assert [row["state"] for row in guessed if row["field"] == "Blue sky"] == ["doubtful", "doubtful"]
    mapped = tmp_path / "map.toml"
    mapped.write_text('[columns]\n"Blue sky" = "outcomes"\n"Measures" = ""\n', encoding="utf-8")
    rows = proposed(tell, path, "--map", str(mapped), "--accept", "all")
    assert value(rows, "2025-27/1.1", "outcomes") == ["Families see fewer strangers", "Plans are safer"]
    assert not [row for row in rows if row["field"] == "measures"]
    remembered = proposed(tell, path)
    assert {row["state"] for row in remembered} == {"unchanged"}
    assert "Blue sky" not in {row["field"] for row in remembered}


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("colums = {}", "colums"),
        ("[columns", "line 1"),
        ("plan = 3", "text in quotes"),
        ("[columns]\nx = 1", "such as"),
    ],
)
def test_a_map_that_says_something_else_is_refused(tell: Tell, tmp_path: Path, content: str, told: str) -> None:
    mapped = tmp_path / "map.toml"
    mapped.write_text(content, encoding="utf-8")
    result = tell("import", saved(tmp_path, [HEADINGS, FIRST]), "--map", str(mapped))
    assert result.status == 2
    assert told in result.err


def test_what_holds_no_table_and_what_is_hostile_ends_with_what_to_do(tell: Tell, tmp_path: Path) -> None:
    for name, data in (("note.txt", b"Only words."), ("x.docx", b"%PDF-1.4"), ("x.csv", b"a,b\n1,2\n")):
        path = tmp_path / name
        path.write_bytes(data)
        told = tell("import", str(path), "--accept", "all")
        assert told.status == 2
        assert "Traceback" not in told.err
    assert tell("import", str(tmp_path / "missing.docx")).status == 2


def test_counts_by_owner_become_learning_points(tell: Tell, tmp_path: Path) -> None:
    rows = [["Agency", "Total actions", "Completed", "Pending", "Overdue"], ["ABC", "3", "2", "1", "0"],
            ["ABC & Police", "1", "0", "1", "0"], ["Total:", "4", "2", "2", "0"],
            ["%", "", "50%", "50%", "0%"]]  # fmt: skip
    path = saved(tmp_path, rows, "csv" if "csv" in MAKERS else "txt")
    proposed(tell, path, "--accept", "all")
    tables = tell("report", "learning-by-agency", "--format", "json").json["tables"]
    counted = {row["agency"]: row["total"] for row in tables[0]["rows"]}
    assert counted == {"ABC": 3, "ABC & Police": 1, "Total": 4}
    assert {row["state"] for row in proposed(tell, path)} == {"unchanged"}
    rows[1] = ["ABC", "4", "2", "2", "0"]
    more = tell("import", saved(tmp_path, rows, "txt"), "--format", "json", "--accept", "all")
    assert "printed as 4; the rows add up to 5" in more.err
    new = [row for row in more.json if row["state"] == "new"]
    assert {row["field"] for row in new} >= {"status", "owners_as_published"}
    assert len({row["ref"] for row in new}) == 1


def test_counts_that_say_otherwise_than_the_register_are_listed_not_guessed(tell: Tell, tmp_path: Path) -> None:
    rows = [["Agency", "Total", "Completed", "Pending"], ["ABC", "3", "1", "2"]]
    proposed(tell, saved(tmp_path, rows, "txt"), "--accept", "all")
    rows[1] = ["ABC", "3", "2", "1"]
    moved = proposed(tell, saved(tmp_path, rows, "txt"))
    assert {row["state"] for row in moved} == {"unchanged", "doubtful"}
    assert any("which" in row["why"] for row in moved if row["state"] == "doubtful")


def test_a_table_of_any_kind_is_read_by_its_labels(tell: Tell, tmp_path: Path) -> None:
    rows = [["Name", "Short name", "Also written"], ["Northfield Trust", "NT", "Northfield"], ["The Police", "POL", ""]]
    path = tmp_path / "agencies.xlsx"
    path.write_bytes(xlsx([("", rows)]))
    proposed(tell, str(path), "--kind", "agency", "--accept", "all")
    assert tell("show", "northfield-trust", "--format", "json").json["short_name"] == "NT"
    assert {row["state"] for row in proposed(tell, str(path), "--kind", "agency")} == {"unchanged"}


def test_pasted_text_comes_by_standard_input(tell: Tell, monkeypatch: pytest.MonkeyPatch) -> None:
    import io
    import sys

    text = f"{TITLE}\n\nRef\tAction\tTarget\n1.1\tDo it\t31.12.2025\n"
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode("utf-16"))))
    assert value(proposed(tell, "-"), "2025-27/1.1.1", "target") == "2025-12-31"


def test_a_refused_record_keeps_no_other_from_being_recorded(tell: Tell, tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(xlsx([("", [["Name", "Short name"], ["CON", "x" * 10], ["Fine", "F"], ["Fine", "G"]])]))
    told = tell("import", str(path), "--kind", "agency", "--accept", "all", "--format", "json")
    assert tell("show", "fine", "--format", "json").json["short_name"] in {"F", "G"}
    assert told.status in {0, 1}


def test_an_import_is_one_group_in_the_history(tell: Tell, tmp_path: Path, empty_folder: Path) -> None:
    before = len(entries(empty_folder))
    proposed(tell, saved(tmp_path, [HEADINGS, SECTION, FIRST]), "--accept", "all")
    made = entries(empty_folder)[: len(entries(empty_folder)) - before]
    groups = {line for message in made for line in message.splitlines() if line.startswith("Group: ")}
    assert len(groups) == 1


def test_a_progress_function_stops_the_work(tmp_path: Path) -> None:
    from bscp_tui.intake.document import StoppedError
    from bscp_tui.intake.reading import read_file

    def stop(doing: str, done: int, of: int) -> None:
        del doing, done, of
        raise StoppedError

    with pytest.raises(StoppedError):
        read_file(Path(saved(tmp_path, [HEADINGS, FIRST])), stop)
    with pytest.raises(IntakeError):
        read_file(tmp_path)
