"""``set``, ``status``, ``add`` and ``withdraw``: one change, one entry."""

import json
from pathlib import Path

import pytest

from tests.cli.support import bscp, done
from tests.support import RECORD, count, git, head, status


def test_a_status_change_is_one_commit_as_the_design_prescribes(folder: Path) -> None:
    before = count(folder)
    ran = done(folder, "status", "4.1.3", "in-progress", "--reason", "Posts filled;\nthe team meets weekly.",
               "--on", "3 June 2026", "--evidence", "Rota", "--decided-at", "Executive Board 2026-07-08")  # fmt: skip
    sentence = "2025-27/4.1.3 Serious Youth Violence Team: not started → in progress"
    assert ran.out.startswith(sentence)
    assert count(folder) == before + 1
    assert status(folder) == ""
    assert git(folder, "show", "--name-only", "--format=").split() == [RECORD]
    message = git(folder, "log", "-1", "--format=%B")
    head_part, _, trailers = message.rpartition("\n\n")
    assert head_part == f"{sentence}\n\n> Posts filled;\n> the team meets weekly."
    lines = dict(line.split(": ", 1) for line in trailers.split("\n") if not line.startswith("Change: "))
    assert lines["Record"] == RECORD
    assert lines["Effective"] == "2026-06-03"
    assert lines["Decided-At"] == "Executive Board 2026-07-08"
    assert lines["Evidence"].startswith("ev-")
    assert 'Change: key_actions.3.status: "not-started" → "in-progress"' in trailers
    assert len(lines["Entry"]) == 9


def test_the_history_tells_the_change_and_how_the_record_came_to_be(folder: Path) -> None:
    done(folder, "status", "4.1.3", "in-progress", "--reason", "Posts filled.", "--on", "2026-06-03")
    rows = done(folder, "history", "4.1.3", "--format", "json").json
    first = rows[0]
    assert (first["field"], first["old"], first["new"]) == ("key_actions.3.status", "not-started", "in-progress")
    assert (first["ref"], first["reason"], first["effective"]) == ("2025-27/4.1.3", "Posts filled.", "2026-06-03")
    assert (first["by"], first["email"]) == ("Robin Holder", "robin.holder@example.org")
    assert (first["signature"], first["path"]) == ("signed", RECORD)
    assert set(first) >= {"entry", "commit", "recorded", "made", "evidence", "decided_at"}
    assert rows[-1]["change"] == "added"
    assert done(folder, "history", "4.1.3", "--field", "status", "--format", "json").json == [first]
    assert done(folder, "history", "4.1.4", "--field", "status", "--format", "json").json == []
    assert done(folder, "history", "--by", "robin", "--limit", "1", "--format", "json").json == [first]


def test_one_changed_field_changes_its_own_lines_only(folder: Path) -> None:
    done(folder, "set", "4.1.3", "update=" + "The team meets weekly. " * 170, "--reason", "Return of June")
    added = [line for line in git(folder, "show", "-U0", "--format=").split("\n") if line.startswith(("+", "-"))][2:]
    assert len(added) == 1
    assert added[0].startswith('+update = "The team meets weekly.')
    done(folder, "set", "4.1.3", "update=Short.", "--reason", "Shortened")
    changed = git(folder, "show", "--shortstat", "--format=")
    assert "1 insertion(+), 1 deletion(-)" in changed


def test_what_the_register_says_already_is_not_recorded_again(folder: Path) -> None:
    before = head(folder)
    ran = done(folder, "status", "4.1.3", "not-started", "--reason", "again")
    assert "says already" in ran.out
    assert head(folder) == before


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (["status", "4.1.3", "finished", "--reason", "x"], 2, "in progress"),
        (["status", "4.1.3", "embedded", "--reason", "x"], 1, "Embedded follows complete"),
        (["status", "4.1.3", "complete"], 2, "--reason"),
        (["status", "4.1.3", "complete", "--reason", "   "], 2, "--reason"),
        (["status", "4.1", "complete", "--reason", "x"], 1, "2025-27/4.1.1"),
        (["status", "4.1.3", "complete", "--reason", "x", "--on", "31 February 2026"], 2, "31 March 2026"),
        (["status", "9.9.9", "complete", "--reason", "x"], 2, "Did you mean"),
        (["set", "4.1.3", "colour=red", "--reason", "x"], 2, "update"),
        (["set", "4.1.3", "overdue=no", "--reason", "x"], 2, "derived"),
        (["set", "4.1.3", "nonsense", "--reason", "x"], 2, "FIELD=VALUE"),
        (["set", "4.1.3", "update=a\x1b[2Jb", "--reason", "x"], 2, "U+001B"),
        (["set", "4.1.3", "update=a\u202eb", "--reason", "x"], 2, "U+202E"),
        (["set", "4.1.3", "title=", "--reason", "x"], 2, "needed"),
        (["set", "4", "senior_responsible_officer=Nobody Known", "--reason", "x"], 2, "Nobody Known"),
        (["add", "agency", "--reason", "x"], 1, "Name"),
        (["add", "group", "title=Executive Board"], 1, "already in the register"),
        (["add", "key-action", "title=New"], 2, "action=REF"),
        (["add", "agency", "title=New", "--evidence", "x"], 2, "add the record first"),
        (["withdraw", "4.1.3"], 2, "--reason"),
        (["set", "4.1.3", "update=x"], 2, "--reason"),
    ],
)
def test_bad_input_is_refused_with_what_is_allowed(folder: Path, words: list[str], code: int, told: str) -> None:
    before = head(folder)
    ran = bscp(folder, *words)
    assert ran.status == code, ran
    assert told in ran.err
    assert head(folder) == before
    assert status(folder) == ""


def test_a_dry_run_says_the_sentence_and_records_nothing(folder: Path) -> None:
    before = head(folder)
    ran = done(folder, "status", "4.1.3", "complete", "--reason", "Done", "--evidence", "Minutes", "--dry-run")
    assert "not started → complete" in ran.out
    assert head(folder) == before


def test_an_original_target_is_never_overwritten(folder: Path) -> None:
    done(folder, "set", "4.1.3", "target=30 June 2026", "--reason", "Agreed", "--decided-at", "Executive Board")
    row = done(folder, "show", "4.1.3", "--format", "json").json
    assert (row["target"], row["original_target"], row["due"]) == ("2026-03-31", "2026-03-31", "2026-06-30")
    assert row["revised"] == 1
    assert row["revisions"][0]["approved_by"] == "Executive Board"
    assert (row["days_late"], row["days_late_original"]) == (1, 92)


def test_a_key_action_completes_with_its_last_stage(folder: Path) -> None:
    done(folder, "set", "4.1.3", "stages.1.status=complete", "--reason", "Implemented")
    assert done(folder, "show", "4.1.3", "--format", "json").json["status"] == "not-started"
    done(folder, "set", "4.1.3", "stages.2.status=complete", "--reason", "Evaluated", "--evidence", "Report")
    row = done(folder, "show", "4.1.3", "--format", "json").json
    assert row["status"] == "complete"
    assert row["overdue"] is False


def test_a_record_is_added_and_found(folder: Path) -> None:
    done(folder, "add", "agency", "title=Hall Green Hub", "short_name=HGH", "aliases=The Hub; Hub HG")
    row = done(folder, "show", "Hub HG", "--format", "json").json
    assert (row["ref"], row["aliases"]) == ("hgh", ["The Hub", "Hub HG"])
    done(folder, "add", "key-action", "action=4.1", "title=Extra", "target=31.03.2027")
    extra = done(folder, "show", "4.1.8", "--format", "json").json
    assert (extra["status"], extra["number"], extra["target"]) == ("not-started", 8, "2027-03-31")
    done(folder, "add", "action", "number=4.3", "title=Third row")
    assert done(folder, "show", "4.3", "--format", "json").json["kind"] == "action"
    assert status(folder) == ""


def test_a_record_is_withdrawn_never_deleted(folder: Path) -> None:
    done(folder, "withdraw", "4.1.7", "--reason", "Merged into 4.1.6")
    refs = [row["ref"] for row in done(folder, "list", "key-action", "p=4", "--format", "json").json]
    assert "2025-27/4.1.7" not in refs
    everything = done(folder, "list", "key-action", "p=4", "--withdrawn", "--format", "json").json
    assert any(row["ref"] == "2025-27/4.1.7" for row in everything)
    assert bscp(folder, "status", "4.1.7", "complete", "--reason", "x").status == 1
    done(folder, "set", "4.1.7", "withdrawn=", "--reason", "Needed after all")
    assert done(folder, "show", "4.1.7", "--format", "json").json["withdrawn"] is None


def test_an_edit_by_hand_is_shown_then_recorded_or_put_back(folder: Path) -> None:
    path = folder / RECORD
    original = path.read_bytes()
    path.write_bytes(original.replace(b"Local profile", b"Local picture"))
    rows = done(folder, "list", "key-action", "4.1.1", "--format", "json").json
    assert rows[0]["title"] == "Local picture"
    assert "edited by hand" in rows[0]["mark"]
    refused = bscp(folder, "status", "4.1.3", "in-progress", "--reason", "x")
    assert refused.status == 1
    assert "by hand" in refused.err
    done(folder, "set", "4.1", "--put-back")
    assert path.read_bytes() == original
    path.write_bytes(original.replace(b"Local profile", b"Local picture"))
    done(folder, "set", "4.1", "--by-hand", "--reason", "Tidied the title")
    assert status(folder) == ""
    row = done(folder, "history", "4.1.1", "--format", "json").json[0]
    assert (row["field"], row["new"]) == ("key_actions.1.title", "Local picture")


def test_a_report_tells_only_what_is_recorded(folder: Path) -> None:
    path = folder / RECORD
    path.write_bytes(path.read_bytes().replace(b'status = "not-started"', b'status = "complete"'))
    ran = bscp(folder, "report", "summary", "--format", "json")
    assert "edited by hand" in ran.err
    total = ran.json["tables"][0]["rows"][-1]
    assert (total["total"], total["complete"]) == (44, 0)


def test_hand_written_comments_survive_a_change(folder: Path) -> None:
    path = folder / RECORD
    path.write_text("# agreed at the March meeting\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    git(folder, "commit", "-qam", "A comment by hand")
    done(folder, "status", "4.1.3", "in-progress", "--reason", "Posts filled")
    assert path.read_text(encoding="utf-8").startswith("# agreed at the March meeting\n")
    assert "1 insertion(+), 1 deletion(-)" in git(folder, "show", "--shortstat", "--format=")


def test_unknown_keys_survive_a_change(folder: Path) -> None:
    path = folder / RECORD
    path.write_text(path.read_text(encoding="utf-8").replace('audience = "public"', 'audience = "public"\nshade = 1e5'))
    git(folder, "commit", "-qam", "A key of a newer version")
    done(folder, "status", "4.1.3", "in-progress", "--reason", "Posts filled")
    assert "shade = 1e5\n" in path.read_text(encoding="utf-8") or "shade = 100000.0\n" in path.read_text()
    assert "1 insertion(+), 1 deletion(-)" in git(folder, "show", "--shortstat", "--format=")


def test_typed_text_forges_neither_a_trailer_nor_a_sentence(folder: Path) -> None:
    forged = "Fine.\n\nEntry: aaaa-bbbb\nEffective: 1999-01-01\n\n2025-27/1.1.1 x: not started → complete"
    done(folder, "status", "4.1.3", "in-progress", "--reason", forged, "--decided-at", "Board")
    row = done(folder, "history", "4.1.3", "--format", "json").json[0]
    assert row["entry"] != "aaaa-bbbb"
    assert row["effective"] == "2026-07-01"
    assert row["reason"] == forged
    assert git(folder, "log", "-1", "--format=%(trailers:key=Entry,valueonly)").strip() == row["entry"]


def test_a_change_can_be_told_to_a_program(folder: Path) -> None:
    told = json.loads(done(folder, "status", "4.1.3", "in-progress", "--reason", "Done", "--format", "json").out)
    assert told["recorded"] is True
    assert told["commit"] == head(folder)
    fields = [change["field"] for change in told["changes"]]
    assert fields[0] == "key_actions.3.status"


def test_read_only_refuses_to_record(folder: Path) -> None:
    ran = bscp(folder, "--read-only", "status", "4.1.3", "complete", "--reason", "x")
    assert ran.status == 1
    assert "reading only" in ran.err


def test_the_current_plan_is_changed_by_an_entry_and_must_exist(folder: Path) -> None:
    ran = bscp(folder, "set", "register", "current_plan=2031-33", "--reason", "x")
    assert ran.status == 1
    assert "no plan" in ran.err
    done(folder, "set", "register", "current_plan=2023-25", "--reason", "Looking back")
    assert done(folder, "show", "4.10", "--format", "json").json["ref"] == "2023-25/4.10"
    assert git(folder, "show", "--name-only", "--format=").split() == ["records/bscp.toml"]


def test_evidence_can_be_added_by_itself(folder: Path) -> None:
    done(
        folder, "set", "4.1.3", "--evidence", "Minutes of June", "--reason", "Sent in by the lead", "--on", "2026-06-03"
    )
    row = done(folder, "show", "4.1.3", "--format", "json").json
    assert [(item["text"], item["date"]) for item in row["evidence"]] == [("Minutes of June", "2026-06-03")]
    assert git(folder, "log", "-1", "--format=%s").endswith("evidence added: 3 June 2026, Minutes of June")
