"""What was read before saves time and never changes an answer: edits are noticed, damage does no harm."""

import datetime as dt
import gc
import os
import random
import shutil
import weakref
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from bscp_tui.model.document import same
from bscp_tui.model.kinds import KINDS
from bscp_tui.model.references import Named, named_by
from bscp_tui.model.view import View
from bscp_tui.store.derived import cache_folder
from bscp_tui.store.fresh import fresh_folder
from bscp_tui.store.importing import make_from
from bscp_tui.store.loading import MANY
from bscp_tui.store.register import Register
from bscp_tui.store.repository import find
from bscp_tui.store.snapshot import Snapshot
from bscp_tui.store.sources import CommittedFiles, WorkingFiles
from bscp_tui.store.standing import standing_of
from bscp_tui.store.starter import starter_records
from bscp_tui.store.toml_text import parse
from bscp_tui.synthetic.story import story
from tests.support import change, git, opened

OWNERS = [kind for kind in KINDS.values() if kind.inside is None]
SLOW = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register of so many actions that it is worth remembering them, old enough for stamps to be trusted."""
    folder = tmp_path_factory.mktemp("large") / "register"
    make_from(folder, story(MANY * 5 // 4 + 150, 900, 3), lambda _: None)
    return folder


@pytest.fixture
def copy(large: Path, tmp_path: Path) -> Path:
    folder = Path(shutil.copytree(large, tmp_path / "copy"))
    _wait_until_settled(folder)
    _told(opened(folder).snapshot())  # so that everything is remembered
    return folder


def _wait_until_settled(folder: Path) -> None:
    while not standing_of(find(folder)).settled:
        pass


def _straight(register: Register) -> Snapshot:
    """The same records, read from the files with nothing remembered."""
    files = WorkingFiles(register.repository, register.head)
    return Snapshot(files, register.repository.prefix, register.today, register.head)


def _told(snapshot: Snapshot) -> list[object]:
    views = [view.facts() for kind in KINDS.values() for view in snapshot.views(kind, withdrawn=True)]
    return [*views, *(bad for kind in OWNERS for bad in snapshot.unreadable(kind))]


def _same_as_straight(folder: Path, before: Snapshot | None = None) -> bool:
    """Whether a reading, which may take over the records of one before, tells what a straight one does."""
    register = opened(folder)
    snapshot = register.snapshot()
    if before is not None:
        snapshot.take_over(before)
    return _told(snapshot) == _told(_straight(register))


def _actions(folder: Path) -> list[Path]:
    return sorted(folder.glob("records/plans/*/actions/*.toml"))


def _other_letter(path: Path) -> None:
    """Change a letter: the size and the time of the last change stay."""
    facts = path.stat()
    data = bytearray(path.read_bytes())
    place = data.index(b'title = "') + len(b'title = "')
    data[place] = ord("Q") if data[place] != ord("Q") else ord("R")
    path.write_bytes(bytes(data))
    os.utime(path, ns=(facts.st_atime_ns, facts.st_mtime_ns))
    assert path.stat().st_size == facts.st_size


def _swapped(path: Path) -> None:
    """Another file in its place, with its stamps: only its number on the disk tells."""
    facts = path.stat()
    beside = path.with_name(".beside")
    beside.write_bytes(path.read_bytes())
    _other_letter(beside)
    os.utime(beside, ns=(facts.st_atime_ns, facts.st_mtime_ns))
    beside.replace(path)


def _link(path: Path) -> None:
    path.unlink()
    path.symlink_to("1.1.toml")


EDITS: dict[str, Callable[[Path], object]] = {
    "another letter": _other_letter,
    "cut short": lambda path: path.write_bytes(path.read_bytes()[:-9]),
    "another file": _swapped,
    "removed": Path.unlink,
    "broken": lambda path: path.write_bytes(b"title = "),
    "unknown key": lambda path: path.write_bytes(b"odd = 2026-01-02\n" + path.read_bytes()),
    "line ends": lambda path: path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n")),
    "touched": lambda path: path.touch(),
    "copied": lambda path: path.with_name("99.9.toml").write_bytes(path.read_bytes()),
    "link": _link,
}


@SLOW
@given(edits=some.lists(some.tuples(some.sampled_from(sorted(EDITS)), some.integers(0, 200)), max_size=4))
def test_whatever_is_edited_by_hand_the_list_is_that_of_a_straight_reading(
    copy: Path, edits: list[tuple[str, int]]
) -> None:
    before = opened(copy).snapshot()
    _told(before)
    for name, number in edits:
        paths = [path for path in _actions(copy) if path.is_file() and not path.is_symlink()]
        path = paths[number % len(paths)]
        if b'title = "' in path.read_bytes() or name in {"removed", "broken", "touched"}:
            EDITS[name](path)
    assert _same_as_straight(copy)
    assert _same_as_straight(copy, before)
    git(copy, "checkout", "--quiet", "--force", ".")
    git(copy, "clean", "--quiet", "--force")


def test_what_did_not_change_is_the_same_record_in_the_next_reading(copy: Path) -> None:
    before = opened(copy).snapshot()
    first = {view.path: view.item for view in before.views(KINDS["action"])}
    path = _actions(copy)[3]
    _other_letter(path)
    after = opened(copy).snapshot()
    after.take_over(before)
    anew = [view.path for view in after.views(KINDS["action"]) if view.item is not first[view.path]]
    assert anew == [path.relative_to(copy).as_posix()]


def test_a_snapshot_that_was_let_go_holds_nothing_and_still_answers(copy: Path) -> None:
    snapshot = opened(copy).snapshot()
    told = _told(snapshot)
    held = [weakref.ref(view) for kind in OWNERS for view in snapshot.views(kind)]
    assert snapshot.findable
    gc.collect()
    gc.disable()  # nobody looks for garbage: there must be none
    try:
        snapshot.let_go()
        assert not any(view() for view in held)
    finally:
        gc.enable()
    assert _told(snapshot) == told


def test_an_edit_that_is_recorded_by_plain_git_loses_its_mark(copy: Path) -> None:
    path = _actions(copy)[3]
    _other_letter(path)
    before = opened(copy).snapshot()
    _told(before)
    assert _same_as_straight(copy)
    marks = {view.mark for view in opened(copy).snapshot().views(KINDS["action"])}
    assert marks == {None, "edited by hand, not recorded"}
    git(copy, "commit", "--quiet", "--all", "--message", "by hand")
    assert _same_as_straight(copy)
    assert _same_as_straight(copy, before)
    assert {view.mark for view in opened(copy).snapshot().views(KINDS["action"])} == {None}


def test_records_are_remembered_in_the_person_s_own_folder_and_not_in_the_register(copy: Path) -> None:
    place = next(cache_folder().rglob("records.sqlite"))
    assert place.stat().st_size > 100_000
    assert git(copy, "status", "--porcelain", "--ignored") == ""


@SLOW
@given(how=some.sampled_from(["delete", "truncate", "flip", "zeros", "garbage", "folder"]), seed=some.integers(0, 999))
def test_a_damaged_memory_changes_nothing(copy: Path, how: str, seed: int) -> None:
    _told(opened(copy).snapshot())
    chance = random.Random(seed)  # noqa: S311
    for place in cache_folder().rglob("records.sqlite*"):
        if place.is_file():
            _damage(place, how, chance)
    assert _same_as_straight(copy)
    for place in cache_folder().rglob("records.sqlite"):
        if place.is_dir():
            place.rmdir()


def _damage(place: Path, how: str, chance: random.Random) -> None:
    data = bytearray(place.read_bytes())
    if how in {"delete", "folder"}:
        place.unlink()
        if how == "folder" and place.suffix == ".sqlite":
            place.mkdir()
        return
    if how == "truncate":
        del data[chance.randrange(len(data) + 1) :]
    elif how == "zeros":
        data[:] = bytes(len(data))
    elif how == "garbage":
        data[:] = chance.randbytes(len(data))
    elif data:
        for _ in range(40):
            data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    place.write_bytes(bytes(data))


def test_the_documents_of_remembered_records_are_those_of_the_files_that_were_seen(copy: Path) -> None:
    snapshot = opened(copy).snapshot()
    views = snapshot.views(KINDS["action"], withdrawn=True)
    for view in views:
        assert same(snapshot.document(view.path), parse((copy / view.path).read_bytes()))
    later = opened(copy).snapshot()
    seen = later.views(KINDS["action"])[0]
    before = parse((copy / seen.path).read_bytes())
    _other_letter(copy / seen.path)
    assert same(later.document(seen.path), before)


def test_a_change_of_a_remembered_record_is_recorded_as_any_other(copy: Path) -> None:
    register = opened(copy)
    ref = next(view.ref for view in register.snapshot().views(KINDS["action"]) if not view.mark)
    assert register.record(change(register, ref, update="The lead told the group.")) is not None
    assert _same_as_straight(copy)
    found = opened(copy).snapshot().resolve(ref)
    assert isinstance(found, View)
    assert found.value("update") == "The lead told the group."


def test_every_starter_record_comes_back_from_its_quick_form_as_it_was() -> None:
    places = [(path, path.relative_to(starter_records()).as_posix()) for path in starter_records().rglob("*.toml")]
    assert len(places) > 100
    for path, inner in places:
        kind = next(kind for kind in KINDS.values() if kind.names_in(inner) is not None)
        record = kind.model.model_validate(parse(path.read_bytes()))
        back = kind.model.model_validate_json(record.model_dump_json(exclude_unset=True))
        assert back.model_dump() == record.model_dump()
        assert repr(back) == repr(record)


def test_an_earlier_state_is_the_same_with_and_without_memory(copy: Path) -> None:
    register = opened(copy)
    commit = git(copy, "rev-parse", "HEAD~40")
    files = CommittedFiles(register.repository, commit)
    straight = Snapshot(files, register.repository.prefix, register.today, commit)  # nothing remembered
    assert _told(register.snapshot_at(commit)) == _told(straight)
    assert _told(register.snapshot_at(commit)) == _told(straight)


def test_a_folder_that_is_not_filled_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), fresh_folder(tmp_path / "new"):
        _ = dt.timedelta(1) / 0
    assert not [path for path in tmp_path.iterdir() if "new" in path.name]


def _namings(snapshot: Snapshot, ref: str) -> list[tuple[str, Named]]:
    return [(view.ref, named) for view, named in snapshot.naming(ref)]


def test_who_names_a_record_is_told_as_by_reading_all_of_them(copy: Path) -> None:
    for number, place in enumerate(_actions(copy)[:9]):
        to = ("2025-27/4.1", "2025-27/1", "2025-27")[number % 3]
        place.write_text(place.read_text() + f'\n[[links]]\nid = "zz1{number}"\nto = "{to}"\ntype = "relates-to"\n')
    straight = _straight(opened(copy))
    _namings(straight, "")  # the second question is answered from all records
    named = {one.ref for kind in KINDS.values() for view in straight.views(kind) for one in named_by(view.item)}
    some_refs = [*sorted(named)[:: max(1, len(named) // 12)], "2025-27/4.1"]
    for ref in [*some_refs, *some_refs[:3]]:
        assert _namings(opened(copy).snapshot(), ref) == _namings(straight, ref)
    assert any(_namings(straight, ref) for ref in some_refs)


def test_only_the_records_that_name_it_are_read_and_a_link_made_by_hand_is_seen(copy: Path) -> None:
    _namings(opened(copy).snapshot(), "2025-27/4.1")
    snapshot = opened(copy).snapshot()
    before = _namings(snapshot, "2025-27/4.1")
    assert len(snapshot._records._loaded) < MANY // 5  # noqa: SLF001 - what was read is what this is about
    place = _actions(copy)[7]
    place.write_text(place.read_text() + '\n[[links]]\nid = "zz11"\nto = "2025-27/4.1"\ntype = "relates-to"\n')
    now = _namings(opened(copy).snapshot(), "2025-27/4.1")
    assert len(now) == len(before) + 1
    place.unlink()
    git(copy, "rm", "-q", "--cached", str(place.relative_to(copy)))
    git(copy, "commit", "-qm", "Gone")
    assert _namings(opened(copy).snapshot(), "2025-27/4.1") == _namings(_straight(opened(copy)), "2025-27/4.1")


def test_a_damaged_memory_of_who_names_whom_changes_nothing(copy: Path) -> None:
    before = _namings(opened(copy).snapshot(), "2025-27/4.1")
    for seed, how in enumerate(("flip", "truncate", "zeros", "delete")):
        for place in cache_folder().rglob("records.sqlite"):
            _damage(place, how, random.Random(seed))  # noqa: S311 - chance, not secrecy
        assert _namings(opened(copy).snapshot(), "2025-27/4.1") == before
