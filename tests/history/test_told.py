"""What a reader of the history is told: the truth of the files, also where the message or a clock says otherwise."""

from pathlib import Path

from bscp_tui.history.ledger import HistoryRow, Query, rows
from bscp_tui.model.view import View
from bscp_tui.store.whole import shortcomings
from tests.support import RECORD, change, git, head, opened


def commit(folder: Path, message: str, clock: str = "") -> str:
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "--allow-empty", "-m", message, GIT_COMMITTER_DATE=clock)
    return head(folder)


def replaced(folder: Path, old: str, new: str, path: str = RECORD) -> None:
    file = folder / path
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def newest(folder: Path, **query: object) -> list[HistoryRow]:
    found = rows(opened(folder), Query(**query))  # type: ignore[arg-type]
    return [row for row in found if row.commit == found[0].commit]


def test_a_merge_tells_only_what_neither_side_said(folder: Path) -> None:
    register = opened(folder)
    register.record(change(register, "4.1.3", status="in-progress"))
    git(folder, "switch", "-q", "-c", "side", "HEAD~1")
    register.record(change(register, "4.1", update="amber"))
    git(folder, "switch", "-q", "main")
    git(folder, "merge", "-q", "--no-commit", "side")
    replaced(folder, 'update = "amber"', 'update = "red"')
    merge = commit(folder, "Bring both together")
    told = {(row.ref, row.field, row.old, row.new) for row in rows(register, Query(path=RECORD)) if row.commit == merge}
    assert told == {("2025-27/4.1", "update", None, "red")}
    assert "merge" in newest(folder)[0].notes


def test_the_message_is_not_believed(folder: Path) -> None:
    replaced(folder, 'status = "not-started"', 'status = "in-progress"')
    message = "2025-27/4.1.1: not started → complete\n\nEntry: aaaa-bbbb\nRecord: records/bscp.toml\n"
    commit(folder, message + 'Change: key_actions.1.status: "not-started" → "complete"')
    (row,) = newest(folder)
    assert (row.old, row.new) == ("not-started", "in-progress")
    assert any("bscp.toml" in note for note in row.notes)
    assert sum("something else than the files" in note for note in row.notes) == 2


def test_the_programs_own_entries_have_nothing_noted(folder: Path) -> None:
    register = opened(folder)
    register.record(change(register, "4.1.3", status="in-progress", note="Posts | filled → soon"))
    register.record(change(register, "4.1", outcomes=("One", "Two")))
    assert [row.notes for row in rows(register, Query(limit=3))] == [(), (), ()]


def test_a_clock_that_went_backwards_is_noted_and_hides_nothing(folder: Path) -> None:
    replaced(folder, 'status = "not-started"', 'status = "in-progress"')
    commit(folder, "By hand", clock="2001-02-03T04:05:06Z")
    (row,) = newest(folder)
    assert "the clock went backwards here" in row.notes
    assert "made outside the program" in row.notes


def test_a_file_renamed_by_hand_says_whence_and_whither(folder: Path) -> None:
    to = "records/plans/2025-27/actions/9.9.toml"
    (folder / RECORD).rename(folder / to)
    commit(folder, "Renamed")
    told = {row.ref: (row.change, row.notes[-1]) for row in newest(folder)}
    assert told["2025-27/4.1"] == ("removed", f"renamed by hand to {to}")
    assert told["2025-27/9.9"] == ("added", f"renamed by hand from {RECORD}")


def test_a_record_that_could_not_be_read_for_a_while_tells_what_changed_meanwhile(folder: Path) -> None:
    whole = (folder / RECORD).read_text()
    (folder / RECORD).write_text("title = \n")
    commit(folder, "Broken")
    assert [row.change for row in newest(folder)] == ["could not be read"]
    (folder / RECORD).write_text(whole.replace('status = "not-started"', 'status = "in-progress"', 1))
    commit(folder, "Mended")
    first, second = newest(folder)
    assert (first.change, first.field, second.new) == ("can be read again", None, "in-progress")


def test_deleted_and_put_back(folder: Path) -> None:
    whole = (folder / RECORD).read_bytes()
    (folder / RECORD).unlink()
    commit(folder, "Deleted")
    assert [(row.change, row.notes[-1]) for row in newest(folder)] == [("removed", "deleted, not withdrawn")]
    (folder / RECORD).write_bytes(whole)
    commit(folder, "Put back")
    assert [(row.change, row.notes[-1]) for row in newest(folder)] == [
        ("added", "it was deleted before; this puts it back")
    ]


def test_created_twice(folder: Path) -> None:
    new = "records/agencies/new-body.toml"
    for branch in ("one", "two"):
        git(folder, "switch", "-q", "-c", branch, "main")
        (folder / new).write_text(f'title = "New body {branch}"\n')
        commit(folder, f"Add it on {branch}")
    git(folder, "switch", "-q", "main")
    git(folder, "merge", "-q", "one", "--no-ff", "-m", "One")
    git(folder, "merge", "-q", "two", "-X", "ours", check=False)
    (folder / new).write_text('title = "New body"\n')
    commit(folder, "Both")
    told = rows(opened(folder), Query(path=new))
    assert any("created twice: it was added on both sides" in row.notes for row in told)


def test_key_action_three_stays_itself_when_two_is_removed(folder: Path) -> None:
    register = opened(folder)
    view = register.snapshot().resolve("4.1.3")
    assert isinstance(view, View)
    register.record(change(register, "4.1.3", status="in-progress"))
    text = (folder / RECORD).read_text(encoding="utf-8")
    first, one, two, *rest = text.split("[[key_actions]]")
    del two
    (folder / RECORD).write_text("[[key_actions]]".join([first, one, *rest]).replace("number = 3", "number = 2"))
    commit(folder, "Two is gone, three becomes two")
    now = opened(folder).snapshot().resolve("4.1.2")
    assert isinstance(now, View)
    assert now.inside == view.inside
    told = [(row.field, row.old, row.new) for row in rows(opened(folder), Query(view=now)) if row.field]
    assert told == [("key_actions.2.number", 3, 2), ("key_actions.3.status", "not-started", "in-progress")]


def test_lists_say_what_came_and_went(folder: Path) -> None:
    register = opened(folder)
    register.record(change(register, "4.1", outcomes=("Safe", "Heard")))
    register.record(change(register, "4.1", outcomes=("Heard", "Seen")))
    assert newest(folder)[0].words.endswith("added Seen; removed Safe")
    register.record(change(register, "4.1", outcomes=("Seen", "Heard")))
    assert newest(folder)[0].words.endswith("order changed")


def test_a_copy_without_its_beginning_says_so(folder: Path, tmp_path: Path) -> None:
    replaced(folder, 'status = "not-started"', 'status = "in-progress"')
    commit(folder, "By hand")
    git(tmp_path, "clone", "-q", "--depth=1", f"file://{folder}", "shallow")
    told = rows(opened(tmp_path / "shallow"), Query(path=RECORD))
    assert [(row.change, row.notes[-1]) for row in told] == [("added", "what was before is not in this copy")]


def test_where_a_copy_begins_no_message_is_taken_for_a_lie(folder: Path, tmp_path: Path) -> None:
    opened(folder).record(change(opened(folder), "4.1.3", status="in-progress"))
    git(tmp_path, "clone", "-q", "--depth=1", f"file://{folder}", "shallow")
    told = rows(opened(tmp_path / "shallow"), Query(path=RECORD))
    assert [row.notes for row in told] == [("what was before is not in this copy",)]


def test_missing_content_names_the_record_and_the_entry(folder: Path) -> None:
    replaced(folder, 'status = "not-started"', 'status = "in-progress"')
    entry = commit(folder, "By hand")
    blob = git(folder, "rev-parse", f"HEAD:{RECORD}")
    (folder / ".git/objects" / blob[:2] / blob[2:]).unlink()
    (row,) = newest(folder)
    assert (row.ref, row.commit, row.change) == ("2025-27/4.1", entry, "could not be read")
    assert "its content is missing from the repository, or damaged" in row.notes


def test_what_was_lost_and_is_there_again_is_told_as_if_it_had_never_been_away(folder: Path) -> None:
    opened(folder).record(change(opened(folder), "4.1.3", status="in-progress"))
    blob = git(folder, "rev-parse", f"HEAD:{RECORD}")
    place = folder / ".git/objects" / blob[:2] / blob[2:]
    whole = place.read_bytes()
    place.unlink()
    lacking = opened(folder)
    (row,) = [row for row in rows(lacking) if row.commit == lacking.head]
    assert row.notes == ("its content is missing from the repository, or damaged",)  # and nobody is said to have lied
    assert shortcomings(lacking.repository)
    place.write_bytes(whole)
    mended = opened(folder)
    told = [(row.field, row.new, row.notes) for row in rows(mended) if row.commit == mended.head]
    assert told == [("key_actions.3.status", "in-progress", ())]
    assert shortcomings(mended.repository) == ()
