"""What the register holds at a moment: every record is listed, the broken ones with their reason."""

import contextlib
import datetime as dt
import os
from functools import cache
from pathlib import Path, PurePosixPath

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from bscp_tui.model.kinds import KINDS
from bscp_tui.model.ordering import natural
from bscp_tui.model.view import View
from bscp_tui.store import starter
from bscp_tui.store.loading import Unreadable
from bscp_tui.store.naming import UnknownReferenceError
from bscp_tui.store.register import Register
from bscp_tui.store.repository import Repository
from bscp_tui.store.snapshot import Snapshot
from bscp_tui.store.sources import WorkingFiles
from bscp_tui.store.toml_text import UnreadableError
from tests.support import RECORD, change, git, opened, status

ACTION, AGENCY, KEY_ACTION = KINDS["action"], KINDS["agency"], KINDS["key-action"]
ACTIONS = "records/plans/2025-27/actions"
WHOLE = {"plan": 2, "priority": 8, "action": 60, "key-action": 44}


def _broken(folder: Path, path: str, data: bytes) -> Unreadable:
    """Put ``data`` at ``path``; return the row that the register shows of it."""
    (folder / path).write_bytes(data)
    snapshot = opened(folder).snapshot()
    rows = [row for kind in KINDS.values() if kind.inside is None for row in snapshot.unreadable(kind)]
    assert len(rows) == 1, rows
    assert rows[0].path == path
    return rows[0]


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        (b'title = "Operational practice"', b'title = "Operational practice', 2, "Illegal character"),
        (b'title = "Operational practice"', b"title = 7", 2, "title: must be text, is 7"),
        (b'title = "Operational practice"\n', b"", 1, "title: is missing"),
        (b'number = "4.1"', b"<<<<<<< ours\nnumber = 1\n=======\n>>>>>>> theirs", 1, "conflict marks"),
        (b'audience = "public"', b'audience = "nobody"', 19, "'nobody' is not one of"),
        (b"target = 2025-12-31", b'target = "December"', 60, "target: must be a date"),
        (b'number = "4.1"', b"\xff\xfe", 1, "not UTF-8"),
        (b'number = "4.1"', b"\xef\xbb\xbf", 1, "byte-order mark"),
        (b'number = "4.1"', b"x = " + b"[" * 500, 1, "brackets within brackets"),
        (b'number = "4.1"', b"# " + b"x" * 1_000_000, 1, "a record has at most"),
    ],
    ids=["syntax", "type", "missing", "conflict", "choice", "date", "bytes", "mark", "nesting", "size"],
)
def test_a_file_that_cannot_be_read_is_a_row_with_line_and_reason_and_all_else_works(
    folder: Path, old: bytes, new: bytes, line: int, words: str
) -> None:
    whole = (folder / RECORD).read_bytes()
    assert old in whole
    row = _broken(folder, RECORD, whole.replace(old, new, 1))
    assert (row.kind, row.ref, row.line) == (ACTION, "2025-27/4.1", line)
    assert words in row.reason
    register = opened(folder)
    snapshot = register.snapshot()
    assert snapshot.resolve("4.1") == row
    assert snapshot.resolve("4.1.3") == row
    assert len(snapshot.views(ACTION)) == WHOLE["action"] - 1
    assert [bad.path for bad in snapshot.unreadable(KEY_ACTION)] == [RECORD]
    assert all(view.path != RECORD for view in snapshot.views(KEY_ACTION))
    assert register.record(change(register, "4.2.1", status="in-progress")) is not None
    assert status(folder) == f"M {RECORD}"
    with pytest.raises(UnreadableError, match=f"line {line}"):
        snapshot.document(RECORD)


@pytest.mark.parametrize("name", ["4.x.toml", "Four.toml", "4.1.toml.orig", "4.1 (copy).toml", "-4.toml", "4.1.tomlx"])
def test_a_file_whose_name_fits_no_record_is_a_row_of_its_own(folder: Path, name: str) -> None:
    row = _broken(folder, f"{ACTIONS}/{name}", (folder / RECORD).read_bytes())
    assert (row.kind, row.line) == (ACTION, 1)
    assert "does not fit plans/{plan}/actions/{number}.toml" in row.reason
    assert len(opened(folder).snapshot().views(ACTION)) == WHOLE["action"]


def test_a_link_is_not_followed(folder: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside.toml"
    outside.write_bytes((folder / RECORD).read_bytes())
    (folder / RECORD).unlink()
    (folder / RECORD).symlink_to(outside)
    rows = opened(folder).snapshot().unreadable(ACTION)
    assert [(row.path, row.line, row.reason) for row in rows] == [(RECORD, 1, "a link, not a file; it is not followed")]


def test_a_link_that_was_recorded_is_not_followed_either(folder: Path) -> None:
    (folder / RECORD).unlink()
    (folder / RECORD).symlink_to("4.2.toml")
    git(folder, "commit", "--quiet", "--all", "--message", "a link")
    register = opened(folder)
    rows = register.snapshot_at(register.head or "").unreadable(ACTION)
    assert [(row.path, row.reason) for row in rows] == [(RECORD, "a link, not a file; it is not followed")]


def test_a_folder_that_is_a_link_is_not_entered(folder: Path, tmp_path: Path) -> None:
    (folder / "records/agencies").rename(tmp_path / "agencies")
    (folder / "records/agencies").symlink_to(tmp_path / "agencies")
    views = opened(folder).snapshot().views(AGENCY)
    assert {view.mark for view in views} == {WorkingFiles.GONE}


@pytest.mark.parametrize("special", ["folder", "pipe"])
def test_what_is_no_file_at_all_is_a_row_and_nothing_waits_for_it(folder: Path, special: str) -> None:
    path = folder / ACTIONS / "9.9.toml"
    path.mkdir() if special == "folder" else os.mkfifo(path)
    snapshot = opened(folder).snapshot()
    assert len(snapshot.views(ACTION)) == WHOLE["action"]
    if special == "pipe":
        assert [row.path for row in snapshot.unreadable(ACTION)] == [f"{ACTIONS}/9.9.toml"]


def test_edits_by_hand_are_marked(folder: Path) -> None:
    edited, gone, new = folder / RECORD, folder / ACTIONS / "4.2.toml", folder / ACTIONS / "4.3.toml"
    data = edited.read_bytes()
    edited.write_bytes(data.replace(b'"Operational practice"', b'"Practice"'))
    gone.unlink()
    new.write_bytes(data.replace(b'number = "4.1"', b'number = "4.3"'))
    marks = {view.ref: view.mark for view in opened(folder).snapshot().views(ACTION) if view.mark}
    assert marks == {
        "2025-27/4.1": WorkingFiles.EDITED,
        "2025-27/4.2": WorkingFiles.GONE,
        "2025-27/4.3": WorkingFiles.NEW,
    }


def test_line_ends_of_another_system_are_no_edit(folder: Path) -> None:
    path = folder / RECORD
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    register = opened(folder)
    view = register.snapshot().resolve("4.1")
    assert isinstance(view, View)
    assert view.mark is None
    assert register.record(change(register, status="in-progress")) is not None
    assert status(folder) == ""


def test_the_newest_version_that_can_be_read_is_found(folder: Path) -> None:
    path = folder / RECORD
    register = opened(folder)
    register.record(change(register, update="The last good one."))
    good = path.read_bytes()
    for broken in (b"broken", good.replace(b'"4.1"', b"4.1")):
        path.write_bytes(broken)
        git(folder, "commit", "--quiet", "--all", "--message", "broken by hand")
    register = opened(folder)
    [bad] = register.snapshot().unreadable(ACTION)
    found = register.last_good(bad)
    assert found is not None
    assert found.ref == "2025-27/4.1"
    row = next(row for row in getattr(found.item, "key_actions", ()) if row.number == 3)
    assert row.update == "The last good one."


def test_a_record_that_was_never_good_has_no_good_version(folder: Path) -> None:
    register = opened(folder)
    bad = _broken(folder, "records/agencies/new.toml", b"broken")
    assert register.last_good(bad) is None


@pytest.mark.parametrize(
    ("text", "ref"),
    [
        ("4.1.3", "2025-27/4.1.3"),
        (" 4.1.3 ", "2025-27/4.1.3"),
        ("2025-27/4.1.3", "2025-27/4.1.3"),
        ("2023-25/4.1", "2023-25/4.1"),
        ("4.1", "2025-27/4.1"),
        ("4", "2025-27/4"),
        ("2025-27", "2025-27"),
        ("west-midlands-police", "west-midlands-police"),
        ("West Midlands Police", "west-midlands-police"),
        ("WEST-MIDLANDS-POLICE", "west-midlands-police"),
        ("WMP", "west-midlands-police"),
    ],
)
def test_a_record_is_found_by_what_people_call_it(register: Register, text: str, ref: str) -> None:
    found = register.snapshot().resolve(text)
    assert isinstance(found, View)
    assert found.ref == ref


@pytest.mark.parametrize(
    ("text", "nearest"),
    [
        ("4.1.33", "2025-27/4.1.3"),
        ("2025-27/4.1.33", "2025-27/4.1.3"),
        ("west-midland-police", "west-midlands-police"),
        ("Serious Youth Violence", "2025-27/4.1.3"),
    ],
)
def test_an_unknown_reference_lists_the_nearest(register: Register, text: str, nearest: str) -> None:
    with pytest.raises(UnknownReferenceError) as refusal:
        register.snapshot().resolve(text)
    assert nearest in refusal.value.nearest
    assert nearest in str(refusal.value)


@pytest.mark.parametrize(
    "text", ["", ".", "/", "..", "../../etc/passwd", "4.1.3.9", "2025-27/", "[sic]", "a" * 5000, "\0"]
)
def test_nonsense_is_an_unknown_reference(register: Register, text: str) -> None:
    with pytest.raises(UnknownReferenceError):
        register.snapshot().resolve(text)


@cache
def _starter() -> Snapshot:
    records = starter.starter_records()
    repository = Repository(records.parent, PurePosixPath(records.name), None, None)
    return Snapshot(WorkingFiles(repository, None), repository.prefix, dt.date(2026, 7, 1), None)


@cache
def _listed() -> tuple[View, ...]:
    return tuple(view for kind in KINDS.values() for view in _starter().views(kind, withdrawn=True))


def test_every_starter_record_is_listed_and_none_is_broken() -> None:
    assert {kind: len(_starter().views(KINDS[kind])) for kind in WHOLE} == WHOLE
    assert [row for kind in KINDS.values() for row in _starter().unreadable(kind)] == []


def test_every_reference_that_is_listed_resolves_to_itself() -> None:
    assert len({view.ref for view in _listed()}) == len(_listed())
    for view in _listed():
        found = _starter().resolve(view.ref)
        assert isinstance(found, View)
        assert (found.ref, found.path, found.inside) == (view.ref, view.path, view.inside)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(some.text(max_size=30))
def test_whatever_is_typed_gives_a_record_or_the_nearest_ones(text: str) -> None:
    with contextlib.suppress(UnknownReferenceError):
        assert isinstance(_starter().resolve(text), View)
        return
    with pytest.raises(UnknownReferenceError) as refusal:
        _starter().resolve(text)
    assert set(refusal.value.nearest) <= {view.ref for view in _listed()}


@given(some.lists(some.from_regex(r"\d{4}-\d\d/[1-4]\.\d{1,3}", fullmatch=True), max_size=20))
def test_references_are_listed_in_the_order_that_people_count_in(refs: list[str]) -> None:
    def counted(ref: str) -> list[int]:
        return [int(part) for part in ref.replace("/", "-").replace(".", "-").split("-")]

    assert [counted(ref) for ref in sorted(refs, key=natural)] == sorted(counted(ref) for ref in refs)
