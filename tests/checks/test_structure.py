"""Files that no program wrote: each is a query with its file and line, and never stops the others."""

import os
from pathlib import Path

import pytest

from tests.checks.asking import by_hand, queries, raised
from tests.support import git

ACTION = "records/plans/2025-27/actions/4.1.toml"
AGENCY = "records/agencies/west-midlands-police.toml"


def test_a_file_that_cannot_be_read_is_raised_at_its_line_and_nothing_else_is_lost(folder: Path) -> None:
    before = {(query.rule, query.ref) for query in queries(folder) if "/4.1" not in query.ref}
    by_hand(folder, ACTION, 'number = "4.1"', "number = 4.1.")
    found = queries(folder)
    (broken,) = [query for query in found if query.rule == "unreadable-file"]
    assert (broken.severity, broken.ref, broken.path, broken.line) == ("error", "2025-27/4.1", ACTION, 1)
    assert before <= {(query.rule, query.ref) for query in found}


def test_a_wrong_value_is_raised_at_the_line_where_it_stands(folder: Path) -> None:
    place = folder / ACTION
    lines = place.read_text().split("\n")
    wrong = next(number for number, line in enumerate(lines, 1) if line == "target = 2026-03-31")
    lines[wrong - 1] = 'target = "soon"'
    place.write_text("\n".join(lines))
    (broken,) = raised(folder, "unreadable-file")
    assert broken.line == wrong
    assert "must be a date" in broken.message


def test_conflict_marks_are_raised_at_the_first(folder: Path) -> None:
    place = folder / AGENCY
    lines = place.read_text().split("\n")
    place.write_text("\n".join([lines[0], "<<<<<<< HEAD", lines[1], "=======", lines[1], ">>>>>>> theirs", *lines[2:]]))
    (query,) = raised(folder, "conflict-marks")
    assert (query.path, query.line, query.ref) == (AGENCY, 2, "west-midlands-police")


def test_links_and_devices_are_raised_and_never_followed(folder: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.toml"
    secret.write_text('title = "Somebody else\'s"\n')
    (folder / AGENCY).unlink()
    (folder / AGENCY).symlink_to(secret)
    (folder / "records/elsewhere").symlink_to(tmp_path)
    os.mkfifo(folder / "records/groups/pipe.toml")
    found = {query.path: query for query in raised(folder, "no-plain-file")}
    assert set(found) == {AGENCY, "records/elsewhere", "records/groups/pipe.toml"}
    assert "secret" not in " ".join(query.message for query in found.values())


def test_files_in_the_wrong_place_or_under_a_wrong_name_are_raised(folder: Path) -> None:
    (folder / "records/learning/LP-0001.toml").write_text('text = "x"\n')
    (folder / "records/agencies/Police Force.toml").write_text('title = "x"\n')
    (folder / "records/agencies/notes.txt").write_text("x")
    assert {query.path for query in raised(folder, "misplaced-file")} == {
        "records/learning/LP-0001.toml", "records/agencies/Police Force.toml",
    }  # fmt: skip
    assert [query.path for query in raised(folder, "foreign-file")] == ["records/agencies/notes.txt"]


def test_names_that_another_computer_cannot_tell_apart_are_raised(folder: Path) -> None:
    (folder / "records/agencies/West-Midlands-Police.toml").write_text('title = "x"\n')
    (folder / "records/Agencies").mkdir()
    (folder / "records/Agencies/other.toml").write_text('title = "y"\n')
    (folder / "records/groups/con.toml").write_text('title = "Con group"\n')
    paths = {query.path for query in raised(folder, "names-clash")}
    assert {"records/agencies/West-Midlands-Police.toml", AGENCY} & paths
    assert [query.path for query in raised(folder, "reserved-name")] == ["records/groups/con.toml"]


def test_edits_and_deletions_by_hand_are_raised(folder: Path) -> None:
    by_hand(folder, AGENCY, "West Midlands Police", "West Midlands Constabulary")
    (folder / "records/groups/city-board.toml").unlink()
    (folder / "records/groups/new-board.toml").write_text('title = "New board"\n')
    edited = {query.path for query in raised(folder, "edited-by-hand")}
    assert edited == {AGENCY, "records/groups/new-board.toml"}
    assert [query.path for query in raised(folder, "deleted-by-hand")] == ["records/groups/city-board.toml"]


def test_a_record_that_plain_git_deleted_is_raised(folder: Path) -> None:
    git(folder, "rm", "-q", "records/groups/city-board.toml")
    git(folder, "commit", "-qm", "Tidy up")
    (query,) = raised(folder, "record-deleted")
    assert (query.severity, query.ref, query.path) == ("error", "city-board", "records/groups/city-board.toml")


def test_a_message_that_says_something_else_than_the_files_is_raised(folder: Path) -> None:
    place = by_hand(folder, AGENCY, "West Midlands Police", "West Midlands Constabulary")
    message = f"west-midlands-police: not started → complete\n\nEntry: 7f3k-92qm\nRecord: {AGENCY}\n"
    message += 'Change: status: "not-started" → "complete"\nEffective: 2026-06-30\n'
    git(folder, "commit", "-qm", message, str(place.relative_to(folder)))
    assert {query.ref for query in raised(folder, "message-against-files")} == {"west-midlands-police"}


def test_a_newer_layout_is_a_query(folder: Path) -> None:
    by_hand(folder, "records/bscp.toml", "layout = 1", "layout = 99")
    (query,) = raised(folder, "newer-layout")
    assert (query.path, query.line) == ("records/bscp.toml", 1)


@pytest.mark.parametrize(
    argnames="content",
    ids=["nothing", "no text", "mark", "depth", "digits", "no number", "size"],
    argvalues=[
        b"",
        b"\xff\xfe",
        b"\xef\xbb\xbftitle = 'x'",
        b"[" * 5000,
        b"a = " + b"9" * 5000,
        b"title = nan",
        b"x" * 1_000_100,
    ],
)
def test_whatever_stands_in_a_file_is_answered(folder: Path, content: bytes) -> None:
    (folder / AGENCY).write_bytes(content)
    assert [query.path for query in raised(folder, "unreadable-file")] == [AGENCY]


def test_keys_rows_and_numbers_that_no_program_writes_are_raised(folder: Path) -> None:
    place = by_hand(folder, ACTION, 'number = "4.1"', 'number = "4.3"\ntargett = 2026-03-31')
    text = place.read_text().replace("\nnumber = 6\n", "\nnumber = 5\n").replace('id = "r6b3"', 'id = "xk5k"')
    place.write_text(text)
    found = {(query.rule, query.field, query.line) for query in queries(folder) if query.path == ACTION}
    lines = place.read_text().split("\n")
    assert ("unknown-key", "targett", 2) in found
    assert ("number-against-name", "number", 1) in found
    sixth = [number for number, line in enumerate(lines, 1) if line == "number = 5"][1]
    assert ("row-doubled", "key_actions.5.number", sixth) in found
    assert {rule for rule, _, _ in found} >= {"row-doubled", "row-unnumbered"}
